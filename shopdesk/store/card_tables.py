"""The tables of a customer's card that came after the first schema; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

# What a customer allowed or forbade; proof, so only its withdrawal is added to it (§ 7a UWG)
consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("channel", Text, nullable=False),  # phone, mail, letter, messenger
    Column("purpose", Text, nullable=False),  # advertising, satisfaction
    text_column("text"),  # the question that was asked
    Column("given_on", Text),  # none: an objection
    text_column("source"),
    text_column("who"),
    Column("noted_at", Text, nullable=False),
    Column("withdrawn_on", Text),
    text_column("withdrawn_source"),
    Column("deleted_at", Text),  # noted by mistake and taken back
    version_column(),
    Index("ix_consent_customer_id", "customer_id"),
)

# Words the owner sorts his customers by
customer_tag = Table(
    "customer_tag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("tag"),
    Index("ix_customer_tag_customer_id", "customer_id"),
    Index("ix_customer_tag_tag", "tag"),
)

# What was dropped on the card: a plan, a photograph, a signed form
customer_file = Table(
    "customer_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    integer_column("size"),
    Column("data", LargeBinary, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_customer_file_customer_id", "customer_id"),
)

# The small picture on the card
customer_photo = Table(
    "customer_photo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("data", LargeBinary, nullable=False),  # JPEG, scaled down
    Column("added_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_customer_photo_customer_id", "customer_id"),
)
