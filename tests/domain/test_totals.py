from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import Discount, Document, Line, LineKind, Means, Prepayment, Prices, TaxCase
from shopdesk.domain.money import Money
from shopdesk.domain.totals import totals


def goods(price: str, quantity: str = "1", rate: str = "19", **more: object) -> Line:
    return Line(text="x", unit_price=D(price), quantity=D(quantity), vat_rate=D(rate), **more)  # type: ignore[arg-type]


def euros(value: Money) -> str:
    return str(value.amount)


def test_a_gross_price_quoted_on_the_phone_is_the_total() -> None:
    sums = totals(Document(lines=(goods("9.99", "3"),)))
    assert (euros(sums.gross), euros(sums.net), euros(sums.vat[0].amount)) == ("29.97", "25.18", "4.79")


def test_net_prices_round_vat_once_per_rate() -> None:
    sums = totals(Document(prices=Prices.NET, lines=(goods("0.33"), goods("0.33"), goods("0.33"))))
    assert (euros(sums.net), euros(sums.vat_amount), euros(sums.gross)) == ("0.99", "0.19", "1.18")


def test_the_mattress_order() -> None:
    lines = (
        Line(text="Rollmatratze", quantity=D(2), unit_price=D("123.03"), vat_rate=D(19)),
        Line(LineKind.POSTAGE, "Porto", unit_price=D("42.99")),
        Line(LineKind.PACKAGING, "Verpackung", unit_price=D("6.50")),
    )
    sums = totals(Document(lines=lines))
    assert euros(sums.gross) == "295.55"
    assert [(v.rate, euros(v.base), euros(v.amount)) for v in sums.vat] == [(D(19), "248.36", "47.19")]


def test_postage_follows_the_goods_and_splits_on_mixed_rates() -> None:
    lines = (goods("10.00"), goods("5.00", rate="7"), Line(LineKind.POSTAGE, "Porto", unit_price=D("5.99")))
    postage = totals(Document(lines=lines)).lines[2]
    assert postage is not None
    assert dict(postage.vat) == {("S", D(19)): 399, ("S", D(7)): 200}


def test_a_document_discount_is_split_over_the_rates() -> None:
    document = Document(lines=(goods("100"), goods("100", rate="7")), discount=Discount(amount=D(10)))
    sums = totals(document)
    assert euros(sums.gross) == "190.00"
    assert [euros(v.base + v.amount) for v in sums.vat] == ["95.00", "95.00"]


def test_a_line_at_100_percent_discount_is_free_and_keeps_its_value_visible() -> None:
    line = totals(Document(lines=(goods("59.90", discount_percent=D(100)), goods("10")))).lines[0]
    assert line is not None
    assert (euros(line.listed), euros(line.amount)) == ("59.90", "0.00")


def test_a_discount_line_is_subtracted() -> None:
    lines = (goods("100"), Line(LineKind.DISCOUNT, "Entschuldigung", unit_price=D(10)))
    assert euros(totals(Document(lines=lines)).gross) == "90.00"


def test_subtotals_show_what_has_come_so_far_and_notes_nothing() -> None:
    lines = (goods("10"), Line(LineKind.NOTE, "Hinweis"), goods("5"), Line(LineKind.SUBTOTAL, ""), goods("1"))
    sums = totals(Document(lines=lines))
    assert sums.lines[1] is None
    assert sums.lines[3] is not None
    assert euros(sums.lines[3].gross) == "15.00"
    assert euros(sums.gross) == "16.00"


@pytest.mark.parametrize(
    ("case", "category"),
    [
        (TaxCase.SMALL_BUSINESS, "E"),
        (TaxCase.REVERSE_CHARGE, "AE"),
        (TaxCase.INTRA_COMMUNITY, "K"),
        (TaxCase.EXPORT, "G"),
        (TaxCase.EXEMPT, "E"),
        (TaxCase.MARGIN_SCHEME, "E"),
    ],
)
def test_untaxed_cases_show_no_vat(case: TaxCase, category: str) -> None:
    sums = totals(Document(lines=(replace(goods("100"), vat_rate=None),), tax_case=case))
    assert [(v.category, v.rate, v.amount.minor) for v in sums.vat] == [(category, D(0), 0)]
    assert sums.net == sums.gross


