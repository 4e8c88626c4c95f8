"""Heute's rows about purchase orders: no confirmation, not come in, later than promised, there and nobody told.

Reads through the plain driver, as the other sources do.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted
from shopdesk.store.purchase_stories import known, unwanted

_WANTED = "p.deleted_at IS NULL AND p.ordered_at IS NOT NULL AND p.cancelled_at IS NULL AND p.later <= ?"
_FROM = """
    SELECT p.id, p.number, coalesce(s.name, ''), p.commission, p.customer_id, p.document_id, p.version, p.ordered_at,
           p.confirmed, p.ready_on
    FROM purchase_order p LEFT JOIN supplier s ON s.id = p.supplier_id
"""
_UNCONFIRMED = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.confirmed = '' AND p.ordered_at < ?
    ORDER BY p.ordered_at LIMIT ?
"""
_OVERDUE = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.confirmed <> '' AND p.confirmed < ?
    ORDER BY p.confirmed LIMIT ?
"""
_READY = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NOT NULL AND p.told_at IS NULL AND p.customer_id IS NOT NULL
    AND p.deliver_to <> 'customer' AND NOT {known("p")} AND NOT {unwanted("p")}
    ORDER BY p.arrived_at LIMIT ?
"""
_UNWANTED = f"""
    {_FROM} WHERE {_WANTED} AND p.arrived_at IS NULL AND p.customer_id IS NOT NULL AND {unwanted("p")}
    ORDER BY p.ordered_at LIMIT ?
"""
# A promise that is near stands in Heute anyway, and its line proposes the same day.
_DELAYED = """
    SELECT m.id, m.text, m.due, m.due_time, m.customer_id, m.document_id, m.version, max(p.ready_on), p.number,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name))
    FROM purchase_order p JOIN promise m ON m.id = p.promise_id JOIN customer c ON c.id = m.customer_id
    WHERE p.deleted_at IS NULL AND p.cancelled_at IS NULL AND p.arrived_at IS NULL AND p.ready_on > m.due
    AND m.settled_at IS NULL AND m.deleted_at IS NULL AND c.deleted_at IS NULL AND m.due > ?
    GROUP BY m.id ORDER BY m.due, m.id LIMIT ?
"""
_RULE = "SELECT json_extract(value, '$.unconfirmed_days') FROM setting WHERE name = 'purchases'"
_USUAL_DAYS = 3
_SATURDAY = 5


def unconfirmed(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was ordered some working days ago and the supplier has not answered."""
    found = connection.execute(_RULE).fetchone()
    days = found[0] if found and found[0] is not None else _USUAL_DAYS
    before = _working_days_before(wanted.now.date(), days)
    values = (_until(wanted), (before + dt.timedelta(1)).isoformat(), wanted.limit(TodayKind.PURCHASE_OPEN))
    return [_item(TodayKind.PURCHASE_OPEN, row) for row in connection.execute(_UNCONFIRMED, values)]


def overdue(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What the supplier should have delivered before today."""
    values = (_until(wanted), wanted.now.date().isoformat(), wanted.limit(TodayKind.PURCHASE_LATE))
    rows = connection.execute(_OVERDUE, values)
    return [_item(TodayKind.PURCHASE_LATE, row, due=dt.date.fromisoformat(row[8])) for row in rows]


def ready(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is there while the customer does not know yet."""
    rows = connection.execute(_READY, (_until(wanted), wanted.limit(TodayKind.PURCHASE_READY)))
    return [_item(TodayKind.PURCHASE_READY, row) for row in rows]


def not_wanted(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is ordered for a customer who has cancelled since."""
    rows = connection.execute(_UNWANTED, (_until(wanted), wanted.limit(TodayKind.PURCHASE_UNWANTED)))
    return [_item(TodayKind.PURCHASE_UNWANTED, row) for row in rows]


def delayed(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What a supplier confirms for later than the customer was promised, while there is time to say so (S43)."""
    near = max(wanted.until, wanted.now.date() + dt.timedelta(1)).isoformat()
    rows = connection.execute(_DELAYED, (near, wanted.limit(TodayKind.PURCHASE_DELAY)))
    return [
        TodayItem(
            TodayKind.PURCHASE_DELAY, promise_id, text, name or number, due=dt.date.fromisoformat(due),
            due_time=due_time, customer_id=customer_id, document_id=document_id, version=version, at_risk=True,
            new_due=dt.date.fromisoformat(ready_on),
        )
        for promise_id, text, due, due_time, customer_id, document_id, version, ready_on, number, name in rows
    ]  # fmt: skip


def _until(wanted: Wanted) -> str:
    return f"{wanted.until.isoformat()} {wanted.until_time}"


def _working_days_before(day: dt.date, count: int) -> dt.date:
    for _ in range(count):
        day -= dt.timedelta(1)
        while day.weekday() >= _SATURDAY:
            day -= dt.timedelta(1)
    return day


def _item(kind: TodayKind, row: Any, due: dt.date | None = None) -> TodayItem:
    row_id, number, supplier, commission, customer_id, document_id, version, ordered_at, *_ = row
    detail = " · ".join(part for part in (supplier, commission) if part)
    return TodayItem(
        kind, row_id, number, detail, due=due, since=dt.datetime.fromisoformat(ordered_at),
        customer_id=customer_id, document_id=document_id, version=version,
    )  # fmt: skip
