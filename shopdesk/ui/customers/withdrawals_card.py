"""Until when the customer may still withdraw from what he bought at a distance (§ 355 BGB)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from shopdesk.i18n import Texts
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.withdrawals import OpenWithdrawal

_SHOWN = 3


class WithdrawalsCard(Card):
    """One line for each of the newest purchases; a click opens its invoice. Takes no room where there is none."""

    def __init__(self, texts: Texts, on_open: Callable[[int], None]) -> None:
        super().__init__(title=texts.gettext("Right of withdrawal"))
        self._texts, self._on_open = texts, on_open
        self._values: tuple[OpenWithdrawal, ...] = ()
        self.lines = [GhostButton("", partial(self._open, number)) for number in range(_SHOWN)]
        for line in self.lines:
            self.body.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self.not_informed = Muted(
            texts.gettext("No withdrawal notice went by mail, so the law gives twelve months more."),
            wrap=True,
        )
        self.body.addWidget(self.not_informed)
        self.show_withdrawals(())

    def show_withdrawals(self, values: tuple[OpenWithdrawal, ...]) -> None:
        """Replace the lines."""
        self._values = values[:_SHOWN]
        show_if(self, bool(values))
        for number, line in enumerate(self.lines):
            show_if(line, number < len(self._values))
            if number < len(self._values):
                line.setText(self._say(self._values[number]))
        show_if(self.not_informed, any(value.withdrawal.informed is None for value in self._values))

    def _say(self, value: OpenWithdrawal) -> str:
        day = self._texts.date(value.withdrawal.until)
        return self._texts.gettext("{number}: until {date}").format(number=value.number, date=day)

    def _open(self, number: int) -> None:
        self._on_open(self._values[number].document_id)
