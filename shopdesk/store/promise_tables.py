"""The table of promises; `tables` names it with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

promise = Table(
    "promise",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("inquiry_id", Integer),
    Column("kind", Text, nullable=False),  # call_back, delivery, ready, other
    Column("text", Text, nullable=False),
    Column("due", Text, nullable=False),  # a day
    text_column("due_time"),  # HH:MM or empty
    Column("first_due", Text, nullable=False),  # what was promised at first
    text_column("first_time"),
    Column("state", Text, nullable=False),  # open, moved, kept, broken
    integer_column("at_risk"),  # the owner said so
    Column("told_at", Text),  # since when the customer knows of the newest date
    Column("made_at", Text, nullable=False),
    Column("settled_at", Text),  # kept or broken
    text_column("later"),  # a broken one: when the owner wants to call; a day, and perhaps a time
    Column("risk_from", Text),  # from when it is at risk by the opening hours
    Column("deleted_at", Text),
    version_column(),
    Index("ix_promise_customer_id", "customer_id"),
    Index("ix_promise_settled_at_due", "settled_at", "due"),
)
