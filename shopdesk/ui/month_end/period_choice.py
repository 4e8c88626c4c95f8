"""Which days: a month, a quarter or a year, one step back or on, or from–to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.periods import Period, after, before, from_to, month_of, quarter_of, year_of
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, IconButton
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Caption, Heading, ProblemLabel

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop import Shop

_SPANS: tuple[tuple[str, str, Callable[[dt.date], Period] | None], ...] = (
    ("month", N_("Month"), month_of),
    ("quarter", N_("Quarter"), quarter_of),
    ("year", N_("Year"), year_of),
    ("days", N_("From … to"), None),
)


class PeriodChoice(QWidget):
    """Shows one period and lets another one be chosen; the last month to begin with."""

    chosen = Signal()

    def __init__(self, texts: Texts, shop: Shop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._shop = texts, shop
        self.period = before(month_of(shop.clock.today()))
        gettext = texts.gettext
        self.back = IconButton(gettext("Earlier"), "arrow-left", lambda: self.take(before(self.period)))
        self.on = IconButton(gettext("Later"), "arrow-right", lambda: self.take(after(self.period)))
        self.words = Heading("")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumWidth(px(190))
        self.first = DateField(texts, gettext("First day"), self._day)
        self.last = DateField(texts, gettext("Last day"), self._day)
        self.problem = ProblemLabel()
        self.days = QWidget()
        self._place()
        for field in (self.first, self.last):
            field.editingFinished.connect(self._days_chosen)
            field.problem_changed.connect(self.problem.say)
        self._show()

    def _place(self) -> None:
        spans: list[QWidget] = []
        self.choices = QButtonGroup(self)
        for name, title, span in _SPANS:
            button = Button(self._texts.gettext(title), self._choosing(span))
            button.setCheckable(True)
            button.setObjectName(name)
            self.choices.addButton(button)
            spans.append(button)
        steps = QWidget()
        step_line = QHBoxLayout(steps)
        step_line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back, self.words, self.on):
            step_line.addWidget(widget)
        row = ChipRow()
        row.show_chips([*spans, steps])
        days = QHBoxLayout(self.days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(px(SMALL))
        for title, field in ((N_("from"), self.first), (N_("to"), self.last)):
            days.addWidget(Caption(self._texts.gettext(title), buddy=field))
            field.setMaximumWidth(px(140))
            days.addWidget(field)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(row)
        column.addWidget(self.days)
        column.addWidget(self.problem)
        self.days.hide()

    def _choosing(self, span: Callable[[dt.date], Period] | None) -> Callable[[], None]:
        if span is None:
            return self._choose_days
        return lambda: self.take(span(self.period.first))

    def _choose_days(self) -> None:
        self.days.show()
        self.first.setFocus()
        self.first.selectAll()

    def _day(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date
        from shopdesk.usecases.working_days import holidays_at

        return parse_date(text, self._shop.clock.today(), holidays_at(self._shop))

    def _days_chosen(self) -> None:
        first, last = self.first.value, self.last.value
        if first is None or last is None:
            return
        try:
            period = from_to(first, last)
        except ShopError as error:
            self.problem.say(self._texts.say(error.message))
            return
        self.problem.say("")
        if period != self.period:
            self.period = period
            self._show(keep_days=True)
            self.chosen.emit()

    def take(self, period: Period) -> None:
        """Choose this one."""
        self.period = period
        self._show()
        self.chosen.emit()

    def _show(self, *, keep_days: bool = False) -> None:
        self.words.setText(self._texts.say(self.period.message))
        self.first.set_value(self.period.first)
        self.last.set_value(self.period.last)
        if not keep_days:
            self.days.hide()
        name = "days" if keep_days else self._span_name()
        for button in self.choices.buttons():
            button.setChecked(button.objectName() == name)

    def _span_name(self) -> str:
        spans = ((name, span) for name, _, span in _SPANS if span is not None)
        return next((name for name, span in spans if self.period == span(self.period.first)), "days")
