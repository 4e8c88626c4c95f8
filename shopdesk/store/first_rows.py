"""Heute's rows through the plain driver: the first paint must not wait for SQLAlchemy (PERFORMANCE.md, "Start")."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from shopdesk.domain.periods import Period, reference_of
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.connection import open_for_reading

LIMIT = 200

_FOLLOW_UPS = """
    SELECT f.id, f.due, f.due_time, f.text, f.customer_id, f.document_id, f.version,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name)) AS name
    FROM follow_up f LEFT JOIN customer c ON c.id = f.customer_id
    WHERE f.due <= ? AND f.done_at IS NULL AND f.deleted_at IS NULL AND c.deleted_at IS NULL
    ORDER BY f.due, f.due_time, f.id LIMIT ?
"""
# A number that only one customer has names him, also when he became one after the call. A row is over when the owner
# has noted a call with him since; what the program itself notes has a title.
_MISSED_CALLS = """
    SELECT m.id, m.shown, m.times, m.due, m.due_time, m.version, c.id,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name)) AS name
    FROM missed_call m LEFT JOIN customer c ON c.deleted_at IS NULL AND c.id = coalesce(m.customer_id, (
        SELECT min(p.customer_id) FROM customer_phone p JOIN customer o ON o.id = p.customer_id
        WHERE p.e164 = m.number AND o.deleted_at IS NULL HAVING count(DISTINCT p.customer_id) = 1
    ))
    WHERE m.done_at IS NULL AND m.due <= ? AND NOT EXISTS (
        SELECT 1 FROM timeline_entry t WHERE t.customer_id = c.id AND t.kind = 'call' AND t.title = ''
            AND t.at > m.last_at AND t.deleted_at IS NULL
    )
    ORDER BY m.due, m.id LIMIT ?
"""
_MAILS = """
    SELECT o.id, o.state, o.subject, o.recipient, o.customer_id, o.document_id, o.version, o.changed_at,
           o.state = 'failed' AND json_valid(o.reason) AND json_extract(o.reason, '$.code') = 'mail-postponed'
    FROM outbox o WHERE o.state IN ('failed', 'unclear', 'queued', 'handed_over')
    ORDER BY o.id LIMIT ?
"""
# every kind by name: else the index over kind and state is not used, and each start reads all documents
_UNSENT = """
    SELECT d.id, d.recipient, d.title, d.customer_id, d.version, d.updated_at FROM document d
    WHERE d.kind IN (
        'quote', 'order_confirmation', 'delivery_note', 'invoice', 'deposit_invoice', 'final_invoice', 'cancellation',
        'credit_note', 'payment_reminder'
    ) AND d.state = 'draft' AND json_extract(d.content, '$.sending') = 1
    ORDER BY d.updated_at LIMIT ?
"""
_BILLS = """
    SELECT (SELECT value FROM setting WHERE name = 'month_end'), EXISTS (
        SELECT 1 FROM document WHERE kind IN (
            'invoice', 'deposit_invoice', 'final_invoice', 'cancellation', 'credit_note'
        ) AND state = 'issued' AND date BETWEEN ? AND ?
    )
"""
_UNCONFIRMED = """
    SELECT d.id, d.number, d.recipient, v.vat_id, d.customer_id, d.version, d.issued_at, EXISTS (
        SELECT 1 FROM vat_id_check k WHERE k.day >= v.wanted_on AND k.vat_id = v.vat_id AND k.result = 'invalid'
    )
    FROM vat_confirmation v JOIN document d ON d.id = v.document_id
    WHERE v.check_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM document_reference r JOIN document c ON c.id = r.document_id
        WHERE r.referred_id = d.id AND c.kind = 'cancellation' AND c.state = 'issued'
    )
    ORDER BY d.id LIMIT ?
"""
_SUMS = """
    SELECT year, distance, gross FROM turnover_year WHERE year IN (?, ?) AND currency = 'EUR'
"""
_ABOUT_LIMITS = """
    SELECT json_extract(profile.value, '$.seller.small_business'), json_extract(profile.value, '$.oss'), seen.value
    FROM setting AS profile LEFT JOIN setting AS seen ON seen.name = 'meters_seen' WHERE profile.name = 'profile'
