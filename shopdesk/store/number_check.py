"""Every number once and none missing: the counters against the documents that carry their numbers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import Connection, select

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.store import number_ranges
from shopdesk.store.problems import Finding
from shopdesk.store.tables import document, journal, number_counter

_GAP = re.compile(r"\{(year|yy|month|number)(?::0+)?\}")


def verify(connection: Connection) -> list[Finding]:
    """Say for each range and year which numbers are missing or above their counter.

    Numbers in the spelling of an earlier pattern cannot be read back and are left out. A gap that ends at a start
    the owner once set is explained by the journal.
    """
    counters = {(row.range_name, row.year): row.last for row in connection.execute(select(number_counter))}
    starts = _starts(connection)
    findings: list[Finding] = []
    for (name, year), taken in _taken(connection).items():
        counter = counters.get((name, year), 0)
        missing = [
            before + 1
            for before, after in pairwise(sorted(taken))
            if after > before + 1 and after not in starts[name]
        ]
        if counter > max(taken):
            missing.append(max(taken) + 1)
        if missing:
            findings.append(_finding("number-missing", name, missing[0]))
        if counter < max(taken):
            findings.append(_finding("counter-behind", name, max(taken)))
    return findings


def _starts(connection: Connection) -> dict[str, set[int]]:
    """The first numbers that were ever set for each range."""
    starts: dict[str, set[int]] = defaultdict(set)
    saved = (journal.c.subject == "number_range") & (journal.c.action == "save")
    for row in connection.execute(select(journal.c.subject_id, journal.c.new).where(saved)):
        starts[row.subject_id].add(json.loads(row.new)["start"])
    return starts


def _taken(connection: Connection) -> dict[tuple[str, int], set[int]]:
    taken: dict[tuple[str, int], set[int]] = defaultdict(set)
    ranges: dict[str, NumberRange] = {}
    for kind, number, year in _numbered(connection):
        range_ = ranges.setdefault(kind, number_ranges.counting(connection, kind))
        match = _reader(range_).fullmatch(number)
        if match:
            taken[range_.name, year if range_.restart_yearly else 0].add(int(match["number"]))
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
