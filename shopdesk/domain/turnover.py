"""The two sums that the law watches: distance sales into the EU (OSS) and a small business's turnover (§ 19 UStG).

Each issued bill or correction adds one `Turnover`; the open draft counts, too, because the sale that crosses a limit
is itself under the new rule (RULES.md 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shopdesk.domain.addresses import EU, Country
from shopdesk.domain.document_kinds import BILLS, E_INVOICES
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment, LineKind, TaxCase
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.problems import Problem
from shopdesk.domain.supply_dates import supply_day
from shopdesk.domain.totals import line_case, totals
from shopdesk.domain.vat_territories import is_outside_vat_area

CURRENCY = "EUR"
"""The limits are in euros; what was sold in another currency is not counted, and the meter says so."""

OSS_THRESHOLD = Money(10_000_00)
"""§ 3c (4) UStG: net distance sales into the whole EU, this and last year."""
SMALL_BUSINESS_LAST_YEAR = Money(25_000_00)
SMALL_BUSINESS_THIS_YEAR = Money(100_000_00)
"""§ 19 (1) UStG since 2025: the sale that crosses this one is itself taxed."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """What one document adds, in smallest units: net distance sales and gross turnover; both may be negative."""

    year: int
    currency: str
    distance: int = 0
    gross: int = 0


@dataclass(frozen=True, slots=True)
class YearSums:
    """A year's sums in cents, and how many documents in other currencies are not in them."""

    distance: int = 0
    gross: int = 0
    uncounted: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of the years around a document, that document left out."""

    years: Mapping[int, YearSums] = field(default_factory=dict)

    def of(self, year: int) -> YearSums:
        """One year's; nothing sold is zero."""
        return self.years.get(year, YearSums())


def turnover_of(document: Document, home: str) -> Turnover | None:
    """What the settled document adds in the year of its supply; None for a kind that is no turnover."""
    day = supply_day(document)
    if document.kind not in E_INVOICES or day is None:
        return None
    sums = totals(document)
    vouchers = sum(row.base.minor for row in sums.vat if row.category == "O")
    # a credit note holds positive amounts and takes them back; a cancellation is negative itself
    sign = -1 if document.kind == DocumentKind.CREDIT_NOTE else 1
    distance = _distance(document) if _is_distance_sale(document, home) else 0
    return Turnover(day.year, document.currency, sign * distance, sign * (sums.gross.minor - vouchers))


def _is_distance_sale(document: Document, home: str) -> bool:
    """§ 3c (1) UStG: the shop sends or brings goods to a private buyer in another member state."""
    buyer, case = document.recipient, document.tax_case
    goal = buyer.goods_address.country
    carried = document.fulfilment in {Fulfilment.SHIP, Fulfilment.DELIVER}
    private = case == TaxCase.OSS or (case == TaxCase.DOMESTIC and not buyer.vat_id)
    abroad = goal in EU and goal != home and not is_outside_vat_area(buyer.goods_address)
    return carried and private and abroad


def _distance(document: Document) -> int:
    """The net sum of the taxed goods with their share of postage and discounts.

    Services are taxed at home anyway, and the margin scheme is no distance sale (§ 3c (5) UStG).
    """
    sums = totals(document)
    goods = services = 0
    for line, total in zip(document.lines, sums.lines, strict=True):
        if total is None or line_case(document, line) not in {TaxCase.DOMESTIC, TaxCase.OSS}:
            continue
        goods += total.net.minor if line.kind == LineKind.GOODS else 0
        services += total.net.minor if line.kind == LineKind.SERVICE else 0
    taxed = sum(row.base.minor for row in sums.vat if row.category in {"S", "Z"})
    share = abs(taxed * goods) // abs(goods + services) if goods + services else 0
    return -share if taxed < 0 else share  # rounded towards zero, so that a cancellation leaves nothing


class Level(StrEnum):
    """How near a limit is."""

    QUIET = "quiet"
    NEAR = "near"
    OVER = "over"


class MeterKind(StrEnum):
    """Which limit."""

    OSS = "oss"
    SMALL_THIS_YEAR = "small_this_year"
    SMALL_NEXT_YEAR = "small_next_year"
    SMALL_LAST_YEAR = "small_last_year"


