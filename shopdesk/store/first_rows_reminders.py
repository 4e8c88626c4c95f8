"""Heute's one row about payment reminders: how many letters are due, and over how much."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from shopdesk.domain.money import Money
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted
from shopdesk.store.first_rows_payments import FOLLOWED, LATE, OPEN

_MOST = 1_000  # bills that are looked at
_ROWS = f"""
    SELECT d.id, d.customer_id, d.due, json_extract(d.content, '$.prepay'), d.currency, {OPEN},
        (SELECT max(r.level) FROM payment_reminder_bill r WHERE r.bill_id = d.id AND r.taken_back_at IS NULL),
        (SELECT max(r.day || ' ' || coalesce(r.until, '')) FROM payment_reminder_bill r
         WHERE r.bill_id = d.id AND r.taken_back_at IS NULL)
    {LATE} AND NOT EXISTS (
        SELECT 1 FROM payment_reminder_stop s
        WHERE s.deleted_at IS NULL AND (s.until IS NULL OR s.until >= ?)
        AND (s.document_id = d.id OR (s.document_id IS NULL AND s.customer_id = d.customer_id)))
    ORDER BY d.due, d.id LIMIT {_MOST}
"""  # noqa: S608 - our own words
_RULES = "SELECT value FROM setting WHERE name = 'payment_reminders'"


def reminders(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """One row where somebody is to be reminded today; each customer and level is one letter."""
    has_payments, since = connection.execute(FOLLOWED).fetchone()
    if not has_payments:
        return []
    today = wanted.now.date()
    rows = connection.execute(_ROWS, (today.isoformat(), since or "", today.isoformat())).fetchall()
    if not rows:
        return []
    letters, amount = _due(connection, rows, today)
    if not letters:
        return []
    item = TodayItem(TodayKind.PAYMENT_REMINDERS, 0, "", due=today, times=letters, amount=amount)
    return [item]


def _due(connection: Any, rows: list[Any], today: dt.date) -> tuple[int, Money]:
    """How many letters, and what is open on those in the currency of the first."""
    from shopdesk.domain.payment_reminders import History, ReminderRules, StepKind, next_step
    from shopdesk.domain.plain import from_plain

    stored = connection.execute(_RULES).fetchone()
    rules = from_plain(ReminderRules, json.loads(stored[0])) if stored else ReminderRules()
    letters: set[tuple[object, ...]] = set()
    total = Money(0, rows[0][4])
    for row_id, customer_id, due, prepay, currency, left, level, last in rows:
        day, _, until = (last or "").partition(" ")
        history = History(level or 0, _day(day), _day(until))
        step = next_step(dt.date.fromisoformat(due), history, rules, today, prepay=bool(prepay))
        if step is None or step.kind == StepKind.ENDED:
            continue
        alone = row_id if prepay or customer_id is None else 0
        letters.add((customer_id, step.kind, step.level, currency, alone))
        if currency == total.currency:
            total += Money(left, currency)
    return len(letters), total


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
