"""What stands below a line's name, in its own words: an editor within the name cell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import CAPTION, px, scaled

ROWS = 4
"""How many rows of text it shows at once."""


class DescriptionEdit(QPlainTextEdit):
    """⏎ and Tab take the text, Shift+⏎ begins a new row, Esc leaves it as it was."""

    taken = Signal()
    """The text is to be kept, and the keyboard goes on to what is missing next."""
    left = Signal()
    """The text is to be kept, and the keyboard goes to the cell beside it."""

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(scaled(self.font(), CAPTION))
        self.setAccessibleName(texts.gettext("Description"))
        self.setPlaceholderText(texts.gettext("Description … (⏎ done, Shift+⏎ new row)"))
        self.setProperty("cell", "yes")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def description(self) -> str:
        """The text without empty ends."""
        return "\n".join(row.rstrip() for row in self.toPlainText().strip().split("\n"))

    def wanted_height(self) -> int:
        """Pixels for its rows."""
        return ROWS * self.fontMetrics().lineSpacing() + px(14)

    def key(self, event: QKeyEvent) -> bool:
        """True when the key ends the editing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not modifiers:
            self.taken.emit()
            return True
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and modifiers == Qt.KeyboardModifier.AltModifier
        ):
            self.insertPlainText("\n")
            return True
        if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.left.emit()
            return True
        return False
