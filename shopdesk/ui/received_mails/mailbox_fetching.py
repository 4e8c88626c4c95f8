"""Fetching from one mailbox while the window is open, with a watch and pauses of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail_in import FetchProblem, MailInAccount

if TYPE_CHECKING:
    from shopdesk.outside.inbox import Watch
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.mail_in import Fetched

_ROUNDS_WHEN_TOLD = 5
"""Where the server tells by itself, every fifth round looks nevertheless."""
_WORTH_A_LINE = 20
"""From how many mails on the progress is shown."""


class MailboxFetching(QObject):
    """One per mailbox. Fetching itself runs on the lane `post`; the watch has a thread of its own.

    `told` says, after `fetch_now`, what came from the mailbox of this `keychain_name`; None when it failed.
    """

    told = Signal(str, object)
    _news = Signal(int)
    _went_on = Signal(int, int)

    def __init__(self, window: MainWindow, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._shop, self._key = window, window.shop, key
        self._account: MailInAccount | None = None
        self._watch: Watch | None = None
        self._turn = 0  # what an earlier watch still tells is not listened to
        self._rounds = 0
        self._is_running = self._again = self._asked = self._stopped = False
        self._news.connect(self._hear)
        self._went_on.connect(self._show_progress)

    @property
    def is_on(self) -> bool:
        """Whether the owner wants its mails."""
        return self._account is not None and self._account.is_on and not self._stopped

    @property
    def is_told(self) -> bool:
        """Whether its server says by itself that something came."""
        return self._watch is not None and self._watch.is_told

    def stop(self) -> None:
        """What is being fetched ends after the mail it is at."""
        self._stopped = True
        self._hang_up()

    def _hang_up(self) -> None:
        self._turn += 1
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def follow(self, account: MailInAccount) -> None:
        """What the settings say now."""
        is_same = account == self._account
        if self._stopped or (is_same and (self.is_told or not account.is_on)):
            return  # a new password changes no setting, but brings back a watch that was refused
        self._hang_up()
        self._account = account
        if account.is_on:
            self._begin_watch()
            self._fetch()

    def _begin_watch(self) -> None:
        from shopdesk.usecases import mail_in

        turn = self._turn

        def keep(watch: Watch | None) -> None:
            if watch is not None and (turn != self._turn or self._stopped):
                watch.stop()
            else:
                self._watch = watch

        self._window.run_post(
            lambda: mail_in.watch(self._shop, self._key, lambda: self._news.emit(turn)), keep, self._say
        )

    def _hear(self, turn: int) -> None:
        if turn == self._turn and not self._stopped:
            self._fetch()

    def round(self) -> None:
        """Two minutes are over."""
        if not self.is_on:
            return
        if self._watch is None:
            self._begin_watch()
        self._rounds += 1
        # a server tells of one folder only
        is_told = self.is_told and self._account is not None and not self._account.more_folders
        if not is_told or self._rounds % _ROUNDS_WHEN_TOLD == 0:
            self._fetch()

    def fetch_now(self) -> None:
        """The owner asks: also while a pause after a failure runs."""
        self._asked = True
        self._fetch()

    def _fetch(self) -> None:
        """One at a time; what is wanted meanwhile comes right after it."""
        from shopdesk.usecases import mail_in

        if self._is_running:
            self._again = True
            return
        asked, self._again, self._is_running = self._asked, False, True
        work = LongWork(self._went_on.emit, lambda: self._stopped)

        def fetch() -> Fetched | None:
            wanted = asked or mail_in.wants_fetching(self._shop, self._key)
            return mail_in.fetch(self._shop, self._key, work) if wanted else None

        self._window.run_post(fetch, self._fetched, self._failed)

    def _fetched(self, found: Fetched | None) -> None:
        self._over()
        if found is not None and self._asked and not found.more:
            self._asked = False
            self.told.emit(self._key, found)
        if (found is not None and found.more) or self._again:
            self._fetch()

    def _failed(self, error: Exception) -> None:
        self._over()
        asked, self._asked = self._asked, False
        if asked:
            self.told.emit(self._key, None)
        if isinstance(error, Stopped):
            return
        if asked or not isinstance(error, FetchProblem):
            self._say(error)  # what was not asked for stands in Heute when it does not pass

    def _say(self, error: Exception) -> None:
        if isinstance(error, ShopError) or not self._stopped:
            self._window.problem(error)

    def _over(self) -> None:
        self._is_running = False
        self._window.progress("")

    def _show_progress(self, done: int, of: int) -> None:
        if of >= _WORTH_A_LINE and self._is_running:
            words = self._window.texts.gettext("Fetching mails: {done} of {of}").format(done=done, of=of)
            self._window.progress(words)
