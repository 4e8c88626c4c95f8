"""What a number range gave in a year: first, last, count, what was cancelled, what is missing (RELIABILITY.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from shopdesk.domain.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Skipped:
    """Numbers that nobody carries, as printed. `who` raised the start at `at`; empty where nothing explains them."""

    first: str
    last: str
    count: int
    at: dt.datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A document that another one cancels, and why in the owner's words."""

    number: str
    date: dt.date | None
    cancelled_by: str
    cancelled_on: dt.date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RangeYear:
    """One range in one year (0: it never restarts). `unread` numbers are spelled in a way nobody knows any more."""

    name: str
    year: int
    count: int = 0
    first: str = ""
    last: str = ""
    first_date: dt.date | None = None
    last_date: dt.date | None = None
    kinds: Mapping[DocumentKind, int] = field(default_factory=dict)
    explained: tuple[Skipped, ...] = ()
    missing: tuple[Skipped, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    unread: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every number is there or explained."""
        return not self.missing
