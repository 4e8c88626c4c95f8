"""The late list and how often promises were held (PRODUCT.md, S38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.late_shipments import Late, OnTime, by_kind, late_list, on_time
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.usecases.hand_overs import EVERY_WAY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.shipments import ShipmentKind
    from shopdesk.domain.unshipped import PackingItem
    from shopdesk.usecases.shop import Shop

_MOST = 2_000
_DELIVERIES = frozenset({PromiseKind.DELIVERY, PromiseKind.READY})


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Promised against real of some weeks; `whole` is None where nothing with a promise left."""

    weeks: int
    whole: OnTime | None
    kinds: Mapping[ShipmentKind, OnTime]


def page(shop: Shop) -> tuple[Late, ...]:
    """What is late or will be, whatever way it leaves, the worst first."""
    from shopdesk.store import packing
    from shopdesk.usecases.packing import rules_in
    from shopdesk.usecases.working_days import holidays_at

    holidays = holidays_at(shop)
    with shop.reading() as connection:
        items = packing.page(connection, rules_in(connection).on_account, None, _MOST, EVERY_WAY)
    return late_list(items, shop.clock.today(), holidays)


def deliveries(shop: Shop, weeks: int = 12) -> Deliveries:
    """How often the promised day was held in the last weeks, this one included."""
    from shopdesk.domain.service_figures import monday_of
    from shopdesk.store import late_shipments

    first = monday_of(shop.clock.today()) - dt.timedelta(weeks=weeks - 1)
    begin = dt.datetime.combine(first, dt.time(), shop.clock.zone)
    end = dt.datetime.combine(first + dt.timedelta(weeks=weeks), dt.time(), shop.clock.zone)
    with shop.reading() as connection:
        found = late_shipments.delivered(connection, begin, end)
    return Deliveries(weeks, on_time(found), by_kind(found))


def promise_about(shop: Shop, document_id: int) -> Promise | None:
    """The open promise about this delivery, to be moved and told; without an id where the day stands only on the paper.

    Then it is noted when it is moved: who only looks changes nothing. None for what has left, has no promised day,
    or no customer.
    """
    from shopdesk.store import customers
    from shopdesk.usecases import hand_overs

    with shop.reading() as connection:
        item = hand_overs.item_in(connection, document_id)
        if item is None or item.promised is None or item.customer_id is None:
            return None
        found = _noted(connection, shop, item)
        if found is not None:
            return found
        name = customers.load(connection, item.customer_id).name
    text = f"{item.title} ({item.number})" if item.title else item.number
    return Promise(
        item.customer_id, text, item.promised, kind=PromiseKind.DELIVERY, document_id=document_id, customer_name=name
    )  # fmt: skip


def _noted(connection: Connection, shop: Shop, item: PackingItem) -> Promise | None:
    from shopdesk.store import promises, references

    story = {*references.connected(connection, item.document_id), None}
    for each in promises.of_customer(connection, item.customer_id or 0, shop.clock.now()):
        if each.is_open and each.kind in _DELIVERIES and each.document_id in story:
            return each
    return None
