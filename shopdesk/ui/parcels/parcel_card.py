"""One kind of parcel in the panel: what is in it, which service takes it, what that costs and what else there is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.parcel_limits import Fit
from shopdesk.domain.parcels import ParcelPlan, PlannedParcel
from shopdesk.domain.shipping_services import DatedPrice, PriceState
from shopdesk.i18n import Texts
from shopdesk.ui.parcels import words
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.fields import AmountEdit
from shopdesk.ui.widgets.labels import Caption, Muted, Strong

_MOST_OTHERS = 2
_MOST_REFUSALS, _FEW_REFUSALS = 4, 1


class PriceRow(QWidget):
    """A price that must be looked up first: what was known of it, a field and "that is right"."""

    confirmed = Signal(object)
    """The Decimal."""

    def __init__(
        self, name: str, price: DatedPrice, state: PriceState, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        chip, kind = words.price_chip(price, state, texts)
        self.amount = AmountEdit(texts, f"{name}: {chip}")
        self.amount.set_value(price.amount)
        self.amount.setMaximumWidth(px(96))
        self.right = Button(texts.gettext("Right"), self.confirm)
        self.right.setToolTip(texts.gettext("Looked up: this price is valid until the end of the year"))
        row = QHBoxLayout()
        row.setSpacing(px(SMALL))
        row.addWidget(Caption(name, wrap=False))
        row.addWidget(self.amount)
        row.addWidget(self.right)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Chip(chip, kind))
        column.addLayout(row)
        column.addWidget(Caption(words.price_source(price, texts), wrap=True))
        self.amount.returnPressed.connect(self.confirm)

    def confirm(self) -> None:
        """Take the amount; without one the field has the keyboard."""
        if self.amount.settle() and self.amount.value is not None:
            self.confirmed.emit(self.amount.value)
        else:
            self.amount.setFocus()


class ParcelCard(Card):
    """`count` equal parcels. `asks`: doubtful prices are asked here, not in a card above of the same service."""

    price_confirmed = Signal(str, object, bool)
    """Code of the service, the amount, whether it is the surcharge."""
    service_chosen = Signal(str)
    """Another service is wanted: its code."""

    def __init__(
        self,
        entry: PlannedParcel,
        count: int,
        plan: ParcelPlan,
        texts: Texts,
        parent: QWidget | None = None,
        *,
        asks: bool = True,
    ) -> None:
        super().__init__(parent=parent)
        self._texts, self._plan, self._asks = texts, plan, asks
        self.prices: list[PriceRow] = []
        title = words.outside(entry.parcel.outside, texts)
        self.body.addWidget(Strong(f"{count} × {title}" if count > 1 else title, wrap=True))
        content = ", ".join(f"{number} × {name}" for name, number in entry.parcel.counts)
        self.body.addWidget(Muted(content, wrap=True))
        if entry.fit is None:
            self.body.addWidget(Chip(texts.gettext("No service in the table takes it."), "bad"))
        else:
            self._add_service(entry.fit, entry)
        self._add_rest(entry)

    def _add_service(self, fit: Fit, entry: PlannedParcel) -> None:
        gettext, service = self._texts.gettext, fit.service
        name = service.name
        if not service.by_arrangement:
            name = f"{name} · {words.amount(fit.amount, self._texts)}"
        self.body.addWidget(Strong(name, wrap=True))
        if service.by_arrangement:
            self.body.addWidget(Chip(gettext("too large or too heavy for a parcel"), "warn"))
        else:
            self.body.addWidget(Caption(words.limits(service, self._texts), wrap=True))
        if fit.bulky is not None:
            surcharge = service.bulky.surcharge.amount if service.bulky else None
            told = gettext("Bulky goods surcharge {amount}: {reason}")
            reason = self._texts.say(fit.bulky)
            text = told.format(amount=words.amount(surcharge, self._texts), reason=reason)
            self.body.addWidget(Caption(text, wrap=True))
        for note in (self._texts.say(fit.hint) if fit.hint else "", service.note):
            if note:
                self.body.addWidget(Caption(note, wrap=True))
        if not service.by_arrangement:
            self._add_prices(fit, entry)

    def _add_prices(self, fit: Fit, entry: PlannedParcel) -> None:
        names = (self._texts.gettext("Postage"), self._texts.gettext("Surcharge"))
        states = entry.states(self._plan.today)
        for place, (price, state) in enumerate(zip(fit.prices, states, strict=True)):
            if not self._asks:
                continue
            if state == PriceState.VALID:
                self.body.addWidget(Caption(words.price_source(price, self._texts), wrap=True))
                continue
            row = PriceRow(names[place], price, state, self._texts)
            row.confirmed.connect(self._confirming(fit.service.code, surcharge=place == 1))
            self.prices.append(row)
            self.body.addWidget(row)

    def _confirming(self, code: str, *, surcharge: bool) -> Callable[[Decimal], None]:
        def confirmed(amount: Decimal) -> None:
            self.price_confirmed.emit(code, amount, surcharge)

        return confirmed

    def _other(self, fit: Fit) -> ChipButton:
        chosen = self.service_chosen
        return ChipButton(words.other(fit, self._texts), lambda: chosen.emit(fit.service.code))

    def _add_rest(self, entry: PlannedParcel) -> None:
        gettext = self._texts.gettext
        others = entry.others[:_MOST_OTHERS]
        if others:
            self.body.addWidget(Caption(gettext("Also possible:")))
            row = ChipRow()
            row.show_chips([self._other(fit) for fit in others])
            self.body.addWidget(row)
        most = _MOST_REFUSALS if entry.fit is None or entry.fit.service.by_arrangement else _FEW_REFUSALS
        # of the services that refuse it the largest is what the owner would have expected
        largest = sorted(entry.refusals, key=lambda one: -one.service.max_weight_grams)[:most]
        if largest:
            told = gettext("Not: {reasons}").format(
                reasons="; ".join(words.refusal(one, self._texts) for one in largest)
            )
            self.body.addWidget(Caption(told, wrap=True))
