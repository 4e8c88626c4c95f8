"""When the shop is open: weekly hours, special days and public holidays, counted in the shop's own time zone.

Clocks of inquiries run only while the shop is open. All moments are aware; a minute is a real minute, so the night
in which the clock is put back has one hour more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

DAY_MINUTES = 24 * 60
LONGEST_WAIT_DAYS = 3 * 366
"""How far ahead a clock looks for open hours; a shop closed for longer has no clock."""
_NOTHING = dt.timedelta()
_ONE_DAY = dt.timedelta(days=1)

Interval = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `start` to `end`, in minutes since midnight by the clock on the wall.

    An end at or before the start is one of the next day: 22:00 to 2:00 goes over midnight, 8:00 to 8:00 is a whole day.
    """

    start: int
    end: int

    @property
    def goes_over_midnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days that are unlike their weekday: closed (no `spans`), or open at other hours, as on Christmas Eve.

    They stand above weekday and public holiday; `last` is the last of the days.
    """

    first: dt.date
    last: dt.date
    name: str = ""
    spans: tuple[Span, ...] = ()


def _from_to(start: int, end: int) -> tuple[Span, ...]:
    return (Span(start * 60, end * 60),)


USUAL_WEEK = (*(_from_to(9, 18),) * 5, _from_to(9, 13), ())


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The shop's hours: seven weekdays from Monday, each with any number of spans; and its special days."""

    week: tuple[tuple[Span, ...], ...] = USUAL_WEEK
    special: tuple[SpecialDays, ...] = ()

    def spans_on(self, day: dt.date, holidays: Container[dt.date]) -> tuple[Span, ...]:
        """What begins on this day; the special days that were entered last win."""
        for special in reversed(self.special):
            if special.first <= day <= special.last:
                return special.spans
        return () if day in holidays else self.week[day.weekday()]


class WrongHours(ShopError):
    """Opening hours that cannot be."""

    code = "opening-hours"


def checked(hours: OpeningHours) -> OpeningHours:
    """The hours in their order; raises WrongHours at `week[0]` … or `special[0]` …"""
    week = tuple(_checked_day(spans, f"week[{number}]") for number, spans in enumerate(hours.week))
    if len(week) != len(USUAL_WEEK):
        raise WrongHours(Message(N_("A week has seven days.")), field="week")
    if not any(week):
        text = N_("The shop needs at least one open hour in the week, else no clock can run.")
        raise WrongHours(Message(text), field="week[0]")
    special = []
    for number, days in enumerate(hours.special):
        if days.last < days.first:
            text = N_("The last of these days is before the first.")
            raise WrongHours(Message(text), field=f"special[{number}]")
        spans = _checked_day(days.spans, f"special[{number}]")
        special.append(SpecialDays(days.first, days.last, days.name.strip(), spans))
    return OpeningHours(week, tuple(sorted(special, key=lambda days: (days.first, days.last))))


def _checked_day(spans: Iterable[Span], at: str) -> tuple[Span, ...]:
    ordered = tuple(sorted(spans))
    for span in ordered:
        if not (0 <= span.start < DAY_MINUTES and 0 <= span.end <= DAY_MINUTES):
            raise WrongHours(Message(N_("A day has the hours from 0:00 to 24:00.")), field=at)
    for before, after in pairwise(ordered):
        if before.goes_over_midnight or after.start < before.end:
            text = N_("Two of these opening hours overlap. Please enter them one after the other.")
            raise WrongHours(Message(text), field=at)
    return ordered


