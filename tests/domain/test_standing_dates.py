"""On which days a standing order is due: a table of cases, and the same counted naively."""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.standing_dates import (
    DueDate,
    FreeDays,
    Pause,
    Schedule,
    ServicePeriod,
    dates,
    first_due,
    following,
    moved,
    service_period,
    until,
)

D, W, M = RepeatUnit.DAY, RepeatUnit.WEEK, RepeatUnit.MONTH


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def dues(schedule: Schedule, count: int) -> str:
    return " ".join(f"{each.due:%y-%m-%d}" for each in islice(dates(schedule), count))


CASES = [
    # every, unit, day, from, the first dates
    (1, M, 0, "2026-01-31", "26-01-31 26-02-28 26-03-31 26-04-30 26-05-31"),
    (1, M, 31, "2026-01-15", "26-01-31 26-02-28 26-03-31 26-04-30 26-05-31"),
    (1, M, 31, "2026-02-01", "26-02-28 26-03-31 26-04-30 26-05-31 26-06-30"),
    (1, M, 31, "2026-02-28", "26-02-28 26-03-31 26-04-30"),
    (1, M, 0, "2026-02-28", "26-02-28 26-03-28 26-04-28"),
    (1, M, 30, "2026-01-30", "26-01-30 26-02-28 26-03-30 26-04-30"),
    (1, M, 29, "2028-01-29", "28-01-29 28-02-29 28-03-29"),
    (1, M, 29, "2027-01-29", "27-01-29 27-02-28 27-03-29"),
    (1, M, 1, "2026-11-22", "26-12-01 27-01-01 27-02-01"),
    (1, M, 1, "2026-12-01", "26-12-01 27-01-01"),
    (1, M, 22, "2026-11-22", "26-11-22 26-12-22"),
    (1, M, 21, "2026-11-22", "26-12-21 27-01-21"),
    (2, M, 31, "2026-12-31", "26-12-31 27-02-28 27-04-30 27-06-30 27-08-31"),
    (2, M, 0, "2027-12-31", "27-12-31 28-02-29 28-04-30"),
    (3, M, 0, "2026-08-31", "26-08-31 26-11-30 27-02-28 27-05-31"),
    (3, M, 15, "2026-11-22", "26-12-15 27-03-15 27-06-15 27-09-15"),
    (3, M, 1, "2027-01-01", "27-01-01 27-04-01 27-07-01 27-10-01 28-01-01"),
    (6, M, 31, "2026-08-31", "26-08-31 27-02-28 27-08-31 28-02-29"),
    (12, M, 0, "2028-02-29", "28-02-29 29-02-28 30-02-28 31-02-28 32-02-29"),
    (12, M, 31, "2026-12-24", "26-12-31 27-12-31"),
    (12, M, 0, "2026-11-22", "26-11-22 27-11-22"),
    (24, M, 1, "2026-11-22", "26-12-01 28-12-01"),
    (5, M, 31, "2026-01-31", "26-01-31 26-06-30 26-11-30 27-04-30"),
    (1, W, 0, "2026-11-23", "26-11-23 26-11-30 26-12-07"),
    (1, W, 1, "2026-11-23", "26-11-23 26-11-30"),
    (1, W, 5, "2026-11-23", "26-11-27 26-12-04"),
    (1, W, 7, "2026-11-23", "26-11-29 26-12-06"),
    (2, W, 1, "2026-11-24", "26-11-30 26-12-14 26-12-28"),
    (6, W, 3, "2026-11-22", "26-11-25 27-01-06 27-02-17"),
    (4, W, 0, "2026-12-31", "26-12-31 27-01-28 27-02-25"),
    (52, W, 0, "2026-11-23", "26-11-23 27-11-22"),
    (1, D, 0, "2026-12-30", "26-12-30 26-12-31 27-01-01"),
    (10, D, 0, "2026-11-22", "26-11-22 26-12-02 26-12-12"),
]  # fmt: skip


@pytest.mark.parametrize(("every", "unit", "wanted", "starts", "expected"), CASES)
def test_the_dates_of_a_rhythm(every: int, unit: RepeatUnit, wanted: int, starts: str, expected: str) -> None:
    schedule = Schedule(Repeat(every, unit, wanted), day(starts))
    assert dues(schedule, len(expected.split())) == expected


