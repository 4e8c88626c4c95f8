"""What a document rarely needs: discount, Skonto, advance payment, texts, tax case by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.documents import (
    CashDiscount,
    Discount,
    Document,
    DocumentKind,
    Fulfilment,
    Prices,
    TaxCase,
)
from shopdesk.domain.messages import N_
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.vat_id_checks import UNCONFIRMED
from shopdesk.i18n import Texts
from shopdesk.ui.documents.kinds import WITHOUT_SUMS
from shopdesk.ui.documents.payments_made import PaymentsMade
from shopdesk.ui.documents.sale_fields import SaleFields
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.documents.tax_menu import TAX_CASES
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.cards import ScrollPage
from shopdesk.ui.widgets.fields import Field, ForgivingEdit, PercentEdit, QuantityEdit
from shopdesk.ui.widgets.labels import Muted

FULFILMENTS = {
    Fulfilment.SHIP: N_("shipped"),
    Fulfilment.DELIVER: N_("delivered by ourselves"),
    Fulfilment.PICKUP: N_("collected in the shop"),
    Fulfilment.SERVICE: N_("service at the customer's place"),
}
_PRICES = {Prices.GROSS: N_("prices with VAT"), Prices.NET: N_("prices without VAT")}


def read_discount(text: str) -> Discount:
    """`10 %` is a percentage, `25` an amount. Raises TypedWrong."""
    plain = text.strip()
    if plain.endswith("%"):
        return Discount(percent=parse_amount(plain.removesuffix("%")))
    return Discount(amount=parse_amount(plain))


class MorePanel(ScrollPage):
    """Shows and edits the rarer parts of the session's document."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.texts = session, texts
        gettext = texts.gettext
        self.discount: ForgivingEdit[Discount] = ForgivingEdit(
            texts, gettext("Discount on everything"), read_discount, self._show_discount
        )
        self.discount.setPlaceholderText(gettext("10 % or an amount"))
        self.cash_percent = PercentEdit(texts, gettext("Cash discount"))
        self.cash_days = QuantityEdit(texts, gettext("within days"))
        self.fulfilment = self._combo(FULFILMENTS, gettext("How it reaches the customer"))
        self.prices = self._combo(_PRICES, gettext("Prices"))
        self.tax_case = self._combo(TAX_CASES, gettext("Tax case"))
        self.tax_warning = Muted(
            gettext("You chose the tax case by hand: please be sure, it stands on the invoice."), wrap=True
        )
        self.tax_note, self.vat_id_reason = QLineEdit(), QLineEdit()
        self.order, self.contract = QLineEdit(), QLineEdit()
        self.prepay = QCheckBox(gettext("Payment in advance"))
        self.intro, self.closing = QPlainTextEdit(), QPlainTextEdit()
        self.payments = PaymentsMade(session, texts)
        self.sale = SaleFields(session, texts)
        self.fields = self._place()
        self._connect()
        self.refresh()

    def _combo(self, choices: dict[Any, str], name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setMinimumContentsLength(8)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in choices.items():
            combo.addItem(self.texts.gettext(text), value)
        return combo

    def _place(self) -> dict[str, Field]:
        gettext = self.texts.gettext
        for edit in (self.intro, self.closing):
            edit.setTabChangesFocus(True)
            edit.setPlaceholderText(gettext("The shop's own text"))
            edit.setFixedHeight(3 * self.fontMetrics().lineSpacing() + px(16))
        fields = {
            "discount": Field(gettext("Discount on everything"), self.discount),
            "cash_discount": Field(gettext("Cash discount"), self.cash_percent),
            "cash_days": Field(gettext("within days"), self.cash_days),
            "fulfilment": Field(gettext("How it reaches the customer"), self.fulfilment),
            "prices": Field(gettext("Prices"), self.prices),
            "tax_case": Field(gettext("Tax case"), self.tax_case),
            "tax_note": Field(gettext("Note about the tax"), self.tax_note),
            "vat_id_reason": Field(gettext("Why without a confirmed VAT id"), self.vat_id_reason),
            "order_reference": Field(gettext("Customer's order number"), self.order),
            "contract_reference": Field(gettext("Contract number"), self.contract),
            "intro": Field(gettext("Text above the lines"), self.intro),
            "closing": Field(gettext("Text below the lines"), self.closing),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        rows = (
            ("cash_discount", "cash_days"), ("fulfilment", "prices"), ("tax_case",), ("tax_note",), ("vat_id_reason",),
            ("order_reference", "contract_reference"),
        )  # fmt: skip
        grid.addWidget(fields["discount"], 0, 0)
        grid.addWidget(self.prepay, 0, 1, Qt.AlignmentFlag.AlignBottom)
        for number, names in enumerate(rows, 1):
            for place, name in enumerate(names):
                grid.addWidget(fields[name], number, place, 1, 3 - len(names))
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.body.setSpacing(px(SMALL))
        self.body.addLayout(grid)
        for widget in (self.tax_warning, self.payments, self.sale, fields["intro"], fields["closing"]):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        return fields

    def _connect(self) -> None:
        self.discount.value_changed.connect(self._discount_changed)
        self.cash_percent.value_changed.connect(self._cash_changed)
        self.cash_days.value_changed.connect(self._cash_changed)
        for combo, name in (
            (self.fulfilment, "fulfilment"),
            (self.prices, "prices"),
            (self.tax_case, "tax_case"),
        ):
            combo.activated.connect(_changing(self, combo, name))
        self.tax_note.textEdited.connect(lambda text: self._edit("tax_note", tax_note=text))
        self.vat_id_reason.textEdited.connect(lambda text: self._edit("vat_id_reason", vat_id_reason=text))
        self.order.textEdited.connect(lambda text: self._edit("order_reference", order_reference=text))
        self.contract.textEdited.connect(
            lambda text: self._edit("contract_reference", contract_reference=text)
        )
        self.prepay.clicked.connect(lambda on: self._edit("prepay", prepay=on))
        self.intro.textChanged.connect(lambda: self._edit("intro", intro=self.intro.toPlainText() or None))
        self.closing.textChanged.connect(
            lambda: self._edit("closing", closing=self.closing.toPlainText() or None)
        )

    def _show_discount(self, discount: Discount) -> str:
        if discount.percent is not None:
            return self.texts.percent(discount.percent)
        return self.texts.number(discount.amount or Decimal(0), 2)

    def _edit(self, key: str, **values: Any) -> None:
        self.session.edit(replace(self.session.document, **values), key)

    def _discount_changed(self) -> None:
        self._edit("discount", discount=self.discount.value)

    def _cash_changed(self) -> None:
        percent, days = self.cash_percent.value, self.cash_days.value
        # half a cash discount is none yet
        cash = CashDiscount(percent, int(days)) if percent and days is not None else None
        self._edit("cash", cash_discount=cash)

    def refresh(self) -> None:
        """Show the session's document; what has the keyboard is left alone."""
        document, locked = self.session.document, self.session.locked
        self._show_fields(document)
        blocked = [QSignalBlocker(edit) for edit in (self.intro, self.closing)]
        for edit, text in ((self.intro, document.intro), (self.closing, document.closing)):
            edit.setReadOnly(locked)
            if edit.toPlainText() != (text or ""):
                edit.setPlainText(text or "")
        del blocked
        for widget in (self.fulfilment, self.prices, self.tax_case, self.prepay):
            widget.setEnabled(not locked)
        self._show_what_fits(document)
        self.payments.refresh()
        self.sale.refresh()

    def _show_what_fits(self, document: Document) -> None:
        """A correction says about tax and prices what its bill said; a reminder and a delivery note say nothing."""
        kind = document.kind
        sells = kind not in CORRECTIONS | WITHOUT_SUMS and kind != DocumentKind.PAYMENT_REMINDER
        by_hand = sells and document.tax_case != TaxCase.AUTO and not self.session.locked
        self.tax_warning.setVisible(by_hand)
        self.fields["tax_note"].setVisible(by_hand or bool(document.tax_note))
        unconfirmed = any(problem.code == UNCONFIRMED for problem in self.session.problems)
        self.fields["vat_id_reason"].setVisible(unconfirmed or bool(document.vat_id_reason))
        for name in ("cash_discount", "cash_days", "prices", "tax_case"):
            self.fields[name].setVisible(sells)
        self.fields["discount"].setVisible(sells or kind == DocumentKind.CREDIT_NOTE)
        self.fields["fulfilment"].setVisible(sells or kind == DocumentKind.DELIVERY_NOTE)
        self.prepay.setVisible(kind in BILLS or kind == DocumentKind.ORDER_CONFIRMATION)
        self.payments.setVisible(kind in BILLS or bool(document.prepaid))

    def _show_fields(self, document: Document) -> None:
        cash = document.cash_discount
        pairs: tuple[tuple[ForgivingEdit[Any], object], ...] = (
            (self.discount, document.discount),
            (self.cash_percent, cash.percent if cash else None),
            (self.cash_days, Decimal(cash.days) if cash else None),
        )
        for edit, value in pairs:
            edit.setReadOnly(self.session.locked)
            half_typed = cash is None and edit in {self.cash_percent, self.cash_days}
            if edit.value != value and not edit.hasFocus() and not half_typed:
                edit.set_value(value)
        for combo, chosen in (
            (self.fulfilment, document.fulfilment),
            (self.prices, document.prices),
            (self.tax_case, document.tax_case),
        ):
            combo.setCurrentIndex(combo.findData(chosen))
        lines = (
            (self.tax_note, document.tax_note),
            (self.vat_id_reason, document.vat_id_reason),
            (self.order, document.order_reference),
            (self.contract, document.contract_reference),
        )
        for line, text in lines:
            if line.text() != text:
                line.setText(text)
            line.setReadOnly(self.session.locked)
        self.prepay.setChecked(document.prepay)

    def say(self, problems: dict[str, str]) -> None:
        """Words below the fields, by the field's name in the order file."""
        self.payments.say(problems)
        for name, field in self.fields.items():
            field.say(next((text for key, text in problems.items() if key.split(".", 1)[0] == name), ""))

    def focus_on(self, field: str) -> bool:
        """Put the keyboard into the field of this name; False when it is none of these."""
        name = field.split(".", 1)[0].split("[", 1)[0]
        if name == "prepaid":
            self.ensureWidgetVisible(self.payments.focus_on(field))
            return True
        if name not in self.fields:
            return False
        self.fields[name].show()
        self.fields[name].field.setFocus()
        self.ensureWidgetVisible(self.fields[name])
        return True


def _changing(panel: MorePanel, combo: QComboBox, name: str) -> Callable[[int], None]:
    return lambda _index: panel._edit(name, **{name: combo.currentData()})  # noqa: SLF001 - the panel's own part
