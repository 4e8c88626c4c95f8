"""The tables of documents; `tables` names them with the others. An issued one never changes: triggers see to it."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("number", Text),
    Column("request_key", Text, nullable=False, unique=True),
    text_column("request_digest"),  # sha256 of the order that came with the request key
    Column("date", Text),
    Column("due", Text),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("follows_id", Integer, ForeignKey("document.id")),
    text_column("recipient"),  # name for lists
    text_column("city"),
    text_column("title"),  # first goods line, for lists and search
    text_column("currency"),
    integer_column("net"),
    integer_column("gross"),
    integer_column("payable"),
    text_column("tax_case"),
    text_column("content"),  # JSON of everything else that is printed: seller, recipient, terms, texts
    text_column("sort_key"),  # newest first: list order by (sort_key, id)
    text_column("created_at"),
    text_column("updated_at"),
    Column("issued_at", Text),
    text_column("program_version"),
    # 1, 2, 3 … in the order of issuing; with previous_hash the chain that store/document_chain.py verifies
    Column("chain_position", Integer, unique=True),
    Column("previous_hash", Text),
    Column("hash", Text),
    version_column(),
    UniqueConstraint("kind", "number"),
    CheckConstraint("state IN ('draft', 'issued')", name="state"),
    CheckConstraint("(state = 'issued') = (number IS NOT NULL)", name="numbered"),
    Index("ix_document_kind_sort_key", "kind", "sort_key"),
    Index("ix_document_kind_state_sort_key", "kind", "state", "sort_key"),
    Index("ix_document_kind_state_date", "kind", "state", "date"),
    Index("ix_document_kind_state_due", "kind", "state", "due"),
    Index("ix_document_customer_id", "customer_id"),
    Index("ix_document_follows_id", "follows_id"),
)

document_line = Table(
    "document_line",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    text_column("text"),
    text_column("description"),
    text_column("article_code"),
    text_column("quantity"),
    text_column("unit"),
    Column("unit_price", Text),
    text_column("discount_percent"),
    Column("vat_rate", Text),
    text_column("tax_case"),
    integer_column("weight_grams"),
    integer_column("net"),
    integer_column("gross"),
    text_column("option"),  # optional, alternative or empty
    Index("ix_document_line_article_code", "article_code"),
)

# Which documents a document refers to, for the way back; the truth stands in `document.content`
document_reference = Table(
    "document_reference",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("referred_id", Integer, ForeignKey("document.id"), primary_key=True),
    Index("ix_document_reference_referred_id", "referred_id"),
)

# The bytes as issued and sent (PDF, later XML): never change, kept as long as the law wants
document_file = Table(
    "document_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_document_file_document_id", "document_id"),
)
