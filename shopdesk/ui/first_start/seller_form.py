"""The shop's own data as fields; the first start and the settings use the same ones."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Seller
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field


class SellerForm(QWidget):
    """Name, address, tax numbers, bank. With `everything` also what only business letters of companies need."""

    changed = Signal()

    def __init__(self, texts: Texts, *, everything: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._base = texts, Seller()
        self._lines: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        self.street = QPlainTextEdit()
        self.street.setTabChangesFocus(True)
        self.street.setFixedHeight(QLineEdit().sizeHint().height() * 2)
        self.street.textChanged.connect(self.changed)
        self.country = Choice(())
        self.small_business = QCheckBox(texts.gettext("Small business without VAT (§ 19 UStG)"))
        self.small_business.toggled.connect(self.changed)
        self._fill_countries()
        self.country.activated.connect(lambda _index: self.changed.emit())
        self._place(everything)

    def _fill_countries(self) -> None:
        from shopdesk.domain.addresses import EU
        from shopdesk.domain.folding import sort_key
        from shopdesk.i18n import country_names

        names = country_names(self._texts.language)
        for code in sorted(EU | {"CH"}, key=lambda c: sort_key(names.get(c, c))):
            self.country.addItem(names.get(code, code), code)

    def _place(self, everything: bool) -> None:
        gettext = self._texts.gettext
        rows = [
            [("name", gettext("Name of the shop"), 6)],
            [("owner", gettext("Owner"), 6)],
            [("street", gettext("Street"), 6)],
            [("postal_code", gettext("Postcode"), 2), ("city", gettext("Town"), 4)],
            [("country", gettext("Country"), 6)],
            [("tax_number", gettext("Tax number"), 3), ("vat_id", gettext("VAT id"), 3)],
            [("iban", gettext("IBAN"), 6)],
            [("bic", gettext("BIC"), 2), ("bank", gettext("Bank"), 4)],
            [("account_holder", gettext("Account holder, exactly as at the bank"), 6)],
            [("phone", gettext("Phone"), 3), ("email", gettext("Mail"), 3)],
        ]
        if everything:
            rows += [
                [("website", gettext("Website"), 3), ("legal_form", gettext("Legal form"), 3)],
                [("managing_directors", gettext("Managing directors"), 6)],
                [
                    ("register_court", gettext("Register court"), 3),
                    ("register_number", gettext("Register number"), 3),
                ],
            ]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(MEDIUM))
        layout.setVerticalSpacing(px(SMALL))
        special: dict[str, QWidget] = {"street": self.street, "country": self.country}
        for number, row in enumerate(rows):
            column = 0
            for name, words, span in row:
                widget = special.get(name) or self._line(name)
                self._fields[name] = Field(words, widget)
                layout.addWidget(self._fields[name], number, column, 1, span)
                column += span
        layout.addWidget(self.small_business, len(rows), 0, 1, 6)
        layout.setRowStretch(len(rows) + 1, 1)
        for column in range(6):
            layout.setColumnStretch(column, 1)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.textEdited.connect(lambda _text: self.changed.emit())
        self._lines[name] = line
        return line

    def show_seller(self, seller: Seller) -> None:
        """Fill the fields."""
        self._base = seller
        for name, line in self._lines.items():
            line.setText(getattr(seller.address if name in {"postal_code", "city"} else seller, name))
            line.setCursorPosition(0)
        self.street.setPlainText("\n".join(seller.address.lines))
        self.country.setCurrentIndex(max(0, self.country.findData(seller.address.country)))
        self.small_business.setChecked(seller.small_business)

    def seller(self) -> Seller:
        """The seller as the fields stand."""
        typed = {name: line.text().strip() for name, line in self._lines.items()}
        lines = tuple(line.strip() for line in self.street.toPlainText().splitlines() if line.strip())
        address = Address(lines, typed.pop("postal_code"), typed.pop("city"), self.country.currentData())
        typed["iban"] = typed["iban"].replace(" ", "").upper()
        typed["vat_id"] = "".join(c for c in typed["vat_id"].upper() if c.isalnum())
        return replace(self._base, **typed, address=address, small_business=self.small_business.isChecked())

    def missing(self) -> str:
        """The first field that every invoice needs and that is empty; "" when all are there."""
        seller = self.seller()
        wanted = (
            ("name", seller.name),
            ("street", "".join(seller.address.lines)),
            ("city", seller.address.city),
            ("tax_number", seller.tax_number or seller.vat_id),
        )
        return next((name for name, value in wanted if not value), "")

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        name = field.rpartition(".")[2]
        for known, frame in self._fields.items():
            frame.say(problem if known == name else "")
        if name in self._fields:
            self._fields[name].setFocus()
        return name in self._fields
