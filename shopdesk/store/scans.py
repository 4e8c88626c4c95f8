"""Scans of documents in the database, so that one backup holds them, too."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Column, Connection, Row, insert, select, update

from shopdesk.domain.errors import ChangedElsewhere, NotFound
from shopdesk.domain.scans import Scan
from shopdesk.store import moments
from shopdesk.store.tables import scan

_LISTED: tuple[Column[Any], ...] = tuple(column for column in scan.columns if column.name != "data")


def add(
    connection: Connection, document_id: int, name: str, media_type: str, data: bytes, now: dt.datetime
) -> Scan:
    """Store a file with a document; the same bytes again give the file that is there, also one taken away."""
    sha256 = hashlib.sha256(data).hexdigest()
    same = select(*_LISTED).where(scan.c.document_id == document_id, scan.c.sha256 == sha256)
    row = connection.execute(same).first()
    if row is None:
        values = {
            "document_id": document_id,
            "name": name,
            "media_type": media_type,
            "sha256": sha256,
            "size": len(data),
            "data": data,
            "added_at": moments.to_text(now),
        }
        connection.execute(insert(scan).values(values))
        row = connection.execute(same).one()
    elif row.deleted_at:
        set_deleted(connection, _scan(row), None)
        row = connection.execute(same).one()
    return _scan(row)


def of_document(connection: Connection, document_id: int) -> tuple[Scan, ...]:
    """What is kept with a document, oldest first."""
    statement = select(*_LISTED).where(scan.c.document_id == document_id, scan.c.deleted_at.is_(None))
    return tuple(_scan(row) for row in connection.execute(statement.order_by(scan.c.id)))


def data(connection: Connection, scan_id: int) -> bytes:
    """The bytes of one file."""
    found = connection.scalar(select(scan.c.data).where(scan.c.id == scan_id))
    if found is None:
        raise NotFound(str(scan_id), "scan")
    return bytes(found)


def set_deleted(connection: Connection, value: Scan, at: dt.datetime | None) -> None:
    """Take a file away or bring it back; raises ChangedElsewhere."""
    statement = update(scan).where(scan.c.id == value.id, scan.c.version == value.version)
    columns = {"deleted_at": moments.to_text(at) if at else None, "version": value.version + 1}
    if connection.execute(statement.values(columns)).rowcount != 1:
        raise ChangedElsewhere(value.name)


def _scan(row: Row[Any]) -> Scan:
    return Scan(
        row.id,
        row.document_id,
        row.name,
        row.media_type,
        row.sha256,
        row.size,
        moments.from_text(row.added_at),
        row.version,
    )
