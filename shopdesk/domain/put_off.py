"""Rows of Heute that were put off although nothing behind them has a day of its own: a bill, goods, a reminder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shopdesk.domain.later import from_text
from shopdesk.domain.promises import deadline
from shopdesk.domain.today import TodayItem, TodayKind

FORGOTTEN = dt.timedelta(days=60)
"""So long after its day nobody needs to know any more that a row was put off."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row by its kind and reference; `until` as `Later.text` gives it."""

    kind: TodayKind
    reference: int
    until: str


def shown(
    items: Iterable[TodayItem], put_off: Iterable[PutOff], until: str, zone: dt.tzinfo | None
) -> tuple[TodayItem, ...]:
    """The rows without those that are put off beyond `until` (day and time); what came back at a time says so."""
    later = {(each.kind, each.reference): each.until for each in put_off}
    found = []
    for item in items:
        wanted = later.get((item.kind, item.reference), "")
        if wanted > until:
            continue
        back = from_text(wanted)
        has_time = back is not None and back.time
        found.append(
            replace(item, back_at=deadline(back.day, back.time, zone)) if back and has_time else item
        )
    return tuple(found)


def next_return(put_off: Iterable[PutOff], now: str) -> str:
    """When the first one after `now` is wanted again; empty for none."""
    return min((each.until for each in put_off if each.until > now), default="")
