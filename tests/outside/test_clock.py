from __future__ import annotations

import datetime as dt

from shopdesk.outside.clock import FixedClock, SystemClock


def test_a_day_is_the_shops_day_and_a_moment_is_utc() -> None:
    clock = FixedClock(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC))
    assert clock.today() == dt.date(2027, 1, 1)
    assert clock.now().tzinfo is dt.UTC
    clock.advance(dt.timedelta(hours=-1))
    assert clock.today() == dt.date(2026, 12, 31)


def test_the_system_clock_is_aware() -> None:
    before = dt.datetime.now(dt.UTC)
    assert before <= SystemClock().now() <= dt.datetime.now(dt.UTC)
    assert abs((SystemClock("Europe/Sofia").today() - before.date()).days) <= 1
