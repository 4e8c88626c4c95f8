"""The tables of imports, as `tables` shows them; a test compares them with the migrations."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

# What an import brought in, so that the whole of it can be taken back
import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    text_column("file_name"),
    text_column("sha256"),
    text_column("kind"),  # customers, articles, old_invoices
    integer_column("new"),
    integer_column("changed"),
    integer_column("unchanged"),
    integer_column("doubtful"),
    integer_column("refused"),
    Column("undone_at", Text),
    version_column(),
)

import_row = Table(
    "import_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("import_run.id", ondelete="CASCADE"), nullable=False),
    Column("subject", Text, nullable=False),  # table name
    Column("subject_id", Integer, nullable=False),
    Column("action", Text, nullable=False),  # new, changed
    version_column(),  # of the row as the import left it
    text_column("before"),  # JSON of what was changed
    Index("ix_import_row_import_id", "import_id"),
    Index("ix_import_row_subject_subject_id", "subject", "subject_id"),
)

# Invoices that another program wrote: found and shown, never documents of ours
old_invoice = Table(
    "old_invoice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("day", Text, nullable=False),
    text_column("recipient"),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("gross", Integer),  # smallest units; none: not told
    text_column("currency"),
    text_column("text"),
    text_column("file_name"),
    text_column("sha256"),
    Column("data", LargeBinary),  # the PDF
    text_column("search"),  # compacted
    Column("created_at", Text, nullable=False),
    version_column(),
    Index("ix_old_invoice_number", "number"),
    Index("ix_old_invoice_customer_id", "customer_id"),
)
