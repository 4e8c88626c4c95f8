"""The report per number range and year: first, last, count, cancelled documents with their reasons, gaps."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict

from sqlalchemy import Connection, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.number_ranges import DEFAULTS, INVOICE, TITLES, NumberRange
from shopdesk.domain.number_reports import Cancelled, RangeYear, Skipped
from shopdesk.store import number_ranges
from shopdesk.store.number_ledger import Ledger, Run, Start, ledgers
from shopdesk.store.tables import document, document_reference


def reports(connection: Connection) -> tuple[RangeYear, ...]:
    """Every range and year with numbers, in the order of the settings, the newest year first."""
    cancelled = _cancelled(connection)
    known = {range_.name: range_ for range_ in number_ranges.load_all(connection)}
    order = list(TITLES)
    found = sorted(ledgers(connection).values(), key=lambda one: (order.index(one.name), -one.year))
    return tuple(_report(ledger, known[ledger.name], cancelled) for ledger in found)


def _report(ledger: Ledger, today: NumberRange, cancelled: dict[int, Cancelled]) -> RangeYear:
    given = [ledger.given[number] for number in sorted(ledger.given)]
    kinds = Counter(DocumentKind(one.kind) for one in given)

    def skipped(run: Run, start: Start | None = None) -> Skipped:
        # spelled like the number behind the gap, or the last one before it
        near = min(given, key=lambda one: (one.number < run[1], abs(one.number - run[1])), default=None)
        range_ = near.range if near else today if today.pattern else DEFAULTS[INVOICE]
        date = near.date if near else dt.date(ledger.year or dt.MINYEAR, 1, 1)
        first, last = (range_.format(number, date) for number in run)
        return Skipped(first, last, run[1] - run[0] + 1, *((start.at, start.who) if start else ()))

    return RangeYear(
        name=ledger.name,
        year=ledger.year,
        count=len(given),
        first=given[0].text if given else "",
        last=given[-1].text if given else "",
        first_date=given[0].date if given else None,
        last_date=given[-1].date if given else None,
        kinds={kind: kinds[kind] for kind in DocumentKind if kinds[kind]},
        explained=tuple(skipped(start.run, start) for start in ledger.starts),
        missing=tuple(skipped(run) for run in ledger.missing()),
        cancelled=tuple(cancelled[one.document_id] for one in given if one.document_id in cancelled),
        unread=ledger.unread,
    )


def _cancelled(connection: Connection) -> dict[int, Cancelled]:
    """What was cancelled, by the id of the cancelled document."""
    originals: dict[int, list[int]] = defaultdict(list)
    by = document.alias()
    statement = (
        select(document_reference.c.document_id, document_reference.c.referred_id)
        .join(by, by.c.id == document_reference.c.document_id)
        .where(by.c.kind == DocumentKind.CANCELLATION.value, by.c.state == "issued")
    )
    for document_id, referred_id in connection.execute(statement):
        originals[document_id].append(referred_id)
    columns = (document.c.id, document.c.number, document.c.date, document.c.content)
    is_cancellation = document.c.kind == DocumentKind.CANCELLATION.value
    found: dict[int, Cancelled] = {}
    for row in connection.execute(select(*columns).where(is_cancellation, document.c.state == "issued")):
        reason = str(json.loads(row.content or "{}").get("reason", ""))
        for original in _numbers(connection, originals[row.id]):
            found[original[0]] = Cancelled(original[1], original[2], row.number, _day(row.date), reason)
    return found


def _numbers(connection: Connection, ids: list[int]) -> list[tuple[int, str, dt.date | None]]:
    statement = select(document.c.id, document.c.number, document.c.date).where(document.c.id.in_(ids))
    return [(row.id, row.number or "", _day(row.date)) for row in connection.execute(statement)]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
