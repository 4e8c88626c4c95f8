"""Stops of the delivery round in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, insert, select, update

from shopdesk.domain.delivery_rounds import Lift, Stop
from shopdesk.domain.shipments import Shipment, ShipmentKind
from shopdesk.store import customer_merges, pages, shipments
from shopdesk.store.tables import delivery_stop, shipment, shipment_demand

_KEPT = 3
"""The newest stops of a customer that are looked at for floor and lift."""


def of_day(connection: Connection, day: dt.date) -> tuple[Stop, ...]:
    """The stops of the round of a day, in their order; done ones, too."""
    statement = (
        select(delivery_stop)
        .join(shipment, shipment.c.id == delivery_stop.c.shipment_id)
        .where(
            shipment.c.planned_for == day.isoformat(),
            shipment.c.kind == ShipmentKind.ROUND.value,
            shipment.c.deleted_at.is_(None),
        )
        .order_by(delivery_stop.c.position, delivery_stop.c.shipment_id)
    )
    return tuple(_stop(row) for row in connection.execute(statement))


def of_shipment(connection: Connection, shipment_id: int) -> Stop | None:
    """What the driver needs at this door; None: nothing was noted yet."""
    row = connection.execute(
        select(delivery_stop).where(delivery_stop.c.shipment_id == shipment_id)
    ).one_or_none()
    return _stop(row) if row is not None else None


def by_shipment(connection: Connection, ids: tuple[int, ...]) -> dict[int, Stop]:
    """Shipment → its stop."""
    rows = connection.execute(select(delivery_stop).where(delivery_stop.c.shipment_id.in_(ids)))
    return {row.shipment_id: _stop(row) for row in rows}


def shipments_of(connection: Connection, ids: Collection[int]) -> dict[int, Shipment]:
    """Id → shipment, of many at once."""
    named = select(shipment.c.document_id).where(shipment.c.id.in_(tuple(ids)))
    found = shipments.of_documents(connection, tuple(connection.scalars(named)))
    return {each.id or 0: each for each in found}


def stories(connection: Connection, document_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Order or bill → the orders and bills of its story, itself included."""
    own, other = shipment_demand.alias("own"), shipment_demand.alias("other")
    statement = select(own.c.document_id, other.c.document_id).join(other, other.c.root_id == own.c.root_id)
    found: dict[int, tuple[int, ...]] = {each: (each,) for each in document_ids}
    for one, another in connection.execute(statement.where(own.c.document_id.in_(tuple(document_ids)))):
        if another != one:
            found[one] = (*found[one], another)
    return found


def last_of_customer(connection: Connection, customer_id: int) -> Stop | None:
    """The newest stop at which floor or lift was noted."""
    everyone = customer_merges.everyone(connection, customer_id)
    statement = select(delivery_stop).where(delivery_stop.c.customer_id.in_(everyone))
    rows = connection.execute(statement.order_by(delivery_stop.c.shipment_id.desc()).limit(_KEPT))
    return next((found for row in rows if (found := _stop(row)).floor or found.lift), None)


def last_position(connection: Connection, day: dt.date) -> int:
    """The place behind the last stop of the day."""
    return max((each.position for each in of_day(connection, day)), default=-1) + 1


def days(connection: Connection, since: dt.date, limit: int = 14) -> tuple[tuple[dt.date, int], ...]:
    """Days from then on for which something is planned and not done, with how many stops."""
    from sqlalchemy import func

    statement = (
        select(shipment.c.planned_for, func.count())
        .where(
            shipment.c.planned_for >= since.isoformat(),
            shipment.c.kind == ShipmentKind.ROUND.value,
            shipment.c.state.in_(("planned", "packed")),
            shipment.c.deleted_at.is_(None),
        )
        .group_by(shipment.c.planned_for)
        .order_by(shipment.c.planned_for)
    )
    return tuple(
        (dt.date.fromisoformat(day), int(count)) for day, count in connection.execute(statement.limit(limit))
    )


def create(connection: Connection, value: Stop) -> None:
    """Store a new stop."""
    columns = _columns(value) | {
        "shipment_id": value.shipment_id,
        "customer_id": customer_merges.meant(connection, value.customer_id),
    }
    connection.execute(insert(delivery_stop).values(columns))


def save(connection: Connection, value: Stop) -> None:
    """Store a changed stop; raises ChangedElsewhere."""
    table = delivery_stop.c
    statement = (
        update(delivery_stop)
        .where(table.shipment_id == value.shipment_id, table.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, str(value.shipment_id))


def place(connection: Connection, shipment_id: int, position: int) -> None:
    """Put a stop at a place of its round; what is noted about it stays untouched."""
    table = delivery_stop.c
    connection.execute(
        update(delivery_stop).where(table.shipment_id == shipment_id).values(position=position)
    )


def _columns(value: Stop) -> dict[str, Any]:
    return {
        "position": value.position,
        "from_time": value.from_time,
        "to_time": value.to_time,
        "floor": value.floor,
        "lift": value.lift.value,
        "extras": "\n".join(value.extras),
        "tried_on": value.tried_on.isoformat() if value.tried_on else None,
        "reason": value.reason,
    }


def _stop(row: Any) -> Stop:
    return Stop(
        row.shipment_id,
        row.customer_id,
        row.position,
        row.from_time,
        row.to_time,
        row.floor,
        Lift(row.lift),
        tuple(row.extras.splitlines()),
        dt.date.fromisoformat(row.tried_on) if row.tried_on else None,
        row.reason,
        row.version,
    )
