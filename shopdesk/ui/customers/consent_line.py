"""What the customer said about being contacted: channel, purpose, yes or no, how and when. ⏎ notes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shopdesk.domain.consents import (
    CHANNEL_NAMES,
    PURPOSE_NAMES,
    QUESTIONS,
    SOURCES,
    Channel,
    Consent,
    Purpose,
)
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField, Field

_WITHOUT_YEAR = re.compile(r"\d{1,2}\. ?\d{1,2}\.?")


class ConsentLine(QWidget):
    """Fields for one answer, with the question in the words of the choices until somebody writes others."""

    noted = Signal(object)
    """The answer as chosen, of customer 0."""

    def __init__(self, texts: Texts, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._today, gettext = texts, today, texts.gettext
        self.channel = Choice([(gettext(name), value.value) for value, name in CHANNEL_NAMES.items()])
        self.purpose = Choice([(gettext(name), value.value) for value, name in PURPOSE_NAMES.items()])
        self.answer = Choice([(gettext("yes, allowed"), "yes"), (gettext("no, not wanted"), "no")])
        self.source = Choice([(gettext(name), value) for value, name in SOURCES.items()])
        self.day = DateField(texts, gettext("On"), self._parse)
        self.text = QLineEdit()
        self.own_words = False
        self.text.textEdited.connect(self._written)
        for choice in (self.channel, self.purpose):
            choice.chosen.connect(self._ask_question)
        for edit in (self.text, self.day):
            edit.returnPressed.connect(self.note)
        self._place()
        self.hide()

    def _place(self) -> None:
        gettext = self._texts.gettext
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(SMALL))
        places = (
            (gettext("Channel"), self.channel, 0, 0, 1),
            (gettext("Answer"), self.answer, 0, 1, 1),
            (gettext("For"), self.purpose, 1, 0, 2),
            (gettext("What was asked"), self.text, 2, 0, 2),
            (gettext("Said"), self.source, 3, 0, 1),
            (gettext("On"), self.day, 3, 1, 1),
        )
        self.fields = {field: Field(name, field) for name, field, *_ in places}
        for _name, field, row, column, span in places:
            grid.addWidget(self.fields[field], row, column, 1, span)
        grid.addWidget(Button(gettext("Note the answer"), self.note), 4, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        day, today = parse_date(text, self._today()), self._today()
        if day > today and _WITHOUT_YEAR.fullmatch(text.strip()):  # what was said is past, unlike a due day
            with suppress(ValueError):
                return day.replace(year=day.year - 1)
        return day

    def ask(self) -> None:
        """Empty, of today."""
        self.own_words = False
        for choice in (self.channel, self.purpose, self.answer, self.source):
            choice.setCurrentIndex(0)
        self.day.set_value(self._today())
        self._ask_question()
        self.say("", "")
        self.show()
        self.channel.setFocus()

    def _written(self, _text: str) -> None:
        self.own_words = True

    def _ask_question(self) -> None:
        if not self.own_words:
            self.text.setText(question(self._texts, Channel(self.channel.value), Purpose(self.purpose.value)))
            self.text.setCursorPosition(0)

    def say(self, field: str, problem: str) -> None:
        """Say what is wrong, at the day or at the question."""
        self.fields[self.day].say(problem if field == "day" else "")
        self.fields[self.text].say(problem if field != "day" else "")

    def note(self) -> None:
        """Tell what was chosen."""
        if not self.day.settle():
            self.day.setFocus()
            return
        day, said_yes = self.day.value, self.answer.value == "yes"
        self.noted.emit(
            Consent(
                customer_id=0,
                channel=Channel(self.channel.value),
                purpose=Purpose(self.purpose.value),
                text=self.text.text().strip(),
                given_on=day if said_yes else None,
                source=self.source.value if said_yes else "",
                withdrawn_on=None if said_yes else day,
                withdrawn_source="" if said_yes else self.source.value,
            )
        )


def question(texts: Texts, channel: Channel, purpose: Purpose) -> str:
    """What is asked, in the window's language."""
    return texts.gettext(QUESTIONS[purpose]).format(channel=channel_words(texts, channel))


def channel_words(texts: Texts, channel: Channel) -> str:
    """The channel in the middle of a sentence."""
    gettext = texts.gettext
    return {
        Channel.PHONE: gettext("phone"), Channel.MAIL: gettext("mail"), Channel.LETTER: gettext("letter"),
        Channel.MESSENGER: gettext("messenger"),
    }[channel]  # fmt: skip
