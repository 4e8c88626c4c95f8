"""Types like the owner and counts: a control key is every press that enters no character (design/UX.md)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NAMES = {
    "F4": Qt.Key.Key_F4,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F9": Qt.Key.Key_F9,
    "Return": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Escape": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Right": Qt.Key.Key_Right,
    "Space": Qt.Key.Key_Space,
    "Delete": Qt.Key.Key_Delete,
    "N": Qt.Key.Key_N,
    "O": Qt.Key.Key_O,
    "P": Qt.Key.Key_P,
    "8": Qt.Key.Key_8,
    "Z": Qt.Key.Key_Z,
}


class Typist:
    """Presses keys where the focus is; never a mouse."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.control = 0
        self.content = 0

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def press(self, name: str, *, ctrl: bool = False, shift: bool = False) -> None:
        """One control key, or one combination."""
        self.control += 1
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        if shift:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self._target(), _NAMES[name], modifier)
        QApplication.sendPostedEvents()

    def type(self, text: str) -> None:
        """Content, letter by letter."""
        self.content += len(text)
        for letter in text:
            QTest.keyClicks(self._target(), letter)
