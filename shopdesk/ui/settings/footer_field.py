"""The foot of the page: which block stands in which column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shopdesk.domain.letterhead_names import BLOCKS
from shopdesk.domain.letterheads import (
    MOST_COLUMNS,
    STANDARD_FOOTER,
    FooterBlock,
    FooterColumn,
)
from shopdesk.ui.settings.fields import form_grid, text_box
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, ProblemLabel

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

_NOWHERE = "0"
_LINES = 3


class FooterField(QWidget):
    """A list for each block; blocks in one column stand below each other in this order."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        gettext = texts.gettext
        names = {block: gettext(name) for block, name in BLOCKS.items()}
        places = [
            (gettext("Column {number}").format(number=number), str(number))
            for number in range(1, MOST_COLUMNS + 1)
        ]
        self.places: Mapping[FooterBlock, Choice] = {
            block: Choice([*places, (gettext("not printed"), _NOWHERE)]) for block in names
        }
        self.text = text_box(gettext("Own text"), _LINES)
        self.text.setPlaceholderText(gettext("For example your opening hours"))
        self.problem = ProblemLabel()
        fields = [(Field(name, self.places[block]), 2) for block, name in names.items()]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(Caption(gettext("Foot of the page: what stands in which column")))
        layout.addLayout(form_grid([list(fields[:3]), list(fields[3:])]))
        layout.addWidget(self.text)
        layout.addWidget(self.problem)
        self._listen()

    def _listen(self) -> None:
        for choice in self.places.values():
            choice.currentIndexChanged.connect(self._moved)
        self.text.textChanged.connect(self.changed)

    def _moved(self) -> None:
        self.text.setVisible(self.places[FooterBlock.TEXT].value != _NOWHERE)
        self.problem.say("")
        self.changed.emit()

    def show_footer(self, columns: tuple[FooterColumn, ...]) -> None:
        """Take other columns; none means the usual ones."""
        found = {
            block: number
            for number, column in enumerate(columns or STANDARD_FOOTER, 1)
            for block in column.blocks
        }
        for block, choice in self.places.items():
            choice.set_value(str(found.get(block, _NOWHERE)))
        texts = (column.text for column in columns if FooterBlock.TEXT in column.blocks)
        self.text.setPlainText(next(texts, ""))
        self._moved()

    def footer(self) -> tuple[FooterColumn, ...]:
        """The columns as chosen; none where they are the usual ones."""
        columns = tuple(self._column(str(number)) for number in range(1, MOST_COLUMNS + 1))
        filled = tuple(column for column in columns if column.blocks)
        return () if filled == STANDARD_FOOTER else filled or columns

    def _column(self, number: str) -> FooterColumn:
        blocks = tuple(block for block, choice in self.places.items() if choice.value == number)
        text = self.text.toPlainText().strip() if FooterBlock.TEXT in blocks else ""
        return FooterColumn(blocks, text)
