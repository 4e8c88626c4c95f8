"""What happened with a customer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import contacts, inquiries
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.domain.documents import DocumentKind
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


def add(shop: Shop, entry: TimelineEntry) -> tuple[TimelineEntry, Undo]:
    """Note a call, a visit, a note. A contact closes or moves the follow-ups that wait for one."""
    from shopdesk.store import timeline

    with shop.writing() as connection:
        entry_id = timeline.add(connection, entry)
        inquiries.entry_added(shop, connection, entry, entry_id)
        shop.record(connection, "create", "timeline_entry", entry_id)
        is_answer = entry.direction == Direction.IN or entry.kind in contacts.TALKS
        moved = contacts.made(connection, shop, entry.customer_id, entry.kind, entry.at, is_answer=is_answer)

    def back(s: Shop) -> None:
        _take_back_deleted(s, entry_id, 0, deleted=True)
        contacts.unmade(s, moved)

    return replace(entry, id=entry_id, version=1), Undo(back)


def page(
    shop: Shop,
    customer_id: int,
    cursor: Cursor | None = None,
    limit: int = 100,
    kind: EntryKind | None = None,
    document_kinds: Collection[DocumentKind] = (),
    words: str = "",
) -> tuple[TimelineEntry, ...]:
    """The next entries, newest first; the cursor comes from `cursor_of` the last one.

    Only of one kind, or only those about some kinds of documents, or only those in which all these words (or their
    parts) occur, where wanted.
    """
    from shopdesk.store import timeline, timeline_words

    with shop.reading() as connection:
        if words.strip():
            return timeline_words.page(connection, customer_id, words, cursor, limit, kind, document_kinds)
        return timeline.page(connection, customer_id, cursor, limit, kind, document_kinds)


def count(
    shop: Shop,
    customer_id: int,
    words: str,
    kind: EntryKind | None = None,
    document_kinds: Collection[DocumentKind] = (),
) -> int:
    """How many entries of a customer `page` would give in all."""
    from shopdesk.store import timeline_words

    with shop.reading() as connection:
        return timeline_words.count(connection, customer_id, words, kind, document_kinds)


def cursor_of(entry: TimelineEntry) -> Cursor:
    """Where the next page begins."""
    from shopdesk.store import timeline

    return timeline.cursor_of(entry)


def change(shop: Shop, entry: TimelineEntry) -> Undo:
    """Store a changed text or kind; raises ChangedElsewhere."""
    from shopdesk.store import timeline

    assert entry.id is not None
    with shop.writing() as connection:
        before = timeline.load(connection, entry.id)
        timeline.save_text(connection, entry)
        shop.record(connection, "save", "timeline_entry", entry.id)
    return Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: TimelineEntry) -> None:
    with shop.rewound.back("timeline_entry", before.id, before.version, before.version + 1) as version:
        change(shop, replace(before, version=version))


def delete(shop: Shop, entry_id: int) -> Undo:
    """Take an entry away; it can be brought back."""
    return _set_deleted(shop, entry_id, None, deleted=True)


def _set_deleted(shop: Shop, entry_id: int, seen: int | None, *, deleted: bool) -> Undo:
    """`seen` is the version that is meant, None: whatever stands there now."""
    from shopdesk.store import timeline

    with shop.writing() as connection:
        version = seen or timeline.load(connection, entry_id).version
        timeline.set_deleted(connection, entry_id, version, shop.clock.now() if deleted else None)
        if deleted:
            inquiries.entry_taken_back(shop, connection, entry_id)
        else:
            inquiries.entry_added(shop, connection, timeline.load(connection, entry_id), entry_id)
        shop.record(connection, "delete" if deleted else "restore", "timeline_entry", entry_id)
    return Undo(lambda s: _take_back_deleted(s, entry_id, version, deleted=not deleted))


def _take_back_deleted(shop: Shop, entry_id: int, before: int, *, deleted: bool) -> None:
    with shop.rewound.back("timeline_entry", entry_id, before, before + 1) as version:
        _set_deleted(shop, entry_id, version, deleted=deleted)
