"""Heute's rows about goods that should have left by now: the day on the paper is over, or is today (S38).

A promise that was noted has a row of its own, and what lies ready and was announced is the customer's turn. Only for
shops that ship with shopdesk: who does not would read about every order of the last years. Reads through the plain
driver, as the other sources do.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import OF_STORY, Wanted, with_more
from shopdesk.store.open_to_leave import OPEN

IS_USED = """
    SELECT EXISTS (SELECT 1 FROM shipment WHERE deleted_at IS NULL)
           OR EXISTS (SELECT 1 FROM shipment_demand WHERE settled_at IS NOT NULL)
"""
_LATE = f"""
    FROM shipment_demand s JOIN document d ON d.id = s.document_id
    WHERE s.is_open = 1 AND s.delivery_date <= ? AND s.delivery_date <> d.date AND NOT (s.prepay = 1 AND ({OPEN}) > 0)
    AND NOT EXISTS (
        SELECT 1 FROM shipment h WHERE {OF_STORY} AND h.kind = 'pick_up' AND h.state = 'packed'
        AND h.told_at IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM promise p WHERE p.customer_id = coalesce(
            (SELECT m.survivor_id FROM customer_merge m WHERE m.merged_id = d.customer_id), d.customer_id)
        AND p.kind IN ('delivery', 'ready')
        AND p.settled_at IS NULL AND p.deleted_at IS NULL
        AND (p.document_id IS NULL OR p.document_id = d.id
             OR p.document_id IN (SELECT o.document_id FROM shipment_demand o WHERE o.root_id = s.root_id)))
"""  # noqa: S608 - our own words
_ROWS = f"""
    SELECT d.id, d.number, d.recipient, d.customer_id, s.delivery_date {_LATE}
    ORDER BY s.delivery_date, d.id LIMIT ?
"""


def late(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is late, or due up to the last wanted day, and still in the house."""
    (is_used,) = connection.execute(IS_USED).fetchone()
    if not is_used:
        return []
    values = (wanted.until.isoformat(),)
    rows = connection.execute(_ROWS, (*values, wanted.limit(TodayKind.LATE_SHIPMENT))).fetchall()
    return with_more(connection, [_item(row) for row in rows], TodayKind.LATE_SHIPMENT, wanted, _LATE, values)


def _item(row: Any) -> TodayItem:
    row_id, number, recipient, customer_id, day = row
    return TodayItem(
        TodayKind.LATE_SHIPMENT, row_id, number, recipient, due=dt.date.fromisoformat(day), customer_id=customer_id,
        document_id=row_id,
    )  # fmt: skip
