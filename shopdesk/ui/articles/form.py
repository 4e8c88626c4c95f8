"""The fields of an article."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from shopdesk.domain.articles import Article, size_text
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.merging import merged
from shopdesk.domain.messages import N_
from shopdesk.domain.packed_sizes import NOT_PACKED, PackedSize
from shopdesk.i18n import Texts
from shopdesk.ui.articles.shipping_fields import HsCodeEdit, OriginEdit, PackedSizeEdit
from shopdesk.ui.parcels.words import packed_size
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import AmountEdit, Field, ForgivingEdit, PercentEdit
from shopdesk.ui.widgets.labels import Caption

KINDS = {
    LineKind.GOODS: N_("Goods"),
    LineKind.SERVICE: N_("Service"),
    LineKind.POSTAGE: N_("Postage"),
    LineKind.PACKAGING: N_("Packaging"),
}
# UN/ECE Rec 20
UNITS = {
    "C62": N_("piece"), "HUR": N_("hour"), "DAY": N_("day"), "MTR": N_("metre"), "MTK": N_("square metre"),
    "KGM": N_("kilogram"), "LTR": N_("litre"), "SET": N_("set"), "LS": N_("flat rate"),
}  # fmt: skip
_EXAMPLE = (800, 1900)


class ArticleForm(QWidget):
    """Name, price, size, weight; a custom size's price is shown while typing."""

    changed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, gettext = texts, texts.gettext
        self._base = Article()
        self.name, self.code = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(gettext("found by itself"))
        self.description = QPlainTextEdit()
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(self.name.sizeHint().height() * 2)
        self.kind, self.unit, self.prices = Choice(()), Choice(()), Choice(())
        for narrow in (self.kind, self.unit, self.prices):
            narrow.setMinimumContentsLength(3)
        for kind, words in KINDS.items():
            self.kind.addItem(gettext(words), kind.value)
        for code, words in UNITS.items():
            self.unit.addItem(gettext(words), code)
        self.prices.addItem(gettext("incl. VAT"), Prices.GROSS.value)
        self.prices.addItem(gettext("plus VAT"), Prices.NET.value)
        self.price = AmountEdit(texts, gettext("Price"))
        self.rate = PercentEdit(texts, gettext("VAT rate"))
        self.rate.setPlaceholderText(gettext("empty: the shop's rate"))
        self.weight = ForgivingEdit[int](texts, gettext("Weight"), _weight, self._weight_words)
        self.weight.setPlaceholderText(gettext("for instance 14 kg"))
        self.size_ = ForgivingEdit[tuple[int, int, int]](texts, gettext("Size"), _size, _size_words)
        self.size_.setPlaceholderText(gettext("for instance 90x200x16"))
        self.surcharge = PercentEdit(texts, gettext("Surcharge for custom sizes"))
        self.per_area = AmountEdit(texts, gettext("Price per m²"))
        self.packed = PackedSizeEdit(texts)
        self.together = QCheckBox(gettext("Several may share a parcel"))
        self.packaging = Choice([("", gettext("none"))])
        self.hs_code, self.origin = HsCodeEdit(texts), OriginEdit(texts)
        self.example = Caption("", wrap=True)
        self._place()
        for field in (self.price, self.size_, self.weight, self.surcharge, self.per_area, self.packed):
            field.value_changed.connect(self._show_example)

    def _place(self) -> None:
        gettext = self._texts.gettext
        rows: list[list[tuple[str, QWidget, int]]] = [
            [(gettext("Name"), self.name, 6)],
            [(gettext("Description"), self.description, 6)],
            [(gettext("Kind"), self.kind, 3), (gettext("Article number"), self.code, 3)],
            [
                (gettext("Price"), self.price, 2),
                (gettext("Prices"), self.prices, 2),
                (gettext("Unit"), self.unit, 2),
            ],
            [
                (gettext("VAT rate"), self.rate, 2),
                (gettext("Weight"), self.weight, 2),
                (gettext("Size"), self.size_, 2),
            ],
            [
                (gettext("Surcharge for custom sizes"), self.surcharge, 3),
                (gettext("Price per m²"), self.per_area, 3),
            ],
            [(gettext("Packed size"), self.packed, 3), (gettext("Packaging"), self.packaging, 3)],
            [("", self.together, 6)],
            [(gettext("Tariff number"), self.hs_code, 3), (gettext("Country of origin"), self.origin, 3)],
        ]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(MEDIUM))
        layout.setVerticalSpacing(px(SMALL))
        self._fields: dict[QWidget, Field] = {}
        for number, row in enumerate(rows):
            column = 0
            for words, widget, span in row:
                shown: QWidget = widget
                if words:
                    shown = self._fields[widget] = Field(words, widget)
                layout.addWidget(shown, number, column, 1, span)
                column += span
        for column in range(6):
            layout.setColumnStretch(column, 1)
        layout.addWidget(self.example, len(rows), 0, 1, 6)
        layout.setRowStretch(len(rows) + 1, 1)

    def _weight_words(self, grams: int) -> str:
        kilograms = Decimal(grams) / 1000
        return f"{self._texts.number(kilograms)} kg"

    def show_article(self, article: Article) -> None:
        """Another article, or an empty one."""
        self._base = article
        self.name.setText(article.name)
        self.code.setText(article.code)
        self.description.setPlainText(article.description)
        self.kind.setCurrentIndex(max(0, self.kind.findData(article.kind.value)))
        if self.unit.findData(article.unit) < 0:
            self.unit.addItem(article.unit, article.unit)  # an imported unit stays what it is
        self.unit.setCurrentIndex(self.unit.findData(article.unit))
        self.prices.setCurrentIndex(max(0, self.prices.findData(article.prices.value)))
        self.price.set_value(article.unit_price)
        self.rate.set_value(article.vat_rate)
        self.weight.set_value(article.weight_grams or None)
        self.size_.set_value(
            (article.width_mm, article.length_mm, article.height_mm) if article.has_size else None
        )
        self.surcharge.set_value(article.custom_surcharge or None)
        self.per_area.set_value(article.price_per_square_metre)
        self.packed.set_value(article.packed if article.packed.is_known else None)
        self.together.setChecked(article.packed.together)
        if self.packaging.findData(article.packaging_code) < 0:
            self.packaging.addItem(article.packaging_code, article.packaging_code)
        self.packaging.set_value(article.packaging_code)
        self.hs_code.set_value(article.hs_code or None)
        self.origin.set_value(article.origin or None)
        for field in self._fields.values():
            field.say("")
        self._show_example()

    def article(self) -> Article:
        """The article as the fields stand; what cannot be read says so at its field and keeps the old value."""
        width, length, height = self.size_.value or (0, 0, 0)
        return replace(
            self._base,
            name=self.name.text().strip(),
            code=self.code.text().strip(),
            description=self.description.toPlainText().strip(),
            kind=LineKind(self.kind.currentData()),
            unit=self.unit.currentData(),
            prices=Prices(self.prices.currentData()),
            unit_price=self.price.value,
            vat_rate=self.rate.value,
            weight_grams=self.weight.value or 0,
            width_mm=width,
            length_mm=length,
            height_mm=height,
            custom_surcharge=self.surcharge.value or Decimal(0),
            price_per_square_metre=self.per_area.value,
            packed=self._packed(),
            packaging_code=self.packaging.value,
            hs_code=self.hs_code.value or "",
            origin=self.origin.value or "",
        )

    def _packed(self) -> PackedSize:
        known = self.packed.value or NOT_PACKED
        return replace(known, together=self.together.isChecked())

    def offer_packagings(self, packagings: tuple[Article, ...]) -> None:
        """The packaging articles of the shop."""
        chosen = self.packaging.value
        self.packaging.clear()
        self.packaging.addItem(self._texts.gettext("none"), "")
        for packaging in packagings:
            self.packaging.addItem(packaging.name, packaging.code)
        if self.packaging.findData(chosen) < 0:
            self.packaging.addItem(chosen, chosen)
        self.packaging.set_value(chosen)

    def rebase(self, now: Article) -> None:
        """The article was saved elsewhere: show that, and keep what was typed here since."""
        value = merged(self._base, self.article(), now)
        self.show_article(value)
        self._base = now

    def suggest_name(self, name: str) -> None:
        """What was searched for, as the name of a new article; alone it is nothing to save."""
        self._base = replace(self._base, name=name)
        self.name.setText(name)

    @property
    def shown_id(self) -> int | None:
        """Which article the fields are of; None for a new one."""
        return self._base.id

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than the stored article."""
        return self.article() != self._base or any(
            field.value is None and field.text().strip() for field in self._forgiving()
        )

    def settle(self) -> bool:
        """Read every field as if it were left; False, and the keyboard there, where one cannot be read."""
        wrong = [field for field in self._forgiving() if not field.settle()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _forgiving(self) -> tuple[ForgivingEdit[Any], ...]:
        return (
            self.price, self.rate, self.weight, self.size_, self.surcharge, self.per_area, self.packed,
            self.hs_code, self.origin,
        )  # fmt: skip

    def _show_example(self) -> None:
        article = self.article()
        price, weight = article.custom(*_EXAMPLE)
        if not article.has_size or price is None:
            self.example.setText("")
            return
        text = self._texts.gettext("A custom size of {example} would cost {price} and weigh {weight}.")
        words = text.format(
            example=size_text(*_EXAMPLE),
            price=f"{self._texts.number(price, 2)} €",
            weight=self._weight_words(weight),
        )
        if article.packed.is_known:
            packed = packed_size(article.packed_at(_EXAMPLE), self._texts)
            told = self._texts.gettext("Packed: {size}.").format(size=packed)
            words = f"{words} {told}"
        self.example.setText(words)

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        widget = {"name": self.name, "code": self.code}.get(field)
        for known, frame in self._fields.items():
            if not isinstance(known, ForgivingEdit):
                frame.say(problem if known is widget else "")
        if widget is not None:
            widget.setFocus()
        return widget is not None


def _weight(text: str) -> int:
    from shopdesk.domain.measures import parse_weight

    return parse_weight(text)


def _size(text: str) -> tuple[int, int, int]:
    from shopdesk.domain.measures import parse_size

    return parse_size(text)


def _size_words(size: tuple[int, int, int]) -> str:
    return size_text(*size)
