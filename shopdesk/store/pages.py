"""Lists are pages by key: never "load all", never OFFSET."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, or_, update

from shopdesk.store import moments

Cursor = tuple[str, int]  # (sort_key, id) of the last row shown

PAGE_ROWS = 100


def after(
    statement: Select[Any], sort_key: Column[str], row_id: Column[int], cursor: Cursor | None
) -> Select[Any]:
    """The rows behind the cursor in ascending order."""
    if cursor is not None:
        key, last = cursor
        statement = statement.where(sort_key >= key, or_(sort_key > key, row_id > last))
    return statement.order_by(sort_key, row_id)


def before(
    statement: Select[Any], sort_key: Column[str], row_id: Column[int], cursor: Cursor | None
) -> Select[Any]:
    """The rows behind the cursor in descending order (newest first)."""
    if cursor is not None:
        key, last = cursor
        statement = statement.where(sort_key <= key, or_(sort_key < key, row_id < last))
    return statement.order_by(sort_key.desc(), row_id.desc())


def versioned(rowcount: int, what: str) -> None:
    """Refuse an update that met a newer version."""
    from shopdesk.domain.errors import ChangedElsewhere

    if rowcount != 1:
        raise ChangedElsewhere(what)


def set_deleted(
    connection: Connection, table: Table, row_id: int, version: int, at: dt.datetime | None
) -> None:
    """Take a row out of its lists, or bring it back; raises ChangedElsewhere, and its version moves on."""
    moment = moments.to_text(at) if at else None
    statement = update(table).where(table.c.id == row_id, table.c.version == version)
    done = connection.execute(statement.values(deleted_at=moment, version=version + 1))
    versioned(done.rowcount, str(row_id))
