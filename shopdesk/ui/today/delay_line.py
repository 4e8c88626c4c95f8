"""N on a promise: “it is delayed, the new date is …”, to be changed, mailed, or said on the phone (S43)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.later import Later
from shopdesk.domain.promises import Promise
from shopdesk.ui.customers.note_box import NoteEdit
from shopdesk.ui.outbox import going
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.today.later import LaterField
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.labels import Caption, ProblemLabel, Strong
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.promise_messages import DelayMessage
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class DelayLine(Card):
    """The new date above, the message below; the message follows the date until somebody writes in it."""

    seconds = 8.0
    """So long the mail can be called back."""
    done = Signal()
    """The promise was moved, or the line was closed."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._promise: Promise | None = None
        self._message: DelayMessage | None = None
        gettext = self._texts.gettext
        self.what = Strong("", wrap=True)
        self.until = LaterField(self._texts, shop, gettext("New date"))
        self.until.value_changed.connect(self._follow_date)
        self.until.returnPressed.connect(self._date_given)
        self.problem = ProblemLabel()
        self.until.problem_changed.connect(self.problem.say)
        self.to = Caption("", wrap=True)
        self.subject = QLineEdit()
        self.subject.setAccessibleName(gettext("Subject"))
        self.body_text = NoteEdit(gettext("Message"), "", lines=5)
        self._place()
        self.hide()

    def _place(self) -> None:
        gettext = self._texts.gettext
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(Caption(gettext("New date"), buddy=self.until))
        line.addWidget(self.until, 1)
        self.send = Button(gettext("Move and mail"), self.send_mail, key=shortcut("issue_and_send").shown())
        self.said = Button(gettext("Told on the phone"), self._told_by_phone)
        self.quiet = Button(gettext("Only move"), self._only_move)
        buttons = ChipRow()  # in a narrow column they flow into lines
        buttons.show_chips([self.send, self.said, self.quiet])
        self.body.addWidget(self.what)
        self.body.addLayout(line)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.to)
        self.body.addWidget(self.subject)
        self.body.addWidget(self.body_text, 1)
        self.body.addWidget(buttons)

    def ask(self, promise: Promise) -> None:
        """Show it for this promise; proposed is the supplier's day or the next working day, at the same time of day."""
        self._promise = promise
        name = promise.customer_name
        words = self._texts.gettext("{name}: {text}, promised for {date}")
        self.what.setText(words.format(name=name, text=promise.text, date=self._written(promise)))
        self._message = None
        self.body_text.setPlainText("")
        self.subject.setText("")
        if promise.is_untold:
            self.until.set_value(Later(promise.due, promise.due_time))
        else:
            self.until.set_value(self._proposal(promise))
        self._follow_date()
        self.show()
        self.until.setFocus()
        self.until.selectAll()

    def _proposal(self, promise: Promise) -> Later:
        from shopdesk.domain.typing import add_working_days
        from shopdesk.usecases.purchase_promises import proposed_day
        from shopdesk.usecases.working_days import holidays_at

        possible = proposed_day(self._shop, promise.id) if promise.id is not None else None
        if possible is not None and possible > promise.due:
            return Later(possible, promise.due_time)  # as the supplier confirmed
        first = max(promise.due, self._shop.clock.today())
        return Later(add_working_days(first, 1, holidays_at(self._shop)), promise.due_time)

    def _written(self, promise: Promise) -> str:
        return f"{self._texts.date(promise.due)} {promise.due_time}".strip()

    def _follow_date(self) -> None:
        """Another date: the words follow, unless they were changed by hand."""
        from shopdesk.usecases import promise_messages

        until = self.until.value
        if self._promise is None or until is None:
            return
        untouched = self._message is None or self._message.body == self.body_text.toPlainText()
        message = promise_messages.delay(self._shop, self._promise, until.day, until.time)
        if untouched:
            self.subject.setText(message.subject)
            self.body_text.setPlainText(message.body)
            self._message = message
        gettext = self._texts.gettext
        if message.address:
            self.to.setText(gettext("Mail to {address}").format(address=message.address))
        else:
            words = gettext("No mail address is known. Please call {name}: {phone}")
            self.to.setText(words.format(name=message.name, phone=message.phone or "–"))
        for widget in (self.subject, self.body_text, self.send):
            show_if(widget, bool(message.address))

    def _date_given(self) -> None:
        if self.until.settle() and self.until.value is not None:
            (self.send if not self.send.isHidden() else self.said).setFocus()

    def _chosen(self) -> Later | None:
        if self.until.settle() and self.until.value is not None:
            return self.until.value
        if not self.until.text().strip():
            self.problem.say(self._texts.gettext("On which day? For instance +2w, fri or 24.12."))
        self.until.setFocus()
        return None

    # What the owner does

    def send_mail(self) -> None:
        """The mail goes into the outbox, and the promise has its new date."""
        from shopdesk.usecases import promise_messages

        until, promise = self._chosen(), self._promise
        if until is None or promise is None or self._message is None:
            return
        message = replace(
            self._message, subject=self.subject.text().strip(), body=self.body_text.toPlainText()
        )
        try:
            mail_id, undo = promise_messages.move_and_tell(
                self._shop, promise, until.day, until.time, message
            )
        except ShopError as error:
            self._shell.problem(error)
            return
        words = self._texts.gettext("New date {date}, the mail is on its way.")
        self._settled(undo, words, until, then=lambda: going.send(self._shop, self._shell, mail_id))

    def _told_by_phone(self) -> None:
        self._move(told=True, words=self._texts.gettext("New date {date}, the customer knows."))

    def _only_move(self) -> None:
        self._move(told=False, words=self._texts.gettext("New date {date}. The customer does not know yet."))

    def _move(self, *, told: bool, words: str) -> None:
        from shopdesk.usecases import promises

        until, promise = self._chosen(), self._promise
        if until is None or promise is None:
            return
        self._act(lambda: promises.move(self._shop, promise, until.day, until.time, told=told), words, until)

    def _act(self, act: Callable[[], Undo], words: str, until: Later) -> None:
        try:
            undo = act()
        except ShopError as error:
            self._shell.problem(error)
            return
        self._settled(undo, words, until)

    def _settled(self, undo: Undo, words: str, until: Later, then: Callable[[], None] | None = None) -> None:
        self.close_line()
        date = f"{self._texts.date(until.day)} {until.time}".strip()
        self._shell.toast(words.format(date=date), lambda: self._take_back(undo), self.seconds, then)

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)

    def close_line(self) -> None:
        """Out of the way."""
        self._promise = None
        self.hide()
        self.done.emit()
