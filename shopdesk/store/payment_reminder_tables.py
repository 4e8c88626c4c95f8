"""The tables of payment reminders: what each asked for of which bill, and who is not reminded."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

payment_reminder_bill = Table(
    "payment_reminder_bill",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id"), nullable=False),  # the reminder
    Column("bill_id", Integer, ForeignKey("document.id"), nullable=False),
    Column("currency", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("until", Text),  # the new day to pay
    integer_column("fee"),  # of this reminder, on the first of its bills
    integer_column("flat_fee"),
    integer_column("interest"),  # up to its day, with that of the reminders before
    Column("taken_back_at", Text),  # the mail did not go: it does not count
    Index("ix_payment_reminder_bill_bill_id", "bill_id"),
    Index("ix_payment_reminder_bill_document_id", "document_id"),
)

payment_reminder_stop = Table(
    "payment_reminder_stop",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("document_id", Integer, ForeignKey("document.id")),  # one bill only; none: all of the customer
    text_column("reason"),
    Column("until", Text),  # a day; none: for good
    Column("created_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_payment_reminder_stop_customer_id", "customer_id"),
    Index("ix_payment_reminder_stop_document_id", "document_id"),
)
