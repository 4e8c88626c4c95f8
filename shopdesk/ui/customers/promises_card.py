"""Zusagen beside the timeline: what is still to be kept, what was not, each settled with one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.promises import Promise, PromiseState, Standing, standing
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import IconButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipKind
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.usecases import promises, today

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.ui.today.delay_line import DelayLine
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_TONES: dict[Standing, ChipKind] = {Standing.LATE: "bad", Standing.AT_RISK: "warn", Standing.FINE: "info"}


class PromisesCard(Card):
    """The open promises with their buttons, then those that were broken within a year."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Promises"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self.delay: DelayLine | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(px(SMALL) // 2)
        self.body.addLayout(self._list)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        values = promises.of_customer(self._shop, customer_id)
        clear(self._list)
        self.setVisible(bool(values))
        for value in values:
            self._list.addWidget(PlainLabel(value.text, wrap=True))
            self._list.addWidget(self._chip(value), 0, Qt.AlignmentFlag.AlignLeft)
            if value.is_open:
                self._list.addWidget(self._buttons(value), 0, Qt.AlignmentFlag.AlignLeft)

    def _chip(self, value: Promise) -> Chip:
        gettext = self._texts.gettext
        date = f"{self._texts.date(value.due)} {value.due_time}".strip()
        if value.state == PromiseState.BROKEN:
            return Chip(gettext("not kept, {date}").format(date=date), "bad")
        now = today.local_now(self._shop)
        at_risk = value.at_risk or value.is_untold
        how = standing(value.due, value.due_time, now, at_risk=at_risk, risk_from=value.risk_from)
        words = gettext("{date}, customer not told") if value.is_untold else "{date}"
        words = gettext("{date}, at risk") if value.at_risk else words
        words = gettext("{date}, late") if how == Standing.LATE else words
        return Chip(words.format(date=date), _TONES[how])

    def _buttons(self, value: Promise) -> QWidget:
        gettext, text = self._texts.gettext, value.text
        risk = gettext("No longer at risk: {text}") if value.at_risk else gettext("At risk: {text}")
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (gettext("Kept: {text}"), "check", partial(self._settle, value, gettext("Kept: {text}"), promises.kept)),
            (gettext("New date: {text}"), "calendar-clock", partial(self.new_date, value)),
            (risk, "triangle-alert", partial(self._mark, value)),
            (
                gettext("Not kept: {text}"), "x",
                partial(self._settle, value, gettext("Not kept: {text}"), promises.broken),
            ),
        )  # fmt: skip
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for words, icon, act in acts:
            line.addWidget(IconButton(words.format(text=text), icon, act))
        return row

    def _settle(self, value: Promise, words: str, settle: Callable[[Shop, int], Undo]) -> None:
        assert value.id is not None
        promise_id = value.id
        self._act(lambda: settle(self._shop, promise_id), words.format(text=value.text))

    def _mark(self, value: Promise) -> None:
        gettext = self._texts.gettext
        assert value.id is not None
        promise_id, at_risk = value.id, not value.at_risk
        words = gettext("At risk: {text}") if at_risk else gettext("No longer at risk: {text}")
        self._act(
            lambda: promises.mark_at_risk(self._shop, promise_id, at_risk=at_risk),
            words.format(text=value.text),
        )

    def new_date(self, value: Promise) -> None:
        """The line for another date, with the message to the customer."""
        from shopdesk.ui.today.delay_line import DelayLine

        if self.delay is None:
            self.delay = DelayLine(self._shop, self._shell)
            self.body.addWidget(self.delay)
        self.delay.ask(value)

    @property
    def is_telling(self) -> bool:
        """Whether the message about a new date is being written."""
        return self.delay is not None and not self.delay.isHidden()

    def send(self) -> None:
        """Ctrl+⏎: the message goes."""
        if self.delay is not None:
            self.delay.send_mail()

    def close_line(self) -> bool:
        """Put the line away; False when it was not open."""
        was_open = self.is_telling
        if self.delay is not None:
            self.delay.hide()
        return was_open

    def _act(self, act: Callable[[], Undo], words: str) -> None:
        try:
            undo = act()
        except ShopError as error:
            self._shell.problem(error)
            return
        self._shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
