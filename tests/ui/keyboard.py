"""The owner at the keyboard: keys go to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def focused() -> QWidget:
    """What the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_text(text: str) -> None:
    """Letter by letter, of any alphabet."""
    for sign in text:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(focused(), press)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key or combination."""
    QApplication.sendPostedEvents()  # what was just added is shown before the next key
    QTest.keyClick(focused(), key, modifiers)


def control(key: Qt.Key) -> None:
    """Ctrl and a key."""
    press(key, Qt.KeyboardModifier.ControlModifier)


def enter(*texts: str) -> None:
    """Type each text and press ⏎ after it."""
    for text in texts:
        type_text(text)
        press(Qt.Key.Key_Return)
