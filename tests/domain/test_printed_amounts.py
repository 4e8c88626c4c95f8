"""What the paper shows beside the totals follows them in either kind of prices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import CashDiscount, Discount, Document, Line, LineKind, Prices
from shopdesk.domain.money import Money
from shopdesk.domain.printed_amounts import before_discount, cash_discount, line_discount, listed, unit_price
from shopdesk.domain.totals import LineTotal, totals

D = Decimal
BED = Line(text="Bett", quantity=D(2), unit_price=D("119.00"), discount_percent=D(10))


def _first(document: Document) -> LineTotal:
    total = totals(document).lines[0]
    assert total is not None
    return total


@pytest.mark.parametrize(
    ("prices", "show", "price", "before", "less"),
    [
        (Prices.GROSS, Prices.GROSS, "119.00", 23800, 2380),
        (Prices.GROSS, Prices.NET, "100.0000", 20000, 2000),
        (Prices.NET, Prices.NET, "119.00", 23800, 2380),
        (Prices.NET, Prices.GROSS, "141.6100", 28322, 2832),
    ],
)
def test_a_price_is_shown_net_or_gross(
    prices: Prices, show: Prices, price: str, before: int, less: int
) -> None:
    document = Document(lines=(BED,), prices=prices, show=show)
    total = _first(document)
    assert unit_price(document, BED, total) == D(price)
    assert listed(document, total) == Money(before)
    assert line_discount(document, BED, total) == Money(less)


def test_a_gift_keeps_its_worth() -> None:
    gift = replace(BED, discount_percent=D(100))
    document = Document(lines=(gift,), show=Prices.NET)
    assert _first(document).shown(Prices.NET) == Money(0)
    assert listed(document, _first(document)) == Money(20000)


def test_a_discount_line_shows_a_negative_price() -> None:
    line = Line(kind=LineKind.DISCOUNT, text="Bonus", unit_price=D(10))
    document = Document(lines=(BED, line))
    total = totals(document).lines[1]
    assert total is not None
    assert unit_price(document, line, total) == D(-10)


def test_no_price_is_no_price() -> None:
    document = Document(lines=(replace(BED, unit_price=None),))
    assert unit_price(document, document.lines[0], _first(document)) is None


@given(
    st.lists(
        st.tuples(
            st.integers(1, 99),
            st.integers(0, 99_999),
            st.sampled_from([0, 5, 100]),
            st.sampled_from(["0", "7", "19"]),
            st.sampled_from([LineKind.GOODS, LineKind.POSTAGE]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(Prices),
    st.sampled_from(Prices),
)
def test_listed_less_discount_is_the_amount_in_every_row(
    rows: list[tuple[int, int, int, str, LineKind]], prices: Prices, show: Prices
) -> None:
    lines = tuple(
        Line(
            kind=kind,
            quantity=D(quantity),
            unit_price=D(cents) / 100,
            discount_percent=D(percent),
            vat_rate=D(rate) if kind == LineKind.GOODS else None,
        )
        for quantity, cents, percent, rate, kind in rows
    )
    document = Document(lines=lines, prices=prices, show=show, discount=Discount(percent=D(3)))
    sums = totals(document)
    shown = 0
    for line, total in zip(lines, sums.lines, strict=True):
        assert total is not None
        shown += total.shown(show).minor
        if line.discount_percent:
            assert listed(document, total) - line_discount(document, line, total) == total.shown(show)
    assert before_discount(document, sums) == Money(shown)


def test_cash_discount_is_rounded_half_up() -> None:
    document = Document(lines=(Line(unit_price=D("10.25")),), cash_discount=CashDiscount(D(2), 7))
    assert cash_discount(document, totals(document)) == Money(21)
    assert cash_discount(replace(document, cash_discount=None), totals(document)) == Money(0)
