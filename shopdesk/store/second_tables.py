"""The tables that came with the second schema; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

# What an issued bill or correction adds to the sums that the law watches (OSS, § 19 UStG), in smallest units; made out
# of the document when it is issued, so that a year is summed without reading documents
turnover = Table(
    "turnover",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False),  # of the supply
    Column("currency", Text, nullable=False),
    integer_column("distance"),  # net distance sales to private buyers in other member states
    integer_column("gross"),
)

# The sums of a year, so that no draft waits for a year's invoices to be added up
turnover_year = Table(
    "turnover_year",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("currency", Text, primary_key=True),
    integer_column("distance"),
    integer_column("gross"),
    integer_column("documents"),
)

# The answers of the member states about VAT ids, as they came: evidence (§ 6a UStG), never changed
vat_id_check = Table(
    "vat_id_check",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vat_id", Text, nullable=False),
    text_column("requester"),
    text_column("service"),  # vies, evatr
    Column("at", Text, nullable=False),
    Column("day", Text, nullable=False),  # the shop's day
    Column("result", Text, nullable=False),  # valid, invalid, unavailable
    text_column("reason"),  # the service's own code
    text_column("name"),
    text_column("address"),
    text_column("matches"),  # JSON: what of name and address agrees, by the service's letters
    text_column("request_identifier"),
    text_column("raw"),
    Index("ix_vat_id_check_day_vat_id", "day", "vat_id"),
)

# A bill without VAT to a business abroad and the check that confirms its VAT id; none yet: it stands in Heute
vat_confirmation = Table(
    "vat_confirmation",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True, autoincrement=False),
    Column("vat_id", Text, nullable=False),
    Column("wanted_on", Text, nullable=False),  # the day it was issued
    text_column("reason"),  # why it was issued without, in the owner's words
    Column("check_id", Integer, ForeignKey("vat_id_check.id")),
    Index("ix_vat_confirmation_check_id", "check_id"),
)

# E-invoices that came in: their bytes never change and are kept for eight years
received_invoice = Table(
    "received_invoice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    integer_column("size"),
    Column("data", LargeBinary, nullable=False),
    text_column("number"),
    text_column("seller"),
    Column("issued", Text),
    Column("due", Text),
    text_column("currency"),
    text_column("payable"),  # decimal text
    Column("received_at", Text, nullable=False),
    Column("kept_until", Text, nullable=False),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    text_column("supplier"),
    text_column("search"),  # folded: what the list finds it by
    version_column(),
    Index("ix_received_invoice_received_at", "received_at"),
    Index("ix_received_invoice_customer_id", "customer_id"),
)

# What came back on paper, such as the order with the customer's signature
scan = Table(
    "scan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    integer_column("size"),
    Column("data", LargeBinary, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_scan_document_id", "document_id"),
)

# Whose record is a part of another's now. Issued documents keep the id they were issued with; every reading follows
# `survivor_id`, which is never merged itself. `into_id` is with whom the owner merged it.
customer_merge = Table(
    "customer_merge",
    metadata,
    Column("merged_id", Integer, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("survivor_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("into_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("at", Text, nullable=False),
    text_column("before"),  # JSON: the surviving customer as it was, and
    text_column("after"),  # as it became: what undoing puts back
    text_column("moved"),  # JSON: the ids of the rows that belong to the survivor now, by table
    Index("ix_customer_merge_survivor_id", "survivor_id"),
    Index("ix_customer_merge_into_id", "into_id"),
)

# Two customers who look alike and are not the same: not proposed again
customer_difference = Table(
    "customer_difference",
    metadata,
    Column("first_id", Integer, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("second_id", Integer, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    CheckConstraint("first_id < second_id", name="ordered"),
    Index("ix_customer_difference_second_id", "second_id"),
)
