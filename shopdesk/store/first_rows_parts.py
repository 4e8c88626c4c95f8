"""What all sources of Heute's rows share: what is wanted, and the row that tells how many more there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shopdesk.domain.periods import Period
from shopdesk.domain.today import TodayItem, TodayKind

LIMIT = 200
"""Rows of each kind, unless the owner wants more of one."""
COUNTED_UP_TO = 10_000

OF_STORY = """
    h.deleted_at IS NULL AND h.document_id IN (
        SELECT o.document_id FROM shipment_demand o WHERE o.root_id = s.root_id)
"""
"""The shipment h takes goods of the story of the demand s."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Up to and including which day; `now` is the shop's own time.

    `month_end` is the month whose end is asked for, if any; `limits` are other numbers of rows by kind.
    """

    until: dt.date
    now: dt.datetime
    month_end: Period | None = None
    limits: Mapping[TodayKind, int] = field(default_factory=dict)

    @property
    def until_time(self) -> str:
        """What was put off is shown when its time is not after this one, on the last of the days."""
        return f"{self.now:%H:%M}" if self.until <= self.now.date() else "24:00"

    def limit(self, kind: TodayKind) -> int:
        """How many rows of this kind."""
        return self.limits.get(kind, LIMIT)


def with_more(
    connection: Any,
    items: list[TodayItem],
    kind: TodayKind,
    wanted: Wanted,
    open_rows: str,
    values: tuple[Any, ...],
    *,
    is_full: bool = False,
) -> list[TodayItem]:
    """The rows, and where there are more than wanted one that tells how many; `open_rows` is FROM … WHERE …

    With `is_full` there may be more although fewer are given: others were read and left out.
    """
    limit = wanted.limit(kind)
    if len(items) < limit and not is_full:
        return items
    counted = f"SELECT count(*) FROM (SELECT 1 {open_rows} LIMIT ?)"  # noqa: S608 - constants of this package
    (count,) = connection.execute(counted, (*values, COUNTED_UP_TO)).fetchone()
    rest = count - len(items)
    if rest <= 0:
        return items
    return [*items, TodayItem(TodayKind.MORE, limit, kind.value, times=rest, about=kind)]
