"""A received invoice, readable: who, what, how much, how to pay, what came along."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.money import Money
from shopdesk.domain.received_invoices import (
    AllowanceCharge,
    Period,
    ReceivedInvoice,
)
from shopdesk.i18n import Texts
from shopdesk.ui.received_invoices.attachments_card import AttachmentsCard
from shopdesk.ui.received_invoices.facts import FactsCard, address_words, party_rows
from shopdesk.ui.received_invoices.lines_table import LinesTable
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Heading, Muted

_MOST_ENTRIES = 50
_WIDE_ENOUGH = 560


class InvoiceView(QWidget):
    """All cards of one invoice, one below the other; built anew for each."""

    def __init__(
        self, texts: Texts, invoice: ReceivedInvoice, save_attachment: Callable[[int], None]
    ) -> None:
        super().__init__()
        self.texts, self.invoice = texts, invoice
        self.setProperty("role", "plain")
        gettext = texts.gettext
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        cards = [
            FactsCard(gettext("Invoice"), self._head()),
            _Pair(
                FactsCard(gettext("Seller"), party_rows(texts, invoice.seller)),
                FactsCard(gettext("Buyer"), party_rows(texts, invoice.buyer)),
            ),
        ]
        lines = Card(Heading(gettext("Lines")))
        if invoice.lines:
            self.lines = LinesTable(texts, invoice)
            lines.body.addWidget(self.lines)
        else:
            lines.body.addWidget(Muted(gettext("The data have no lines."), wrap=True))
        after: list[QWidget] = [
            FactsCard(gettext("Sums"), self._sums()),
            FactsCard(gettext("Payment"), self._payment()),
            FactsCard(gettext("Delivery"), self._delivery()),
            FactsCard(gettext("Notes"), ((str(at), _note(text)) for at, text in enumerate(invoice.notes, 1))),
        ]
        if invoice.attachments:
            self.attachments = AttachmentsCard(texts, invoice, save_attachment)
            after.append(self.attachments)
        for card in (*cards, lines, *after):
            if not isinstance(card, FactsCard) or card.has_facts:
                layout.addWidget(card)
            else:
                card.deleteLater()

    def _head(self) -> list[tuple[str, str]]:
        invoice, gettext = self.invoice, self.texts.gettext
        return [
            (gettext("Number"), invoice.number),
            (gettext("Date"), self._day(invoice.issued)),
            (gettext("Due"), self._day(invoice.due)),
            (gettext("Period of service"), self._period(invoice.period)),
            (gettext("Your reference"), invoice.buyer_reference),
            (gettext("Your order"), invoice.order),
            (gettext("Contract"), invoice.contract),
            (gettext("Project"), invoice.project),
            (gettext("Delivery note"), invoice.delivery_note),
            (gettext("Earlier invoices"), ", ".join(number for number in invoice.preceding if number)),
        ]

    def _sums(self) -> list[tuple[str, str]]:
        invoice, gettext = self.invoice, self.texts.gettext
        totals = invoice.totals
        rows = [(gettext("Sum of the lines"), self._money(totals.lines))]
        rows += [self._allowance(entry) for entry in invoice.allowances[:_MOST_ENTRIES]]
        rows.append((gettext("Total without VAT"), self._money(totals.net)))
        for entry in invoice.vat[:_MOST_ENTRIES]:
            rate = "" if entry.rate is None else self.texts.percent(entry.rate)
            words = gettext("{amount} on {base}").format(
                amount=self._money(entry.amount), base=self._money(entry.base)
            )
            reason = entry.reason or entry.reason_code
            name = gettext("VAT {rate} ({category})").format(
                rate=rate, category="" if entry.category == "S" else entry.category
            )
            rows.append(
                (
                    " ".join(name.replace("()", "").split()),
                    "\n".join(part for part in (words, reason) if part),
                )
            )
        rows += [
            (gettext("VAT"), self._money(totals.vat) if len(invoice.vat) != 1 else ""),
            (gettext("Total with VAT"), self._money(totals.gross)),
            (gettext("Paid already"), self._money(totals.prepaid) if totals.prepaid else ""),
            (gettext("Rounding"), self._money(totals.rounding) if totals.rounding else ""),
            (gettext("To pay"), self._money(totals.payable)),
        ]
        return rows

    def _allowance(self, entry: AllowanceCharge) -> tuple[str, str]:
        gettext = self.texts.gettext
        name = gettext("Charge") if entry.is_charge else gettext("Discount")
        amount = entry.amount if entry.is_charge or entry.amount is None else -entry.amount
        reason = entry.reason or entry.reason_code
        return name, " · ".join(part for part in (self._money(amount), reason) if part)

    def _payment(self) -> list[tuple[str, str]]:
        invoice, gettext = self.invoice, self.texts.gettext
        rows = [(gettext("Terms of payment"), invoice.terms)]
        for means in invoice.means[:_MOST_ENTRIES]:
            rows += [
                (gettext("Way of payment"), means.text or _way(means.code, self.texts)),
                (gettext("Account"), _iban(means.account)),
                (gettext("Account holder"), means.account_name),
                ("BIC", means.bic),
                (gettext("Card"), means.card),
                (gettext("Debited account"), _iban(means.debited_account)),
            ]
        payee = invoice.payee.name if invoice.payee else ""
        return [
            *rows,
            (gettext("Purpose of payment"), invoice.payment_reference),
            (gettext("Payee"), payee),
            (gettext("Mandate"), invoice.mandate),
            (gettext("Creditor"), invoice.creditor_id),
        ]

    def _delivery(self) -> list[tuple[str, str]]:
        invoice, gettext = self.invoice, self.texts.gettext
        to = invoice.ship_to
        words = [to.name, address_words(self.texts, to.address)] if to else []
        return [
            (gettext("Delivered"), self._day(invoice.delivered)),
            (gettext("Delivered to"), "\n".join(part for part in words if part)),
        ]

    def _day(self, day: dt.date | None) -> str:
        return "" if day is None else self.texts.date(day)

    def _period(self, period: Period | None) -> str:
        if period is None:
            return ""
        return " – ".join(part for part in (self._day(period.start), self._day(period.end)) if part)

    def _money(self, amount: Decimal | None) -> str:
        return "" if amount is None else self.texts.money(Money.of(amount, self.invoice.currency))


class _Pair(QWidget):
    """Two cards beside each other where there is room, else one below the other."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(NORMAL))
        for card in cards:
            self._box.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= px(_WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != direction:
            self._box.setDirection(direction)


def _note(text: str) -> str:
    """UBL writes the subject's code (BT-21) before the words."""
    return re.sub(r"^#[A-Z]{3}#", "", text)


def _way(code: str, texts: Texts) -> str:
    gettext = texts.gettext
    if code in {"30", "42", "58"}:
        return gettext("Transfer")
    if code in {"49", "59"}:
        return gettext("Direct debit")
    if code in {"48", "54", "55"}:
        return gettext("Card")
    return gettext("Cash") if code == "10" else code


def _iban(account: str) -> str:
    compact = account.replace(" ", "")
    is_iban = compact[:2].isalpha() and compact[2:4].isdigit()
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4)) if is_iban else account
