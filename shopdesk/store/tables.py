"""The tables as today's program sees them. Migrations never import this; a test compares the two.

Amounts are whole smallest units, quantities and prices decimal text, moments UTC ISO text, days ISO text.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _integer(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(default))


def _version() -> Column[int]:
    return _integer("version", 1)


setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    _version(),
)

customer = Table(
    "customer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    _text("company"),
    _text("salutation"),
    _text("title"),
    _text("given_name"),
    _text("family_name"),
    _text("language"),
    _text("vat_id"),
    _text("buyer_reference"),
    _text("note"),
    Column(
        "sort_key", Text, nullable=False
    ),  # folded name, then the number: unique and in the order of the list
    _text("created_at"),
    _text("updated_at"),
    Column("deleted_at", Text),
    _version(),
    _text("electronic_address"),
    _text("electronic_scheme"),  # of the EAS list; empty: mail
    _integer("xrechnung"),  # 1: wants its invoices as XRechnung
    Index("ix_customer_sort_key", "sort_key"),
    Index("ix_customer_vat_id", "vat_id"),
)

customer_phone = Table(
    "customer_phone",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    _integer("position"),
    _text("label"),
    _text("number"),  # as shown
    _text("e164"),
    Index("ix_customer_phone_customer_id", "customer_id"),
    Index("ix_customer_phone_e164", "e164"),
)

customer_email = Table(
    "customer_email",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    _integer("position"),
    _text("label"),
    _text("email"),  # lower case
    Index("ix_customer_email_customer_id", "customer_id"),
    Index("ix_customer_email_email", "email"),
)

customer_address = Table(
    "customer_address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    _integer("position"),
    _text("purpose"),  # billing, delivery
    _text("lines"),  # separated by line ends
    _text("postal_code"),
    _text("city"),
    _text("country"),
    Index("ix_customer_address_customer_id", "customer_id"),
    Index("ix_customer_address_postal_code", "postal_code", "customer_id"),
)

contact_person = Table(
    "contact_person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    _integer("position"),
    _text("salutation"),
    _text("title"),
    _text("given_name"),
    _text("family_name"),
    _text("role"),
    _text("phone"),
    _text("email"),
    Index("ix_contact_person_customer_id", "customer_id"),
)

pinned_fact = Table(
    "pinned_fact",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    _integer("position"),
    _text("text"),
    Index("ix_pinned_fact_customer_id", "customer_id"),
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
    _text("before"),  # JSON: the surviving customer as it was, and
    _text("after"),  # as it became: what undoing puts back
    _text("moved"),  # JSON: the ids of the rows that belong to the survivor now, by table
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

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    _text("kind"),  # goods, service, postage, packaging
    _text("name"),
    _text("description"),
    _text("unit"),
    Column("unit_price", Text),  # decimal text; none: asked for when used
    _text("prices"),  # gross, net
    Column("vat_rate", Text),
    _integer("weight_grams"),
    _integer("width_mm"),
    _integer("length_mm"),
    _integer("height_mm"),
    _text("price_per_square_metre"),  # decimal text: what a custom size costs; empty: by proportion of area
    _text("custom_surcharge"),  # decimal text, percent on a custom size
    Column("sort_key", Text, nullable=False),
    Column("deleted_at", Text),
    _version(),
    Index("ix_article_sort_key", "sort_key"),
)

number_range = Table(
    "number_range",
    metadata,
    Column("name", Text, primary_key=True),  # a kind of document, customer
    # R-{year}-{number:0000}; empty: the kind counts with the invoices
    Column("pattern", Text, nullable=False),
    _integer("start", 1),
    _integer("restart_yearly", 1),
    _version(),
    _integer("start_year"),  # the year that begins at `start`, 0: each year
)

# One counter per range and year (year 0: no restart). The counter row is the last thing a transaction waits for.
number_counter = Table(
    "number_counter",
    metadata,
    Column("range_name", Text, ForeignKey("number_range.name"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    _text("last_date"),
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("number", Text),
    Column("request_key", Text, nullable=False, unique=True),
    _text("request_digest"),  # sha256 of the order that came with the request key
    Column("date", Text),
    Column("due", Text),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("follows_id", Integer, ForeignKey("document.id")),
    _text("recipient"),  # name for lists
    _text("city"),
    _text("title"),  # first goods line, for lists and search
    _text("currency"),
    _integer("net"),
    _integer("gross"),
    _integer("payable"),
    _text("tax_case"),
    _text("content"),  # JSON of everything else that is printed: seller, recipient, terms, texts
    _text("sort_key"),  # newest first: list order by (sort_key, id)
    _text("created_at"),
    _text("updated_at"),
    Column("issued_at", Text),
    _text("program_version"),
    # 1, 2, 3 … in the order of issuing; with previous_hash the chain that store/document_chain.py verifies
    Column("chain_position", Integer, unique=True),
    Column("previous_hash", Text),
    Column("hash", Text),
    _version(),
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
    _text("text"),
    _text("description"),
    _text("article_code"),
    _text("quantity"),
    _text("unit"),
    Column("unit_price", Text),
    _text("discount_percent"),
    Column("vat_rate", Text),
    _text("tax_case"),
    _integer("weight_grams"),
    _integer("net"),
    _integer("gross"),
    _text("option"),  # optional, alternative or empty
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

# What an issued bill or correction adds to the sums that the law watches (OSS, § 19 UStG), in smallest units; made out
# of the document when it is issued, so that a year is summed without reading documents
turnover = Table(
    "turnover",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False),  # of the supply
    Column("currency", Text, nullable=False),
    _integer("distance"),  # net distance sales to private buyers in other member states
    _integer("gross"),
)

# The sums of a year, so that no draft waits for a year's invoices to be added up
turnover_year = Table(
    "turnover_year",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("currency", Text, primary_key=True),
    _integer("distance"),
    _integer("gross"),
    _integer("documents"),
)

# The answers of the member states about VAT ids, as they came: evidence (§ 6a UStG), never changed
vat_id_check = Table(
    "vat_id_check",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vat_id", Text, nullable=False),
    _text("requester"),
    _text("service"),  # vies, evatr
    Column("at", Text, nullable=False),
    Column("day", Text, nullable=False),  # the shop's day
    Column("result", Text, nullable=False),  # valid, invalid, unavailable
    _text("reason"),  # the service's own code
    _text("name"),
    _text("address"),
    _text("matches"),  # JSON: what of name and address agrees, by the service's letters
    _text("request_identifier"),
    _text("raw"),
    Index("ix_vat_id_check_day_vat_id", "day", "vat_id"),
)

# A bill without VAT to a business abroad and the check that confirms its VAT id; none yet: it stands in Heute
vat_confirmation = Table(
    "vat_confirmation",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True, autoincrement=False),
    Column("vat_id", Text, nullable=False),
    Column("wanted_on", Text, nullable=False),  # the day it was issued
    _text("reason"),  # why it was issued without, in the owner's words
    Column("check_id", Integer, ForeignKey("vat_id_check.id")),
    Index("ix_vat_confirmation_check_id", "check_id"),
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

timeline_entry = Table(
    "timeline_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column(
        "kind", Text, nullable=False
    ),  # call, email, visit, letter, message, note, document, payment, shipment, complaint
    _text("direction"),  # in, out, internal
    Column("at", Text, nullable=False),
    _text("title"),
    _text("text"),
    Column("deleted_at", Text),
    _version(),
    Index("ix_timeline_entry_customer_id_at", "customer_id", "at"),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("due", Text, nullable=False),  # a day
    _text("due_time"),  # HH:MM or empty
    Column("text", Text, nullable=False),
    _text("purpose"),  # order, service, advertising
    _text("created_at"),
    Column("done_at", Text),
    Column("deleted_at", Text),
    _version(),
    Index("ix_follow_up_due", "due"),
    Index("ix_follow_up_customer_id", "customer_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),  # queued, sending, sent, failed, unclear, handed_over, cancelled
    _text("reason"),
    _text("purpose"),
    _text("sender"),
    Column("recipient", Text, nullable=False),
    _text("subject"),
    _text("body"),
    _text("attachments"),  # JSON: [{name, media_type, sha256, document_file_id | standard_attachment_id}]
    Column("message", LargeBinary, nullable=False),  # the mail as it goes over the line
    _integer("attempts"),
    _text("created_at"),
    _text("changed_at"),
    Column("sent_at", Text),
    _version(),
    Index("ix_outbox_state", "state"),
    Index("ix_outbox_document_id", "document_id"),
)

mail_template = Table(
    "mail_template",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("audience", Text, nullable=False),  # private, business, any
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    _version(),
    UniqueConstraint("kind", "audience", "language"),
)

standard_attachment = Table(
    "standard_attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    _text("role"),  # terms, withdrawal_notice, withdrawal_form, other
    _text("kinds"),  # document kinds separated by blanks; empty: all
    _text("audience"),
    _text("language"),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("deleted_at", Text),
    _version(),
)

# E-invoices that came in: their bytes never change and are kept for eight years
received_invoice = Table(
    "received_invoice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    _integer("size"),
    Column("data", LargeBinary, nullable=False),
    _text("number"),
    _text("seller"),
    Column("issued", Text),
    Column("due", Text),
    _text("currency"),
    _text("payable"),  # decimal text
    Column("received_at", Text, nullable=False),
    Column("kept_until", Text, nullable=False),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    _text("supplier"),
    _text("search"),  # folded: what the list finds it by
    _version(),
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
    _integer("size"),
    Column("data", LargeBinary, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("deleted_at", Text),
    _version(),
    Index("ix_scan_document_id", "document_id"),
)

# GoBD: who changed what, when; append-only, each row holds the hash over itself and the row before
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # UTC
    Column("zone", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # table name
    Column("subject_id", Text, nullable=False),
    _text("old"),  # JSON
    _text("new"),  # JSON
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_journal_subject_subject_id", "subject", "subject_id"),
    Index("ix_journal_at", "at"),
)
