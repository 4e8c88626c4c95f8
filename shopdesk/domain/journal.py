"""The journal as a reader sees it: who changed what when, with old and new values (GoBD)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry. `name` is what its subject is called today, "" where it is gone; the ids lead there.

    `at` is an aware moment, `zone` where the desk stood. A value is plain JSON; None: there was none.
    """

    id: int
    at: dt.datetime
    zone: str
    who: str
    program_version: str
    action: str
    subject: str
    subject_id: str
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    name: str = ""
    kind: str = ""
    customer_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What is asked for; empty fields ask for nothing. `subjects` are table names, days are those of the shop."""

    subjects: tuple[str, ...] = ()
    who: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some entries, newest first. `following` is where to go on, None at the end; it may come without any entry."""

    entries: tuple[JournalEntry, ...] = field(default=())
    following: int | None = None
