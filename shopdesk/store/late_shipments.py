"""What left the house with a promise, for the figures of promised against real."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from shopdesk.domain.late_shipments import Delivered
from shopdesk.domain.shipments import ShipmentKind
from shopdesk.store import moments
from shopdesk.store.tables import shipment


def delivered(connection: Connection, begin: dt.datetime, end: dt.datetime) -> tuple[Delivered, ...]:
    """What left between the two moments and had a promised day; the day it left is that of `begin`'s zone."""
    left = func.coalesce(shipment.c.shipped_at, shipment.c.delivered_at)
    statement = select(left.label("left"), shipment.c.promised, shipment.c.kind).where(
        left >= moments.to_text(begin),
        left < moments.to_text(end),
        shipment.c.promised.is_not(None),
        shipment.c.deleted_at.is_(None),
    )
    return tuple(
        Delivered(
            moments.from_text(row.left).astimezone(begin.tzinfo).date(),
            dt.date.fromisoformat(row.promised),
            ShipmentKind(row.kind),
        )
        for row in connection.execute(statement)
    )
