"""The shop: what every use case gets. It holds the database and the world outside, nothing else."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import __version__
from shopdesk.usecases.undo import Rewound

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.outside.clock import Clock
    from shopdesk.outside.inbox import Inbox
    from shopdesk.outside.keychain import Keychain
    from shopdesk.outside.mail_program import MailProgram
    from shopdesk.outside.microsoft import Microsoft
    from shopdesk.outside.post import Post
    from shopdesk.outside.vat_id_service import VatIdService
    from shopdesk.store.database import Database

Listener = Callable[[frozenset[str]], None]


class Shop:
    """One open shop. The database is opened on first use, because SQLAlchemy must not stand before the first paint."""

    def __init__(
        self,
        database: Path | str,
        clock: Clock,
        post: Post,
        keychain: Keychain,
        mail_program: MailProgram,
        who: str = "",
        vat_ids: VatIdService | None = None,
        inbox: Inbox | None = None,
    ) -> None:
        self.place = database
        self.clock = clock
        self.post = post
        self.keychain = keychain
        self.mail_program = mail_program
        self.vat_ids = vat_ids  # none: nobody is asked, as in the order file
        self.inbox = inbox  # none: no mails are fetched, as in the demonstration
        self.microsoft: Microsoft | None = None  # none: mailboxes of Microsoft cannot be read
        self.who = who or _user()
        self.rewound = Rewound()
        self._database: Database | None = None
        self._opening = threading.Lock()
        self._listeners: list[Listener] = []

    @property
    def database(self) -> Database:
        """The open database; opening may raise a named DatabaseProblem."""
        with self._opening:
            if self._database is None:
                from shopdesk.store.database import Database

                database = Database(self.place)
                for listener in self._listeners:
                    database.on_change(listener)
                self._database = database
            return self._database

    @property
    def is_open(self) -> bool:
        """Whether the database has been opened already."""
        return self._database is not None

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Tell the listener which tables each commit touched; it is called on the thread that committed."""
        self._listeners.append(listener)
        if self._database is not None:
            self._database.on_change(listener)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One use case's transaction: all of it is stored, or nothing."""
        with self.database.writing() as connection:
            yield connection

    def record(
        self,
        connection: Connection,
        action: str,
        subject: str,
        subject_id: int | str,
        old: Mapping[str, object] | None = None,
        new: Mapping[str, object] | None = None,
    ) -> None:
        """Write into the journal who did what (GoBD), in the transaction of the act itself."""
        from shopdesk.store import journal

        journal.append(
            connection, action, subject, subject_id, old, new,
            self.clock.now(), self.who, __version__, str(self.clock.zone),
        )  # fmt: skip

    def close(self) -> None:
        """Close the database."""
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "shopdesk"


def is_database_problem(error: Exception) -> bool:
    """Whether the error is about the database file as a whole: absent, not ours, newer, damaged, busy."""
    from shopdesk.store.problems import DatabaseProblem

    return isinstance(error, DatabaseProblem)


def refuse_absent(place: Path | str) -> None:
    """Raise DatabaseAbsent where no file is: only setup and the window begin a new shop."""
    from shopdesk.store.problems import DatabaseAbsent

    if "://" not in str(place) and not Path(place).exists():
        raise DatabaseAbsent(Path(place))
