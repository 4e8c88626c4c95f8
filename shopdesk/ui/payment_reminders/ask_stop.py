"""Not to remind somebody: asked for the reason, and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.payment_reminders import Stop
from shopdesk.ui.documents.questions import Question
from shopdesk.ui.widgets.fields import DateField, Field
from shopdesk.ui.widgets.labels import ProblemLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class AskStop(Question):
    """One reason, perhaps a day. What is wrong is said here, and the question stays."""

    def __init__(self, shop: Shop, shell: Shell, value: Stop, title: str, parent: QWidget) -> None:
        gettext = shell.texts.gettext
        words = gettext("Nobody is reminded until that day. What is open stays open and in sight.")
        super().__init__(title, words, gettext("Do not remind"), shell.texts, parent)
        self._shop, self._shell, self._value = shop, shell, value
        self._done: Callable[[], None] = lambda: None
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(gettext("Pays in instalments, complaint, agreed by phone …"))
        self.until = DateField(self.texts, gettext("Until"), self._day)
        self.until.setPlaceholderText(gettext("empty: for good"))
        self.problem = ProblemLabel()
        self.body.addWidget(Field(gettext("Reason"), self.reason))
        self.body.addWidget(Field(gettext("Until"), self.until))
        self.body.addWidget(self.problem)

    def first(self) -> QWidget:
        """See Question."""
        return self.reason

    def ask_stop(self, done: Callable[[], None]) -> None:
        """Show it; `done` is called when somebody is no longer reminded."""
        self._done = done
        self._take_room()
        self.open()
        self.first().setFocus()

    def accept(self) -> None:
        """⏎: store it, with a way back."""
        from dataclasses import replace

        from shopdesk.usecases import payment_reminder_stops

        if not self.until.settle():
            return
        value = replace(self._value, reason=self.reason.text(), until=self.until.value)
        try:
            _, undo = payment_reminder_stops.stop(self._shop, value)
        except ShopError as error:
            self.problem.say(self.texts.say(error.message))
            (self.until if error.field == "until" else self.reason).setFocus()
            return
        super().accept()
        done = self._done
        done()

        def back() -> None:
            undo.run(self._shop)
            done()

        self._shell.toast(self.texts.gettext("No more reminders there."), undo=back)

    def _day(self, text: str) -> dt.date:
        from shopdesk.domain.typing.dates import parse_date

        return parse_date(text, self._shop.clock.today())
