"""Where banners stand: at the top of the window, or in the corner of the screen while another program is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from shopdesk.ui.shell.overlay import Overlay
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from shopdesk.ui.calls.banner import CallBanner

MOST_AT_ONCE = 3
_TAKES_RETURN = (
    QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox, QAbstractButton, QAbstractItemView,
)  # fmt: skip
_FLOATING = (
    Qt.WindowType.ToolTip  # a tool window would hide on macOS with its program, just when it is needed
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class Banners(QObject):
    """Keeps the banners of a window over one of its parts, the newest on top; ⏎ takes it where nobody is typing."""

    def __init__(self, window: QWidget, over: QWidget, on_return: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._over, self._on_return = window, over, on_return
        self.shown: list[CallBanner] = []

    def show(self, banner: CallBanner) -> None:
        """Put it on top; what has the focus keeps it."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        while len(self.shown) >= MOST_AT_ONCE:
            self.remove(self.shown[-1])
        window = self._window
        if window.isActiveWindow() and not window.isMinimized():
            banner.setParent(window)
        else:
            banner.setParent(window, _FLOATING)
        self.shown.insert(0, banner)
        self.place()
        banner.show()
        if not banner.isWindow():
            banner.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(banner, banner.words.spoken))
        window.installEventFilter(self)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def remove(self, banner: CallBanner) -> None:
        """Take it away."""
        if banner not in self.shown:
            return
        self.shown.remove(banner)
        banner.hide()
        banner.deleteLater()
        self.place()
        if not self.shown:
            self._window.removeEventFilter(self)
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def place(self) -> None:
        """Stack them: over the pages at the top, the floating ones in the screen's lower corner."""
        area = self._over.geometry()
        keyed = self.current()
        top, bottom = px(SMALL), px(NORMAL)
        below = self._is_searching()
        for number, banner in enumerate(self.shown):
            banner.lead(is_newest=number == 0, has_key=banner is keyed and not banner.isWindow())
            if banner.isWindow():
                screen = self._screen()
                banner.fit(screen.width() - 2 * px(NORMAL))
                corner = screen.bottomRight() - QPoint(banner.width() + px(NORMAL), banner.height() + bottom)
                banner.move(corner)
                bottom += banner.height() + px(SMALL)
            else:
                banner.fit(area.width() - 2 * px(NORMAL))
                top = area.height() - banner.height() - bottom if below else top
                bottom += banner.height() + px(SMALL)
                banner.move(area.left() + (area.width() - banner.width()) // 2, top)
                top += 0 if below else banner.height() + px(SMALL)

    def _dock(self) -> None:
        """The owner comes to the window: what floated stands there now."""
        floating = [banner for banner in self.shown if banner.isWindow()]
        for banner in floating:
            banner.setParent(self._window, Qt.WindowType.Widget)
        self.place()
        for banner in floating:
            banner.show()
            banner.raise_()

    def _is_searching(self) -> bool:
        """Whether something lies over the pages that is written in."""
        return any(not overlay.isHidden() for overlay in self._window.findChildren(Overlay))

    def current(self) -> CallBanner | None:
        """The newest call that goes on: a key takes it."""
        return next((banner for banner in self.shown if banner.is_open), None)

    def _screen(self) -> QRect:
        screen = self._window.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; ⏎ belongs to the call where nothing else wants it."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.place()
        elif watched is self._window and event.type() == QEvent.Type.WindowActivate:
            self._dock()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            self._on_return()
            return True
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        banner = self.current()
        if not is_return or not plain or event.isAutoRepeat() or banner is None:
            return False
        if not banner.has_stood:
            return False
        return self._window.isActiveWindow() and _nothing_is_typed()


def _nothing_is_typed() -> bool:
    if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
        return False
    focused = QApplication.focusWidget()
    # ⏎ in the program's lists only opens a row
    return isinstance(focused, RowList) or not isinstance(focused, _TAKES_RETURN)
