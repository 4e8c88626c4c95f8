"""What is left of a clock that runs only while the shop is open, from its last open hours: needs no calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

Interval = tuple[dt.datetime, dt.datetime]

LAST_HOUR = 60
"""Minutes before the end in which a clock counts down; before that it tells the time at which it is over."""


def time_left(spans: Sequence[Interval], now: dt.datetime) -> dt.timedelta:
    """How much of the open spans is still to come; from their beginning on this is what is left of the clock."""
    return sum((max(dt.timedelta(), end - max(start, now)) for start, end in spans), dt.timedelta())


def has_begun(spans: Sequence[Interval], now: dt.datetime) -> bool:
    """Whether what is left can be told from the spans."""
    return bool(spans) and spans[0][0] <= now


def moment_with_left(spans: Sequence[Interval], minutes: int) -> dt.datetime | None:
    """The first moment at which not more than so many minutes are left; the spans' beginning where all are fewer."""
    if not spans:
        return None
    left = dt.timedelta(minutes=minutes)
    for start, end in reversed(spans):
        if end - start > left:
            return end - left
        left -= end - start
    return spans[0][0]


def as_text(spans: Sequence[Interval]) -> str:
    """As they are stored."""
    return " ".join(
        f"{start.astimezone(dt.UTC).isoformat()}/{end.astimezone(dt.UTC).isoformat()}" for start, end in spans
    )


def from_text(text: str) -> tuple[Interval, ...]:
    """What `as_text` gave."""
    pairs = (part.split("/") for part in text.split())
    return tuple((dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end)) for start, end in pairs)
