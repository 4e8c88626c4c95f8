"""Searching the timeline of one customer: few enough entries to be read word by word, in any spelling and form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.folding import fold
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.store import pages, timeline
from shopdesk.store.tables import document, timeline_entry

_AT_ONCE = 200


def page(
    connection: Connection,
    customer_id: int,
    words: str,
    cursor: pages.Cursor | None,
    limit: int,
    kind: EntryKind | None = None,
    document_kinds: Collection[DocumentKind] = (),
) -> tuple[TimelineEntry, ...]:
    """The next entries behind the cursor in which all the words occur, newest first; reads on only until it is full."""
    wanted = fold(words).split()
    found: list[TimelineEntry] = []
    while len(found) < limit:
        read = timeline.page(connection, customer_id, cursor, _AT_ONCE, kind, document_kinds)
        found += [entry for entry in read if _has_all(wanted, entry.title, entry.text)]
        if len(read) < _AT_ONCE:
            break
        cursor = timeline.cursor_of(read[-1])
    return tuple(found[:limit])


def count(
    connection: Connection,
    customer_id: int,
    words: str,
    kind: EntryKind | None = None,
    document_kinds: Collection[DocumentKind] = (),
) -> int:
    """In how many entries all the words occur."""
    wanted = fold(words).split()
    rows = connection.execute(_texts(customer_id, kind, document_kinds))
    return sum(_has_all(wanted, row.title, row.text) for row in rows)


def _texts(customer_id: int, kind: EntryKind | None, document_kinds: Collection[DocumentKind]) -> Select[Any]:
    statement = select(timeline_entry.c.title, timeline_entry.c.text).where(
        timeline_entry.c.customer_id == customer_id, timeline_entry.c.deleted_at.is_(None)
    )
    if kind is not None:
        statement = statement.where(timeline_entry.c.kind == kind.value)
    if document_kinds:
        joined = timeline_entry.join(document, document.c.id == timeline_entry.c.document_id)
        names = [each.value for each in document_kinds]
        statement = statement.select_from(joined).where(document.c.kind.in_(names))
    return statement


def _has_all(wanted: list[str], title: str, text: str) -> bool:
    folded = fold(f"{title} {text}")
    return all(word in folded for word in wanted)
