"""Messages that stand for some seconds above the action bar and can be taken back: instead of "are you sure?"."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.ui.widgets.showing import show_if

MOST_AT_ONCE = 3
_TICK = 100  # ms


class ToastWidget(QWidget):
    """One message with its countdown."""

    ended = Signal()

    def __init__(
        self,
        texts: Texts,
        message: str,
        undo: Callable[[], None] | None,
        seconds: float,
        then: Callable[[], None] | None,
        undo_key: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._texts, self.message, self._undo, self._then = texts, message, undo, then
        self._left = seconds
        self._words = PlainLabel(message, wrap=True)
        self._seconds = PlainLabel()
        show_if(self._seconds, then is not None)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(px(NORMAL), px(SMALL), px(SMALL if undo else NORMAL), px(SMALL))
        self._box.setSpacing(px(MEDIUM))
        self._box.addWidget(self._words, 1)
        self._box.addWidget(self._seconds)
        if undo is not None:
            self._box.addWidget(self._button(undo_key))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._show_seconds()

    def _button(self, undo_key: str) -> QPushButton:
        title = self._texts.gettext("Undo")
        button = QPushButton(f"{title}  ({undo_key})" if undo_key else title)
        button.setAccessibleName(f"{title}: {self.message}")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked: self.take_back())
        return button

    @property
    def can_undo(self) -> bool:
        """Whether it can still be taken back."""
        return self._undo is not None

    @property
    def is_waiting(self) -> bool:
        """Whether something is done when the seconds have passed."""
        return self._then is not None

    def take_back(self) -> None:
        """Undo, and go."""
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Go; neither undo nor then is called."""
        self._timer.stop()
        self._undo = self._then = None
        self.ended.emit()

    def _tick(self) -> None:
        if self._then is None and self.underMouse():
            return  # somebody is reading it
        self._left -= _TICK / 1000
        self._show_seconds()
        if self._left <= 0:
            then = self._then
            self.dismiss()
            if then is not None:
                then()

    def _show_seconds(self) -> None:
        # not translated: the unit's sign (SI)
        self._seconds.setText(f"{max(0, math.ceil(self._left))} s")

    def fit(self, width: int) -> None:
        """Take the room the words need, up to `width`."""
        others = self._box.sizeHint().width() - self._words.sizeHint().width()
        words = self._words.fontMetrics().horizontalAdvance(self.message) + px(SMALL)
        wanted = min(width, words + others)
        self.resize(wanted, max(self._box.heightForWidth(wanted), self.minimumSizeHint().height()))


class ToastHost(QObject):
    """Keeps the toasts of a window above its action bar, newest below, and gives Ctrl+Z to the newest."""

    def __init__(
        self, window: QWidget, texts: Texts, undo_key: str, action_bar: Callable[[], QWidget | None]
    ) -> None:
        super().__init__(window)
        self._window, self._texts, self._undo_key, self._action_bar = window, texts, undo_key, action_bar
        self.toasts: list[ToastWidget] = []
        self._last_undo: Callable[[], None] | None = None
        window.installEventFilter(self)

    def show(
        self,
        message: str,
        undo: Callable[[], None] | None = None,
        seconds: float = 8,
        then: Callable[[], None] | None = None,
    ) -> ToastWidget:
        """See `Shell.toast`."""
        toast = ToastWidget(self._texts, message, undo, seconds, then, self._undo_key, self._window)
        toast.ended.connect(lambda: self._remove(toast))
        self.toasts.append(toast)
        self._last_undo = undo if then is None else None
        while len(self.toasts) > MOST_AT_ONCE and self._drop_oldest():
            pass
        self.place()
        toast.show()
        toast.raise_()
        self._announce(toast)
        self._watch_keys()
        return toast

    @property
    def can_undo(self) -> bool:
        """Whether Ctrl+Z has something to take back.

        It may outlive its message, since a use case's own undo refuses in words when it comes too late.
        """
        return self._last_undo is not None or any(toast.can_undo for toast in self.toasts)

    def undo(self) -> None:
        """Take back the newest thing that can be."""
        for toast in reversed(self.toasts):
            if toast.can_undo:
                self._last_undo = None
                toast.take_back()
                return
        undo, self._last_undo = self._last_undo, None
        if undo is not None:
            undo()

    def clear(self) -> None:
        """Take all away and forget what waits: the window closes."""
        for toast in list(self.toasts):
            toast.dismiss()

    def place(self) -> None:
        """Stack them at the foot of the window, above the page's action bar."""
        area = self._window.rect()
        bar = self._action_bar()
        bottom = area.height() - px(NORMAL)
        if bar is not None and bar.isVisible():
            bottom = bar.mapTo(self._window, bar.rect().topLeft()).y() - px(SMALL)
        for toast in reversed(self.toasts):
            toast.fit(area.width() - 2 * px(NORMAL))
            toast.move((area.width() - toast.width()) // 2, bottom - toast.height())
            bottom -= toast.height() + px(SMALL)

    def _drop_oldest(self) -> bool:
        for toast in self.toasts:
            if not toast.is_waiting:
                toast.dismiss()
                return True
        return False

    def _remove(self, toast: ToastWidget) -> None:
        if toast in self.toasts:
            self.toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self.place()
            self._watch_keys()

    def _announce(self, toast: ToastWidget) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        undo = self._texts.gettext("Undo")
        words = f"{toast.message} {undo}: {self._undo_key}" if toast.can_undo else toast.message
        event = QAccessibleAnnouncementEvent(toast, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _watch_keys(self) -> None:
        """Look at every key only while something can be taken back."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if any(toast.can_undo for toast in self.toasts):
                application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; give Ctrl+Z to the toast where the text field has nothing to undo itself."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.place()
        if event.type() == QEvent.Type.ShortcutOverride:
            undoes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
            if undoes and _has_nothing_to_undo(watched):
                event.ignore()
                return True
        return False


def _has_nothing_to_undo(field: QObject) -> bool:
    """Whether it is a text field whose own text has no step to take back."""
    if isinstance(field, QLineEdit):
        return not field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit) and not field.document().isUndoAvailable()
