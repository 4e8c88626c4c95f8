"""The journal in the reader's words: what each subject, act, field and value is called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.journal import JournalEntry
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.messages import N_
from shopdesk.domain.money import Money
from shopdesk.domain.number_ranges import TITLES
from shopdesk.i18n import Texts
from shopdesk.usecases.journal_field_names import FIELDS, MONEY, SILENT, VALUES

SUBJECTS: Mapping[str, str] = {
    "document": N_("Document"),
    "customer": N_("Customer"),
    "outbox": N_("Mail"),
    "received_mail": N_("Received mail"),
    "article": N_("Article"),
    "shipping_service": N_("Shipping service"),
    "packed_text": N_("How something is packed"),
    "timeline_entry": N_("Timeline note"),
    "follow_up": N_("Follow-up"),
    "promise": N_("Promise"),
    "standing_order": N_("Standing order"),
    "inquiry": N_("Inquiry"),
    "appointment": N_("Appointment"),
    "payment": N_("Payment"),
    "payment_reminder_stop": N_("No payment reminders"),
    "shipment": N_("Shipment"),
    "supplier": N_("Supplier"),
    "purchase_order": N_("Purchase order"),
    "bank_file": N_("Bank file"),
    "bank_entry": N_("Booking of the bank"),
    "setting": N_("Setting"),
    "number_range": N_("Number range"),
    "mail_template": N_("Mail text"),
    "standard_attachment": N_("Standard attachment"),
    "received_invoice": N_("Received invoice"),
    "vat_id_check": N_("VAT id check"),
    "month_end": N_("Month end"),
    "scan": N_("Scan"),
    "import_run": N_("Import (of a file)"),
    "letter": N_("Letter to several"),
}

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Documents"): ("document", "scan"),
    N_("Customers"): ("customer",),
    N_("Mails"): ("outbox", "received_mail"),
    N_("Articles"): ("article", "shipping_service", "packed_text"),
    N_("Notes and follow-ups"): ("timeline_entry", "follow_up", "promise", "letter"),
    N_("Standing orders"): ("standing_order",),
    N_("Inquiries"): ("inquiry",),
    N_("Appointments"): ("appointment",),
    N_("Payments"): ("payment", "payment_reminder_stop", "bank_file", "bank_entry"),
    N_("Shipments"): ("shipment",),
    N_("Orders at suppliers"): ("purchase_order", "supplier"),
    N_("Settings"): ("setting", "number_range", "mail_template", "standard_attachment"),
    N_("Received invoices"): ("received_invoice",),
    N_("VAT id checks"): ("vat_id_check",),
    N_("Month end"): ("month_end",),
    N_("Imports"): ("import_run",),
}
"""What the reader can choose, and the tables behind it."""

ACTIONS: Mapping[str, str] = {
    "hand-out": N_("handed out"),
    "create": N_("created"),
    "save": N_("changed"),
    "delete": N_("deleted"),
    "restore": N_("brought back"),
    "issue": N_("issued"),
    "discard": N_("thrown away"),
    "issue-unconfirmed": N_("issued before the VAT id was confirmed"),
    "add": N_("added"),
    "order": N_("ordered"),
    "goods-in": N_("goods came in"),
    "told-ready": N_("customer told"),
    "supply": N_("supplier changed"),
    "count": N_("counted"),
    "purchase_order/cancel": N_("order cancelled"),
    "confirm": N_("confirmed"),
    "mail": N_("state of the mail"),
    "mail_account": N_("mail account"),
    "mail_in": N_("receiving mail"),
    "take_in": N_("taken in"),
    "keep_away": N_("kept away"),
    "decide_on_sender": N_("sender decided on"),
    "reset": N_("back to the program's text"),
    "assign": N_("assigned"),
    "file": N_("filed"),
    "remove": N_("taken away"),
    "check": N_("checked"),
    "import": N_("imported"),
    "take-back": N_("taken back"),
    "answer": N_("told what is stored"),
    "erase": N_("forgotten at the customer's wish"),
    "erase-again": N_("forgotten again after a backup was restored"),
    "erase-rest": N_("forgotten for good, as no law keeps it any more"),
    "file-added": N_("file kept"),
    "file-removed": N_("file taken away"),
    "photo-added": N_("photo kept"),
    "photo-removed": N_("photo taken away"),
    "consent": N_("allowed to be contacted"),
    "objection": N_("does not want to be contacted"),
    "consent-withdrawn": N_("no longer allows to be contacted"),
    "consent-restored": N_("withdrawal taken back"),
    "consent-mistaken": N_("consent noted by mistake"),
    "done": N_("done"),
    "invite": N_("customer invited by mail"),
    "pack": N_("packed"),
    "ship": N_("shipped"),
    "settle": N_("needs no shipping"),
    "pause": N_("paused"),
    "continue": N_("continued"),
    "stop": N_("stopped"),
    "make": N_("draft made"),
    "keep": N_("kept"),
    "move": N_("moved to another date"),
    "break": N_("not kept"),
    "open": N_("opened again"),
    "receive": N_("came in"),
    "answered": N_("answered"),
    "won": N_("won"),
    "complaint": N_("marked as a complaint"),
    "no_complaint": N_("no complaint after all"),
    "lost": N_("lost"),
    "close": N_("done"),
    "merge": N_("merged with another record"),
    "separate": N_("separated again"),
    "different": N_("marked as somebody else"),
    "not-different": N_("no longer marked as somebody else"),
    "month_end/mail": N_("mailed to the adviser"),
    "month_end/save": N_("saved"),
    "write": N_("written"),
    "ignore": N_("left aside"),
}

_SETTINGS: Mapping[str, str] = {
    "profile": N_("Your shop"),
    "letterhead": N_("Letterhead"),
    "mail_account": N_("Mail account"),
    "mail_in": N_("Receive mail"),
    "mailboxes": N_("Mailboxes"),
    "call_monitor": N_("Telephone"),
    "follow_up_rules": N_("Follow-ups set by themselves"),
    "opening_hours": N_("Opening hours"),
    "answer_targets": N_("Answer times"),
    "service_figures": N_("Figures"),
    "reply_texts": N_("Reply texts"),
    "month_end": N_("Month end"),
    "payments": N_("Payments"),
    "bank_lists": N_("Lists of banks"),
    "purchases": N_("Orders at suppliers"),
    "payment_reminders": N_("Payment reminders"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_NOTHING = (None, "", (), 0, "0")
"""What a new article without a weight has: not worth a line. A change from 5 to 0 is."""
_LONGEST = 600
_FIGURES_OF_A_HASH = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, in words; "" where there was none."""

    field: str
    old: str
    new: str


