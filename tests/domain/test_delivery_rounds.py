"""The delivery round: times, order, what is to be paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.delivery_rounds import (
    RoundStop,
    Stop,
    WrongWindow,
    by_time,
    checked,
    moved,
    still_open,
    time_of,
)
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import ShipmentLine


def _stop(number: int, begin: str = "", end: str = "", owed: int = 0) -> RoundStop:
    lines = (ShipmentLine(0, "Matratze", Decimal(1)),)
    return RoundStop(
        Stop(number, 1, number, begin, end), 1, "AB1", "Ivanova", lines=lines, open=Money(owed, "EUR")
    )


@pytest.mark.parametrize(
    ("typed", "time"),
    [("", ""), ("9", "09:00"), ("9:30", "09:30"), ("9.30", "09:30"), ("930", "09:30"), ("1400", "14:00"),
     ("14 Uhr", "14:00"), ("9h30", "09:30"), (" 23:59 ", "23:59")],
)  # fmt: skip
def test_times_are_read_as_one_types_them(typed: str, time: str) -> None:
    assert time_of(typed) == time


@pytest.mark.parametrize("typed", ["24:00", "9:60", "mittags", "99", "-1"])
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(WrongWindow) as caught:
        time_of(typed)
    assert typed in str(caught.value.message.values)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WrongWindow) as caught:
        checked(Stop(1, 1, from_time="12", to_time="10"))
    assert caught.value.field == "to_time"


def test_words_are_tidied_and_said_once() -> None:
    value = checked(
        Stop(1, 1, floor="  3.  Stock ", extras=("Altmatratze  mitnehmen", "", "Altmatratze mitnehmen"))
    )
    assert (value.floor, value.extras) == ("3. Stock", ("Altmatratze mitnehmen",))


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        (("10:00", "12:00"), "10:00–12:00"),
        (("10:00", ""), "10:00"),
        (("", "12:00"), "–12:00"),
        (("", ""), ""),
    ],
)
def test_the_window_is_shown(window: tuple[str, str], shown: str) -> None:
    assert _stop(1, *window).window == shown


def test_a_stop_moves_within_the_round() -> None:
    assert moved((1, 2, 3), 2, -1) == (2, 1, 3)
    assert moved((1, 2, 3), 2, 1) == (1, 3, 2)
    assert moved((1, 2, 3), 3, 5) == (1, 2, 3)
    assert moved((1, 2, 3), 9, 1) == (1, 2, 3)


@given(st.lists(st.integers(1, 50), unique=True, min_size=1), st.data(), st.integers(-60, 60))
def test_moving_loses_no_stop(ids: list[int], data: st.DataObject, steps: int) -> None:
    one = data.draw(st.sampled_from(ids))
    assert sorted(moved(ids, one, steps)) == sorted(ids)


def test_stops_are_ordered_by_their_windows() -> None:
    stops = (_stop(1), _stop(2, "14:00"), _stop(3, "08:00", "10:00"), _stop(4, "", "09:00"))
    assert by_time(stops) == (3, 4, 2, 1)


def test_what_is_to_be_paid_at_the_doors_is_summed() -> None:
    assert still_open((_stop(1, owed=12050), _stop(2), _stop(3, owed=950))) == Money(13000, "EUR")
    assert still_open((_stop(1),)) is None


def test_a_bill_that_comes_with_two_stops_is_asked_for_once_and_never_where_nothing_is_brought() -> None:
    stops = [replace(_stop(number, owed=500), bill_ids=(7,)) for number in (1, 2)]
    assert still_open(stops) == Money(500, "EUR")
    assert still_open([replace(stops[0], lines=())]) is None
