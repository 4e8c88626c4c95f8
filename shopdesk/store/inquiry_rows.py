"""Open inquiries through the plain driver: Heute's first paint must not wait for SQLAlchemy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shopdesk.domain import countdowns, plain
from shopdesk.domain.inquiries import AnswerTargets, InquiryChannel, WaitingInquiry
from shopdesk.domain.later import from_text as later_from
from shopdesk.domain.opening_hours import OpeningHours
from shopdesk.domain.shop_profile import ShopProfile

_OPEN = """
    SELECT i.id, i.version, i.subject, i.channel, i.waiting_since, i.due_at, i.target, i.customer_id, i.missed_call_id,
           i.last_hours, i.later, i.is_complaint,
           coalesce(nullif(c.company, ''), nullif(trim(c.given_name || ' ' || c.family_name), ''),
                    nullif(i.sender_name, ''), nullif(i.sender_address, ''), i.sender_phone)
    FROM inquiry i LEFT JOIN customer c ON c.id = i.customer_id
    WHERE i.state = 'open' AND (i.later = '' OR i.later <= ?)
    ORDER BY i.sort_key, i.id LIMIT ?
"""
_SETTINGS = "SELECT name, value FROM setting WHERE name IN ('opening_hours', 'answer_targets', 'profile')"


def waiting(connection: Any, until: str, limit: int) -> tuple[WaitingInquiry, ...]:
    """Who waits for an answer, the clock that runs out first standing first.

    Those that were put off are among them when that is over by `until`, a day and a time as `Later` stores them. The
    inquiries of missed calls are among them (`missed_call_id`): Heute shows one row for both.
    """
    return tuple(_waiting(row) for row in connection.execute(_OPEN, (until, limit)))


def _waiting(row: Any) -> WaitingInquiry:
    (
        row_id,
        version,
        subject,
        channel,
        since,
        due_at,
        target,
        customer_id,
        missed_call_id,
        hours,
        later,
        is_complaint,
        who,
    ) = row
    return WaitingInquiry(
        row_id, version, subject, who or "", InquiryChannel(channel), dt.datetime.fromisoformat(since),
        dt.datetime.fromisoformat(due_at) if due_at else None, target, customer_id, missed_call_id,
        countdowns.from_text(hours), later_from(later), bool(is_complaint),
    )  # fmt: skip


def clock_settings(connection: Any) -> tuple[OpeningHours, AnswerTargets, ShopProfile]:
    """What the clocks are read with."""
    stored = dict(connection.execute(_SETTINGS).fetchall())

    def read(name: str, kind: Any) -> Any:
        return plain.loads(kind, stored[name]) if name in stored else kind()

    return (
        read("opening_hours", OpeningHours),
        read("answer_targets", AnswerTargets),
        read("profile", ShopProfile),
    )
