"""Fetching while the window is open: at once where the server tells, else every two minutes, and with F5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail_in import EVERY, FetchProblem, MailInAccount

if TYPE_CHECKING:
    from shopdesk.outside.inbox import Watch
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.mail_in import Fetched

_ROUND_MS = int(EVERY.total_seconds() * 1000)
_ROUNDS_WHEN_TOLD = 5
"""Where the server tells by itself, every fifth round looks nevertheless."""
_WORTH_A_LINE = 20
"""From how many mails on the progress is shown."""


class MailFetching(QObject):
    """One per window. Fetching itself runs on the lane `post`; the watch has a thread of its own."""

    _news = Signal(int)
    _went_on = Signal(int, int)
    _setting_changed = Signal()

    def __init__(self, window: MainWindow, round_ms: int = _ROUND_MS) -> None:
        super().__init__(window)
        self._window, self._shop = window, window.shop
        self._account: MailInAccount | None = None
        self._watch: Watch | None = None
        self._turn = 0  # what an earlier watch still tells is not listened to
        self._rounds = 0
        self._is_running = self._again = self._asked = self._stopped = False
        self._timer = QTimer(self, interval=round_ms)
        self._timer.timeout.connect(self._round)
        self._news.connect(self._hear)
        self._went_on.connect(self._show_progress)
        self._setting_changed.connect(self._read_settings)

    def start(self) -> None:
        """Fetch from now on as the settings say, and follow them when they change."""
        self._shop.on_change(lambda tables: self._setting_changed.emit() if "setting" in tables else None)
        self._window.installEventFilter(self)
        self._window.refresh_wanted.connect(self.fetch_now)
        self._timer.start()
        self._read_settings()

    def stop(self) -> None:
        """The window closes: what is being fetched ends after the mail it is at."""
        self._stopped = True
        self._timer.stop()
        self._hang_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window must not wait for a slow server before it closes."""
        if event.type() == QEvent.Type.Close:
            self.stop()
        return super().eventFilter(watched, event)

    def _hang_up(self) -> None:
        self._turn += 1
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    # The settings

    def _read_settings(self) -> None:
        from shopdesk.usecases import mail_in_settings

        self._window.run_desk(lambda: mail_in_settings.account(self._shop), self._follow_settings)

    def _follow_settings(self, account: MailInAccount) -> None:
        is_same, is_told = account == self._account, self._watch is not None and self._watch.is_told
        if self._stopped or (is_same and (is_told or not account.is_on)):
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

        self._window.run_desk(
            lambda: mail_in.watch(self._shop, lambda: self._news.emit(turn)), keep, self._say
        )

    # Fetching

    def _hear(self, turn: int) -> None:
        if turn == self._turn and not self._stopped:
            self._fetch()

    def _round(self) -> None:
        if self._account is None or not self._account.is_on:
            return
        if self._watch is None:
            self._begin_watch()
        self._rounds += 1
        is_told = self._watch is not None and self._watch.is_told
        if not is_told or self._rounds % _ROUNDS_WHEN_TOLD == 0:
            self._fetch()

    def fetch_now(self) -> None:
        """F5: the owner wants to know now, and is told what came."""
        if self._account is not None and self._account.is_on:
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
            wanted = asked or mail_in.wants_fetching(self._shop)
            return mail_in.fetch(self._shop, work) if wanted else None

        self._window.run_post(fetch, self._fetched, self._failed)

    def _fetched(self, found: Fetched | None) -> None:
        self._over()
        if found is not None and self._asked and not found.more:
            self._asked = False
            self._tell(found)
        if (found is not None and found.more) or self._again:
            self._fetch()

    def _failed(self, error: Exception) -> None:
        self._over()
        asked, self._asked = self._asked, False
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

    def _tell(self, found: Fetched) -> None:
        texts = self._window.texts
        words = texts.gettext("No new mails.")
        if found.taken:
            words = texts.ngettext("{n} new mail.", "{n} new mails.", found.taken).format(n=found.taken)
        elif found.kept_away:
            words = texts.ngettext(
                "No inquiry; {n} mail was kept away.",
                "No inquiry; {n} mails were kept away.",
                found.kept_away,
            ).format(n=found.kept_away)
        self._window.toast(words, seconds=4)
