"""An order that is out: what the supplier confirmed, what is there, and whether the customer knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.purchase_orders import STATE_NAMES, DeliverTo, PurchaseOrder
from shopdesk.ui.purchases.goods_in import Arrived, GoodsIn, Trouble
from shopdesk.ui.purchases.tones import TONES
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.fields import DateField, Field
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, Strong
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.i18n import Texts


class OrderView(QWidget):
    """Read from above: who, when confirmed, what is there, whom to tell."""

    confirmed = Signal(object)
    """The supplier's day."""

    def __init__(
        self,
        texts: Texts,
        parse_day: Callable[[str], dt.date],
        arrived: Arrived,
        trouble: Trouble,
    ) -> None:
        super().__init__()
        self._texts, gettext = texts, texts.gettext
        self._order = PurchaseOrder()
        self.name = Heading("")
        self.supplier = Strong("", wrap=True)
        self.chip = Chip("", "info")
        self.facts = Muted("", wrap=True)
        self.day = DateField(texts, gettext("Supplier delivers on"), parse_day)
        self.day.setPlaceholderText(gettext("from the confirmation: KW 49, by 4 Dec"))
        self.day.returnPressed.connect(self.confirm)
        self.day_field = Field(gettext("Supplier delivers on"), self.day)
        self.keep_day = Button(gettext("Confirmed"), self.confirm, icon_name="check")
        self.possible = Caption("", wrap=True)
        self.goods = GoodsIn(texts, arrived, trouble)
        self.all = PrimaryButton(gettext("All there"), lambda: arrived(-1, None), icon_name="package")
        self.told = Caption("", wrap=True)
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        day = QHBoxLayout()
        day.setSpacing(px(SMALL))
        day.addWidget(self.day_field, 1)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.keep_day)
        day.addLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        layout.addLayout(head)
        layout.addWidget(self.supplier)
        layout.addWidget(self.facts)
        layout.addLayout(day)
        layout.addWidget(self.possible)
        layout.addWidget(self.goods)
        layout.addWidget(self.told)

    def show_order(self, value: PurchaseOrder) -> None:
        """Another order, or the same after something was done."""
        self._order, gettext = value, self._texts.gettext
        self.name.setText(value.number)
        self.supplier.setText(value.supplier_name)
        self.chip.tell(gettext(STATE_NAMES[value.state]), TONES[value.state])
        self.facts.setText(" · ".join(self._facts(value)))
        self.day.set_value(value.confirmed)
        for widget in (self.day_field, self.keep_day):
            show_if(widget, value.is_open)
        ready = value.ready_on if value.is_open and value.customer_id is not None else None
        words = gettext("With the days for handling the customer can have it on {date}.")
        self.possible.setText(words.format(date=self._texts.date(ready)) if ready else "")
        show_if(self.possible, ready is not None)
        self.goods.show_order(value)
        show_if(self.all, value.is_open)
        self._say_told(value)

    def _facts(self, value: PurchaseOrder) -> list[str]:
        gettext, texts = self._texts.gettext, self._texts
        found = []
        if value.ordered_at is not None:
            found.append(gettext("ordered {date}").format(date=texts.date(value.ordered_at.date())))
        found.append(value.commission or gettext("for the shop"))
        if value.document_number:
            found.append(value.document_number)
        if value.deliver_to == DeliverTo.CUSTOMER:
            found.append(gettext("straight to the customer"))
        if value.wished is not None:
            found.append(gettext("wished by {date}").format(date=texts.date(value.wished)))
        return found

    def _say_told(self, value: PurchaseOrder) -> None:
        words = self._texts.gettext("The customer was told on {date} that it is there.")
        day = self._texts.date(value.told_at.date()) if value.told_at else ""
        self.told.setText(words.format(date=day) if day else "")
        show_if(self.told, bool(day))

    def confirm(self) -> None:
        """The typed day is the supplier's."""
        if not self._order.is_open:
            return
        if self.day.settle() and self.day.value is not None:
            if self.day.value != self._order.confirmed:
                self.confirmed.emit(self.day.value)
        elif not self.day.problem:
            self.day.say(self._texts.gettext("On which day? For instance KW 49 or by 4 Dec."))
            self.day.setFocus()

    @property
    def is_typed(self) -> bool:
        """Whether a day stands there that is not noted yet."""
        return (
            self._order.is_open and bool(self.day.text().strip()) and self.day.value != self._order.confirmed
        )
