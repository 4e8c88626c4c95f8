"""Who may be the customer that is being typed: said quietly beside the fields, never in the way of the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.duplicates import words
from shopdesk.ui.theme.sizes import SMALL, TINY, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.labels import IconLabel, PlainLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.duplicates import Candidate


class DoublesGuard(QWidget):
    """Each candidate with its reasons and two buttons. Hidden while there is none."""

    taken = Signal(object)
    """That is the one: the customer."""
    refused = Signal(object)
    """It is somebody else than this customer."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.candidates: tuple[Candidate, ...] = ()
        self.buttons: list[QWidget] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(TINY))
        self.hide()

    def show_candidates(self, found: Sequence[Candidate]) -> bool:
        """Replace what stands there; True when something else stands there now."""
        if tuple(found) == self.candidates:
            return False
        for line in self._lines:
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
        self.candidates, self.buttons = tuple(found), []
        self._lines = [self._line(candidate) for candidate in found]
        for line in self._lines:
            self._column.addWidget(line)
        show_if(self, bool(found))
        return True

    def _line(self, candidate: Candidate) -> QWidget:
        customer = candidate.customer
        reasons = words.reasons(self._texts, candidate.likeness)
        text = f"{words.place_of(customer)}: {reasons}"
        taking = words.it_is(self._texts, customer)
        take = Button(taking, lambda: self.taken.emit(customer))
        take.setAccessibleName(f"{taking}: {text}")
        refuse = GhostButton(self._texts.gettext("Somebody else"), lambda: self.refused.emit(customer))
        refuse.setAccessibleName(self._texts.gettext("Somebody else than {name}").format(name=customer.name))
        self.buttons += [take, refuse]
        said, row = QHBoxLayout(), QHBoxLayout()
        said.addWidget(IconLabel("users", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(PlainLabel(text, wrap=True), 1)
        row.addWidget(take)
        row.addWidget(refuse)
        row.addStretch(1)
        line = QWidget()
        both = QVBoxLayout(line)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(px(TINY))
        for part in (said, row):
            part.setSpacing(px(SMALL))
            both.addLayout(part)
        return line
