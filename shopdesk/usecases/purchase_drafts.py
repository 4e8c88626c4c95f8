"""Purchase orders before they go out: drawn out of a customer's order in one key, or begun by hand (S39)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.purchase_orders import (
    ORDERED_FROM,
    PurchaseOrder,
    PurchaseRefused,
    PurchaseState,
    drafts_of,
    wished_day,
)
from shopdesk.usecases import purchase_promises
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts that stand ready to be looked at, and the orders that were there before for the same document."""

    new: tuple[PurchaseOrder, ...]
    known: tuple[PurchaseOrder, ...]


def from_document(shop: Shop, document_id: int) -> Drafted:
    """One key: a draft per supplier for the goods of a customer's order that are not ordered yet.

    Raises PurchaseRefused where the document is no order, is not issued, or has nothing to be ordered.
    """
    from shopdesk.store import documents, purchase_orders

    with shop.writing() as connection:
        document = documents.load(connection, document_id)
        _refuse_other_papers(document)
        known = purchase_orders.of_documents(connection, purchase_promises.story(connection, document_id))
        drafts = _drafts(connection, shop, document, known)
        if not drafts and not known:
            text = N_("Nothing of {number} can be ordered: it has no goods.")
            raise PurchaseRefused(Message(text, {"number": document.number}))
        ids = [purchase_orders.create(connection, draft, shop.clock.now()) for draft in drafts]
        for new_id in ids:
            shop.record(connection, "create", "purchase_order", new_id)
        new = tuple(purchase_orders.load(connection, new_id) for new_id in ids)
    return Drafted(new, known)


def _refuse_other_papers(document: Document) -> None:
    if document.kind not in ORDERED_FROM:
        text = N_("Goods are ordered out of an order confirmation or an invoice.")
        raise PurchaseRefused(Message(text))
    if not document.is_issued:
        text = N_("Please issue the order confirmation or invoice first; then order out of it.")
        raise PurchaseRefused(Message(text))


def _drafts(
    connection: Connection, shop: Shop, document: Document, known: tuple[PurchaseOrder, ...]
) -> tuple[PurchaseOrder, ...]:
    from shopdesk.store import suppliers

    living = [one for one in known if one.state != PurchaseState.CANCELLED]
    codes = {line.article_code for line in document.lines if line.article_code}
    supplies = {code: supply for code, (supply, _) in suppliers.supplies_by_code(connection, codes).items()}
    days = {one.id or 0: one.delivery_days for one in suppliers.all_of(connection)}
    drafts = drafts_of(document, supplies, _ordered(document, living), days)
    wished = _wished(connection, shop, document)
    address = delivery_lines(connection, document)
    return tuple(replace(one, wished=wished, delivery_address=address) for one in drafts)


def _ordered(document: Document, known: list[PurchaseOrder]) -> set[int]:
    """The places of the document's lines that are ordered already, also out of another document of the story."""
    places = {
        line.source_position
        for one in known
        if one.document_id == document.id
        for line in one.lines
        if line.source_position is not None
    }
    texts = [line.text for one in known if one.document_id != document.id for line in one.lines]
    for position, line in enumerate(document.lines):
        if line.text in texts:
            texts.remove(line.text)
            places.add(position)
    return places


def delivery_lines(connection: Connection, document: Document) -> str:
    """Where the customer's goods go, one line each, as a supplier needs it."""
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    recipient, address = document.recipient, document.recipient.goods_address
    if address.is_empty:
        return ""
    country = Texts(profile.language).country(address.country)
    lines = (recipient.name, *address.letter_lines(profile.country, country))
    return "\n".join(line for line in lines if line)


def _wished(connection: Connection, shop: Shop, document: Document) -> dt.date | None:
    from shopdesk.usecases import purchase_orders

    due = _promised(connection, document)
    if due is None:
        return None
    return wished_day(
        due,
        shop.clock.today(),
        purchase_orders.load_rules(connection),
        purchase_promises.holidays(connection),
    )


def _promised(connection: Connection, document: Document) -> dt.date | None:
    promise = purchase_promises.promise_of(connection, document)
    return promise.due if promise is not None else document.delivery_date


def begin(shop: Shop, supplier_id: int | None = None) -> PurchaseOrder:
    """An empty draft for the shop itself, not stored."""
    return PurchaseOrder(supplier_id, created_at=shop.clock.now())


def save(shop: Shop, value: PurchaseOrder) -> PurchaseOrder:
    """Store what was typed in a draft; raises ChangedElsewhere, PurchaseRefused once it is ordered."""
    from shopdesk.store import purchase_orders

    if value.state != PurchaseState.DRAFT:
        raise PurchaseRefused(Message(N_("{number} is ordered already."), {"number": value.number}))
    with shop.writing() as connection:
        order_id = value.id
        if order_id is None:
            order_id = purchase_orders.create(connection, value, shop.clock.now())
            shop.record(connection, "create", "purchase_order", order_id)
        else:
            purchase_orders.save(connection, value)
        return purchase_orders.load(connection, order_id)


def discard(shop: Shop, order_id: int) -> Undo:
    """Throw a draft away; raises PurchaseRefused for an order that is out."""
    from shopdesk.usecases import purchase_orders

    value = purchase_orders.get(shop, order_id)
    if value.state != PurchaseState.DRAFT:
        text = N_("{number} went out and stays. You can call it off.")
        raise PurchaseRefused(Message(text, {"number": value.number}))
    _set_deleted(shop, order_id, value.version, deleted=True)
    return Undo(lambda s: _set_deleted(s, order_id, value.version + 1, deleted=False))


def _set_deleted(shop: Shop, order_id: int, version: int, *, deleted: bool) -> None:
    from shopdesk.store import purchase_orders

    rewinding = shop.rewound.back("purchase_order", order_id, version - 1, version)
    with rewinding as now, shop.writing() as connection:
        purchase_orders.set_deleted(connection, order_id, now, shop.clock.now() if deleted else None)
        shop.record(connection, "discard" if deleted else "restore", "purchase_order", order_id)
