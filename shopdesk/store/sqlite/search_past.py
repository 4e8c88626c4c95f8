"""Writes the search index of what lies behind: entries of the timeline, invoices of another program."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from shopdesk.domain.search import number_keys
from shopdesk.store.sqlite.search_entries import IN, Entries, remove

# what the program wrote about a document is found as that document
_TIMELINE = f"""
    SELECT id, CASE WHEN document_id IS NULL THEN title ELSE '' END AS title, text
    FROM timeline_entry WHERE id {IN} AND deleted_at IS NULL ORDER BY id
"""
_OLD_INVOICES = f"SELECT id, number, recipient, text FROM old_invoice WHERE id {IN} ORDER BY id"


def index_timeline(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write what finds the entries; takes deleted ones out. `fresh` says that none of them is in the index yet."""
    if not fresh:
        remove(connection, "timeline", ids)
    entries = Entries()
    for row in connection.exec_driver_sql(_TIMELINE, (json.dumps(list(ids)),)):
        if row.title or row.text:
            entries.add_parts("timeline", row.id, (row.title, row.text))
    entries.write(connection)


def index_old_invoices(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write what finds the invoices; `fresh` says that none of them is in the index yet."""
    if not fresh:
        remove(connection, "old_invoice", ids)
    entries = Entries()
    for row in connection.exec_driver_sql(_OLD_INVOICES, (json.dumps(list(ids)),)):
        entries.add_parts("old_invoice", row.id, (row.number, row.recipient, row.text))
        entries.add_numbers("old_invoice", row.id, number_keys(row.number))
    entries.write(connection)


def remove_timeline(connection: Connection, ids: Sequence[int]) -> None:
    """Take entries out of the index."""
    remove(connection, "timeline", ids)


def remove_old_invoices(connection: Connection, ids: Sequence[int]) -> None:
    """Take invoices out of the index."""
    remove(connection, "old_invoice", ids)
