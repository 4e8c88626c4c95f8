"""The program's icon beside the system's clock: how much waits, a word when something does, and the way in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from shopdesk.i18n import Texts
from shopdesk.ui.theme.tokens import LIGHT

_EDGES = (16, 22, 32, 64)
_SHOWN_MS = 10_000


class Tray(QObject):
    """A QSystemTrayIcon with a count. Messages never take the focus; a click on one comes back as `opened`."""

    opened = Signal()
    """The icon or a message was clicked."""

    def __init__(
        self, texts: Texts, ways: tuple[tuple[str, Callable[[], None]], ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._texts, self._count = texts, -1
        self._menu = QMenu()
        self._offered: list[QAction] = []
        for words, act in ways:
            self._menu.addAction(words, act)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.opened)
        self.show_count(0)

    @staticmethod
    def is_there() -> bool:
        """Whether this system has a place for such icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def appear(self) -> None:
        """Stand beside the clock from now on."""
        self.icon.show()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    def show_count(self, count: int) -> None:
        """How much waits."""
        if count == self._count:
            return
        self._count = count
        self.icon.setIcon(program_icon(count))
        words = self._texts.ngettext("{n} thing needs you", "{n} things need you", count).format(n=count)
        self.icon.setToolTip(f"shopdesk · {words}" if count else "shopdesk")

    def offer(self, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """What one can do with the newest notice, first in the icon's menu; the messages of Windows and macOS that Qt
        sends have no buttons of their own.
        """
        for action in self._offered:
            self._menu.removeAction(action)
            action.deleteLater()
        first = next(iter(self._menu.actions()), None)
        self._offered = [QAction(words, self._menu) for words, _act in ways]
        for action, (_words, act) in zip(self._offered, ways, strict=True):
            action.triggered.connect(act)
        if ways:
            line = QAction(self._menu)
            line.setSeparator(True)
            self._offered.append(line)
        self._menu.insertActions(first, self._offered)  # type: ignore[arg-type]

    def say(self, heading: str, text: str) -> None:
        """A message of the system; quiet where the system's own settings want it so."""
        self.icon.showMessage(heading, text, self.icon.icon(), _SHOWN_MS)

    def hide(self) -> None:
        """Gone before the program ends."""
        self.icon.hide()


def program_icon(count: int = 0) -> QIcon:
    """The letter of the program on its colour, with a count in the corner."""
    found = QIcon()
    for edge in _EDGES:
        found.addPixmap(_drawn(edge, count))
    return found


def _drawn(edge: int, count: int) -> QPixmap:
    picture = QPixmap(edge, edge)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, edge, edge), edge * 0.22, edge * 0.22)
    _letter(painter, QRectF(0, 0, edge, edge), "s", edge * 0.72, LIGHT.on_accent)
    if count:
        size = edge * 0.62
        corner = QRectF(edge - size, edge - size, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.bad))
        painter.drawEllipse(corner)
        _letter(
            painter,
            corner,
            str(count) if count < 10 else "9+",
            size * (0.7 if count < 10 else 0.52),
            "#FFFFFF",
        )
    painter.end()
    return picture


def _letter(painter: QPainter, place: QRectF, text: str, height: float, colour: str) -> None:
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(6, round(height)))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
