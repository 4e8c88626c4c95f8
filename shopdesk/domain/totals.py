"""The one place where sums are made. Screen, PDF and XML show these values (RULES.md 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from shopdesk.domain.documents import (
    ANCILLARY,
    WITHOUT_AMOUNT,
    Deposit,
    Document,
    DocumentKind,
    Line,
    LineKind,
    LineOption,
    Prices,
    TaxCase,
    VatTotal,
)
from shopdesk.domain.money import Money, distribute, exponent, fitted, round_half_up

VatKey = tuple[str, Decimal]  # EN 16931 category (BT-118, UNTDID 5305) and rate in percent (BT-119)

_CATEGORIES = {
    TaxCase.SMALL_BUSINESS: "E",
    TaxCase.REVERSE_CHARGE: "AE",
    TaxCase.INTRA_COMMUNITY: "K",
    TaxCase.EXPORT: "G",
    TaxCase.MARGIN_SCHEME: "E",
    TaxCase.EXEMPT: "E",
}
UNTAXED = frozenset(_CATEGORIES)


@dataclass(frozen=True, slots=True)
class LineTotal:
    """What one line comes to. `listed` is before the line's own discount, in the document's kind of prices.

    `vat` splits the line over the VAT keys in the document's kind of prices, `nets` its net amount; a subtotal carries
    the running sum.
    """

    listed: Money
    amount: Money
    net: Money
    gross: Money
    vat: tuple[tuple[VatKey, int], ...] = ()
    nets: tuple[tuple[VatKey, int], ...] = ()

    def shown(self, as_: Prices) -> Money:
        """The amount the paper shows."""
        return self.net if as_ == Prices.NET else self.gross


@dataclass(frozen=True, slots=True)
class Totals:
    """All sums of a document: net is BT-109, gross BT-112, payable BT-115; `discount_nets` are BG-20, each positive.

    The sums of a cancellation are negative. Those of a final invoice are what is left when the deposits are deducted;
    `whole` is the job before that.
    """

    lines: tuple[LineTotal | None, ...]
    discount_net: Money
    discount_gross: Money
    net: Money
    vat: tuple[VatTotal, ...]
    gross: Money
    prepaid: Money
    payable: Money
    discount_nets: tuple[tuple[VatKey, int], ...] = ()
    whole: Totals | None = None

    @property
    def vat_amount(self) -> Money:
        """The VAT of all rates (BT-110)."""
        return self.gross - self.net

    def discount(self, as_: Prices) -> Money:
        """The document discount as the paper shows it, a positive amount."""
        return self.discount_net if as_ == Prices.NET else self.discount_gross


def category(case: TaxCase, rate: Decimal) -> str:
    """The VAT category of a line at this rate; a domestic line at rate 0 is zero rated (Z)."""
    return _CATEGORIES.get(case) or ("S" if rate else "Z")


def line_case(document: Document, line: Line) -> TaxCase:
    """The tax case that holds for this line; undecided counts as domestic until the decision is made."""
    case = line.tax_case or document.tax_case
    return TaxCase.DOMESTIC if case == TaxCase.AUTO else case


def own_key(document: Document, line: Line) -> VatKey:
    """The VAT key a line has of itself."""
    if line.kind == LineKind.VOUCHER:
        return ("O", Decimal(0))
    case = line_case(document, line)
    if case in UNTAXED:
        return (_CATEGORIES[case], Decimal(0))
    rate = document.default_rate if line.vat_rate is None else line.vat_rate
    return (category(case, rate), rate.normalize() + 0)


def _minor(value: Decimal, currency: str) -> int:
    places = exponent(currency)
    return int(round_half_up(value, places).scaleb(places))


def listed_minor(document: Document, line: Line) -> int:
    """Quantity × unit price in smallest units, before discounts; a discount line counts as negative."""
    if line.kind in WITHOUT_AMOUNT or line.unit_price is None:
        return 0
    value = _minor(line.quantity * line.unit_price, document.currency)
    return -value if line.kind == LineKind.DISCOUNT else value


def line_minor(document: Document, line: Line) -> int:
    """What the line comes to in the document's kind of prices: listed less its own discount."""
    listed = listed_minor(document, line)
    if not line.discount_percent:
        return listed
    scale = Decimal(1).scaleb(-exponent(document.currency))
    return listed - _minor(listed * scale * line.discount_percent / 100, document.currency)


def _spread(amount: int, weights: Mapping[VatKey, int], default: VatKey) -> dict[VatKey, int]:
    """Split an ancillary amount over the goods' VAT keys in proportion (RULES.md 2)."""
    used = {key: weight for key, weight in weights.items() if weight > 0}
    if not used:
        return {default: amount}
    return dict(zip(used, distribute(amount, list(used.values())), strict=True))


