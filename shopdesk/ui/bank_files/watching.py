"""Watches the folder of downloads for bank files: told by the system, and looked at now and then all the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from shopdesk.usecases import bank_folder

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.bank_folder import Look, Marks

_SOON_MS = 1500
"""A file that looks the same after that long is whole."""
_EVERY_MS = 30_000
"""Folders of a network tell nothing by themselves."""
_SECONDS = 15


class BankFolderWatch(QObject):
    """Follows the computer's settings; what is found stands in Heute, and a toast says so."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._folder = ""
        self._growing: Marks = frozenset()
        self._names: frozenset[str] | None = None
        self._is_looking = False
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(lambda _folder: self._soon.start())
        self._often = QTimer(self, interval=_EVERY_MS)
        self._often.timeout.connect(self.look)

    def start(self) -> None:
        """From now on, as the settings say."""
        self._often.start()
        self._soon.start()

    def look(self) -> None:
        """Look into the folder aside; nothing where none is watched."""
        self._follow_settings()
        if not self._folder or self._is_looking:
            return
        self._is_looking = True
        shop, folder, growing = self._window.shop, Path(self._folder), self._growing
        names = self._names
        since = _since(self._window.settings.bank_folder_since)

        def work() -> Look:
            bank_folder.clear_missing(shop)
            return bank_folder.look(shop, folder, since, growing, names)

        self._window.run_desk(work, self._looked, self._failed)

    def _follow_settings(self) -> None:
        wanted = self._window.settings.bank_folder
        if wanted == self._folder:
            return
        if self._system.directories():
            self._system.removePaths(self._system.directories())
        self._folder, self._growing, self._names = wanted, frozenset(), None
        if wanted:
            self._system.addPath(wanted)

    def _looked(self, found: Look) -> None:
        self._is_looking = False
        self._growing, self._names = found.growing, found.names
        if found.growing:
            self._soon.start()
        if self._folder and found.is_there and not self._system.directories():
            self._system.addPath(self._folder)  # it was away for a while: a stick, a network
        for each in found.found:
            words = self._window.texts.gettext("Bank statement found: {name} · Today reads it with ⏎")
            self._window.toast(words.format(name=Path(each.path).name), seconds=_SECONDS)

    def _failed(self, _error: Exception) -> None:
        self._is_looking = False  # the next look tries again


def _since(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.now(dt.UTC)
