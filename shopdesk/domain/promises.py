"""Promises (Zusagen): what a customer was told would happen by when, and what became of it (PRODUCT.md, S38, S43)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.later import Later
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.opening_hours import OpeningClock

WARNING = dt.timedelta(hours=2)
"""A promise with a time of day is at risk so long before it, counted in opening hours: nobody is told at night."""
_LONGEST_REST = 14
"""Days: before so long a pause of the shop nobody is warned."""
REMEMBERED = dt.timedelta(days=365)
"""A broken promise stays on the customer's card for so long."""


class PromiseKind(StrEnum):
    """What was promised."""

    CALL_BACK = "call_back"
    DELIVERY = "delivery"
    READY = "ready"
    OTHER = "other"


class PromiseState(StrEnum):
    """What became of it. A moved one is still to be kept, on another date."""

    OPEN = "open"
    MOVED = "moved"
    KEPT = "kept"
    BROKEN = "broken"


class Standing(StrEnum):
    """How an open promise stands, the worst first."""

    LATE = "late"
    AT_RISK = "at_risk"
    FINE = "fine"


class PromiseSettled(ShopError):
    """It was kept or broken already."""

    code = "promise-settled"

    def __init__(self, text: str) -> None:
        words = N_("“{text}” was settled already. Please note a new promise.")
        super().__init__(Message(words, {"text": text}), field="promise")


class PromiseInThePast(ShopError):
    """Nobody can promise yesterday."""

    code = "promise-past"

    def __init__(self) -> None:
        super().__init__(Message(N_("The new date is over already. Please choose a later one.")), field="due")


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. Days and times are the shop's; `due_time` is HH:MM or empty, then the whole day counts.

    `first_due` and `first_time` are what was promised at first; `told_at` is since when the customer knows of a moved
    date; `settled_at` is when it was kept or broken, `later` until when the call about a broken one was put off.
    `risk_from` is from when it is at risk by the clock, frozen with the date; see `risk_from`.
    """

    customer_id: int
    text: str
    due: dt.date
    due_time: str = ""
    kind: PromiseKind = PromiseKind.OTHER
    document_id: int | None = None
    inquiry_id: int | None = None
    first_due: dt.date | None = None
    first_time: str = ""
    state: PromiseState = PromiseState.OPEN
    at_risk: bool = False
    told_at: dt.datetime | None = None
    made_at: dt.datetime | None = None
    settled_at: dt.datetime | None = None
    later: Later | None = None
    risk_from: dt.datetime | None = None
    id: int | None = None
    version: int = 0
    customer_name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state in {PromiseState.OPEN, PromiseState.MOVED}

    @property
    def is_untold(self) -> bool:
        """Whether it was moved and the customer does not know yet."""
        return self.state == PromiseState.MOVED and self.told_at is None


def deadline(due: dt.date, due_time: str, zone: dt.tzinfo | None) -> dt.datetime:
    """Until when it can be kept where the shop is; without a time of day until the end of the day."""
    time = dt.time.fromisoformat(due_time) if due_time else dt.time.max
    return dt.datetime.combine(due, time, zone)


def risk_from(due: dt.date, due_time: str, clock: OpeningClock) -> dt.datetime:
    """From when the customer must be told if the promise does not hold, while somebody is there to tell him.

    Two opening hours before a time of day; without one from the last day before on which the shop is open.
    """
    until = deadline(due, due_time, clock.zone)
    if due_time:
        since = until - dt.timedelta(days=_LONGEST_REST)
        spans = clock.open_before(since, until, WARNING // dt.timedelta(minutes=1))
        return min(spans[0][0] if spans else until, until - WARNING)
    before = (due - dt.timedelta(days) for days in range(1, _LONGEST_REST + 1))
    day = next((day for day in before if clock.open_on(day)), due - dt.timedelta(1))
    return dt.datetime.combine(day, dt.time(), clock.zone)


def standing(
    due: dt.date,
    due_time: str,
    now: dt.datetime,
    *,
    at_risk: bool = False,
    risk_from: dt.datetime | None = None,
) -> Standing:
    """How it stands at `now`, in the shop's own time.

    At risk is what the owner marked so, and what `risk_from` says; where that is not known, what is due within two
    hours, and what is due today or tomorrow without a time: the customer can still be told before the date.
    """
    until = deadline(due, due_time, now.tzinfo)
    if now > until:
        return Standing.LATE
    if risk_from is not None:
        is_near = now >= risk_from
    else:
        is_near = until - now <= WARNING if due_time else (due - now.date()).days <= 1
    return Standing.AT_RISK if at_risk or is_near else Standing.FINE
