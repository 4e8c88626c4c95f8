"""Waiting for new mails: the server says so by itself (IMAP IDLE, RFC 2177), on a thread of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable

from imap_tools import BaseMailBox

from shopdesk.domain.mail_in import FetchPostponed, FetchProblem, MailInAccount
from shopdesk.outside import imap

RENEW_SECONDS = 9 * 60.0
"""Servers hang up after 30 minutes (RFC 2177), many home routers forget a silent line after ten."""
PAUSES = (5.0, 30.0, 120.0, 600.0)
"""Seconds before the line is tried again; meanwhile mails are fetched every two minutes anyway."""
_STOP_SECONDS = 2.0


class ImapWatch:
    """Stays connected until `stop`. `password` and `on_news` are called on its thread: fetch then."""

    def __init__(
        self,
        account: MailInAccount,
        password: Callable[[], str],
        on_news: Callable[[], None],
        seconds: float = 30.0,
        renew_seconds: float = RENEW_SECONDS,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._account, self._password, self._on_news = account, password, on_news
        self._seconds, self._renew_seconds, self._pauses = seconds, renew_seconds, pauses
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._box: BaseMailBox | None = None
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._stay, name="imap-watch", daemon=True)

    @property
    def is_told(self) -> bool:
        """See Watch."""
        return self._told.is_set()

    def start(self) -> None:
        """Connect and wait until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """See Watch."""
        self._stopped.set()
        with self._lock:
            box = self._box
        if box is not None:
            with contextlib.suppress(OSError):  # it is closed already
                box.client.sock.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _stay(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            try:
                self._wait_for_news()
                if not self._told.is_set():
                    return  # this server does not say by itself what comes
            except FetchPostponed:
                failures = 0 if self._told.is_set() else failures + 1
            except FetchProblem:
                return  # the fetching itself meets the same and tells the owner
            finally:
                self._told.clear()
            self._stopped.wait(self._pauses[min(failures, len(self._pauses) - 1)])

    def _wait_for_news(self) -> None:
        password = self._password()
        with imap.naming(self._account):
            box = imap.connect(self._account, self._seconds)
        with self._lock:
            self._box = box
        try:
            with imap.naming(self._account):
                imap.log_in(box, self._account, password)
                if "IDLE" not in box.client.capabilities and not _offers_idle(box):
                    return
                box.folder.set(self._account.folder, readonly=True)
                self._idle(box)
        finally:
            with self._lock:
                self._box = None
            imap.hang_up(box)

    def _idle(self, box: BaseMailBox) -> None:
        """Each renewal looks once more: what came between two waits is told to nobody."""
        self._told.set()
        while not self._stopped.is_set():
            self._on_news()
            box.idle.start()  # type: ignore[no-untyped-call]
            self._wait_in_idle(box)
            if not self._stopped.is_set():
                box.idle.stop()  # type: ignore[no-untyped-call]

    def _wait_in_idle(self, box: BaseMailBox) -> None:
        """Until something came, or the line has to be renewed; servers say “Still here” in between."""
        end = time.monotonic() + self._renew_seconds
        while not self._stopped.is_set() and (left := end - time.monotonic()) > 0:
            lines = box.idle.poll(left)
            # none: the time is over, or the server has hung up, which the next word shows
            if not lines or any(b"EXISTS" in line or b"RECENT" in line for line in lines):
                return


def _offers_idle(box: BaseMailBox) -> bool:
    """Many servers offer more once one is logged in."""
    _kind, told = box.client.capability()
    return any(b"IDLE" in line.upper().split() for line in told if line)
