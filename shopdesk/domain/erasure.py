"""What goes and what stays when a customer asks to be forgotten (Art. 17, 18 GDPR; RELIABILITY.md, RULES.md 6, 7)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.retention import YEARS, Retention


class Fate(StrEnum):
    """What becomes of a table's rows about a customer who is forgotten."""

    GOES = "goes"
    EMPTIED = "emptied"  # the row stays, so that references hold; nothing of the person is left in it
    RECORD = "record"  # name and billing address stay while papers name them, restricted
    PAPERS = "papers"  # kept with the documents for as long as tax law wants; what belongs to none goes
    PROOF = "proof"  # kept as evidence


FATES: Mapping[str, Fate] = {
    table: fate
    for fate, tables in (
        (Fate.RECORD, "customer customer_address"),
        (
            Fate.GOES,
            (
                "customer_phone customer_email contact_person pinned_fact customer_tag customer_photo customer_file "
                "timeline_entry follow_up promise appointment missed_call inquiry inquiry_message begun_reply "
                "received_mail "
                "standing_order standing_order_date "
                "mail_sender_rule payment_reminder_stop delivery_stop"
            ),
        ),
        (Fate.EMPTIED, "customer_merge import_row"),
        (
            Fate.PAPERS,
            (
                "document document_line document_file turnover vat_confirmation scan outbox received_invoice "
                "old_invoice payment payment_allocation order_bill repeated_order payment_reminder_bill bank_entry "
                "shipment shipment_line shipment_parcel shipment_demand purchase_order"
            ),
        ),
        (Fate.PROOF, "consent consent_use vat_id_check erasure journal"),
    )
    for table in tables.split()
}
"""Table → fate, of every table that is about somebody; a test sees that none is forgotten."""

KEPT_COLUMNS = frozenset(
    {"number", "company", "salutation", "title", "given_name", "family_name", "vat_id", "deleted_at"}
)
"""What of the record itself stays while papers name it: what stands on them."""

CONSENT_YEARS = 5

NAMES: Mapping[str, str] = {
    "customer": N_("Birthday, terms, notes and all else of the record"),
    "customer_phone": N_("Phone numbers"),
    "customer_email": N_("Mail addresses"),
    "customer_address": N_("Addresses that no bill names"),
    "contact_person": N_("Contact persons"),
    "pinned_fact": N_("Facts to know"),
    "customer_tag": N_("Tags"),
    "customer_photo": N_("Photos"),
    "customer_file": N_("Files"),
    "timeline_entry": N_("Calls, visits and notes"),
    "follow_up": N_("Follow-ups"),
    "payment_reminder_stop": N_("Whom not to remind of payments, and why"),
    "standing_order": N_("Standing orders"),
    "missed_call": N_("Missed calls"),
    "promise": N_("Promises"),
    "appointment": N_("Appointments"),
    "delivery_stop": N_("Stops of the delivery round"),
    "inquiry": N_("Inquiries"),
    "received_mail": N_("Mails received"),
    "document": N_("Drafts"),
    "scan": N_("Scans that were taken away or belong to a draft"),
    "outbox": N_("Mails that belong to no document"),
    "consent": N_("Consents older than five years"),
    "customer_merge": N_("Records that were merged"),
    "import_row": N_("What was known before an import"),
    "recommendation": N_("“Recommended by” on other customers' cards"),
}
"""How the owner knows what goes, in the order in which it is told."""


class ErasureRefused(ShopError):
    """The customer cannot be forgotten now."""

    code = "erasure"


