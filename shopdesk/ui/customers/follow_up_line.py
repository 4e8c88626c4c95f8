"""F8: what, and when. ⏎ moves on and notes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shopdesk.domain.follow_ups import FollowUp
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import ProblemLabel


class FollowUpLine(QWidget):
    """One line for a new follow-up, or for one that is to be changed."""

    noted = Signal(object)
    """The follow-up as typed; one with an id is a changed one."""

    def __init__(self, texts: Texts, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._today, gettext = texts, today, texts.gettext
        self._changed: FollowUp | None = None
        self.what = QLineEdit()
        self.what.setPlaceholderText(gettext("Follow up: what?"))
        self.what.setAccessibleName(gettext("Follow up: what?"))
        self.when = DateField(texts, gettext("When?"), self._parse)
        self.when.setPlaceholderText(gettext("+2w, fri, 24.12."))
        self.problem = ProblemLabel()
        self.when.problem_changed.connect(self.problem.say)
        self.what.returnPressed.connect(self.when.setFocus)
        self.when.returnPressed.connect(self.note)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(SMALL))
        grid.addWidget(self.what, 0, 0, 1, 2)
        grid.addWidget(self.when, 1, 0)
        grid.addWidget(Button(gettext("Note it"), self.note), 1, 1)
        grid.addWidget(self.problem, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.hide()

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self._today())

    def ask(self, value: FollowUp | None = None) -> None:
        """Show the line, empty or with the follow-up to change; what is half typed stays."""
        if value is not None:
            self.what.setText(value.text)
            self.when.set_value(value.due)
        elif self._changed is not None:
            self.clear()
        self._changed = value
        self.show()
        self.what.setFocus()

    def clear(self) -> None:
        """Empty, and out of the way."""
        self._changed = None
        self.what.clear()
        self.when.set_value(None)
        self.problem.say("")
        self.hide()

    def note(self) -> None:
        """Tell what was typed, or what is missing."""
        text = self.what.text().strip()
        if not text:
            self.problem.say(self._texts.gettext("What is to be done?"))
            self.what.setFocus()
            return
        if not self.when.settle():
            self.when.setFocus()
            return
        due = self.when.value
        if due is None:
            self.problem.say(self._texts.gettext("On which day? For instance +2w, fri or 24.12."))
            self.when.setFocus()
            return
        value = self._changed or FollowUp(due, text)
        self.clear()
        self.noted.emit(replace(value, due=due, text=text))
