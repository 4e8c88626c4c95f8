"""Goods of customers that are still to come, or were announced as there: for whoever packs or hands out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.purchase_orders import PurchaseOrder, Readiness, readiness
from shopdesk.domain.shipments import ShipmentKind, ShipmentState
from shopdesk.usecases import hand_overs, purchase_promises

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.hand_overs import Change
    from shopdesk.usecases.shop import Shop

_LATELY = dt.timedelta(days=90)


def on_the_way(shop: Shop) -> Mapping[int, PurchaseOrder]:
    """The customers' papers whose goods are still to come, each with the order that comes last.

    What the supplier brings straight to the customer is among them: it is not to be shipped from here.
    """
    from shopdesk.store import purchase_orders

    found: dict[int, PurchaseOrder] = {}
    with shop.reading() as connection:
        orders = purchase_orders.coming(connection)
        papers = _papers(connection, orders)
        for order in orders:
            for document_id in papers[order.document_id or 0]:
                before = found.get(document_id)
                if before is None or _comes(before) < _comes(order):
                    found[document_id] = order
    return found


def told_lately(shop: Shop) -> Mapping[int, dt.date]:
    """The customers' papers whose goods were announced as there within three months, and the day of it."""
    from shopdesk.store import purchase_orders

    found: dict[int, dt.date] = {}
    with shop.reading() as connection:
        orders = purchase_orders.told_since(connection, shop.clock.now() - _LATELY)
        papers = _papers(connection, orders)
        for order in orders:
            if order.told_at is not None:
                day = order.told_at.astimezone(shop.clock.zone).date()
                for document_id in papers[order.document_id or 0]:
                    found.setdefault(document_id, day)
    return found


def lay_ready(connection: Connection, shop: Shop, order: PurchaseOrder) -> tuple[Change, ...]:
    """The customer was told that what he fetches is there: it lies ready, and the pick-up list knows that he knows.

    Only when everything that was ordered for his paper is there.
    """
    from shopdesk.store import documents, purchase_orders, shipments

    if order.document_id is None:
        return ()
    story = purchase_promises.story(connection, order.document_id)
    if documents.load(connection, order.document_id).fulfilment != Fulfilment.PICKUP:
        return ()
    if readiness(purchase_orders.of_documents(connection, story)) != Readiness.READY:
        return ()
    found = []
    for document_id in story:
        if hand_overs.item_in(connection, document_id) is not None:
            laid = hand_overs.lay_ready(
                connection, shop, document_id, ShipmentKind.PICK_UP, ShipmentState.PACKED
            )
            shipments.save(connection, replace(laid.after, told_at=shop.clock.now()))
            found.append(replace(laid, after=shipments.load(connection, laid.after.id or 0)))
    return tuple(found)


def put_away(shop: Shop, laid: Iterable[Change]) -> None:
    """As it lay before the customer was told; raises ChangedElsewhere."""
    for each in laid:
        hand_overs.take_back(shop, each)


def _papers(connection: Connection, orders: Iterable[PurchaseOrder]) -> Mapping[int, Iterable[int]]:
    """The orders and bills of the stories of these, each story once."""
    from shopdesk.store import delivery_rounds

    return delivery_rounds.stories(connection, {one.document_id or 0 for one in orders})


def _comes(order: PurchaseOrder) -> dt.date:
    return order.confirmed or dt.date.max
