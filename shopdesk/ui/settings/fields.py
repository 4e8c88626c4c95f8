"""Fields of the settings: choices that the mouse wheel leaves alone, whole numbers, and what explains a field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.i18n import PAPER_LANGUAGES, Texts, language_name
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, IconLabel, PlainLabel
from shopdesk.ui.widgets.showing import show_if

LANGUAGE_NAMES = {code: language_name(code) for code in PAPER_LANGUAGES}
"""Each language calls itself by its own name."""


def whole_number_edit(texts: Texts, name: str, least: int = 0, most: int = 9999) -> ForgivingEdit[int]:
    """A field for a whole number; `14 Tage` is understood, too."""

    def parse(text: str) -> int:
        digits = text.strip().split(" ")[0].rstrip(".")
        if not digits.isdecimal() or not least <= int(digits) <= most:
            words = N_("Please enter a whole number from {least} to {most}.")
            raise ShopError(Message(words, {"least": least, "most": most}), "number")
        return int(digits)

    return ForgivingEdit[int](texts, name, parse, str)


class ExplainedField(Field):
    """A field with one sentence below that says what it does."""

    def __init__(self, name: str, field: QWidget, explanation: str = "") -> None:
        super().__init__(name, field)
        self.explanation = Caption(explanation, wrap=True)
        if explanation:
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.explanation)


def form_grid(rows: list[list[tuple[QWidget, int]]], columns: int = 6) -> QGridLayout:
    """Widgets in rows with their spans, aligned at the top as a form is read."""
    layout = QGridLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(px(NORMAL))
    layout.setVerticalSpacing(px(MEDIUM))
    for number, row in enumerate(rows):
        column = 0
        for widget, span in row:
            layout.addWidget(widget, number, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
    for column in range(columns):
        layout.setColumnStretch(column, 1)
    return layout


def text_box(name: str, lines: int) -> QPlainTextEdit:
    """A box for a few lines of text."""
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    box.setFixedHeight(QLineEdit().sizeHint().height() + (lines - 1) * box.fontMetrics().lineSpacing())
    return box


class Outcome(QWidget):
    """What came of an attempt, in a sentence of any length; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.words = PlainLabel("", wrap=True)
        self._good, self._bad = IconLabel("circle-check", "ok"), IconLabel("triangle-alert", "warn")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        for icon in (self._good, self._bad):
            layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str, *, ok: bool) -> None:
        """Other words; none hide the line."""
        self.words.setText(words)
        show_if(self._good, ok)
        show_if(self._bad, not ok)
        show_if(self, bool(words))


class SideBySide(QWidget):
    """Two parts beside each other, below each other where the page is narrow."""

    def __init__(self, left: QWidget, right: QWidget, least: int = 640) -> None:
        super().__init__()
        self._parts, self._least = (left, right), least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(NORMAL))
        self._box.addWidget(left, 1)
        self._box.addWidget(right, 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider part: then they stand below each other."""
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the box when there is too little or enough room."""
        narrow = event.size().width() < px(self._least)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self._box.setSpacing(px(SMALL if narrow else NORMAL))
        super().resizeEvent(event)
