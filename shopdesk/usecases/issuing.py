"""Issuing: the draft takes its number and is frozen, in one transaction with its bytes, journal and mail."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk import __version__
from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.document_rules import DocumentRefused, Problem, errors
from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import NumberTaken
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.xrechnung_rules import goes_as_xrechnung
from shopdesk.i18n import Texts
from shopdesk.usecases import chains, mail_texts, order_payments, tax, vat_id_checks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.output.pdf.metadata import EmbeddedFile
    from shopdesk.usecases.shop import Shop

MAX_DAYS_AHEAD = 7
_TITLES = {
    DocumentKind.QUOTE: N_("Quote {number} · {sum}"),
    DocumentKind.ORDER_CONFIRMATION: N_("Order confirmation {number} · {sum}"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note {number}"),
    DocumentKind.INVOICE: N_("Invoice {number} · {sum}"),
    DocumentKind.DEPOSIT_INVOICE: N_("Deposit invoice {number} · {sum}"),
    DocumentKind.FINAL_INVOICE: N_("Final invoice {number} · {sum}"),
    DocumentKind.CANCELLATION: N_("Cancellation {number} · {sum}"),
    DocumentKind.CREDIT_NOTE: N_("Invoice correction {number} · {sum}"),
    DocumentKind.PAYMENT_REMINDER: N_("Payment reminder {number} · {sum}"),
}
XML = "application/xml"


class DateOutOfOrder(ShopError):
    """Dates of a number range run forward (RELIABILITY.md P14)."""

    code = "date-out-of-order"


class MailAddressMissing(ShopError):
    """Sending was wanted and there is nowhere to send to."""

    code = "email-missing"


@dataclass(frozen=True, slots=True)
class StoredXml:
    """The e-invoice of a bill beside its PDF: the bytes that are inside it or, for who wants that, an XRechnung."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """What issuing gives back: the frozen document, its bytes, and the mail that waits in the outbox."""

    document: Document
    pdf: bytes
    sha256: str
    file_name: str
    warnings: tuple[Problem, ...] = ()
    outbox_id: int | None = None
    repeated: bool = False
    xml: StoredXml | None = None


def issue(
    shop: Shop,
    draft_id: int,
    *,
    send: bool = True,
    allow_date: bool = False,
    template: MailTemplate | None = None,
) -> Issued:
    """Give the draft its number, freeze it with its bytes, and queue its mail; all or nothing.

    `template` is the owner's text for this one mail.

    Issuing a draft that was issued already answers the same document again (a double click, a retry after a crash).
    Raises DocumentRefused, DateOutOfOrder, TaxCaseUndecided, MailAddressMissing; then no number is taken.
    """
    with shop.reading() as connection:
        repeated = already_issued(connection, draft_id)
    if repeated is not None:
        return repeated
    from shopdesk.output.einvoice import cii  # noqa: F401 - loaded before the transaction makes others wait
    from shopdesk.output.pdf.document import warm_up

    warm_up()
    if send:
        mail_texts.warm()
    with shop.writing() as connection:
        # again inside: another thread may have issued it in between
        return already_issued(connection, draft_id) or issue_in(
            connection, shop, draft_id, send=send, allow_date=allow_date, template=template
        )


def already_issued(connection: Connection, document_id: int) -> Issued | None:
    """What was issued under this id, or None for a draft."""
    from shopdesk.store import documents, outbox

    if documents.is_draft(connection, document_id):
        return None
    document = documents.load(connection, document_id)
    file, *others = documents.files(connection, document_id)
    xml = next((StoredXml(other.name, other.data) for other in others if other.media_type == XML), None)
    mails = outbox.of_document(connection, document_id)
    mail_id = mails[0].id if mails else None
    return Issued(document, file.data, file.sha256, file.name, (), mail_id, repeated=True, xml=xml)


def issue_in(
    connection: Connection,
    shop: Shop,
    draft_id: int,
    *,
    send: bool,
    allow_date: bool = False,
    template: MailTemplate | None = None,
    can_be_taken_back: bool = False,
) -> Issued:
    """Issue within an open writing transaction; a mail that `can_be_taken_back` waits for some seconds."""
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.output.pdf.document import render
    from shopdesk.store import documents, number_ranges, payment_reminders, settings
    from shopdesk.usecases import shop_settings

    draft = chains.settled_in(connection, documents.load(connection, draft_id))
    context = tax.context_in(connection, shop, draft)
    if not context.profile.is_complete:
        raise shop_settings.ProfileIncomplete
    value, warnings = ready(draft, context, send=send)
    chains.refuse(connection, value)
    warnings = (*warnings, *chains.warnings(connection, value))
    range_ = number_ranges.for_kind(connection, value.kind)
    day = value.date
    assert day is not None
    if not allow_date:
        _in_order(day, number_ranges.last_date(connection, range_), context.today)
    letterhead = settings.load(connection, shop_settings.LETTERHEAD, Letterhead, Letterhead())
    # GoBD: the number is taken in the same transaction as the row, and nothing waits after it
    value = replace(value, number=number_ranges.take(connection, range_, day), sending=False)
    if documents.number_is_taken(connection, value.number):
        raise NumberTaken(value.number, range_.name)
    plain = _factur_x(value)
    xml = _beside(value, plain)
    paper = render(value, letterhead, Texts(value.language), embedded=_embedded(plain))
    name = f"{_file_stem(value.number)}.pdf"
    # the paper first: who asks for the document's file gets it
    files = ((name, "application/pdf", paper.pdf), *(((xml.name, XML, xml.data),) if xml else ()))
    documents.freeze(connection, value, files, shop.clock.now(), __version__)
    issued = documents.load(connection, draft_id)
    sha256 = hashlib.sha256(paper.pdf).hexdigest()
    shop.record(
        connection,
        "issue",
        "document",
        draft_id,
        new={"number": value.number, "sha256": sha256, "kind": value.kind, "gross": _told(issued)},
    )
    order_payments.follow(connection, shop, issued)
    _note(connection, shop, issued)
    vat_id_checks.note_issued(connection, shop, issued, context.checks)
    if issued.reminder is not None:
        payment_reminders.note(connection, issued)
    outbox_id, about_mail = (
        _queue(connection, shop, issued, template, can_be_taken_back=can_be_taken_back)
        if send
        else (None, ())
    )
    glyphs = tuple(Problem("glyphs", "lines", message, is_warning=True) for message in paper.warnings)
    return Issued(issued, paper.pdf, sha256, name, (*warnings, *about_mail, *glyphs), outbox_id, xml=xml)


def _factur_x(value: Document) -> bytes:
    """The XML of a bill; empty for a document that has none."""
    if value.kind not in E_INVOICES:
        return b""
    from shopdesk.output.einvoice import cii

    return cii.render(value, Texts(value.language))


def _beside(value: Document, plain: bytes) -> StoredXml | None:
    """The e-invoice as a file of its own."""
    stem = _file_stem(value.number)
    if goes_as_xrechnung(value):
        from shopdesk.output.einvoice import cii

        return StoredXml(f"{stem}-xrechnung.xml", cii.render(value, Texts(value.language), cii.XRECHNUNG))
    return StoredXml(f"{stem}.xml", plain) if plain else None


def _embedded(plain: bytes) -> tuple[EmbeddedFile, ...]:
    """What is inside the PDF: always Factur-X, which each reader of such a PDF looks for."""
    if not plain:
        return ()
    from shopdesk.output.einvoice.cii import FILE_NAME, PROFILE
    from shopdesk.output.pdf.document import EmbeddedFile

    return (EmbeddedFile(FILE_NAME, plain, description="Factur-X/ZUGFeRD", profile=PROFILE),)


def ready(draft: Document, context: tax.TaxContext, *, send: bool) -> tuple[Document, tuple[Problem, ...]]:
    """The draft as it would be frozen, and its warnings; raises what forbids issuing."""
    from shopdesk.usecases.documents import with_terms

    value = tax.settled(with_terms_kept(draft, with_terms(draft, context.profile, context.today)), context)
    found = tax.checked(draft, value, context)
    if errors(found):
        raise DocumentRefused(errors(found))
    if send and not value.recipient.email:
        text = N_("{name} has no mail address. Enter one, or issue without sending.")
        raise MailAddressMissing(Message(text, {"name": value.recipient.name}), field="customer.email")
    return value, found


def with_terms_kept(draft: Document, fresh: Document) -> Document:
    """The draft with today's seller data, and date and terms where it has none; what the owner set stays."""
    return replace(draft, seller=fresh.seller, date=fresh.date, due=fresh.due)