def _shares(document: Document) -> list[dict[VatKey, int]]:
    """For each line its amount per VAT key."""
    goods: dict[VatKey, int] = {}
    for line in document.lines:
        if line.kind in ANCILLARY or line.kind in WITHOUT_AMOUNT:
            continue
        key = own_key(document, line)
        goods[key] = goods.get(key, 0) + line_minor(document, line)
    default = next(iter(goods), None) or own_key(document, Line())
    shares: list[dict[VatKey, int]] = []
    for line in document.lines:
        amount = line_minor(document, line)
        if line.kind in WITHOUT_AMOUNT:
            shares.append({})
        elif line.kind in ANCILLARY and line.vat_rate is None and line.tax_case is None:
            shares.append(_spread(amount, goods, default))
        else:
            shares.append({own_key(document, line): amount})
    return shares


def _discount_shares(document: Document, sums: Mapping[VatKey, int]) -> dict[VatKey, int]:
    """The document discount per VAT key, positive, in the document's kind of prices."""
    discount = document.discount
    if discount is None or not sums:
        return {}
    whole = sum(sums.values())
    if discount.percent is not None:
        scale = Decimal(1).scaleb(-exponent(document.currency))
        amount = _minor(whole * scale * discount.percent / 100, document.currency)
    else:
        amount = _minor(discount.amount or Decimal(0), document.currency)
    return _spread(amount, sums, next(iter(sums)))


def _vat(prices: Prices, rate: Decimal, amount: int) -> tuple[int, int]:
    """Net and VAT of a sum at one rate: VAT rounded once (EN 16931), out of the gross sum in a gross document."""
    if prices == Prices.NET:
        return amount, int(round_half_up(Decimal(amount) * rate / 100, 0))
    vat = int(round_half_up(Decimal(amount) * rate / (100 + rate), 0))
    return amount - vat, vat


def _other(prices: Prices, rate: Decimal, amount: int) -> Decimal:
    """The amount in the other kind of prices, unrounded."""
    gross = 100 + rate
    return Decimal(amount) * gross / 100 if prices == Prices.NET else Decimal(amount) * 100 / gross


@lru_cache(maxsize=16)  # rules, tax cases and the screen ask for the same sums seven times for each key typed
def totals(document: Document) -> Totals:
    """All sums of the document; the same input gives the same cents everywhere."""
    if document.reminder is not None:
        return _reminded(document)
    if document.kind == DocumentKind.CANCELLATION:
        return negated(totals(replace(document, kind=DocumentKind.INVOICE, prepaid=())))
    if any(line.option for line in document.lines):
        return _with_options(document)
    sums = _counted(document)
    return less_deposits(sums, document.deposits) if document.deposits else sums


def _counted(document: Document) -> Totals:
    shares = _shares(document)
    sums: dict[VatKey, int] = {}
    for share in shares:
        for key, amount in share.items():
            sums[key] = sums.get(key, 0) + amount
    reduced = _discount_shares(document, sums)
    breakdown: dict[VatKey, tuple[int, int]] = {
        key: _vat(document.prices, key[1], amount - reduced.get(key, 0)) for key, amount in sums.items()
    }
    return _assembled(document, shares, reduced, breakdown)


def _assembled(
    document: Document,
    shares: list[dict[VatKey, int]],
    reduced: dict[VatKey, int],
    breakdown: dict[VatKey, tuple[int, int]],
) -> Totals:
    def money(minor: int) -> Money:
        return Money(minor, document.currency)

    others, reduced_other = _converted(document, shares, reduced, breakdown)
    other, discount_other = [sum(share.values()) for share in others], sum(reduced_other.values())
    own = [sum(share.values()) for share in shares]
    net_mode = document.prices == Prices.NET
    rows: list[LineTotal | None] = []
    running = [0, 0]
    nets = [tuple(share.items()) for share in (shares if net_mode else others)]
    for line, share, net_share, mine, theirs in zip(document.lines, shares, nets, own, other, strict=True):
        if line.kind == LineKind.NOTE:
            rows.append(None)
            continue
        if line.kind == LineKind.SUBTOTAL:
            mine, theirs = running
        else:
            running = [running[0] + mine, running[1] + theirs]
        listed = listed_minor(document, line) if line.kind != LineKind.SUBTOTAL else mine
        net, gross = (mine, theirs) if net_mode else (theirs, mine)
        amounts = (money(listed), money(mine), money(net), money(gross))
        rows.append(LineTotal(*amounts, tuple(share.items()), net_share))
    discount = sum(reduced.values())
    order = sorted(breakdown, key=lambda key: (key[0] != "S", key[0], -key[1]))
    vat = tuple(VatTotal(k[1], k[0], money(breakdown[k][0]), money(breakdown[k][1])) for k in order)
    net_sum = sum(net for net, _ in breakdown.values())
    gross_sum = net_sum + sum(amount for _, amount in breakdown.values())
    prepaid = sum(_minor(p.amount, document.currency) for p in document.prepaid)
    return Totals(
        tuple(rows),
        money(discount if net_mode else discount_other),
        money(discount_other if net_mode else discount),
        money(net_sum),
        vat,
        money(gross_sum),
        money(prepaid),
        money(gross_sum - prepaid),
        tuple((reduced if net_mode else reduced_other).items()),
    )


