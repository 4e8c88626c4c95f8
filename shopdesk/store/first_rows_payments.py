"""Heute's rows about money: bank files that were found, and bills that are overdue, once payments are booked here."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from shopdesk.domain.money import Money
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted, with_more

# the index over kind, state and due gives the late ones; what was settled is looked up for each
OPEN = """
    (d.payable + (SELECT coalesce(sum(b.deducted), 0) FROM order_bill b WHERE b.bill_id = d.id)
     - (SELECT coalesce(sum(c.gross), 0) FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
        WHERE r.referred_id = d.id AND c.kind = 'credit_note' AND c.state = 'issued' AND NOT EXISTS (
            SELECT 1 FROM document_reference o WHERE o.document_id = c.id AND o.referred_id < d.id))
     - (SELECT coalesce(sum(a.amount + a.cash_discount + a.written_off), 0) FROM payment_allocation a
        WHERE a.document_id = d.id AND a.deleted_at IS NULL))
"""
LATE = f"""
    FROM document d
    WHERE d.kind IN ('invoice', 'deposit_invoice', 'final_invoice') AND d.state = 'issued' AND d.due < ?
    AND d.date >= ? AND {OPEN} > 0 AND NOT EXISTS (
        SELECT 1 FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
        WHERE r.referred_id = d.id AND c.kind = 'cancellation' AND c.state = 'issued'
    )
"""  # noqa: S608 - our own words
_ROWS = f"""
    SELECT d.id, d.number, d.recipient, d.customer_id, d.due, d.currency, {OPEN} {LATE} ORDER BY d.due, d.id LIMIT ?
"""
FOLLOWED = """
    SELECT EXISTS (SELECT 1 FROM payment),
           (SELECT json_extract(value, '$.since') FROM setting WHERE name = 'payments')
"""


def overdue(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What should have been paid before today, the latest first."""
    has_payments, since = connection.execute(FOLLOWED).fetchone()
    if not has_payments:
        return []
    values = (wanted.now.date().isoformat(), since or "")
    rows = connection.execute(_ROWS, (*values, wanted.limit(TodayKind.OVERDUE))).fetchall()
    return with_more(connection, [_item(row) for row in rows], TodayKind.OVERDUE, wanted, LATE, values)


def _item(row: Any) -> TodayItem:
    row_id, number, recipient, customer_id, due, currency, left = row
    return TodayItem(
        TodayKind.OVERDUE, row_id, number, recipient, due=dt.date.fromisoformat(due), customer_id=customer_id,
        document_id=row_id, amount=Money(left, currency),
    )  # fmt: skip


def found_files(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Bank files of the watched folder that wait to be read."""
    kind, waiting = TodayKind.BANK_FILE, "FROM found_bank_file WHERE done_at IS NULL"
    statement = f"SELECT id, path, version {waiting} ORDER BY id LIMIT ?"
    rows = connection.execute(statement, (wanted.limit(kind),)).fetchall()
    items = [
        TodayItem(kind, row_id, re.split(r"[/\\\\]", path)[-1], path, version=version)
        for row_id, path, version in rows
    ]
    return with_more(connection, items, kind, wanted, waiting, ())


_WAITING = """
    SELECT count(*), sum(e.amount), min(e.currency), max(e.currency) FROM bank_entry e
    WHERE e.amount > 0 AND e.ignored_at IS NULL AND e.detailed_by IS NULL AND NOT EXISTS (
        SELECT 1 FROM payment p WHERE p.id = e.payment_id AND p.deleted_at IS NULL)
"""


def waiting_entries(connection: Any, _wanted: Wanted) -> list[TodayItem]:
    """One row where money of the bank files waits to be booked; without an amount where it is of two currencies."""
    count, total, currency, other = connection.execute(_WAITING).fetchone()
    if not count:
        return []
    amount = Money(total, currency) if currency == other else None
    return [TodayItem(TodayKind.BANK_ENTRIES, 0, "", times=count, amount=amount)]
