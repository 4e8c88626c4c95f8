"""Files of customers in the database, so that one backup holds them, too."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Column, Connection, Row, insert, select, update

from shopdesk.domain.customer_files import CustomerFile
from shopdesk.domain.errors import ChangedElsewhere, NotFound
from shopdesk.store import moments
from shopdesk.store.tables import customer_file

_LISTED: tuple[Column[Any], ...] = tuple(column for column in customer_file.columns if column.name != "data")


def add(
    connection: Connection, customer_id: int, name: str, media_type: str, data: bytes, now: dt.datetime
) -> CustomerFile:
    """Store a file; the same bytes again give the file that is there, also one taken away."""
    sha256 = hashlib.sha256(data).hexdigest()
    same = select(*_LISTED).where(
        customer_file.c.customer_id == customer_id, customer_file.c.sha256 == sha256
    )
    row = connection.execute(same).first()
    if row is None:
        values = {
            "customer_id": customer_id,
            "name": name,
            "media_type": media_type,
            "sha256": sha256,
            "size": len(data),
            "data": data,
            "added_at": moments.to_text(now),
        }
        connection.execute(insert(customer_file).values(values))
    elif row.deleted_at:
        set_deleted(connection, _file(row), None)
    return _file(connection.execute(same).one())


def of_customer(connection: Connection, customer_id: int) -> tuple[CustomerFile, ...]:
    """What is kept with a customer, oldest first."""
    statement = select(*_LISTED).where(
        customer_file.c.customer_id == customer_id, customer_file.c.deleted_at.is_(None)
    )
    return tuple(_file(row) for row in connection.execute(statement.order_by(customer_file.c.id)))


def data(connection: Connection, file_id: int) -> bytes:
    """The bytes of one file; raises NotFound."""
    found = connection.scalar(select(customer_file.c.data).where(customer_file.c.id == file_id))
    if found is None:
        raise NotFound(str(file_id), "file")
    return bytes(found)


def set_deleted(connection: Connection, value: CustomerFile, at: dt.datetime | None) -> None:
    """Take a file away or bring it back; raises ChangedElsewhere."""
    statement = update(customer_file).where(
        customer_file.c.id == value.id, customer_file.c.version == value.version
    )
    columns = {"deleted_at": moments.to_text(at) if at else None, "version": value.version + 1}
    if connection.execute(statement.values(columns)).rowcount != 1:
        raise ChangedElsewhere(value.name)


def _file(row: Row[Any]) -> CustomerFile:
    return CustomerFile(
        row.id,
        row.customer_id,
        row.name,
        row.media_type,
        row.sha256,
        row.size,
        moments.from_text(row.added_at),
        row.version,
    )
