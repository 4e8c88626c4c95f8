"""The list of bills: amounts with their sign, sums per tax case and rate, missing numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, DocumentKind, Line, Recipient, TaxCase
from shopdesk.domain.money import Money
from shopdesk.domain.month_end import MOST_MISSING, listed, numbers_of, per_kind, summed
from shopdesk.domain.totals import totals

DAY = dt.date(2026, 10, 5)


def bill(*prices: str, kind: DocumentKind = DocumentKind.INVOICE, **more: object) -> Document:
    lines = tuple(Line(text="Kissen", unit_price=Decimal(price), vat_rate=Decimal(19)) for price in prices)
    made = Document(kind=kind, id=1, number="R-2026-0001", date=DAY, lines=lines, tax_case=TaxCase.DOMESTIC)
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_row_tells_what_the_adviser_books() -> None:
    recipient = Recipient(
        company="Desislava Ivanova EOOD", address=Address(("ul. 1",), "5300", "Gabrovo", "BG")
    )
    row = listed(bill("119.00", recipient=recipient, delivery_month="2026-09"))
    assert (row.net, row.vat, row.gross) == (Money(10000), Money(1900), Money(11900))
    assert (row.country, row.supply) == ("BG", (dt.date(2026, 9, 1), dt.date(2026, 9, 30)))


def test_a_credit_note_is_stored_positive_and_counts_negative() -> None:
    row = listed(bill("119.00", kind=DocumentKind.CREDIT_NOTE))
    assert (row.net, row.gross, row.payable) == (Money(-10000), Money(-11900), Money(-11900))
    assert row.parts[0].vat == Money(-1900)


def test_an_oss_country_is_summed_up_apart_and_a_domestic_one_is_not() -> None:
    def to(country: str, case: TaxCase, rate: int) -> Document:
        recipient = Recipient(address=Address(("x",), "1", "y", country))
        line = Line(text="Kissen", unit_price=Decimal(120), vat_rate=Decimal(rate))
        return bill(recipient=recipient, tax_case=case, lines=(line,))

    rows = [
        listed(to("BG", TaxCase.OSS, 20)),
        listed(to("AT", TaxCase.OSS, 20)),
        listed(to("AT", TaxCase.DOMESTIC, 19)),
        listed(to("DE", TaxCase.DOMESTIC, 19)),
    ]
    keys = [(one.key.tax_case, one.key.country, one.count) for one in summed(rows)]
    assert keys == [(TaxCase.DOMESTIC, "", 2), (TaxCase.OSS, "AT", 1), (TaxCase.OSS, "BG", 1)]


@given(
    baskets=st.lists(
        st.tuples(
            st.sampled_from([DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEPOSIT_INVOICE]),
            st.lists(st.tuples(st.integers(1, 99_999), st.sampled_from([19, 7])), min_size=1, max_size=4),
        ),
        max_size=6,
    )
)
def test_every_sum_is_the_sum_of_its_bills_to_the_cent(
    baskets: list[tuple[DocumentKind, list[tuple[int, int]]]],
) -> None:
    documents = [
        bill(
            kind=kind,
            lines=tuple(
                Line(text="x", unit_price=Decimal(cents).scaleb(-2), vat_rate=Decimal(rate))
                for cents, rate in lines
            ),
        )
        for kind, lines in baskets
    ]
    rows = [listed(document) for document in documents]
    gross = sum(
        (-1 if document.kind == DocumentKind.CREDIT_NOTE else 1) * totals(document).gross.minor
        for document in documents
    )
    assert sum(one.gross.minor for one in summed(rows)) == gross
    assert sum(one.gross.minor for one in per_kind(rows)) == gross
    assert sum(one.net.minor for one in summed(rows)) == sum(row.net.minor for row in rows)


@pytest.mark.parametrize(
    ("taken", "before", "everywhere", "gaps"),
    [
        ([5, 6, 7], 4, [4, 5, 6, 7], ()),
        ([5, 7], 4, [4, 5, 7], (6,)),
        ([5, 7], 4, [4, 5, 6, 7], ()),  # 6 is dated in another month
        ([7], 4, [4, 7], (5, 6)),  # what is missing since the last number before
        ([7], 0, [7], ()),  # the first number of a shop that moved in
        ([7, 5], 0, [5, 7], (6,)),
    ],
)
def test_a_number_is_missing_when_nobody_carries_it(
    taken: list[int], before: int, everywhere: list[int], gaps: tuple[int, ...]
) -> None:
    report = numbers_of("invoice", 2026, {n: f"R-{n}" for n in taken}, before, frozenset(everywhere), 0)
    assert (report.first, report.last, report.count) == (f"R-{min(taken)}", f"R-{max(taken)}", len(taken))
    assert report.gaps == gaps


def test_a_start_that_leaves_out_millions_costs_nothing() -> None:
    taken = {3: "R-3", 900_000_001: "R-900000001"}
    told = numbers_of("invoice", 2026, taken, 0, frozenset(taken), 0, [(4, 900_000_000), (1, 0)])
    assert told.gaps == ()
    assert len(numbers_of("invoice", 2026, taken, 0, frozenset(taken), 0).gaps) == MOST_MISSING
