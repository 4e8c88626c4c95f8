"""The tables of privacy that came with the third schema; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import metadata, text_column

# Each time a consent was made use of; proof for five years (§ 7a UWG), so nothing of it changes
consent_use = Table(
    "consent_use",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("consent_id", Integer, ForeignKey("consent.id", ondelete="CASCADE"), nullable=False),
    Column("at", Text, nullable=False),  # UTC
    Column("channel", Text, nullable=False),
    text_column("what"),  # which letter or mail it was
    text_column("who"),
    Index("ix_consent_use_consent_id", "consent_id"),
)

# Who asked to be forgotten (Art. 17 GDPR); those whose records were merged into his are named, too
erasure = Table(
    "erasure",
    metadata,
    Column("customer_id", Integer, ForeignKey("customer.id"), primary_key=True),
    Column("survivor_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("erased_at", Text, nullable=False),  # UTC
    text_column("kept_until"),  # day; empty: nothing was kept
    Column("done_at", Text),  # nothing of the person is left in the record
    text_column("digest"),  # over what the record was made with: an older backup's record is known by it
    Index("ix_erasure_survivor_id", "survivor_id"),
)
