"""The appointments' table that came with the third schema; `tables` names it with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

appointment = Table(
    "appointment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("uid", Text, nullable=False, unique=True),  # RFC 5545: the same for ever
    integer_column("sequence"),  # raised with each change that an invited customer must learn
    Column("starts", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("subject", Text, nullable=False),
    text_column("place"),
    text_column("job"),
    Column("state", Text, nullable=False),  # planned, ready, done, cancelled
    text_column("invited"),  # the address that holds an invitation
    integer_column("told_sequence"),  # which sequence that address was told last
    Column("created_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_appointment_starts", "starts"),
    Index("ix_appointment_state_ends", "state", "ends"),
    Index("ix_appointment_customer_id", "customer_id"),
)