def test_a_domestic_line_at_rate_zero_is_zero_rated() -> None:
    assert totals(Document(lines=(goods("100", rate="0"),))).vat[0].category == "Z"


def test_what_was_paid_is_not_payable() -> None:
    document = Document(lines=(goods("100"),), prepaid=(Prepayment(D(40), Means.CARD),))
    assert euros(totals(document).payable) == "60.00"


prices = st.decimals(0, 5000, places=2)
lines = st.builds(
    Line,
    kind=st.sampled_from([LineKind.GOODS, LineKind.SERVICE]),
    text=st.just("x"),
    quantity=st.decimals("0.001", 99, places=3),
    unit_price=prices,
    discount_percent=st.sampled_from([D(0), D(10), D("33.3"), D(100)]),
    vat_rate=st.sampled_from([D(19), D(7), D(0)]),
)
followers = st.builds(
    Line,
    kind=st.sampled_from([LineKind.POSTAGE, LineKind.PACKAGING, LineKind.DISCOUNT]),
    text=st.just("p"),
    unit_price=prices,
    vat_rate=st.none() | st.just(D(7)),
)
baskets = st.builds(
    Document,
    lines=st.tuples(st.lists(lines, min_size=1, max_size=6), st.lists(followers, max_size=3)).map(
        lambda parts: tuple(parts[0] + parts[1])
    ),
    prices=st.sampled_from(Prices),
    discount=st.none()
    | st.builds(Discount, percent=st.sampled_from([D(3), D("12.5"), D("99.9"), D(100)]))
    | st.builds(Discount, amount=prices),
    currency=st.sampled_from(["EUR", "JPY"]),
)


@given(baskets)
def test_every_column_sums_up_to_the_cent(document: Document) -> None:
    sums = totals(document)
    for shown, whole in ((Prices.NET, sums.net), (Prices.GROSS, sums.gross)):
        column = sum(line.shown(shown).minor for line in sums.lines if line)
        assert column - sums.discount(shown).minor == whole.minor
    assert sum(v.base.minor for v in sums.vat) == sums.net.minor
    assert sum(v.base.minor + v.amount.minor for v in sums.vat) == sums.gross.minor
    assert sums.payable == sums.gross


@given(baskets)
def test_no_discount_moves_a_line_more_than_a_cent_from_its_own_conversion(document: Document) -> None:
    net = document.prices == Prices.NET
    for line in totals(document).lines:
        if line is None:
            continue
        exact = sum(
            D(part) * (100 + key[1]) / 100 if net else D(part) * 100 / (100 + key[1])
            for key, part in line.vat
        )
        assert abs(D((line.gross if net else line.net).minor) - exact) < max(len(line.vat), 1)


def test_what_is_given_for_free_keeps_its_net_value() -> None:
    sums = totals(Document(lines=(goods("119"),), discount=Discount(percent=D(100))))
    assert sums.lines[0] is not None
    assert (euros(sums.lines[0].net), euros(sums.discount_net), euros(sums.net)) == (
        "100.00",
        "100.00",
        "0.00",
    )


@given(baskets)
def test_vat_stays_within_the_tolerance_of_the_rules(document: Document) -> None:
    # BR-CO-17, BR-S-09: base × rate, give or take less than one unit
    for row in totals(document).vat:
        assert abs(row.amount.amount - row.base.amount * row.rate / 100) < 1
        if document.prices == Prices.GROSS:
            assert (
                abs(row.amount.amount - row.base.amount * row.rate / 100)
                <= Money(1, document.currency).amount
            )
