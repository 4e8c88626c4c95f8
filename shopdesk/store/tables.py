"""The tables as today's program sees them. Migrations never import this; a test compares the two.

Amounts are whole smallest units, quantities and prices decimal text, moments UTC ISO text, days ISO text.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from shopdesk.store.appointment_tables import appointment
from shopdesk.store.card_tables import consent, customer_file, customer_photo, customer_tag
from shopdesk.store.delivery_round_tables import delivery_stop
from shopdesk.store.document_tables import document, document_file, document_line, document_reference
from shopdesk.store.import_tables import import_row, import_run, old_invoice
from shopdesk.store.inquiry_tables import begun_reply, inquiry, inquiry_document, inquiry_message
from shopdesk.store.parcel_tables import packed_text, shipping_service
from shopdesk.store.payment_reminder_tables import payment_reminder_bill, payment_reminder_stop
from shopdesk.store.payment_tables import order_bill, payment, payment_allocation
from shopdesk.store.privacy_tables import consent_use, erasure
from shopdesk.store.promise_tables import promise
from shopdesk.store.purchase_tables import (
    article_supply,
    purchase_order,
    purchase_order_file,
    purchase_order_line,
    supplier,
)
from shopdesk.store.received_mail_tables import (
    mail_fetch,
    mail_folder,
    mail_sender_rule,
    mail_tidying,
    received_mail,
)  # fmt: skip
from shopdesk.store.second_tables import (
    customer_difference,
    customer_merge,
    received_invoice,
    scan,
    turnover,
    turnover_year,
    vat_confirmation,
    vat_id_check,
)
from shopdesk.store.shipment_tables import shipment, shipment_demand, shipment_line, shipment_parcel
from shopdesk.store.standing_order_tables import repeated_order, standing_order, standing_order_date
from shopdesk.store.statement_tables import bank_entry, bank_file, found_bank_file
from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

__all__ = [
    "appointment", "article", "article_supply", "bank_entry", "bank_file", "begun_reply", "consent",
    "consent_use", "contact_person", "customer", "customer_address", "customer_difference", "customer_email",
    "customer_file", "customer_merge", "customer_phone", "customer_photo", "customer_tag", "delivery_stop",
    "document", "document_file", "document_line", "document_reference", "erasure", "follow_up",
    "found_bank_file", "import_row", "import_run", "inquiry", "inquiry_document", "inquiry_message",
    "journal", "mail_fetch", "mail_folder", "mail_sender_rule", "mail_template", "mail_tidying", "metadata",
    "missed_call", "number_counter", "number_range", "old_invoice", "order_bill", "outbox", "packed_text",
    "payment", "payment_allocation", "payment_reminder_bill", "payment_reminder_stop", "pinned_fact",
    "promise", "purchase_order", "purchase_order_file", "purchase_order_line", "received_invoice",
    "received_mail", "repeated_order", "scan", "setting", "shipment", "shipment_demand", "shipment_line",
    "shipment_parcel", "shipping_service", "standard_attachment", "standing_order", "standing_order_date",
    "supplier", "timeline_entry", "turnover", "turnover_year", "vat_confirmation", "vat_id_check",
]  # fmt: skip

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    version_column(),
)

customer = Table(
    "customer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    text_column("company"),
    text_column("salutation"),
    text_column("title"),
    text_column("given_name"),
    text_column("family_name"),
    text_column("language"),
    text_column("vat_id"),
    text_column("buyer_reference"),
    text_column("note"),
    Column(
        "sort_key", Text, nullable=False
    ),  # folded name, then the number: unique and in the order of the list
    text_column("created_at"),
    text_column("updated_at"),
    Column("deleted_at", Text),
    version_column(),
    text_column("electronic_address"),
    text_column("electronic_scheme"),  # of the EAS list; empty: mail
    integer_column("xrechnung"),  # 1: wants its invoices as XRechnung
    text_column("preferred_channel"),  # phone, mail, letter, messenger
    text_column("birthday"),
    text_column("recommended_by"),
    Column("recommended_by_id", Integer),  # a customer
    Column("payment_days", Integer),  # none: the shop's own
    text_column("cash_discount_percent"),  # decimal text
    integer_column("cash_discount_days"),
    text_column("discount_percent"),  # decimal text
    text_column("service_channel"),
    text_column("advertising_channel"),
    Index("ix_customer_sort_key", "sort_key"),
    Index("ix_customer_vat_id", "vat_id"),
)

customer_phone = Table(
    "customer_phone",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("label"),
    text_column("number"),  # as shown
    text_column("e164"),
    Index("ix_customer_phone_customer_id", "customer_id"),
    Index("ix_customer_phone_e164", "e164"),
)

customer_email = Table(
    "customer_email",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("label"),
    text_column("email"),  # lower case
    Index("ix_customer_email_customer_id", "customer_id"),
    Index("ix_customer_email_email", "email"),
)

customer_address = Table(
    "customer_address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("purpose"),  # billing, delivery
    text_column("lines"),  # separated by line ends
    text_column("postal_code"),
    text_column("city"),
    text_column("country"),
    Index("ix_customer_address_customer_id", "customer_id"),
    Index("ix_customer_address_postal_code", "postal_code", "customer_id"),
)

contact_person = Table(
    "contact_person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("salutation"),
    text_column("title"),
    text_column("given_name"),
    text_column("family_name"),
    text_column("role"),
    text_column("phone"),
    text_column("email"),
    Index("ix_contact_person_customer_id", "customer_id"),
)

pinned_fact = Table(
    "pinned_fact",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
    integer_column("position"),
    text_column("text"),
    Index("ix_pinned_fact_customer_id", "customer_id"),
)

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    text_column("kind"),  # goods, service, postage, packaging
    text_column("name"),
    text_column("description"),
    text_column("unit"),
    Column("unit_price", Text),  # decimal text; none: asked for when used
    text_column("prices"),  # gross, net
    Column("vat_rate", Text),
    integer_column("weight_grams"),
    integer_column("width_mm"),
    integer_column("length_mm"),
    integer_column("height_mm"),
    text_column(
        "price_per_square_metre"
    ),  # decimal text: what a custom size costs; empty: by proportion of area
    text_column("custom_surcharge"),  # decimal text, percent on a custom size
    Column("sort_key", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    text_column("packed_shape"),  # box, roll, letter; empty: nobody said
    integer_column("packed_length_mm"),
    integer_column("packed_width_mm"),  # of a roll its diameter, like the height
    integer_column("packed_height_mm"),
    integer_column("packs_together"),
    text_column("packaging_code"),  # the code of a packaging article
    text_column("hs_code"),
    text_column("origin"),
    Index("ix_article_sort_key", "sort_key"),
)

number_range = Table(
    "number_range",
    metadata,
    Column("name", Text, primary_key=True),  # a kind of document, customer
    # R-{year}-{number:0000}; empty: the kind counts with the invoices
    Column("pattern", Text, nullable=False),
    integer_column("start", 1),
    integer_column("restart_yearly", 1),
    version_column(),
    integer_column("start_year"),  # the year that begins at `start`, 0: each year
)

# One counter per range and year (year 0: no restart). The counter row is the last thing a transaction waits for.
number_counter = Table(
    "number_counter",
    metadata,
    Column("range_name", Text, ForeignKey("number_range.name"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    text_column("last_date"),
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
    text_column("direction"),  # in, out, internal
    Column("at", Text, nullable=False),
    text_column("title"),
    text_column("text"),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_timeline_entry_customer_id_at", "customer_id", "at"),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("due", Text, nullable=False),  # a day
    text_column("due_time"),  # HH:MM or empty
    Column("text", Text, nullable=False),
    text_column("purpose"),  # order, service, advertising
    text_column("created_at"),
    Column("done_at", Text),
    Column("deleted_at", Text),
    version_column(),
    integer_column("repeat_every"),  # so many units; 0: once
    text_column("repeat_unit"),  # day, week, month
    integer_column("repeat_day"),  # of the month; a shorter month has its last day
    integer_column("on_contact"),  # a contact with the customer closes it, or starts its time anew
    text_column("origin"),  # quote: the program set it; empty: the owner
    Index("ix_follow_up_due", "due"),
    Index("ix_follow_up_customer_id", "customer_id"),
    Index("ix_follow_up_done_at_due", "done_at", "due"),
    Index("ix_follow_up_document_id", "document_id"),
)

missed_call = Table(
    "missed_call",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),  # E.164, else as the box told it
    text_column("shown"),  # as people write it
    Column("customer_id", Integer, ForeignKey("customer.id")),
    integer_column("times", 1),
    Column("last_at", Text, nullable=False),
    Column("due", Text, nullable=False),  # a day
    text_column("due_time"),  # HH:MM or empty
    Column("done_at", Text),
    version_column(),
    Index("ix_missed_call_done_at", "done_at"),
    Index("ix_missed_call_customer_id", "customer_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id")),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),  # queued, sending, sent, failed, unclear, handed_over, cancelled
    text_column("reason"),
    text_column("purpose"),
    text_column("sender"),
    Column("recipient", Text, nullable=False),
    text_column("subject"),
    text_column("body"),
    text_column(
        "attachments"
    ),  # JSON: [{name, media_type, sha256, document_file_id | standard_attachment_id}]
    Column("message", LargeBinary, nullable=False),  # the mail as it goes over the line
    integer_column("attempts"),
    text_column("created_at"),
    text_column("changed_at"),
    Column("sent_at", Text),
    version_column(),
    Column("not_before", Text),  # the owner can still take it back
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
    version_column(),
    UniqueConstraint("kind", "audience", "language"),
)

standard_attachment = Table(
    "standard_attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    text_column("role"),  # terms, withdrawal_notice, withdrawal_form, other
    text_column("kinds"),  # document kinds separated by blanks; empty: all
    text_column("audience"),
    text_column("language"),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("deleted_at", Text),
    version_column(),
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
    text_column("old"),  # JSON
    text_column("new"),  # JSON
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_journal_subject_subject_id", "subject", "subject_id"),
    Index("ix_journal_at", "at"),
)
