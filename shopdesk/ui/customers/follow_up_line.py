"""F8: what, and when; how often and what for where it matters. ⏎ moves on and notes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from shopdesk.domain.follow_ups import FollowUp, FollowUpPurpose, Repeat, RepeatUnit
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField, ForgivingEdit
from shopdesk.ui.widgets.labels import ProblemLabel, plain_tip

if TYPE_CHECKING:
    from shopdesk.domain.errors import ShopError

PURPOSES = {
    FollowUpPurpose.SERVICE: N_("looking after the customer"),
    FollowUpPurpose.ORDER: N_("about an order"),
    FollowUpPurpose.SATISFACTION: N_("asking whether all is well (consent)"),
    FollowUpPurpose.ADVERTISING: N_("offers and news (consent)"),
}
_STAY_IN_TOUCH = 6  # weeks


def rhythm_words(texts: Texts, repeat: Repeat | None) -> str:
    """How often, as it can be typed again."""
    if repeat is None:
        return ""
    ngettext = texts.ngettext
    words = {
        RepeatUnit.DAY: ngettext("every day", "every {n} days", repeat.every),
        RepeatUnit.WEEK: ngettext("every week", "every {n} weeks", repeat.every),
        RepeatUnit.MONTH: ngettext("every month", "every {n} months", repeat.every),
    }[repeat.unit]
    return words.format(n=repeat.every)


class FollowUpLine(QWidget):
    """Fields for a new follow-up, or for one that is to be changed."""

    noted = Signal(object)
    """The follow-up as typed; one with an id is a changed one."""

    def __init__(
        self,
        texts: Texts,
        today: Callable[[], dt.date],
        parent: QWidget | None = None,
        *,
        about_customer: bool = True,
    ) -> None:
        super().__init__(parent)
        self._texts, self._today, gettext = texts, today, texts.gettext
        self._changed: FollowUp | None = None
        self.what = QLineEdit()
        self.what.setPlaceholderText(gettext("Follow up: what?"))
        self.what.setAccessibleName(gettext("Follow up: what?"))
        self.when = DateField(texts, gettext("When?"), self._parse)
        self.when.setPlaceholderText(gettext("+2w, fri, 24.12."))
        self.rhythm: ForgivingEdit[Repeat] = ForgivingEdit(
            texts, gettext("How often?"), _parse_rhythm, lambda repeat: rhythm_words(texts, repeat)
        )
        self.rhythm.setPlaceholderText(gettext("once; or: every 6 weeks"))
        self.on_contact = QCheckBox(gettext("A contact settles it"))
        self.purpose = Choice([(gettext(name), value.value) for value, name in PURPOSES.items()])
        self.purpose.setAccessibleName(gettext("What for?"))
        self.purpose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.purpose.setMinimumContentsLength(12)
        self.on_contact.setToolTip(plain_tip(gettext("A contact is a call, a mail, a message or a visit.")))
        self.problem = ProblemLabel()
        for field in (self.when, self.rhythm):
            field.problem_changed.connect(self.problem.say)
        self.what.returnPressed.connect(self.when.setFocus)
        self.when.returnPressed.connect(self.note)
        self.rhythm.returnPressed.connect(self.note)
        self.rhythm.value_changed.connect(self._rhythm_changed)
        self._place(about_customer)
        self.hide()

    def _place(self, about_customer: bool) -> None:
        gettext = self._texts.gettext
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(SMALL))
        grid.addWidget(self.what, 0, 0, 1, 3)
        grid.addWidget(self.when, 1, 0)
        grid.addWidget(self.rhythm, 1, 1)
        grid.addWidget(Button(gettext("Note it"), self.note), 1, 2)
        grid.addWidget(self.problem, 2, 0, 1, 3)
        self.offers = ChipRow()
        self.offers.show_chips([ChipButton(gettext("Stay in touch: every 6 weeks"), self.stay_in_touch)])
        self._about = ChipRow()  # large text needs two lines
        self._about.show_chips([self.on_contact, self.purpose])
        grid.addWidget(self.offers, 3, 0, 1, 3)
        grid.addWidget(self._about, 4, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._about.setVisible(about_customer)
        self.offers.setVisible(about_customer)

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self._today())

    def stay_in_touch(self) -> None:
        """Every six weeks, counted anew from each contact."""
        repeat = Repeat(_STAY_IN_TOUCH, RepeatUnit.WEEK)
        self.rhythm.set_value(repeat)
        self._rhythm_changed()
        self.on_contact.setChecked(True)
        self.when.set_value(self._today() + dt.timedelta(weeks=_STAY_IN_TOUCH))
        if not self.what.text().strip():
            self.what.setText(self._texts.gettext("Stay in touch"))
        self.what.setFocus()
        self.what.selectAll()

    def _rhythm_changed(self) -> None:
        """What a contact does depends on whether it comes again."""
        gettext = self._texts.gettext
        repeats = self.rhythm.value is not None
        self.on_contact.setText(
            gettext("Each contact starts it anew") if repeats else gettext("A contact settles it")
        )

    def ask(self, value: FollowUp | None = None) -> None:
        """Show the line, empty or with the follow-up to change; what is half typed stays."""
        if value is not None:
            self._show(value)
        elif self._changed is not None:
            self.clear()
        self._changed = value
        self.show()
        self.what.setFocus()

    def _show(self, value: FollowUp) -> None:
        self.what.setText(value.text)
        self.when.set_value(value.due)
        self.rhythm.set_value(value.repeat)
        self.on_contact.setChecked(value.on_contact)
        self.purpose.set_value(value.purpose.value)
        self._rhythm_changed()

    def clear(self) -> None:
        """Empty, and out of the way."""
        self._changed = None
        self.what.clear()
        self.when.set_value(None)
        self.rhythm.set_value(None)
        self.on_contact.setChecked(False)
        self.purpose.set_value(FollowUpPurpose.SERVICE.value)
        self._rhythm_changed()
        self.problem.say("")
        self.hide()

    def say(self, error: ShopError) -> None:
        """It was refused: the words stand at the line."""
        self.show()
        self.problem.say(self._texts.say(error.message))

    def note(self) -> None:
        """Tell what was typed, or what is missing."""
        text = self.what.text().strip()
        if not text:
            self.problem.say(self._texts.gettext("What is to be done?"))
            self.what.setFocus()
            return
        for field in (self.rhythm, self.when):
            if not field.settle():
                field.setFocus()
                return
        due = self.when.value
        if due is None:
            self.problem.say(self._texts.gettext("On which day? For instance +2w, fri or 24.12."))
            self.when.setFocus()
            return
        value = self._changed or FollowUp(due, text)
        repeat, before = self.rhythm.value, value.repeat
        if repeat is not None and before is not None and replace(before, day=0) == replace(repeat, day=0):
            repeat = before if due == value.due else replace(before, day=0)
        noted = replace(
            value, due=due, text=text, repeat=repeat, on_contact=self.on_contact.isChecked(),
            purpose=FollowUpPurpose(self.purpose.value),
        )  # fmt: skip
        self.clear()
        self.noted.emit(noted)


def _parse_rhythm(text: str) -> Repeat:
    from shopdesk.domain.typing.rhythms import parse_rhythm

    return parse_rhythm(text)
