"""The fields of a supplier."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from shopdesk.domain.addresses import Address
from shopdesk.domain.suppliers import PAPER_LANGUAGES, Supplier
from shopdesk.i18n import Texts, language_name
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field, QuantityEdit


class SupplierForm(QWidget):
    """Who it is, how to reach it, and how it delivers."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts, gettext = texts, texts.gettext
        self._base = Supplier()
        self.name, self.code, self.city = QLineEdit(), QLineEdit(), QLineEdit()
        self.country, self.email, self.phone, self.number = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.street, self.note = QPlainTextEdit(), QPlainTextEdit()
        for box in (self.street, self.note):
            box.setTabChangesFocus(True)
            box.setFixedHeight(self.name.sizeHint().height() * 2)
        self.note.setPlaceholderText(gettext("order minimum, who to ask, when to call; printed nowhere"))
        self.country.setMaxLength(2)
        self.language = Choice([(language_name(code), code) for code in PAPER_LANGUAGES])
        self.days = QuantityEdit(texts, gettext("Usual working days until delivery"))
        self.days.setPlaceholderText(gettext("not known"))
        self._place()

    def _place(self) -> None:
        gettext = self._texts.gettext
        rows: list[list[tuple[str, str, QWidget, int]]] = [
            [("name", gettext("Name"), self.name, 6)],
            [("lines", gettext("Street"), self.street, 6)],
            [
                ("postal_code", gettext("Postal code"), self.code, 2),
                ("city", gettext("City"), self.city, 3),
                ("country", gettext("Country"), self.country, 1),
            ],
            [("email", gettext("Mail address"), self.email, 3), ("phone", gettext("Phone"), self.phone, 3)],
            [
                ("our_number", gettext("Our customer number there"), self.number, 3),
                ("language", gettext("Language of the orders"), self.language, 3),
            ],
            [("delivery_days", gettext("Usual working days until delivery"), self.days, 3)],
            [("note", gettext("Notes"), self.note, 6)],
        ]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(MEDIUM))
        layout.setVerticalSpacing(px(SMALL))
        self.fields: dict[str, Field] = {}
        for number, row in enumerate(rows):
            column = 0
            for name, words, widget, span in row:
                self.fields[name] = Field(words, widget)
                layout.addWidget(self.fields[name], number, column, 1, span)
                column += span
        for column in range(6):
            layout.setColumnStretch(column, 1)

    def show_supplier(self, value: Supplier) -> None:
        """Another supplier, or an empty one."""
        self._base = value
        self.name.setText(value.name)
        self.street.setPlainText("\n".join(value.address.lines))
        self.code.setText(value.address.postal_code)
        self.city.setText(value.address.city)
        self.country.setText(value.address.country)
        self.email.setText(value.email)
        self.phone.setText(value.phone)
        self.number.setText(value.our_number)
        self.language.set_value(value.language)
        self.days.set_value(Decimal(value.delivery_days) if value.delivery_days else None)
        self.note.setPlainText(value.note)
        for field in self.fields.values():
            field.say("")

    def supplier(self) -> Supplier:
        """The supplier as the fields stand."""
        lines = tuple(line.strip() for line in self.street.toPlainText().splitlines() if line.strip())
        address = Address(
            lines,
            self.code.text().strip(),
            self.city.text().strip(),
            self.country.text().strip().upper() or "DE",
        )
        return replace(
            self._base,
            name=self.name.text().strip(),
            address=address,
            email=self.email.text().strip(),
            phone=self.phone.text().strip(),
            our_number=self.number.text().strip(),
            language=self.language.value,
            delivery_days=int(self.days.value or 0),
            note=self.note.toPlainText().strip(),
        )

    @property
    def shown(self) -> Supplier:
        """The supplier as stored."""
        return self._base

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is stored."""
        return self.supplier() != self._base

    def settle(self) -> bool:
        """Whether everything can be read; else the keyboard is there."""
        if not self.days.settle():
            self.days.setFocus()
            return False
        return True

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        known = self.fields.get(field)
        if known is None:
            return False
        known.say(problem)
        known.field.setFocus()
        return True
