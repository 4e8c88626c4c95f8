"""The line over the rows: what they are, whether the first is a header, which are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from shopdesk.domain.imports.values import ACTION_NAMES, KIND_NAMES, Action
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from shopdesk.domain.imports.values import ColumnMapping
    from shopdesk.i18n import Texts

ALL = "all"


class Controls(QWidget):
    """What is chosen here changes what becomes of the rows, the filter only what is shown."""

    kind_chosen = Signal()
    header_toggled = Signal()
    filtered = Signal()

    def __init__(self, texts: Texts, all_as_new: Callable[[], None]) -> None:
        super().__init__()
        gettext = self._gettext = texts.gettext
        self._number = texts.number
        self.kind = Choice((gettext(words), kind.value) for kind, words in KIND_NAMES.items())
        self.kind.setMinimumContentsLength(14)
        self.kind.setAccessibleName(gettext("What the rows are"))
        self.kind.chosen.connect(self.kind_chosen)
        self.first_row = QCheckBox(gettext("The first row is a header"))
        self.first_row.clicked.connect(lambda _on: self.header_toggled.emit())
        self.filter = Choice([(gettext("All rows"), ALL)])
        self.filter.setMinimumContentsLength(16)
        self.filter.setAccessibleName(gettext("Which rows are shown"))
        self.filter.chosen.connect(self.filtered)
        self.all_new = GhostButton(gettext("Take all in doubt as new"), all_as_new)
        line = FlowLayout(self)
        widgets: tuple[QWidget, ...] = (self.filter, self.kind, self.first_row, self.all_new)
        for widget in widgets:
            line.addWidget(widget)

    def show_meaning(self, mapping: ColumnMapping, *, changeable: bool, is_table: bool) -> None:
        """What the rows are; a vCard's are known."""
        self.kind.set_value(mapping.kind.value)
        self.first_row.setChecked(mapping.has_header)
        for widget in (self.kind, self.first_row):
            widget.setVisible(is_table)
            widget.setEnabled(changeable)

    def show_counts(self, counts: Mapping[Action, int], *, doubts: bool) -> None:
        """How many rows there are of each kind; nothing hides the filter."""
        chosen = self.filter.value
        self.filter.clear()
        self.filter.addItem(self._gettext("All rows"), ALL)
        for action, count in counts.items():
            if count:
                name = self._gettext(ACTION_NAMES[action])
                self.filter.addItem(f"{self._number(count)} {name}", action.value)
        self.filter.set_value(chosen)
        self.filter.setVisible(bool(counts))
        self.all_new.setVisible(doubts)