"""
_NEAR = 8_000_00  # cents from which any meter may be worth a row; below, nothing more is loaded
_MAIL_KINDS = {
    "failed": TodayKind.MAIL_FAILED,
    "unclear": TodayKind.MAIL_UNCLEAR,
    "handed_over": TodayKind.MAIL_UNCLEAR,
    "queued": TodayKind.MAIL_WAITING,
}


def today_items(
    path: Path | str, until: dt.date, month_end: Period | None = None, year: int = 0
) -> tuple[TodayItem, ...]:
    """Everything that needs the owner up to and including the day, not yet ranked; at most LIMIT of each kind.

    `month_end` is the month whose end is asked for, if any; `year` is today's, for the limits of OSS and § 19 UStG.
    """
    connection = open_for_reading(path)
    try:
        items = [_follow_up(row) for row in connection.execute(_FOLLOW_UPS, (until.isoformat(), LIMIT))]
        items += [_missed_call(row) for row in connection.execute(_MISSED_CALLS, (until.isoformat(), LIMIT))]
        items += [_mail(row) for row in connection.execute(_MAILS, (LIMIT,))]
        items += [_unsent(row) for row in connection.execute(_UNSENT, (LIMIT,))]
        items += [_unconfirmed(row) for row in connection.execute(_UNCONFIRMED, (LIMIT,))]
        items += _month_end(connection, month_end) if month_end else []
        items += _limits(connection, year) if year else []
    finally:
        connection.close()
    return tuple(items)


def _follow_up(row: Any) -> TodayItem:
    row_id, due, due_time, text, customer_id, document_id, version, name = row
    return TodayItem(
        TodayKind.FOLLOW_UP, row_id, text, name or "", dt.date.fromisoformat(due), due_time,
        customer_id=customer_id, document_id=document_id, version=version,
    )  # fmt: skip


def _missed_call(row: Any) -> TodayItem:
    row_id, number, times, due, due_time, version, customer_id, name = row
    return TodayItem(
        TodayKind.MISSED_CALL, row_id, number, name or "", dt.date.fromisoformat(due), due_time,
        customer_id=customer_id, version=version, times=times,
    )  # fmt: skip


def _mail(row: Any) -> TodayItem:
    row_id, state, subject, recipient, customer_id, document_id, version, changed_at, is_postponed = row
    kind = TodayKind.MAIL_WAITING if is_postponed else _MAIL_KINDS[state]  # it is tried again by itself
    return TodayItem(
        kind, row_id, subject, recipient, since=dt.datetime.fromisoformat(changed_at),
        customer_id=customer_id, document_id=document_id, version=version,
    )  # fmt: skip


def _unsent(row: Any) -> TodayItem:
    row_id, recipient, title, customer_id, version, updated_at = row
    return TodayItem(
        TodayKind.NOT_SENT, row_id, recipient, title, since=dt.datetime.fromisoformat(updated_at),
        customer_id=customer_id, document_id=row_id, version=version,
    )  # fmt: skip


def _month_end(connection: Any, month: Period) -> list[TodayItem]:
    days = (month.first.isoformat(), month.last.isoformat())
    stored, has_bills = connection.execute(_BILLS, days).fetchone()
    done = json.loads(stored).get("done", ()) if stored else ()
    if month.name in done or not has_bills:
        return []
    return [TodayItem(TodayKind.MONTH_END, reference_of(month), f"{month.first.month:02}/{month.first.year}")]


def _unconfirmed(row: Any) -> TodayItem:
    row_id, number, recipient, vat_id, customer_id, version, issued_at, refused = row
    kind = TodayKind.VAT_ID_REFUSED if refused else TodayKind.VAT_ID
    since = dt.datetime.fromisoformat(issued_at)
    return TodayItem(
        kind, row_id, f"{number} · {recipient}", vat_id, since=since, customer_id=customer_id,
        document_id=row_id, version=version,
    )  # fmt: skip


def _limits(connection: Any, year: int) -> list[TodayItem]:
    rows = connection.execute(_SUMS, (year - 1, year)).fetchall()
    about = connection.execute(_ABOUT_LIMITS).fetchone()
    if about is None or not any(max(row[1:]) >= _NEAR for row in rows):
        return []
    from shopdesk.domain.turnover import Sums, YearSums, worth_a_row

    sums = Sums({row[0]: YearSums(row[1], row[2]) for row in rows})
    small, oss, seen = about
    names = frozenset(json.loads(seen)) if seen else frozenset()
    found = worth_a_row(sums, year, oss or "auto", names, small=bool(small))
    return [TodayItem(TodayKind.LIMIT, at, meter.name, meter=meter) for at, meter in enumerate(found)]


def has_profile(path: Path | str) -> bool:
    """Whether the first-start page was filled in."""
    connection = open_for_reading(path)
    try:
        row = connection.execute("SELECT value FROM setting WHERE name = 'profile'").fetchone()
    finally:
        connection.close()
    return row is not None
