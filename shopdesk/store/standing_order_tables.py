"""The tables of standing orders and of orders placed once more; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

standing_order = Table(
    "standing_order",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    text_column("name"),
    Column("content", Text, nullable=False),  # JSON: the draft that is made each time
    Column("schedule", Text, nullable=False),  # JSON: rhythm, first and last day, times, free days, pauses
    Column("pricing", Text, nullable=False),  # today, fixed
    Column("period", Text, nullable=False),  # none, current, previous, next
    integer_column("by_itself"),  # issued and mailed without another word
    Column("created_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_standing_order_customer_id", "customer_id"),
)

# What became of each date; made in one transaction with the draft, so that none is made twice
standing_order_date = Table(
    "standing_order_date",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("standing_order_id", Integer, ForeignKey("standing_order.id", ondelete="CASCADE"), nullable=False),
    Column("due", Text, nullable=False),  # by the rhythm, not moved
    Column("document_id", Integer, ForeignKey("document.id", ondelete="SET NULL")),
    Column("state", Text, nullable=False),  # draft, waiting, issued, held_back
    text_column("reason"),  # why it was held back, in words
    Column("made_at", Text, nullable=False),
    UniqueConstraint("standing_order_id", "due"),
    Index("ix_standing_order_date_document_id", "document_id"),
    Index("ix_standing_order_date_state", "state"),
)

# A draft with the lines of an earlier order, and what has changed since
repeated_order = Table(
    "repeated_order",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("origin_id", Integer, ForeignKey("document.id", ondelete="SET NULL")),
    Column("changes", Text, nullable=False),  # JSON
    Index("ix_repeated_order_origin_id", "origin_id"),
)
