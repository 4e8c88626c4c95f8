"""The last order again: a new draft with its lines at today's prices, and what has changed since (S34)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.customer_terms import with_agreed
from shopdesk.domain.documents import Document, DocumentKind, Line, LineOption, TaxCase
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.order_changes import OrderChange, agreed_differently, custom_size, renewed
from shopdesk.domain.totals import UNTAXED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.articles import Article
    from shopdesk.domain.customers import Customer
    from shopdesk.usecases.shop import Shop

KINDS = (DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.INVOICE)
"""What an order can be placed again as."""
REPEATABLE = frozenset(
    {
        *KINDS,
        DocumentKind.DELIVERY_NOTE,
        DocumentKind.DEPOSIT_INVOICE,
        DocumentKind.FINAL_INVOICE,
    }
)


class CannotBeRepeated(ShopError):
    """There is no order to be placed again."""

    code = "cannot-be-repeated"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The stored draft, and what has changed since the order was placed."""

    draft: Document
    changes: tuple[OrderChange, ...]


def last_order(shop: Shop, customer_id: int) -> int | None:
    """The customer's newest order that was not cancelled, else the newest quote."""
    from shopdesk.store import customer_merges, repeated_orders

    with shop.reading() as connection:
        return repeated_orders.last_order(connection, customer_merges.meant(connection, customer_id))


def last_again(shop: Shop, customer_id: int) -> Repeated:
    """The customer's last order once more. Raises CannotBeRepeated where there is none."""
    found = last_order(shop, customer_id)
    if found is None:
        text = N_("There is no order to repeat yet: write the first quote or invoice.")
        raise CannotBeRepeated(Message(text))
    return again(shop, found)


def again(shop: Shop, document_id: int, kind: DocumentKind | None = None) -> Repeated:
    """An order once more as a stored draft of that kind, else of the kind with which such a story begins here.

    Articles have today's price, unit and VAT, the customer today's terms and address; free lines stay verbatim.
    Raises CannotBeRepeated, NotFound.
    """
    from shopdesk.store import documents, repeated_orders

    with shop.writing() as connection:
        origin = documents.load(connection, document_id)
        if origin.kind not in REPEATABLE:
            text = N_("What takes something back cannot be ordered again. Choose the order itself.")
            raise CannotBeRepeated(Message(text))
        draft, changes = again_in(connection, shop, origin, kind or usual_kind(connection, origin))
        draft_id = documents.create(connection, draft, shop.clock.now())
        repeated_orders.note(connection, draft_id, document_id, changes)
    return Repeated(replace(draft, id=draft_id, version=1), changes)


def again_in(
    connection: Connection, shop: Shop, origin: Document, kind: DocumentKind
) -> tuple[Document, tuple[OrderChange, ...]]:
    """The draft of a document once more, not stored, and what has changed since."""
    source = _job(connection, origin)
    fresh = Document(
        kind=kind,
        request_key=str(uuid.uuid4()),
        customer_id=origin.customer_id,
        recipient=origin.recipient,
        lines=_wanted(source, kind),
        prices=source.prices,
        show=source.show,
        currency=source.currency,
        fulfilment=source.fulfilment,
        tax_case=TaxCase.AUTO if source.tax_reason else source.tax_case,
        tax_note=source.tax_note,
        default_rate=source.default_rate,
        contract_reference=source.contract_reference,
        sale=source.sale,
        margin_goods=source.margin_goods,
    )
    draft, line_changes = at_todays_prices(connection, fresh, taxed=source.tax_case not in UNTAXED)
    draft = for_today(connection, shop, draft)
    return draft, (*line_changes, *agreed_differently(source, draft))


def for_today(connection: Connection, shop: Shop, draft: Document) -> Document:
    """Today's dates, and terms, name and address of the customer; raises CannotBeRepeated where he is gone."""
    from shopdesk.usecases.documents import with_terms
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    currency = draft.currency
    customer = customer_of(connection, draft)
    if customer is not None:
        draft = replace(draft, customer_id=customer.id, recipient=customer.as_recipient())
    draft = replace(with_terms(draft, profile, shop.clock.today()), currency=currency)
    return draft if customer is None else with_agreed(draft, customer, profile.payment_days)


def customer_of(connection: Connection, draft: Document) -> Customer | None:
    """The customer as he is today; None for a document that was made out to nobody's record."""
    from shopdesk.store import customers

    if draft.customer_id is None:
        return None
    try:
        return customers.load(connection, draft.customer_id)
    except NotFound as error:
        text = N_("{name} is no longer in your list of customers. Bring the customer back first.")
        raise CannotBeRepeated(Message(text, {"name": draft.recipient.name})) from error


def _job(connection: Connection, origin: Document) -> Document:
    """The document with the lines: a deposit invoice only names a part of the sum."""
    from shopdesk.store import documents

    seen: set[int | None] = set()
    while origin.kind == DocumentKind.DEPOSIT_INVOICE and origin.follows_id and origin.id not in seen:
        seen.add(origin.id)
        origin = documents.load(connection, origin.follows_id)
    return origin


def _wanted(source: Document, kind: DocumentKind) -> tuple[Line, ...]:
    """The lines that were ordered; what was only offered stays offered on a quote."""
    if kind == DocumentKind.QUOTE:
        return source.lines
    return tuple(line for line in source.lines if line.option == LineOption.NONE)


def usual_kind(connection: Connection, origin: Document) -> DocumentKind:
    """With which kind the story began, as this shop does it: a confirmation before the invoice, or the invoice."""
    from shopdesk.store import documents

    if origin.kind == DocumentKind.QUOTE:
        return DocumentKind.QUOTE
    seen: set[int] = set()
    here = origin
    while here.follows_id is not None and here.follows_id not in seen:
        if here.kind == DocumentKind.ORDER_CONFIRMATION:
            break
        seen.add(here.follows_id)
        here = documents.load(connection, here.follows_id)
    confirmed = here.kind == DocumentKind.ORDER_CONFIRMATION
    return DocumentKind.ORDER_CONFIRMATION if confirmed else DocumentKind.INVOICE


def at_todays_prices(
    connection: Connection, draft: Document, *, taxed: bool
) -> tuple[Document, tuple[OrderChange, ...]]:
    """The draft with its articles' price, unit and VAT of today. What was sold in another currency stays as it was."""
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    if draft.currency != profile.currency:
        return draft, ()
    lines: list[Line] = []
    changes: list[OrderChange] = []
    for line in draft.lines:
        found = article_of(connection, line)
        now, changed = renewed(line, found, draft.prices, profile.default_rate, taxed=taxed)
        lines.append(now)
        changes += changed
    return replace(draft, lines=tuple(lines)), tuple(changes)


def article_of(connection: Connection, line: Line) -> Article | None:
    """The article behind a line: by its code or, made to measure, by its name; None for a free line."""
    from shopdesk.store import articles, repeated_orders

    if line.article_code:
        return articles.by_code(connection, line.article_code)
    sized = custom_size(line)
    found = repeated_orders.article_named(connection, sized[0]) if sized else None
    return found if found is not None and found.has_size else None


def changes_of(shop: Shop, document_id: int) -> tuple[OrderChange, ...]:
    """What had changed when this draft was made out of an earlier order."""
    from shopdesk.store import repeated_orders

    with shop.reading() as connection:
        return repeated_orders.changes(connection, document_id)


def origin_of(shop: Shop, document_id: int) -> tuple[int, str] | None:
    """The document that a draft repeats, with its number."""
    from shopdesk.store import repeated_orders

    with shop.reading() as connection:
        return repeated_orders.origin(connection, document_id)
