"""Heute's rows about customers: promises, follow-ups, calls that nobody answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any

from shopdesk.domain import countdowns
from shopdesk.domain.inquiries import AnswerTargets
from shopdesk.domain.later import from_text as later_from
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.domain.today_facts import ContactFacts
from shopdesk.store import first_rows_channels, moments
from shopdesk.store.connection import open_for_reading
from shopdesk.store.first_rows_parts import Wanted, with_more

SHOWN = dt.timedelta(days=30)
"""A broken promise asks for a call for so long; the card of the customer remembers it longer."""
_NAME = "coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name))"
_OPEN_PROMISES = """
    FROM promise p JOIN customer c ON c.id = p.customer_id
    WHERE p.settled_at IS NULL AND (p.due <= ? OR p.risk_from <= ?) AND p.deleted_at IS NULL AND c.deleted_at IS NULL
"""
_PROMISES = f"""
    SELECT p.id, p.due, p.due_time, p.text, p.customer_id, p.document_id, p.version, p.at_risk,
           p.state = 'moved' AND p.told_at IS NULL, p.risk_from, {_NAME}
    {_OPEN_PROMISES} ORDER BY p.due, p.due_time, p.id LIMIT ?
"""
# Until the owner has spoken with the customer since: then he knows that it went wrong.
_BROKEN = """
    FROM promise p JOIN customer c ON c.id = p.customer_id
    WHERE p.settled_at > ? AND p.later <= ? AND p.state = 'broken' AND p.deleted_at IS NULL AND c.deleted_at IS NULL
        AND NOT EXISTS (
        SELECT 1 FROM timeline_entry t WHERE t.customer_id = p.customer_id AND t.kind IN ('call', 'visit', 'email')
            AND t.title = '' AND t.at > p.settled_at AND t.deleted_at IS NULL
    )
"""
_BROKEN_ROWS = f"""
    SELECT p.id, p.text, p.customer_id, p.document_id, p.version, p.settled_at, p.later, {_NAME}
    {_BROKEN} ORDER BY p.settled_at LIMIT ?
"""
# A time of day says when it is wanted again: until then it is not shown.
# What is advertising before the law waits for a consent that is in force (§ 7 UWG).
_OPEN_FOLLOW_UPS = """
    FROM follow_up f LEFT JOIN customer c ON c.id = f.customer_id
    WHERE f.done_at IS NULL AND f.due <= ? AND (f.due < ? OR f.due_time <= ?) AND f.deleted_at IS NULL
    AND c.deleted_at IS NULL AND (
        f.purpose NOT IN ('satisfaction', 'advertising') OR f.customer_id IS NULL OR EXISTS (
            SELECT 1 FROM consent k WHERE k.customer_id = f.customer_id AND k.purpose = f.purpose
                AND k.given_on IS NOT NULL AND k.deleted_at IS NULL AND (k.withdrawn_on IS NULL OR k.withdrawn_on > ?)
        )
    )
"""
_FOLLOW_UPS = f"""
    SELECT f.id, f.due, f.due_time, f.text, f.customer_id, f.document_id, f.version, f.repeat_every > 0, {_NAME}
    {_OPEN_FOLLOW_UPS} ORDER BY f.due, f.due_time, f.id LIMIT ?
"""
# A number that only one customer has names him, also when he became one after the call. A row is over when the owner
# has noted a call with him since; what the program itself notes has a title.
_OPEN_CALLS = """
    FROM missed_call m LEFT JOIN customer c ON c.deleted_at IS NULL AND c.id = coalesce(m.customer_id, (
        SELECT min(p.customer_id) FROM customer_phone p JOIN customer o ON o.id = p.customer_id
        WHERE p.e164 = m.number AND o.deleted_at IS NULL HAVING count(DISTINCT p.customer_id) = 1
    ))
    LEFT JOIN inquiry i ON i.missed_call_id = m.id AND i.state = 'open'
    WHERE m.done_at IS NULL AND m.due <= ? AND (m.due < ? OR m.due_time <= ?) AND NOT EXISTS (
        SELECT 1 FROM timeline_entry t WHERE t.customer_id = c.id AND t.kind = 'call' AND t.title = ''
            AND t.at > m.last_at AND t.deleted_at IS NULL
    )
"""
_MISSED_CALLS = f"""
    SELECT m.id, m.shown, m.times, m.due, m.due_time, m.version, i.due_at, i.last_hours, i.later, c.id,
        {_NAME}
    {_OPEN_CALLS} ORDER BY m.due, m.id LIMIT ?
"""


def promises(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was promised: everything late, due or at risk, and tomorrow's, which one can still tell about."""
    kind = TodayKind.PROMISE
    until = max(wanted.until, wanted.now.date() + dt.timedelta(1))
    bounds = (until.isoformat(), moments.to_text(wanted.now))
    rows = connection.execute(_PROMISES, (*bounds, wanted.limit(kind)))
    items = [
        TodayItem(
            kind, row_id, text, name or "", dt.date.fromisoformat(due), due_time, customer_id=customer_id,
            document_id=document_id, version=version, at_risk=bool(at_risk), is_untold=bool(is_untold),
            warn_at=dt.datetime.fromisoformat(risk_from) if risk_from else None,
        )
        for row_id, due, due_time, text, customer_id, document_id, version, at_risk, is_untold, risk_from, name in rows
    ]  # fmt: skip
    return with_more(connection, items, kind, wanted, _OPEN_PROMISES, bounds)


