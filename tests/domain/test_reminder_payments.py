"""What a reminder asked for beyond its bills is matched, booked and told so that no sum disagrees (S6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.customer_statements import entries, statement
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payment_checks import check
from shopdesk.domain.payment_matching import Confidence, OpenBills
from shopdesk.domain.payment_plans import planned, suggest
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    Booked,
    Payment,
    PaymentRefused,
    PaymentRules,
)
from shopdesk.domain.statements import Entry

DAY = dt.date(2026, 11, 23)
RULES = PaymentRules()


def bill(at: int, minor: int, charges: int = 0) -> BillAccount:
    zero = Money(0)
    day = DAY - dt.timedelta(days=40 - at)
    return BillAccount(
        at, f"R-2026-004{at}", DocumentKind.INVOICE, day, day + dt.timedelta(days=14), 1, "Desislava Ivanova",
        Money(minor), zero, zero, zero, zero, charges=charges,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("minor", "text", "confidence", "expected"),
    [
        (105_20, "R-2026-0041", Confidence.CERTAIN, {1: (100_00, 5_20)}),  # the sum of the reminder
        (100_00, "R-2026-0041", Confidence.CERTAIN, {1: (100_00, 0)}),  # without the fee
        (103_00, "R-2026-0041", Confidence.CERTAIN, {1: (100_00, 3_00)}),  # an older reminder's sum
        (108_00, "R-2026-0041", Confidence.LIKELY, {1: (100_00, 5_20)}),  # more than asked for
        (105_20, "danke", Confidence.LIKELY, {1: (100_00, 5_20)}),  # by the name
        (155_20, "R-2026-0041, R-2026-0042", Confidence.CERTAIN, {1: (100_00, 5_20), 2: (50_00, 0)}),
        (40_00, "R-2026-0041", Confidence.LIKELY, {1: (40_00, 0)}),  # the bill comes first
    ],
)
def test_a_transfer_pays_the_bill_with_what_its_reminder_asked_for(
    minor: int, text: str, confidence: Confidence, expected: dict[int, tuple[int, int]]
) -> None:
    bills = [bill(1, 100_00, 5_20), bill(2, 50_00)]
    found = OpenBills(bills).propose(Entry(DAY, DAY, Money(minor), "Desislava Ivanova", "", text))
    assert found is not None
    assert found.confidence == confidence
    assert {part.document_id: (part.amount.minor, part.charges) for part in found.allocations} == expected
    check(Payment(DAY, Money(minor)), found.allocations, {each.document_id: each for each in bills}, RULES)


def test_more_than_was_asked_for_is_refused() -> None:
    asked = bill(1, 100_00, 5_20)
    parts = [Allocation(1, Money(100_00), charges=5_21)]
    with pytest.raises(PaymentRefused) as refused:
        check(Payment(DAY, Money(200_00)), parts, {1: asked}, RULES)
    assert refused.value.code == "payment-charges"


@given(
    rows=st.lists(st.tuples(st.integers(1, 900_00), st.integers(0, 60_00)), min_size=1, max_size=4),
    paid=st.lists(st.integers(1, 1000_00), max_size=5),
)
def test_with_fees_too_the_statement_says_what_is_open_less_the_credit(
    rows: list[tuple[int, int]], paid: list[int]
) -> None:
    bills = [bill(at, minor, charges) for at, (minor, charges) in enumerate(rows)]
    booked: list[Booked] = []
    for number, minor in enumerate(paid):
        found = (suggest if number % 2 else _planned)(bills, Money(minor), DAY, 0)
        payment = Payment(DAY, Money(minor))
        check(payment, found, {each.document_id: each for each in bills}, RULES)
        booked.append(Booked(payment, found))
        bills = [_after(each, found) for each in bills]
    value = statement(entries(bills, (), booked), dt.date(2026, 1, 1), DAY, "EUR")
    credit = sum(each.unallocated.minor for each in booked)
    assert credit >= 0
    assert value.closing.minor == sum(each.open.minor for each in bills) - credit
    charges = sum(part.charges for each in booked for part in each.allocations)
    assert sum(paid) == sum(each.paid.minor for each in bills) + charges + credit
    assert all(each.open.minor >= 0 and each.charges >= 0 for each in bills)


def _planned(
    bills: list[BillAccount], amount: Money, _day: dt.date, _tolerance: int
) -> tuple[Allocation, ...]:
    return planned([each for each in bills if each.open.minor > 0], amount, {})


def _after(value: BillAccount, parts: tuple[Allocation, ...]) -> BillAccount:
    mine = [part for part in parts if part.document_id == value.document_id]
    return replace(
        value,
        paid=value.paid + Money(sum(part.amount.minor for part in mine)),
        charges=value.charges - sum(part.charges for part in mine),
    )


@pytest.mark.parametrize("amount", [2_50, 2_00])
def test_fees_that_come_after_the_invoice_was_paid_are_booked_for_it(amount: int) -> None:
    paid = replace(bill(1, 100_00, 2_50), paid=Money(100_00))
    for found in (suggest([paid], Money(amount), DAY, 0), planned([paid], Money(amount), {})):
        assert [(part.amount.minor, part.charges) for part in found] == [(0, amount)]
        check(Payment(DAY, Money(amount)), found, {1: paid}, RULES)


def test_late_fees_of_one_invoice_never_take_what_pays_another() -> None:
    paid = replace(bill(1, 100_00, 2_50), paid=Money(100_00))
    found = suggest([paid, bill(2, 50_00, 0)], Money(50_00), DAY, 0)
    assert [(part.document_id, part.amount.minor, part.charges) for part in found] == [(2, 50_00, 0)]
    exact = suggest([paid, bill(2, 50_00, 0)], Money(2_50), DAY, 0)
    assert [(part.document_id, part.charges) for part in exact] == [(1, 2_50)]


def test_the_bank_file_knows_the_fees_of_an_invoice_that_was_paid_before() -> None:
    paid = replace(bill(1, 100_00, 2_50), paid=Money(100_00))
    entry = Entry(DAY, DAY, Money(2_50), text=f"{paid.number} Mahngebühr")
    found = OpenBills([paid, bill(2, 50_00)]).propose(entry)
    assert found is not None
    assert [(part.document_id, part.amount.minor, part.charges) for part in found.allocations] == [
        (1, 0, 2_50)
    ]
    check(Payment(DAY, Money(2_50)), found.allocations, {1: paid}, RULES)
