"""Where and in which form a customer wants e-invoices."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.electronic_addresses import DUNS, GERMAN_VAT_ID, GLN, LEITWEG, MAIL, SCHEMES
from shopdesk.domain.leitweg_ids import leitweg_id_is_valid, looks_like_leitweg_id
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Muted, Strong

_SCHEMES = {
    MAIL: N_("Mail"),
    LEITWEG: N_("Leitweg-ID"),
    GERMAN_VAT_ID: N_("VAT id"),
    GLN: N_("GLN"),
    DUNS: N_("D-U-N-S"),
}


class EInvoiceFields(QWidget):
    """Buyer reference, XRechnung or not, electronic address. A Leitweg-ID alone makes it an XRechnung."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, gettext = texts, texts.gettext
        self.reference, self.address = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText(gettext("the mail address"))
        self.scheme = Choice((gettext(name), code) for code, name in _SCHEMES.items())
        self.scheme.setMinimumContentsLength(5)
        self.wish = QCheckBox(gettext("XRechnung beside the PDF"))
        self.wish.setToolTip(gettext("An XML file that public authorities and large companies want."))
        self._wished = False
        self.hint = Muted("", wrap=True)
        self.fields = {
            "customer.buyer_reference": Field(gettext("Buyer reference (Leitweg-ID)"), self.reference),
            "customer.electronic_address": Field(gettext("Electronic address"), self.address),
            "customer.electronic_scheme": Field(gettext("Kind of address"), self.scheme),
        }
        self._place()
        self.wish.clicked.connect(self._wish)
        self.reference.textChanged.connect(lambda _text: self._say_what_it_is())
        self._say_what_it_is()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        reference, address, scheme = self.fields.values()
        pair = QGridLayout()
        pair.setHorizontalSpacing(px(MEDIUM))
        pair.addWidget(address, 0, 0)
        pair.addWidget(scheme, 0, 1)
        pair.setColumnStretch(0, 4)
        pair.setColumnStretch(1, 2)
        for widget in (Strong(self._texts.gettext("E-invoice")), reference, self.hint, self.wish):
            layout.addWidget(widget)
        layout.addLayout(pair)

    def _wish(self, wished: bool) -> None:
        self._wished = wished

    def _say_what_it_is(self) -> None:
        text = self.reference.text()
        is_leitweg = leitweg_id_is_valid(text)
        told = ""
        if is_leitweg:
            told = self._texts.gettext("A Leitweg-ID: invoices go as XRechnung.")
        elif looks_like_leitweg_id(text):
            told = self._texts.gettext("Nearly a Leitweg-ID: its check digits are wrong. Please compare it.")
        self.hint.setText(told)
        self.hint.setVisible(bool(told))
        # what the Leitweg-ID says by itself is no wish: with another reference it is gone
        self.wish.setEnabled(not is_leitweg)
        self.wish.setChecked(is_leitweg or self._wished)

    @staticmethod
    def has_something(customer: Customer) -> bool:
        """Whether the customer has any of these."""
        return bool(customer.buyer_reference or customer.electronic_address or customer.xrechnung)

    def show_customer(self, customer: Customer) -> None:
        """Fill the fields."""
        scheme = customer.electronic_scheme
        if scheme in SCHEMES and self.scheme.findData(scheme) < 0:
            self.scheme.addItem(scheme, scheme)
        self.scheme.set_value(scheme or MAIL)
        self.address.setText(customer.electronic_address)
        self._wished = customer.xrechnung
        self.reference.setText(customer.buyer_reference)
        self._say_what_it_is()

    def read_into(self, customer: Customer) -> Customer:
        """The customer with what stands here; an address that is a mail address has no kind of its own."""
        address, reference = self.address.text().strip(), self.reference.text().strip()
        own = self.scheme.value != MAIL and bool(address)
        return replace(
            customer,
            buyer_reference=reference,
            electronic_address=address,
            electronic_scheme=self.scheme.value if own else "",
            xrechnung=self._wished,
        )

    def say(self, field: str, problem: str) -> bool:
        """What is wrong at one of these fields; False for every other."""
        for name, frame in self.fields.items():
            frame.say(problem if name == field else "")
        if field in self.fields and problem:
            self.fields[field].setFocus()
        return field in self.fields
