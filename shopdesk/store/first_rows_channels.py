"""Heute's rows about what comes in: inquiries with their clocks, the mailbox that cannot be read, appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain import plain
from shopdesk.domain.inquiries import AnswerTargets, WaitingInquiry
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store import inquiry_rows, moments
from shopdesk.store.first_rows_parts import Wanted, with_more

NEAR = dt.timedelta(hours=1)
"""An appointment stands among the urgent rows so long before it begins."""
_TARGETS = "SELECT value FROM setting WHERE name = 'answer_targets'"
_OPEN_INQUIRIES = """
    FROM inquiry i WHERE i.state = 'open' AND (i.later = '' OR i.later <= ?) AND i.missed_call_id IS NULL
"""
_FETCH = "SELECT account, failing_since, last_success_at, failures, reason FROM mail_fetch WHERE alarm = 1"
_APPOINTMENTS = """
    SELECT a.id, a.version, a.starts, a.subject, a.customer_id,
           coalesce(nullif(c.company, ''), trim(c.given_name || ' ' || c.family_name))
    FROM appointment a LEFT JOIN customer c ON c.id = a.customer_id
    WHERE a.ends > ? AND a.starts < ? AND a.state IN ('planned', 'ready') AND a.deleted_at IS NULL
    ORDER BY a.starts, a.id LIMIT ?
"""


def inquiries(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Who waits for an answer; the row of a missed call stands for its inquiry, too."""
    kind, until = TodayKind.INQUIRY, wanted.until
    waiting = inquiry_rows.waiting(connection, until, wanted.limit(kind))
    if not waiting:
        return []
    targets = answer_targets(connection)
    items = [_inquiry(one, targets) for one in waiting if one.missed_call_id is None]
    if len(waiting) < wanted.limit(kind):
        return items
    return with_more(connection, items, kind, wanted, _OPEN_INQUIRIES, (until.isoformat(),), is_full=True)


def answer_targets(connection: Any) -> AnswerTargets:
    """Within how many minutes the owner wants to answer."""
    row = connection.execute(_TARGETS).fetchone()
    return plain.loads(AnswerTargets, row[0]) if row else AnswerTargets()


def _inquiry(one: WaitingInquiry, targets: AnswerTargets) -> TodayItem:
    due = one.due_at
    return TodayItem(
        TodayKind.INQUIRY, one.id, one.subject, one.who, since=one.waiting_since, customer_id=one.customer_id,
        version=one.version, due_at=due, warn_at=due - dt.timedelta(minutes=targets.amber) if due else None,
        bad_at=due - dt.timedelta(minutes=targets.red) if due else None, channel=one.channel.value,
    )  # fmt: skip


def mail_fetch(connection: Any, _wanted: Wanted) -> list[TodayItem]:
    """A mailbox that could not be read for so long that the owner should know."""
    return [
        TodayItem(
            TodayKind.MAIL_FETCH, 0, _mailbox(account), reason,
            since=dt.datetime.fromisoformat(failing_since or last_success_at), times=failures,
        )
        for account, failing_since, last_success_at, failures, reason in connection.execute(_FETCH)
        if failing_since or last_success_at
    ]  # fmt: skip


def _mailbox(account: str) -> str:
    """The user without protocol, server and port."""
    return account.removeprefix("imap:").rpartition("@")[0] or account


def appointments(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """What is to be today and is not over yet (and on the days ahead, where they are wanted)."""
    now = wanted.now
    end = dt.datetime.combine(wanted.until + dt.timedelta(1), dt.time(), now.tzinfo)
    values = (moments.to_text(now), moments.to_text(end), wanted.limit(TodayKind.APPOINTMENT))
    return [
        TodayItem(
            TodayKind.APPOINTMENT, row_id, subject, name or "", customer_id=customer_id, version=version,
            due_at=dt.datetime.fromisoformat(starts), warn_at=dt.datetime.fromisoformat(starts) - NEAR,
        )
        for row_id, version, starts, subject, customer_id, name in connection.execute(_APPOINTMENTS, values)
    ]  # fmt: skip
