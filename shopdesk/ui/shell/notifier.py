"""Tells the owner what has come up, while he looks elsewhere, after a sleep and at the next start; never twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import settings as settings_file
from shopdesk.domain.notices import TOLD_ONE_BY_ONE, Notice, QuietHours, heading, notices
from shopdesk.domain.today import TodayItem, Urgency, urgency
from shopdesk.ui.shell.tray import Tray
from shopdesk.usecases import today

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow

_EVERY_MS = 20_000


class Notifier(QObject):
    """Looks every few seconds; a computer that slept looks when it wakes."""

    def __init__(self, window: MainWindow, tray: Tray | None) -> None:
        super().__init__(window)
        self._window, self.tray = window, tray
        self._last: tuple[Notice, ...] = ()
        self._is_looking = False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if tray is not None:
            tray.opened.connect(self.open_last)

    def start(self) -> None:
        """Look now, and again and again."""
        if not self._window.settings.told_until:
            self._told_until(today.local_now(self._window.shop))  # a first start tells nothing of the past
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Read Heute aside."""
        if self._is_looking:
            return
        self._is_looking = True
        shop = self._window.shop
        self._window.run_desk(lambda: today.items(shop), self._took, lambda _error: self._took(()))

    def _took(self, items: tuple[TodayItem, ...]) -> None:
        self._is_looking = False
        now = today.local_now(self._window.shop)
        if self.tray is not None:
            self.tray.show_count(sum(urgency(item, now) <= Urgency.NOW for item in items))
        settings = self._window.settings
        if self._is_quiet(now):
            return  # told when the quiet is over
        found = notices(items, dt.datetime.fromisoformat(settings.told_until), now)
        if not found:
            return
        self._told_until(now)
        if settings.notices:
            self._last = found
            self._tell(found, now)

    def _is_quiet(self, now: dt.datetime) -> bool:
        settings = self._window.settings
        if not (settings.quiet_from and settings.quiet_until):
            return False
        hours = QuietHours(
            dt.time.fromisoformat(settings.quiet_from), dt.time.fromisoformat(settings.quiet_until)
        )
        return hours.has(now.time())

    def _told_until(self, moment: dt.datetime) -> None:
        # the theme need not follow, so not through change_settings
        self._window.settings = replace(self._window.settings, told_until=moment.isoformat())
        settings_file.save(self._window.settings)

    def _tell(self, found: tuple[Notice, ...], now: dt.datetime) -> None:
        texts = self._window.texts
        if len(found) > TOLD_ONE_BY_ONE:
            words = texts.gettext("{n} things have come up").format(n=len(found))
            self._say(words, " · ".join(self._words(notice.item) for notice in found[:TOLD_ONE_BY_ONE]))
            return
        for notice in reversed(found):  # the most urgent last, so that it stands on top
            self._say(texts.say(heading(notice, now)), self._words(notice.item))

    def _words(self, item: TodayItem) -> str:
        from shopdesk.ui.today.row_kinds import ROW_KINDS

        first, second = ROW_KINDS[item.kind].words(item, self._window.texts)
        return " · ".join(part for part in (first, second) if part)

    def _say(self, head: str, text: str) -> None:
        if self.tray is not None:
            self.tray.say(head, text)
            return
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
        self._window.toast(f"{head}: {text}")

    def open_last(self) -> None:
        """The click on icon or message: the thing itself where there is one, else Heute."""
        self._window.come_forward()
        last, self._last = self._last, ()
        if len(last) == 1:
            from shopdesk.ui.today.row_kinds import ROW_KINDS

            ROW_KINDS[last[0].item.kind].open(last[0].item, self._window)
        elif last:
            self._window.open_page("today")
