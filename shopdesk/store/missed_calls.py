"""Calls that nobody answered. A row ends by a call that got through, by the owner, or by his own note of a call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.later import Later
from shopdesk.domain.missed_calls import MissedCall
from shopdesk.store import moments, pages
from shopdesk.store.tables import missed_call, timeline_entry


def _is_open() -> ColumnElement[bool]:
    noted = (
        select(timeline_entry.c.id)
        .where(
            timeline_entry.c.customer_id == missed_call.c.customer_id,
            timeline_entry.c.kind == "call",
            timeline_entry.c.title == "",  # the owner's own words
            timeline_entry.c.at > missed_call.c.last_at,
            timeline_entry.c.deleted_at.is_(None),
        )
        .exists()
    )
    return and_(missed_call.c.done_at.is_(None), ~noted)


def _same(number: str, customer_id: int | None) -> ColumnElement[bool]:
    by_number = missed_call.c.number == number
    return by_number if customer_id is None else or_(by_number, missed_call.c.customer_id == customer_id)


KEPT_DAYS = 30
"""How long a row that is done stays: nobody needs strangers' numbers for longer."""


def note(connection: Connection, call: MissedCall) -> int:
    """Count it to the caller's open row, or begin a new one; gives its id. Rows long done go."""
    long_ago = moments.to_text(call.last_at - dt.timedelta(days=KEPT_DAYS))
    connection.execute(delete(missed_call).where(missed_call.c.done_at < long_ago))
    open_row = select(missed_call.c.id).where(_is_open(), _same(call.number, call.customer_id))
    found = connection.scalar(open_row.order_by(missed_call.c.id.desc()).limit(1))
    newest: dict[str, Any] = {
        "number": call.number,
        "shown": call.shown,
        "last_at": moments.to_text(call.last_at),
        "due": call.due.isoformat(),
        "due_time": call.due_time,
    }
    if call.customer_id is not None:
        newest["customer_id"] = call.customer_id
    if found is None:
        return int(connection.execute(insert(missed_call).values(newest)).inserted_primary_key[0])  # type: ignore[index]
    counted = {"times": missed_call.c.times + 1, "version": missed_call.c.version + 1}
    connection.execute(update(missed_call).where(missed_call.c.id == found).values(newest | counted))
    return int(found)


def settle(connection: Connection, number: str, customer_id: int | None, at: dt.datetime) -> int:
    """Somebody spoke with the caller: nothing is left to call back. Gives how many rows that ended."""
    ended = update(missed_call).where(missed_call.c.done_at.is_(None), _same(number, customer_id))
    values = {"done_at": moments.to_text(at), "version": missed_call.c.version + 1}
    return connection.execute(ended.values(values)).rowcount


def unanswered(connection: Connection, number: str, customer_id: int | None) -> int:
    """How often this caller has called in vain since somebody last spoke to him."""
    counted = select(func.coalesce(func.sum(missed_call.c.times), 0))
    return int(connection.scalar(counted.where(_is_open(), _same(number, customer_id))) or 0)


def follow(
    connection: Connection, call_id: int, done_at: dt.datetime | None, later: Later | None, zone: dt.tzinfo
) -> None:
    """Its inquiry has gone on: the row ends, waits again, or waits for another day; `zone` is the shop's."""
    last_at = connection.scalar(select(missed_call.c.last_at).where(missed_call.c.id == call_id))
    if last_at is None:
        return
    called = moments.from_text(last_at).astimezone(zone)
    values: dict[str, Any] = {
        "done_at": moments.to_text(done_at) if done_at else None,
        "due": (later.day if later else called.date()).isoformat(),
        "due_time": later.time if later else f"{called:%H:%M}",
        "version": missed_call.c.version + 1,
    }
    connection.execute(update(missed_call).where(missed_call.c.id == call_id).values(values))


def load(connection: Connection, call_id: int) -> MissedCall:
    """One row."""
    row = connection.execute(select(missed_call).where(missed_call.c.id == call_id)).one_or_none()
    if row is None:
        raise NotFound(str(call_id))
    return MissedCall(
        id=row.id,
        version=row.version,
        number=row.number,
        shown=row.shown,
        customer_id=row.customer_id,
        times=row.times,
        last_at=moments.from_text(row.last_at),
        due=dt.date.fromisoformat(row.due),
        due_time=row.due_time,
        done_at=moments.from_text(row.done_at) if row.done_at else None,
    )


def save(connection: Connection, call: MissedCall) -> None:
    """Store when it is shown and whether it is done; raises ChangedElsewhere."""
    values: dict[str, Any] = {
        "due": call.due.isoformat(),
        "due_time": call.due_time,
        "done_at": moments.to_text(call.done_at) if call.done_at else None,
        "version": call.version + 1,
    }
    meant = missed_call.c.id == call.id, missed_call.c.version == call.version
    pages.versioned(connection.execute(update(missed_call).where(*meant).values(values)).rowcount, call.shown)
