"""One line that asks for a day: until when it pauses, or after which it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import PlainLabel, ProblemLabel


class UntilLine(QWidget):
    """⏎ says it, Esc leaves all as it was."""

    def __init__(
        self,
        texts: Texts,
        today: Callable[[], dt.date],
        on_said: Callable[[str, dt.date | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._on_said = today, on_said
        self._what = ""
        self.words = PlainLabel("")
        self.day = DateField(texts, "", self._parse)
        self.day.setFixedWidth(px(200))
        self.go_on = Button("", self.say_it, key="⏎")
        self.problem = ProblemLabel()
        self.day.problem_changed.connect(self.problem.say)
        self.day.returnPressed.connect(self.say_it)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SMALL))
        for widget in (
            self.words, self.day, self.go_on, GhostButton(texts.gettext("Cancel"), self.hide), self.problem,
        ):  # fmt: skip
            line.addWidget(widget)
        line.addStretch(1)
        self.hide()

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self._today())

    def ask(self, what: str, words: str, hint: str, button: str, day: dt.date | None = None) -> None:
        """Show the line; `what` is handed back with the day."""
        self._what = what
        self.words.setText(words)
        self.day.setAccessibleName(words)
        self.day.setPlaceholderText(hint)
        self.day.set_value(day)
        self.go_on.setText(f" {button}")
        self.go_on.setAccessibleName(button)
        self.problem.say("")
        self.show()
        self.day.setFocus()
        self.day.selectAll()

    def say_it(self) -> None:
        """Tell what was typed."""
        if self.day.settle():
            self._on_said(self._what, self.day.value)