def broken_promises(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What was not kept, until somebody has spoken with the customer since."""
    since = moments.to_text(wanted.now - SHOWN)
    until = f"{wanted.until.isoformat()} {wanted.until_time}"
    kind = TodayKind.PROMISE_BROKEN
    rows = connection.execute(_BROKEN_ROWS, (since, until, wanted.limit(kind)))
    items = [
        TodayItem(
            kind, row_id, text, name or "", since=dt.datetime.fromisoformat(settled_at),
            customer_id=customer_id, document_id=document_id, version=version,
            back_at=first_rows_channels.back_at(later_from(later or ""), wanted.now),
        )
        for row_id, text, customer_id, document_id, version, settled_at, later, name in rows
    ]  # fmt: skip
    return with_more(connection, items, kind, wanted, _BROKEN, (since, until))


def follow_ups(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is to be done for whom."""
    kind, until = TodayKind.FOLLOW_UP, wanted.until.isoformat()
    values = (until, until, wanted.until_time, wanted.now.date().isoformat())
    rows = connection.execute(_FOLLOW_UPS, (*values, wanted.limit(kind)))
    items = [
        TodayItem(
            kind, row_id, text, name or "", dt.date.fromisoformat(due), due_time, customer_id=customer_id,
            document_id=document_id, version=version, repeats=bool(repeats),
        )
        for row_id, due, due_time, text, customer_id, document_id, version, repeats, name in rows
    ]  # fmt: skip
    return with_more(connection, items, kind, wanted, _OPEN_FOLLOW_UPS, values)


def missed_calls(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Whom to call back."""
    kind, until = TodayKind.MISSED_CALL, wanted.until.isoformat()
    values = (until, until, wanted.until_time)
    rows = connection.execute(_MISSED_CALLS, (*values, wanted.limit(kind))).fetchall()
    targets = first_rows_channels.answer_targets(connection) if rows else AnswerTargets()
    items = [_missed_call(row, targets, wanted.now) for row in rows]
    return with_more(connection, items, kind, wanted, _OPEN_CALLS, values)


def _missed_call(row: Any, targets: AnswerTargets, now: dt.datetime) -> TodayItem:
    row_id, number, times, due, due_time, version, due_at, hours_text, later, customer_id, name = row
    hours = countdowns.from_text(hours_text or "")
    warn_at, bad_at = first_rows_channels.amber_and_red(hours, targets)
    return TodayItem(
        TodayKind.MISSED_CALL,
        row_id,
        number,
        name or "",
        dt.date.fromisoformat(due),
        due_time,
        customer_id=customer_id,
        version=version,
        times=times,
        due_at=dt.datetime.fromisoformat(due_at) if due_at else None,
        warn_at=warn_at,
        bad_at=bad_at,
        last_hours=hours,
        back_at=first_rows_channels.back_at(later_from(later or ""), now),
    )


# One statement for all customers in sight. The newest words of the owner or the customer, the newest purchase that was
# not cancelled, what stands open in quotes that still hold, and the first number to dial.
_FACTS = """
    SELECT w.value,
        (SELECT p.number FROM customer_phone p WHERE p.customer_id = w.value ORDER BY p.position, p.id LIMIT 1),
        (SELECT t.text FROM timeline_entry t WHERE t.customer_id = w.value AND t.deleted_at IS NULL AND t.title = ''
            AND t.text <> '' ORDER BY t.at DESC, t.id DESC LIMIT 1),
        (SELECT d.date || ' ' || d.gross || ' ' || d.currency FROM document d WHERE d.customer_id = w.value
            AND d.kind IN ('invoice', 'final_invoice') AND d.state = 'issued' AND NOT EXISTS (
                SELECT 1 FROM document x WHERE x.follows_id = d.id AND x.kind = 'cancellation' AND x.state = 'issued'
            ) ORDER BY d.date DESC, d.id DESC LIMIT 1),
        (SELECT sum(d.gross) || ' ' || min(d.currency) FROM document d WHERE d.customer_id = w.value
            AND d.kind = 'quote' AND d.state = 'issued' AND d.due >= ? AND NOT EXISTS (
                SELECT 1 FROM document x WHERE x.follows_id = d.id AND x.state = 'issued'
            ) HAVING count(DISTINCT d.currency) = 1)
    FROM json_each(?) w
"""


def facts(path: Path | str, customer_ids: Collection[int], today: dt.date) -> dict[int, ContactFacts]:
    """What one wants to know of these customers before one dials, in one statement."""
    connection = open_for_reading(path)
    try:
        wanted = f"[{','.join(str(int(each)) for each in customer_ids)}]"
        rows = connection.execute(_FACTS, (today.isoformat(), wanted)).fetchall()
    finally:
        connection.close()
    return {row[0]: _facts(*row[1:]) for row in rows}


def _facts(phone: str | None, note: str | None, bought: str | None, offered: str | None) -> ContactFacts:
    from shopdesk.domain.money import Money

    day, gross, currency = bought.split(" ") if bought else ("", "0", "EUR")
    open_minor, open_currency = offered.split(" ") if offered else ("0", "EUR")
    return ContactFacts(
        phone or "",
        note or "",
        dt.date.fromisoformat(day) if day else None,
        Money(int(gross), currency) if day else None,
        Money(int(open_minor), open_currency) if offered else None,
    )
