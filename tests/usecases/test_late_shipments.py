"""The late list over a real shop, its rows in Heute, the message, and the figure (S38)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.late_shipments import Why
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.domain.today import TodayKind, Urgency, urgency
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    customers,
    documents,
    issuing,
    late_shipments,
    outbox,
    pick_ups,
    promise_messages,
    promises,
    sample_shop,
    today,
)
from shopdesk.usecases.shop import Shop

MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


def order(shop: Shop, customer: int, days: int | None, fulfilment: Fulfilment = Fulfilment.SHIP) -> int:
    draft = documents.start(shop, "order_confirmation", customer)
    line = Line(text="Matratze", unit_price=Decimal(499))
    day = MONDAY + dt.timedelta(days=days) if days is not None else None
    draft = replace(draft, lines=(line,), delivery_date=day, fulfilment=fulfilment)
    stored = documents.save_draft(shop, draft)
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def at(shop: Shop, day: int) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.datetime(2026, 11, day, 9, 50, tzinfo=dt.UTC) - shop.clock.now())


def rows(shop: Shop) -> list[tuple[int, Why]]:
    return [(each.item.document_id, each.why) for each in late_shipments.page(shop)]


def heute(shop: Shop) -> list[int]:
    return [each.reference for each in today.items(shop) if each.kind == TodayKind.LATE_SHIPMENT]


def test_the_list_knows_before_the_customer_does(open_shop: Shop, customer: int) -> None:
    near, far = order(open_shop, customer, 1), order(open_shop, customer, 20)
    assert rows(open_shop) == [(near, Why.NEAR)]
    at(open_shop, 26)
    assert rows(open_shop) == [(near, Why.LATE)]
    assert late_shipments.page(open_shop)[0].days == 2
    assert far not in [each for each, _ in rows(open_shop)]


def test_heute_tells_it_once_the_shop_ships_here(open_shop: Shop, customer: int) -> None:
    late = order(open_shop, customer, 1)
    at(open_shop, 24)
    assert heute(open_shop) == []
    pick_ups.hand_out(open_shop, order(open_shop, customer, None, Fulfilment.PICKUP))
    assert heute(open_shop) == [late]
    now = today.local_now(open_shop)
    (item,) = (each for each in today.items(open_shop) if each.kind == TodayKind.LATE_SHIPMENT)
    assert urgency(item, now) == Urgency.NOW
    at(open_shop, 25)
    assert urgency(item, today.local_now(open_shop)) == Urgency.PROMISE_LATE


def test_a_noted_promise_has_its_own_row_only(open_shop: Shop, customer: int) -> None:
    late = order(open_shop, customer, 1)
    pick_ups.hand_out(open_shop, order(open_shop, customer, None, Fulfilment.PICKUP))
    promises.create(
        open_shop, Promise(customer, "Matratze", MONDAY, kind=PromiseKind.DELIVERY, document_id=late)
    )
    at(open_shop, 26)
    assert heute(open_shop) == []
    assert (late, Why.LATE) in rows(open_shop)


def test_the_message_about_a_day_on_the_paper_moves_it_everywhere(open_shop: Shop, customer: int) -> None:
    late = order(open_shop, customer, 1)
    promise = late_shipments.promise_about(open_shop, late)
    assert promise is not None
    assert (promise.due, promise.document_id) == (MONDAY + dt.timedelta(days=1), late)
    new_day = MONDAY + dt.timedelta(days=15)
    message = promise_messages.delay(open_shop, promise, new_day)
    mail_id, undo = promise_messages.move_and_tell(open_shop, promise, new_day, "", message)
    assert outbox.entry(open_shop, mail_id).recipient
    noted = late_shipments.promise_about(open_shop, late)
    assert noted is not None
    assert (noted.id is not None, noted.due) == (True, new_day)
    assert rows(open_shop) == []
    undo.run(open_shop)
    assert rows(open_shop) == [(late, Why.NEAR)]
    assert promises.of_customer(open_shop, customer) == ()


def test_asking_for_a_new_day_notes_nothing_until_it_is_given(open_shop: Shop, customer: int) -> None:
    late = order(open_shop, customer, 1)
    promise = late_shipments.promise_about(open_shop, late)
    assert promise is not None
    assert promise.customer_name
    assert promises.of_customer(open_shop, customer) == ()
    undo = promises.move(open_shop, promise, MONDAY + dt.timedelta(days=15))
    assert [each.document_id for each in promises.of_customer(open_shop, customer)] == [late]
    undo.run(open_shop)
    assert promises.of_customer(open_shop, customer) == ()


def test_what_has_no_day_has_no_promise(open_shop: Shop, customer: int) -> None:
    assert late_shipments.promise_about(open_shop, order(open_shop, customer, None)) is None


def test_the_share_on_time_counts_what_left(open_shop: Shop, customer: int) -> None:
    assert late_shipments.deliveries(open_shop).whole is None
    first = order(open_shop, customer, 1, Fulfilment.PICKUP)
    second = order(open_shop, customer, 2, Fulfilment.PICKUP)
    proposed = late_shipments.promise_about(open_shop, second)
    assert proposed is not None
    promise, _ = promises.create(open_shop, proposed)
    pick_ups.hand_out(open_shop, first)
    at(open_shop, 27)
    pick_ups.hand_out(open_shop, second)
    whole = late_shipments.deliveries(open_shop).whole
    assert whole is not None
    assert (whole.count, whole.on_time, whole.mean_days) == (2, 1, 2.0)
    assert promises.get(open_shop, promise.id or 0).state == PromiseState.KEPT
