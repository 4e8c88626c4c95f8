"""Fetching while the window is open: at once where a server tells, else every two minutes, and with F5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from shopdesk.domain.mail_in import EVERY, MailInAccount
from shopdesk.ui.received_mails.mailbox_fetching import MailboxFetching

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.mail_in import Fetched

_ROUND_MS = int(EVERY.total_seconds() * 1000)


class MailFetching(QObject):
    """One per window, with one part for each mailbox. What F5 brought is told once, for all of them together."""

    _setting_changed = Signal()

    def __init__(self, window: MainWindow, round_ms: int = _ROUND_MS) -> None:
        super().__init__(window)
        self._window, self._shop = window, window.shop
        self._parts: dict[str, MailboxFetching] = {}
        self._waited_for: set[str] = set()
        self._found: Fetched | None = None
        self._stopped = False
        self._timer = QTimer(self, interval=round_ms)
        self._timer.timeout.connect(self._round)
        self._setting_changed.connect(self._read_settings)

    @property
    def is_told(self) -> bool:
        """Whether the servers of all mailboxes that are switched on say by themselves that something came."""
        wanted = [part for part in self._parts.values() if part.is_on]
        return bool(wanted) and all(part.is_told for part in wanted)

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
        for part in self._parts.values():
            part.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window must not wait for a slow server before it closes."""
        if event.type() == QEvent.Type.Close:
            self.stop()
        return super().eventFilter(watched, event)

    # The settings

    def _read_settings(self) -> None:
        from shopdesk.usecases import mail_in_settings

        self._window.run_desk(lambda: mail_in_settings.accounts(self._shop), self._follow_settings)

    def _follow_settings(self, accounts: tuple[MailInAccount, ...]) -> None:
        if self._stopped:
            return
        wanted = {one.keychain_name: one for one in accounts}
        for key in [key for key in self._parts if key not in wanted]:
            self._drop(key)
        for key, account in wanted.items():
            if key not in self._parts:
                self._parts[key] = part = MailboxFetching(self._window, key, self)
                part.told.connect(self._hear)
            self._parts[key].follow(account)

    def _drop(self, key: str) -> None:
        part = self._parts.pop(key)
        part.stop()
        part.deleteLater()
        self._hear(key, None)

    def _round(self) -> None:
        for part in self._parts.values():
            part.round()

    # F5

    def fetch_now(self) -> None:
        """F5: the owner wants to know now, and is told what came."""
        asked = {key: part for key, part in self._parts.items() if part.is_on}
        self._waited_for |= set(asked)
        for part in asked.values():
            part.fetch_now()

    def _hear(self, key: str, found: Fetched | None) -> None:
        """A mailbox that was asked has answered; None where it failed, which it said itself."""
        if key not in self._waited_for:
            return
        self._waited_for.discard(key)
        if found is not None:
            self._found = found if self._found is None else self._found + found
        if not self._waited_for:
            whole, self._found = self._found, None
            if whole is not None and not self._stopped:
                self._tell(whole)

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
