"""Standing orders in the database, and what became of each of their dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from shopdesk.domain.documents import Document
from shopdesk.domain.errors import NotFound
from shopdesk.domain.standing_dates import Schedule, ServicePeriod
from shopdesk.domain.standing_orders import MadeDate, MadeState, Pricing, StandingOrder
from shopdesk.store import customer_merges, moments, pages, plain
from shopdesk.store.tables import customer, document, standing_order, standing_order_date


def _columns(value: StandingOrder) -> dict[str, Any]:
    return {
        "customer_id": value.customer_id,
        "name": value.name,
        "content": plain.dumps(value.content),
        "schedule": plain.dumps(value.schedule),
        "pricing": value.pricing.value,
        "period": value.period.value,
        "by_itself": int(value.by_itself),
    }


def create(connection: Connection, value: StandingOrder, now: dt.datetime) -> int:
    """Store a new standing order and give its id."""
    columns = _columns(value) | {
        "customer_id": customer_merges.meant(connection, value.customer_id),
        "created_at": moments.to_text(now),
    }
    return int(connection.execute(insert(standing_order).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: StandingOrder) -> None:
    """Store a changed standing order; raises ChangedElsewhere."""
    statement = (
        update(standing_order)
        .where(standing_order.c.id == value.id, standing_order.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.name)


def set_deleted(connection: Connection, order_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a standing order away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, standing_order, order_id, version, at)


def _living() -> Select[Any]:
    return (
        select(
            standing_order,
            customer.c.company,
            customer.c.title,
            customer.c.given_name,
            customer.c.family_name,
        )
        .join(customer, customer.c.id == standing_order.c.customer_id)
        .where(standing_order.c.deleted_at.is_(None), customer.c.deleted_at.is_(None))
    )


def load(connection: Connection, order_id: int) -> StandingOrder:
    """One standing order; raises NotFound, also where its customer is no longer in the lists."""
    row = connection.execute(_living().where(standing_order.c.id == order_id)).one_or_none()
    if row is None:
        raise NotFound(str(order_id), "standing_order")
    return _order(row)


def every(connection: Connection) -> tuple[StandingOrder, ...]:
    """All standing orders, those that have ended, too: a shop has some dozens."""
    rows = connection.execute(_living().order_by(standing_order.c.id))
    return tuple(_order(row) for row in rows)


def of_customer(connection: Connection, customer_id: int) -> tuple[StandingOrder, ...]:
    """Those of one customer."""
    mine = standing_order.c.customer_id == customer_id
    return tuple(
        _order(row) for row in connection.execute(_living().where(mine).order_by(standing_order.c.id))
    )


def is_used(connection: Connection) -> bool:
    """Whether there is any."""
    return connection.execute(_living().limit(1)).first() is not None


def _order(row: Any) -> StandingOrder:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return StandingOrder(
        row.customer_id,
        plain.loads(Schedule, row.schedule),
        plain.loads(Document, row.content),
        name=row.name,
        pricing=Pricing(row.pricing),
        period=ServicePeriod(row.period),
        by_itself=bool(row.by_itself),
        id=row.id,
        version=row.version,
        customer_name=row.company or person or "",
    )


# What became of a date


def note_made(connection: Connection, value: MadeDate, now: dt.datetime) -> None:
    """Say what became of a date. A second one for the same date is refused by the database."""
    columns = {
        "standing_order_id": value.standing_order_id,
        "due": value.due.isoformat(),
        "document_id": value.document_id,
        "state": value.state.value,
        "reason": value.reason,
        "made_at": moments.to_text(now),
    }
    connection.execute(insert(standing_order_date).values(columns))


def set_state(connection: Connection, made_id: int, state: MadeState, reason: str = "") -> None:
    """What has become of it since."""
    statement = update(standing_order_date).where(standing_order_date.c.id == made_id)
    connection.execute(statement.values(state=state.value, reason=reason))


def made_dates(connection: Connection, order_id: int) -> frozenset[dt.date]:
    """The dates by the rhythm for which something was made."""
    statement = select(standing_order_date.c.due).where(standing_order_date.c.standing_order_id == order_id)
    return frozenset(dt.date.fromisoformat(due) for due in connection.scalars(statement))


def made(connection: Connection, order_id: int, limit: int) -> tuple[MadeDate, ...]:
    """What was made, the newest first."""
    mine = standing_order_date.c.standing_order_id == order_id
    newest = select(standing_order_date).where(mine).order_by(standing_order_date.c.due.desc()).limit(limit)
    return tuple(_made(row) for row in connection.execute(newest))


def of_document(connection: Connection, document_id: int) -> MadeDate | None:
    """The date for which a document was made; None for others."""
    found = select(standing_order_date).where(standing_order_date.c.document_id == document_id)
    row = connection.execute(found).first()
    return None if row is None else _made(row)


def made_by_id(connection: Connection, made_id: int) -> MadeDate:
    """What became of one date; raises NotFound."""
    found = select(standing_order_date).where(standing_order_date.c.id == made_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        raise NotFound(str(made_id), "standing_order")
    return _made(row)


def waiting(connection: Connection) -> tuple[MadeDate, ...]:
    """What is to go by itself, the oldest first."""
    found = select(standing_order_date).where(standing_order_date.c.state == MadeState.WAITING.value)
    return tuple(_made(row) for row in connection.execute(found.order_by(standing_order_date.c.id)))


def drafts(connection: Connection) -> tuple[int, ...]:
    """The drafts that wait for the owner, in the order of their making."""
    statement = (
        select(document.c.id)
        .join(standing_order_date, standing_order_date.c.document_id == document.c.id)
        .where(document.c.state == "draft", standing_order_date.c.state == MadeState.DRAFT.value)
        .order_by(standing_order_date.c.id)
    )
    return tuple(connection.scalars(statement))


def numbers(connection: Connection, document_ids: Collection[int]) -> dict[int, str]:
    """The numbers of those that are issued."""
    statement = select(document.c.id, document.c.number).where(document.c.id.in_(document_ids))
    return {row.id: row.number or "" for row in connection.execute(statement)}


def _made(row: Any) -> MadeDate:
    return MadeDate(
        row.standing_order_id,
        dt.date.fromisoformat(row.due),
        MadeState(row.state),
        row.document_id,
        row.reason,
        row.id,
    )
