"""Lists are pages by key: never "load all", never OFFSET."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Select, or_

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


def ids(rows: Sequence[Any]) -> list[int]:
    """The ids of rows."""
    return [row.id for row in rows]
