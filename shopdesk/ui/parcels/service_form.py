"""The fields of one shipping service: where it goes, what it takes, what it costs until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from shopdesk.domain.measures import parse_length, parse_size_limits, parse_weight
from shopdesk.domain.shipping_services import NO_PRICE, ZONES, Bulky, DatedPrice, RollRule, Service
from shopdesk.i18n import Texts
from shopdesk.ui.parcels import words
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import AmountEdit, DateField, Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, ProblemLabel

EMPTY = Service("", "", "de", tracked=True)


class ServiceForm(QWidget):
    """Shows a service and gives it back as the fields stand."""

    def __init__(
        self, texts: Texts, read_date: Callable[[str], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts, gettext = texts, texts.gettext
        self._base = EMPTY
        self.name, self.carrier, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.zone = Choice([(gettext(title), code) for code, title in ZONES.items()])
        self.price = AmountEdit(texts, gettext("Price"))
        self.until = DateField(texts, gettext("Valid until"), read_date)
        self.until.setPlaceholderText(gettext("31.12."))
        self.weight = self._weight(gettext("Weight up to"))
        self.size_ = ForgivingEdit[tuple[int, int, int]](
            texts, gettext("Size up to"), parse_size_limits, self._size_words
        )
        self.size_.setPlaceholderText("120x60x60")
        self.girth = self._length(gettext("Girth up to"))
        self.roll_length = self._length(gettext("Roll: length up to"))
        self.roll_diameter = self._length(gettext("Roll: diameter up to"))
        self.roll_weight = self._weight(gettext("Roll: weight up to"))
        self.bulky = QCheckBox(gettext("Larger ones go as bulky goods"))
        self.surcharge = AmountEdit(texts, gettext("Surcharge for bulky goods"))
        self.bulky_length = self._length(gettext("Bulky: length up to"))
        self.bulky_girth = self._length(gettext("Bulky: girth up to"))
        self.tracked = QCheckBox(gettext("With a tracking number"))
        self.by_arrangement = QCheckBox(gettext("Price by arrangement"))
        self.by_arrangement.setToolTip(gettext("Proposed only where no parcel goes"))
        self.source = Caption("", wrap=True)
        self.problem = ProblemLabel()
        self._place()
        self.bulky.toggled.connect(lambda _on: self._follow())

    def _length(self, name: str) -> ForgivingEdit[int]:
        return ForgivingEdit[int](
            self._texts, name, parse_length, lambda value: f"{words.centimetres(value, self._texts)} cm"
        )

    def _weight(self, name: str) -> ForgivingEdit[int]:
        return ForgivingEdit[int](
            self._texts, name, parse_weight, lambda value: words.weight(value, self._texts)
        )

    def _size_words(self, sides: tuple[int, int, int]) -> str:
        return f"{' × '.join(words.centimetres(side, self._texts) for side in sides)} cm"

    def _place(self) -> None:
        gettext = self._texts.gettext
        rows: list[list[tuple[str, QWidget, int]]] = [
            [(gettext("Name"), self.name, 6)],
            [(gettext("Carrier"), self.carrier, 3), (gettext("Goes to"), self.zone, 3)],
            [(gettext("Price incl. VAT"), self.price, 3), (gettext("Valid until"), self.until, 3)],
            [("", self.tracked, 6)],
            [(gettext("Weight up to"), self.weight, 3), (gettext("Girth up to"), self.girth, 3)],
            [(gettext("Size up to"), self.size_, 6)],
            [
                (gettext("Roll: length up to"), self.roll_length, 2),
                (gettext("diameter"), self.roll_diameter, 2),
                (gettext("Weight"), self.roll_weight, 2),
            ],
            [("", self.bulky, 6)],
            [
                (gettext("Surcharge"), self.surcharge, 2),
                (gettext("Length up to"), self.bulky_length, 2),
                (gettext("Girth up to"), self.bulky_girth, 2),
            ],
            [("", self.by_arrangement, 6)],
            [(gettext("Note"), self.note, 6)],
        ]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(MEDIUM))
        layout.setVerticalSpacing(px(SMALL))
        self._fields: dict[QWidget, Field] = {}
        for number, row in enumerate(rows):
            column = 0
            for title, widget, span in row:
                shown: QWidget = widget
                if title:
                    shown = self._fields[widget] = Field(title, widget)
                layout.addWidget(shown, number, column, 1, span)
                column += span
        for column in range(6):
            layout.setColumnStretch(column, 1)
        layout.addWidget(self.source, len(rows), 0, 1, 6)
        layout.addWidget(self.problem, len(rows) + 1, 0, 1, 6)

    def _follow(self) -> None:
        for widget in (self.surcharge, self.bulky_length, self.bulky_girth):
            self._fields[widget].setVisible(self.bulky.isChecked())

    def show_service(self, value: Service) -> None:
        """Another service, or an empty one."""
        self._base = value
        self.name.setText(value.name)
        self.carrier.setText(value.carrier)
        self.note.setText(value.note)
        self.zone.set_value(value.zone)
        self.price.set_value(value.price.amount)
        self.until.set_value(value.price.valid_until)
        self.weight.set_value(value.max_weight_grams or None)
        sides = (value.max_length_mm, value.max_width_mm, value.max_height_mm)
        self.size_.set_value(sides if all(sides) else None)
        self.girth.set_value(value.max_girth_mm or None)
        roll = value.roll or RollRule()
        self.roll_length.set_value(roll.max_length_mm or None)
        self.roll_diameter.set_value(roll.max_diameter_mm or None)
        self.roll_weight.set_value(roll.max_weight_grams or None)
        bulky = value.bulky or Bulky()
        self.bulky.setChecked(value.bulky is not None)
        self.surcharge.set_value(bulky.surcharge.amount)
        self.bulky_length.set_value(bulky.max_length_mm or None)
        self.bulky_girth.set_value(bulky.max_girth_mm or None)
        self.tracked.setChecked(value.tracked)
        self.by_arrangement.setChecked(value.by_arrangement)
        self.source.setText(self._source(value))
        self.say("", "")
        self._follow()

    def _source(self, value: Service) -> str:
        gettext = self._texts.gettext
        parts = []
        if value.price.source:
            read = words.price_source(value.price, self._texts)
            parts.append(gettext("Price: {source}").format(source=read))
        if value.limits_source:
            parts.append(gettext("Limits: {source}").format(source=value.limits_source))
        return "\n".join(parts)

    def service(self, today: dt.date, who: str) -> Service:
        """The service as the fields stand; a price that was changed by hand is confirmed by `who` today."""
        length, width, height = self.size_.value or (0, 0, 0)
        return replace(
            self._base,
            name=self.name.text().strip(),
            carrier=self.carrier.text().strip(),
            note=self.note.text().strip(),
            zone=self.zone.value,
            price=self._price(self._base.price, self.price, today, who),
            max_weight_grams=self.weight.value or 0,
            max_length_mm=length,
            max_width_mm=width,
            max_height_mm=height,
            max_girth_mm=self.girth.value or 0,
            roll=self._roll(),
            bulky=self._bulky(today, who),
            tracked=self.tracked.isChecked(),
            by_arrangement=self.by_arrangement.isChecked(),
        )

    def _price(self, before: DatedPrice, field: AmountEdit, today: dt.date, who: str) -> DatedPrice:
        until = self.until.value if field is self.price else before.valid_until
        if (field.value, until) == (before.amount, before.valid_until):
            return before
        if field.value is None:
            return NO_PRICE
        if field.value != before.amount or (until is not None and until >= today):
            end = until if until is not None and until >= today else dt.date(today.year, 12, 31)
            return DatedPrice(field.value, today, end, source=who, read_on=today)
        return replace(before, valid_until=until)

    def _roll(self) -> RollRule | None:
        rule = RollRule(
            self.roll_length.value or 0, self.roll_diameter.value or 0, self.roll_weight.value or 0
        )
        return rule if rule != RollRule() else None

    def _bulky(self, today: dt.date, who: str) -> Bulky | None:
        if not self.bulky.isChecked():
            return None
        before = self._base.bulky or Bulky()
        return replace(
            before,
            max_length_mm=self.bulky_length.value or 0,
            max_girth_mm=self.bulky_girth.value or 0,
            surcharge=self._price(before.surcharge, self.surcharge, today, who),
        )

    @property
    def shown_code(self) -> str:
        """Which row the fields are of; "" for a new one."""
        return self._base.code

    def is_changed(self, today: dt.date, who: str) -> bool:
        """Whether the fields say something else than the row."""
        return self.service(today, who) != self._base or any(
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
            self.price, self.until, self.weight, self.size_, self.girth, self.roll_length, self.roll_diameter,
            self.roll_weight, self.surcharge, self.bulky_length, self.bulky_girth,
        )  # fmt: skip

    def say(self, field: str, problem: str) -> None:
        """Say what is wrong at its field, or below where it has none here."""
        widget = {"name": self.name, "zone": self.zone, "price": self.price, "valid_until": self.until}.get(
            field
        )
        if widget is not None and not isinstance(widget, ForgivingEdit):
            self._fields[widget].say(problem)
            self.problem.say("")
        else:
            self._fields[self.name].say("")
            self.problem.say(problem)
        if widget is not None and problem:
            widget.setFocus()
