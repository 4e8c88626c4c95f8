"""What one should know before anybody is reminded: an old bank statement, a base rate that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.payment_reminders import DueList


class Notices(QWidget):
    """Each in a line of its own with the button that helps; hidden where all is well."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        gettext = shell.texts.gettext
        self._texts = shell.texts
        self.bank, self.rate = Outcome(), Outcome()
        self.read_bank = Button(
            gettext("Bank files …"), lambda: shell.open_page("bank_files"), icon_name="download"
        )
        self.enter_rate = Button(
            gettext("Enter the base rate …"), lambda: shell.open_page("settings", "payment_reminders")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        for words, button in ((self.bank, self.read_bank), (self.rate, self.enter_rate)):
            line = QHBoxLayout()
            line.addWidget(words, 1)
            line.addWidget(button)
            column.addLayout(line)
        self.hide()

    def show_list(self, value: DueList) -> None:
        """What the list brings with it."""
        texts, gettext = self._texts, self._texts.gettext
        bank = ""
        if value.ask_bank_first and value.last_statement is not None:
            words = gettext("The last bank statement is of {date}. Take in a newer one first?")
            bank = words.format(date=texts.date(value.last_statement))
        elif value.ask_bank_first:
            bank = gettext("No payment was booked here yet. Take in a bank statement first?")
        rate = ""
        if value.proposals and value.rate_missing_since is not None:
            words = gettext("The base rate from {date} on is missing: no interest is counted for those days.")
            rate = words.format(date=texts.date(value.rate_missing_since))
        self.bank.say(bank, ok=False)
        self.rate.say(rate, ok=False)
        show_if(self.read_bank, bool(bank))
        show_if(self.enter_rate, bool(rate))
        show_if(self, bool(bank or rate))
