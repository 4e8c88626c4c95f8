"""Amounts beside the totals as the paper shows them: unit prices, a line's own discount, Skonto.

The paper may show net prices of a gross document and the other way round. Amounts and sums come from `totals`; what
is derived here follows them, so that listed price − discount = amount holds in every row.
"""

from __future__ import annotations

from decimal import Decimal

from shopdesk.domain.documents import Document, Line, LineKind, Prices
from shopdesk.domain.money import Money, exponent, round_half_up
from shopdesk.domain.totals import LineTotal, Totals

CONVERTED_PLACES = 4  # BT-146 may carry four to six decimals; more would only look exact


def factor(document: Document, line: LineTotal) -> Decimal:
    """What a price of the document is multiplied by to become the shown kind; 1 when both are the same."""
    if document.shown == document.prices or not line.vat:
        return Decimal(1)
    if len(line.vat) == 1:
        gross = 1 + line.vat[0][0][1] / 100
    else:  # postage over several rates: only its own share knows the mixture
        gross = Decimal(line.gross.minor) / line.net.minor if line.net.minor else Decimal(1)
    return gross if document.shown == Prices.GROSS else 1 / gross


def unit_price(document: Document, line: Line, total: LineTotal) -> Decimal | None:
    """The unit price as shown, negative on a discount line; None where there is none."""
    if line.unit_price is None:
        return None
    sign = -1 if line.kind == LineKind.DISCOUNT else 1
    scale = factor(document, total)
    if scale == 1:
        return sign * line.unit_price
    return sign * round_half_up(line.unit_price * scale, CONVERTED_PLACES)


def listed(document: Document, total: LineTotal) -> Money:
    """The line before its own discount, as shown: what a free gift is worth."""
    if document.shown == document.prices:
        return total.listed
    return Money.of(total.listed.amount * factor(document, total), document.currency)


def line_discount(document: Document, line: Line, total: LineTotal) -> Money:
    """The line's own discount as shown, a positive amount."""
    if not line.discount_percent:
        return Money(0, document.currency)
    return listed(document, total) - total.shown(document.shown)


def before_discount(document: Document, sums: Totals) -> Money:
    """The sum of the lines as shown, before the discount on the whole document."""
    after = sums.net if document.shown == Prices.NET else sums.gross
    return after + sums.discount(document.shown)


def cash_discount(document: Document, sums: Totals) -> Money:
    """Skonto on the payable amount, a positive amount."""
    if document.cash_discount is None:
        return Money(0, document.currency)
    exact = sums.payable.amount * document.cash_discount.percent / 100
    return Money.of(round_half_up(exact, exponent(document.currency)), document.currency)
