"""Wiedervorlagen beside the timeline, and the line that notes or changes one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.follow_ups import FollowUp, NoConsent
from shopdesk.ui.customers.follow_up_line import FollowUpLine, rhythm_words
from shopdesk.ui.widgets.buttons import IconButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, PlainLabel
from shopdesk.usecases import follow_ups

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class FollowUpsCard(Card):
    """The open follow-ups of this customer, ticked off or changed with one click; `line` stands wherever it is put."""

    settled = Signal()
    """One was noted: the keyboard is free again."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Follow-ups"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer_id: int | None = None
        self.line = FollowUpLine(self._texts, shop.clock.today)
        self.line.noted.connect(self._note)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        self._customer_id = customer_id
        values = follow_ups.of_customer(self._shop, customer_id)
        clear(self._grid)
        self.setVisible(bool(values))
        for number, value in enumerate(values):
            self._add(number * 2, value)

    def _add(self, row: int, value: FollowUp) -> None:
        gettext = self._texts.gettext
        done = IconButton(
            gettext("Done: {text}").format(text=value.text), "check", partial(self._tick_off, value)
        )
        change = IconButton(
            gettext("Change or move: {text}").format(text=value.text), "pencil", partial(self.line.ask, value)
        )
        self._grid.addWidget(PlainLabel(value.text, wrap=True), row, 0)
        self._grid.addWidget(Caption(self._when(value), wrap=True), row + 1, 0)
        self._grid.addWidget(change, row, 1, 2, 1)
        self._grid.addWidget(done, row, 2, 2, 1)

    def _when(self, value: FollowUp) -> str:
        gettext = self._texts.gettext
        parts = [
            f"{self._texts.date(value.due)} {value.due_time}".strip(),
            rhythm_words(self._texts, value.repeat),
        ]
        if value.on_contact:
            parts.append(
                gettext("anew after each contact") if value.repeat else gettext("until the next contact")
            )
        return " · ".join(part for part in parts if part)

    def _note(self, value: FollowUp) -> None:
        try:
            if value.id is None:
                undo = follow_ups.create(self._shop, replace(value, customer_id=self._customer_id))[1]
            else:
                undo = follow_ups.save(self._shop, value)
        except NoConsent as error:
            self.line.ask(value)
            self.line.say(error)
            return
        except ShopError as error:
            self._shell.problem(error)
            self.line.ask(value)
            return
        self.settled.emit()
        words = self._texts.gettext("Follow-up on {date}: {text}")
        self._done(words.format(date=self._texts.date(value.due), text=value.text), undo)

    def _tick_off(self, value: FollowUp) -> None:
        try:
            undo = follow_ups.done(self._shop, value)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._done(self._texts.gettext("Done: {text}").format(text=value.text), undo)

    def _done(self, words: str, undo: Undo) -> None:
        self._shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
