"""Goods of customers that are still to come, or were announced as there: for whoever packs or hands out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shopdesk.domain.purchase_orders import DeliverTo, PurchaseOrder
from shopdesk.usecases import purchase_promises

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_LATELY = dt.timedelta(days=90)


def on_the_way(shop: Shop) -> Mapping[int, PurchaseOrder]:
    """The customers' papers whose goods are still to come, each with the order that comes last."""
    from shopdesk.store import purchase_orders

    found: dict[int, PurchaseOrder] = {}
    with shop.reading() as connection:
        for order in purchase_orders.coming(connection):
            if order.document_id is None or order.deliver_to == DeliverTo.CUSTOMER:
                continue
            for document_id in purchase_promises.story(connection, order.document_id):
                before = found.get(document_id)
                if before is None or _comes(before) < _comes(order):
                    found[document_id] = order
    return found


def told_lately(shop: Shop) -> Mapping[int, dt.date]:
    """The customers' papers whose goods were announced as there within three months, and the day of it."""
    from shopdesk.store import purchase_orders

    found: dict[int, dt.date] = {}
    with shop.reading() as connection:
        for order in purchase_orders.told_since(connection, shop.clock.now() - _LATELY):
            if order.document_id is None or order.told_at is None:
                continue
            day = order.told_at.astimezone(shop.clock.zone).date()
            for document_id in purchase_promises.story(connection, order.document_id):
                found.setdefault(document_id, day)
    return found


def _comes(order: PurchaseOrder) -> dt.date:
    return order.confirmed or dt.date.max