def subject_name(subject: str, texts: Texts) -> str:
    """What a table's rows are called."""
    return texts.gettext(SUBJECTS[subject]) if subject in SUBJECTS else subject.replace("_", " ")


def action_name(entry: JournalEntry, texts: Texts) -> str:
    """What was done."""
    known = ACTIONS.get(f"{entry.subject}/{entry.action}") or ACTIONS.get(entry.action)
    return texts.gettext(known) if known else entry.action.replace("_", " ")


def title(entry: JournalEntry, texts: Texts) -> str:
    """What the entry is about: "Invoice R-2026-0001 · Desislava Ivanova"."""
    if entry.subject == "document" and entry.kind in set(DocumentKind):
        what = texts.gettext(KIND_NAMES[DocumentKind(entry.kind)])
    else:
        what = subject_name(entry.subject, texts)
    name = _name(entry, texts)
    return f"{what}: {name}" if entry.subject != "document" and name else f"{what} {name}".strip()


def _name(entry: JournalEntry, texts: Texts) -> str:
    if entry.subject == "setting":
        known = _SETTINGS.get(entry.subject_id)
        return texts.gettext(known) if known else entry.subject_id.replace("_", " ")
    if entry.subject == "number_range":
        return texts.gettext(TITLES[entry.subject_id]) if entry.subject_id in TITLES else entry.subject_id
    if entry.subject == "mail_template" and entry.kind in set(DocumentKind):
        return f"{texts.gettext(KIND_NAMES[DocumentKind(entry.kind)])} ({entry.name})"
    if entry.name:
        return entry.name
    told = {**(entry.old or {}), **(entry.new or {})}
    names = (told.get(key) for key in ("number", "recipient", "name", "supplier", "vat_id", "code"))
    return str(next((name for name in names if name), entry.subject_id))


