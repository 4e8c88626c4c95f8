"""The tables of payments; `tables` names them with the others. A payment never changes, it is taken back."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

payment = Table(
    "payment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("day", Text, nullable=False),
    Column("amount", Integer, nullable=False),  # negative: paid back
    Column("currency", Text, nullable=False),
    Column("kind", Text, nullable=False),
    text_column("slip_number"),  # of the external till
    text_column("payer"),
    text_column("iban"),
    text_column("text"),  # what the payer wrote
    text_column("reason"),  # why something is written off or paid back
    text_column("bank_reference"),
    text_column("source"),
    Column("noted_at", Text, nullable=False),
    integer_column("entry_id"),  # on the timeline; 0: none
    Column("deleted_at", Text),
    version_column(),
    Index("ix_payment_day", "day"),
    Index("ix_payment_customer_id", "customer_id"),
    Index("ix_payment_bank_reference", "bank_reference"),
)

payment_allocation = Table(
    "payment_allocation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payment_id", Integer, ForeignKey("payment.id"), nullable=False),
    Column("document_id", Integer, ForeignKey("document.id"), nullable=False),
    Column("amount", Integer, nullable=False),
    integer_column("cash_discount"),
    integer_column("written_off"),
    integer_column("charges"),  # money for reminder fees and interest, beyond `amount`
    Column("order_id", Integer, ForeignKey("document.id")),  # the order it was paid on, before it was billed
    Column("deleted_at", Text),  # with its payment, or when credit is used otherwise
    Index("ix_payment_allocation_payment_id", "payment_id"),
    Index("ix_payment_allocation_document_id", "document_id"),
)

order_bill = Table(
    "order_bill",
    metadata,
    Column("order_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("bill_id", Integer, ForeignKey("document.id"), primary_key=True),
    integer_column("deducted"),  # what the bill itself says was paid on the order
    Index("ix_order_bill_bill_id", "bill_id"),
)
