"""Every number once and none missing: the counters against the documents that carry their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.store import number_ranges
from shopdesk.store.problems import Finding
from shopdesk.store.tables import document, number_counter

_GAP = re.compile(r"\{(year|yy|month|number)(?::0+)?\}")


def verify(connection: Connection) -> list[Finding]:
    """Say for each range and year which numbers are missing or above their counter.

    Numbers in the spelling of an earlier pattern cannot be read back and are left out.
    """
    counters = {(row.range_name, row.year): row.last for row in connection.execute(select(number_counter))}
    findings: list[Finding] = []
    for (name, year), taken in _taken(connection).items():
        counter = counters.get((name, year), 0)
        missing = sorted(set(range(min(taken), max(*taken, counter) + 1)) - taken)
        if missing:
            findings.append(_finding("number-missing", name, missing[0]))
        if counter < max(taken):
            findings.append(_finding("counter-behind", name, max(taken)))
    return findings


def _taken(connection: Connection) -> dict[tuple[str, int], set[int]]:
    taken: dict[tuple[str, int], set[int]] = defaultdict(set)
    ranges: dict[str, NumberRange] = {}
    for kind, number, year in _numbered(connection):
        range_ = ranges.setdefault(kind, number_ranges.load(connection, kind))
        match = _reader(range_).fullmatch(number)
        if match:
            taken[kind, year if range_.restart_yearly else 0].add(int(match["number"]))
    return taken


def _numbered(connection: Connection) -> Iterator[tuple[str, str, int]]:
    rows = connection.execute(
        select(document.c.kind, document.c.number, document.c.date).where(document.c.number.is_not(None))
    )
    for kind, number, date in rows:
        yield kind, number, int((date or "0")[:4])


def _reader(range_: NumberRange) -> re.Pattern[str]:
    shapes = {"year": r"\d{4}", "yy": r"\d\d", "month": r"\d\d?", "number": r"(?P<number>\d+)"}
    parts = _GAP.split(range_.pattern)
    return re.compile("".join(shapes[part] if i % 2 else re.escape(part) for i, part in enumerate(parts)))


def _finding(code: str, name: str, number: int) -> Finding:
    text = N_("The number range “{range}” is broken at {number}. Please restore the last backup.")
    return Finding(code, Message(text, {"range": name, "number": number}))
