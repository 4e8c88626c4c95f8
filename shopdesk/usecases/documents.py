"""Drafts: begun, edited, previewed, followed up. Issuing has its own module."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.customer_terms import with_agreed
from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.document_rules import DocumentRefused, out_of_range
from shopdesk.domain.documents import Document, DocumentKind, DocumentState, DocumentSummary
from shopdesk.domain.errors import NotFound
from shopdesk.domain.messages import Message
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.xrechnung_rules import goes_as_xrechnung
from shopdesk.i18n import Texts
from shopdesk.usecases import tax
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.store.documents import StoredFile
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


REMINDER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be printed."""

    pdf: bytes
    warnings: tuple[Message, ...]


def with_terms(draft: Document, profile: ShopProfile, today: dt.date) -> Document:
    """The draft with the shop's defaults: seller, dates, terms, kind of prices.

    What follows another document keeps its currency, a correction the VAT rate of its bill (§ 17 (1) UStG).
    """
    date = draft.date or today
    days = _days(draft.kind, profile)
    follows = draft.follows_id is not None
    return replace(
        draft,
        seller=profile.seller,
        date=date,
        due=draft.due or (None if days is None else date + dt.timedelta(days=days)),
        prepay=profile.prepay and draft.kind.value == profile.prepay_with.value,
        currency=draft.currency if follows else profile.currency,
        default_rate=draft.default_rate if follows and draft.kind in CORRECTIONS else profile.default_rate,
    )


def _days(kind: DocumentKind, profile: ShopProfile) -> int | None:
    """How long a quote is valid or a bill may stay unpaid; None where a document has no such day."""
    if kind == DocumentKind.QUOTE:
        return profile.quote_valid_days
    if kind in BILLS or (profile.prepay and kind.value == profile.prepay_with.value):
        return profile.payment_days
    return REMINDER_DAYS if kind == DocumentKind.PAYMENT_REMINDER else None


def start(shop: Shop, kind: DocumentKind | str, customer_id: int | None = None) -> Document:
    """A new draft, not stored before its first save."""
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        profile = load_profile(connection)
        draft = Document(kind=DocumentKind(kind), request_key=str(uuid.uuid4()), prices=profile.prices)
        if customer_id is not None:
            customer = customers.load(connection, customer_id)
            draft = replace(draft, customer_id=customer.id, recipient=customer.as_recipient())
    draft = with_terms(draft, profile, shop.clock.today())
    return with_agreed(draft, customer, profile.payment_days) if customer_id is not None else draft


def for_customer(shop: Shop, draft: Document, customer_id: int) -> Document:
    """The draft for another customer: a fresh copy of name and address, and the terms agreed with this one."""
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        customer = customers.load(connection, customer_id)
        before = None
        if draft.customer_id is not None:
            with suppress(NotFound):
                before = customers.load(connection, draft.customer_id)
        usual_days = load_profile(connection).payment_days
    other = replace(draft, customer_id=customer.id, recipient=customer.as_recipient())
    return other if draft.follows_id is not None else with_agreed(other, customer, usual_days, before)


def save_draft(shop: Shop, draft: Document) -> Document:
    """Store the draft (created on the first save) and give it back with id and version.

    Raises ChangedElsewhere, or DocumentRefused for figures that no column holds.
    """
    from shopdesk.store import documents

    beyond = out_of_range(draft)
    if beyond:
        raise DocumentRefused(beyond)

    with shop.writing() as connection:
        if draft.id is None:
            draft_id = documents.create(connection, draft, shop.clock.now())
            return replace(draft, id=draft_id, version=1)
        documents.save(connection, draft, shop.clock.now())
    return replace(draft, version=draft.version + 1)


