"""A customer's own fields: filled by what was typed beside them, corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.merging import merged
from shopdesk.domain.names import Salutation
from shopdesk.i18n import PAPER_LANGUAGES, Texts, language_name
from shopdesk.ui.customers.choices import SALUTATIONS, fill_countries
from shopdesk.ui.customers.lines_edit import LinesEdit
from shopdesk.ui.customers.more_fields import MoreFields
from shopdesk.ui.customers.phone_lines import phone_line, phone_of
from shopdesk.ui.customers.town_fields import TownFields
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.tab_order import tab_after, tab_stops


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
        self.street, self.phones, self.emails = LinesEdit(), LinesEdit(), LinesEdit()
        self.code, self.city, self.vat_id = QLineEdit(), QLineEdit(), QLineEdit()
        self.salutation, self.country, self.language = Choice(()), Choice(()), Choice(())
        self._fill_choices()
        self.phones.setPlaceholderText(gettext("one per line, with a word behind it: mobile, office"))
        self.emails.setPlaceholderText(gettext("one per line; the first gets the documents"))
        self.more: MoreFields | None = None
        self.show_more = GhostButton(gettext("More details …"), self.open_more, icon_name="chevron-down")
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
        for salutation, name in SALUTATIONS.items():
            self.salutation.addItem(self._texts.gettext(name), salutation.value)
        for code in PAPER_LANGUAGES:
            self.language.addItem(language_name(code), code)
        fill_countries(self.country, self._texts)
        for narrow in (self.salutation, self.language):
            narrow.setMinimumContentsLength(3)

    def _place(self, rows: list[list[tuple[str, QWidget, int]]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        self._fields: dict[QWidget, Field] = {}
        for row, fields in enumerate(rows):
            column = 0
            for name, widget, span in fields:
                self._fields[widget] = Field(name, widget)
                grid.addWidget(self._fields[widget], row, column, 1, span)
                column += span
        for column in range(6):
            grid.setColumnStretch(column, 1)
        town = (self._fields[self.code], self._fields[self.city])
        self.town = TownFields(self._texts, grid, *town, self.country)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(SMALL))
        self._layout.addLayout(grid)
        self._layout.addWidget(self.show_more, 0, Qt.AlignmentFlag.AlignLeft)

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
            elif isinstance(widget, LinesEdit):
                widget.textChanged.connect(
                    lambda n=name, box=widget: self._edited(n) if box.hasFocus() else None
                )

    def _edited(self, name: str) -> None:
        self._by_hand.add(name)
        self.changed.emit()

    # What is shown

    def open_more(self) -> None:
        """The rarer fields, made when they are wanted for the first time."""
        if self.more is None:
            self._made_more().show_customer(self._base)
        more = self._made_more()
        more.show()
        self.show_more.hide()
        more.focus_first()

    def _made_more(self) -> MoreFields:
        if self.more is None:
            self.more = MoreFields(self._texts, self)
            self._layout.addWidget(self.more)
            tab_after(self.show_more, tab_stops(self.more))
        return self.more

    def show_customer(self, customer: Customer) -> None:
        """Show all fields of a customer, forgetting what was typed by hand."""
        self._by_hand.clear()
        self._base = customer
        self.say("", "")
        self._write(customer)
        has_more = MoreFields.has_something(customer)
        if has_more or self.more is not None:
            more = self._made_more()
            more.show_customer(customer)
            more.setVisible(has_more)
        self.show_more.setVisible(not has_more)

    def suggest(self, customer: Customer) -> None:
        """Show what was recognised; what the owner typed into a field himself stays."""
        self._write(customer)

    def show_typed(self, shown: Customer, typed: Customer) -> None:
        """What was typed over a customer that was shown, once more."""
        self.show_customer(shown)
        if MoreFields.has_something(typed):
            self._made_more().show_customer(typed)
            self._made_more().show()
            self.show_more.hide()
        self._write(typed, everything=True)

    def rebase(self, now: Customer) -> None:
        """The customer was saved elsewhere: show that, and keep what was typed here since."""
        value = merged(self._base, self.customer(), now)
        self._base = now
        self._write(value, everything=True)
        if self.more is not None:
            self.more.show_customer(value)

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what was shown."""
        return self.customer() != self._base

    @property
    def is_touched(self) -> bool:
        """Whether the owner typed into a field himself."""
        return bool(self._by_hand)

    def _write(self, customer: Customer, *, everything: bool = False) -> None:
        kept = set() if everything else self._by_hand
        person, address = customer.person, customer.address
        texts = {
            "company": customer.company, "title": person.title, "given": person.given_name,
            "family": person.family_name, "code": address.postal_code, "city": address.city,
            "vat_id": customer.vat_id,
        }  # fmt: skip
        lines = {
            "street": address.lines,
            "emails": customer.emails,
            "phones": tuple(phone_line(self._texts, phone) for phone in customer.phones),
        }
        choices = {
            "salutation": person.salutation.value,
            "country": address.country,
            "language": customer.language,
        }
        for name, widget in self._parts().items():
            if name in kept:
                continue
            if isinstance(widget, QLineEdit) and widget.text() != texts[name]:
                widget.setText(texts[name])
                widget.setCursorPosition(0)
            elif isinstance(widget, LinesEdit):
                widget.show_lines(lines[name])
            elif isinstance(widget, QComboBox):
                widget.setCurrentIndex(widget.findData(choices[name]))
        self.town.look()

    # What is read

    def customer(self) -> Customer:
        """The customer as the fields stand; what has no field here is as it was."""
        person = replace(
            self._base.person,
            salutation=Salutation(self.salutation.currentData() or "none"),
            title=self.title_.text().strip(),
            given_name=self.given.text().strip(),
            family_name=self.family.text().strip(),
        )
        address = Address(
            self.street.lines(),
            self.code.text().strip(),
            self.city.text().strip(),
            self.country.currentData() or "",
        )
        value = replace(
            self._base,
            company=self.company.text().strip(),
            person=person,
            address=address,
            phones=tuple(phone_of(self._texts, line, self._base.phones) for line in _split(self.phones)),
            emails=tuple(_split(self.emails)),
            vat_id=self.vat_id.text().strip(),
            language=self.language.currentData() or self._base.language,
        )
        return self.more.read_into(value) if self.more is not None else value

    def settle(self) -> bool:
        """False, with the keyboard there, when something typed into the rarer fields cannot be read."""
        return self.more is None or self.more.card.settle()

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field (named as in the order file) and go there; False when it has none here."""
        widget: QWidget | None = {
            "customer.vat_id": self.vat_id,
            "customer.email": self.emails,
            "email": self.emails,
            "customer.address": self.street,
            "customer": self.family,
        }.get(field)
        for known, frame in self._fields.items():
            frame.say(problem if known is widget else "")
        if self.more is not None and self.more.say(field, problem):
            return True
        if widget is not None and problem:
            widget.setFocus()
        return widget is not None


def _split(box: QPlainTextEdit) -> list[str]:
    """One entry per line; a comma separates, too, because people type one."""
    text = box.toPlainText().replace(";", "\n").replace(",", "\n")
    return [part.strip() for part in text.splitlines() if part.strip()]
