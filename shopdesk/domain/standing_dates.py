"""On which days a standing order is due: the rhythm counted from its first day, pauses, ends, free days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice, takewhile

from shopdesk.domain.follow_ups import Repeat, RepeatUnit, step
from shopdesk.domain.typing.dates import add_months

_WEEKEND = 5
_MIDDLE_OF_MONTH = 15
_LONGEST_BREAK = 60
"""Days that are looked at for the next working day."""


class FreeDays(StrEnum):
    """What becomes of a date on a weekend or a public holiday."""

    LEAVE = "leave"
    LATER = "later"
    EARLIER = "earlier"


class ServicePeriod(StrEnum):
    """Which time a document bills: that of its date, the one before, the one after, or none."""

    NONE = "none"
    CURRENT = "current"
    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is due from `first` until the day before `until`; without one until it is continued."""

    first: dt.date
    until: dt.date | None = None

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, dt.date):
            return False
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rhythm and its bounds.

    `repeat.day` is the wanted day of the month (31: always the last) or, in weeks, the weekday from 1 (Monday);
    0: that of `starts`. `ends` is the last day on which something may be due. `times` counts what is made: dates
    before `counts_from` and in a pause do not count, but `made_before` does, which was made by an earlier rhythm; 0:
    until told to stop.
    """

    repeat: Repeat
    starts: dt.date
    ends: dt.date | None = None
    times: int = 0
    on_free_days: FreeDays = FreeDays.LEAVE
    counts_from: dt.date = dt.date.min
    made_before: int = 0
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class DueDate:
    """`due` is the date by the rhythm, by which it is known for ever; `on` the day on which it is made."""

    due: dt.date
    on: dt.date


def first_due(schedule: Schedule) -> dt.date:
    """The first date of the rhythm, not before `starts`. Raises ValueError outside the calendar."""
    repeat, starts = schedule.repeat, schedule.starts
    if not repeat.day:
        return starts
    if repeat.unit == RepeatUnit.WEEK:
        return starts + dt.timedelta((repeat.day - 1 - starts.weekday()) % 7)
    if repeat.unit == RepeatUnit.DAY:
        return starts
    within = _on_day(starts, repeat.day)
    return within if within >= starts else _on_day(add_months(starts.replace(day=1), 1), repeat.day)


def _on_day(month: dt.date, day: int) -> dt.date:
    last = add_months(month.replace(day=1), 1) - dt.timedelta(1)
    return month.replace(day=min(day, last.day))


def by_rhythm(schedule: Schedule) -> Iterator[dt.date]:
    """All dates of the rhythm until its end or that of the calendar, those in pauses and before `counts_from`, too."""
    try:
        first = first_due(schedule)
        for number in count():
            day = step(schedule.repeat, first, number)
            if schedule.ends is not None and day > schedule.ends:
                return
            yield day
    except (ValueError, OverflowError):  # the calendar ends
        return


def dates(schedule: Schedule, holidays: Container[dt.date] = frozenset()) -> Iterator[DueDate]:
    """What is due, one after the other, without an end where none is set, until a pause without one."""
    open_pause = min((pause.first for pause in schedule.pauses if pause.until is None), default=dt.date.max)
    wanted = (
        day
        for day in takewhile(lambda day: day < open_pause, by_rhythm(schedule))
        if day >= schedule.counts_from and not any(day in pause for pause in schedule.pauses)
    )
    most = max(0, schedule.times - schedule.made_before) if schedule.times else None
    for day in islice(wanted, most):
        yield DueDate(day, moved(day, schedule.on_free_days, holidays))


def until(
    schedule: Schedule, today: dt.date, holidays: Container[dt.date] = frozenset()
) -> tuple[DueDate, ...]:
    """Everything that is to be made by the end of a day."""
    found = []
    for each in dates(schedule, holidays):
        if each.on > today and each.due > today:  # a date may be made before the one of the rhythm
            break
        if each.on <= today:
            found.append(each)
    return tuple(found)


def following(
    schedule: Schedule, today: dt.date, most: int, holidays: Container[dt.date] = frozenset()
) -> tuple[DueDate, ...]:
    """The next dates after a day."""
    return tuple(islice((each for each in dates(schedule, holidays) if each.on > today), most))


def moved(day: dt.date, on_free_days: FreeDays, holidays: Container[dt.date]) -> dt.date:
    """The day itself, or the nearest working day (Monday to Friday, no holiday) after or before it."""
    if on_free_days == FreeDays.LEAVE:
        return day
    way = dt.timedelta(1 if on_free_days == FreeDays.LATER else -1)
    found = day
    for _ in range(_LONGEST_BREAK):
        if found.weekday() < _WEEKEND and found not in holidays:
            return found
        found += way
    return day


def service_period(due: dt.date, repeat: Repeat, which: ServicePeriod) -> tuple[dt.date, dt.date] | None:
    """First and last day of the time that a date bills, in whole days, calendar weeks or months.

    Until the 15th a period of months begins with the month of the date, after it it ends with it: a quarter billed on
    1 January is the first one, and so it is when it is billed on 31 March.
    """
    if which == ServicePeriod.NONE:
        return None
    shift = {ServicePeriod.PREVIOUS: -1, ServicePeriod.CURRENT: 0, ServicePeriod.NEXT: 1}[which]
    if repeat.unit == RepeatUnit.MONTH:
        begins = due.replace(day=1)
        if due.day > _MIDDLE_OF_MONTH:
            begins = add_months(begins, 1 - repeat.every)
        begins = add_months(begins, shift * repeat.every)
        return begins, add_months(begins, repeat.every) - dt.timedelta(1)
    length = dt.timedelta(repeat.every * (7 if repeat.unit == RepeatUnit.WEEK else 1))
    begins = due - dt.timedelta(due.weekday()) if repeat.unit == RepeatUnit.WEEK else due
    begins += shift * length
    return begins, begins + length - dt.timedelta(1)
