"""Heute's rows about payment reminders: how many letters are due and how much is open, and bills to be cancelled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from shopdesk.domain.money import Money
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_advance import NOT_STOPPED, reminder_rules
from shopdesk.store.first_rows_parts import Wanted
from shopdesk.store.first_rows_payments import FOLLOWED, LATE, OPEN

if TYPE_CHECKING:
    from shopdesk.domain.payment_reminders import ReminderRules, Step

_MOST = 1_000  # bills that are looked at
_ROWS = f"""
    SELECT d.id, d.customer_id, d.due, json_extract(d.content, '$.prepay'), d.currency, {OPEN},
        (SELECT max(r.level) FROM payment_reminder_bill r WHERE r.bill_id = d.id AND r.taken_back_at IS NULL),
        (SELECT max(r.day || ' ' || coalesce(r.until, '')) FROM payment_reminder_bill r
         WHERE r.bill_id = d.id AND r.taken_back_at IS NULL),
        d.number, d.recipient
    {LATE} AND {NOT_STOPPED}
    ORDER BY d.due, d.id LIMIT {_MOST}
"""  # noqa: S608 - our own words


def reminders(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """One row where somebody is to be reminded today; each customer and level is one letter.

    Without an amount more are overdue than were looked at. A bill in advance that was reminded of and not paid has a
    row of its own: it is to be cancelled.
    """
    has_payments, since = connection.execute(FOLLOWED).fetchone()
    if not has_payments:
        return []
    today = wanted.now.date()
    rows = connection.execute(_ROWS, (today.isoformat(), since or "", today.isoformat())).fetchall()
    return _due(connection, rows, today) if rows else []


def _due(connection: Any, rows: list[Any], today: dt.date) -> list[TodayItem]:
    """How many letters, and what is open on those in the currency of the first; then what is to be cancelled."""
    from shopdesk.domain.payment_reminders import StepKind

    rules = reminder_rules(connection)
    letters: set[tuple[object, ...]] = set()
    total, found = Money(0, rows[0][4]), []
    for row in rows:
        row_id, customer_id, _due_day, prepay, currency, left = row[:6]
        step = _step(row, rules, today)
        if step is None or step.kind == StepKind.ENDED:
            continue
        if step.kind == StepKind.CANCEL:
            found.append(_to_be_cancelled(row))
            continue
        alone = row_id if prepay or customer_id is None else 0
        letters.add((customer_id, step.level, currency, alone))
        if currency == total.currency:
            total += Money(left, currency)
    if letters:
        kind = TodayKind.PAYMENT_REMINDERS
        amount = total if len(rows) < _MOST else None  # no part is told as if it were the whole
        found.append(TodayItem(kind, 0, "", due=today, times=len(letters), amount=amount))
    return found


def _step(row: Any, rules: ReminderRules, today: dt.date) -> Step | None:
    from shopdesk.domain.payment_reminders import History, next_step

    day, _, until = (row[7] or "").partition(" ")
    history = History(row[6] or 0, _day(day), _day(until))
    return next_step(dt.date.fromisoformat(row[2]), history, rules, today, prepay=bool(row[3]))


def _to_be_cancelled(row: Any) -> TodayItem:
    row_id, customer_id, due, _prepay, currency, left = row[:6]
    return TodayItem(
        TodayKind.ADVANCE_MISSING, row_id, row[8], row[9], since=_moment(due), customer_id=customer_id,
        document_id=row_id, amount=Money(left, currency),
    )  # fmt: skip


def _moment(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
