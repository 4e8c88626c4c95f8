"""One plain connection to the file, with every setting that the measurements force (RELIABILITY.md).

No sqlalchemy here: the first page reads its rows through `open_for_reading` before heavy modules are loaded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from shopdesk.store.problems import (
    DatabaseAbsent,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseNewer,
    DatabaseNotOurs,
    DatabaseOlder,
    DatabaseReadOnly,
    problem_of,
)

if TYPE_CHECKING:
    Connection = Any  # the driver carries no types

# "SHOP" in the file's header: the `file` command and we tell our databases from others by it
APPLICATION_ID = 0x53484F50
# number of the newest step in store/migrations/versions; kept in the header as user_version
SCHEMA_VERSION = 3
BUSY_SECONDS = 10.0
_BACKUP_PAUSE = 0.05
_BUSY_OR_LOCKED = (5, 6)
# SQLite quotes the damaged schema in its message, and the driver stumbles over bytes that are no UTF-8
_UNREADABLE = (driver.Error, UnicodeDecodeError)

_WAL_RESET_BUG_FIRST, _WAL_RESET_BUG_LAST = (3, 7, 0), (3, 51, 2)
_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # without it INSERT OR REPLACE walks round the delete triggers
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)


def journal_mode(engine_version: tuple[int, ...] = driver.sqlite_version_info) -> str:
    """WAL, or TRUNCATE on engines with the WAL-reset bug (sqlite.org/wal.html#walresetbug)."""
    affected = _WAL_RESET_BUG_FIRST <= engine_version[:3] <= _WAL_RESET_BUG_LAST
    return "TRUNCATE" if affected else "WAL"


def examine(path: Path) -> int:
    """Look at the header without touching anything and return the file's schema version.

    Raises a named DatabaseProblem for what is absent, empty, foreign, newer, cut off or write-protected.
    """
    if not path.exists():
        raise DatabaseAbsent(path)
    if not path.is_file():
        raise DatabaseNotOurs(path)
    if path.stat().st_size == 0:
        raise DatabaseEmpty(path)
    version = _read_header(path)
    if version > SCHEMA_VERSION:
        raise DatabaseNewer(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise DatabaseReadOnly(path)
    return version


def _read_header(path: Path) -> int:
    # immutable: no lock, no -shm, no recovery. Reading the bytes ourselves would drop the POSIX locks
    # of this process's other connections when the file is closed (sqlite.org/howtocorrupt.html, 2.2)
    connection = None
    try:
        connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if application != APPLICATION_ID:
            raise DatabaseNotOurs(path)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    except _UNREADABLE as error:
        raise (problem_of(error, path) or DatabaseDamaged(path)) from error
    finally:
        if connection is not None:
            connection.close()
    # after a crash the missing pages may still stand in the -wal
    if not _has_wal(path) and path.stat().st_size < pages * page_size:
        raise DatabaseDamaged(path)
    return version


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> Connection:
    """Open an existing file with all settings, writable, in autocommit; the caller sends BEGIN.

    Raises DatabaseBusy, DatabaseDamaged and the other named problems. Usable from one thread at a time.
    """
    connection = None
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        prepare(connection)
        # reads the whole schema: damage there is named now and not at the first click
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _UNREADABLE as error:
        if connection is not None:
            connection.close()
        raise (problem_of(error, path) or DatabaseDamaged(path)) from error
    return connection


def prepare(connection: Connection) -> None:
    """Give a connection the settings of RELIABILITY.md; raises the driver's errors."""
    # where another connection keeps the file in its old mode it stays so: FULL is safe in each of them
    connection.execute(f"PRAGMA journal_mode={journal_mode()}").fetchone()
    for setting in _SETTINGS:
        connection.execute(setting)


def open_for_reading(path: Path | str) -> Connection:
    """Open the shop's file for the first page: settings of RELIABILITY.md, writing refused.

    Raises the named problems of `examine`, and DatabaseOlder when `Database(path)` must upgrade it first.
    """
    path = Path(path)
    if examine(path) < SCHEMA_VERSION:
        raise DatabaseOlder(path)
    connection = connect(path)
    connection.execute("PRAGMA query_only=ON")
    return connection


def copy_live(path: Path, target: Path) -> None:
    """Copy a shop that may be in use to a new file, by SQLite's backup call (a file copy would lose its -wal).

    Raises DatabaseBusy instead of trying for ever; OSError and the named problems.
    """
    tries = int(BUSY_SECONDS / _BACKUP_PAUSE)

    def give_up(status: int, _remaining: int, _total: int) -> None:
        nonlocal tries
        tries -= 1
        if status in _BUSY_OR_LOCKED and tries < 0:
            raise DatabaseBusy(path)

    source = connect(path)
    try:
        copy = driver.connect(str(target))
        try:
            # pages=-1: one step, so that a busy shop cannot make the copy start again and again
            source.backup(copy, pages=-1, progress=give_up, sleep=_BACKUP_PAUSE)
        finally:
            copy.close()
    except driver.Error as error:
        raise (problem_of(error, path) or DatabaseDamaged(path)) from error
    finally:
        source.close()
