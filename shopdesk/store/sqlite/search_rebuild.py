"""Makes the whole search index anew: after an upgrade, and whenever it is in doubt."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from shopdesk.store.sqlite.search_entries import TABLES
from shopdesk.store.sqlite.search_index import index_articles, index_customers, index_documents
from shopdesk.store.sqlite.search_past import index_old_invoices, index_timeline

_CHUNK = 400
SOURCES: dict[str, Callable[..., None]] = {
    "customer": index_customers,
    "document": index_documents,
    "article": index_articles,
    "old_invoice": index_old_invoices,
    "timeline_entry": index_timeline,
}
"""Table → what writes the index of its rows."""


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the rows, a few hundred at a time."""
    tables = [table for some in TABLES.values() for table in some]
    for table in tables:
        # contentless tables know no plain DELETE of everything
        schema = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar()
        is_contentless = "content=''" in (schema or "")
        connection.exec_driver_sql(
            f"INSERT INTO {table}({table}) VALUES ('delete-all')"
            if is_contentless
            else f"DELETE FROM {table}"
        )
    for table in ("search_number", "search_word", "search_sound"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    for table, index in SOURCES.items():
        for ids in _all_ids(connection, table):
            index(connection, ids, fresh=True)
    for table in tables:
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def _all_ids(connection: Connection, table: str) -> Iterator[list[int]]:
    last = 0
    sql = f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT {_CHUNK}"
    while ids := list(connection.exec_driver_sql(sql, (last,)).scalars()):
        yield ids
        last = ids[-1]
