"""How a promise stands: fine, at risk while the customer can still be told, or late."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.promises import Promise, PromiseState, Standing, standing

NOW = dt.datetime(2026, 11, 23, 10, 50, tzinfo=ZoneInfo("Europe/Berlin"))
D = dt.date


@pytest.mark.parametrize(
    ("due", "time", "how"),
    [
        (D(2026, 11, 23), "10:49", Standing.LATE),
        (D(2026, 11, 23), "10:50", Standing.AT_RISK),
        (D(2026, 11, 23), "12:50", Standing.AT_RISK),
        (D(2026, 11, 23), "12:51", Standing.FINE),
        (D(2026, 11, 24), "09:00", Standing.FINE),
        (D(2026, 11, 23), "", Standing.AT_RISK),
        (D(2026, 11, 24), "", Standing.AT_RISK),
        (D(2026, 11, 25), "", Standing.FINE),
        (D(2026, 11, 22), "", Standing.LATE),
        (D(2026, 11, 22), "18:00", Standing.LATE),
    ],
)
def test_how_it_stands(due: dt.date, time: str, how: Standing) -> None:
    assert standing(due, time, NOW) == how


def test_the_owner_sees_trouble_coming_before_the_clock_does() -> None:
    assert standing(D(2026, 12, 4), "", NOW, at_risk=True) == Standing.AT_RISK
    assert standing(D(2026, 11, 20), "", NOW, at_risk=True) == Standing.LATE


def test_a_moved_promise_is_still_to_be_kept_and_told() -> None:
    moved = Promise(1, "Matratze", D(2026, 12, 1), state=PromiseState.MOVED)
    assert moved.is_open
    assert moved.is_untold
    assert not Promise(1, "Matratze", D(2026, 12, 1), state=PromiseState.KEPT).is_open
