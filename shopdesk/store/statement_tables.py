"""The tables of bank files; `tables` names them with the others. A booking of the bank stands here once, for ever."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

bank_file = Table(
    "bank_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    text_column("file_name"),
    text_column("sha256"),
    text_column("form"),  # camt.053, mt940, the bank of a list
    text_column("account"),
    text_column("first_day"),
    text_column("last_day"),
    integer_column("added"),
    integer_column("known"),  # stood here already
    Column("undone_at", Text),
    version_column(),
)

found_bank_file = Table(
    "found_bank_file",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("path"),
    integer_column("size"),
    integer_column("modified"),  # the file's own time, nanoseconds
    text_column("sha256"),
    Column("found_at", Text, nullable=False),
    Column("done_at", Text),  # read, left aside, or no statement at all
    version_column(),
    Index("ix_found_bank_file_path", "path"),
)

bank_entry = Table(
    "bank_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bank_file_id", Integer, ForeignKey("bank_file.id"), nullable=False),
    Column("fingerprint", Text, nullable=False),
    text_column("account"),
    Column("booked", Text, nullable=False),
    Column("value_day", Text, nullable=False),
    Column("amount", Integer, nullable=False),  # negative: went out
    Column("currency", Text, nullable=False),
    text_column("name"),
    text_column("iban"),
    text_column("text"),
    text_column("end_to_end"),
    text_column("bank_reference"),
    integer_column("part"),
    integer_column("parts"),
    text_column("form"),  # of the statement that told it
    Column("detailed_by", Integer, ForeignKey("bank_file.id")),  # another file tells the same in more detail
    Column("ignored_at", Text),
    Column("payment_id", Integer, ForeignKey("payment.id")),  # counts while the payment is not taken back
    version_column(),
    Index("ix_bank_entry_fingerprint", "fingerprint", unique=True),
    Index("ix_bank_entry_bank_file_id", "bank_file_id"),
    Index("ix_bank_entry_payment_id", "payment_id"),
    Index("ix_bank_entry_booked", "booked"),
    Index("ix_bank_entry_detailed_by", "detailed_by"),
)
