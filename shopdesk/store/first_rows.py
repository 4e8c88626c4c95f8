"""Heute's rows through the plain driver: the first paint must not wait for SQLAlchemy (PERFORMANCE.md, "Start").

A source is one function in one of the modules beside this one, and one line in `SOURCES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from shopdesk.domain import plain
from shopdesk.domain.later import Later
from shopdesk.domain.later import from_text as later_from
from shopdesk.domain.put_off import PutOff, shown
from shopdesk.domain.put_off import next_return as next_return_of
from shopdesk.domain.today import TodayItem
from shopdesk.store import (
    first_rows_advance,
    first_rows_channels,
    first_rows_contacts,
    first_rows_late,
    first_rows_papers,
    first_rows_payments,
    first_rows_purchases,
    first_rows_reminders,
    first_rows_shipments,
    first_rows_standing,
)
from shopdesk.store.connection import open_for_reading
from shopdesk.store.first_rows_parts import Wanted

Source = Callable[[Any, Wanted], Iterable[TodayItem]]

SOURCES: tuple[Source, ...] = (
    first_rows_channels.inquiries,
    first_rows_contacts.promises,
    first_rows_purchases.delayed,
    first_rows_purchases.ready,
    first_rows_purchases.not_wanted,
    first_rows_late.late,
    first_rows_contacts.broken_promises,
    first_rows_contacts.follow_ups,
    first_rows_contacts.missed_calls,
    first_rows_channels.appointments,
    first_rows_channels.mail_fetch,
    first_rows_papers.mails,
    first_rows_papers.unsent,
    first_rows_papers.unconfirmed,
    first_rows_purchases.overdue,
    first_rows_purchases.unconfirmed,
    first_rows_reminders.reminders,
    first_rows_payments.found_files,
    first_rows_payments.waiting_entries,
    first_rows_payments.overdue,
    first_rows_advance.missing,
    first_rows_shipments.unshipped,
    first_rows_standing.held_back,
    first_rows_standing.drafts,
    first_rows_papers.month_end,
    first_rows_papers.limits,
)
"""Each gives its rows, not ranked, and at most as many as are wanted of its kind."""


def today_items(path: Path | str, wanted: Wanted) -> tuple[TodayItem, ...]:
    """Everything that needs the owner, not yet ranked."""
    connection = open_for_reading(path)
    try:
        items = tuple(item for source in SOURCES for item in source(connection, wanted))
        until = f"{wanted.until.isoformat()} {wanted.until_time}"
        return shown(items, _put_off(connection), until, wanted.now.tzinfo)
    finally:
        connection.close()


def _put_off(connection: Any) -> tuple[PutOff, ...]:
    row = connection.execute("SELECT value FROM setting WHERE name = 'put_off'").fetchone()
    found: tuple[PutOff, ...] = plain.loads(tuple[PutOff, ...], row[0]) if row else ()
    return found


_RETURNS = """
    SELECT min(back) FROM (
        SELECT min(later) AS back FROM inquiry WHERE state = 'open' AND later > ?1
        UNION ALL SELECT min(due || ' ' || due_time) FROM missed_call
            WHERE done_at IS NULL AND due = substr(?1, 1, 10) AND due || ' ' || due_time > ?1
        UNION ALL SELECT min(later) FROM promise
            WHERE settled_at IS NOT NULL AND state = 'broken' AND deleted_at IS NULL AND later > ?1
        UNION ALL SELECT min(due || ' ' || due_time) FROM follow_up
            WHERE done_at IS NULL AND deleted_at IS NULL AND due = substr(?1, 1, 10) AND due || ' ' || due_time > ?1
        UNION ALL SELECT min(later) FROM purchase_order WHERE deleted_at IS NULL AND later > ?1
    )
"""


def next_return(path: Path | str, now: dt.datetime) -> Later | None:
    """When the next row that was put off comes back; `now` is the shop's own time."""
    connection = open_for_reading(path)
    try:
        moment = f"{now:%Y-%m-%d %H:%M}"
        (found,) = connection.execute(_RETURNS, (moment,)).fetchone()
        other = next_return_of(_put_off(connection), moment)
    finally:
        connection.close()
    return later_from(min((each for each in (found, other) if each), default=""))


def has_profile(path: Path | str) -> bool:
    """Whether the first-start page was filled in."""
    connection = open_for_reading(path)
    try:
        row = connection.execute("SELECT value FROM setting WHERE name = 'profile'").fetchone()
    finally:
        connection.close()
    return row is not None
