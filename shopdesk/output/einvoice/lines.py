"""Invoice lines (BG-25): quantity × net price − allowance gives the line's net amount of `totals` to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from shopdesk.domain import printed_amounts
from shopdesk.domain.document_rules import PRICE_DECIMALS
from shopdesk.domain.documents import WITHOUT_AMOUNT, Deposit, Document, DocumentKind, Line, Prices
from shopdesk.domain.money import Money, distribute, round_half_up
from shopdesk.domain.totals import LineTotal, Totals, VatKey
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import words
from shopdesk.output.einvoice.xml import indicator, leaf, money, node, number

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
DISCOUNT = "95"  # UNTDID 5189


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or its share at one VAT rate: an invoice line has one rate (BR-CO-04), postage may have several.

    `net` is BT-131, `allowance` BT-136, both negative on a cancellation; the paper's
    position gets a number of its own per share ("3.1", "3.2").
    """

    number: str
    line: Line
    key: VatKey
    net: Money
    allowance: Money
    listed_price: Decimal | None

    @property
    def quantity(self) -> Decimal:
        """BT-129: negative where something is deducted, because a price never is (BR-27)."""
        return self.line.quantity.copy_sign(self.net.minor + self.allowance.minor)


def parts(document: Document, sums: Totals, texts: Texts) -> Iterator[Part]:
    """All lines that have an amount, then the deposits; notes and subtotals are for readers of the paper."""
    # the amounts of a line before its discount are those that a paper with net prices shows
    net_view = replace(document, show=Prices.NET)
    position = 0
    for line, total in zip(document.lines, sums.lines, strict=True):
        if line.kind in WITHOUT_AMOUNT or total is None:
            continue
        position += 1
        yield from _shares(net_view, line, total, str(position))
    for deposit in document.deposits:
        position += 1
        yield from _deducted(document, deposit, words.deposit(deposit.reference, texts), str(position))


def _shares(net_view: Document, line: Line, total: LineTotal, position: str) -> Iterator[Part]:
    nets = [(key, net) for key, net in total.nets if net] or list(total.nets[:1])
    sign = _sign(net_view)
    discount = sign * printed_amounts.line_discount(net_view, line, total).minor
    off = discount if discount > 0 and sign * total.net.minor >= 0 else 0
    single = len(total.nets) == 1
    price = printed_amounts.unit_price(net_view, line, total) if single else None
    offs = distribute(off, [abs(net) for _, net in nets])
    for i, ((key, net), own) in enumerate(zip(nets, offs, strict=True), 1):
        yield Part(
            _numbered(position, i, len(nets)),
            line,
            key,
            Money(net, net_view.currency),
            Money(sign * own, net_view.currency),
            None if price is None else abs(price),
        )


def _deducted(document: Document, deposit: Deposit, text: str, position: str) -> Iterator[Part]:
    """A deposit as negative lines at its rates; a cancelled final invoice gives it back."""
    rows = [row for row in deposit.vat if row.base]
    nothing = Money(0, document.currency)
    for i, row in enumerate(rows, 1):
        net = row.base if _sign(document) < 0 else -row.base
        number = _numbered(position, i, len(rows))
        yield Part(number, Line(text=text), (row.category, row.rate), net, nothing, abs(row.base.amount))


def _sign(document: Document) -> int:
    return -1 if document.kind == DocumentKind.CANCELLATION else 1


def _numbered(position: str, share: int, shares: int) -> str:
    return position if shares == 1 else f"{position}.{share}"


def price(part: Part) -> str:
    """BT-146, and BT-149 where no price of six decimals gives the amount: then the price is that of all together."""
    before = part.net + part.allowance
    whole, quantity = abs(before.amount), abs(part.quantity) or Decimal(1)
    candidates = [part.listed_price] if part.listed_price is not None else []
    candidates.append(
        _WIDE.divide(whole, quantity).quantize(Decimal(1).scaleb(-PRICE_DECIMALS), context=_WIDE)
    )
    for candidate in candidates:
        if Money.of(_WIDE.multiply(candidate, quantity), before.currency).minor == abs(before.minor):
            return leaf("ChargeAmount", number(candidate, 2))
    basis = leaf("BasisQuantity", number(quantity), unitCode=part.line.unit)
    return leaf("ChargeAmount", number(whole, 2)) + basis


def vat(key: VatKey) -> str:
    """Category and rate; what is not subject to VAT has no rate (BR-O-05)."""
    category, rate = key
    percent = "" if category == "O" else leaf("RateApplicablePercent", number(rate))
    return leaf("TypeCode", "VAT") + leaf("CategoryCode", category) + percent


def _allowance(part: Part, texts: Texts) -> str:
    """BG-27. The percentage only where it explains the amount."""
    if not part.allowance:
        return ""
    base = part.net + part.allowance
    percent = part.line.discount_percent
    exact = round_half_up(base.amount * percent / 100, 2)
    explained = abs(exact - part.allowance.amount) <= Decimal("0.01")
    told = leaf("CalculationPercent", number(percent)) + money("BasisAmount", base) if explained else ""
    return node(
        "SpecifiedTradeAllowanceCharge",
        indicator(charge=False),
        told,
        money("ActualAmount", part.allowance),
        leaf("ReasonCode", DISCOUNT),
        leaf("Reason", texts.pgettext("paper", "Discount")),
    )


def line_item(part: Part, texts: Texts) -> str:
    """BG-25."""
    line = part.line
    return node(
        "IncludedSupplyChainTradeLineItem",
        node("AssociatedDocumentLineDocument", leaf("LineID", part.number)),
        node(
            "SpecifiedTradeProduct",
            leaf("SellerAssignedID", line.article_code),
            leaf("Name", line.text),
            leaf("Description", line.description),
        ),
        node("SpecifiedLineTradeAgreement", node("NetPriceProductTradePrice", price(part))),
        node(
            "SpecifiedLineTradeDelivery",
            leaf("BilledQuantity", number(part.quantity), unitCode=line.unit),
        ),
        node(
            "SpecifiedLineTradeSettlement",
            node("ApplicableTradeTax", vat(part.key)),
            _allowance(part, texts),
            node("SpecifiedTradeSettlementLineMonetarySummation", money("LineTotalAmount", part.net)),
        ),
    )
