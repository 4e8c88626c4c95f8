"""On the customer's page: whom nobody reminds and why, and the way to change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.payment_reminders import Stop
from shopdesk.ui.payment_reminders.ask_stop import AskStop
from shopdesk.ui.theme.sizes import TINY, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import payment_reminder_stops as stops

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class StopLine(QWidget):
    """A chip for each stop, and a button where there is none; a press on the chip reminds again."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__()
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer = Customer()
        self.chips: list[ChipButton] = []
        self.button = GhostButton(self._texts.gettext("Do not remind …"), self._ask, icon_name="clock")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(TINY))
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_customer(self, customer: Customer, *, is_known: bool) -> None:
        """Of whom; `is_known` says that there is something to be paid by him."""
        self._customer = customer
        found = stops.of_customer(self._shop, customer.id) if customer.id is not None else ()
        for chip in self.chips:
            self._column.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._chip(value) for value in found]
        for chip in self.chips:
            self._column.insertWidget(0, chip, 0, Qt.AlignmentFlag.AlignLeft)
        is_stopped = any(value.document_id is None for value in found)
        show_if(self.button, is_known and not is_stopped)
        show_if(self, bool(self.chips) or (is_known and not is_stopped))

    def _chip(self, value: Stop) -> ChipButton:
        texts, gettext = self._texts, self._texts.gettext
        if value.document_id is not None:
            words = gettext("one invoice is not reminded of: {reason}")
        elif value.until is None:
            words = gettext("not reminded: {reason}")
        else:
            words = gettext("not reminded until {date}: {reason}")
        day = texts.date(value.until) if value.until else ""
        text = words.format(reason=value.reason, date=day)
        chip = ChipButton(text, partial(self._remind_again, value), "warn", icon_name="clock")
        told = gettext("{words}. Press to remind again.").format(words=text)
        chip.setAccessibleName(told)
        chip.setToolTip(told)
        return chip

    def _ask(self) -> None:
        if self._customer.id is None:
            return
        title = self._texts.gettext("Do not remind: {name}").format(name=self._customer.name)
        AskStop(self._shop, self._shell, Stop(self._customer.id, ""), title, self).ask_stop(self._again)

    def _again(self) -> None:
        self.show_customer(self._customer, is_known=True)

    def _remind_again(self, value: Stop) -> None:
        try:
            undo = stops.remind_again(self._shop, value)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._again()

        def back() -> None:
            undo.run(self._shop)
            self._again()

        self._shell.toast(self._texts.gettext("Reminders go there again."), undo=back)
