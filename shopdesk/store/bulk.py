"""Many rows into one table: the first tells the listeners of the change, the others go straight to the driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same two or more columns, with values as the driver takes them."""
    if not rows:
        return
    connection.execute(insert(table), [dict(rows[0])])
    if len(rows) == 1:
        return
    names = list(rows[0])
    gaps = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({gaps})"  # noqa: S608 - our own names
    values = itemgetter(*names)
    connection.exec_driver_sql(statement, [values(row) for row in rows[1:]])