def changes(entry: JournalEntry, texts: Texts, zone: dt.tzinfo) -> tuple[Change, ...]:
    """What was another value before; of something new what it began with."""
    old, new = dict(_flat(entry.old)), dict(_flat(entry.new))
    found = []
    for path in (*old, *(path for path in new if path not in old)):
        before, after = old.get(path), new.get(path)
        if path[-1] in SILENT or before == after or (before in _NOTHING and after in _NOTHING):
            continue
        found.append(
            Change(
                _label(path, texts),
                _value(path[-1], before, texts, zone),
                _value(path[-1], after, texts, zone),
            )
        )
    return tuple(found)


Path = tuple[str, ...]


def _flat(value: Mapping[str, Any] | None, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Values by their way through the JSON; lists of plain values and amounts stay whole."""
    for key, inner in (value or {}).items():
        here = (*path, key)
        if isinstance(inner, dict) and set(inner) != {"minor", "currency"}:
            yield from _flat(inner, here)
        elif isinstance(inner, list) and any(isinstance(item, dict | list) for item in inner):
            yield from _flat({str(number): item for number, item in enumerate(inner, 1)}, here)
        else:
            yield here, tuple(inner) if isinstance(inner, list) else _hashable(inner)


def _hashable(value: Any) -> Any:
    return Money(value["minor"], value["currency"]) if isinstance(value, dict) else value


def _label(path: Path, texts: Texts) -> str:
    shown = [part for part in path if FIELDS.get(part, part)]
    return " · ".join(
        texts.gettext(FIELDS[part]) if part in FIELDS else part.replace("_", " ") for part in shown
    )


def _value(key: str, value: Any, texts: Texts, zone: dt.tzinfo) -> str:
    match value:
        case None | "" | ():
            return ""
        case bool():
            return texts.gettext("yes") if value else texts.gettext("no")
        case Money():
            return texts.money(value)
        case tuple():
            return ", ".join(_listed(key, item, texts, zone) for item in value)
        case str():
            return _text(key, value, texts, zone)
        case _:
            return str(value)


def _listed(key: str, value: Any, texts: Texts, zone: dt.tzinfo) -> str:
    if key == "changed":  # the journal names a customer's fields, never their values (Art. 17 DSGVO)
        return _label((str(value),), texts)
    return _value(key, value, texts, zone)


def _text(key: str, value: str, texts: Texts, zone: dt.tzinfo) -> str:
    if key in MONEY:
        return _amount(value, texts)
    if key in {"logo", "sha256"} or (len(value) > 60 and " " not in value):
        return value[:_FIGURES_OF_A_HASH] + "…"
    if _DAY.fullmatch(value):
        return texts.date(dt.date.fromisoformat(value))
    if _MOMENT.fullmatch(value):
        return moment(dt.datetime.fromisoformat(value), texts, zone)
    if value in VALUES.get(key, {}):
        return texts.gettext(VALUES[key][value])
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def _amount(value: str, texts: Texts) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    places = -amount.normalize().as_tuple().exponent  # type: ignore[operator]
    return texts.number(amount, max(2, places))


def moment(value: dt.datetime, texts: Texts, zone: dt.tzinfo) -> str:
    """Day and time as the shop's clock showed them."""
    local = value.astimezone(zone) if value.tzinfo else value
    return f"{texts.date(local.date())} {local:%H:%M}"