@dataclass(frozen=True, slots=True)
class Meter:
    """A sum beside its limit."""

    kind: MeterKind
    year: int
    sum: Money
    limit: Money
    uncounted: int = 0

    @property
    def name(self) -> str:
        """What the owner has taken note of: "oss-2026-near"."""
        return f"{self.kind.value}-{self.year}-{self.level.value}"

    @property
    def percent(self) -> int:
        """How much of the limit is used, rounded down; negative sums are none."""
        return max(0, self.sum.minor * 100 // self.limit.minor)

    @property
    def level(self) -> Level:
        """Over is above the limit, not at it."""
        if self.sum > self.limit:
            return Level.OVER
        return Level.NEAR if self.percent >= 80 else Level.QUIET


def oss_meters(sums: Sums, year: int, draft: int = 0) -> tuple[Meter, Meter]:
    """This and last year's distance sales, the draft's cents in this year."""
    this, last = sums.of(year), sums.of(year - 1)
    return (
        Meter(MeterKind.OSS, year, Money(this.distance + draft), OSS_THRESHOLD, this.uncounted),
        Meter(MeterKind.OSS, year - 1, Money(last.distance), OSS_THRESHOLD, last.uncounted),
    )


def is_above_oss(sums: Sums, year: int, draft: int = 0) -> bool:
    """Whether the buyer's country's rate holds: one of the two years is above the limit."""
    return any(meter.level == Level.OVER for meter in oss_meters(sums, year, draft))


def small_business_meters(sums: Sums, year: int, draft: int = 0) -> tuple[Meter, Meter, Meter]:
    """This year against 100,000 €, this year against 25,000 € (it decides about the next), last year against it."""
    this, last = sums.of(year), sums.of(year - 1)
    now = Money(this.gross + draft)
    return (
        Meter(MeterKind.SMALL_THIS_YEAR, year, now, SMALL_BUSINESS_THIS_YEAR, this.uncounted),
        Meter(MeterKind.SMALL_NEXT_YEAR, year, now, SMALL_BUSINESS_LAST_YEAR, this.uncounted),
        Meter(
            MeterKind.SMALL_LAST_YEAR, year - 1, Money(last.gross), SMALL_BUSINESS_LAST_YEAR, last.uncounted
        ),
    )


def worth_a_row(sums: Sums, year: int, oss: str, seen: frozenset[str], *, small: bool) -> tuple[Meter, ...]:
    """The meters of this year that stand in Heute: from 80 % on, until the owner has taken note."""
    meters: tuple[Meter, ...] = ()
    if small:
        meters = small_business_meters(sums, year)[:2]
    elif oss != "yes":
        meters = oss_meters(sums, year)[:1]
    return tuple(each for each in meters if each.level != Level.QUIET and each.name not in seen)


def warnings(document: Document, sums: Sums, oss: str, home: str) -> Iterator[Problem]:
    """What the owner should know when this settled bill crosses a limit."""
    own = turnover_of(document, home)
    if document.kind not in BILLS or own is None or own.currency != CURRENCY:
        return
    if document.seller.small_business:
        yield from _small_business(sums, own)
    elif own.distance > 0 and oss != "yes" and is_above_oss(sums, own.year, own.distance):
        yield from _oss(document, sums, own, oss)


def _oss(document: Document, sums: Sums, own: Turnover, oss: str) -> Iterator[Problem]:
    meter = max(oss_meters(sums, own.year, own.distance), key=lambda each: each.sum.minor)
    values = {
        "sum": meter.sum,
        "limit": meter.limit,
        "country": Country(document.recipient.goods_address.country),
    }
    if oss == "no":
        text = N_(
            "Your sales to private customers in the EU come to {sum}, above {limit}: the VAT of the "
            "buyer's country ({country}) is due. In the settings OSS is switched off."
        )
    elif is_above_oss(sums, own.year):
        return
    else:
        text = N_(
            "With this sale those to private customers in the EU come to {sum}, above {limit}: the VAT of the "
            "buyer's country ({country}) holds from this one on. Please register for OSS."
        )
    yield Problem("oss-threshold", "tax_case", Message(text, values), is_warning=True)


def _small_business(sums: Sums, own: Turnover) -> Iterator[Problem]:
    this, following, last = small_business_meters(sums, own.year, own.gross)
    before = small_business_meters(sums, own.year)[1]
    if last.level == Level.OVER:
        meter = last
        text = N_(
            "Last year's turnover was {sum}, above {limit}: this year you are no small business (§ 19 UStG). "
            "Please ask your tax adviser."
        )
    elif this.level == Level.OVER:
        meter = this
        text = N_(
            "With this sale the year's turnover is {sum}, above {limit}: this sale is taxed already (§ 19 UStG). "
            "Please ask your tax adviser."
        )
    elif following.level == Level.OVER and before.level != Level.OVER:
        meter = following
        text = N_(
            "With this sale the year's turnover is {sum}, above {limit}: from next year on you bill with VAT."
        )
    else:
        return
    message = Message(text, {"sum": meter.sum, "limit": meter.limit})
    yield Problem("small-business-limit", "tax_case", message, is_warning=True)