MONTHLY = Schedule(Repeat(1, M, 31), day("2026-01-31"))
BOUNDED = [
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), ends=day("2026-03-30")), "26-01-31 26-02-28"),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), ends=day("2026-03-31")), "26-01-31 26-02-28 26-03-31"),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), ends=day("2026-01-01")), ""),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), times=2), "26-01-31 26-02-28"),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), times=5, made_before=3), "26-01-31 26-02-28"),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), times=3, made_before=4), ""),
    (
        Schedule(Repeat(1, M, 31), day("2026-01-31"), times=2, counts_from=day("2026-03-01")),
        "26-03-31 26-04-30",
    ),
    (
        Schedule(
            Repeat(1, M, 31), day("2026-01-31"), times=3, pauses=(Pause(day("2026-02-01"), day("2026-04-30")),)
        ),
        "26-01-31 26-04-30 26-05-31",
    ),
    (Schedule(Repeat(1, M, 31), day("2026-01-31"), pauses=(Pause(day("2026-02-01")),)), "26-01-31"),
    (
        Schedule(
            Repeat(1, W), day("2026-11-23"), ends=day("2026-12-21"),
            pauses=(Pause(day("2026-11-30"), day("2026-12-07")), Pause(day("2026-12-14"), day("2026-12-15"))),
        ),
        "26-11-23 26-12-07 26-12-21",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("schedule", "expected"), BOUNDED)
def test_ends_times_and_pauses(schedule: Schedule, expected: str) -> None:
    assert dues(schedule, 9 if schedule.ends or schedule.times else 3) == expected


CHRISTMAS = frozenset(map(day, ("2026-12-25", "2026-12-26", "2027-01-01", "2026-10-03")))
MOVES = [
    ("2026-12-24", FreeDays.LATER, "2026-12-24"),
    ("2026-12-25", FreeDays.LATER, "2026-12-28"),
    ("2026-12-26", FreeDays.LATER, "2026-12-28"),
    ("2026-12-27", FreeDays.LATER, "2026-12-28"),
    ("2026-12-25", FreeDays.EARLIER, "2026-12-24"),
    ("2026-12-27", FreeDays.EARLIER, "2026-12-24"),
    ("2026-12-25", FreeDays.LEAVE, "2026-12-25"),
    ("2027-01-01", FreeDays.LATER, "2027-01-04"),
    ("2027-01-01", FreeDays.EARLIER, "2026-12-31"),
    ("2026-10-31", FreeDays.EARLIER, "2026-10-30"),
    ("2026-10-31", FreeDays.LATER, "2026-11-02"),
    ("2026-10-03", FreeDays.LATER, "2026-10-05"),
]


@pytest.mark.parametrize(("due", "how", "on"), MOVES)
def test_a_free_day_is_left_or_moved_to_a_working_day(due: str, how: FreeDays, on: str) -> None:
    assert moved(day(due), how, CHRISTMAS) == day(on)


PERIODS = [
    (1, M, "2026-12-01", ServicePeriod.CURRENT, "2026-12-01 2026-12-31"),
    (1, M, "2026-12-31", ServicePeriod.CURRENT, "2026-12-01 2026-12-31"),
    (1, M, "2027-02-28", ServicePeriod.CURRENT, "2027-02-01 2027-02-28"),
    (1, M, "2026-12-15", ServicePeriod.PREVIOUS, "2026-11-01 2026-11-30"),
    (1, M, "2026-12-15", ServicePeriod.NEXT, "2027-01-01 2027-01-31"),
    (3, M, "2027-01-01", ServicePeriod.CURRENT, "2027-01-01 2027-03-31"),
    (3, M, "2027-03-31", ServicePeriod.CURRENT, "2027-01-01 2027-03-31"),
    (3, M, "2027-01-01", ServicePeriod.PREVIOUS, "2026-10-01 2026-12-31"),
    (3, M, "2026-11-15", ServicePeriod.CURRENT, "2026-11-01 2027-01-31"),
    (12, M, "2026-12-31", ServicePeriod.CURRENT, "2026-01-01 2026-12-31"),
    (12, M, "2028-01-01", ServicePeriod.CURRENT, "2028-01-01 2028-12-31"),
    (2, W, "2026-11-25", ServicePeriod.CURRENT, "2026-11-23 2026-12-06"),
    (1, W, "2026-11-23", ServicePeriod.PREVIOUS, "2026-11-16 2026-11-22"),
    (10, D, "2026-11-22", ServicePeriod.NEXT, "2026-12-02 2026-12-11"),
]


