"""What a customer may ask: everything that is stored about him, in one file (Art. 15 GDPR; RELIABILITY.md, P19)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk.domain.messages import N_, Message
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.output.archives import Archive
    from shopdesk.store.privacy import Row
    from shopdesk.usecases.shop import Shop

_FOLDERS = {
    "document_file": "documents",
    "scan": "scans",
    "customer_file": "files",
    "customer_photo": "photos",
    "received_invoice": "received",
    "outbox": "mails",
    "received_mail": "received-mails",
    "old_invoice": "old-invoices",
}
_HEADINGS = {
    "document": N_("Documents"),
    "timeline_entry": N_("Timeline: calls, visits, mails, notes"),
    "follow_up": N_("Follow-ups"),
    "promise": N_("Promises"),
    "standing_order": N_("Standing orders"),
    "missed_call": N_("Missed calls"),
    "inquiry": N_("Inquiries"),
    "inquiry_message": N_("Messages of inquiries"),
    "begun_reply": N_("Answers that are being written"),
    "outbox": N_("Mails sent"),
    "received_mail": N_("Mails received"),
    "pinned_fact": N_("Agreed"),
    "customer_tag": N_("Tags"),
    "customer_file": N_("Files"),
    "customer_photo": N_("Photo"),
    "consent": N_("Consents"),
    "consent_use": N_("Consent made use of"),
    "scan": N_("Scans"),
    "received_invoice": N_("Invoices received"),
    "old_invoice": N_("Old invoices"),
    "payment": N_("Payments"),
    "shipment": N_("Shipments"),
    "purchase_order": N_("Orders at suppliers"),
    "delivery_stop": N_("Stops of the delivery round"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """Where the answer is, and how many entries it tells."""

    place: Path
    entries: int


def file_name(customer: Customer) -> str:
    """How the answer is called."""
    from shopdesk.domain.file_names import safe_file_name

    return safe_file_name(f"Auskunft-{customer.number}-{customer.name}.zip")


def stored_record(shop: Shop, customer_id: int) -> Customer:
    """Whoever is still stored, also deleted or restricted; of a merged one the survivor. Raises NotFound."""
    with shop.reading() as connection:
        return _record(connection, customer_id)


def _record(connection: Connection, customer_id: int) -> Customer:
    from shopdesk.store import customer_merges, customers

    return customers.load_merged(connection, customer_merges.meant(connection, customer_id))


def answer(shop: Shop, customer_id: int, target: Path) -> Answered:
    """Write a ZIP: a readable PDF, the same as JSON, and every document, mail and scan. Noted in the journal.

    Raises NotFound, and OSError where nothing can be written; a file that stood there stays then.
    """
    from shopdesk.output.archives import Archive
    from shopdesk.store import privacy
    from shopdesk.store.durable import durable_file

    day = shop.clock.today()
    with shop.reading() as connection:
        customer = _record(connection, customer_id)
        customer_id = customer.id or customer_id  # of a merged one that of the survivor
        found = privacy.about(connection, customer_id)
        with durable_file(target) as stream, Archive(stream) as archive:
            tables = {name: [_plain(archive, name, row, day) for row in rows] for name, rows in found.items()}
            value = {"customer": customer.number, "answered_on": day.isoformat(), "tables": tables}
            archive.add("auskunft.json", json.dumps(value, ensure_ascii=False, indent=1).encode(), day)
            archive.add("auskunft.pdf", _readable(connection, shop, customer, found), day)
    with shop.writing() as connection:
        shop.record(connection, "answer", "customer", customer_id, new={"article": "15 GDPR"})
    return Answered(target, sum(len(rows) for rows in found.values()))


def _plain(archive: Archive, table: str, row: Row, day: Any) -> dict[str, Any]:
    plain = dict(row)
    for name, value in row.items():
        if isinstance(value, bytes):
            plain[name] = archive.add(f"{_FOLDERS[table]}-{_file_of(table, row)}", value, day)
    return plain


def _file_of(table: str, row: Row) -> str:
    if table in {"outbox", "received_mail"}:
        return f"{row['id']}.eml"
    return f"{row['id']}.jpg" if table == "customer_photo" else str(row.get("name") or row.get("file_name"))


def _readable(connection: Connection, shop: Shop, customer: Customer, found: dict[str, list[Row]]) -> bytes:
    from shopdesk.output.pdf.listing import Part, listing
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    texts = Texts(profile.language)
    gettext = texts.gettext
    who = gettext("Controller: {shop}, {owner}, {address}.").format(
        shop=profile.seller.name, owner=profile.seller.owner,
        address=", ".join((*profile.seller.address.lines, profile.seller.address.city)),
    )  # fmt: skip
    parts = [
        Part(gettext("Who answers"), (who, *(texts.say(Message(text)) for text in _DUTIES))),
        Part(gettext("Who you are to us"), tuple(_master_data(customer, texts))),
    ]
    for table, heading in _HEADINGS.items():
        if found[table]:
            parts.append(Part(gettext(heading), tuple(_line(table, row, texts) for row in found[table])))
    title = gettext("What is stored about you (Art. 15 GDPR)")
    subtitle = f"{customer.name} · {customer.number} · {texts.date(shop.clock.today())}"
    return listing(title, subtitle, parts, texts, profile.seller.name, shop.clock.now())


_DUTIES = (
    N_("Purpose: offers, orders, deliveries and bills, and answering you (Art. 6 (1) b and c GDPR)."),
    N_("Where it comes from: what you told us yourself, and what arose from your orders."),
    N_(
        "Who gets it: our mail provider, our tax adviser, carriers and authorities, each only what is needed."
    ),
    N_(
        "How long: bills eight years, trade letters six, each to the end of the year (§ 147 AO); everything else until "
        "you ask us to delete it and no law keeps it."
    ),
    N_(
        "Your rights: to have it corrected, deleted or restricted, to object, to take it with you, and to complain to "
        "the data protection authority of your state."
    ),
)


def _master_data(customer: Customer, texts: Texts) -> list[str]:
    gettext = texts.gettext
    rows = [
        (gettext("Name"), " · ".join(part for part in (customer.company, customer.person.full) if part)),
        (gettext("Address"), ", ".join((*customer.address.lines, customer.address.postal_code, customer.address.city))),
        (gettext("Phone"), ", ".join(phone.number for phone in customer.phones)),
        (gettext("Mail"), ", ".join(customer.emails)),
        (gettext("VAT id"), customer.vat_id),
        (gettext("Birthday"), texts.date(customer.birthday) if customer.birthday else ""),
        (gettext("Recommended by"), customer.recommended_by),
        (gettext("Contact"), ", ".join(each.person.full for each in customer.contact_persons)),
        (gettext("Internal note"), customer.note),
    ]  # fmt: skip
    return [f"{name}: {value}" for name, value in rows if value.strip(" ,")]


_MOMENTS = (
    "date",
    "at",
    "last_at",
    "sent_at",
    "shipped_at",
    "received_at",
    "due",
    "added_at",
    "issued",
    "day",
    "given_on",
    "withdrawn_on",
    "ordered_at",
)


def _line(table: str, row: Row, texts: Texts) -> str:
    """One entry on one line: the day, and what it is."""
    moment = next(
        (str(row[name]) for name in _MOMENTS if row.get(name)),
        "",
    )
    what = {
        "document": ("number", "title"),
        "timeline_entry": ("title", "text"),
        "follow_up": ("text",),
        "promise": ("text",),
        "standing_order": ("name",),
        "missed_call": ("shown",),
        "inquiry": ("subject",),
        "inquiry_message": ("text",),
        "begun_reply": ("text",),
        "outbox": ("recipient", "subject"),
        "received_mail": ("sender", "subject"),
        "pinned_fact": ("text",),
        "customer_tag": ("tag",),
        "customer_file": ("name",),
        "customer_photo": (),
        "consent": ("text",),
        "consent_use": ("what",),
        "scan": ("name",),
        "received_invoice": ("seller", "number"),
        "old_invoice": ("number", "recipient"),
        "payment": ("payer", "text"),
        "shipment": ("carrier", "note"),
        "purchase_order": ("number", "commission", "delivery_address"),
        "delivery_stop": ("from_time", "to_time", "floor", "lift", "extras", "reason"),
    }[table]
    parts = [_day(moment, texts), *(str(row[name]) for name in what)]
    if table == "consent" and row["withdrawn_on"]:
        parts.append(texts.gettext("not allowed since {date}").format(date=_day(row["withdrawn_on"], texts)))
    return " · ".join(part for part in parts if part.strip())


def _day(moment: str, texts: Texts) -> str:
    import datetime as dt

    try:
        return texts.date(dt.date.fromisoformat(moment[:10]))
    except ValueError:
        return ""
