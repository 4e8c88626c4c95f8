"""Reading the journal: newest first, some entries at a time, found by subject, person, day and text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, func, literal, or_, select

from shopdesk.domain.journal import JournalEntry, JournalFilter, JournalPage
from shopdesk.store import moments
from shopdesk.store.journal_names import ByName, names
from shopdesk.store.tables import journal

_WINDOW = 4000
"""Entries looked through at a time: what a filter rarely meets is told in steps, so nothing waits for the end."""


def page(
    connection: Connection,
    wanted: JournalFilter,
    zone: dt.tzinfo,
    before: int | None,
    limit: int,
    windows: int = 3,
) -> JournalPage:
    """The entries below the id `before` (None: the newest); at most `limit`, after looking through some windows."""
    condition = and_(*_conditions(wanted, zone), *_text(connection, wanted.text))
    lowest, highest = _bounds(connection, wanted, zone)
    upper = min(before - 1 if before is not None else highest, highest)
    found: list[Any] = []
    for _ in range(windows):
        if upper < lowest or len(found) >= limit:
            break
        lower = max(lowest, upper - _WINDOW + 1)
        rows = connection.execute(_between(lower, upper, condition).limit(limit - len(found))).all()
        found += rows
        upper = rows[-1].id - 1 if len(found) >= limit else lower - 1
    entries = _named(connection, found)
    return JournalPage(entries, upper + 1 if upper >= lowest else None)


def every(connection: Connection, wanted: JournalFilter, zone: dt.tzinfo) -> Iterator[JournalEntry]:
    """All entries that fit, newest first; read as they are asked for."""
    before: int | None = None
    while True:
        found = page(connection, wanted, zone, before, 500, windows=10)
        yield from found.entries
        if found.following is None:
            return
        before = found.following


def people(connection: Connection) -> tuple[str, ...]:
    """Everybody who wrote into the journal."""
    # one step of the index per person would need an index; a shop has few people and this reads one short column
    return tuple(connection.scalars(select(journal.c.who).distinct().order_by(journal.c.who)))


def count(connection: Connection) -> int:
    """How many entries there are: their ids have no gaps."""
    return connection.scalar(select(func.max(journal.c.id))) or 0


def _between(lower: int, upper: int, condition: ColumnElement[bool]) -> Select[Any]:
    columns = [column for column in journal.c if column.name not in {"hash", "previous_hash"}]
    statement = select(*columns).where(journal.c.id >= lower, journal.c.id <= upper, condition)
    return statement.order_by(journal.c.id.desc())


def _bounds(connection: Connection, wanted: JournalFilter, zone: dt.tzinfo) -> tuple[int, int]:
    lowest, highest = 1, count(connection)
    start, end = _moments(wanted, zone)
    if start:
        lowest = connection.scalar(select(func.min(journal.c.id)).where(journal.c.at >= start)) or highest + 1
    if end:
        highest = connection.scalar(select(func.max(journal.c.id)).where(journal.c.at < end)) or 0
    return lowest, highest


def _moments(wanted: JournalFilter, zone: dt.tzinfo) -> tuple[str, str]:
    def midnight(day: dt.date) -> str:
        return moments.to_text(dt.datetime.combine(day, dt.time(), zone))

    start = midnight(wanted.first) if wanted.first else ""
    end = midnight(wanted.last + dt.timedelta(1)) if wanted.last and wanted.last < dt.date.max else ""
    return start, end


def _conditions(wanted: JournalFilter, zone: dt.tzinfo) -> Iterator[ColumnElement[bool]]:
    yield literal(value=True)
    if wanted.subjects:
        yield journal.c.subject.in_(wanted.subjects)
    if wanted.who:
        yield journal.c.who == wanted.who
    start, end = _moments(wanted, zone)  # again beside the bounds: a clock may have gone back
    if start:
        yield journal.c.at >= start
    if end:
        yield journal.c.at < end


def _text(connection: Connection, text: str) -> Iterator[ColumnElement[bool]]:
    """Entries with each typed word in their values, and those about a document or customer of that name."""
    for word in text.split():
        hits = [column.contains(word, autoescape=True) for column in (journal.c.old, journal.c.new)]
        hits.append(journal.c.subject_id == literal(word, String))
        for subject, ids in ByName(connection, word).ids():
            hits.append(and_(journal.c.subject == subject, journal.c.subject_id.in_(ids)))
        yield or_(*hits)


def _named(connection: Connection, rows: Iterable[Any]) -> tuple[JournalEntry, ...]:
    found = list(rows)
    known = names(connection, {(row.subject, row.subject_id) for row in found})
    return tuple(_entry(row, known.get((row.subject, row.subject_id), {})) for row in found)


def _entry(row: Any, about: Mapping[str, Any]) -> JournalEntry:
    return JournalEntry(
        id=row.id,
        at=moments.from_text(row.at),
        zone=row.zone,
        who=row.who,
        program_version=row.program_version,
        action=row.action,
        subject=row.subject,
        subject_id=row.subject_id,
        old=json.loads(row.old) if row.old else None,
        new=json.loads(row.new) if row.new else None,
        **about,
    )
