"""Heute's rows about orders whose payment in advance does not come: nobody reminds of an order by a letter."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from shopdesk.domain.money import Money
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted, with_more
from shopdesk.store.first_rows_payments import FOLLOWED

if TYPE_CHECKING:
    from shopdesk.domain.payment_reminders import ReminderRules

_RULES = "SELECT value FROM setting WHERE name = 'payment_reminders'"
NOT_STOPPED = """
    NOT EXISTS (
        SELECT 1 FROM payment_reminder_stop s
        WHERE s.deleted_at IS NULL AND (s.until IS NULL OR s.until >= ?)
        AND (s.document_id = d.id OR (s.document_id IS NULL AND s.customer_id = coalesce(
            (SELECT m.survivor_id FROM customer_merge m WHERE m.merged_id = d.customer_id), d.customer_id))))
"""
_DUE = "coalesce(d.due, d.date)"
_LEFT = """
    (d.payable - (SELECT coalesce(sum(b.gross), 0) FROM order_bill l CROSS JOIN document b ON b.id = l.bill_id
        WHERE l.order_id = d.id AND NOT EXISTS (
            SELECT 1 FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
            WHERE r.referred_id = b.id AND c.kind = 'cancellation' AND c.state = 'issued'))
     - (SELECT coalesce(sum(a.amount + a.cash_discount + a.written_off), 0) FROM payment_allocation a
        WHERE a.document_id = d.id AND a.deleted_at IS NULL))
"""
# the list of what is to be shipped knows the few that wait, and that they are paid in advance, without reading all
# orders ever written; where money went back, the owner has decided already
_MISSING = f"""
    FROM shipment_demand w CROSS JOIN document d ON d.id = w.document_id
    WHERE w.is_open = 1 AND w.prepay = 1 AND d.kind = 'order_confirmation'
    AND {_DUE} <= ? AND d.date >= ? AND {NOT_STOPPED} AND {_LEFT} > 0 AND NOT EXISTS (
        SELECT 1 FROM payment_allocation a WHERE a.document_id = d.id AND a.amount < 0 AND a.deleted_at IS NULL)
"""  # noqa: S608 - our own words
_ROWS = f"""
    SELECT d.id, d.number, d.recipient, d.customer_id, {_DUE}, d.currency, {_LEFT} {_MISSING}
    ORDER BY {_DUE}, d.id LIMIT ?
"""


def missing(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Orders of goods that wait for money as long as a bill would wait for its first reminder, the oldest first."""
    has_payments, since = connection.execute(FOLLOWED).fetchone()
    if not has_payments:
        return []
    rules = reminder_rules(connection)
    today, kind = wanted.now.date(), TodayKind.ADVANCE_MISSING
    last = today - dt.timedelta(days=rules.level(1).days)
    values = (last.isoformat(), since or "", today.isoformat())
    rows = connection.execute(_ROWS, (*values, wanted.limit(kind))).fetchall()
    return with_more(connection, [_item(row) for row in rows], kind, wanted, _MISSING, values)


def reminder_rules(connection: Any) -> ReminderRules:
    """What the owner set about payment reminders, read by the plain driver."""
    from shopdesk.domain.payment_reminders import ReminderRules
    from shopdesk.domain.plain import from_plain

    stored = connection.execute(_RULES).fetchone()
    return from_plain(ReminderRules, json.loads(stored[0])) if stored else ReminderRules()


def _item(row: Any) -> TodayItem:
    row_id, number, recipient, customer_id, day, currency, left = row
    since = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    return TodayItem(
        TodayKind.ADVANCE_MISSING, row_id, number, recipient, since=since, customer_id=customer_id,
        document_id=row_id, amount=Money(left, currency),
    )  # fmt: skip
