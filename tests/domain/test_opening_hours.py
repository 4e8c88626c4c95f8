"""The clock of an inquiry counts the time in which the shop is open, and nothing else (PRODUCT.md, S10)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Container
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.opening_hours import (
    DAY_MINUTES,
    OpeningClock,
    OpeningHours,
    Span,
    SpecialDays,
    WrongHours,
    checked,
)
from shopdesk.usecases.working_days import Holidays

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = dt.timedelta(minutes=1)
Day = dt.date


def span(text: str) -> tuple[Span, ...]:
    """`9-13 14:30-18` as spans."""
    found = []
    for part in text.split():
        start, end = (minutes(each) for each in part.split("-"))
        found.append(Span(start, end))
    return tuple(found)


def minutes(text: str) -> int:
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest or 0)


def week(workdays: str, saturday: str = "", sunday: str = "") -> tuple[tuple[Span, ...], ...]:
    return ((span(workdays),) * 5) + (span(saturday), span(sunday))


def local(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


SHOP = OpeningHours(week("9-18", "9-13"))
LUNCH = OpeningHours(week("9-12:30 14-18", "9-13"))
BAR = OpeningHours(week("18-2", "18-4"))
NIGHT = OpeningHours(week("22-6", "22-6", "22-6"))
ALWAYS = OpeningHours(week("0-24", "0-24", "0-24"))
DECEMBER = OpeningHours(
    week("9-18", "9-13"),
    (
        SpecialDays(Day(2026, 12, 24), Day(2026, 12, 24), "Heiligabend", span("9-13")),
        SpecialDays(Day(2026, 12, 27), Day(2027, 1, 3), "Betriebsferien"),
        SpecialDays(Day(2026, 12, 31), Day(2026, 12, 31), "Silvester", span("10-12")),
        SpecialDays(Day(2026, 12, 6), Day(2026, 12, 6), "Verkaufsoffener Sonntag", span("13-18")),
    ),
)
LOWER_SAXONY, BAVARIA, SAXONY = (Holidays("DE", region) for region in ("NI", "BY", "SN"))
NONE: Container[dt.date] = frozenset()

DUE = [
    # an ordinary week: Monday 2026-11-23 to Saturday 2026-11-28
    ("S10: Friday evening to Saturday morning", SHOP, NONE, "2026-11-27T17:50", 20, "2026-11-28T09:10"),
    ("within a day", SHOP, NONE, "2026-11-23T10:00", 20, "2026-11-23T10:20"),
    ("at opening", SHOP, NONE, "2026-11-23T09:00", 20, "2026-11-23T09:20"),
    ("before opening", SHOP, NONE, "2026-11-23T06:30", 20, "2026-11-23T09:20"),
    ("in the night", SHOP, NONE, "2026-11-24T02:00", 20, "2026-11-24T09:20"),
    ("exactly until closing", SHOP, NONE, "2026-11-27T17:40", 20, "2026-11-27T18:00"),
    ("one minute too late for today", SHOP, NONE, "2026-11-27T17:41", 20, "2026-11-28T09:01"),
    ("at closing", SHOP, NONE, "2026-11-27T18:00", 20, "2026-11-28T09:20"),
    ("Saturday afternoon to Monday", SHOP, NONE, "2026-11-28T14:00", 20, "2026-11-30T09:20"),
    ("Saturday 12:50 to Monday", SHOP, NONE, "2026-11-28T12:50", 20, "2026-11-30T09:10"),
    ("Sunday", SHOP, NONE, "2026-11-29T12:00", 20, "2026-11-30T09:20"),
    ("four hours over the weekend", SHOP, NONE, "2026-11-27T17:00", 240, "2026-11-28T12:00"),
    ("a whole day", SHOP, NONE, "2026-11-23T09:00", 540, "2026-11-23T18:00"),
    ("a day and a minute", SHOP, NONE, "2026-11-23T09:00", 541, "2026-11-24T09:01"),
    ("a week and a day", SHOP, NONE, "2026-11-23T09:00", 5 * 540 + 240 + 1, "2026-11-30T09:01"),
    ("seconds stay", SHOP, NONE, "2026-11-27T17:50:30", 20, "2026-11-28T09:10:30"),
    ("a target of nothing is due at once", SHOP, NONE, "2026-11-29T12:00", 0, "2026-11-29T12:00"),
    # lunch break
    ("into the break", LUNCH, NONE, "2026-11-23T12:20", 20, "2026-11-23T14:10"),
    ("exactly until the break", LUNCH, NONE, "2026-11-23T12:10", 20, "2026-11-23T12:30"),
    ("in the break", LUNCH, NONE, "2026-11-23T13:00", 20, "2026-11-23T14:20"),
    ("over break and night", LUNCH, NONE, "2026-11-23T12:00", 300, "2026-11-24T09:30"),
    ("Saturday has none", LUNCH, NONE, "2026-11-28T12:20", 20, "2026-11-28T12:40"),
    # public holidays and closing days
    ("Christmas Eve closes at one", DECEMBER, LOWER_SAXONY, "2026-12-24T12:50", 20, "2026-12-31T10:10"),
    ("Christmas Day", DECEMBER, LOWER_SAXONY, "2026-12-25T10:00", 20, "2026-12-31T10:20"),
    (
        "New Year's Eve to after the holidays",
        DECEMBER,
        LOWER_SAXONY,
        "2026-12-31T11:50",
        20,
        "2027-01-04T09:10",
    ),
    ("31 December, a minute to midnight", DECEMBER, LOWER_SAXONY, "2026-12-31T23:59", 20, "2027-01-04T09:20"),
    ("open on a Sunday in Advent", DECEMBER, LOWER_SAXONY, "2026-12-05T12:50", 20, "2026-12-06T13:10"),
    ("an ordinary 24 December", SHOP, LOWER_SAXONY, "2026-12-24T17:50", 20, "2026-12-28T09:10"),
    ("an ordinary 31 December", SHOP, LOWER_SAXONY, "2026-12-31T17:50", 20, "2027-01-02T09:10"),
    ("Good Friday and Easter", SHOP, LOWER_SAXONY, "2026-04-02T17:50", 20, "2026-04-04T09:10"),
    ("Easter Monday", SHOP, LOWER_SAXONY, "2026-04-04T12:50", 20, "2026-04-07T09:10"),
    ("1 May is a Friday", SHOP, LOWER_SAXONY, "2026-04-30T17:50", 20, "2026-05-02T09:10"),
    ("3 October is a Saturday", SHOP, LOWER_SAXONY, "2026-10-02T17:50", 20, "2026-10-05T09:10"),
    ("Reformation Day in Lower Saxony", SHOP, LOWER_SAXONY, "2026-10-30T17:50", 20, "2026-11-02T09:10"),
    ("no Reformation Day in Bavaria", SHOP, BAVARIA, "2026-10-30T17:50", 20, "2026-10-31T09:10"),
    ("Epiphany in Bavaria", SHOP, BAVARIA, "2026-01-05T17:50", 20, "2026-01-07T09:10"),
    ("no Epiphany in Lower Saxony", SHOP, LOWER_SAXONY, "2026-01-05T17:50", 20, "2026-01-06T09:10"),
    ("Repentance Day in Saxony", SHOP, SAXONY, "2026-11-17T17:50", 20, "2026-11-19T09:10"),
    ("no Repentance Day in Lower Saxony", SHOP, LOWER_SAXONY, "2026-11-17T17:50", 20, "2026-11-18T09:10"),
    ("Corpus Christi in Bavaria", SHOP, BAVARIA, "2026-06-03T17:50", 20, "2026-06-05T09:10"),
    ("the last closing day is closed, too", DECEMBER, NONE, "2027-01-03T12:00", 20, "2027-01-04T09:20"),
    # over midnight
    ("over midnight", BAR, NONE, "2026-11-23T23:50", 20, "2026-11-24T00:10"),
    ("after midnight", BAR, NONE, "2026-11-24T00:30", 20, "2026-11-24T00:50"),
    ("closing after midnight", BAR, NONE, "2026-11-24T01:50", 20, "2026-11-24T18:10"),
    ("Saturday's night belongs to Saturday", BAR, NONE, "2026-11-29T03:50", 10, "2026-11-29T04:00"),
    ("Sunday is closed after it", BAR, NONE, "2026-11-29T03:50", 20, "2026-11-30T18:10"),
    ("the eve's night goes into the holiday", BAR, LOWER_SAXONY, "2026-12-24T23:50", 20, "2026-12-25T00:10"),
    ("the holiday's own night is closed", BAR, LOWER_SAXONY, "2026-12-25T18:30", 20, "2026-12-28T18:20"),
    ("open all night to New Year", NIGHT, NONE, "2026-12-31T23:59", 20, "2027-01-01T00:19"),
    ("around the clock", ALWAYS, NONE, "2026-12-31T23:50", 20, "2027-01-01T00:10"),
    ("around the clock, three days", ALWAYS, NONE, "2026-11-23T12:00", 3 * DAY_MINUTES, "2026-11-26T12:00"),
    # summer time begins on Sunday 2026-03-29: 2:00 becomes 3:00
    ("the short night counts seven hours", NIGHT, NONE, "2026-03-28T22:00", 7 * 60, "2026-03-29T06:00"),
    ("over the jump", ALWAYS, NONE, "2026-03-29T01:50", 20, "2026-03-29T03:10"),
    ("the short day has 23 hours", ALWAYS, NONE, "2026-03-29T00:00", 23 * 60, "2026-03-30T00:00"),
    ("the weekend of the jump", SHOP, NONE, "2026-03-27T17:50", 20, "2026-03-28T09:10"),
    ("the Monday after the jump", SHOP, NONE, "2026-03-28T12:50", 20, "2026-03-30T09:10"),
    # summer time ends on Sunday 2026-10-25: 3:00 becomes 2:00
    ("the long night counts nine hours", NIGHT, NONE, "2026-10-24T22:00", 9 * 60, "2026-10-25T06:00"),
    ("the long day has 25 hours", ALWAYS, NONE, "2026-10-25T00:00", 25 * 60, "2026-10-26T00:00"),
    ("the Monday after the long night", SHOP, NONE, "2026-10-24T12:50", 20, "2026-10-26T09:10"),
    ("Saturday's night over the change", BAR, NONE, "2026-10-24T18:00", 11 * 60, "2026-10-25T04:00"),
    ("Friday to Saturday before the change", SHOP, NONE, "2026-10-23T17:50", 20, "2026-10-24T09:10"),
]


@pytest.mark.parametrize(
    ("name", "hours", "holidays", "start", "target", "due"), DUE, ids=[row[0] for row in DUE]
)
def test_an_answer_is_due_in_opening_time(
    name: str, hours: OpeningHours, holidays: Container[dt.date], start: str, target: int, due: str
) -> None:
    clock = OpeningClock(checked(hours), holidays, BERLIN)
    assert clock.due_after(local(start), target) == local(due), name
    if target:
        assert clock.opening_minutes_between(local(start), local(due)) == target, name


BETWEEN = [
    ("the doubled hour counts twice", ALWAYS, local("2026-10-25T02:30"), local("2026-10-25T02:30", 1), 60),
    ("the first of two", ALWAYS, local("2026-10-25T02:00"), local("2026-10-25T02:59"), 59),
    ("the missing hour does not count", ALWAYS, local("2026-03-29T01:59"), local("2026-03-29T03:00"), 1),
    ("backwards is nothing", SHOP, local("2026-11-23T12:00"), local("2026-11-23T11:00"), 0),
    ("the same moment", SHOP, local("2026-11-23T12:00"), local("2026-11-23T12:00"), 0),
    ("begun minutes do not count", SHOP, local("2026-11-23T12:00:30"), local("2026-11-23T12:02:29"), 1),
    ("a closed night", SHOP, local("2026-11-23T18:00"), local("2026-11-24T09:00"), 0),
    ("a week", SHOP, local("2026-11-23T00:00"), local("2026-11-30T00:00"), 5 * 540 + 240),
    ("a year", ALWAYS, local("2026-01-01T00:00"), local("2027-01-01T00:00"), 365 * DAY_MINUTES),
]


@pytest.mark.parametrize(
    ("name", "hours", "start", "end", "counted"), BETWEEN, ids=[row[0] for row in BETWEEN]
)
def test_opening_minutes(
    name: str, hours: OpeningHours, start: dt.datetime, end: dt.datetime, counted: int
) -> None:
    assert OpeningClock(hours, NONE, BERLIN).opening_minutes_between(start, end) == counted, name


def test_the_zone_of_the_question_does_not_matter() -> None:
    clock = OpeningClock(SHOP, NONE, BERLIN)
    start = local("2026-11-27T17:50").astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert clock.due_after(start, 20) == local("2026-11-28T09:10")


def test_an_hour_that_never_comes_opens_with_the_jump() -> None:
    clock = OpeningClock(OpeningHours((*week("9-18")[:6], span("2:30-5"))), NONE, BERLIN)
    assert clock.open_on(Day(2026, 3, 29)) == ((local("2026-03-29T03:00"), local("2026-03-29T05:00")),)


def test_an_hour_that_comes_twice_opens_with_the_first_and_closes_with_the_second() -> None:
    clock = OpeningClock(OpeningHours((*week("9-18")[:6], span("2:30-2:45 4-5"))), NONE, BERLIN)
    opens, closes = clock.open_on(Day(2026, 10, 25))[0]
    assert (opens, closes - opens) == (local("2026-10-25T02:30").astimezone(dt.UTC), dt.timedelta(minutes=75))


def test_a_shop_that_never_opens_has_no_clock() -> None:
    closed = OpeningHours(week("9-18"), (SpecialDays(Day(2020, 1, 1), Day(2090, 1, 1), "Ruhestand"),))
    clock = OpeningClock(closed, NONE, BERLIN)
    assert clock.due_after(local("2026-11-23T10:00"), 20) is None
    assert clock.next_opening(local("2026-11-23T10:00")) is None


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23T10:00", True, "2026-11-23T10:00"),
        ("2026-11-27T18:00", False, "2026-11-28T09:00"),
        ("2026-11-28T13:00", False, "2026-11-30T09:00"),
        ("2026-11-23T08:59:59", False, "2026-11-23T09:00"),
    ],
)
def test_open_now_or_when_next(moment: str, is_open: bool, opens: str) -> None:
    clock = OpeningClock(SHOP, NONE, BERLIN)
    assert clock.is_open(local(moment)) == is_open
    assert clock.next_opening(local(moment)) == local(opens)


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (OpeningHours(week("9-13 12-18")), "week[0]"),
        (OpeningHours(week("22-2 23-24")), "week[0]"),
        (OpeningHours(((),) * 7), "week[0]"),
        (OpeningHours(((),) * 6), "week"),
        (OpeningHours(((Span(-1, 60),),) + ((),) * 6), "week[0]"),
        (OpeningHours(special=(SpecialDays(Day(2026, 12, 2), Day(2026, 12, 1)),)), "special[0]"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_field(hours: OpeningHours, field: str) -> None:
    with pytest.raises(WrongHours) as refused:
        checked(hours)
    assert refused.value.field == field


class Naive:
    """Walks through every minute and looks at the clock on the wall; knows nothing of conversions to UTC."""

    def __init__(self, hours: OpeningHours, holidays: Container[dt.date], first: dt.date, days: int) -> None:
        start = dt.datetime.combine(first - dt.timedelta(days=2), dt.time(), dt.UTC)
        self.minutes = [start + MINUTE * number for number in range((days + 5) * DAY_MINUTES)]
        walls = [moment.astimezone(BERLIN).replace(tzinfo=None) for moment in self.minutes]
        self.open: set[dt.datetime] = set()
        for offset in range(-1, days + 2):
            day = first + dt.timedelta(days=offset)
            midnight = dt.datetime.combine(day, dt.time())
            for each in hours.spans_on(day, holidays):
                opens = midnight + MINUTE * each.start
                closes = midnight + MINUTE * (each.end + (DAY_MINUTES if each.end <= each.start else 0))
                begin = next(number for number, wall in enumerate(walls) if wall >= opens)
                last = max((number for number, wall in enumerate(walls) if wall < closes), default=-1)
                self.open.update(self.minutes[begin : last + 1])

    def between(self, start: dt.datetime, end: dt.datetime) -> int:
        return sum(start <= minute < end for minute in self.open)

    def due(self, start: dt.datetime, target: int) -> dt.datetime | None:
        coming = sorted(minute for minute in self.open if minute >= start)
        return coming[target - 1] + MINUTE if target <= len(coming) else None


times = st.integers(0, DAY_MINUTES - 1)
spans = st.lists(st.builds(Span, times, st.integers(1, DAY_MINUTES)), max_size=3).map(tuple)
any_hours = st.builds(
    OpeningHours,
    st.tuples(*([spans] * 7)),
    st.lists(
        st.builds(
            lambda first, length, special: SpecialDays(
                first, first + dt.timedelta(days=length), "x", special
            ),
            st.sampled_from(
                [Day(2026, 3, 28), Day(2026, 3, 29), Day(2026, 10, 24), Day(2026, 10, 25), Day(2026, 12, 31)]
            ),
            st.integers(0, 2),
            spans,
        ),
        max_size=2,
    ).map(tuple),
)
EDGES = [Day(2026, 3, 27), Day(2026, 10, 23), Day(2026, 12, 29), Day(2026, 11, 27)]


@settings(max_examples=60, deadline=None)
@given(
    any_hours,
    st.sampled_from(EDGES),
    st.integers(0, 3 * DAY_MINUTES),
    st.integers(0, 3 * DAY_MINUTES),
    st.booleans(),
)
def test_it_counts_like_somebody_who_looks_at_every_minute(
    hours: OpeningHours, first: dt.date, one: int, other: int, with_holidays: bool
) -> None:
    holidays = LOWER_SAXONY if with_holidays else NONE
    naive = Naive(hours, holidays, first, 4)
    clock = OpeningClock(hours, holidays, BERLIN)
    midnight = dt.datetime.combine(first, dt.time(), BERLIN).astimezone(dt.UTC)
    start, end = (midnight + MINUTE * each for each in sorted((one, other)))
    assert clock.opening_minutes_between(start, end) == naive.between(start, end)
    middle = start + (end - start) // 2
    both = clock.open_time_between(start, middle) + clock.open_time_between(middle, end)
    assert both == clock.open_time_between(start, end)


@settings(max_examples=60, deadline=None)
@given(any_hours, st.sampled_from(EDGES), st.integers(0, DAY_MINUTES), st.integers(1, DAY_MINUTES))
def test_the_due_moment_is_the_first_by_which_the_target_was_open(
    hours: OpeningHours, first: dt.date, offset: int, target: int
) -> None:
    naive = Naive(hours, NONE, first, 4)
    clock = OpeningClock(hours, NONE, BERLIN)
    start = dt.datetime.combine(first, dt.time(), BERLIN).astimezone(dt.UTC) + MINUTE * offset
    expected = naive.due(start, target)
    found = clock.due_after(start, target)
    if expected is not None and expected.date() <= first + dt.timedelta(days=3):
        assert found == expected
    if found is not None:
        assert clock.open_time_between(start, found) == MINUTE * target


def test_many_clocks_over_many_weeks_cost_little() -> None:
    clock = OpeningClock(LUNCH, LOWER_SAXONY, BERLIN)
    start, end = local("2026-01-05T10:00"), local("2026-11-23T10:00")
    clock.opening_minutes_between(start, end)
    begun = time.process_time()
    for day in range(1000):
        clock.opening_minutes_between(end - dt.timedelta(days=day % 40), end)
    assert time.process_time() - begun < 0.5  # some 0.05 s alone on a machine
