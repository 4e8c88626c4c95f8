"""How fast the shop answers (S14): medians and distributions, by week and channel. Counted, never estimated."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shopdesk.domain.inquiries import InquiryChannel
from shopdesk.domain.shipments import ShipmentKind

BUCKETS = (5, 10, 20, 60, 240)
"""Upper ends of the distribution in minutes, each included; what takes longer stands in a last part."""
Channel = InquiryChannel | ShipmentKind
_CHANNELS: tuple[Channel, ...] = (*InquiryChannel, *ShipmentKind)


@dataclass(frozen=True, slots=True)
class Timed:
    """One thing that took time: on which day it began, over which channel (of goods: in which way they left), how many
    minutes of opening time.

    `target` is what was aimed at when it began, None without a clock. `person` is whose work it was; empty where nobody
    is to be counted (RULES.md 7: figures per person only if they are switched on).
    """

    day: dt.date
    channel: Channel
    minutes: int
    target: int | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What some of them come to: the median in minutes, how many, and how many of a hundred were in time.

    `in_time` is None where none had a target.
    """

    count: int
    median: int
    in_time: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """The figures of one kind ("first answer") over whole weeks, the oldest first; a week without any is None."""

    weeks: tuple[tuple[dt.date, Figure | None], ...]
    channels: Mapping[Channel, Figure]
    whole: Figure | None
    distribution: tuple[int, ...]
    people: Mapping[str, Figure] = field(default_factory=dict)


def median(minutes: Sequence[int]) -> int:
    """The middle one; of an even number the mean of the middle two, rounded up: nobody is told a better figure."""
    ordered = sorted(minutes)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return -(-(ordered[middle - 1] + ordered[middle]) // 2)


def figure(values: Sequence[Timed]) -> Figure | None:
    """What they come to; None for nothing at all."""
    if not values:
        return None
    aimed = [value.minutes <= value.target for value in values if value.target is not None]
    share = 100 * sum(aimed) // len(aimed) if aimed else None
    return Figure(len(values), median([value.minutes for value in values]), share)


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def figures(values: Iterable[Timed], first: dt.date, weeks: int) -> ServiceFigures:
    """All figures of the weeks that begin with the Monday of `first`; what lies outside is left out."""
    begin = monday_of(first)
    end = begin + dt.timedelta(weeks=weeks)
    inside = [value for value in values if begin <= value.day < end]
    by_week: defaultdict[dt.date, list[Timed]] = defaultdict(list)
    by_channel: defaultdict[Channel, list[Timed]] = defaultdict(list)
    by_person: defaultdict[str, list[Timed]] = defaultdict(list)
    for value in inside:
        by_week[monday_of(value.day)].append(value)
        by_channel[value.channel].append(value)
        by_person[value.person].append(value)
    mondays = [begin + dt.timedelta(weeks=at) for at in range(weeks)]
    channels = {channel: found for channel in _CHANNELS if (found := figure(by_channel[channel]))}
    return ServiceFigures(
        weeks=tuple((monday, figure(by_week[monday])) for monday in mondays),
        channels=channels,
        whole=figure(inside),
        distribution=distribution([value.minutes for value in inside]),
        people={name: found for name in sorted(by_person) if name and (found := figure(by_person[name]))},
    )


def distribution(minutes: Iterable[int]) -> tuple[int, ...]:
    """How many fall into each part of BUCKETS, and how many take longer."""
    counts = [0] * (len(BUCKETS) + 1)
    for each in minutes:
        counts[next((at for at, end in enumerate(BUCKETS) if each <= end), len(BUCKETS))] += 1
    return tuple(counts)
