"""The only two doors to the shop's rows: `reading()` and `writing()`."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import Delete, Insert, TextClause, Update

from shopdesk.domain.errors import NotBuiltYet
from shopdesk.store.connection import BUSY_SECONDS, SCHEMA_VERSION, connect, examine
from shopdesk.store.folders import refuse_shared_folder
from shopdesk.store.problems import (
    CommitLost,
    DatabaseAbsent,
    DatabaseBusy,
    DatabaseReadOnly,
    IssuedIsFrozen,
    problem_of,
)

Listener = Callable[[frozenset[str]], None]

_log = logging.getLogger(__name__)
_URL = re.compile(r"^(?P<scheme>[a-z][a-z0-9+]{2,})://", re.ASCII | re.IGNORECASE)
_PLAIN_WRITE = re.compile(
    r"^\s*(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+[\"`\[]?(\w+)",
    re.IGNORECASE,
)
_REFUSED_BY_TRIGGER = "frozen: "
_DESKS = 16


class Database:
    """One shop's rows. Threads may share it; each `reading()` gets a connection of its own.

    `path_or_url` is the file of the shop. It is made when absent and upgraded when older; everything else that is
    wrong with it is raised as a named DatabaseProblem and the file stays untouched. `busy_seconds` bounds each wait
    for another window or program.
    """

    def __init__(self, path_or_url: Path | str, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path_of(path_or_url)
        self._busy_seconds = busy_seconds
        self._listeners: list[Listener] = []
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._touched: set[str] = set()
        self._closed = False
        refuse_shared_folder(self.path)
        try:
            if examine(self.path) < SCHEMA_VERSION:
                self.upgrade()
        except DatabaseAbsent:
            _create(self.path)
        self._engine = self._make_engine()
        # One writer for life: its data_version moves only when *others* commit
        try:
            self._writer = self._engine.connect().execution_options(shopdesk_writes=True)
            self._driver_of(self._writer).execute("PRAGMA query_only=OFF")
            self._seen_version = self._data_version()
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which all SELECTs see one moment of the shop; writing is refused."""
        self._refuse_closed()
        with self._naming_problems(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection that writes; commits at the end of the block, rolls back when it raises.

        Raises DatabaseBusy when others keep the file locked, CommitLost when nothing was saved. Listeners are told
        after the commit. Calling it inside itself is a bug (RuntimeError).
        """
        self._refuse_closed()
        if self._writes_here():
            raise RuntimeError("writing() inside writing(): pass the connection on")
        if not self._writing.acquire(timeout=self._busy_seconds):
            raise DatabaseBusy(self.path)
        try:
            self._writer_thread = threading.get_ident()
            self._touched = set()
            with self._naming_problems():
                yield from self._transaction()
            touched = frozenset(self._touched)
        finally:
            self._writer_thread = None
            self._writing.release()
        self._tell(touched)

    def _transaction(self) -> Iterator[Connection]:
        with self._writer.begin():
            yield self._writer
            # SQLite rolls back by itself on a full disk; the driver's commit() would then quietly do nothing
            if not self._driver_of(self._writer).in_transaction:
                raise CommitLost(self.path)

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told the names of the changed tables after each commit; returns how to stop that.

        It is called in the thread that wrote.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def foreign_changes(self) -> bool:
        """Say whether another process changed the shop since this was last asked (False while we write)."""
        if self._closed or self._writes_here() or not self._writing.acquire(blocking=False):
            return False
        try:
            with self._naming_problems():
                version = self._data_version()
            changed, self._seen_version = version != self._seen_version, version
        finally:
            self._writing.release()
        return changed

    def upgrade(self) -> None:
        """Bring an older file to today's schema, on a checked copy; the old file stays beside it.

        Where another start is at it, this one waits for it.
        """
        from shopdesk.store.schema import upgrade

        for last_try in (False, False, True):
            try:
                upgrade(self.path)
                return
            except DatabaseBusy:
                if last_try:
                    raise

    def close(self) -> None:
        """Close every connection; the file then stands alone, without -wal and -shm."""
        if self._writes_here():
            raise RuntimeError("close() inside writing()")
        with self._writing:
            self._closed = True
            self._writer.close()
            self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=driver,
            creator=self._open,
            poolclass=QueuePool,
            pool_size=_DESKS,
            max_overflow=_DESKS,
            pool_timeout=self._busy_seconds,
            # parameters are customers' data: never in a log or a report
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        event.listen(engine, "after_execute", self._note_touched)
        return engine

    def _open(self) -> Any:
        connection = connect(self.path, self._busy_seconds)
        connection.execute("PRAGMA query_only=ON")
        return connection

    def _note_touched(self, connection: Connection, statement: object, *_rest: object) -> None:
        if not connection.get_execution_options().get("shopdesk_writes"):
            return
        if isinstance(statement, Insert | Update | Delete):
            name = getattr(statement.table, "name", None)
        elif isinstance(statement, TextClause) and (match := _PLAIN_WRITE.match(statement.text)):
            name = match[1]
        else:
            return
        if name is not None:
            self._touched.add(str(name))

    def _tell(self, touched: frozenset[str]) -> None:
        if not touched:
            return
        for listener in tuple(self._listeners):
            try:
                listener(touched)
            except Exception:  # noqa: BLE001 - the rows are saved: this must not look like a failed save
                _log.exception("a listener failed after the commit")

    @contextmanager
    def _naming_problems(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if str(error.orig).startswith(_REFUSED_BY_TRIGGER):
                raise IssuedIsFrozen(self.path) from error
            problem = problem_of(error.orig, self.path)
            # a write inside reading() is a bug of ours and no write-protected file
            if problem is None or (isinstance(problem, DatabaseReadOnly) and not self._writes_here()):
                raise
            raise problem from error

    def _refuse_closed(self) -> None:
        # the pool would quietly open the file again, perhaps just while a restore replaces it
        if self._closed:
            raise RuntimeError("the database is closed")

    def _writes_here(self) -> bool:
        return self._writer_thread == threading.get_ident()

    def _data_version(self) -> int:
        return int(self._driver_of(self._writer).execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def _driver_of(connection: Connection) -> Any:
        return connection.connection.driver_connection


def _begin(connection: Connection) -> None:
    # the driver runs in autocommit: without this each statement would commit alone
    writes = connection.get_execution_options().get("shopdesk_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def path_of(path_or_url: Path | str) -> Path:
    """The shop's file; raises NotBuiltYet for an address of a database server."""
    match = _URL.match(str(path_or_url))
    if match is None:
        return Path(path_or_url)
    if match["scheme"].lower().startswith("postgresql"):
        raise NotBuiltYet("PostgreSQL", field="database")
    raise NotBuiltYet(match["scheme"], field="database")


def _create(path: Path) -> None:
    from shopdesk.store.schema import create

    create(path)
