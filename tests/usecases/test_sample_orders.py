"""The sample shop shows every page at work: to be packed, to be fetched, to be brought, ordered, standing orders."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.today import TodayKind
from shopdesk.domain.unshipped import Clearance
from shopdesk.usecases import (
    delivery_rounds,
    packing,
    pick_ups,
    purchase_orders,
    sample_shop,
    standing_orders,
    today,
)
from shopdesk.usecases.shop import Shop


def test_every_page_of_goods_and_money_has_something_to_do(empty_shop: Shop) -> None:
    sample_shop.fill_to_the_door(empty_shop)
    assert {item.clearance for item in packing.page(empty_shop)} == {Clearance.PAID, Clearance.WAITS}
    assert len(pick_ups.page(empty_shop)) == 2
    assert len(delivery_rounds.stops(empty_shop, empty_shop.clock.today() + dt.timedelta(1))) == 1
    assert len(purchase_orders.page(empty_shop)) == 1
    assert standing_orders.is_used(empty_shop)
    assert TodayKind.OVERDUE in {item.kind for item in today.items(empty_shop)}