def _in_order(day: dt.date, last: str, today: dt.date) -> None:
    if last and day.isoformat() < last:
        text = N_("The last number of this range is dated {last}; {date} would be out of order.")
        values = {"last": dt.date.fromisoformat(last), "date": day}
        raise DateOutOfOrder(Message(text, values), field="date")
    if (day - today).days > MAX_DAYS_AHEAD:
        text = N_("{date} is more than {n} days ahead.")
        raise DateOutOfOrder(Message(text, {"date": day, "n": MAX_DAYS_AHEAD}), field="date")


def _told(issued: Document) -> dict[str, object] | None:
    """The total for the journal; none where there is no amount."""
    from shopdesk.domain.totals import totals

    gross = totals(issued).gross
    return {"minor": gross.minor, "currency": gross.currency} if gross.minor else None


def _file_stem(number: str) -> str:
    return "".join(character if character.isalnum() or character in "-_." else "-" for character in number)


def _note(connection: Connection, shop: Shop, issued: Document) -> None:
    """The timeline entry; nobody is asked any more about a quote that this follows."""
    from shopdesk.domain.totals import totals
    from shopdesk.store import timeline
    from shopdesk.usecases import follow_ups
    from shopdesk.usecases.shop_settings import load_profile

    if issued.customer_id is None:
        return
    texts = Texts(load_profile(connection).language)
    values = {"number": issued.number, "sum": totals(issued).gross}
    title = texts.say(Message(_TITLES[issued.kind], values))
    timeline.add(
        connection,
        TimelineEntry(
            issued.customer_id, EntryKind.DOCUMENT, shop.clock.now(), title,
            direction=Direction.OUT, document_id=issued.id,
        ),
    )  # fmt: skip
    is_quote = issued.kind == DocumentKind.QUOTE
    if not is_quote and issued.follows_id is not None and issued.id is not None:
        follow_ups.quote_answered(connection, shop, issued.id)


def _queue(
    connection: Connection,
    shop: Shop,
    issued: Document,
    template: MailTemplate | None,
    *,
    can_be_taken_back: bool = False,
) -> tuple[int, tuple[Problem, ...]]:
    from shopdesk.usecases import outbox

    composed = mail_texts.compose_in(connection, issued, template)
    mail_id = outbox.queue(connection, shop, composed, can_be_taken_back=can_be_taken_back)
    return mail_id, composed.warnings
