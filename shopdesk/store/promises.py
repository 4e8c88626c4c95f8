"""Promises in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, or_, select, update

from shopdesk.domain import later
from shopdesk.domain.errors import NotFound
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.tables import customer, promise, timeline_entry


def _columns(value: Promise) -> dict[str, Any]:
    return {
        "document_id": value.document_id,
        "inquiry_id": value.inquiry_id,
        "kind": value.kind.value,
        "text": value.text,
        "due": value.due.isoformat(),
        "due_time": value.due_time,
        "first_due": (value.first_due or value.due).isoformat(),
        "first_time": value.first_time if value.first_due else value.due_time,
        "state": value.state.value,
        "at_risk": int(value.at_risk),
        "told_at": moments.to_text(value.told_at) if value.told_at else None,
        "settled_at": moments.to_text(value.settled_at) if value.settled_at else None,
        "later": value.later.text if value.later else "",
        "risk_from": moments.to_text(value.risk_from) if value.risk_from else None,
    }


def create(connection: Connection, value: Promise, now: dt.datetime) -> int:
    """Store a new promise and give its id."""
    columns = _columns(value) | {
        "customer_id": customer_merges.meant(connection, value.customer_id),
        "made_at": moments.to_text(value.made_at or now),
    }
    return int(connection.execute(insert(promise).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: Promise) -> None:
    """Store a changed promise; raises ChangedElsewhere."""
    statement = (
        update(promise)
        .where(promise.c.id == value.id, promise.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.text)


def set_deleted(connection: Connection, promise_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a promise away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, promise, promise_id, version, at)


def _named() -> Select[Any]:
    return select(
        promise, customer.c.company, customer.c.title, customer.c.given_name, customer.c.family_name
    ).join(customer, customer.c.id == promise.c.customer_id)


def load(connection: Connection, promise_id: int) -> Promise:
    """One promise; raises NotFound."""
    row = connection.execute(_named().where(promise.c.id == promise_id)).one_or_none()
    if row is None:
        raise NotFound(str(promise_id))
    return _promise(row)


def of_customer(connection: Connection, customer_id: int, broken_since: dt.datetime) -> tuple[Promise, ...]:
    """The open promises of a customer, the nearest first, and those broken since."""
    is_broken = (promise.c.state == PromiseState.BROKEN.value) & (
        promise.c.settled_at > moments.to_text(broken_since)
    )
    statement = _named().where(
        promise.c.customer_id == customer_id,
        promise.c.deleted_at.is_(None),
        or_(promise.c.settled_at.is_(None), is_broken),
    )
    rows = connection.execute(
        statement.order_by(promise.c.settled_at.is_not(None), promise.c.due, promise.c.due_time, promise.c.id)
    )
    return tuple(_promise(row) for row in rows)


def kept_between(
    connection: Connection, customer_id: int, begin: dt.datetime, end: dt.datetime
) -> tuple[Promise, ...]:
    """The promises of a customer that were kept then."""
    statement = _named().where(
        promise.c.customer_id == customer_id,
        promise.c.deleted_at.is_(None),
        promise.c.state == PromiseState.KEPT.value,
        promise.c.settled_at.between(moments.to_text(begin), moments.to_text(end)),
    )
    return tuple(_promise(row) for row in connection.execute(statement))


def not_spoken_about(connection: Connection, customer_id: int, since: dt.datetime) -> tuple[Promise, ...]:
    """The promises broken since then after which nobody has spoken with the customer yet."""
    spoken = exists().where(
        timeline_entry.c.customer_id == promise.c.customer_id,
        timeline_entry.c.kind.in_(("call", "visit", "email")),
        timeline_entry.c.title == "",
        timeline_entry.c.at > promise.c.settled_at,
        timeline_entry.c.deleted_at.is_(None),
    )
    statement = _named().where(
        promise.c.customer_id == customer_id,
        promise.c.state == PromiseState.BROKEN.value,
        promise.c.settled_at > moments.to_text(since),
        promise.c.deleted_at.is_(None),
        ~spoken,
    )
    return tuple(_promise(row) for row in connection.execute(statement.order_by(promise.c.settled_at)))


def _promise(row: Any) -> Promise:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return Promise(
        id=row.id,
        version=row.version,
        customer_id=row.customer_id,
        text=row.text,
        due=dt.date.fromisoformat(row.due),
        due_time=row.due_time,
        kind=PromiseKind(row.kind),
        document_id=row.document_id,
        inquiry_id=row.inquiry_id,
        first_due=dt.date.fromisoformat(row.first_due),
        first_time=row.first_time,
        state=PromiseState(row.state),
        at_risk=bool(row.at_risk),
        told_at=moments.from_text(row.told_at) if row.told_at else None,
        made_at=moments.from_text(row.made_at),
        settled_at=moments.from_text(row.settled_at) if row.settled_at else None,
        later=later.from_text(row.later),
        risk_from=moments.from_text(row.risk_from) if row.risk_from else None,
        customer_name=row.company or person or "",
    )
