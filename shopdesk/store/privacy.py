"""Everything that the database holds about one customer (Art. 15 GDPR)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from shopdesk.store import customer_merges
from shopdesk.store.tables import (
    bank_entry,
    consent,
    consent_use,
    customer,
    customer_email,
    customer_merge,
    customer_phone,
    document,
    erasure,
    import_row,
    inquiry,
    journal,
    mail_sender_rule,
    metadata,
    missed_call,
    outbox,
    payment,
    received_mail,
    shipment,
    standing_order,
    vat_id_check,
)

_OF_CUSTOMER = (
    "customer_phone", "customer_email", "customer_address", "contact_person", "pinned_fact", "customer_tag",
    "customer_file", "customer_photo", "consent", "document", "timeline_entry", "follow_up", "promise", "appointment",
    "received_invoice", "old_invoice", "payment", "delivery_stop", "payment_reminder_stop",
    "shipment",
    "purchase_order", "standing_order",
)  # fmt: skip
_OF_DOCUMENT = (
    "document_line",
    "document_file",
    "turnover",
    "vat_confirmation",
    "scan",
    "payment_allocation",
    "payment_reminder_bill",
    "shipment_demand",
    "repeated_order",
)
TABLES = (
    "customer", "customer_merge", *_OF_CUSTOMER, "consent_use", *_OF_DOCUMENT, "order_bill",
    "standing_order_date", "shipment_line", "shipment_parcel", "bank_entry", "missed_call", "inquiry",
    "inquiry_message", "begun_reply", "received_mail", "mail_sender_rule", "outbox", "import_row",
    "vat_id_check", "erasure", "journal",
)  # fmt: skip
"""In this order they are told."""

Row = Mapping[str, Any]


def about(connection: Connection, customer_id: int) -> dict[str, list[Row]]:
    """Table → rows, deleted ones too: what is deleted for the owner is still stored."""
    everyone = customer_merges.everyone(connection, customer_id)  # records merged into this one, too
    ids = list(connection.scalars(select(document.c.id).where(document.c.customer_id.in_(everyone))))
    vat_ids = list(connection.scalars(select(customer.c.vat_id).where(customer.c.id.in_(everyone))))
    conditions: dict[str, ColumnElement[bool]] = {"customer": customer.c.id.in_(everyone)}
    conditions["customer_merge"] = customer_merge.c.survivor_id == customer_id
    for name in _OF_CUSTOMER:
        conditions[name] = metadata.tables[name].c.customer_id.in_(everyone)
    for name in _OF_DOCUMENT:
        conditions[name] = metadata.tables[name].c.document_id.in_(ids)
    of_orders = select(standing_order.c.id).where(standing_order.c.customer_id.in_(everyone))
    conditions["standing_order_date"] = metadata.tables["standing_order_date"].c.standing_order_id.in_(
        of_orders
    )
    sent = select(shipment.c.id).where(shipment.c.customer_id.in_(everyone))
    for name in ("shipment_line", "shipment_parcel"):
        conditions[name] = metadata.tables[name].c.shipment_id.in_(sent)
    conditions["order_bill"] = metadata.tables["order_bill"].c.bill_id.in_(ids)
    paid = select(payment.c.id).where(payment.c.customer_id.in_(everyone))
    conditions["bank_entry"] = bank_entry.c.payment_id.in_(paid)
    numbers = select(customer_phone.c.e164).where(customer_phone.c.customer_id.in_(everyone))
    of_consents = select(consent.c.id).where(consent.c.customer_id.in_(everyone))
    conditions["consent_use"] = consent_use.c.consent_id.in_(of_consents)
    conditions["erasure"] = erasure.c.customer_id.in_(everyone)
    own_number = missed_call.c.number.in_(numbers)  # he may have called before he was a customer
    conditions["missed_call"] = or_(missed_call.c.customer_id.in_(everyone), own_number)
    addresses = select(func.lower(customer_email.c.email)).where(customer_email.c.customer_id.in_(everyone))
    asked = or_(inquiry.c.customer_id.in_(everyone), func.lower(inquiry.c.sender_address).in_(addresses))
    conditions["inquiry"] = asked
    for name in ("inquiry_message", "begun_reply"):
        conditions[name] = metadata.tables[name].c.inquiry_id.in_(select(inquiry.c.id).where(asked))
    wrote = or_(received_mail.c.sender.in_(addresses), received_mail.c.answer_to.in_(addresses))
    conditions["received_mail"] = or_(received_mail.c.customer_id.in_(everyone), wrote)
    conditions["mail_sender_rule"] = mail_sender_rule.c.address.in_(addresses)
    conditions["outbox"] = or_(outbox.c.customer_id.in_(everyone), outbox.c.document_id.in_(ids))
    conditions["import_row"] = (import_row.c.subject == "customer") & import_row.c.subject_id.in_(everyone)
    conditions["vat_id_check"] = vat_id_check.c.vat_id.in_(vat_ids) & (vat_id_check.c.vat_id != "")
    of_documents = (journal.c.subject == "document") & journal.c.subject_id.in_([str(each) for each in ids])
    of_customer = (journal.c.subject == "customer") & journal.c.subject_id.in_(
        [str(each) for each in everyone]
    )
    conditions["journal"] = or_(of_customer, of_documents)
    return {name: _rows(connection, name, conditions[name]) for name in TABLES}


def _rows(connection: Connection, name: str, condition: ColumnElement[bool]) -> list[Row]:
    table = metadata.tables[name]
    statement = select(table).where(condition).order_by(*table.primary_key.columns)
    return [dict(row) for row in connection.execute(statement).mappings()]
