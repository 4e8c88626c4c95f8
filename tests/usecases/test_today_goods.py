"""Heute about goods: what is the customer's turn is not our lateness, and lateness counts from when it began (S38)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.later import Later
from shopdesk.domain.notices import notices
from shopdesk.domain.payments import Payment, paid_in_full
from shopdesk.domain.today import TodayItem, TodayKind, Urgency, tone, urgency, when
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    customers,
    delivery_rounds,
    documents,
    issuing,
    late_shipments,
    packing,
    payments,
    pick_ups,
    put_off,
    sample_shop,
    today,
)
from shopdesk.usecases.shop import Shop

MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def customer(open_shop: Shop) -> int:
    found = customers.create(open_shop, sample_shop.sample().caller).id or 0
    pick_ups.hand_out(
        open_shop, paid_bill(open_shop, found, Fulfilment.PICKUP)
    )  # a shop that ships with shopdesk
    return found


def paid_bill(shop: Shop, customer: int, fulfilment: Fulfilment, day: dt.date | None = None) -> int:
    line = Line(text="Matratze", unit_price=Decimal(499))
    draft = documents.start(shop, "invoice", customer)
    draft = replace(draft, lines=(line,), delivery_date=day, fulfilment=fulfilment)
    stored = documents.save_draft(shop, draft)
    bill = issuing.issue(shop, stored.id or 0, send=False).document.id or 0
    account = payments.accounts(shop, [bill])[bill]
    part = paid_in_full(account, shop.clock.today())
    payments.book(shop, Payment(shop.clock.today(), part.amount, customer_id=account.customer_id), [part])
    return bill


def at(shop: Shop, day: dt.date) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.datetime(day.year, day.month, day.day, 9, 50, tzinfo=dt.UTC) - shop.clock.now())


def rows(shop: Shop, *kinds: TodayKind) -> list[TodayItem]:
    return [each for each in today.items(shop) if each.kind in kinds]


def test_what_lies_ready_and_was_announced_is_the_customers_turn(open_shop: Shop, customer: int) -> None:
    bill = paid_bill(open_shop, customer, Fulfilment.PICKUP, MONDAY + dt.timedelta(2))
    _, undo = pick_ups.ready(open_shop, bill)
    at(open_shop, MONDAY + dt.timedelta(3))
    assert rows(open_shop, TodayKind.LATE_SHIPMENT, TodayKind.UNSHIPPED) == []
    assert late_shipments.page(open_shop) == ()
    undo.run(open_shop)
    assert [each.reference for each in rows(open_shop, TodayKind.LATE_SHIPMENT)] == [bill]
    assert [each.item.document_id for each in late_shipments.page(open_shop)] == [bill]


def test_what_stands_on_a_delivery_round_of_later_is_not_late(open_shop: Shop, customer: int) -> None:
    bill = paid_bill(open_shop, customer, Fulfilment.DELIVER)
    at(open_shop, MONDAY + dt.timedelta(4))
    assert [each.reference for each in rows(open_shop, TodayKind.UNSHIPPED)] == [bill]
    delivery_rounds.plan(open_shop, bill, MONDAY + dt.timedelta(7))
    assert rows(open_shop, TodayKind.UNSHIPPED) == []
    assert packing.counts(open_shop).late == 0
    assert late_shipments.page(open_shop) == ()
    at(open_shop, MONDAY + dt.timedelta(8))
    assert [each.reference for each in rows(open_shop, TodayKind.UNSHIPPED)] == [bill]
    assert packing.counts(open_shop).late == 1


def test_goods_of_the_next_days_are_among_what_is_ahead(open_shop: Shop, customer: int) -> None:
    bill = paid_bill(open_shop, customer, Fulfilment.SHIP, MONDAY + dt.timedelta(3))
    assert rows(open_shop, TodayKind.LATE_SHIPMENT) == []
    (row,) = (each for each in today.items(open_shop, 7) if each.kind == TodayKind.LATE_SHIPMENT)
    now = today.local_now(open_shop)
    assert (row.reference, urgency(row, now), tone(row, now)) == (bill, Urgency.SOON, "info")


def test_late_goods_are_put_off_until_a_time_and_taken_back(open_shop: Shop, customer: int) -> None:
    bill = paid_bill(open_shop, customer, Fulfilment.SHIP)
    at(open_shop, MONDAY + dt.timedelta(4))
    (row,) = rows(open_shop, TodayKind.UNSHIPPED)
    until = Later(MONDAY + dt.timedelta(4), "14:30")
    undo = put_off.later(open_shop, row, until)
    assert rows(open_shop, TodayKind.UNSHIPPED) == []
    assert today.next_return(open_shop) == until
    undo.run(open_shop)
    assert [each.back_at for each in rows(open_shop, TodayKind.UNSHIPPED)] == [None]
    put_off.later(open_shop, row, until)
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.advance(dt.timedelta(hours=4))
    (back,) = rows(open_shop, TodayKind.UNSHIPPED)
    assert back.reference == bill
    now = today.local_now(open_shop)
    assert [each.item.reference for each in notices([back], now - dt.timedelta(hours=1), now)] == [bill]
    assert today.next_return(open_shop) is None


@pytest.mark.parametrize(
    ("looked_at", "text", "days"),
    [
        (dt.date(2026, 11, 30), "one working day late", 1),
        (dt.date(2026, 12, 1), "{n} working days late", 2),
    ],
)
def test_goods_paid_on_thursday_are_one_working_day_late_on_monday(
    open_shop: Shop, customer: int, looked_at: dt.date, text: str, days: int
) -> None:
    at(open_shop, dt.date(2026, 11, 26))
    paid_bill(open_shop, customer, Fulfilment.SHIP)
    at(open_shop, dt.date(2026, 11, 27))
    assert rows(open_shop, TodayKind.UNSHIPPED) == []
    at(open_shop, looked_at)
    (row,) = rows(open_shop, TodayKind.UNSHIPPED)
    said = when(row, today.local_now(open_shop))
    assert (said.id, said.values["n"]) == (text, days)
