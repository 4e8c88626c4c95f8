"""The bills of a period in the database, their files, and the numbers that were taken."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.month_end import LISTED, KindSum, NumberReport, numbers_of
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.domain.periods import Period
from shopdesk.store import number_ranges
from shopdesk.store.tables import document, document_file, journal

_GAP = re.compile(r"\{(year|yy|month|number)(?::0+)?\}")
_SHAPES = {"year": r"\d{4}", "yy": r"\d\d", "month": r"\d\d?", "number": r"(?P<number>\d+)"}


def _within(period: Period, state: str = "issued") -> ColumnElement[bool]:
    # every kind by name: else the index over kind, state and date is not used
    return (
        document.c.kind.in_(sorted(LISTED))
        & (document.c.state == state)
        & document.c.date.between(period.first.isoformat(), period.last.isoformat())
    )


def bill_ids(connection: Connection, period: Period) -> tuple[int, ...]:
    """The issued bills of the period in the order in which they were issued, day by day."""
    order = (document.c.date, document.c.issued_at, document.c.id)
    return tuple(connection.scalars(select(document.c.id).where(_within(period)).order_by(*order)))


def kind_sums(connection: Connection, period: Period) -> tuple[KindSum, ...]:
    """How many of each kind and what they come to: counted by the database, not out of the documents."""
    sign = case((document.c.kind == DocumentKind.CREDIT_NOTE.value, -1), else_=1)
    columns = (document.c.kind, document.c.currency)
    rows = connection.execute(
        select(
            *columns,
            func.count().label("bills"),
            func.sum(document.c.net * sign).label("net"),
            func.sum(document.c.gross * sign).label("gross"),
        )
        .where(_within(period))
        .group_by(*columns)
    )
    order = list(DocumentKind)
    found = [
        KindSum(
            DocumentKind(r.kind), r.currency, r.bills, Money(r.net, r.currency), Money(r.gross, r.currency)
        )
        for r in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.currency, order.index(one.kind))))


def drafts(connection: Connection, period: Period) -> int:
    """How many drafts of bills are dated within the period."""
    return connection.scalar(select(func.count()).where(_within(period, "draft"))) or 0


def size_of_files(connection: Connection, period: Period) -> int:
    """How many bytes the stored files of the bills have together."""
    files = document_file.join(document, document.c.id == document_file.c.document_id)
    total = select(func.sum(func.length(document_file.c.data))).select_from(files).where(_within(period))
    return connection.scalar(total) or 0


@dataclass(slots=True)
class _Counter:
    """What is known of one range in one year."""

    inside: dict[int, str]
    everywhere: set[int]
    unread: int = 0


def number_reports(connection: Connection, period: Period) -> tuple[NumberReport, ...]:
    """For each range that numbered a bill in the period: first, last, count and what is missing."""
    ranges = {kind: number_ranges.for_kind(connection, kind) for kind in sorted(LISTED)}
    counters = _counters(connection, period, ranges)
    reports = []
    for (name, year), counter in sorted(counters.items()):
        if not counter.inside and not counter.unread:
            continue
        below = min(counter.inside, default=0)
        last_before = max((number for number in counter.everywhere if number < below), default=0)
        left_out = _left_out(connection, name, counter.everywhere)
        known = frozenset(counter.everywhere)
        reports.append(numbers_of(name, year, counter.inside, last_before, known, counter.unread, left_out))
    return tuple(reports)


def _counters(
    connection: Connection, period: Period, ranges: dict[DocumentKind, NumberRange]
) -> dict[tuple[str, int], _Counter]:
    first, last = period.first.isoformat(), period.last.isoformat()
    readers = {range_.name: _reader(range_) for range_ in ranges.values()}
    counters: dict[tuple[str, int], _Counter] = defaultdict(lambda: _Counter({}, set()))
    for kind, number, date in _numbered(connection, period, ranges):
        range_ = ranges[DocumentKind(kind)]
        counter = counters[range_.name, int(date[:4]) if range_.restart_yearly else 0]
        match = readers[range_.name].fullmatch(number)
        if match is None:
            counter.unread += first <= date <= last
            continue
        counter.everywhere.add(int(match["number"]))
        if first <= date <= last:
            counter.inside[int(match["number"])] = number
    return counters


def _numbered(
    connection: Connection, period: Period, ranges: dict[DocumentKind, NumberRange]
) -> Iterator[tuple[str, str, str]]:
    """The numbers of the years of the period; of a range that never restarts all of them."""
    years = (f"{period.first.year}-01-01", f"{period.last.year}-12-31")
    for kind, range_ in ranges.items():
        same_range = document.c.kind == kind.value
        statement = select(document.c.kind, document.c.number, document.c.date).where(
            same_range, document.c.state == "issued"
        )
        if range_.restart_yearly:
            statement = statement.where(document.c.date.between(*years))
        for row in connection.execute(statement):
            yield row.kind, row.number, row.date


def _left_out(connection: Connection, name: str, taken: set[int]) -> list[tuple[int, int]]:
    """Runs of numbers the owner left out when he set a higher start; the journal says so."""
    saved = (journal.c.subject == "number_range") & (journal.c.action == "save")
    rows = connection.scalars(select(journal.c.new).where(saved, journal.c.subject_id == name))
    starts = {json.loads(new)["start"] for new in rows}
    return [
        (max((number for number in taken if number < start), default=0) + 1, start - 1) for start in starts
    ]


def _reader(range_: NumberRange) -> re.Pattern[str]:
    parts = _GAP.split(range_.pattern)
    return re.compile("".join(_SHAPES[part] if i % 2 else re.escape(part) for i, part in enumerate(parts)))
