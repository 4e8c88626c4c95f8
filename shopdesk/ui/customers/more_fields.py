"""The rarer fields of a customer: delivery address, contact persons, terms, tags, e-invoices, a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayoutItem, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts
from shopdesk.ui.customers.card_fields import CardFields
from shopdesk.ui.customers.choices import SALUTATIONS, fill_countries
from shopdesk.ui.customers.e_invoice_fields import EInvoiceFields
from shopdesk.ui.customers.lines_edit import LinesEdit
from shopdesk.ui.customers.town_fields import TownFields
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Rule, Strong
from shopdesk.ui.widgets.tab_order import tab_before, tab_stops

Cell = tuple[str, QWidget, int]


class MoreFields(QWidget):
    """Below the usual fields, made only when somebody wants them."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, gettext = texts, texts.gettext
        self._people: list[_Person] = []
        self._country_if_empty = "DE"
        self.street, self.note = LinesEdit(), LinesEdit(least=2)
        self.note.setLineWrapMode(LinesEdit.LineWrapMode.WidgetWidth)
        self.code, self.city = QLineEdit(), QLineEdit()
        self.e_invoice = EInvoiceFields(texts)
        self.card = CardFields(texts)
        self.country = Choice(())
        fill_countries(self.country, texts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(SMALL), 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(Strong(gettext("Delivery address, if another one"), wrap=True))
        delivery: list[list[Cell]] = [
            [(gettext("Street"), self.street, 6)],
            [(gettext("Postcode"), self.code, 2), (gettext("Town"), self.city, 4)],
            [(gettext("Country"), self.country, 6)],
        ]
        grid = _grid(delivery)
        layout.addLayout(grid)
        layout.addWidget(Strong(gettext("Contact persons")))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(SMALL))
        layout.addLayout(self._list)
        self.add = GhostButton(gettext("Add a contact person"), self._add_empty, icon_name="user-plus")
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.card)
        layout.addWidget(self.e_invoice)
        layout.addLayout(_grid([[(gettext("Note about the customer"), self.note, 6)]]))
        code, city = grid.itemAtPosition(1, 0), grid.itemAtPosition(1, 2)
        assert code is not None
        assert city is not None
        self.town = TownFields(texts, grid, _field(code), _field(city), self.country)

    @staticmethod
    def has_something(customer: Customer) -> bool:
        """Whether the customer has any of these."""
        return bool(
            customer.delivery_address
            or customer.contact_persons
            or customer.note
            or EInvoiceFields.has_something(customer)
            or CardFields.has_something(customer)
        )

    @property
    def people(self) -> list[_Person]:
        """The contact persons' fields, in their order."""
        return self._people

    def focus_first(self) -> None:
        """Where typing begins."""
        self.street.setFocus()

    def show_customer(self, customer: Customer) -> None:
        """Fill the fields."""
        delivery = customer.delivery_address or Address(country="")
        self._country_if_empty = customer.address.country
        self.street.show_lines(delivery.lines)
        self.code.setText(delivery.postal_code)
        self.city.setText(delivery.city)
        self.country.setCurrentIndex(self.country.findData(delivery.country))
        self.town.look()
        self.e_invoice.show_customer(customer)
        self.card.show_customer(customer)
        self.note.show_lines(tuple(customer.note.splitlines()))
        for person in list(self._people):
            self._remove(person)
        for value in customer.contact_persons:
            self._add(value)

    def read_into(self, customer: Customer) -> Customer:
        """The customer with what stands here."""
        country = self.country.currentData() or ""
        delivery = Address(self.street.lines(), self.code.text().strip(), self.city.text().strip(), country)
        if not delivery.is_empty and not country:
            delivery = replace(delivery, country=customer.address.country or self._country_if_empty)
        people = (person.value() for person in self._people)
        return replace(
            self.card.read_into(self.e_invoice.read_into(customer)),
            delivery_address=None if delivery.is_empty else delivery,
            contact_persons=tuple(person for person in people if person != ContactPerson(PersonName())),
            note=self.note.toPlainText().strip(),
        )

    def say(self, field: str, problem: str) -> bool:
        """What is wrong at "customer.contact_persons[1].email"; False for every other field."""
        wrong = False
        for number, person in enumerate(self._people):
            is_here = field == f"customer.contact_persons[{number}].email"
            person.say(problem if is_here else "")
            wrong = wrong or is_here
        is_card = self.card.say(field, problem)
        return self.e_invoice.say(field, problem) or is_card or wrong

    def _add_empty(self) -> None:
        person = self._add(ContactPerson(PersonName()))
        person.show()  # what is not shown yet cannot take the keyboard
        person.given.setFocus()

    def _add(self, value: ContactPerson) -> _Person:
        person = _Person(self._texts, value, self._remove)
        self._people.append(person)
        self._list.addWidget(person)
        tab_before(self.add, tab_stops(person))
        return person

    def _remove(self, person: _Person) -> None:
        self._people.remove(person)
        self._list.removeWidget(person)
        focused = QApplication.focusWidget()
        if focused is not None and person.isAncestorOf(focused):
            self.add.setFocus()
        person.hide()
        person.deleteLater()


class _Person(QWidget):
    """One contact person's fields."""

    def __init__(self, texts: Texts, value: ContactPerson, on_remove: Callable[[_Person], None]) -> None:
        super().__init__()
        gettext = texts.gettext
        self._value = value
        self.salutation, self.role = Choice(()), QLineEdit(value.role)
        self.salutation.setMinimumContentsLength(3)
        for salutation, name in SALUTATIONS.items():
            self.salutation.addItem(gettext(name), salutation.value)
        self.salutation.setCurrentIndex(self.salutation.findData(value.person.salutation.value))
        self.given, self.family = QLineEdit(value.person.given_name), QLineEdit(value.person.family_name)
        self.phone, self.email = QLineEdit(value.phone), QLineEdit(value.email)
        self.role.setPlaceholderText(gettext("Purchasing, accounts …"))
        rows: list[list[Cell]] = [
            [(gettext("Salutation"), self.salutation, 3), (gettext("Role"), self.role, 3)],
            [(gettext("First name"), self.given, 3), (gettext("Last name"), self.family, 3)],
            [(gettext("Phone"), self.phone, 3), (gettext("Mail"), self.email, 3)],
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(_grid(rows))
        self.remove = GhostButton(gettext("Remove this person"), lambda: on_remove(self), icon_name="x")
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(Rule())

    def value(self) -> ContactPerson:
        """The person as the fields stand."""
        person = replace(
            self._value.person,
            salutation=Salutation(self.salutation.currentData()),
            given_name=self.given.text().strip(),
            family_name=self.family.text().strip(),
        )
        return ContactPerson(
            person, self.role.text().strip(), self.phone.text().strip(), self.email.text().strip()
        )

    def say(self, problem: str) -> None:
        """What is wrong with the mail address."""
        frame = self.email.parentWidget()
        if isinstance(frame, Field):
            frame.say(problem)
        if problem:
            self.email.setFocus()


def _field(item: QLayoutItem) -> Field:
    field = item.widget()
    assert isinstance(field, Field)
    return field


def _grid(rows: list[list[Cell]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(MEDIUM))
    grid.setVerticalSpacing(px(SMALL))
    for row, cells in enumerate(rows):
        column = 0
        for name, widget, span in cells:
            grid.addWidget(Field(name, widget), row, column, 1, span)
            column += span
    for column in range(6):
        grid.setColumnStretch(column, 1)
    return grid
