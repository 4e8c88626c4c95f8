"""The small picture of a customer in the database; of several the newest one is shown."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, select

from shopdesk.domain.customer_photos import CustomerPhoto
from shopdesk.store import moments, pages
from shopdesk.store.tables import customer_photo


def add(connection: Connection, customer_id: int, data: bytes, now: dt.datetime) -> int:
    """Store a picture and give its id."""
    values = {"customer_id": customer_id, "data": data, "added_at": moments.to_text(now)}
    return int(connection.execute(insert(customer_photo).values(values)).inserted_primary_key[0])  # type: ignore[index]


def of_customer(connection: Connection, customer_id: int) -> CustomerPhoto | None:
    """The picture that is shown, None without one."""
    statement = select(customer_photo).where(
        customer_photo.c.customer_id == customer_id, customer_photo.c.deleted_at.is_(None)
    )
    row = connection.execute(statement.order_by(customer_photo.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else CustomerPhoto(row.id, row.customer_id, bytes(row.data), row.version)


def set_deleted(connection: Connection, photo_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a picture away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, customer_photo, photo_id, version, at)
