"""Whether an upgraded copy still holds everything: row counts, sums of money, SQLite's checks, hash chains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from shopdesk.store.backup import check
from shopdesk.store.database import Database

_MONEY = frozenset({"net", "gross", "payable", "amount", "paid"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Rows per table, and per money column its sum in the smallest unit."""

    rows: Mapping[str, int]
    sums: Mapping[tuple[str, str], int]


def fingerprint(connection: Any) -> Fingerprint:
    """Count and add up what an upgrade must not lose."""
    rows: dict[str, int] = {}
    sums: dict[tuple[str, str], int] = {}
    for table in _tables(connection):
        rows[table] = int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - names from the schema
        for column in _money_columns(connection, table):
            total = f'SELECT coalesce(sum("{column}"), 0) FROM "{table}"'  # noqa: S608 - names from the schema
            sums[table, column] = int(connection.execute(total).fetchone()[0])
    return Fingerprint(rows, sums)


def compare(before: Fingerprint, path: Path) -> str:
    """Say what is wrong with the upgraded file, or nothing.

    A table or column that a step removed on purpose is not compared; one that is still there must hold the same.
    """
    with Database(path) as database:
        findings = check(database)
        if findings:
            return findings[0].code
    connection = driver.connect(str(path))
    try:
        after = fingerprint(connection)
    finally:
        connection.close()
    for table, count in before.rows.items():
        if after.rows.get(table, count) != count:
            return table
    for column, total in before.sums.items():
        if after.sums.get(column, total) != total:
            return ".".join(column)
    return ""


def _tables(connection: Any) -> list[str]:
    # shadow tables of the search index ("x_data") are the engine's business, and the index is made anew from the rows
    found = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    left_out = ("sqlite_", "search_")
    return sorted(name for (name,) in found if not name.startswith(left_out) and name != "alembic_version")


def _money_columns(connection: Any, table: str) -> list[str]:
    columns = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [name for (name,) in columns if name in _MONEY]
