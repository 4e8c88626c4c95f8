"""Payments, open items and the statement always agree, whatever was paid, discounted, corrected or taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.customer_statements import Correction, entries, statement
from shopdesk.domain.documents import CashDiscount, DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payment_checks import check
from shopdesk.domain.payment_plans import planned, short_of, suggest
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    Booked,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentRules,
    PaymentState,
    cash_discount_offer,
    standing,
)

DAY = dt.date(2026, 11, 1)
RULES = PaymentRules()


def bill(at: int, minor: int, credited: int = 0, terms: CashDiscount | None = None) -> BillAccount:
    zero = Money(0)
    day = DAY + dt.timedelta(days=at)
    return BillAccount(
        at, f"R-{at}", DocumentKind.INVOICE, day, day + dt.timedelta(days=14), 1, "Ivanova",
        Money(minor), Money(credited), zero, zero, zero, cash_discount=terms,
    )  # fmt: skip


def after(value: BillAccount, parts: list[Allocation]) -> BillAccount:
    from dataclasses import replace

    mine = [part for part in parts if part.document_id == value.document_id]
    return replace(
        value,
        paid=Money(sum(part.amount.minor for part in mine)),
        discounted=Money(sum(part.cash_discount for part in mine)),
        written_off=Money(sum(part.written_off for part in mine)),
    )


@pytest.mark.parametrize(
    ("owed", "settled", "days", "state"),
    [
        (100, 0, 0, PaymentState.OPEN),
        (100, 0, 1, PaymentState.OVERDUE),
        (100, 40, 0, PaymentState.PART_PAID),
        (100, 40, 1, PaymentState.OVERDUE),
        (100, 100, 9, PaymentState.PAID),
        (100, 120, 9, PaymentState.OVERPAID),
        (0, 0, 9, PaymentState.PAID),
    ],
)
def test_how_a_bill_stands(owed: int, settled: int, days: int, state: PaymentState) -> None:
    found = standing(Money(owed), Money(settled), DAY, DAY + dt.timedelta(days=days))
    assert (found.state, found.open) == (state, Money(owed - settled))


TERMS = st.none() | st.builds(CashDiscount, st.sampled_from([Decimal(2), Decimal(3)]), st.integers(1, 14))
BILLS = st.lists(st.tuples(st.integers(1, 500_00), st.integers(0, 20_00), TERMS), min_size=1, max_size=5)
PAID = st.lists(st.tuples(st.integers(1, 600_00), st.integers(0, 30)), max_size=6)


@given(BILLS, PAID, st.integers(0, 500), st.sets(st.integers(0, 5)))
def test_payments_open_items_and_the_statement_always_agree(
    rows: list[tuple[int, int, CashDiscount | None]],
    paid: list[tuple[int, int]],
    write_off: int,
    taken_back: set[int],
) -> None:
    bills = [bill(at, minor, min(less, minor), terms) for at, (minor, less, terms) in enumerate(rows)]
    parts: list[Allocation] = []
    booked: list[Booked] = []
    for at, (minor, days) in enumerate(paid):
        standing_bills = [after(each, parts) for each in bills]
        day = DAY + dt.timedelta(days=days)
        found = suggest(standing_bills, Money(minor), day, RULES.tolerance_days)
        if at % 2:
            owing = [each for each in standing_bills if each.open.minor > 0]
            found = planned(owing, Money(minor), {}, write_off)
        payment = Payment(day, Money(minor), reason="Bankgebühr")
        check(payment, found, {each.document_id: each for each in standing_bills}, RULES)
        if at not in taken_back:
            booked.append(Booked(payment, found))
            parts += found
    accounts = [after(each, parts) for each in bills]
    corrections = [
        Correction(99, "K", DocumentKind.CREDIT_NOTE, each.day, each.credited)
        for each in bills
        if each.credited
    ]
    last = DAY + dt.timedelta(days=60)
    value = statement(entries(accounts, corrections, booked), DAY + dt.timedelta(days=3), last, "EUR")
    credit = sum(each.unallocated.minor for each in booked)
    assert value.closing.minor == sum(each.open.minor for each in accounts) - credit
    money = sum(each.payment.amount.minor for each in booked)
    assert money == sum(each.paid.minor for each in accounts) + credit
    assert all(each.open.minor >= 0 for each in accounts)
    assert value.opening.minor + sum(line.entry.amount.minor for line in value.lines) == value.closing.minor


@given(BILLS, st.integers(1, 2_000_00))
def test_a_plan_never_settles_more_than_is_open_and_never_spends_more_than_was_paid(
    rows: list[tuple[int, int, CashDiscount | None]], minor: int
) -> None:
    bills = [bill(at, each, 0, terms) for at, (each, _less, terms) in enumerate(rows)]
    discounts = {
        each.document_id: offer.amount.minor
        for each in bills
        if (offer := cash_discount_offer(each)) is not None
    }
    parts = planned(bills, Money(minor), discounts, 500)
    by_id = {each.document_id: each for each in bills}
    assert sum(part.amount.minor for part in parts) <= minor
    assert all(part.settled <= by_id[part.document_id].open for part in parts)
    if not short_of(bills, Money(minor), discounts):
        assert all(after(each, list(parts)).open.minor == 0 for each in bills)


@pytest.mark.parametrize(
    ("payment", "code"),
    [
        (Payment(DAY, Money(-5)), "payment-sign"),
        (Payment(DAY, Money(0)), "payment-sign"),
        (Payment(DAY, Money(5), PaymentKind.REFUND), "payment-sign"),
        (Payment(DAY, Money(5), PaymentKind.WRITE_OFF), "payment-sign"),
        (Payment(DAY, Money(5), PaymentKind.EXTERNAL_TILL), "payment-slip"),
        (Payment(DAY, Money(5, "CHF")), "payment-currency"),
    ],
)
def test_what_makes_no_sense_is_refused(payment: Payment, code: str) -> None:
    part = Allocation(1, Money(5))
    with pytest.raises(PaymentRefused) as refusal:
        check(payment, [part], {1: bill(1, 100)}, RULES)
    assert refusal.value.code == code
