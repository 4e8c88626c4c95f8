"""The rules of XRechnung 3.0 for CII, read from their official wording (BR-DE-… and those taken from Peppol).

They see nothing but the XML.

There is no wheel with the official Schematron of XRechnung; that its own examples pass and their broken copies fail is
tested in test_xrechnung.py.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from decimal import Decimal

RSM = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}"
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
GUIDELINE = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
_SKONTO = re.compile(r"#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#")
_TRANSFER, _CARD = {"30", "58"}, {"48", "54", "55"}
_CODES = {"326", "380", "384", "389", "381", "875", "876", "877"}
_TAXED = {"S", "Z", "E", "AE", "K", "G", "L", "M"}


class Invoice:
    """Paths below the root, without prefixes."""

    def __init__(self, data: bytes) -> None:
        self.root = ET.fromstring(data)

    def all(self, path: str) -> list[ET.Element]:
        """All elements there."""
        steps = path.split("/")
        known = {"ExchangedDocument", "ExchangedDocumentContext", "SupplyChainTradeTransaction"}
        return self.root.findall("/".join((RSM if step in known else RAM) + step for step in steps))

    def texts(self, path: str) -> list[str]:
        """What stands in them, without what is empty."""
        return [text for element in self.all(path) if (text := (element.text or "").strip())]


_DEAL = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
_SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
_SELLER, _BUYER = f"{_DEAL}/SellerTradeParty", f"{_DEAL}/BuyerTradeParty"
_SHIP_TO = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/ShipToTradeParty/PostalTradeAddress"
_CONTACT = f"{_SELLER}/DefinedTradeContact"
_MEANS = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans"


def _there(path: str) -> Callable[[Invoice], bool]:
    return lambda invoice: bool(invoice.texts(path))


def _ship_to(name: str) -> Callable[[Invoice], bool]:
    return lambda invoice: not invoice.all(_SHIP_TO) or bool(invoice.texts(f"{_SHIP_TO}/{name}"))


def _has_tax_id(invoice: Invoice) -> bool:
    tax = "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/ApplicableTradeTax"
    categories = set(invoice.texts(f"{tax}/CategoryCode"))
    ids = invoice.texts(f"{_SELLER}/SpecifiedTaxRegistration/ID")
    return not categories & _TAXED or bool(ids or invoice.all(f"{_DEAL}/SellerTaxRepresentativeTradeParty"))


def _skonto(invoice: Invoice) -> bool:
    told = [e.text or "" for e in invoice.all(f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description")]
    lines = [line for text in told for line in text.splitlines() if line.strip().startswith("#")]
    if not all(_SKONTO.fullmatch(line) for line in lines):
        return False
    return not lines or bool(re.match(r"\s*\n", re.split("#.+#", told[0])[-1]))


def _means(codes: set[str], child: str, *, wanted: bool) -> Callable[[Invoice], bool]:
    def holds(invoice: Invoice) -> bool:
        found = [e for e in invoice.all(_MEANS) if e.findtext(f"{RAM}TypeCode") in codes]
        return all((e.find(f"{RAM}{child}") is not None) == wanted for e in found)

    return holds


def _each_rate(invoice: Invoice) -> bool:
    rows = invoice.all(f"{_SETTLEMENT}/ApplicableTradeTax")
    return all((row.findtext(f"{RAM}RateApplicablePercent") or "").strip() for row in rows)


def _reductions(invoice: Invoice) -> Iterator[tuple[Decimal | None, Decimal | None, Decimal]]:
    """Percentage, base and amount of each allowance and charge."""
    for element in invoice.root.iter(f"{RAM}SpecifiedTradeAllowanceCharge"):
        told = (
            element.findtext(f"{RAM}{name}") for name in ("CalculationPercent", "BasisAmount", "ActualAmount")
        )
        percent, base, amount = (Decimal(text) if text else None for text in told)
        yield percent, base, amount or Decimal(0)


def _percentages(invoice: Invoice) -> bool:
    known = ((p, b, amount) for p, b, amount in _reductions(invoice) if p is not None and b is not None)
    return all(abs(base * percent / 100 - amount) <= Decimal("0.02") for percent, base, amount in known)


def _base_quantities(invoice: Invoice) -> Iterator[tuple[ET.Element, ET.Element | None]]:
    for item in invoice.root.iter(f"{RAM}IncludedSupplyChainTradeLineItem"):
        for quantity in item.iter(f"{RAM}BasisQuantity"):
            yield quantity, item.find(f"{RAM}SpecifiedLineTradeDelivery/{RAM}BilledQuantity")


_CARD_DATA, _ACCOUNT = "ApplicableTradeSettlementFinancialCard", "PayeePartyCreditorFinancialAccount"
_PHONE = f"{_CONTACT}/TelephoneUniversalCommunication/CompleteNumber"
_MAIL = f"{_CONTACT}/EmailURIUniversalCommunication/URIID"
FATAL: dict[str, Callable[[Invoice], bool]] = {
    "BR-DE-1": lambda invoice: bool(invoice.all(_MEANS)),
    "BR-DE-2": lambda invoice: bool(invoice.all(_CONTACT)),
    "BR-DE-3": _there(f"{_SELLER}/PostalTradeAddress/CityName"),
    "BR-DE-4": _there(f"{_SELLER}/PostalTradeAddress/PostcodeCode"),
    "BR-DE-5": lambda invoice: bool(
        invoice.texts(f"{_CONTACT}/PersonName") or invoice.texts(f"{_CONTACT}/DepartmentName")
    ),
    "BR-DE-6": _there(_PHONE),
    "BR-DE-7": _there(_MAIL),
    "BR-DE-8": _there(f"{_BUYER}/PostalTradeAddress/CityName"),
    "BR-DE-9": _there(f"{_BUYER}/PostalTradeAddress/PostcodeCode"),
    "BR-DE-10": _ship_to("CityName"),
    "BR-DE-11": _ship_to("PostcodeCode"),
    "BR-DE-14": _each_rate,
    "BR-DE-15": _there(f"{_DEAL}/BuyerReference"),
    "BR-DE-16": _has_tax_id,
    "BR-DE-18": _skonto,
    "BR-DE-18-a": lambda invoice: (
        len(invoice.all(f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description")) < 2
    ),
    "BR-DE-23-a": _means(_TRANSFER, _ACCOUNT, wanted=True),
    "BR-DE-23-b": _means(_TRANSFER, _CARD_DATA, wanted=False),
    "BR-DE-24-a": _means(_CARD, _CARD_DATA, wanted=True),
    "BR-DE-24-b": _means(_CARD, _ACCOUNT, wanted=False),
    "PEPPOL-EN16931-R001": _there(
        "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID"
    ),
    "PEPPOL-EN16931-R040": _percentages,
    "PEPPOL-EN16931-R041": lambda invoice: all(
        p is None or base is not None for p, base, _ in _reductions(invoice)
    ),
    "PEPPOL-EN16931-R042": lambda invoice: all(
        base is None or p is not None for p, base, _ in _reductions(invoice)
    ),
    "PEPPOL-EN16931-R121": lambda invoice: all(
        Decimal(quantity.text or "0") > 0 for quantity, _ in _base_quantities(invoice)
    ),
    "PEPPOL-EN16931-R130": lambda invoice: all(
        billed is not None and quantity.get("unitCode") in {None, billed.get("unitCode")}
        for quantity, billed in _base_quantities(invoice)
    ),
    "PEPPOL-EN16931-R010": _there(f"{_BUYER}/URIUniversalCommunication/URIID"),
    "PEPPOL-EN16931-R020": _there(f"{_SELLER}/URIUniversalCommunication/URIID"),
}
WARNINGS: dict[str, Callable[[Invoice], bool]] = {
    "BR-DE-17": lambda invoice: set(invoice.texts("ExchangedDocument/TypeCode")) <= _CODES,
    "BR-DE-21": lambda invoice: (
        invoice.texts("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID") == [GUIDELINE]
    ),
    "BR-DE-26": lambda invoice: (
        invoice.texts("ExchangedDocument/TypeCode") != ["384"]
        or bool(invoice.all(f"{_SETTLEMENT}/InvoiceReferencedDocument"))
    ),
    "BR-DE-27": lambda invoice: len(re.findall("[0-9]", "".join(invoice.texts(_PHONE)))) >= 3,
    "BR-DE-28": lambda invoice: bool(
        re.fullmatch(r"[^@\s.]+(\.[^@\s.]+)*@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", "".join(invoice.texts(_MAIL)))
    ),
}


def failed(data: bytes, *, warnings: bool = False) -> tuple[str, ...]:
    """The ids of the German rules that the file breaks."""
    return tuple(_broken(Invoice(data), WARNINGS if warnings else FATAL))


def _broken(invoice: Invoice, rules: dict[str, Callable[[Invoice], bool]]) -> Iterator[str]:
    return (rule for rule, holds in rules.items() if not holds(invoice))
