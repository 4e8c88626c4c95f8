"""One field of two customers side by side: the left value, the right one, or both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from shopdesk.domain.customer_merging import TITLES, FieldPair, Side
from shopdesk.i18n import Texts
from shopdesk.ui.duplicates.words import value_lines
from shopdesk.ui.theme.sizes import TINY, px
from shopdesk.ui.widgets.labels import Caption, PlainLabel


class _Value(PlainLabel):
    """What a radio button stands for, in as many lines as it needs; a click on it chooses it."""

    def __init__(self, text: str, radio: QRadioButton) -> None:
        super().__init__(text.replace("@", "@\u200b"), wrap=True, buddy=radio)
        self._radio = radio

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As if the radio button was clicked."""
        super().mouseReleaseEvent(event)
        self._radio.click()
        self._radio.setFocus()


class FieldChoice:
    """A row of the comparison. The arrow keys go from one value to the next, Tab to the next field."""

    def __init__(self, title: str, sides: dict[Side, str], chosen: Side) -> None:
        self.caption = Caption(title, wrap=True)
        self.group = QButtonGroup()
        self.radios: dict[Side, QRadioButton] = {}
        self._cells: dict[Side, QWidget] = {}
        for side, words in sides.items():
            radio = QRadioButton()
            radio.setAccessibleName(f"{title}: {words}")
            self.group.addButton(radio)
            self.radios[side] = radio
            self._cells[side] = self._cell(radio, words)
        self.radios[chosen].setChecked(True)
        for side, radio in self.radios.items():
            if side != chosen:  # Tab comes to the chosen value; Qt sees to that only after the first focus
                radio.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @staticmethod
    def _cell(radio: QRadioButton, words: str) -> QWidget:
        cell = QWidget()
        line = QHBoxLayout(cell)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(TINY))
        line.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_Value(words, radio), 1, Qt.AlignmentFlag.AlignTop)
        return cell

    @classmethod
    def of_pair(cls, texts: Texts, pair: FieldPair) -> FieldChoice:
        """The row of a field that differs."""
        sides = {
            Side.LEFT: value_lines(texts, pair.left),
            Side.RIGHT: value_lines(texts, pair.right),
        }
        if pair.has_both:
            sides[Side.BOTH] = texts.gettext("both")
        return cls(texts.gettext(TITLES[pair.name]), sides, pair.usual)

    @property
    def side(self) -> Side:
        """What is chosen."""
        return next(side for side, radio in self.radios.items() if radio.isChecked())

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the row into the grid."""
        grid.addWidget(self.caption, row, 0, Qt.AlignmentFlag.AlignTop)
        for column, side in enumerate((Side.LEFT, Side.RIGHT, Side.BOTH), start=1):
            if side in self._cells:
                grid.addWidget(self._cells[side], row, column, Qt.AlignmentFlag.AlignTop)

    def widgets(self) -> list[QWidget]:
        """Everything that stands in the grid."""
        return [self.caption, *self._cells.values()]
