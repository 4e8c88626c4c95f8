"""Timeline entries in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from shopdesk.domain.document_kinds import fate_of
from shopdesk.domain.documents import DocumentKind, Fate
from shopdesk.domain.errors import NotFound
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.store import customer_merges, moments, pages, references, search
from shopdesk.store.tables import document, timeline_entry

_AT_A_TIME = 500


def add(connection: Connection, entry: TimelineEntry) -> int:
    """Store a new entry and give its id."""
    values = _columns(entry, customer_merges.meant(connection, entry.customer_id))
    entry_id = int(connection.execute(insert(timeline_entry), values).inserted_primary_key[0])  # type: ignore[index]
    search.index_timeline(connection, (entry_id,), fresh=True)
    return entry_id


def add_many(connection: Connection, entries: Sequence[TimelineEntry]) -> list[int]:
    """Store new entries and give their ids."""
    if not entries:
        return []
    first = (connection.scalar(select(func.max(timeline_entry.c.id))) or 0) + 1
    ids = list(range(first, first + len(entries)))
    meant = customer_merges.survivors(connection, [entry.customer_id for entry in entries])
    rows = [
        {"id": entry_id, **_columns(entry, meant.get(entry.customer_id, entry.customer_id))}
        for entry_id, entry in zip(ids, entries, strict=True)
    ]
    connection.execute(insert(timeline_entry), rows)
    search.index_timeline(connection, tuple(ids), fresh=True)
    return ids


def _columns(entry: TimelineEntry, customer_id: int) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "document_id": entry.document_id,
        "kind": entry.kind.value,
        "direction": entry.direction.value,
        "at": moments.to_text(entry.at),
        "title": entry.title,
        "text": entry.text,
    }


def page(
    connection: Connection,
    customer_id: int,
    cursor: pages.Cursor | None,
    limit: int,
    kind: EntryKind | None = None,
    document_kinds: Collection[DocumentKind] = (),
) -> tuple[TimelineEntry, ...]:
    """The next entries of a customer, newest first; the cursor is (moment as text, id)."""
    statement = _entries().where(
        timeline_entry.c.customer_id == customer_id, timeline_entry.c.deleted_at.is_(None)
    )
    if kind is not None:
        statement = statement.where(timeline_entry.c.kind == kind.value)
    if document_kinds:
        statement = statement.where(document.c.kind.in_([each.value for each in document_kinds]))
    ordered = pages.before(statement, timeline_entry.c.at, timeline_entry.c.id, cursor).limit(limit)
    return tuple(_entry(row) for row in connection.execute(ordered))


@lru_cache(maxsize=1)
def _entries() -> Select[Any]:
    joined = timeline_entry.outerjoin(document, document.c.id == timeline_entry.c.document_id)
    kind = document.c.kind.label("document_kind")
    return select(timeline_entry, kind, *references.later_kinds()).select_from(joined)


def cursor_of(entry: TimelineEntry) -> pages.Cursor:
    """Where the next page begins behind this entry."""
    return (moments.to_text(entry.at), entry.id or 0)


def load(connection: Connection, entry_id: int) -> TimelineEntry:
    """One entry."""
    row = connection.execute(_entries().where(timeline_entry.c.id == entry_id)).one_or_none()
    if row is None:
        raise NotFound(str(entry_id))
    return _entry(row)


def save_text(connection: Connection, entry: TimelineEntry) -> None:
    """Store a changed text or kind; raises ChangedElsewhere."""
    statement = (
        update(timeline_entry)
        .where(timeline_entry.c.id == entry.id, timeline_entry.c.version == entry.version)
        .values(kind=entry.kind.value, text=entry.text, title=entry.title, version=entry.version + 1)
    )
    pages.versioned(connection.execute(statement).rowcount, entry.text)
    if entry.id is not None:
        search.index_timeline(connection, (entry.id,))


def set_deleted(connection: Connection, entry_id: int, version: int, at: dt.datetime | None) -> None:
    """Take an entry away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, timeline_entry, entry_id, version, at)
    search.index_timeline(connection, (entry_id,))


def set_many_deleted(connection: Connection, ids: Sequence[int], at: dt.datetime | None) -> None:
    """Take entries away or bring them back, whatever was changed in them; those that are gone are left out."""
    moment = moments.to_text(at) if at else None
    for start in range(0, len(ids), _AT_A_TIME):
        part = tuple(ids[start : start + _AT_A_TIME])
        statement = update(timeline_entry).where(timeline_entry.c.id.in_(part))
        connection.execute(statement.values(deleted_at=moment, version=timeline_entry.c.version + 1))
        search.index_timeline(connection, part)


def remove_many(connection: Connection, ids: Sequence[int]) -> None:
    """Take entries out for good, because the import that wrote them is taken back."""
    connection.execute(delete(timeline_entry).where(timeline_entry.c.id.in_(ids)))
    search.remove_timeline(connection, ids)


def _entry(row: Any) -> TimelineEntry:
    kind = DocumentKind(row.document_kind) if row.document_kind else None
    return TimelineEntry(
        id=row.id,
        version=row.version,
        customer_id=row.customer_id,
        document_id=row.document_id,
        document_kind=kind,
        document_fate=fate_of(kind, row.made_kinds or "", row.named_kinds or "") if kind else Fate.NONE,
        kind=EntryKind(row.kind),
        direction=Direction(row.direction or "internal"),
        at=moments.from_text(row.at),
        title=row.title,
        text=row.text,
    )
