"""Every row of the shop's own tables, for the owner to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, func, select

from shopdesk.domain.customers import Customer
from shopdesk.store import customers
from shopdesk.store.tables import customer, metadata

_AT_A_TIME = 200


def table_names() -> tuple[str, ...]:
    """All tables; the search index is made out of them and left out."""
    return tuple(sorted(metadata.tables))


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0


def rows(connection: Connection, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, some at a time; bytes stay bytes."""
    chosen = metadata.tables[table]
    statement = select(chosen).order_by(*chosen.primary_key.columns)
    found = connection.execute(statement, execution_options={"yield_per": _AT_A_TIME}).mappings()
    for row in found:
        yield dict(row)


def columns_of_bytes(table: str) -> tuple[str, ...]:
    """The columns of a table that hold files."""
    return tuple(c.name for c in metadata.tables[table].columns if isinstance(c.type, LargeBinary))


def digest(data: bytes) -> str:
    """What a file is known by."""
    return hashlib.sha256(data).hexdigest()


def all_customers(connection: Connection) -> Iterator[Customer]:
    """All customers that were not deleted, in the order of the list."""
    ids = connection.scalars(
        select(customer.c.id).where(customer.c.deleted_at.is_(None)).order_by(customer.c.sort_key)
    )
    for customer_id in ids.all():
        yield customers.load(connection, customer_id)
