"""Tells the owner what has come up, while he looks elsewhere, after a sleep and at the next start; never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import settings as settings_file
from shopdesk.domain.errors import ShopError
from shopdesk.domain.notices import TOLD_ONE_BY_ONE, Notice, QuietHours, heading, notices
from shopdesk.domain.today import TodayItem, TodayKind, Urgency, urgency
from shopdesk.ui.shell.tray import Tray
from shopdesk.ui.widgets.labels import shortened
from shopdesk.usecases import today

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.undo import Undo

_EVERY_MS = 20_000
_LONGEST_WORDS = 40
_AN_HOUR = dt.timedelta(hours=1)


class Notifier(QObject):
    """Looks every few seconds; a computer that slept looks when it wakes."""

    def __init__(self, window: MainWindow, tray: Tray | None) -> None:
        super().__init__(window)
        self._window, self.tray = window, tray
        self._last: tuple[Notice, ...] = ()
        self._again: list[Notice] = []
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
        found = self._due_again(items, now)
        found += notices(items, dt.datetime.fromisoformat(settings.told_until), now)
        if found:
            self._told_until(now)
        if found and settings.notices:
            self._last = found
            self._tell(found, now)
        self._offer(items)

    def _due_again(self, items: tuple[TodayItem, ...], now: dt.datetime) -> tuple[Notice, ...]:
        """What the owner wanted to be reminded of, where it is still to be done."""
        due = [notice for notice in self._again if notice.at <= now]
        self._again = [notice for notice in self._again if notice.at > now]
        return tuple(notice for notice in due if _as_told(notice.item, items) is not None)

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

    def _offer(self, items: tuple[TodayItem, ...]) -> None:
        """The most urgent notice can be settled at the icon, as long as its row stands in Heute as it was told."""
        if self.tray is None:
            return
        item = next(iter(self._last), None)
        if item is None or len(self._last) > TOLD_ONE_BY_ONE or _as_told(item.item, items) is None:
            self.tray.offer(())
            return
        self.tray.offer(self._ways(item))

    def _ways(self, notice: Notice) -> list[tuple[str, Callable[[], None]]]:
        from shopdesk.ui.today.row_kinds import ROW_KINDS

        gettext, item = self._window.texts.gettext, notice.item
        kind, name = ROW_KINDS[item.kind], shortened(self._words(item), _LONGEST_WORDS)
        ways: list[tuple[str, Callable[[], None]]] = [
            (gettext("Open: {text}").format(text=name), partial(self._open, item))
        ]
        done = kind.done
        if done is not None:
            said = gettext(kind.done_words).format(text=name)
            ways.append((said, lambda: self._act(item, partial(done, item, self._window.shop), said)))
        later = gettext("Remind me in an hour: {text}").format(text=name)
        return [*ways, (later, partial(self._later, notice))]

    def _later(self, notice: Notice) -> None:
        """Only the notice comes again: an appointment or a promise stays where it is."""
        self._again.append(replace(notice, at=today.local_now(self._window.shop) + _AN_HOUR))
        self._last = ()
        self._offer(())

    def _act(self, item: TodayItem, act: Callable[[], Undo], said: str) -> None:
        """Unless it was settled elsewhere since."""
        shop = self._window.shop
        is_so = _as_told(item, today.items(shop)) is not None
        self._last = ()
        self._offer(())
        if not is_so:
            self._window.come_forward()
            self._window.toast(self._window.texts.gettext("This has been settled or changed already."))
            return
        try:
            undo = act()
        except ShopError as error:
            self._window.come_forward()
            self._window.problem(error)
            return
        self._window.toast(said, lambda: undo.run(shop))

    def open_last(self) -> None:
        """The click on icon or message: the thing itself where there is one, else Heute."""
        last, self._last = self._last, ()
        self._offer(())
        if len(last) == 1:
            self._open(last[0].item)
            return
        self._window.come_forward()
        if last:
            self._window.open_page("today")

    def _open(self, item: TodayItem) -> None:
        from shopdesk.ui.today.row_kinds import ROW_KINDS

        self._window.come_forward()
        if item.kind == TodayKind.FOLLOW_UP and item.customer_id is None and item.document_id is None:
            self._window.open_page("today")  # it stands only there
        else:
            ROW_KINDS[item.kind].open(item, self._window)


def _as_told(item: TodayItem, items: Iterable[TodayItem]) -> TodayItem | None:
    """The row that was told, if it is still there and nobody has changed it."""
    told = (item.kind, item.reference, item.version)
    return next((each for each in items if (each.kind, each.reference, each.version) == told), None)
