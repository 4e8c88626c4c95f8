"""Reading an e-invoice back, as somebody does who knows nothing of the document it was made of."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP
from decimal import Decimal as D

from shopdesk.domain.documents import Document
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import cii
from shopdesk.output.einvoice.profiles import FACTUR_X, Profile

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


def xml(document: Document, profile: Profile = FACTUR_X) -> bytes:
    """The file of a document in the language of its paper."""
    return cii.render(document, Texts(document.language), profile)


def path(*names: str) -> str:
    """Elements below each other."""
    return "/".join(f"{RAM}{name}" for name in names)


def all_of(data: bytes, *names: str) -> list[str]:
    """The texts of all elements at the end of this path, anywhere."""
    return [found.text or "" for found in ET.fromstring(data).iterfind(f".//{path(*names)}")]


def one(data: bytes, *names: str) -> str:
    """The only one of them."""
    (text,) = all_of(data, *names)
    return text


def same_cents(document: Document, data: bytes) -> None:
    """The XML says what `totals` says, and adds up by itself (BR-CO-10 to 16, line amounts)."""
    sums = totals(document)
    head = "SpecifiedTradeSettlementHeaderMonetarySummation"
    told = {
        name: D(one(data, head, name))
        for name in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")
    }
    assert told["TaxBasisTotalAmount"] == sums.net.amount
    assert told["TaxTotalAmount"] == sums.vat_amount.amount
    assert told["GrandTotalAmount"] == sums.gross.amount
    assert D(one(data, head, "DuePayableAmount")) == sums.payable.amount
    assert D(one(data, head, "LineTotalAmount")) - sums.discount_net.amount == sums.net.amount
    group = ("ApplicableHeaderTradeSettlement", "ApplicableTradeTax")
    assert list(map(D, all_of(data, *group, "BasisAmount"))) == [row.base.amount for row in sums.vat]
    assert list(map(D, all_of(data, *group, "CalculatedAmount"))) == [row.amount.amount for row in sums.vat]
    for item in ET.fromstring(data).iter(f"{RAM}IncludedSupplyChainTradeLineItem"):
        assert explained(item, document.currency) == amount(item, "LineTotalAmount")


def amount(item: ET.Element, name: str, default: str = "0") -> D:
    """The number in the first element of this name."""
    found = item.find(f".//{RAM}{name}")
    return D(default if found is None else found.text or "")


def explained(item: ET.Element, currency: str) -> D:
    """Quantity × price / basis − allowance, as a reader of the file reckons."""
    price = amount(item, "ChargeAmount") / amount(item, "BasisQuantity", "1")
    exact = price * amount(item, "BilledQuantity")
    places = D(1) if currency == "JPY" else D("0.01")
    allowance = item.find(f".//{path('SpecifiedTradeAllowanceCharge', 'ActualAmount')}")
    return exact.quantize(places, ROUND_HALF_UP) - D("0" if allowance is None else allowance.text or "")
