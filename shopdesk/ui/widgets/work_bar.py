"""Long work on a page: how far it is, and a button that stops it. The window stays usable meanwhile."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.domain.long_work import LongWork
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import MEDIUM, TINY, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.ui.widgets.progress_line import NOTHING_UNDER

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell

_TOLD_EVERY = 0.05
"""Seconds: more often would cost the work more than it tells."""


class Bar(QWidget):
    """A part of a whole, drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(px(120), px(8))

    def show_share(self, done: int, of: int) -> None:
        """So much of the whole."""
        self._share = done / of if of else 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded bar in the colours of the moment."""
        painter, now = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        radius = area.height() / 2
        painter.setBrush(QColor(now.line))
        painter.drawRoundedRect(area, radius, radius)
        if self._share > 0:
            area.setWidth(max(area.height(), area.width() * self._share))
            painter.setBrush(QColor(now.accent))
            painter.drawRoundedRect(area, radius, radius)


class WorkBar(QWidget):
    """Hidden until `begin`; while its page is not seen, the line at the foot of the window takes over."""

    _told = Signal(int, int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._template = shell, ""
        self._stop = Event()
        self._told_at = 0.0
        self.is_running = False
        gettext = shell.texts.gettext
        self.words = PlainLabel()
        self.bar = Bar()
        self.cancel = GhostButton(gettext("Cancel"), self.stop, icon_name="x")
        line = QHBoxLayout()
        line.setSpacing(px(MEDIUM))
        line.addWidget(self.words, 1)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(TINY))
        column.addLayout(line)
        column.addWidget(self.bar)
        self._told.connect(self._show)
        self._patience = QTimer(self, interval=NOTHING_UNDER)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self, template: str, *, patient: bool = False) -> LongWork:
        """Show the bar, a `patient` one only when the work takes longer than a moment.

        `template` has the gaps {done} and {all}; the answer is what the use case reports to.
        """
        self._template, self._stop = template, Event()
        self._told_at = 0.0
        self.is_running = True
        self.window().installEventFilter(self)
        self.cancel.setEnabled(True)
        self._show(0, 0)
        if patient:
            self._patience.start()
        else:
            self.show()
        return LongWork(self._report, self._stop.is_set)

    def over(self) -> None:
        """The work has ended, however it did."""
        self.is_running = False
        self._patience.stop()
        self.window().removeEventFilter(self)
        self.hide()
        self._shell.progress("")

    def stop(self) -> None:
        """Ask the work to stop; it ends after the step in hand."""
        self._stop.set()
        self.cancel.setEnabled(False)
        self.words.setText(self._shell.texts.gettext("Stopping …"))

    def _report(self, done: int, of: int) -> None:
        """Called on the work's thread."""
        now = time.monotonic()
        if done == of or now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            self._told.emit(done, of)

    def _show(self, done: int, of: int) -> None:
        if not self.is_running or self._stop.is_set():
            return
        number = self._shell.texts.number
        words = self._template.format(done=number(done), all=number(of) if of else "…")
        self.words.setText(words)
        self.bar.show_share(done, of)
        page = self.parentWidget()
        if page is None or not page.isVisible():
            self._shell.progress(words, self.stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window closes: it waits for the step in hand, not for the hundreds behind it."""
        if event.type() == QEvent.Type.Close and watched is self.window():
            self._stop.set()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is shown: the foot of the window tells it."""
        super().hideEvent(event)
        if self.is_running:
            self._shell.progress(self.words.text(), self.stop)

    def showEvent(self, event: QShowEvent) -> None:
        """Back again."""
        super().showEvent(event)
        self._shell.progress("")
