"""The inbox: what can fetch the shop's mails, and watch for new ones.

Folders are opened read-only (EXAMINE), so no mail is marked, moved or deleted; `tidy` alone changes something, for
mailboxes whose owner chose so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from shopdesk.domain.mail_in import Afterwards, FetchedMail, FolderRole, MailInAccount

SECONDS = 30.0
"""How long each word of the server is waited for."""


class OpenInbox(Protocol):
    """A connection that is logged in. Every call may raise a FetchProblem."""

    def folders(self) -> tuple[str, ...]:
        """The names of all folders that can hold mails."""
        ...

    def folder_for(self, role: FolderRole) -> str:
        """The folder that the server marks as junk or sent (RFC 6154), else one that is called so; "" without one."""
        ...

    def open(self, folder: str) -> int:
        """Open the folder read-only and give its UIDVALIDITY."""
        ...

    def uids_after(self, uid: int, since: dt.date | None) -> tuple[int, ...]:
        """The uids behind this one, oldest first; of mails that came on or after the day."""
        ...

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How many bytes each mail has; what is gone meanwhile is left out."""
        ...

    def fetch(self, sizes: Mapping[int, int], largest: int) -> Iterator[FetchedMail]:
        """The mails of these uids and sizes, of larger ones the beginning; what is gone meanwhile is left out."""
        ...

    def tidy(
        self, folder: str, validity: int, uids: Sequence[int], afterwards: Afterwards, target: str
    ) -> None:
        """Mark mails as read, move them to the target or delete them; nothing where the uids have no meaning any more
        or the mails are gone.
        """
        ...


class Watch(Protocol):
    """Somebody who waits for new mails."""

    @property
    def is_told(self) -> bool:
        """Whether the server says by itself that something came (IMAP IDLE), and the line stands."""
        ...

    def stop(self) -> None:
        """Hang up; nothing is told afterwards."""
        ...


class Inbox(Protocol):
    """Where mails are fetched."""

    def session(self, account: MailInAccount, password: str) -> AbstractContextManager[OpenInbox]:
        """A connection that is encrypted as the account says and logged in; always closed."""
        ...

    def watch(
        self, account: MailInAccount, password: Callable[[], str], on_news: Callable[[], None]
    ) -> Watch:
        """Wait for new mails on a thread of its own, where both others are called, too."""
        ...


class ImapInbox:
    """IMAP with a certificate that is really checked. `seconds` bounds each wait.

    The protocol itself is imported with the first connection: it must not stand before the first paint.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    @contextmanager
    def session(self, account: MailInAccount, password: str) -> Iterator[OpenInbox]:
        from shopdesk.outside import imap

        with imap.session(account, password, self._seconds) as opened:
            yield opened

    def watch(
        self, account: MailInAccount, password: Callable[[], str], on_news: Callable[[], None]
    ) -> Watch:
        from shopdesk.outside.imap_watch import ImapWatch

        watch = ImapWatch(account, password, on_news, self._seconds)
        watch.start()
        return watch
