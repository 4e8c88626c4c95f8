"""Heute's rows about what comes in: inquiries with their clocks, the mailbox that cannot be read, appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain import plain
from shopdesk.domain.countdowns import Interval, moment_with_left
from shopdesk.domain.inquiries import AnswerTargets, WaitingInquiry
from shopdesk.domain.later import Later
from shopdesk.domain.promises import deadline
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store import inquiry_rows, moments
from shopdesk.store.first_rows_parts import Wanted, with_more

ASKED = dt.timedelta(days=14)
"""Whether an appointment took place is asked for so long; one that is ready to be fetched waits without an end."""
NEAR = dt.timedelta(hours=1)
"""An appointment stands among the urgent rows so long before it begins."""
_TARGETS = "SELECT value FROM setting WHERE name = 'answer_targets'"
_OPEN_INQUIRIES = """
    FROM inquiry i WHERE i.state = 'open' AND (i.later = '' OR i.later <= ?) AND i.missed_call_id IS NULL
"""
_FETCH = """
    SELECT rowid, account, name, failing_since, last_success_at, failures, reason, alarm_at FROM mail_fetch
    WHERE alarm_at IS NOT NULL ORDER BY rowid
"""
_APPOINTMENTS = """
    FROM appointment a LEFT JOIN customer c ON c.id = a.customer_id
    WHERE a.deleted_at IS NULL AND a.starts < ? AND (a.state = 'ready' OR (a.state = 'planned' AND a.ends > ?))
"""
_APPOINTMENT_ROWS = f"""
    SELECT a.id, a.version, a.starts, a.ends, a.state = 'ready', a.invited <> '', a.subject, a.customer_id,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name))
    {_APPOINTMENTS} ORDER BY a.starts, a.id LIMIT ?
"""


def inquiries(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Who waits for an answer; the row of a missed call stands for its inquiry, too."""
    kind, until = TodayKind.INQUIRY, f"{wanted.until.isoformat()} {wanted.until_time}"
    waiting = inquiry_rows.waiting(connection, until, wanted.limit(kind))
    if not waiting:
        return []
    targets = answer_targets(connection)
    items = [_inquiry(one, targets, wanted.now) for one in waiting if one.missed_call_id is None]
    if len(waiting) < wanted.limit(kind):
        return items
    return with_more(connection, items, kind, wanted, _OPEN_INQUIRIES, (until,), is_full=True)


def answer_targets(connection: Any) -> AnswerTargets:
    """Within how many minutes the owner wants to answer."""
    row = connection.execute(_TARGETS).fetchone()
    return plain.loads(AnswerTargets, row[0]) if row else AnswerTargets()


def _inquiry(one: WaitingInquiry, targets: AnswerTargets, now: dt.datetime) -> TodayItem:
    warn_at, bad_at = amber_and_red(one.last_hours, targets)
    return TodayItem(
        TodayKind.INQUIRY, one.id, one.subject, one.who, since=one.waiting_since, customer_id=one.customer_id,
        version=one.version, due_at=one.due_at, warn_at=warn_at, bad_at=bad_at, last_hours=one.last_hours,
        back_at=back_at(one.later, now), channel=one.channel.value, is_complaint=one.is_complaint,
    )  # fmt: skip


def amber_and_red(
    hours: tuple[Interval, ...], targets: AnswerTargets
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when a clock is amber, and from when red: as many minutes of opening time before its end."""
    return moment_with_left(hours, targets.amber), moment_with_left(hours, targets.red)


def back_at(later: Later | None, now: dt.datetime) -> dt.datetime | None:
    """When something that was put off until a time of day is back; `now` is the shop's own time."""
    return deadline(later.day, later.time, now.tzinfo) if later is not None and later.time else None


def mail_fetch(connection: Any, _wanted: Wanted) -> list[TodayItem]:
    """Each mailbox that could not be read for so long that the owner should know."""
    return [
        TodayItem(
            TodayKind.MAIL_FETCH, row_id, name or _mailbox(account), reason,
            since=dt.datetime.fromisoformat(failing_since or last_success_at), times=failures,
            warn_at=dt.datetime.fromisoformat(alarm_at),
        )
        for row_id, account, name, failing_since, last_success_at, failures, reason, alarm_at
        in connection.execute(_FETCH)
        if failing_since or last_success_at
    ]  # fmt: skip


def _mailbox(account: str) -> str:
    """The user without protocol, server and port."""
    return account.removeprefix("imap:").rpartition("@")[0] or account


def appointments(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is to be today (and on the days ahead, where they are wanted), and what is over and was never ended."""
    kind, now = TodayKind.APPOINTMENT, wanted.now
    end = dt.datetime.combine(wanted.until + dt.timedelta(1), dt.time(), now.tzinfo)
    values = (moments.to_text(end), moments.to_text(now - ASKED))
    items = [
        _appointment(row) for row in connection.execute(_APPOINTMENT_ROWS, (*values, wanted.limit(kind)))
    ]
    return with_more(connection, items, kind, wanted, _APPOINTMENTS, values)


def _appointment(row: Any) -> TodayItem:
    row_id, version, starts_text, ends, is_ready, is_invited, subject, customer_id, name = row
    starts = dt.datetime.fromisoformat(starts_text)
    return TodayItem(
        TodayKind.APPOINTMENT, row_id, subject, name or "", customer_id=customer_id, version=version, due_at=starts,
        warn_at=starts - NEAR, ends_at=dt.datetime.fromisoformat(ends), is_ready=bool(is_ready),
        is_invited=bool(is_invited),
    )  # fmt: skip
