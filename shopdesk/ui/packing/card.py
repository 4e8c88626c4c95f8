"""The card of one parcel to pack: address, how many of each, delivery note and label, then the tracking number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shopdesk.domain.unshipped import Clearance
from shopdesk.ui.packing.scan_field import ScanField
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.fields import QuantityEdit
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel, ProblemLabel, Rule
from shopdesk.ui.widgets.tab_order import tab_before

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.packing import Packing
    from shopdesk.usecases.shop import Shop


class PackCard(Card):
    """Says what the owner wants; what happens then is the page's business."""

    papers_wanted = Signal()
    scanned = Signal()
    """Each parcel has its number."""
    shipped = Signal()
    """The button: it leaves with the numbers there are, perhaps without one."""
    settled = Signal()

    def __init__(self, shop: Shop, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        gettext = texts.gettext
        self.shown: Packing | None = None
        self.heading, self.facts = Heading("", wrap=True), Muted("", wrap=True)
        self.address = PlainLabel("", wrap=True)
        self.edits: dict[int, QuantityEdit] = {}
        self._basis: object = None
        self.problem = ProblemLabel()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(MEDIUM))
        self.grid.setVerticalSpacing(px(SMALL))
        self.grid.setColumnStretch(1, 1)
        self.papers = Button(
            gettext("Delivery note and label"), self.papers_wanted.emit, icon_name="printer", key="P"
        )
        self.settle = GhostButton(gettext("Needs no shipping"), self.settled.emit, icon_name="check", key="E")
        self.scan = ScanField(shop, texts)
        self.scan.complete.connect(self.scanned.emit)
        self.tell = QCheckBox(gettext("Tell the customer by mail"))
        self.ship = PrimaryButton(gettext("Shipped"), self._ship, icon_name="truck", key="⏎")
        self._place()
        self.hide()

    def _place(self) -> None:
        self.body.addWidget(self.heading)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.address)
        self.body.addWidget(Rule())
        self.body.addLayout(self.grid)
        self.body.addWidget(self.problem)
        buttons = FlowLayout()
        buttons.addWidget(self.papers)
        buttons.addWidget(self.settle)
        self.body.addLayout(buttons)
        self.body.addWidget(Rule())
        self.body.addWidget(self.scan)
        self.body.addWidget(self.tell)
        self.body.addWidget(self.ship)
        self.body.addStretch(1)

    def show_packing(
        self, value: Packing | None, address: tuple[str, ...], carrier: str, *, tell: bool
    ) -> None:
        """Fill the card; what was scanned for the same paper stays."""
        before = self.shown.item.document_id if self.shown else None
        self.shown = value
        self.setVisible(value is not None)
        if value is None:
            return
        texts, item = self._texts, value.item
        self.heading.setText(f"{item.number} · {item.recipient}")
        self.facts.setText(self._facts(value))
        self.address.setText("\n".join(address))
        self.problem.say("")
        basis = (value.item.document_id, value.lines, value.shipment.lines if value.shipment else ())
        if basis != self._basis:  # what was typed stays while nothing else changed
            self._basis = basis
            self._show_lines(value)
        has_mail = bool(value.document.recipient.email)
        no_mail = texts.gettext("No mail address: please tell the customer yourself")
        self.tell.setText(texts.gettext("Tell the customer by mail") if has_mail else no_mail)
        self.tell.setEnabled(has_mail)
        if before != item.document_id:
            packed = value.shipment
            is_free = item.clearance != Clearance.WAITS
            self.ship.say(
                texts.gettext("Shipped") if is_free else texts.gettext("Shipped all the same"), "truck"
            )
            self.scan.begin((packed.carrier if packed else "") or carrier)
            self.tell.setChecked(tell and has_mail)

    def _facts(self, value: Packing) -> str:
        texts, item = self._texts, value.item
        gettext = texts.gettext
        parts = []
        if item.clearance == Clearance.WAITS:
            parts.append(gettext("waits for money: {amount} open").format(amount=texts.money(item.open)))
        elif item.paid_on is not None and item.clearance == Clearance.PAID:
            parts.append(gettext("paid on {date}").format(date=texts.date(item.paid_on)))
        elif item.clearance == Clearance.ON_ACCOUNT:
            parts.append(gettext("on account"))
        if item.promised is not None:
            parts.append(gettext("promised for {date}").format(date=texts.date(item.promised)))
        left = sum(1 for each in value.shipments if not each.is_in_the_house)
        if left:
            words = texts.ngettext("{n} shipment has left already", "{n} shipments have left already", left)
            parts.append(words.format(n=left))
        return " · ".join(parts)

    def _show_lines(self, value: Packing) -> None:
        clear(self.grid)
        self.edits = {}
        packed = value.shipment
        wanted = {each.source_position: each.quantity for each in packed.lines} if packed else None
        for row, each in enumerate(line for line in value.lines if line.left):
            edit = QuantityEdit(
                self._texts, self._texts.gettext("How many of {text}").format(text=each.line.text)
            )
            edit.setMaximumWidth(px(72))
            edit.set_value(each.left if wanted is None else wanted.get(each.position, Decimal(0)))
            edit.value_changed.connect(lambda: self.problem.say(""))
            self.edits[each.position] = edit
            self.grid.addWidget(edit, row, 0)
            edit.show()  # not with the next event only: a key may come before it
            self.grid.addWidget(self._line_words(each.line.text, each.left, each.line.quantity), row, 1)
        tab_before(self.papers, self.edits.values())

    def _line_words(self, text: str, left: Decimal, ordered: Decimal) -> QWidget:
        texts = self._texts
        words = texts.gettext("of {left} × {text}").format(left=texts.number(left), text=text)
        if left < ordered:
            gone = texts.gettext("{count} left before").format(count=texts.number(ordered - left))
            words = f"{words} · {gone}"
        return Caption(words, wrap=True)

    def quantities(self) -> dict[int, Decimal] | None:
        """Position → how many; None while one of the fields cannot be read."""
        if not all(edit.settle() for edit in self.edits.values()):
            problems = [edit.problem for edit in self.edits.values() if edit.problem]
            self.problem.say(problems[0] if problems else "")
            return None
        return {position: edit.value or Decimal(0) for position, edit in self.edits.items()}

    def _ship(self) -> None:
        """The button: with what was scanned, with what still stands in the field, or without a number."""
        if self.scan.number.text().strip():
            self.scan.take()
        else:
            self.shipped.emit()

    def begin(self) -> None:
        """The keyboard stands where a scanner writes."""
        self.scan.number.setFocus()
