"""Makes a shop's file and brings older ones to today's schema, never half.

Alembic is imported here only, and this module only when there is something to do.
"""

from __future__ import annotations

import glob
import logging
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from shopdesk.store.connection import APPLICATION_ID, SCHEMA_VERSION, connect, copy_live, examine, prepare
from shopdesk.store.durable import keep_under, put_in_place, replace, sync_file
from shopdesk.store.problems import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseUnreachable,
    UpgradeFailed,
    problem_of,
)

_MIGRATIONS = Path(__file__).with_name("migrations")
# alembic keeps its context in its modules
_one_at_a_time = threading.Lock()
_log = logging.getLogger(__name__)


def create(path: Path) -> None:
    """Make an empty shop. It is built beside its place and moved there whole; a kill leaves at most a spare file.

    When another program makes the same file first, that one stays. Raises named DatabaseProblems.
    """
    _refuse_leftover_wal(path)
    _make_folder(path)
    spare = path.with_name(f".{path.name}.{uuid.uuid4().hex}.new")
    try:
        migrate(spare)
        sync_file(spare)
        put_in_place(spare, path)
    except OSError as error:
        raise DatabaseUnreachable(path) from error
    finally:
        _remove(spare)


def upgrade(path: Path) -> Path | None:
    """Bring an older file to today's schema and return where the old one is kept; None when another start did it.

    The steps run on a copy; only when it passes its checks does it take the old file's place. Raises UpgradeFailed,
    DatabaseBusy and other named problems; the old file is then unchanged.
    """
    from shopdesk.store.upgrade_checks import compare, fingerprint

    copy = path.with_name(f".{path.name}.{uuid.uuid4().hex}.new")
    try:
        with _locked(path) as source:
            if examine(path) == SCHEMA_VERSION:
                return None
            which = path.stat().st_ino
            # we hold the lock, so these are what a killed upgrade left behind
            for leftover in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
                leftover.unlink(missing_ok=True)
            version = int(source.execute("PRAGMA user_version").fetchone()[0])
            before = fingerprint(source)
            copy_live(path, copy)
            migrate(copy)
            reason = compare(before, copy)
            if reason:
                raise UpgradeFailed(path, reason=reason)
        sync_file(copy)
        if path.stat().st_ino != which:
            raise DatabaseBusy(path)
        return _swap_in(copy, path, version)
    except FileNotFoundError as error:
        # another start took the lock in between and cleared our copy away
        raise DatabaseBusy(path) from error
    except OSError as error:
        raise DatabaseUnreachable(path) from error
    except (DBAPIError, driver.Error) as error:
        raise UpgradeFailed(path, reason=type(error).__name__) from error
    finally:
        _remove(copy)


def migrate(path: Path) -> None:
    """Run the missing steps on a file that nobody else uses, in one transaction, and close it without a -wal."""
    from alembic import command
    from alembic.config import Config

    from shopdesk.store.search import rebuild

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with _one_at_a_time, _transaction(path) as connection:
        config.attributes["connection"] = connection
        is_older = bool(connection.exec_driver_sql("PRAGMA user_version").scalar())
        command.upgrade(config, "head")
        if is_older:
            # no step knows how words are folded: the index is made from the rows as they are now
            rebuild(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
    if path.with_name(path.name + "-wal").exists():
        raise DatabaseBusy(path)


def definitions(connection: Connection) -> dict[tuple[str, str], str]:
    """Give the statement behind each table, index and trigger, by kind and name."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return {(kind, name): sql for kind, name, sql in connection.exec_driver_sql(query)}


@lru_cache(maxsize=1)
def definitions_of_a_new_shop() -> dict[tuple[str, str], str]:
    """Give the definitions that all steps together lead to."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "shop.sqlite"
        migrate(fresh)
        with _transaction(fresh) as connection:
            return definitions(connection)


@contextmanager
def _transaction(path: Path) -> Iterator[Connection]:
    engine = create_engine("sqlite://", module=driver, creator=lambda: _open_raw(path), poolclass=NullPool)
    # the driver runs in autocommit: without this each statement would commit alone
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        problem = problem_of(error.orig, path)
        if problem is None:
            raise
        raise problem from error
    finally:
        engine.dispose()


def _open_raw(path: Path) -> Any:
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    prepare(connection)
    # a step may rebuild a table others point to; foreign_key_check follows at the end
    connection.execute("PRAGMA foreign_keys=OFF")
    return connection


@contextmanager
def _locked(path: Path) -> Iterator[Any]:
    """Hold the write lock: what others save between copy and swap would be lost."""
    source = connect(path)
    try:
        source.execute("BEGIN IMMEDIATE")
        yield source
        source.execute("ROLLBACK")
    except driver.Error as error:
        raise (problem_of(error, path) or DatabaseDamaged(path)) from error
    finally:
        source.close()


def _swap_in(copy: Path, path: Path, version: int) -> Path:
    # closing the last connection removes the -wal; one that stays belongs to somebody else's connection
    if path.with_name(path.name + "-wal").exists():
        raise DatabaseBusy(path)
    kept = keep_under(path, f"{path.name}.before-{version}")
    replace(copy, path)
    _log.info("upgraded from schema %s to %s", version, SCHEMA_VERSION)
    return kept


def _refuse_leftover_wal(path: Path) -> None:
    # SQLite would play a stranger's -wal into the new file, or throw away what is in it
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size > 0:
        raise DatabaseDamaged(path)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseReadOnly(path) from error


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
