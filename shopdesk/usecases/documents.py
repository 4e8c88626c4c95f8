"""Drafts: begun, edited, previewed, followed up. Issuing has its own module."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.document_rules import DocumentRefused, out_of_range
from shopdesk.domain.documents import (
    BUILT,
    Document,
    DocumentKind,
    DocumentState,
    DocumentSummary,
    TaxCase,
)
from shopdesk.domain.errors import NotBuiltYet
from shopdesk.domain.messages import Message
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.i18n import Texts
from shopdesk.usecases import tax
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.store.documents import StoredFile
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be printed."""

    pdf: bytes
    warnings: tuple[Message, ...]


def built(kind: DocumentKind) -> DocumentKind:
    """The kind itself, or NotBuiltYet naming it."""
    if kind not in BUILT:
        raise NotBuiltYet(kind.value, "kind")
    return kind


def with_terms(draft: Document, profile: ShopProfile, today: dt.date) -> Document:
    """The draft with the shop's defaults: seller, dates, terms, kind of prices."""
    days = profile.quote_valid_days if draft.kind == DocumentKind.QUOTE else profile.payment_days
    date = draft.date or today
    return replace(
        draft,
        seller=profile.seller,
        date=date,
        due=draft.due or date + dt.timedelta(days=days),
        prepay=profile.prepay and draft.kind != DocumentKind.QUOTE,
        currency=profile.currency,
        default_rate=profile.default_rate,
    )


def start(shop: Shop, kind: DocumentKind | str, customer_id: int | None = None) -> Document:
    """A new draft, not stored before its first save; raises NotBuiltYet for a kind that cannot be made so far."""
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    kind = built(DocumentKind(kind))
    with shop.reading() as connection:
        profile = load_profile(connection)
        draft = Document(kind=kind, request_key=str(uuid.uuid4()), prices=profile.prices)
        if customer_id is not None:
            customer = customers.load(connection, customer_id)
            draft = replace(draft, customer_id=customer_id, recipient=customer.as_recipient())
    return with_terms(draft, profile, shop.clock.today())


def for_customer(shop: Shop, draft: Document, customer_id: int) -> Document:
    """The draft for another customer: a fresh copy of name and address."""
    from shopdesk.store import customers

    with shop.reading() as connection:
        customer = customers.load(connection, customer_id)
    return replace(draft, customer_id=customer_id, recipient=customer.as_recipient())


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
        shop.record(connection, "discard", "document", document_id, old={"recipient": draft.recipient.name})
    return Undo(lambda s: save_draft(s, replace(draft, id=None, version=0)))


def page(
    shop: Shop,
    kind: DocumentKind,
    state: DocumentState | None = None,
    cursor: Cursor | None = None,
    limit: int = 100,
) -> tuple[DocumentSummary, ...]:
    """The next rows of a list, newest first; the cursor is (sort_key, id) of the last row."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.page(connection, kind, state, cursor, limit)


def find(shop: Shop, kind: DocumentKind, text: str, limit: int = 50) -> tuple[DocumentSummary, ...]:
    """The best hits among the documents of a kind for what was typed, best first."""
    from shopdesk.store import documents, search

    with shop.reading() as connection:
        # the index knows no kinds: a customer's fifty newest quotes must not hide the invoice
        hits = search.find(connection, text, 4 * limit, ("document",))
        found = documents.by_ids(connection, [hit.id for hit in hits])
    return tuple(summary for summary in found if summary.kind == kind)[:limit]


def of_customer(shop: Shop, customer_id: int, limit: int = 50) -> tuple[DocumentSummary, ...]:
    """The newest documents of a customer."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.of_customer(connection, customer_id, limit)


def successors(shop: Shop, document_id: int) -> tuple[DocumentSummary, ...]:
    """The documents made out of this one."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.successors(connection, document_id)


def follow_up_document(shop: Shop, document_id: int, kind: DocumentKind | str) -> Document:
    """A draft of the next kind out of an issued or drafted one (quote → invoice), stored; it remembers its origin.

    Prices and lines are copied, dates and terms are today's, payments are noted anew. A tax case that was decided is
    decided anew, one that the owner chose stays.
    """
    kind = built(DocumentKind(kind))
    origin = load(shop, document_id)
    fresh = replace(
        origin,
        id=None,
        version=0,
        kind=kind,
        state=DocumentState.DRAFT,
        number="",
        request_key=str(uuid.uuid4()),
        date=None,
        due=None,
        issued_at=None,
        sending=False,
        tax_case=TaxCase.AUTO if origin.tax_reason else origin.tax_case,
        tax_reason="",
        prepaid=(),
        intro=None,
        closing=None,
        follows_id=origin.id,
        refers_to=(origin.number,) if origin.number else (),
    )
    profile = tax.context(shop, fresh).profile
    return save_draft(shop, with_terms(fresh, profile, shop.clock.today()))


def stored_files(shop: Shop, document_id: int) -> tuple[StoredFile, ...]:
    """The bytes as issued."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        return documents.files(connection, document_id)


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
