"""Which goods are late, and how often a promised day was held."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.late_shipments import Delivered, OnTime, Why, by_kind, judged, late_list, on_time
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import ShipmentKind
from shopdesk.domain.unshipped import Clearance, PackingItem

TODAY = dt.date(2026, 11, 25)  # a Wednesday
NONE: frozenset[dt.date] = frozenset()


def item(
    promised: int | None = None, paid: int | None = None, clearance: Clearance | None = None, number: int = 1
) -> PackingItem:
    """Promised and paid so many days from today."""
    paid_on = TODAY + dt.timedelta(days=paid) if paid is not None else None
    return PackingItem(
        number, f"AB{number}", DocumentKind.ORDER_CONFIRMATION, "Ivanova", "Gabrovo", "Matratze", 1,
        TODAY - dt.timedelta(days=30), clearance or (Clearance.PAID if paid is not None else Clearance.ON_ACCOUNT),
        Money(0, "EUR"), paid_on=paid_on,
        promised=TODAY + dt.timedelta(days=promised) if promised is not None else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (item(promised=-1), Why.LATE),
        (item(promised=-1, paid=0), Why.LATE),
        (item(promised=0), Why.NEAR),
        (item(promised=1), Why.NEAR),
        (item(promised=2), None),
        (item(), None),
        (item(paid=0), None),
        (item(paid=-1), None),
        (item(paid=-2), Why.PAID),
        (item(paid=-2, promised=0), Why.PAID),
        (item(paid=-2, promised=5), None),
        (item(paid=-2, promised=1), Why.NEAR),
        (item(promised=-5, clearance=Clearance.WAITS), None),
    ],
)
def test_what_is_late_or_will_be(one: PackingItem, why: Why | None) -> None:
    late = judged(one, TODAY, NONE)
    assert (late.why if late else None) == why


def test_on_a_friday_monday_is_the_next_working_day() -> None:
    friday = TODAY + dt.timedelta(days=2)
    late = judged(item(promised=5), friday, NONE)
    assert late is not None
    assert late.why == Why.NEAR


def test_the_worst_stands_first() -> None:
    rows = [
        item(promised=0, number=1),
        item(paid=-3, number=2),
        item(promised=-1, number=3),
        item(promised=-9, number=4),
    ]
    assert [late.item.document_id for late in late_list(rows, TODAY, NONE)] == [4, 3, 2, 1]


def delivered(days: int, kind: ShipmentKind = ShipmentKind.PARCEL) -> Delivered:
    return Delivered(TODAY + dt.timedelta(days=days), TODAY, kind)


def test_early_is_on_time_and_the_late_days_are_averaged() -> None:
    assert on_time([]) is None
    assert on_time([delivered(-3), delivered(0)]) == OnTime(2, 2)
    found = on_time([delivered(-3), delivered(0), delivered(1), delivered(4)])
    assert found == OnTime(4, 2, 2.5)
    assert found.share == 50


def test_each_way_is_counted_apart() -> None:
    found = by_kind([delivered(0), delivered(2, ShipmentKind.ROUND), delivered(0, ShipmentKind.ROUND)])
    assert list(found) == [ShipmentKind.PARCEL, ShipmentKind.ROUND]
    assert found[ShipmentKind.ROUND].share == 50


@given(st.lists(st.integers(-30, 30), min_size=1))
def test_the_share_is_never_told_better_than_it_is(days: list[int]) -> None:
    found = on_time(delivered(each) for each in days)
    assert found is not None
    held = sum(each <= 0 for each in days)
    assert found.on_time == held
    assert found.share * len(days) <= 100 * held
