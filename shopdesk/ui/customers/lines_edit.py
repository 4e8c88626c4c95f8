"""A field for several entries, one in each line: street and additions, phones, mail addresses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from shopdesk.ui.theme.sizes import px

_MOST_LINES = 6


class LinesEdit(QPlainTextEdit):
    """Grows with its lines up to six; Tab leaves it, ⏎ begins the next line."""

    def __init__(self, name: str = "", least: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def lines(self) -> tuple[str, ...]:
        """What stands there, without blank lines and blanks at the ends."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Replace what stands there, if it is something else."""
        text = "\n".join(lines)
        if text != self.toPlainText():
            self.setPlainText(text)

    def _fit(self) -> None:
        count = min(_MOST_LINES, max(self._least, self.blockCount()))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * count + px(18))
        fits = self.blockCount() <= _MOST_LINES and self.lineWrapMode() == self.LineWrapMode.NoWrap
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_least"):
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+⏎ belongs to the window."""
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
