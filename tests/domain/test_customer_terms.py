"""New documents begin with what was agreed with their customer; what was typed instead stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.customer_terms import check_card, with_agreed
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import CashDiscount, Discount, Document, DocumentKind
from shopdesk.domain.errors import ShopError

DAY = dt.date(2026, 11, 23)
SKONTO = CashDiscount(Decimal(2), 10)
HOTEL = Customer(payment_days=30, cash_discount=SKONTO, discount_percent=Decimal(5))
USUAL = 14


def draft(kind: DocumentKind = DocumentKind.INVOICE) -> Document:
    return Document(kind=kind, date=DAY, due=DAY + dt.timedelta(days=USUAL))


def test_an_invoice_begins_with_the_agreed_terms() -> None:
    found = with_agreed(draft(), HOTEL, USUAL)
    assert (found.due, found.cash_discount) == (dt.date(2026, 12, 23), SKONTO)
    assert found.discount == Discount(percent=Decimal(5))


def test_a_customer_without_terms_has_the_shops_own() -> None:
    assert with_agreed(draft(), Customer(), USUAL) == draft()


def test_payment_at_once_is_a_term_as_well() -> None:
    assert with_agreed(draft(), Customer(payment_days=0), USUAL).due == DAY


@pytest.mark.parametrize(
    ("kind", "has_due", "has_discount"),
    [
        (DocumentKind.QUOTE, False, True),
        (DocumentKind.ORDER_CONFIRMATION, False, True),
        (DocumentKind.DEPOSIT_INVOICE, True, False),
        (DocumentKind.DELIVERY_NOTE, False, False),
        (DocumentKind.PAYMENT_REMINDER, False, False),
        (DocumentKind.CREDIT_NOTE, False, False),
    ],
)
def test_each_kind_takes_the_terms_it_can_hold(kind: DocumentKind, has_due: bool, has_discount: bool) -> None:
    found = with_agreed(draft(kind), HOTEL, USUAL)
    assert (found.due != draft(kind).due, found.discount is not None) == (has_due, has_discount)


def test_another_customer_brings_his_terms_and_takes_the_first_ones_away() -> None:
    first = with_agreed(draft(), HOTEL, USUAL)
    assert with_agreed(first, Customer(), USUAL, HOTEL) == draft()


def test_what_was_typed_instead_of_the_terms_stays() -> None:
    typed = replace(
        with_agreed(draft(), HOTEL, USUAL),
        due=DAY,
        discount=Discount(amount=Decimal(50)),
        cash_discount=CashDiscount(Decimal(3), 7),
    )
    assert with_agreed(typed, Customer(payment_days=7), USUAL, HOTEL) == typed


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Customer(payment_days=-1), "payment_days"),
        (Customer(payment_days=400), "payment_days"),
        (Customer(cash_discount=CashDiscount(Decimal(2), 0)), "cash_discount"),
        (Customer(cash_discount=CashDiscount(Decimal(0), 10)), "cash_discount"),
        (Customer(discount_percent=Decimal(100)), "discount_percent"),
        (Customer(birthday=dt.date(2070, 3, 12)), "birthday"),
        (Customer(birthday=dt.date(1870, 3, 12)), "birthday"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(value: Customer, field: str) -> None:
    with pytest.raises(ShopError) as refused:
        check_card(value, DAY)
    assert refused.value.field == f"customer.{field}"


@pytest.mark.parametrize("value", [HOTEL, Customer(), Customer(birthday=dt.date(1970, 3, 12))])
def test_usual_terms_are_accepted(value: Customer) -> None:
    check_card(value, DAY)  # raises nothing
    assert with_agreed(draft(), value, USUAL).date == DAY
