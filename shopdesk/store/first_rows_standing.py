"""Heute's rows about standing orders: drafts that are ready, and what did not go by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted, with_more

_DRAFTS = """
    SELECT count(*), min(d.id), min(d.recipient), min(s.due), count(DISTINCT r.document_id)
    FROM standing_order_date s JOIN document d ON d.id = s.document_id
    LEFT JOIN repeated_order r ON r.document_id = d.id
    WHERE s.state = 'draft' AND d.state = 'draft'
"""
_HELD_BACK = """
    FROM standing_order_date s JOIN document d ON d.id = s.document_id
    WHERE s.state = 'held_back' AND d.state = 'draft'
"""
_HELD_BACK_ROWS = f"""
    SELECT s.id, s.due, s.reason, d.id, d.recipient, d.customer_id {_HELD_BACK} ORDER BY s.due, s.id LIMIT ?
"""


def drafts(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """One row for all drafts; `version` is how many of them have other prices than last time."""
    del wanted
    count, first, recipient, due, changed = connection.execute(_DRAFTS).fetchone()
    if not count:
        return []
    day = dt.date.fromisoformat(due)
    return [
        TodayItem(
            TodayKind.STANDING_ORDERS, first, recipient, since=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
            document_id=first, times=count, version=changed,
        )
    ]  # fmt: skip


def held_back(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was to go by itself and did not, with the reason."""
    kind = TodayKind.STANDING_ORDER_HELD_BACK
    rows = connection.execute(_HELD_BACK_ROWS, (wanted.limit(kind),))
    items = [
        TodayItem(
            kind, row_id, recipient, reason, customer_id=customer_id, document_id=document_id,
            since=dt.datetime.fromisoformat(f"{due}T00:00:00+00:00"),
        )
        for row_id, due, reason, document_id, recipient, customer_id in rows
    ]  # fmt: skip
    return with_more(connection, items, kind, wanted, _HELD_BACK, ())
