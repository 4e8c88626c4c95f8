"""What the kinds of documents and the tax cases are called in lists."""

from __future__ import annotations

from collections.abc import Mapping

from shopdesk.domain.documents import DocumentKind, TaxCase
from shopdesk.domain.messages import N_

KIND_NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.QUOTE: N_("Quote"),
    DocumentKind.ORDER_CONFIRMATION: N_("Order confirmation"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note"),
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.DEPOSIT_INVOICE: N_("Deposit invoice"),
    DocumentKind.FINAL_INVOICE: N_("Final invoice"),
    DocumentKind.CANCELLATION: N_("Cancellation"),
    DocumentKind.CREDIT_NOTE: N_("Invoice correction"),
    DocumentKind.PAYMENT_REMINDER: N_("Payment reminder"),
}

CASE_NAMES: Mapping[TaxCase, str] = {
    TaxCase.AUTO: N_("undecided"),
    TaxCase.DOMESTIC: N_("Domestic"),
    TaxCase.SMALL_BUSINESS: N_("Small business (§ 19 UStG)"),
    TaxCase.REVERSE_CHARGE: N_("Reverse charge"),
    TaxCase.INTRA_COMMUNITY: N_("Intra-community supply"),
    TaxCase.OSS: N_("OSS (VAT of the country of destination)"),
    TaxCase.EXPORT: N_("Export"),
    TaxCase.MARGIN_SCHEME: N_("Margin scheme (§ 25a UStG)"),
    TaxCase.EXEMPT: N_("Exempt"),
}