def _converted(
    document: Document,
    shares: list[dict[VatKey, int]],
    reduced: dict[VatKey, int],
    breakdown: dict[VatKey, tuple[int, int]],
) -> tuple[list[dict[VatKey, int]], dict[VatKey, int]]:
    """Each line and the discount per VAT key in the other kind of prices, so that every column sums up to the cent."""
    other: list[dict[VatKey, int]] = [{} for _ in shares]
    discount: dict[VatKey, int] = {}
    for key, (net, vat) in breakdown.items():
        total = net + vat if document.prices == Prices.NET else net
        users = [i for i, share in enumerate(shares) if key in share]
        amounts = [shares[i][key] for i in users]
        if key in reduced:
            amounts.append(-reduced[key])
        # not in proportion to the total: after a large discount a cent of it would weigh many euros on each line
        parts = fitted(total, [_other(document.prices, key[1], amount) for amount in amounts])
        for i, part in zip(users, parts, strict=False):
            other[i][key] = part
        if key in reduced:
            discount[key] = -parts[-1]
    return other, discount


def _with_options(document: Document) -> Totals:
    """Optional and alternative positions show what they would come to and are left out of every sum."""
    counted = tuple(Line(LineKind.NOTE) if line.option else line for line in document.lines)
    sums = totals(replace(document, lines=counted))
    rows = [
        _alone(document, line) if line.option else row
        for line, row in zip(document.lines, sums.lines, strict=True)
    ]
    return replace(sums, lines=tuple(rows))


def _alone(document: Document, line: Line) -> LineTotal | None:
    only = (replace(line, option=LineOption.NONE),)
    return totals(replace(document, lines=only, discount=None, prepaid=(), deposits=())).lines[0]


def _reminded(document: Document) -> Totals:
    """A payment reminder asks for what is open; that is no new turnover and has no VAT of its own."""
    assert document.reminder is not None
    nothing = Money(0, document.currency)
    due = sum((bill.open for bill in document.reminder.bills), nothing)
    due += Money(document.reminder.charges, document.currency)
    rows = (None,) * len(document.lines)
    return Totals(rows, nothing, nothing, due, (), due, nothing, due)


def less_deposits(sums: Totals, deposits: tuple[Deposit, ...]) -> Totals:
    """What is left of the whole job: net and VAT of each deposit are deducted at its own rate (RULES.md 3).

    All bills of the job together then come to the job to the cent, VAT too; BT-117 absorbs the rounding.
    """
    left = {(row.category, row.rate): row for row in sums.vat}
    for row in (row for deposit in deposits for row in deposit.vat):
        key = (row.category, row.rate)
        zero = Money(0, row.base.currency)
        before = left.get(key, VatTotal(row.rate, row.category, zero, zero))
        left[key] = replace(before, base=before.base - row.base, amount=before.amount - row.amount)
    net = sum((row.base for row in left.values()), Money(0, sums.net.currency))
    gross = sum((row.amount for row in left.values()), net)
    return replace(
        sums, net=net, vat=tuple(left.values()), gross=gross, payable=gross - sums.prepaid, whole=sums
    )


def negated(sums: Totals) -> Totals:
    """The same sums with the other sign: what a cancellation takes back."""

    def row(line: LineTotal | None) -> LineTotal | None:
        if line is None:
            return None
        vat, nets = (tuple((key, -amount) for key, amount in part) for part in (line.vat, line.nets))
        return LineTotal(-line.listed, -line.amount, -line.net, -line.gross, vat, nets)

    return Totals(
        tuple(row(line) for line in sums.lines),
        -sums.discount_net,
        -sums.discount_gross,
        -sums.net,
        tuple(replace(each, base=-each.base, amount=-each.amount) for each in sums.vat),
        -sums.gross,
        -sums.prepaid,
        -sums.payable,
        tuple((key, -amount) for key, amount in sums.discount_nets),
        negated(sums.whole) if sums.whole else None,
    )
