"""What we write is what the program reads when it comes in: two writers of the same terms, one story."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest

from shopdesk.domain.document_rules import check
from shopdesk.domain.documents import Means, Prepayment
from shopdesk.domain.received_invoice_rules import judge as read_verdict
from shopdesk.domain.totals import totals
from shopdesk.intake.einvoice.reading import read
from shopdesk.output.einvoice.profiles import FACTUR_X, XRECHNUNG, Profile
from shopdesk.usecases.tax import vat_rates
from tests.output.einvoice.invoices import CASES, variants
from tests.output.einvoice.kinds import every_kind
from tests.output.einvoice.official import Verdict
from tests.output.einvoice.reading import all_of, one, xml
from tests.output.einvoice.test_xrechnung import TOWN

KINDS = dict(every_kind(replace(CASES["mixed rates"], recipient=TOWN, order_reference="B-1")))


@pytest.mark.parametrize("profile", [FACTUR_X, XRECHNUNG])
@pytest.mark.parametrize("kind", KINDS)
def test_the_reader_finds_what_the_writer_said(kind: str, profile: Profile) -> None:
    document = KINDS[kind]
    sums = totals(document)
    found = read(xml(document, profile))
    assert read_verdict(found).problems == ()
    assert (found.number, found.issued) == (document.number, document.date)
    assert found.totals.net == sums.net.amount
    assert found.totals.vat == sums.vat_amount.amount
    assert found.totals.gross == sums.gross.amount
    assert found.totals.payable == sums.payable.amount
    assert [(row.category, row.rate, row.base, row.amount) for row in found.vat] == [
        (row.category, row.rate, row.base.amount, row.amount.amount) for row in sums.vat
    ]
    assert found.unreadable == ()
    assert found.buyer_reference == TOWN.buyer_reference
    named = {deposit.reference.number for deposit in document.deposits}
    assert named <= set(found.preceding)
    assert found.order == document.order_reference


@pytest.mark.parametrize("kind", KINDS)
def test_all_rules_of_every_kind_take_less_than_a_millisecond(kind: str) -> None:
    document, rates = KINDS[kind], vat_rates()
    taken = []
    for _ in range(40):
        totals.cache_clear()
        begun = time.process_time_ns()
        check(document, rates)
        taken.append(time.process_time_ns() - begun)
    assert min(taken) < 1_000_000


@pytest.mark.parametrize(
    ("means", "code", "in_xrechnung"),
    [(Means.CARD, ["48"], "1"), (Means.ONLINE, ["68"], "68"), (Means.EXTERNAL_TILL, ["10"], "10"),
     (Means.VOUCHER, [], "1")],
)  # fmt: skip
def test_what_was_paid_on_the_spot_says_how(
    means: Means, code: list[str], in_xrechnung: str, judge: Callable[[bytes], Verdict]
) -> None:
    document = replace(CASES["domestic"], recipient=TOWN)
    paid = (Prepayment(totals(document).gross.amount, means, reference="4711"),)
    document = replace(document, prepaid=paid)
    group = ("SpecifiedTradeSettlementPaymentMeans", "TypeCode")
    assert all_of(xml(document), *group) == code
    assert one(xml(document, XRECHNUNG), *group) == in_xrechnung
    assert one(xml(document), "DuePayableAmount") == "0.00"
    assert judge(xml(document)).is_valid


def test_every_surrounding_is_read_back_too() -> None:
    for variant in variants(CASES["three rates"]).values():
        for _, document in every_kind(variant):
            found = read(xml(document))
            assert read_verdict(found).problems == ()
            assert sum((line.net or D(0) for line in found.lines), D(0)) == found.totals.lines
