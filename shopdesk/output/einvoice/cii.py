"""Bills and corrections as CII XML, as Factur-X (profile EN 16931) or XRechnung: `render` is all that others need.

Every amount comes from `domain.totals`; no sum is made here.
"""

from __future__ import annotations

from shopdesk.domain.documents import Document, VatTotal
from shopdesk.domain.money import Money
from shopdesk.domain.supply_dates import month_days
from shopdesk.domain.totals import Totals, VatKey, totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import lines, parties, payment, references, words
from shopdesk.output.einvoice.profiles import FACTUR_X, XRECHNUNG, Profile
from shopdesk.output.einvoice.xml import day, indicator, leaf, money, node, number

__all__ = ["FACTUR_X", "FILE_NAME", "PROFILE", "XRECHNUNG", "render"]

PROFILE = "EN 16931"
FILE_NAME = "factur-x.xml"

_SPACE = "urn:un:unece:uncefact:data:standard:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice'
    f' xmlns:rsm="{_SPACE}CrossIndustryInvoice:100"'
    f' xmlns:qdt="{_SPACE}QualifiedDataType:100"'
    f' xmlns:ram="{_SPACE}ReusableAggregateBusinessInformationEntity:100"'
    f' xmlns:udt="{_SPACE}UnqualifiedDataType:100">'
)


def render(document: Document, texts: Texts, profile: Profile = FACTUR_X) -> bytes:
    """The invoice as XML in the language of `texts`, UTF-8; the same input gives the same bytes.

    The document must have passed `document_rules`: what those refuse can make an invalid file.
    """
    sums = totals(document)
    parts = (
        _HEAD,
        f"<rsm:ExchangedDocumentContext>{_context(profile)}</rsm:ExchangedDocumentContext>",
        f"<rsm:ExchangedDocument>{_document(document, profile, texts)}</rsm:ExchangedDocument>",
        "<rsm:SupplyChainTradeTransaction>",
        *(lines.line_item(part, texts) for part in lines.parts(document, sums, texts)),
        _agreement(document, sums, texts),
        _delivery(document, sums),
        _settlement(document, sums, profile, texts),
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>\n",
    )
    return "".join(parts).encode()


def _context(profile: Profile) -> str:
    return node("BusinessProcessSpecifiedDocumentContextParameter", leaf("ID", profile.process)) + node(
        "GuidelineSpecifiedDocumentContextParameter", leaf("ID", profile.guideline)
    )


def _document(document: Document, profile: Profile, texts: Texts) -> str:
    return "".join(
        (
            leaf("ID", document.number),
            leaf("TypeCode", profile.type_code(document)),
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
        references.agreed(document),
    )


def _delivery(document: Document, sums: Totals) -> str:
    inside = (
        parties.ship_to(document, sums)
        + node("ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", document.delivery_date))
        + references.delivery_note(document)
    )
    # asked for by the schema even where it holds nothing
    return node("ApplicableHeaderTradeDelivery", inside) or "<ram:ApplicableHeaderTradeDelivery/>"


def _settlement(document: Document, sums: Totals, profile: Profile, texts: Texts) -> str:
    return node(
        "ApplicableHeaderTradeSettlement",
        leaf("PaymentReference", document.number),
        leaf("InvoiceCurrencyCode", document.currency),
        payment.means(document, sums, profile),
        *(_vat(document, row, profile, texts) for row in sums.vat),
        _period(document),
        *(_discount(document, key, net, texts) for key, net in sums.discount_nets if net),
        payment.terms(document, sums, profile, texts),
        _sums(document, sums),
        references.preceding(document),
    )


def _vat(document: Document, row: VatTotal, profile: Profile, texts: Texts) -> str:
    """BG-23. What is not subject to VAT has no rate, but XRechnung wants one in each row (BR-DE-14)."""
    reason, code = words.exemption(document, row.category, texts)
    without = row.category == "O" and not profile.is_xrechnung
    return node(
        "ApplicableTradeTax",
        money("CalculatedAmount", row.amount),
        leaf("TypeCode", "VAT"),
        leaf("ExemptionReason", reason),
        money("BasisAmount", row.base),
        leaf("CategoryCode", row.category),
        leaf("ExemptionReasonCode", code),
        "" if without else leaf("RateApplicablePercent", number(row.rate)),
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
        money("TotalPrepaidAmount", sums.prepaid) if sums.prepaid else "",
        money("DuePayableAmount", sums.payable),
    )
