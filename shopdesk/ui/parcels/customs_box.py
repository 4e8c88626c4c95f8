"""One question of the panel: under which tariff number do the goods go, and where were they made?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.money import Money
from shopdesk.domain.packed_texts import PackedText
from shopdesk.i18n import Texts
from shopdesk.ui.articles.shipping_fields import HsCodeEdit, OriginEdit
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.fields import AmountEdit, Field
from shopdesk.ui.widgets.labels import Caption, Strong
from shopdesk.ui.widgets.showing import show_if


class CustomsBox(QWidget):
    """Tariff number and origin of a line; ⏎ in the last field or the button keeps them.

    With a currency it asks for the value of one, too: what costs nothing has one before customs all the same.
    """

    answered = Signal(int, object)
    """The line's place and the PackedText."""

    def __init__(self, place: int, name: str, known: PackedText, texts: Texts, currency: str = "") -> None:
        super().__init__()
        self._place, self._currency = place, currency
        gettext = texts.gettext
        self.hs_code, self.origin = HsCodeEdit(texts), OriginEdit(texts)
        self.hs_code.set_value(known.hs_code or None)
        self.origin.set_value(known.origin or None)
        for field in (self.hs_code, self.origin):
            field.setMinimumWidth(px(60))
        fields = QHBoxLayout()
        fields.setSpacing(px(SMALL))
        fields.addWidget(Field(gettext("Tariff number"), self.hs_code), 1)
        fields.addWidget(Field(gettext("Country of origin"), self.origin), 1)
        self.value = AmountEdit(texts, gettext("Value of one, without VAT"))
        self.value_field = Field(gettext("Value of one, without VAT"), self.value)
        self.keep = Button(gettext("Remember"), self.answer, icon_name="check")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(Strong(name, wrap=True))
        column.addWidget(
            Caption(gettext("For customs: which goods are they, and where were they made?"), wrap=True)
        )
        column.addLayout(fields)
        column.addWidget(self.value_field)
        show_if(self.value_field, bool(currency))
        column.addLayout(row)
        self.hs_code.returnPressed.connect(self.origin.setFocus)
        self.origin.returnPressed.connect(self.value.setFocus if currency else self.answer)
        self.value.returnPressed.connect(self.answer)
        self.setFocusProxy(
            self.hs_code if not known.hs_code else self.origin if not known.origin else self.value
        )

    def answer(self) -> None:
        """Keep them once all can be read; else the keyboard goes where something is missing."""
        for field in (self.hs_code, self.origin):
            if not field.settle() or field.value is None:
                field.setFocus()
                return
        value = self._worth()
        if self._currency and value is None:
            self.value.setFocus()
            return
        kept = PackedText(hs_code=self.hs_code.value or "", origin=self.origin.value or "", value=value)
        self.answered.emit(self._place, kept)

    def _worth(self) -> Money | None:
        if not self._currency or not self.value.settle() or not self.value.value or self.value.value < 0:
            return None
        return Money.of(str(self.value.value), self._currency)
