"""Beside the fields: the next dates with their sums, and what was made so far."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from shopdesk.i18n import Texts
from shopdesk.ui.standing_orders.words import MADE
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.usecases.standing_order_dates import PlannedDate
    from shopdesk.usecases.standing_orders import MadeDocument


class DatesCard(Card):
    """The next twelve dates: day, time that is billed, sum."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(title=texts.gettext("Next dates"))
        self._texts = texts
        self.nothing = Caption("", wrap=True)
        self.body.addWidget(self.nothing)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(SMALL))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.shown: tuple[PlannedDate, ...] = ()

    def show_dates(self, dates: tuple[PlannedDate, ...]) -> None:
        """Replace the list."""
        self.shown = dates
        clear(self._grid)
        texts = self._texts
        self.nothing.setText("" if dates else texts.gettext("Nothing is due any more."))
        self.nothing.setVisible(not dates)
        row = 0
        for each in dates:
            day = PlainLabel(texts.date(each.date.on))
            moved = each.date.on != each.date.due
            if moved:
                day.setToolTip(texts.gettext("moved from {date}").format(date=texts.date(each.date.due)))
            amount = PlainLabel(texts.money(each.gross))
            spoken = f"{texts.date(each.date.on)}: {texts.money(each.gross)}"
            amount.setAccessibleName(spoken)
            self._grid.addWidget(day, row, 0)
            self._grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight)
            row += 1
            notes = []
            if moved:
                notes.append(day.toolTip())
            if each.period:
                notes.append(f"{texts.date(each.period[0])} – {texts.date(each.period[1])}")
            if notes:
                self._grid.addWidget(Caption(" · ".join(notes), wrap=True), row, 0, 1, 2)
                row += 1


class MadeCard(Card):
    """What was made so far, the newest first; a click opens it."""

    def __init__(self, texts: Texts, open_document: Callable[[int], None]) -> None:
        super().__init__(title=texts.gettext("Made so far"))
        self._texts, self._open = texts, open_document
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_made(self, made: tuple[MadeDocument, ...]) -> None:
        """Replace the list; without any the card takes no room."""
        clear(self._grid)
        self.setVisible(bool(made))
        texts = self._texts
        row = 0
        for each in made:
            self._grid.addWidget(PlainLabel(texts.date(each.made.due)), row, 0)
            document_id = each.made.document_id
            if document_id is None:
                self._grid.addWidget(Caption(texts.gettext("thrown away")), row, 1)
            else:
                words = each.number or texts.gettext(MADE[each.made.state])
                button = GhostButton(words, partial(self._open, document_id))
                self._grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignRight)
            row += 1
            if each.made.reason and not each.number:
                self._grid.addWidget(Caption(each.made.reason, wrap=True), row, 0, 1, 2)
                row += 1
