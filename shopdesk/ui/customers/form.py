"""A customer's own fields: filled by what was typed beside them, corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.messages import N_
from shopdesk.domain.names import Salutation
from shopdesk.i18n import PAPER_LANGUAGES, Texts
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.fields import Field

_SALUTATIONS = {
    Salutation.NONE: N_("neutral"),
    Salutation.MRS: N_("Mrs"),
    Salutation.MR: N_("Mr"),
    Salutation.FAMILY: N_("Family"),
}
_LANGUAGES = {"de": "Deutsch", "en": "English", "fr": "Français", "bg": "Български"}


class CustomerForm(QWidget):
    """Name, address, ways to reach, language. `changed` speaks when the owner typed into a field himself."""

    changed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._base = Customer()
        self._by_hand: set[str] = set()
        gettext = texts.gettext
        self.company, self.title_ = QLineEdit(), QLineEdit()
        self.given, self.family = QLineEdit(), QLineEdit()
        self.street, self.code, self.city = QPlainTextEdit(), QLineEdit(), QLineEdit()
        self.phones, self.emails, self.vat_id = QLineEdit(), QLineEdit(), QLineEdit()
        self.salutation, self.country, self.language = QComboBox(), QComboBox(), QComboBox()
        self._fill_choices()
        self.street.setTabChangesFocus(True)
        self.street.setFixedHeight(self.company.sizeHint().height() * 2)
        self._place(
            [
                [(gettext("Company"), self.company, 6)],
                [(gettext("Salutation"), self.salutation, 3), (gettext("Title"), self.title_, 3)],
                [(gettext("First name"), self.given, 3), (gettext("Last name"), self.family, 3)],
                [(gettext("Street"), self.street, 6)],
                [(gettext("Postcode"), self.code, 2), (gettext("Town"), self.city, 4)],
                [(gettext("Country"), self.country, 6)],
                [(gettext("Mail"), self.emails, 6)],
                [(gettext("Phone"), self.phones, 6)],
                [(gettext("VAT id"), self.vat_id, 3), (gettext("Letters in"), self.language, 3)],
            ]
        )
        self._listen()

    def _fill_choices(self) -> None:
        for salutation, name in _SALUTATIONS.items():
            self.salutation.addItem(self._texts.gettext(name), salutation.value)
        for code in PAPER_LANGUAGES:
            self.language.addItem(_LANGUAGES[code], code)
        from shopdesk.domain.folding import sort_key
        from shopdesk.i18n import country_names

        names = sorted(country_names(self._texts.language).items(), key=lambda entry: sort_key(entry[1]))
        for code, name in names:
            self.country.addItem(name, code)
        self.country.setPlaceholderText(self._texts.gettext("Which country?"))
        self.country.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _place(self, rows: list[list[tuple[str, QWidget, int]]]) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(MEDIUM))
        layout.setVerticalSpacing(px(SMALL))
        self._fields: dict[QWidget, Field] = {}
        for row, fields in enumerate(rows):
            column = 0
            for name, widget, span in fields:
                self._fields[widget] = Field(name, widget)
                layout.addWidget(self._fields[widget], row, column, 1, span)
                column += span
        for column in range(6):
            layout.setColumnStretch(column, 1)
        layout.setRowStretch(len(rows), 1)

    def _parts(self) -> Mapping[str, QWidget]:
        return {
            "company": self.company, "salutation": self.salutation, "title": self.title_, "given": self.given,
            "family": self.family, "street": self.street, "code": self.code, "city": self.city,
            "country": self.country, "emails": self.emails, "phones": self.phones, "vat_id": self.vat_id,
            "language": self.language,
        }  # fmt: skip

    def _listen(self) -> None:
        for name, widget in self._parts().items():
            if isinstance(widget, QLineEdit):
                widget.textEdited.connect(lambda _text, n=name: self._edited(n))
            elif isinstance(widget, QComboBox):
                widget.activated.connect(lambda _index, n=name: self._edited(n))
        self.street.textChanged.connect(lambda: self._edited("street") if self.street.hasFocus() else None)

    def _edited(self, name: str) -> None:
        self._by_hand.add(name)
        self.changed.emit()

    def show_customer(self, customer: Customer) -> None:
        """Show all fields of a customer, forgetting what was typed by hand."""
        self._by_hand.clear()
        self._base = customer
        self._write(customer)

    def suggest(self, customer: Customer) -> None:
        """Show what was recognised; what the owner typed into a field himself stays."""
        self._write(customer)

    def _write(self, customer: Customer) -> None:
        person, address = customer.person, customer.address
        texts = {
            "company": customer.company, "title": person.title, "given": person.given_name,
            "family": person.family_name, "street": "\n".join(address.lines), "code": address.postal_code,
            "city": address.city, "emails": ", ".join(customer.emails), "vat_id": customer.vat_id,
            "phones": ", ".join(phone.number for phone in customer.phones),
        }  # fmt: skip
        choices = {
            "salutation": person.salutation.value,
            "country": address.country,
            "language": customer.language,
        }
        parts = self._parts()
        for name, text in texts.items():
            widget = parts[name]
            if name in self._by_hand:
                continue
            if isinstance(widget, QLineEdit) and widget.text() != text:
                widget.setText(text)
                widget.setCursorPosition(0)
            elif isinstance(widget, QPlainTextEdit) and widget.toPlainText() != text:
                widget.setPlainText(text)
        for name, value in choices.items():
            widget = parts[name]
            if name not in self._by_hand and isinstance(widget, QComboBox):
                widget.setCurrentIndex(widget.findData(value))

    def customer(self) -> Customer:
        """The customer as the fields stand; what has no field here is as it was."""
        person = replace(
            self._base.person,
            salutation=Salutation(self.salutation.currentData()),
            title=self.title_.text().strip(),
            given_name=self.given.text().strip(),
            family_name=self.family.text().strip(),
        )
        lines = tuple(line.strip() for line in self.street.toPlainText().splitlines() if line.strip())
        address = Address(
            lines, self.code.text().strip(), self.city.text().strip(), self.country.currentData() or ""
        )
        return replace(
            self._base,
            company=self.company.text().strip(),
            person=person,
            address=address,
            phones=self._phones(),
            emails=tuple(
                part.strip() for part in self.emails.text().replace(";", ",").split(",") if part.strip()
            ),
            vat_id=self.vat_id.text().strip(),
            language=self.language.currentData() or self._base.language,
        )

    def _phones(self) -> tuple[Phone, ...]:
        """Known numbers keep their label and E.164; new ones are read when the customer is stored."""
        known = {phone.number: phone for phone in self._base.phones}
        typed = [part.strip() for part in self.phones.text().replace(";", ",").split(",")]
        return tuple(known.get(number, Phone(number)) for number in typed if number)

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field (named as in the order file) and go there; False when it has none here."""
        widget = {
            "customer.vat_id": self.vat_id,
            "customer.email": self.emails,
            "email": self.emails,
            "customer.address": self.street,
            "customer": self.family,
        }.get(field)
        for known, frame in self._fields.items():
            frame.say(problem if known is widget else "")
        if widget is None:
            return False
        if problem:
            widget.setFocus()
        return True
