"""The card of one stop: what the driver needs at the door, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shopdesk.domain.delivery_rounds import LIFT_NAMES, Lift, RoundStop, Stop
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import AmountEdit, Field
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel
from shopdesk.ui.widgets.showing import show_if

USUAL = (
    N_("Take the old mattress away"), N_("Set it up"), N_("Take the packaging away"), N_("Call half an hour before"),
)  # fmt: skip
"""What is asked for most; everything else is typed."""


class StopCard(Card):
    """Shows one stop. It stores nothing itself: the signals say what the owner wants."""

    edited = Signal(object)
    """The stop as it should be."""
    done = Signal(str)
    """It was handed over, with the driver's note."""
    not_met = Signal(str)
    """It came back, with the reason."""
    put_back = Signal()
    """It was not handed over after all."""
    paid = Signal(str, object)
    """The slip number of the till, and the amount."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._stop: RoundStop | None = None
        gettext = texts.gettext
        self.heading, self.facts = Heading("", wrap=True), Muted("", wrap=True)
        self.goods = PlainLabel("", wrap=True)
        self.begin, self.end, self.floor = QLineEdit(), QLineEdit(), QLineEdit()
        self.lift = Choice((gettext(words), each.value) for each, words in LIFT_NAMES.items())
        self.extras = ChipRow()
        self.extra = QLineEdit()
        self.extra.setPlaceholderText(gettext("Something else, then ⏎"))
        self.extra.setAccessibleName(gettext("What else is to be done"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(gettext("Left with the neighbour, nobody there …"))
        self.amount = AmountEdit(texts, gettext("Paid at the door"))
        self.slip = QLineEdit()
        self.done_button = PrimaryButton(gettext("Delivered"), self._done, icon_name="check", key="E")
        self.not_met_button = Button(gettext("Not delivered"), self._not_met, icon_name="undo-2", key="N")
        self.back_button = Button(
            gettext("Not delivered after all"), self.put_back.emit, icon_name="undo-2", key="Del"
        )
        self.book = Button(gettext("Note what was paid"), self._paid, icon_name="wallet")
        self.no_bill = Muted(
            gettext("No bill yet: what is paid stays as the customer's credit until you write one."),
            wrap=True,
        )
        self.foot = Card()  # stands below what is scrolled: the end of a stop is always in sight
        self._place()
        self._connect()

    def _place(self) -> None:
        gettext = self._texts.gettext
        self.begin_field = Field(gettext("From (time)"), self.begin)
        self.end_field = Field(gettext("Until (time)"), self.end)
        self.slip_field = Field(gettext("Slip number of the till"), self.slip)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        grid.addWidget(self.begin_field, 0, 0)
        grid.addWidget(self.end_field, 0, 1)
        grid.addWidget(Field(gettext("Floor"), self.floor), 1, 0)
        grid.addWidget(Field(gettext("Lift"), self.lift), 1, 1)
        self.money = QWidget()
        money = QGridLayout(self.money)
        money.setContentsMargins(0, 0, 0, 0)
        money.setHorizontalSpacing(px(MEDIUM))
        money.addWidget(Field(gettext("Paid at the door"), self.amount), 0, 0)
        money.addWidget(self.slip_field, 0, 1)
        money.addWidget(self.no_bill, 1, 0, 1, 2)
        money.addWidget(self.book, 2, 0, 1, 2)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.done_button, self.not_met_button, self.back_button):
            flow.addWidget(button)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.goods)
        self.body.addLayout(grid)
        self.body.addWidget(Caption(gettext("What else is to be done")))
        for widget in (self.extras, self.extra, self.money):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.foot.body.addWidget(Field(gettext("Note on return"), self.note))
        self.foot.body.addWidget(buttons)

    def _connect(self) -> None:
        for edit in (self.begin, self.end, self.floor):
            edit.editingFinished.connect(self._edited)
        self.lift.chosen.connect(self._edited)
        self.extra.returnPressed.connect(self._add_extra)
        self.slip.returnPressed.connect(self._paid)

    def show_stop(self, stop: RoundStop | None) -> None:
        """Another stop, or none; what was typed for the same one stays."""
        is_other = self._stop is None or stop is None or stop.shipment_id != self._stop.shipment_id
        self._stop = stop
        self.setVisible(stop is not None)
        self.foot.setVisible(stop is not None)
        if stop is None:
            return
        texts = self._texts
        self.heading.setText(stop.name)
        facts = (stop.number, ", ".join(stop.address), " · ".join(stop.phones))
        self.facts.setText("\n".join(part for part in facts if part))
        lines = (
            f"{texts.number(each.quantity.normalize())} × {each.text.splitlines()[0]}" for each in stop.lines
        )
        nothing = texts.gettext(
            "Nothing of this is to be brought any more: it was cancelled, credited or has left in another way. "
            "Del takes the stop out of the round."
        )
        self.goods.setText("\n".join(lines) if stop.is_wanted else nothing)
        if is_other:
            self.note.setText(stop.note)
            self.slip.clear()
            self.extra.clear()
        self.say_problem(None)
        self._fill(stop, is_other=is_other)

    def _fill(self, stop: RoundStop, *, is_other: bool) -> None:
        with QSignalBlocker(self.lift):
            self.lift.set_value(stop.stop.lift.value)
        for edit, text in (
            (self.begin, stop.stop.from_time), (self.end, stop.stop.to_time), (self.floor, stop.stop.floor),
        ):  # fmt: skip
            if edit.text() != text and not (edit.hasFocus() and edit.isModified() and not is_other):
                edit.setText(text)
                edit.setCursorPosition(0)  # a long floor is read from its beginning
        self._show_extras(stop.stop.extras)
        owed = stop.open.minor > 0 if stop.open is not None else False
        show_if(self.money, owed)
        show_if(self.no_bill, not stop.bill_ids)
        if owed and stop.open is not None:
            self.amount.set_value(stop.open.amount)
        for button in (self.done_button, self.not_met_button):
            show_if(button, stop.is_wanted and not stop.is_done)
        show_if(self.back_button, stop.is_done)

    def _show_extras(self, chosen: tuple[str, ...]) -> None:
        usual = [self._texts.gettext(words) for words in USUAL]
        chips: list[QWidget] = []
        for words in (*usual, *(each for each in chosen if each not in usual)):
            is_on = words in chosen
            chip = ChipButton(
                words, partial(self._toggle, words), "ok" if is_on else "info",
                icon_name="check" if is_on else "plus",
            )  # fmt: skip
            state = self._texts.gettext("chosen") if is_on else self._texts.gettext("not chosen")
            chip.setAccessibleDescription(state)
            chips.append(chip)
        self.extras.show_chips(chips)

    def say_problem(self, error: ShopError | None) -> None:
        """What is wrong with the times, beside them."""
        words = self._texts.say(error.message) if error is not None else ""
        is_end = error is not None and error.field == "to_time"
        self.begin_field.say("" if is_end else words)
        self.end_field.say(words if is_end else "")

    # What the owner does

    def _typed(self, stop: Stop) -> Stop:
        return replace(
            stop, from_time=self.begin.text().strip(), to_time=self.end.text().strip(),
            floor=self.floor.text().strip(), lift=Lift(self.lift.value),
        )  # fmt: skip

    def _edited(self) -> None:
        if self._stop is not None and (typed := self._typed(self._stop.stop)) != self._stop.stop:
            self.edited.emit(typed)

    def _toggle(self, words: str) -> None:
        if self._stop is None:
            return
        extras = self._stop.stop.extras
        wanted = tuple(each for each in extras if each != words) if words in extras else (*extras, words)
        self.edited.emit(replace(self._typed(self._stop.stop), extras=wanted))

    def _add_extra(self) -> None:
        words = " ".join(self.extra.text().split())
        if self._stop is not None and words:
            self.extra.clear()
            self.edited.emit(replace(self._typed(self._stop.stop), extras=(*self._stop.stop.extras, words)))

    def _done(self) -> None:
        self.done.emit(self.note.text())

    def _not_met(self) -> None:
        self.not_met.emit(self.note.text())

    def _paid(self) -> None:
        if self._stop is None or self._stop.open is None:
            return
        if not self.slip.text().strip():
            self.slip_field.say(
                self._texts.gettext("shopdesk is no till: please enter the number of the till's slip.")
            )
            self.slip.setFocus()
            return
        if self.amount.settle() and self.amount.value is not None:
            amount = Money.of(str(self.amount.value), self._stop.open.currency)
            self.paid.emit(self.slip.text(), amount)
