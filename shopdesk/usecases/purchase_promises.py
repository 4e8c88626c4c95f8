"""What a customer was promised about the goods that are ordered for him (PRODUCT.md, S39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, Fulfilment
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.domain.purchase_orders import PurchaseOrder

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def story(connection: Connection, document_id: int) -> list[int]:
    """The ids of all documents of a document's story."""
    from shopdesk.store import references

    return sorted({document_id, *references.connected(connection, document_id)})


def holidays(connection: Connection) -> Container[dt.date]:
    """The holidays of the shop, within a transaction."""
    from shopdesk.usecases.shop_settings import load_profile
    from shopdesk.usecases.working_days import holidays_of

    return holidays_of(load_profile(connection))


def promise_for(
    connection: Connection, shop: Shop, order: PurchaseOrder, ready_on: dt.date
) -> tuple[Promise | None, bool]:
    """What the customer was promised about these goods, noted now where nothing is; and whether it is new."""
    from shopdesk.store import documents, promises

    if order.document_id is None or order.customer_id is None:
        return None, False
    document = documents.load(connection, order.document_id)
    found = promise_of(connection, document)
    if found is not None:
        return found, False
    ready = document.fulfilment == Fulfilment.PICKUP
    kind = PromiseKind.READY if ready else PromiseKind.DELIVERY
    due = max(document.delivery_date or ready_on, shop.clock.today())
    value = Promise(order.customer_id, order.title, due, kind=kind, document_id=document.id)
    new_id = promises.create(connection, value, shop.clock.now())
    shop.record(connection, "create", "promise", new_id, new={"promised_for": due.isoformat()})
    return promises.load(connection, new_id), True


def promise_of(connection: Connection, document: Document) -> Promise | None:
    """The open promise about a document's story; else the only one about goods that names no document."""
    from shopdesk.store import promises

    if document.customer_id is None or document.id is None:
        return None
    about_it = set(story(connection, document.id))
    epoch = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # only open ones, no broken
    found = [one for one in promises.of_customer(connection, document.customer_id, epoch) if one.is_open]
    goods = [one for one in found if one.kind in {PromiseKind.DELIVERY, PromiseKind.READY}]
    about = [one for one in found if one.document_id in about_it and one.kind != PromiseKind.CALL_BACK]
    free = [one for one in goods if one.document_id is None]
    if about:
        return about[0]
    return free[0] if len(free) == 1 else None


def drop(connection: Connection, shop: Shop, order: PurchaseOrder) -> Promise | None:
    """What was promised about goods that the customer cancelled is no promise any more; gives it as it was."""
    from shopdesk.store import promises

    if not order.is_settled or order.promise_id is None:
        return None
    found = promises.load(connection, order.promise_id)
    if not found.is_open:
        return None
    promises.set_deleted(connection, found.id or 0, found.version, shop.clock.now())
    shop.record(connection, "delete", "promise", found.id or 0)
    return found


def bring_back(shop: Shop, dropped: Promise | None) -> None:
    """What was dropped with an order stands again; raises ChangedElsewhere."""
    from shopdesk.store import promises

    if dropped is not None:
        with shop.writing() as connection:
            promises.set_deleted(connection, dropped.id or 0, dropped.version + 1, None)
            shop.record(connection, "restore", "promise", dropped.id or 0)


def proposed_day(shop: Shop, promise_id: int) -> dt.date | None:
    """The day on which the customer can have it by the suppliers' confirmations; None where none is known."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        found = purchase_orders.of_promise(connection, promise_id)
    return max((one.ready_on for one in found if one.is_open and one.ready_on), default=None)
