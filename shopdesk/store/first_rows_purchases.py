"""Heute's rows about purchase orders: no confirmation, not come in, later than promised, there and nobody told.

Reads through the plain driver, as the other sources do.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain.later import from_text as later_from
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_channels import back_at
from shopdesk.store.first_rows_parts import Wanted, with_more
from shopdesk.store.purchase_stories import known, unwanted

_WANTED = "p.deleted_at IS NULL AND p.ordered_at IS NOT NULL AND p.cancelled_at IS NULL AND p.later <= ?"
_COLUMNS = """
    SELECT p.id, p.number, coalesce(s.name, ''), p.commission, p.customer_id, p.document_id, p.version, p.ordered_at,
           p.later, p.confirmed
"""
_FROM = "FROM purchase_order p LEFT JOIN supplier s ON s.id = p.supplier_id"
_UNCONFIRMED = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.confirmed = '' AND p.ordered_at < ?
    AND NOT {unwanted("p")}
"""
_OVERDUE = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.confirmed <> '' AND p.confirmed < ?
    AND NOT {unwanted("p")}
"""
_READY = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at > ? AND p.told_at IS NULL AND p.customer_id IS NOT NULL
    AND p.deliver_to <> 'customer' AND NOT {known("p")} AND NOT {unwanted("p")}
"""
_UNWANTED = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.customer_id IS NOT NULL AND {unwanted("p")}
"""
# A promise that is near stands in Heute anyway, and its line proposes the same day.
_DELAYED = """
    FROM purchase_order p JOIN promise m ON m.id = p.promise_id JOIN customer c ON c.id = m.customer_id
    WHERE p.deleted_at IS NULL AND p.cancelled_at IS NULL AND p.arrived_at IS NULL AND p.ready_on > m.due
    AND m.settled_at IS NULL AND m.deleted_at IS NULL AND c.deleted_at IS NULL AND m.due > ?
    GROUP BY m.id
"""
_DELAYED_ROWS = f"""
    SELECT m.id, m.text, m.due, m.due_time, m.customer_id, m.document_id, m.version, max(p.ready_on), p.number,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name))
    {_DELAYED} ORDER BY m.due, m.id LIMIT ?
"""
_RULE = "SELECT json_extract(value, '$.unconfirmed_days') FROM setting WHERE name = 'purchases'"
_USUAL_DAYS = 3
_SATURDAY = 5
_YEAR = dt.timedelta(days=365)


def unconfirmed(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was ordered some working days ago and the supplier has not answered."""
    found = connection.execute(_RULE).fetchone()
    days = found[0] if found and found[0] is not None else _USUAL_DAYS
    before = _working_days_before(wanted.now.date(), days)
    values = (_until(wanted), (before + dt.timedelta(1)).isoformat())
    return _orders(connection, wanted, TodayKind.PURCHASE_OPEN, _UNCONFIRMED, values)


def overdue(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What the supplier should have delivered before today."""
    values = (_until(wanted), wanted.now.date().isoformat())
    return _orders(connection, wanted, TodayKind.PURCHASE_LATE, _OVERDUE, values, "confirmed")


def ready(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is there while the customer does not know yet; who was not told within a year is not asked about."""
    values = (_until(wanted), (wanted.now - _YEAR).astimezone(dt.UTC).isoformat())
    return _orders(connection, wanted, TodayKind.PURCHASE_READY, _READY, values, "arrived_at")


def not_wanted(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is ordered for a customer who has cancelled since."""
    return _orders(connection, wanted, TodayKind.PURCHASE_UNWANTED, _UNWANTED, (_until(wanted),))


def _orders(
    connection: Any,
    wanted: Wanted,
    kind: TodayKind,
    open_rows: str,
    values: tuple[str, ...],
    order: str = "ordered_at",
) -> list[TodayItem]:
    """The rows of one kind; what is late has its day."""
    statement = f"{_COLUMNS} {open_rows} ORDER BY p.{order}, p.id LIMIT ?"
    is_late = kind == TodayKind.PURCHASE_LATE
    items = [
        _item(kind, row, wanted.now, is_late=is_late)
        for row in connection.execute(statement, (*values, wanted.limit(kind)))
    ]
    return with_more(connection, items, kind, wanted, open_rows, values)


def delayed(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What a supplier confirms for later than the customer was promised, while there is time to say so (S43)."""
    near = max(wanted.until, wanted.now.date() + dt.timedelta(1)).isoformat()
    kind = TodayKind.PURCHASE_DELAY
    rows = connection.execute(_DELAYED_ROWS, (near, wanted.limit(kind)))
    items = [
        TodayItem(
            kind, promise_id, text, name or number, due=dt.date.fromisoformat(due),
            due_time=due_time, customer_id=customer_id, document_id=document_id, version=version, at_risk=True,
            new_due=dt.date.fromisoformat(ready_on),
        )
        for promise_id, text, due, due_time, customer_id, document_id, version, ready_on, number, name in rows
    ]  # fmt: skip
    return with_more(connection, items, kind, wanted, _DELAYED, (near,))


def _until(wanted: Wanted) -> str:
    return f"{wanted.until.isoformat()} {wanted.until_time}"


def _working_days_before(day: dt.date, count: int) -> dt.date:
    for _ in range(count):
        day -= dt.timedelta(1)
        while day.weekday() >= _SATURDAY:
            day -= dt.timedelta(1)
    return day


def _item(kind: TodayKind, row: Any, now: dt.datetime, *, is_late: bool) -> TodayItem:
    row_id, number, supplier, commission, customer_id, document_id, version, ordered_at, later, confirmed = (
        row
    )
    detail = " · ".join(part for part in (supplier, commission) if part)
    return TodayItem(
        kind, row_id, number, detail, due=dt.date.fromisoformat(confirmed) if is_late else None,
        since=dt.datetime.fromisoformat(ordered_at),
        customer_id=customer_id, document_id=document_id, version=version, back_at=back_at(later_from(later), now),
    )  # fmt: skip
