"""Which number came when: the journal replayed, so that each gap is either explained or found.

A number range changes in the course of years. The journal holds every change and every issue in their true order,
so a number is read with the pattern that was in force when it was given, whatever the clock said.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, or_, select

from shopdesk.domain.number_ranges import (
    CUSTOMER,
    DEFAULTS,
    INVOICE,
    PURCHASE_ORDER,
    SUGGESTED_APART,
    NumberRange,
    together,
)
from shopdesk.store import moments, number_ranges, plain
from shopdesk.store.tables import document, journal, number_counter

Run = tuple[int, int]
"""Numbers from … to, both included."""


class Given(NamedTuple):
    """A number that a document carries, and the range as it was then."""

    number: int
    text: str
    date: dt.date
    document_id: int
    kind: str
    range: NumberRange


class Start(NamedTuple):
    """Numbers left out because somebody raised the start."""

    run: Run
    at: dt.datetime | None
    who: str


@dataclass(slots=True)
class Ledger:
    """One range in one year (0: it never restarts)."""

    name: str
    year: int
    given: dict[int, Given] = field(default_factory=dict)
    starts: list[Start] = field(default_factory=list)
    counter: int = 0
    highest: int = 0
    unread: int = 0

    def enter(self, one: Given, raised: tuple[dt.datetime | None, str]) -> None:
        """The next number, and what was left out before it."""
        first = one.range.first_in(one.date)
        if self.highest + 1 < first <= one.number:
            self.starts.append(Start((self.highest + 1, first - 1), *raised))
        self.given[one.number] = one
        self.highest = max(self.highest, one.number)

    def missing(self) -> Iterator[Run]:
        """Runs that neither a document nor a raised start accounts for, up to the counter.

        Where a number is spelled in a way nobody knows any more, nothing can be said.
        """
        if self.unread:
            return
        known = [(number, number) for number in self.given] + [start.run for start in self.starts]
        behind = 0
        for first, last in sorted(known):
            if first > behind + 1:
                yield behind + 1, first - 1
            behind = max(behind, last)
        if self.counter > behind:
            yield behind + 1, self.counter


Ledgers = dict[tuple[str, int], Ledger]


class _Ranges:
    """The number ranges as they stood at each entry of the journal."""

    def __init__(self, connection: Connection) -> None:
        self._now: dict[str, NumberRange] = {}
        self._raised: dict[str, tuple[dt.datetime | None, str]] = {}
        self._today = {value.name: value for value in number_ranges.load_all(connection)}

    def changed(self, entry: Row[Any]) -> None:
        """The journal says that a range was stored."""
        value = plain.from_plain(NumberRange, {"name": entry.subject_id, **json.loads(entry.new)})
        self._now[entry.subject_id] = value
        self._raised[entry.subject_id] = (moments.from_text(entry.at), entry.who)

    def raised(self, name: str) -> tuple[dt.datetime | None, str]:
        """When and by whom the range was stored last."""
        return self._raised.get(name, (None, ""))

    def reading(self, kind: str, text: str, date: dt.date) -> tuple[NumberRange, int] | None:
        """The range that gave a number, and the running number; None for a spelling nobody knows any more."""
        for range_ in self._candidates(kind):
            number = range_.read(text, date)
            if number is not None:
                return range_, number
        return None

    def counting(self, kind: str) -> NumberRange:
        """The range that counts for a kind now."""
        return next(self._candidates(kind))

    def _candidates(self, kind: str) -> Iterator[NumberRange]:
        # by the journal first; a row that an earlier program stored without it, then the shipped one
        for known in (self._now, self._today, {}):
            default = together(kind) if kind in SUGGESTED_APART else DEFAULTS[kind]
            own = known.get(kind, default)
            yield own if own.pattern else known.get(INVOICE, DEFAULTS[INVOICE])


def ledgers(connection: Connection) -> Ledgers:
    """Every range and year with its numbers, gaps and counter.

    Customers have gaps by right and are left out; so are purchase orders, which are no tax documents of the shop.
    """
    found: Ledgers = {}
    ranges = _Ranges(connection)
    issued = _issued(connection)
    for entry in connection.execute(_entries(), execution_options={"yield_per": 1000}):
        if entry.subject == "number_range":
            ranges.changed(entry)
        elif entry.subject_id.isdecimal() and (row := issued.pop(int(entry.subject_id), None)):
            _enter(found, ranges, row)
    for row in issued.values():  # without an entry: the journal's own check says more about it
        _enter(found, ranges, row)
    counted = select(number_counter).where(number_counter.c.range_name.not_in((CUSTOMER, PURCHASE_ORDER)))
    for row in connection.execute(counted):
        found.setdefault((row.range_name, row.year), Ledger(row.range_name, row.year)).counter = row.last
    return found


def _issued(connection: Connection) -> dict[int, Any]:
    columns = (document.c.id, document.c.kind, document.c.number, document.c.date)
    statement = select(*columns).where(document.c.number.is_not(None)).order_by(document.c.id)
    return {row.id: row for row in connection.execute(statement) if row.date}


def _entries() -> Select[Any]:
    of_ranges = and_(journal.c.subject == "number_range", journal.c.action == "save")
    of_documents = and_(journal.c.subject == "document", journal.c.action == "issue")
    columns = (journal.c.subject, journal.c.subject_id, journal.c.new, journal.c.at, journal.c.who)
    return select(*columns).where(or_(of_ranges, of_documents)).order_by(journal.c.id)


def _enter(found: Ledgers, ranges: _Ranges, row: Any) -> None:
    date = dt.date.fromisoformat(row.date)
    read = ranges.reading(row.kind, row.number, date)
    range_, number = read or (ranges.counting(row.kind), 0)
    key = range_.name, range_.year_of(date)
    ledger = found.setdefault(key, Ledger(*key))
    if read is None:
        ledger.unread += 1
        return
    ledger.enter(Given(number, row.number, date, row.id, row.kind, range_), ranges.raised(range_.name))