@pytest.mark.parametrize(("every", "unit", "due", "which", "expected"), PERIODS)
def test_the_time_that_is_billed(
    every: int, unit: RepeatUnit, due: str, which: ServicePeriod, expected: str
) -> None:
    found = service_period(day(due), Repeat(every, unit), which)
    assert found is not None
    assert f"{found[0]} {found[1]}" == expected


def test_without_a_period_none_is_billed() -> None:
    assert service_period(day("2026-12-01"), Repeat(1, M), ServicePeriod.NONE) is None


def test_a_date_is_made_on_its_working_day_and_known_by_the_one_of_the_rhythm() -> None:
    schedule = Schedule(Repeat(1, M, 31), day("2026-10-01"), on_free_days=FreeDays.EARLIER)
    assert until(schedule, day("2026-10-29")) == ()
    assert until(schedule, day("2026-10-30")) == (DueDate(day("2026-10-31"), day("2026-10-30")),)
    later = Schedule(Repeat(1, M, 31), day("2026-10-01"), on_free_days=FreeDays.LATER)
    assert until(later, day("2026-11-01")) == ()
    assert until(later, day("2026-11-02")) == (DueDate(day("2026-10-31"), day("2026-11-02")),)


def test_the_calendar_ends_without_an_error() -> None:
    assert list(dates(Schedule(Repeat(12, M, 31), day("2198-12-31")))) == [
        DueDate(day("2198-12-31"), day("2198-12-31")),
    ]


# ---- the same, counted naively


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))


def naive_months(starts: dt.date, wanted: int, every: int, count: int) -> list[dt.date]:
    """Walk day by day: a date is the wanted day, or the last of a month that has none, of each counted month."""
    found: list[dt.date] = []
    months_since = None
    walked = starts
    while len(found) < count:
        length = calendar.monthrange(walked.year, walked.month)[1]
        if walked.day == min(wanted, length):
            months = walked.year * 12 + walked.month
            months_since = months if months_since is None else months_since
            if (months - months_since) % every == 0:
                found.append(walked)
        walked += dt.timedelta(1)
    return found


@given(DAYS, st.integers(1, 31), st.integers(1, 13))
def test_months_are_as_counted_day_by_day(starts: dt.date, wanted: int, every: int) -> None:
    schedule = Schedule(Repeat(every, M, wanted), starts)
    assert [each.due for each in islice(dates(schedule), 6)] == naive_months(starts, wanted, every, 6)


@given(DAYS, st.integers(1, 7), st.integers(1, 60))
def test_weeks_are_as_counted_day_by_day(starts: dt.date, weekday: int, every: int) -> None:
    found = [each.due for each in islice(dates(Schedule(Repeat(every, W, weekday), starts)), 5)]
    expected = [starts + dt.timedelta(n) for n in range(every * 35 + 7)]
    on_weekday = [each for each in expected if each.isoweekday() == weekday][::every][:5]
    assert found == on_weekday


@given(DAYS, st.integers(1, 31), st.sampled_from([M, W]), st.sampled_from(list(FreeDays)), DAYS)
def test_each_date_is_told_once_and_in_order(
    starts: dt.date, wanted: int, unit: RepeatUnit, how: FreeDays, today: dt.date
) -> None:
    repeat = Repeat(1, unit, wanted if unit == M else wanted % 8)
    schedule = Schedule(repeat, starts, times=40, on_free_days=how)
    everything = list(dates(schedule))
    told = [*until(schedule, today), *following(schedule, today, 40)]
    assert [each.due for each in everything] == sorted({each.due for each in everything})
    assert sorted(told, key=lambda each: each.due) == everything
    assert all(first_due(schedule) <= each.due for each in everything)


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_periods_follow_each_other_without_a_gap(starts: dt.date, every: int, wanted: int) -> None:
    schedule = Schedule(Repeat(every, M, wanted), starts)
    spans = [
        service_period(each.due, schedule.repeat, ServicePeriod.CURRENT)
        for each in islice(dates(schedule), 6)
    ]
    pairs = pairwise(spans)
    assert all(a and b and a[1] + dt.timedelta(1) == b[0] for a, b in pairs)