@dataclass(frozen=True, slots=True)
class OpeningClock:
    """Counts the time in which the shop is open. Days are worked out once, so that many clocks cost little."""

    hours: OpeningHours
    holidays: Container[dt.date]
    zone: ZoneInfo
    _days: dict[dt.date, tuple[Interval, ...]] = field(default_factory=dict, repr=False, compare=False)

    def open_time_between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How long the shop was open; nothing when the end is before the start (a clock that was put back)."""
        # in UTC first: two moments of one zone are compared by the wall clock, which shows an hour twice
        start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
        if end <= start:
            return _NOTHING
        found = _NOTHING
        day, last = self._first_day(start), end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self.open_on(day):
                found += max(_NOTHING, min(closes, end) - max(opens, start))
            day += _ONE_DAY
        return found

    def opening_minutes_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """The same in whole minutes, the rest cut off."""
        return self.open_time_between(start, end) // dt.timedelta(minutes=1)

    def due_after(self, start: dt.datetime, minutes: int) -> dt.datetime | None:
        """The first moment by which the shop was open for so many minutes, in UTC; None when it stays closed.

        A target that ends with the last minute of a day is due at closing time, not on the next morning.
        """
        start = start.astimezone(dt.UTC)
        if minutes <= 0:
            return start
        left = dt.timedelta(minutes=minutes)
        day = self._first_day(start)
        for _ in range(LONGEST_WAIT_DAYS + minutes // 60):
            for opens, closes in self.open_on(day):
                begins = max(opens, start)
                if closes - begins >= left:
                    return begins + left
                left -= max(_NOTHING, closes - begins)
            day += _ONE_DAY
        return None

    def open_before(self, start: dt.datetime, end: dt.datetime, minutes: int) -> tuple[Interval, ...]:
        """When the shop was open between the two moments, of that the last so many minutes at most; in UTC."""
        start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
        left = dt.timedelta(minutes=minutes)
        found: list[Interval] = []
        day, first = end.astimezone(self.zone).date(), self._first_day(start)
        while day >= first and left:
            for opens, closes in reversed(self.open_on(day)):
                until = min(closes, end)
                begins = max(opens, start, until - left)
                if until > begins and left:
                    found.append((begins, until))
                    left -= until - begins
            day -= _ONE_DAY
        return tuple(reversed(found))

    def is_open(self, moment: dt.datetime) -> bool:
        """Whether the shop is open at this moment."""
        moment = moment.astimezone(dt.UTC)
        day = self._first_day(moment)
        return any(
            opens <= moment < closes for each in (day, day + _ONE_DAY) for opens, closes in self.open_on(each)
        )

    def next_opening(self, moment: dt.datetime) -> dt.datetime | None:
        """When the shop opens next (now, while it is open), in UTC; None when it stays closed."""
        moment = moment.astimezone(dt.UTC)
        day = self._first_day(moment)
        for _ in range(LONGEST_WAIT_DAYS):
            for opens, closes in self.open_on(day):
                if moment < closes:
                    return max(opens, moment)
            day += _ONE_DAY
        return None

    def open_on(self, day: dt.date) -> tuple[Interval, ...]:
        """When the shop opens and closes for the spans of this day, in UTC, without what the day before covers."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._worked_out(day)
        return known

    def _first_day(self, moment: dt.datetime) -> dt.date:
        """The day before, because its last hours may go over midnight."""
        return moment.astimezone(self.zone).date() - _ONE_DAY

    def _worked_out(self, day: dt.date) -> tuple[Interval, ...]:
        before = [closes for _, closes in self._raw(day - _ONE_DAY)]
        covered = max(before, default=None)
        found = []
        for opens, closes in sorted(self._raw(day)):
            begins = max(opens, covered) if covered is not None else opens
            if closes > begins:
                found.append((begins, closes))
                covered = closes
        return tuple(found)

    def _raw(self, day: dt.date) -> list[Interval]:
        return [
            (
                _instant(self.zone, day, span.start, later=False),
                _instant(self.zone, day, span.end + DAY_MINUTES * span.goes_over_midnight, later=True),
            )
            for span in self.hours.spans_on(day, self.holidays)
        ]


@lru_cache(maxsize=4096)
def _instant(zone: ZoneInfo, day: dt.date, minutes: int, *, later: bool) -> dt.datetime:
    """When the clock on the wall shows this time, in UTC.

    A time that comes twice (summer time ends) opens with the first and closes with the second; one that never comes
    (summer time begins) is the moment at which the clock jumps over it.
    """
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=zone, fold=int(later)).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _jump(zone, wall)


def _jump(zone: ZoneInfo, wall: dt.datetime) -> dt.datetime:
    """The first minute at which the wall clock is past a time that it never shows."""
    ends = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    below, above = 0, (ends[1] - ends[0]) // dt.timedelta(minutes=1)
    while below < above:
        middle = (below + above) // 2
        shown = (ends[0] + dt.timedelta(minutes=middle)).astimezone(zone).replace(tzinfo=None)
        below, above = (below, middle) if shown >= wall else (middle + 1, above)
    return ends[0] + dt.timedelta(minutes=below)
