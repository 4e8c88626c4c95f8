"""Heute's rows about goods that are paid and still here (S38); those past their day are in `first_rows_late`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.domain.unshipped import late_before
from shopdesk.store.first_rows_parts import OF_STORY, Wanted, with_more
from shopdesk.store.open_to_leave import OPEN

_PAID_ON = """
    (SELECT max(p.day) FROM payment_allocation a JOIN payment p ON p.id = a.payment_id
     WHERE a.document_id = d.id AND a.deleted_at IS NULL AND p.deleted_at IS NULL)
"""
# what has a later day on the paper, or stands on a delivery round of today or later, is not late yet. A postage
# line says that it is to be sent; a shop that has shipped before means it for all its goods
_LATE = f"""
    FROM shipment_demand s JOIN document d ON d.id = s.document_id
    WHERE s.is_open = 1 AND s.fulfilment IN ('ship', 'deliver') AND coalesce(s.delivery_date, d.date) = d.date
    AND {_PAID_ON} < ? AND ({OPEN}) <= 0
    AND (EXISTS (SELECT 1 FROM shipment)
         OR EXISTS (SELECT 1 FROM document_line l WHERE l.document_id = d.id AND l.kind = 'postage'))
    AND NOT EXISTS (
        SELECT 1 FROM shipment h WHERE {OF_STORY} AND h.planned_for >= ? AND h.state IN ('planned', 'packed'))
"""  # noqa: S608 - our own words
_ROWS = f"""
    SELECT d.id, d.number, d.recipient, d.customer_id, d.title, {_PAID_ON} AS paid_on {_LATE}
    ORDER BY paid_on, d.id LIMIT ?
"""


def unshipped(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was paid more than a working day ago, the oldest first; holidays are looked at by who asks."""
    today = wanted.now.date()
    values = (late_before(today, ()).isoformat(), today.isoformat())
    rows = connection.execute(_ROWS, (*values, wanted.limit(TodayKind.UNSHIPPED))).fetchall()
    return with_more(connection, [_item(row) for row in rows], TodayKind.UNSHIPPED, wanted, _LATE, values)


def _item(row: Any) -> TodayItem:
    row_id, number, recipient, customer_id, title, paid_on = row
    detail = " · ".join(part for part in (recipient, title) if part)
    day = dt.date.fromisoformat(paid_on)
    return TodayItem(
        TodayKind.UNSHIPPED, row_id, number, detail, due=day, customer_id=customer_id, document_id=row_id,
    )  # fmt: skip
