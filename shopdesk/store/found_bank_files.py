"""Bank files that a watched folder held: each is offered once, until it was read or left aside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from shopdesk.store import moments, pages
from shopdesk.store.tables import bank_file, found_bank_file


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it was found: `modified` is its own time in nanoseconds, so that a new one of that name is new."""

    path: str
    size: int
    modified: int
    sha256: str = ""
    id: int = 0
    version: int = 0


def is_known(connection: Connection, path: str, size: int, modified: int) -> bool:
    """Whether exactly this file was offered already."""
    table = found_bank_file.c
    statement = select(table.id).where(table.path == path, table.size == size, table.modified == modified)
    return connection.scalar(statement.limit(1)) is not None


def is_read(connection: Connection, sha256: str) -> bool:
    """Whether a file of this content was read before and not taken out again."""
    statement = select(bank_file.c.id).where(bank_file.c.sha256 == sha256, bank_file.c.undone_at.is_(None))
    return connection.scalar(statement.limit(1)) is not None


def add(connection: Connection, value: FoundFile, now: dt.datetime, *, is_done: bool) -> int:
    """Remember the file; one that was read before is offered no more."""
    moment = moments.to_text(now)
    columns = {
        "path": value.path, "size": value.size, "modified": value.modified, "sha256": value.sha256,
        "found_at": moment, "done_at": moment if is_done else None,
    }  # fmt: skip
    return int(connection.execute(insert(found_bank_file).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def waiting(connection: Connection) -> tuple[FoundFile, ...]:
    """What is neither read nor left aside, the oldest first."""
    table = found_bank_file.c
    rows = connection.execute(select(found_bank_file).where(table.done_at.is_(None)).order_by(table.id))
    return tuple(FoundFile(row.path, row.size, row.modified, row.sha256, row.id, row.version) for row in rows)


def version_of(connection: Connection, row_id: int) -> int:
    """For a change that must not meet another."""
    return connection.scalar(select(found_bank_file.c.version).where(found_bank_file.c.id == row_id)) or 0


def set_done(connection: Connection, row_id: int, seen: int, at: dt.datetime | None) -> None:
    """It is offered no more, or again; raises ChangedElsewhere."""
    table = found_bank_file.c
    statement = update(found_bank_file).where(table.id == row_id, table.version == seen)
    done = connection.execute(statement.values(done_at=moments.to_text(at) if at else None, version=seen + 1))
    pages.versioned(done.rowcount, str(row_id))


def was_read(connection: Connection, path: str, sha256: str, now: dt.datetime) -> None:
    """The file was read, from here or dropped: nobody is asked about it any more."""
    table = found_bank_file.c
    mine = ((table.path == path) | (table.sha256 == sha256)) & table.done_at.is_(None)
    connection.execute(
        update(found_bank_file).where(mine).values(done_at=moments.to_text(now), version=table.version + 1)
    )
