"""One number range as fields, with the number that would come next and the gaps of a pattern as chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.number_ranges import SUGGESTED_APART, TITLES, NumberRange
from shopdesk.i18n import Texts
from shopdesk.ui.settings.fields import form_grid, whole_number_edit
from shopdesk.ui.theme.sizes import SMALL, TINY, px
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, Strong
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.number_ranges import RangeState

GAPS: Mapping[str, str] = {
    "{number:0000}": N_("running number"),
    "{year}": N_("year"),
    "{yy}": N_("year, two figures"),
    "{month}": N_("month"),
}
_APART: Mapping[str, str] = {
    "deposit_invoice": N_("Own number range for deposit invoices"),
    "final_invoice": N_("Own number range for final invoices"),
    "credit_note": N_("Own number range for invoice corrections"),
    "cancellation": N_("Own number range for cancellations"),
}
_LARGEST = 999_999_999
_CHIP = 25


class _Pattern(QLineEdit):
    """Tells when the cursor comes into it."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chips of this pattern are wanted now."""
        super().focusInEvent(event)
        self.entered.emit()


class RangeFields(QWidget):
    """A range that always counts by itself."""

    entered = Signal(str)
    """The cursor is in the pattern of the range of this name."""

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self.texts, self.name, self.title = texts, name, texts.gettext(TITLES[name])
        self._state: RangeState | None = None
        self._year = 0
        self._make_edits()
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(px(TINY))
        self.layout_.addWidget(self._heading())
        self.layout_.addWidget(self._details())

    def _make_edits(self) -> None:
        gettext, title = self.texts.gettext, self.title
        self.pattern = _Pattern()
        self.pattern.entered.connect(lambda: self.entered.emit(self.name))
        self.pattern.setAccessibleName(gettext("{range}: pattern").format(range=title))
        self.start = whole_number_edit(
            self.texts, gettext("{range}: first number").format(range=title), 1, _LARGEST
        )
        self.restart = QCheckBox(gettext("starts anew each year"))
        self.restart.setAccessibleName(gettext("{range}: starts anew each year").format(range=title))
        self.this_year = QCheckBox()
        self.field = Field(gettext("Pattern"), self.pattern)
        self.next = Caption("", wrap=True)
        self.gaps = ChipRow()
        show_if(self.gaps, wanted=False)
        self.next.setMinimumHeight(px(_CHIP))  # the line keeps its height when the chips come

    def _heading(self) -> QWidget:
        return Strong(self.title)

    def _details(self) -> QWidget:
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, Caption("X").sizeHint().height() + px(TINY), 0, 0)
        column.setSpacing(px(TINY))
        self.restart.setMinimumHeight(self.pattern.sizeHint().height())  # on one line with the fields
        column.addWidget(self.restart)
        column.addWidget(self.this_year)
        details = QWidget()
        box = QVBoxLayout(details)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(TINY))
        start = Field(self.texts.gettext("First number"), self.start)
        box.addLayout(form_grid([[(self.field, 3), (start, 1), (choices, 2)]]))
        foot = QHBoxLayout()
        foot.setSpacing(px(SMALL))
        foot.addWidget(self.next, 2)
        foot.addWidget(self.gaps, 3)
        box.addLayout(foot)
        return details

    def _chip(self, gap: str) -> QWidget:
        chip = ChipButton(self.texts.gettext(GAPS[gap]), self._inserter(gap))
        chip.setToolTip(gap)
        chip.setAccessibleName(f"{self.title}: {self.texts.gettext(GAPS[gap])}")
        return chip

    def _inserter(self, gap: str) -> Callable[[], None]:
        return lambda: self.insert_gap(gap)

    def insert_gap(self, gap: str) -> None:
        """Put a gap where the cursor stands; a pattern has one running number only."""
        if gap.startswith("{number") and "{number" in self.pattern.text():
            begin = self.pattern.text().index("{number")
            end = self.pattern.text().find("}", begin)
            self.pattern.setSelection(begin, (end + 1 if end > 0 else len(self.pattern.text())) - begin)
        self.pattern.insert(gap)
        self.pattern.setFocus()

    def offer_gaps(self, *, wanted: bool) -> None:
        """Show the chips, or none; they are made when they are wanted first."""
        if wanted and not self.gaps.flow.count():
            self.gaps.show_chips([self._chip(gap) for gap in GAPS])
        show_if(self.gaps, wanted)

    def show_state(self, state: RangeState, year: int) -> None:
        """Fill the fields; `year` is the one that now runs."""
        value = state.range
        self._state, self._year = state, year
        over = value.restart_yearly and value.start_year not in {0, year}
        self.pattern.setText(value.pattern)
        self.start.set_value(1 if over else value.start)
        self.restart.setChecked(value.restart_yearly)
        # who moves in with another program's last number means this year; who set a start for each year keeps it
        self.this_year.setText(self.texts.gettext("only in {year}").format(year=year))
        self.this_year.setAccessibleName(f"{self.title}: {self.this_year.text()}")
        self.this_year.setChecked(value.start == 1 or value.start_year != 0)
        self.follow()

    def follow(self) -> None:
        """Show only what has a meaning now."""
        show_if(self.this_year, self.restart.isChecked() and (self.start.value or 1) > 1)

    def range(self) -> NumberRange:
        """The range as the fields stand."""
        start, restarts = self.start.value or 1, self.restart.isChecked()
        only_now = restarts and start > 1 and self.this_year.isChecked()
        version = self._state.range.version if self._state else 0
        year = self._year if only_now else 0
        return NumberRange(self.name, self.pattern.text().strip(), start, restarts, version, year)

    def say_next(self, answer: str | ShopError) -> None:
        """The next number, or beside the pattern why there is none."""
        if isinstance(answer, ShopError):
            self.field.say(self.texts.say(answer.message))
            self.next.setText("")
            return
        self.field.say("")
        last = self._state.last if self._state else ""
        gettext = self.texts.gettext
        words = (
            gettext("The last one is {last}, the next one {number}.")
            if last
            else gettext("The next one is {number}.")
        )
        self.next.setText(words.format(last=last, number=answer))


class ApartFields(RangeFields):
    """A kind that counts with the invoices until the owner sets it apart."""

    def _heading(self) -> QWidget:
        self.apart = QCheckBox(self.texts.gettext(_APART[self.name]))
        self.apart.toggled.connect(self._toggled)
        return self.apart

    def _details(self) -> QWidget:
        self._inner = super()._details()
        show_if(self._inner, wanted=False)
        return self._inner

    def _toggled(self, apart: bool) -> None:
        if apart and not self.pattern.text().strip():
            self.pattern.setText(SUGGESTED_APART[self.name].pattern)
        show_if(self._inner, apart)

    def show_state(self, state: RangeState, year: int) -> None:
        """See RangeFields."""
        super().show_state(state, year)
        self.apart.setChecked(state.is_apart)
        show_if(self._inner, state.is_apart)

    def range(self) -> NumberRange:
        """See RangeFields; without a pattern while it counts with the invoices."""
        if not self.apart.isChecked():
            return NumberRange(self.name, "", version=self._state.range.version if self._state else 0)
        return super().range()
