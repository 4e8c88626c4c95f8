"""A folder into which bank files are downloaded, watched after one question; files are offered, never touched."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.store.found_bank_files import FoundFile
    from shopdesk.usecases.shop import Shop

SUFFIXES = frozenset(
    {".xml", ".zip", ".sta", ".mt940", ".940", ".942", ".txt", ".csv", ".c52", ".c53", ".c54", ".camt"}
)
"""What banks call their files; only such names are looked into."""
_LARGEST = 64 << 20
_MOST_AT_ONCE = 20
Marks = frozenset[tuple[str, int, int]]
"""Path, size and time of files as a look saw them; what looks the same in the next one is whole."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the folder found: new offers, files that may still be growing, and the names of all files."""

    found: tuple[FoundFile, ...] = ()
    growing: Marks = frozenset()
    is_there: bool = True
    names: frozenset[str] | None = None


def look(
    shop: Shop,
    folder: Path,
    since: dt.datetime,
    seen_before: Marks,
    names_before: frozenset[str] | None = None,
) -> Look:
    """Note the statements that came into the folder since then and are whole; slow, so not on the window's thread.

    A file is whole when two looks saw it the same. One that was moved here keeps its older time: it came since the last
    look when that (`names_before`) did not see it. Nothing is read in, moved or deleted.
    """
    try:
        entries = [each for each in folder.iterdir() if _is_wanted(each)]
    except OSError:
        return Look(is_there=False)
    marks = frozenset(mark for each in entries if (mark := _mark(each)) is not None)
    names = frozenset(mark[0] for mark in marks)
    came = names - names_before if names_before is not None else frozenset()
    growing = {mark[0] for mark in seen_before}
    young = [
        mark for mark in marks if mark[0] in came or mark[0] in growing or mark[2] >= since.timestamp() * 1e9
    ]
    with shop.reading() as connection:
        from shopdesk.store import found_bank_files

        fresh = sorted(mark for mark in young if not found_bank_files.is_known(connection, *mark))
    whole = [mark for mark in fresh if mark in seen_before][:_MOST_AT_ONCE]
    found = tuple(one for mark in whole if (one := _note(shop, *mark)) is not None)
    return Look(found, frozenset(fresh) - frozenset(whole), names=names)


def _is_wanted(place: Path) -> bool:
    return place.suffix.lower() in SUFFIXES and not place.name.startswith((".", "~"))


def _mark(place: Path) -> tuple[str, int, int] | None:
    try:
        told = place.stat()
    except OSError:
        return None  # gone meanwhile
    return (str(place), told.st_size, told.st_mtime_ns) if 0 < told.st_size <= _LARGEST else None


def _note(shop: Shop, path: str, size: int, modified: int) -> FoundFile | None:
    """Remember the file where it is a statement; one that is none is asked about no more, either."""
    from shopdesk.store import found_bank_files
    from shopdesk.store.found_bank_files import FoundFile
    from shopdesk.usecases import bank_files

    place = Path(path)
    is_statement = bank_files.is_bank_file(place, shop)
    try:
        sha256 = hashlib.sha256(place.read_bytes()).hexdigest() if is_statement else ""
    except OSError:
        return None
    with shop.writing() as connection:
        is_done = not is_statement or found_bank_files.is_read(connection, sha256)
        value = FoundFile(path, size, modified, sha256)
        found_bank_files.add(connection, value, shop.clock.now(), is_done=is_done)
    return None if is_done else value


def waiting(shop: Shop) -> tuple[FoundFile, ...]:
    """What was found and is neither read nor left aside."""
    from shopdesk.store import found_bank_files

    with shop.reading() as connection:
        return found_bank_files.waiting(connection)


def clear_missing(shop: Shop) -> int:
    """Files that somebody deleted or moved meanwhile are offered no more; gives how many."""
    gone = [each for each in waiting(shop) if not Path(each.path).exists()]
    for each in gone:
        leave_aside(shop, each.id)
    return len(gone)


def leave_aside(shop: Shop, row_id: int) -> Undo:
    """The file is not wanted; it stays where it is."""
    return _set_done(shop, row_id, done=True)


def _set_done(shop: Shop, row_id: int, *, done: bool) -> Undo:
    from shopdesk.store import found_bank_files

    with shop.writing() as connection:
        seen = found_bank_files.version_of(connection, row_id)
        found_bank_files.set_done(connection, row_id, seen, shop.clock.now() if done else None)
    return Undo(lambda s: _set_done(s, row_id, done=not done))
