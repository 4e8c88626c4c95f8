"""What is left of a clock, told from its last open hours, is what the opening clock itself counts."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain import countdowns
from shopdesk.domain.opening_hours import USUAL_WEEK, OpeningClock, OpeningHours, Span

LUNCH = (Span(9 * 60, 12 * 60 + 30), Span(14 * 60, 18 * 60))
WEEKS = (USUAL_WEEK, (LUNCH,) * 5 + ((), ()), ((Span(22 * 60, 2 * 60),),) * 7)
MONDAY = dt.datetime(2026, 10, 19, tzinfo=dt.UTC)  # summer time ends in this week
HALF_MINUTE = dt.timedelta(seconds=30)


@given(
    week=st.sampled_from(WEEKS),
    begin=st.integers(0, 14 * 1440),
    target=st.integers(1, 700),
    passed=st.integers(0, 4000),
    wanted=st.integers(0, 90),
)
def test_the_last_open_hours_count_like_the_clock(
    week: tuple[tuple[Span, ...], ...], begin: int, target: int, passed: int, wanted: int
) -> None:
    clock = OpeningClock(OpeningHours(week), frozenset(), ZoneInfo("Europe/Berlin"))
    since = MONDAY + dt.timedelta(minutes=begin)
    due = clock.due_after(since, target)
    assert due is not None
    spans = clock.open_before(since, due, 60)
    assert countdowns.time_left(spans, since) == min(dt.timedelta(minutes=60), dt.timedelta(minutes=target))
    now = since + dt.timedelta(minutes=passed)
    if countdowns.has_begun(spans, now):
        assert countdowns.time_left(spans, now) == clock.open_time_between(now, due)
    turns = countdowns.moment_with_left(spans, wanted)
    assert turns is not None
    assert countdowns.time_left(spans, turns) == dt.timedelta(minutes=min(wanted, 60, target))
    if turns > spans[0][0]:
        assert countdowns.time_left(spans, turns - HALF_MINUTE) > dt.timedelta(minutes=wanted)


def test_they_are_stored_and_read_again() -> None:
    spans = ((MONDAY, MONDAY + HALF_MINUTE), (MONDAY + 2 * HALF_MINUTE, MONDAY + 3 * HALF_MINUTE))
    assert countdowns.from_text(countdowns.as_text(spans)) == spans
    assert countdowns.from_text("") == ()
    assert countdowns.moment_with_left((), 5) is None