@dataclass(frozen=True, slots=True)
class Going:
    """How many entries of a kind go; `what` is a text of the catalogs."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Staying:
    """What stays, until which day (none: as long as the shop's books), and because of which law."""

    what: Message
    until: dt.date | None
    why: Message


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What would become of a customer. `kept_until`: none when nothing of the person has to stay."""

    customer_id: int
    number: str
    name: str
    goes: tuple[Going, ...]
    stays: tuple[Staying, ...]
    kept_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Erasure:
    """One who was forgotten. While `done_at` is none, name, address and papers are kept, restricted (Art. 18)."""

    customer_id: int
    survivor_id: int
    erased_at: dt.datetime
    kept_until: dt.date | None
    done_at: dt.datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class Held:
    """How much of something is held, and the last day on which the law wants it."""

    count: int
    until: dt.date


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the database holds of a customer on a day: rows that go by table, and what laws keep."""

    today: dt.date
    goes: Mapping[str, int]
    bills: Held | None = None
    letters: Held | None = None
    old_invoices: Held | None = None
    received: Held | None = None
    payments: Held | None = None
    bank_entries: int = 0
    consents: Held | None = None
    mails: int = 0
    scans: int = 0
    vat_id_checks: int = 0
    journal: Held | None = None

    @property
    def papers_until(self) -> dt.date | None:
        """Until when a law wants a paper that names the person; none where no law does any more."""
        return self._last(self.bills, self.letters, self.old_invoices, self.received)

    @property
    def kept_until(self) -> dt.date | None:
        """Until when the record keeps name and address: a consent proves nothing without a name."""
        return self._last(self.bills, self.letters, self.old_invoices, self.received, self.consents)

    def _last(self, *parts: Held | None) -> dt.date | None:
        days = (part.until for part in parts if part and part.until >= self.today)
        return max(days, default=None)


_BILLS = Message(N_("§ 147 AO, § 14b UStG: eight years from the end of the year"))
_LETTERS = Message(N_("§ 147 AO, § 257 HGB: six years from the end of the year"))
_WITH_PAPERS = Message(N_("belongs to the documents and is kept with them"))


def stays(held: Holdings) -> tuple[Staying, ...]:
    """What must stay, in the order in which it is told."""
    found: list[Staying] = []

    def keep(text: str, count: int, until: dt.date | None, why: Message) -> None:
        if count:
            found.append(Staying(Message(text, {"count": count}), until, why))

    for text, part, why in (
        (N_("Invoices and what corrects them: {count}"), held.bills, _BILLS),
        (N_("Quotes, confirmations and other letters: {count}"), held.letters, _LETTERS),
        (N_("Old invoices: {count}"), held.old_invoices, _BILLS),
        (N_("Invoices received: {count}"), held.received, _BILLS),
        (N_("Payments with payer, account and words: {count}"), held.payments, _BILLS),
    ):
        if part:
            keep(text, part.count, part.until, why)
    if held.payments:
        with_payments = Message(N_("belongs to the payments and is kept with them"))
        keep(N_("Lines of bank files: {count}"), held.bank_entries, held.payments.until, with_payments)
    until = held.papers_until
    keep(N_("Mails that went with them: {count}"), held.mails, until, _WITH_PAPERS)
    keep(N_("Signed papers: {count}"), held.scans, until, _WITH_PAPERS)
    proof = Message(N_("proof of what the authority answered (§ 6a UStG)"))
    keep(N_("Confirmations of the VAT id: {count}"), held.vat_id_checks, until, proof)
    if held.consents:
        law = Message(N_("§ 7a UWG, Art. 7 (1) GDPR: five years from giving and from each use"))
        keep(
            N_("Consents with day, words and source: {count}"), held.consents.count, held.consents.until, law
        )
    if held.kept_until:
        reason = Message(N_("what must stay names it; for nothing else it is used (Art. 18 GDPR)"))
        text = N_("Name, billing address, customer number, VAT id")
        found.append(Staying(Message(text), held.kept_until, reason))
    if held.journal:
        books = Message(N_("§ 147 AO: ten years. Who did what when, without name or words of the person"))
        keep(N_("Entries in the journal: {count}"), held.journal.count, held.journal.until, books)
    return tuple(found)


def consent_kept_until(said: dt.date, last_used: dt.date | None) -> dt.date:
    """The last day on which a consent is proof: five years from what was said last, or its last use (§ 7a (2) UWG)."""
    day = max(said, last_used or said)
    year = min(day.year + CONSENT_YEARS, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return dt.date(year, 3, 1)


def books_until(day: dt.date) -> dt.date:
    """The last day on which the journal of a day must be kept."""
    return dt.date(min(day.year + YEARS[Retention.BOOK], dt.MAXYEAR), 12, 31)


def digest(customer_id: int, number: str, created_at: str) -> str:
    """By what a record is known again in an older backup; says nothing about the person."""
    return hashlib.sha256(f"erasure 1\n{customer_id}\n{number}\n{created_at}".encode()).hexdigest()
