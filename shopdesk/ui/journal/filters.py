"""What is asked of the journal: subject, person, days, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.journal import JournalFilter
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import ProblemLabel
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.usecases.journal_words import GROUPS

_PAUSE = 200
"""ms after the last key: words are looked for in all values of all entries."""


class Filters(QWidget):
    """One line above the list."""

    changed = Signal()

    def __init__(self, texts: Texts, today: Callable[[], dt.date]) -> None:
        super().__init__()
        gettext = texts.gettext
        self._texts, self._today = texts, today
        self.subject = Choice([(gettext("Everything"), ""), *((gettext(name), name) for name in GROUPS)])
        self.subject.setAccessibleName(gettext("What was changed"))
        self.person = Choice([(gettext("Everybody"), "")])
        self.person.setAccessibleName(gettext("Who changed it"))
        self.first = DateField(texts, gettext("from the day"), self._parse)
        self.first.setPlaceholderText(gettext("from"))
        self.last = DateField(texts, gettext("until the day"), self._parse)
        self.last.setPlaceholderText(gettext("until"))
        self.search = SearchEdit(gettext("Number, name, old or new value …"), pause=_PAUSE)
        self.problem = ProblemLabel()
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        for widget, stretch in (
            (self.subject, 3),
            (self.person, 3),
            (self.first, 2),
            (self.last, 2),
            (self.search, 6),
        ):
            line.addWidget(widget, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(line)
        layout.addWidget(self.problem)
        for choice in (self.subject, self.person):
            choice.chosen.connect(self.changed)
        for day in (self.first, self.last):
            day.value_changed.connect(self.changed)
            day.problem_changed.connect(self.problem.say)
        self.search.searched.connect(lambda _text: self.changed.emit())

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        today = self._today()
        day = parse_date(text, today)
        if day > today and str(day.year) not in text:  # "24.12." is the last one here
            day -= dt.timedelta(365 if day.year % 4 else 366)
        return day

    def show_people(self, people: tuple[str, ...]) -> None:
        """Who can be chosen; the choice stays."""
        chosen = self.person.value
        self.person.clear()
        self.person.addItem(self._texts.gettext("Everybody"), "")
        for name in people:
            self.person.addItem(name, name)
        self.person.set_value(chosen)

    @property
    def wanted(self) -> JournalFilter:
        """What the fields ask for."""
        return JournalFilter(
            GROUPS.get(self.subject.value, ()),
            self.person.value,
            self.first.value,
            self.last.value,
            self.search.text().strip(),
        )
