"""What each column of a file holds, to be corrected by the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.domain.imports.columns import data_rows, headers, width
from shopdesk.domain.imports.fields import FIELD_NAMES, FIELDS
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.cards import ScrollPage
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from shopdesk.domain.imports.values import ColumnMapping, ReadFile
    from shopdesk.i18n import Texts

_SAMPLE = 200
_MOST_COLUMNS = 120


class ColumnsPanel(ScrollPage):
    """One line per column that holds anything: its header, an example, the field."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._grid: QWidget | None = None
        self.choices: dict[int, Choice] = {}
        self._width = 0
        self._waiting: tuple[ReadFile, ColumnMapping] | None = None
        self.body.addStretch(1)

    def show_columns(self, file: ReadFile, mapping: ColumnMapping) -> None:
        """Another file, or other meanings; nothing is built before somebody looks."""
        self._waiting = file, mapping
        if self.isVisible():
            self._build()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: somebody looks."""
        self._build()
        super().showEvent(event)

    def _build(self) -> None:
        if self._waiting is None:
            return
        (file, mapping), self._waiting = self._waiting, None
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        self.choices, self._width = {}, width(file)
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        grid.setColumnMinimumWidth(0, px(170))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        head = headers(file) if mapping.has_header else ()
        examples = _examples(file, mapping)
        for column in sorted(examples)[:_MOST_COLUMNS]:
            name = head[column] if column < len(head) else ""
            name = name or self._texts.gettext("Column {n}").format(n=self._texts.number(column + 1))
            choice = self._choice(name, mapping, column)
            label = ElidedLabel(" ".join(name.split())[:60])
            row = grid.rowCount()
            grid.addWidget(label, row, 0)
            grid.addWidget(ElidedLabel(examples[column], role="muted"), row, 1)
            grid.addWidget(choice, row, 2, Qt.AlignmentFlag.AlignRight)
            self.choices[column] = choice
        self.body.insertWidget(0, self._grid)

    def _choice(self, name: str, mapping: ColumnMapping, column: int) -> Choice:
        gettext, kind = self._texts.gettext, mapping.kind
        names = [(gettext(FIELD_NAMES[kind][field]), str(field)) for field in FIELDS[kind]]
        choice = Choice([(gettext("– leave out –"), ""), *names])
        choice.setMinimumContentsLength(20)
        choice.setAccessibleName(name)
        choice.set_value(mapping.fields[column] if column < len(mapping.fields) else "")
        choice.chosen.connect(self.changed)
        return choice

    def fields(self) -> tuple[str, ...]:
        """The field of each column, "" for those left out."""
        self._build()
        found = [""] * self._width
        for column, choice in self.choices.items():
            found[column] = choice.value
        return tuple(found)


def _examples(file: ReadFile, mapping: ColumnMapping) -> dict[int, str]:
    """Column → the first cell that holds anything."""
    found: dict[int, str] = {}
    for row in data_rows(file, mapping)[:_SAMPLE]:
        for column, cell in enumerate(row.cells):
            if column not in found and cell.strip():
                found[column] = " ".join(cell[:200].split())[:60]
    return found
