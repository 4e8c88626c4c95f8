"""From when a promise is at risk: while somebody is in the shop who can still tell the customer (S43)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.opening_hours import OpeningClock, OpeningHours, Span
from shopdesk.domain.promises import Standing, risk_from, standing

ZONE = ZoneInfo("Europe/Berlin")
WEEKDAY, SATURDAY = (Span(9 * 60, 12 * 60), Span(14 * 60, 18 * 60)), (Span(9 * 60, 13 * 60),)
HOURS = OpeningHours((WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, SATURDAY, ()))
CLOCK = OpeningClock(HOURS, {dt.date(2026, 12, 25), dt.date(2026, 12, 26)}, ZONE)
MONDAY = dt.date(2026, 11, 23)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("due", "time", "since"),
    [
        ("2026-11-24", "17:00", "2026-11-24T15:00"),  # two hours of an afternoon
        ("2026-11-24", "15:00", "2026-11-24T11:00"),  # over the lunch break
        ("2026-11-24", "09:30", "2026-11-23T16:30"),  # begins on the evening before
        ("2026-11-23", "09:30", "2026-11-21T11:30"),  # over a Sunday
        ("2026-11-24", "08:00", "2026-11-23T16:00"),  # before the shop opens
        ("2026-11-24", "23:00", "2026-11-24T16:00"),  # after it has closed
        ("2026-12-28", "09:30", "2026-12-24T16:30"),  # over Christmas and a Sunday
        ("2026-11-24", "", "2026-11-23T00:00"),  # a whole day: from the day before
        ("2026-11-23", "", "2026-11-21T00:00"),  # from Saturday for a Monday
        ("2026-12-28", "", "2026-12-24T00:00"),
    ],
)
def test_at_risk_from_the_last_moment_at_which_it_can_be_told(due: str, time: str, since: str) -> None:
    found = risk_from(dt.date.fromisoformat(due), time, CLOCK)
    assert found.astimezone(ZONE) == moment(since)
    day = dt.date.fromisoformat(due)
    second = dt.timedelta(seconds=1)
    assert standing(day, time, moment(since), risk_from=found) == Standing.AT_RISK
    assert standing(day, time, moment(since) - second, risk_from=found) == Standing.FINE


def test_a_shop_that_is_never_open_is_warned_by_the_wall_clock() -> None:
    never = OpeningClock(OpeningHours(((),) * 7), frozenset(), ZONE)
    assert risk_from(MONDAY, "15:00", never) == moment("2026-11-23T13:00")
    assert risk_from(MONDAY, "", never) == moment("2026-11-22T00:00")
