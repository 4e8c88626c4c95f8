"""What a document adds to the sums that the law watches, and how near they are to their limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import (
    Discount,
    Document,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Prices,
    Recipient,
    Seller,
    TaxCase,
)
from shopdesk.domain.money import Money
from shopdesk.domain.totals import totals
from shopdesk.domain.turnover import (
    Level,
    Sums,
    YearSums,
    is_above_oss,
    oss_meters,
    small_business_meters,
    turnover_of,
    warnings,
)

GABROVO = Recipient(address=Address(("ul. Shipka 1",), "5300", "Gabrovo", "BG"))
GOODS = Line(text="Rollmatratze", unit_price=D(100))
SERVICE = Line(LineKind.SERVICE, "Aufbau", unit_price=D(50))
SALE = Document(
    date=dt.date(2026, 11, 23),
    recipient=GABROVO,
    lines=(GOODS,),
    prices=Prices.NET,
    tax_case=TaxCase.DOMESTIC,
)


def adds(document: Document) -> tuple[int, int]:
    found = turnover_of(document, "DE")
    assert found is not None
    return found.distance, found.gross


@pytest.mark.parametrize(
    ("changes", "distance", "gross"),
    [
        ({}, 100_00, 119_00),
        ({"tax_case": TaxCase.OSS, "default_rate": D(20)}, 100_00, 120_00),
        ({"kind": DocumentKind.CREDIT_NOTE}, -100_00, -119_00),
        ({"kind": DocumentKind.CANCELLATION}, -100_00, -119_00),
        ({"kind": DocumentKind.DEPOSIT_INVOICE}, 100_00, 119_00),
        ({"fulfilment": Fulfilment.PICKUP}, 0, 119_00),
        ({"recipient": replace(GABROVO, vat_id="BG175074752")}, 0, 119_00),
        ({"recipient": Recipient(address=Address(country="DE"))}, 0, 119_00),
        ({"recipient": replace(GABROVO, delivery_address=Address(country="DE"))}, 0, 119_00),
        ({"recipient": replace(GABROVO, delivery_address=Address(country="CH"))}, 0, 119_00),
        ({"tax_case": TaxCase.INTRA_COMMUNITY}, 0, 100_00),
        ({"lines": (SERVICE,)}, 0, 59_50),
        ({"lines": (GOODS, SERVICE)}, 100_00, 178_50),
        ({"lines": (GOODS, Line(LineKind.POSTAGE, "Porto", unit_price=D(10)))}, 110_00, 130_90),
        ({"lines": (GOODS, replace(GOODS, tax_case=TaxCase.MARGIN_SCHEME))}, 100_00, 219_00),
        ({"lines": (GOODS,), "discount": Discount(percent=D(10))}, 90_00, 107_10),
        ({"lines": (Line(LineKind.VOUCHER, "Gutschein", unit_price=D(50)),)}, 0, 0),
        ({"lines": ()}, 0, 0),
    ],
)
def test_a_document_adds_what_the_law_counts(changes: dict[str, Any], distance: int, gross: int) -> None:
    assert adds(replace(SALE, **changes)) == (distance, gross)


@pytest.mark.parametrize(
    "kind",
    [
        DocumentKind.QUOTE,
        DocumentKind.ORDER_CONFIRMATION,
        DocumentKind.DELIVERY_NOTE,
        DocumentKind.PAYMENT_REMINDER,
    ],
)
def test_what_is_no_bill_is_no_turnover(kind: DocumentKind) -> None:
    assert turnover_of(replace(SALE, kind=kind), "DE") is None


@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({}, 2026),
        ({"delivery_date": dt.date(2027, 1, 2)}, 2027),
        ({"service_period": (dt.date(2025, 11, 1), dt.date(2025, 12, 31))}, 2025),
        ({"delivery_month": "2025-12"}, 2025),
    ],
)
def test_the_day_of_supply_names_the_year(changes: dict[str, Any], year: int) -> None:
    found = turnover_of(replace(SALE, **changes), "DE")
    assert found is not None
    assert found.year == year


@given(st.lists(st.tuples(st.sampled_from(list(LineKind)[:5]), st.integers(1, 90_000)), max_size=6))
def test_what_is_cancelled_leaves_nothing(lines: list[tuple[LineKind, int]]) -> None:
    sale = replace(SALE, lines=tuple(Line(kind, "x", unit_price=D(cents) / 100) for kind, cents in lines))
    bill, undone = turnover_of(sale, "DE"), turnover_of(replace(sale, kind=DocumentKind.CANCELLATION), "DE")
    assert bill is not None
    assert undone is not None
    assert bill.gross + undone.gross == 0
    assert bill.distance + undone.distance == 0
    assert bill.gross == totals(sale).gross.minor


def sums(**years: tuple[int, int]) -> Sums:
    return Sums({int(name[1:]): YearSums(*both) for name, both in years.items()})


@pytest.mark.parametrize(
    ("this", "last", "draft", "above"),
    [
        (0, 0, 0, False),
        (10_000_00, 0, 0, False),
        (10_000_00, 0, 1, True),
        (9_999_99, 0, 1, False),
        (0, 10_000_01, 0, True),
        (0, 10_000_00, 10_000_00, False),
        (12_000_00, 0, -2_000_00, False),
    ],
)
def test_one_of_two_years_above_the_limit_is_enough(this: int, last: int, draft: int, above: bool) -> None:
    assert is_above_oss(sums(y2026=(this, 0), y2025=(last, 0)), 2026, draft) is above


@pytest.mark.parametrize(
    ("cents", "level", "percent"),
    [
        (0, Level.QUIET, 0),
        (-5, Level.QUIET, 0),
        (7_999_99, Level.QUIET, 79),
        (8_000_00, Level.NEAR, 80),
        (10_000_00, Level.NEAR, 100),
        (10_000_01, Level.OVER, 100),
    ],
)
def test_a_meter_is_quiet_near_or_over(cents: int, level: Level, percent: int) -> None:
    meter = oss_meters(sums(y2026=(cents, 0)), 2026)[0]
    assert (meter.level, meter.percent) == (level, percent)


def test_a_small_business_has_three_meters() -> None:
    this, following, last = small_business_meters(
        sums(y2026=(0, 90_000_00), y2025=(0, 26_000_00)), 2026, 10_000_01
    )
    assert (this.sum, this.limit, this.level) == (Money(100_000_01), Money(100_000_00), Level.OVER)
    assert (following.limit, following.level) == (Money(25_000_00), Level.OVER)
    assert (last.year, last.sum, last.level) == (2025, Money(26_000_00), Level.OVER)


SMALL = replace(SALE, seller=Seller(small_business=True), tax_case=TaxCase.SMALL_BUSINESS)


@pytest.mark.parametrize(
    ("document", "before", "oss", "told"),
    [
        (SALE, sums(), "auto", ""),
        (SALE, sums(y2026=(9_900_00, 0)), "auto", ""),
        (SALE, sums(y2026=(9_900_01, 0)), "auto", "from this one on"),
        (SALE, sums(y2026=(9_900_01, 0)), "yes", ""),
        (SALE, sums(y2026=(9_900_01, 0)), "no", "switched off"),
        (SALE, sums(y2026=(10_000_01, 0)), "auto", ""),
        (SALE, sums(y2025=(10_000_01, 0)), "no", "switched off"),
        (replace(SALE, kind=DocumentKind.QUOTE), sums(y2026=(9_900_01, 0)), "auto", ""),
        (replace(SALE, currency="CHF"), sums(y2026=(9_900_01, 0)), "auto", ""),
        (SMALL, sums(y2026=(0, 24_900_00)), "auto", ""),
        (SMALL, sums(y2026=(0, 24_900_01)), "auto", "from next year on"),
        (SMALL, sums(y2026=(0, 25_000_01)), "auto", ""),
        (SMALL, sums(y2026=(0, 99_900_00)), "auto", ""),
        (SMALL, sums(y2026=(0, 99_900_01)), "auto", "taxed already"),
        (SMALL, sums(y2025=(0, 25_000_01)), "auto", "Last year"),
    ],
)
def test_the_owner_is_told_when_a_bill_crosses_a_limit(
    document: Document, before: Sums, oss: str, told: str
) -> None:
    found = list(warnings(document, before, oss, "DE"))
    assert [problem.is_warning for problem in found] == [True] * bool(told)
    assert told in "".join(problem.message.id for problem in found)
