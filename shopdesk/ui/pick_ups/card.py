"""The card of one order that is to be fetched: its goods, who comes, and what is still to be paid."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from shopdesk.domain.pick_ups import PickUpDetail
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipRow
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Heading, Muted, PlainLabel
from shopdesk.ui.widgets.showing import show_if


class PickUpCard(Card):
    """Shows one order. It hands nothing out itself: the signals say what the owner wants."""

    handed_out = Signal()
    told = Signal()
    opened = Signal()
    settled = Signal()
    """It is not fetched any more."""
    paid = Signal(str)
    """The slip number of the till."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        gettext = texts.gettext
        self._document_id: int | None = None
        self.heading, self.facts = Heading("", wrap=True), Muted("", wrap=True)
        self.goods = PlainLabel("", wrap=True)
        self.state = ChipRow()
        self.who = QLineEdit()
        self.who.setPlaceholderText(gettext("Empty: the customer"))
        self.who_field = Field(gettext("Picked up by"), self.who)
        self.who.returnPressed.connect(self.handed_out)
        self.slip = QLineEdit()
        self.slip.setPlaceholderText(gettext("Paid now: number of the slip, then ⏎"))
        self.slip_field = Field(gettext("Slip number of the till"), self.slip)
        self.slip.returnPressed.connect(self._paid)
        self.hand_out = PrimaryButton(gettext("Hand out"), self.handed_out.emit, icon_name="check", key="⏎")
        self.tell = Button(gettext("Mail “ready to be picked up”"), self.told.emit, icon_name="mail", key="R")
        self.open = Button(gettext("Open the order"), self.opened.emit, icon_name="file-text", key="O")
        self.settle = GhostButton(
            gettext("Is not picked up any more"), self.settled.emit, icon_name="check", key="E"
        )
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.hand_out, self.tell, self.open, self.settle):
            flow.addWidget(button)
        for widget in (
            self.heading,
            self.facts,
            self.state,
            self.goods,
            self.slip_field,
            self.who_field,
            buttons,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_detail(self, detail: PickUpDetail | None) -> None:
        """Another order, or none; what was typed for the same one stays."""
        self.setVisible(detail is not None)
        document_id = detail.pick_up.document_id if detail is not None else None
        if document_id != self._document_id:
            self.who.clear()
            self.slip.clear()
        self._document_id = document_id
        if detail is None:
            return
        show_if(self.slip_field, detail.owed is not None)
        texts, pick_up = self._texts, detail.pick_up
        self.heading.setText(pick_up.item.recipient)
        facts = (pick_up.item.number, *pick_up.phones, pick_up.item.city, self._promised(detail))
        self.facts.setText(" · ".join(part for part in facts if part))
        lines = (f"{texts.number(line.left)} × {line.line.text.splitlines()[0]}" for line in detail.lines)
        self.goods.setText("\n".join(lines))
        self.state.show_chips(list(self._chips(detail)))

    def _promised(self, detail: PickUpDetail) -> str:
        day = detail.pick_up.item.promised
        words = self._texts.gettext("promised for {date}")
        return words.format(date=self._texts.date(day)) if day is not None else ""

    def _chips(self, detail: PickUpDetail) -> list[QWidget]:
        texts, pick_up = self._texts, detail.pick_up
        chips: list[QWidget] = []
        if pick_up.item.open.minor > 0:
            words = texts.gettext("{amount} open").format(amount=texts.money(pick_up.item.open))
            chips.append(Chip(words, "bad" if pick_up.waits else "warn"))
        else:
            chips.append(Chip(texts.gettext("paid"), "ok"))
        return chips

    def _paid(self) -> None:
        if self.slip.text().strip():
            self.paid.emit(self.slip.text())
