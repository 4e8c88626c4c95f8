"""Follow-ups in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.follow_ups import FollowUp, FollowUpPurpose, Repeat, RepeatUnit
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.tables import customer, follow_up


def _columns(value: FollowUp) -> dict[str, Any]:
    return {
        "customer_id": value.customer_id,
        "document_id": value.document_id,
        "due": value.due.isoformat(),
        "due_time": value.due_time,
        "text": value.text,
        "purpose": value.purpose.value,
        "repeat_every": value.repeat.every if value.repeat else 0,
        "repeat_unit": value.repeat.unit.value if value.repeat else "",
        "repeat_day": value.repeat.day if value.repeat else 0,
        "on_contact": int(value.on_contact),
        "origin": value.origin,
        "done_at": moments.to_text(value.done_at) if value.done_at else None,
    }


def create(connection: Connection, value: FollowUp, now: dt.datetime) -> int:
    """Store a new follow-up and give its id."""
    columns = _columns(value) | {"created_at": moments.to_text(now)}
    if value.customer_id is not None:
        columns["customer_id"] = customer_merges.meant(connection, value.customer_id)
    return int(connection.execute(insert(follow_up).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: FollowUp) -> None:
    """Store a changed follow-up; raises ChangedElsewhere."""
    statement = (
        update(follow_up)
        .where(follow_up.c.id == value.id, follow_up.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.text)


def set_deleted(connection: Connection, follow_up_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a follow-up away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, follow_up, follow_up_id, version, at)


def _named() -> Select[Any]:
    return select(
        follow_up, customer.c.company, customer.c.title, customer.c.given_name, customer.c.family_name
    ).outerjoin(customer, customer.c.id == follow_up.c.customer_id)


def _open() -> Select[Any]:
    return _named().where(follow_up.c.done_at.is_(None), follow_up.c.deleted_at.is_(None))


def load(connection: Connection, follow_up_id: int) -> FollowUp:
    """One follow-up."""
    row = connection.execute(_named().where(follow_up.c.id == follow_up_id)).one_or_none()
    if row is None:
        raise NotFound(str(follow_up_id))
    return _follow_up(row)


def of_customer(connection: Connection, customer_id: int) -> tuple[FollowUp, ...]:
    """The open follow-ups of a customer, the nearest first."""
    statement = _open().where(follow_up.c.customer_id == customer_id)
    rows = connection.execute(statement.order_by(follow_up.c.due, follow_up.c.due_time, follow_up.c.id))
    return tuple(_follow_up(row) for row in rows)


def ending_on_contact(
    connection: Connection, customer_id: int, at: dt.datetime, now: dt.datetime
) -> tuple[FollowUp, ...]:
    """The open follow-ups of a customer that a contact closes or starts anew; what it closes was noted before it.

    One that was noted later than now comes from a computer whose clock has been put back.
    """
    noted = follow_up.c.created_at
    is_before = or_(noted <= moments.to_text(at), noted > moments.to_text(now), follow_up.c.repeat_every > 0)
    statement = _open().where(follow_up.c.customer_id == customer_id, follow_up.c.on_contact == 1, is_before)
    return tuple(_follow_up(row) for row in connection.execute(statement))


def by_origin(
    connection: Connection, customer_id: int, origin: str, until: dt.datetime | None = None
) -> tuple[FollowUp, ...]:
    """The open follow-ups of a customer that the program set for this reason, only those set `until` then."""
    statement = _open().where(
        follow_up.c.customer_id == customer_id, follow_up.c.origin == origin, follow_up.c.on_contact == 0
    )
    if until is not None:
        statement = statement.where(follow_up.c.created_at <= moments.to_text(until))
    return tuple(_follow_up(row) for row in connection.execute(statement))


def of_documents(connection: Connection, ids: Collection[int], origin: str) -> tuple[FollowUp, ...]:
    """The open follow-ups that the program set about these documents."""
    statement = _open().where(follow_up.c.document_id.in_(ids), follow_up.c.origin == origin)
    return tuple(_follow_up(row) for row in connection.execute(statement))


def _follow_up(row: Any) -> FollowUp:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return FollowUp(
        id=row.id,
        version=row.version,
        due=dt.date.fromisoformat(row.due),
        due_time=row.due_time,
        text=row.text,
        customer_id=row.customer_id,
        document_id=row.document_id,
        purpose=FollowUpPurpose(row.purpose or "service"),
        repeat=Repeat(row.repeat_every, RepeatUnit(row.repeat_unit), row.repeat_day)
        if row.repeat_every
        else None,
        on_contact=bool(row.on_contact),
        origin=row.origin,
        done_at=moments.from_text(row.done_at) if row.done_at else None,
        customer_name=row.company or person or "",
    )