def load(shop: Shop, document_id: int) -> Document:
    """A draft or an issued document; raises NotFound."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.load(connection, document_id)


def discard(shop: Shop, document_id: int) -> Undo:
    """Throw a draft away; refused for issued documents (DocumentIsFrozen) and what they follow."""
    from shopdesk.store import documents

    with shop.writing() as connection:
        draft = documents.load(connection, document_id)
        documents.discard(connection, document_id)
        # no name: what a person asks to be forgotten must not stand in a journal for ever
        shop.record(connection, "discard", "document", document_id, old={"kind": draft.kind.value})
    return Undo(lambda s: save_draft(s, replace(draft, id=None, version=0)))


def page(
    shop: Shop,
    kind: DocumentKind,
    state: DocumentState | None = None,
    cursor: Cursor | None = None,
    limit: int = 100,
) -> tuple[DocumentSummary, ...]:
    """The next rows of a list, newest first; the cursor is (sort_key, id) of the last row."""
    from shopdesk.store import document_lists

    with shop.reading() as connection:
        return document_lists.page(connection, kind, state, cursor, limit)


def page_of_kinds(
    shop: Shop,
    kinds: tuple[DocumentKind, ...],
    state: DocumentState | None = None,
    cursor: Cursor | None = None,
    limit: int = 100,
    *,
    back: bool = False,
) -> tuple[DocumentSummary, ...]:
    """Like `page`, for a list that shows several kinds; `back`: the rows before the cursor, without one the oldest."""
    from shopdesk.store import document_lists

    with shop.reading() as connection:
        return document_lists.page_of_kinds(connection, kinds, state, cursor, limit, back=back)


def find(shop: Shop, kind: DocumentKind, text: str, limit: int = 50) -> tuple[DocumentSummary, ...]:
    """The best hits among the documents of a kind for what was typed, best first."""
    return find_in(shop, (kind,), text, limit)


def find_in(
    shop: Shop, kinds: tuple[DocumentKind, ...], text: str, limit: int = 50
) -> tuple[DocumentSummary, ...]:
    """The best hits among the documents of some kinds for what was typed, best first."""
    from shopdesk.store import document_lists, search

    with shop.reading() as connection:
        # the index knows no kinds: a customer's fifty newest quotes must not hide the invoice
        hits = search.find(connection, text, 4 * limit, ("document",))
        found = document_lists.by_ids(connection, [hit.id for hit in hits])
    return tuple(summary for summary in found if summary.kind in kinds)[:limit]


def of_customer(shop: Shop, customer_id: int, limit: int = 50) -> tuple[DocumentSummary, ...]:
    """The newest documents of a customer."""
    from shopdesk.store import document_lists

    with shop.reading() as connection:
        return document_lists.of_customer(connection, customer_id, limit)


def stored_files(shop: Shop, document_id: int) -> tuple[StoredFile, ...]:
    """The bytes as issued."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.files(connection, document_id)


def stored_xrechnung(shop: Shop, document: Document) -> bytes:
    """The XRechnung as issued; empty where the customer gets none, and of a draft."""
    if not (document.is_issued and document.id is not None and goes_as_xrechnung(document)):
        return b""
    files = stored_files(shop, document.id)
    return next((file.data for file in files if file.name.endswith("-xrechnung.xml")), b"")


def preview(
    shop: Shop, draft: Document, context: tax.TaxContext, letterhead: Letterhead | None = None
) -> Preview:
    """The PDF of a draft as it would be issued now; of an issued document its stored bytes.

    `letterhead` is one that is only tried out; else it is the shop's.
    """
    if draft.is_issued and draft.id is not None:
        return Preview(stored_files(shop, draft.id)[0].data, ())
    from shopdesk.domain.errors import ShopError
    from shopdesk.output.pdf.document import render
    from shopdesk.usecases import shop_settings

    try:
        value = tax.settled(draft, context)
    except ShopError:
        value = replace(
            draft, date=draft.date or context.today
        )  # undecided: shown beside the total, drawn as domestic
    paper = render(value, letterhead or shop_settings.letterhead(shop), Texts(value.language))
    return Preview(paper.pdf, paper.warnings)
