"""Invoices as CII XML of the Factur-X/ZUGFeRD profile EN 16931: `render` is all that others need.

Every amount comes from `domain.totals`; no sum is made here.
"""

from __future__ import annotations

from shopdesk.domain.documents import Document, DocumentKind, Means, VatTotal
from shopdesk.domain.money import Money
from shopdesk.domain.supply_dates import month_days
from shopdesk.domain.totals import Totals, VatKey, totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import lines, parties, words
from shopdesk.output.einvoice.xml import day, indicator, leaf, money, node, number

GUIDELINE = "urn:cen.eu:en16931:2017"  # BT-24 of the profile
PROFILE = "EN 16931"
FILE_NAME = "factur-x.xml"
TYPE_CODES = {  # BT-3, UNTDID 1001 (RULES.md 3)
    DocumentKind.INVOICE: "380",
    DocumentKind.DEPOSIT_INVOICE: "386",
    DocumentKind.FINAL_INVOICE: "380",
    DocumentKind.CREDIT_NOTE: "381",
    DocumentKind.CANCELLATION: "384",
}

_SPACE = "urn:un:unece:uncefact:data:standard:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice'
    f' xmlns:rsm="{_SPACE}CrossIndustryInvoice:100"'
    f' xmlns:ram="{_SPACE}ReusableAggregateBusinessInformationEntity:100"'
    f' xmlns:udt="{_SPACE}UnqualifiedDataType:100">'
)


def render(document: Document, texts: Texts) -> bytes:
    """The invoice as XML in the language of `texts`, UTF-8; the same input gives the same bytes.

    The document must have passed `document_rules`: what those refuse can make an invalid file.
    """
    sums = totals(document)
    guideline = node("GuidelineSpecifiedDocumentContextParameter", leaf("ID", GUIDELINE))
    parts = (
        _HEAD,
        f"<rsm:ExchangedDocumentContext>{guideline}</rsm:ExchangedDocumentContext>",
        f"<rsm:ExchangedDocument>{_document(document, texts)}</rsm:ExchangedDocument>",
        "<rsm:SupplyChainTradeTransaction>",
        *(lines.line_item(part, texts) for part in lines.parts(document, sums)),
        _agreement(document, sums, texts),
        _delivery(document, sums),
        _settlement(document, sums, texts),
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>\n",
    )
    return "".join(parts).encode()


def _document(document: Document, texts: Texts) -> str:
    return "".join(
        (
            leaf("ID", document.number),
            leaf("TypeCode", TYPE_CODES[document.kind]),
            day("IssueDateTime", document.date),
            *(node("IncludedNote", leaf("Content", note)) for note in words.notes(document, texts)),
        )
    )


def _agreement(document: Document, sums: Totals, texts: Texts) -> str:
    return node(
        "ApplicableHeaderTradeAgreement",
        leaf("BuyerReference", document.recipient.buyer_reference),
        parties.seller(document, sums, texts),
        parties.buyer(document, sums),
        # BT-14: the number under which we offered or confirmed it
        node("SellerOrderReferencedDocument", leaf("IssuerAssignedID", next(iter(document.numbers), ""))),
    )


def _delivery(document: Document, sums: Totals) -> str:
    inside = parties.ship_to(document, sums) + node(
        "ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", document.delivery_date)
    )
    # asked for by the schema even where it holds nothing
    return node("ApplicableHeaderTradeDelivery", inside) or "<ram:ApplicableHeaderTradeDelivery/>"


def _settlement(document: Document, sums: Totals, texts: Texts) -> str:
    return node(
        "ApplicableHeaderTradeSettlement",
        leaf("PaymentReference", document.number),
        leaf("InvoiceCurrencyCode", document.currency),
        _payment_means(document, sums),
        *(_vat(document, row, texts) for row in sums.vat),
        _period(document),
        *(_discount(document, key, net, texts) for key, net in sums.discount_nets if net),
        node(
            "SpecifiedTradePaymentTerms",
            leaf("Description", words.terms(document, sums, texts)),
            day("DueDateDateTime", document.due),
        ),
        _sums(document, sums),
    )


def _payment_means(document: Document, sums: Totals) -> str:
    """BG-16: transfer of what is open (58 SEPA, 30 other currencies); what was paid by card or online, as such."""
    seller = document.seller
    if sums.payable.minor <= 0:
        means = {payment.means for payment in document.prepaid}
        only = means.pop() if len(means) == 1 else None
        return _means(only.value) if only in {Means.CARD, Means.ONLINE} else ""
    iban = leaf("IBANID", "".join(seller.iban.split()).upper())
    if not iban:
        return ""
    bic = leaf("BICID", "".join(seller.bic.split()).upper())
    return _means(
        "58" if document.currency == "EUR" else "30",
        node("PayeePartyCreditorFinancialAccount", iban, leaf("AccountName", seller.payee)),
        node("PayeeSpecifiedCreditorFinancialInstitution", bic),
    )


def _means(code: str, *account: str) -> str:
    return node("SpecifiedTradeSettlementPaymentMeans", leaf("TypeCode", code), *account)


def _vat(document: Document, row: VatTotal, texts: Texts) -> str:
    """BG-23."""
    reason, code = words.exemption(document, row.category, texts)
    percent = "" if row.category == "O" else leaf("RateApplicablePercent", number(row.rate))
    return node(
        "ApplicableTradeTax",
        money("CalculatedAmount", row.amount),
        leaf("TypeCode", "VAT"),
        leaf("ExemptionReason", reason),
        money("BasisAmount", row.base),
        leaf("CategoryCode", row.category),
        leaf("ExemptionReasonCode", code),
        percent,
    )


def _period(document: Document) -> str:
    """BG-14: the period of a service, or the month of a delivery whose day is not known."""
    days = document.service_period
    if not days and not document.delivery_date:
        days = month_days(document.delivery_month)
    first, last = days or (None, None)
    return node("BillingSpecifiedPeriod", day("StartDateTime", first), day("EndDateTime", last))


def _discount(document: Document, key: VatKey, net: int, texts: Texts) -> str:
    """BG-20, once per VAT rate."""
    return node(
        "SpecifiedTradeAllowanceCharge",
        indicator(charge=False),
        money("ActualAmount", Money(net, document.currency)),
        leaf("ReasonCode", lines.DISCOUNT),
        leaf("Reason", words.discount_reason(document, texts)),
        node("CategoryTradeTax", lines.vat(key)),
    )


def _sums(document: Document, sums: Totals) -> str:
    """BG-22."""
    return node(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        money("LineTotalAmount", sums.net + sums.discount_net),
        money("AllowanceTotalAmount", sums.discount_net) if any(net for _, net in sums.discount_nets) else "",
        money("TaxBasisTotalAmount", sums.net),
        money("TaxTotalAmount", sums.vat_amount, currencyID=document.currency),
        money("GrandTotalAmount", sums.gross),
        money("TotalPrepaidAmount", sums.prepaid) if document.prepaid else "",
        money("DuePayableAmount", sums.payable),
    )
