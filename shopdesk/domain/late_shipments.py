"""Promised against real: what is late or will be, told before the customer notices, and how often it was held (S38)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.shipments import ShipmentKind
from shopdesk.domain.typing.dates import add_working_days
from shopdesk.domain.unshipped import Clearance, PackingItem


class Why(StrEnum):
    """Why it stands on the list, the worst first."""

    LATE = "late"  # the promised day is over
    PAID = "paid"  # paid, and in the house for more than one working day
    NEAR = "near"  # promised for today or the next working day


_ORDER = tuple(Why)


@dataclass(frozen=True, slots=True)
class Late:
    """One order or bill whose goods are late or nearly so. `days` is by how many calendar days, 0 for what is near."""

    item: PackingItem
    why: Why
    days: int = 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What left the house: on which day, and for which it was promised."""

    left: dt.date
    promised: dt.date
    kind: ShipmentKind

    @property
    def days_late(self) -> int:
        """Calendar days behind the promise; never below 0: early is on time."""
        return max(0, (self.left - self.promised).days)


@dataclass(frozen=True, slots=True)
class OnTime:
    """How many left, how many of them on time, and by how many days the late ones missed their day on the average."""

    count: int
    on_time: int
    mean_days: float = 0.0

    @property
    def share(self) -> int:
        """On time of a hundred, rounded down: nobody is told a better figure."""
        return 100 * self.on_time // self.count if self.count else 0


def judged(item: PackingItem, today: dt.date, holidays: Container[dt.date]) -> Late | None:
    """Why this one is on the late list; None: it is not.

    What waits for money, or lies ready to be fetched and was announced, is the customer's turn.
    """
    if item.clearance == Clearance.WAITS or item.announced:
        return None
    if item.promised is not None and item.promised < today:
        return Late(item, Why.LATE, (today - item.promised).days)
    is_promised_later = item.promised is not None and item.promised > today
    if not is_promised_later and item.waits_too_long(today, holidays):
        return Late(item, Why.PAID, (today - item.waited_since).days)
    if item.promised is not None and item.promised <= add_working_days(today, 1, holidays):
        return Late(item, Why.NEAR)
    return None


def late_list(items: Iterable[PackingItem], today: dt.date, holidays: Container[dt.date]) -> tuple[Late, ...]:
    """All that are, the worst first: by reason, then the day promised or paid."""
    found = [late for item in items if (late := judged(item, today, holidays)) is not None]
    return tuple(sorted(found, key=_rank))


def _rank(late: Late) -> tuple[int, int, dt.date, int]:
    day = late.item.promised or late.item.waited_since
    return _ORDER.index(late.why), -late.days, day, late.item.document_id


def on_time(values: Iterable[Delivered]) -> OnTime | None:
    """What they come to; None for nothing at all."""
    days = [value.days_late for value in values]
    late = [each for each in days if each]
    if not days:
        return None
    return OnTime(len(days), len(days) - len(late), round(sum(late) / len(late), 1) if late else 0.0)


def by_kind(values: Iterable[Delivered]) -> Mapping[ShipmentKind, OnTime]:
    """The same for each way in which goods leave."""
    sorted_: defaultdict[ShipmentKind, list[Delivered]] = defaultdict(list)
    for value in values:
        sorted_[value.kind].append(value)
    return {kind: found for kind in ShipmentKind if (found := on_time(sorted_[kind])) is not None}
