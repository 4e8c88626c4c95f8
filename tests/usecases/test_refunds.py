"""Never more goes back than came in: after a discount, on the spot, of orders, of credit (PRODUCT.md, S6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import CashDiscount, Document, Line, Means, Prepayment
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentKind, PaymentRefused, PaymentState
from shopdesk.usecases import (
    chains,
    customer_statements,
    customers,
    documents,
    issuing,
    payments,
    sample_shop,
)
from shopdesk.usecases.shop import Shop

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(open_shop: Shop) -> Shop:
    return open_shop


def eur(amount: str) -> Money:
    return Money.of(amount)


def _issued(shop: Shop, draft: Document) -> int:
    stored = draft if draft.id else documents.save_draft(shop, draft)
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def _written(shop: Shop, kind: str = "invoice", amount: str = "100", **more: object) -> int:
    customer = customers.create(shop, sample_shop.sample().caller).id
    draft = replace(
        documents.start(shop, kind, customer), lines=(Line(text="Matratze", unit_price=Decimal(amount)),)
    )
    return _issued(shop, replace(draft, **more))  # type: ignore[arg-type]


def _followed(shop: Shop, origin: int, kind: str, amount: str = "") -> int:
    draft = chains.follow_up(shop, origin, kind)
    if amount:
        line = Line(text="Teil", unit_price=Decimal(amount))
        draft = documents.save_draft(shop, replace(draft, lines=(line,), reason="Nachlass", prepaid=()))
    return _issued(shop, draft)


def _paid(shop: Shop, bill: int, amount: str, discount: int = 0, off: int = 0) -> int:
    part = Allocation(bill, eur(amount), discount, off)
    booked, _undo = payments.book(shop, Payment(DAY, eur(amount), reason="Kulanz"), [part])
    return booked.payment.id or 0


def _back(shop: Shop, bill: int, amount: str) -> int:
    payment = Payment(DAY, -eur(amount), PaymentKind.REFUND, reason="zurück")
    booked, _undo = payments.book(shop, payment, [Allocation(bill, -eur(amount))])
    return booked.payment.id or 0


def _balance(shop: Shop, bill: int) -> Money:
    customer = payments.accounts(shop, [bill])[bill].customer_id
    return customer_statements.of_customer(shop, customer or 0).closing


@pytest.mark.parametrize(
    ("money", "discount", "off", "kind", "credited", "back"),
    [
        ("98", 200, 0, "cancellation", "", "98"),
        ("98", 200, 0, "credit_note", "100", "98"),
        ("98", 200, 0, "credit_note", "50", "49"),  # the discount stays for what is kept
        ("99.70", 0, 30, "cancellation", "", "99.70"),
        ("99.70", 0, 30, "credit_note", "50", "49.70"),  # 50 are kept and paid: nothing is missing
        ("97.70", 200, 30, "cancellation", "", "97.70"),
        ("60", 0, 0, "cancellation", "", "60"),
    ],
)
def test_what_was_discounted_or_written_off_never_goes_back_as_money(
    shop: Shop, money: str, discount: int, off: int, kind: str, credited: str, back: str
) -> None:
    bill = _written(shop, cash_discount=CashDiscount(Decimal(2), 7))
    _paid(shop, bill, money, discount, off)
    _followed(shop, bill, kind, credited)
    account = payments.accounts(shop, [bill])[bill]
    assert account.refundable == eur(back)
    assert [item.open for item in payments.open_items(shop)] == [-eur(back)]
    assert _balance(shop, bill) == -eur(back)
    with pytest.raises(PaymentRefused):
        _back(shop, bill, str(Decimal(back) + Decimal("0.01")))
    _back(shop, bill, back)
    assert payments.open_items(shop) == ()
    assert not _balance(shop, bill)


def test_a_discount_of_what_was_corrected_before_is_not_cut_again(shop: Shop) -> None:
    bill = _written(shop, cash_discount=CashDiscount(Decimal(2), 7))
    _followed(shop, bill, "credit_note", "50")
    _paid(shop, bill, "49", 100)
    assert payments.open_items(shop) == ()


def test_what_was_paid_on_the_spot_is_to_be_given_back_once_the_invoice_is_cancelled(shop: Shop) -> None:
    bill = _written(shop, prepaid=(Prepayment(Decimal(100), Means.CARD, DAY),))
    assert not payments.accounts(shop, [bill])[bill].open
    _followed(shop, bill, "cancellation")
    account = payments.accounts(shop, [bill])[bill]
    assert (account.open, account.standing(DAY).state) == (eur("-100"), PaymentState.OVERPAID)
    assert _balance(shop, bill) == eur("-100")
    _back(shop, bill, "100")
    assert payments.accounts(shop, [bill])[bill].standing(DAY).state == PaymentState.CANCELLED
    assert not _balance(shop, bill)


def test_a_payment_stays_while_its_refund_stands(shop: Shop) -> None:
    bill = _written(shop)
    paid = _paid(shop, bill, "100")
    _followed(shop, bill, "cancellation")
    back = _back(shop, bill, "100")
    with pytest.raises(PaymentRefused, match="paid back since"):
        payments.take_back(shop, paid)
    with pytest.raises(PaymentRefused, match="paid back since"):
        payments.take_off(shop, paid, bill)
    assert payments.accounts(shop, [bill])[bill].standing(DAY).state == PaymentState.CANCELLED
    undo = payments.take_back(shop, back)
    payments.take_back(shop, paid)
    with pytest.raises(PaymentRefused):  # nothing is there any more that could go back
        undo.run(shop)


def test_an_order_that_is_called_off_gives_back_what_was_paid_and_is_waited_for_no_more(shop: Shop) -> None:
    order = _written(shop, "order_confirmation", "300", prepay=True)
    _paid(shop, order, "300")
    with pytest.raises(PaymentRefused):
        _back(shop, order, "300.01")
    back = _back(shop, order, "300")
    account = payments.accounts(shop, [order])[order]
    assert (account.open.minor, account.standing(DAY).state) == (0, PaymentState.CANCELLED)
    assert payments.open_items(shop) == ()
    assert not _balance(shop, order)
    payments.take_back(shop, back)
    assert payments.accounts(shop, [order])[order].refundable == eur("300")


def test_what_a_cheaper_invoice_leaves_of_the_orders_money_goes_back(shop: Shop) -> None:
    order = _written(shop, "order_confirmation", "300", prepay=True)
    _paid(shop, order, "300")
    draft = chains.follow_up(shop, order, "invoice")
    line = Line(text="Matratze", unit_price=Decimal(270))
    bill = _issued(shop, documents.save_draft(shop, replace(draft, lines=(line,))))
    assert not payments.accounts(shop, [bill])[bill].open
    assert payments.accounts(shop, [order])[order].refundable == eur("30")
    _back(shop, order, "30")
    assert payments.open_items(shop) == ()
    assert not _balance(shop, order)


def test_after_a_cancelled_invoice_the_money_lies_on_the_order_and_goes_back_from_there(shop: Shop) -> None:
    order = _written(shop, "order_confirmation", "300", prepay=True)
    _paid(shop, order, "300")
    bill = _followed(shop, order, "invoice")
    _followed(shop, bill, "cancellation")
    _back(shop, order, "300")
    assert payments.open_items(shop) == ()
    assert not _balance(shop, order)


def test_credit_that_went_back_is_used_for_no_other_bill(shop: Shop) -> None:
    bill = _written(shop)
    customer = payments.accounts(shop, [bill])[bill].customer_id or 0
    parts = [Allocation(bill, eur("100"))]
    booked, _undo = payments.book(shop, Payment(DAY, eur("120"), customer_id=customer), parts)
    payment_id = booked.payment.id or 0
    for amount in ("20.01", "20"):
        back = Payment(DAY, -eur(amount), PaymentKind.REFUND, customer, reason="zu viel")
        if amount == "20":
            payments.book(shop, back, [])
        else:
            with pytest.raises(PaymentRefused, match="cannot be paid back"):
                payments.book(shop, back, [])
    assert not payments.get(shop, payment_id).credit
    assert not _balance(shop, bill)
    other = documents.start(shop, "invoice", customer)
    line = Line(text="Bezug", unit_price=Decimal(20))
    _issued(shop, documents.save_draft(shop, replace(other, lines=(line,))))
    with pytest.raises(PaymentRefused):
        payments.settle_with_credit(shop, payment_id)
    with pytest.raises(PaymentRefused, match="paid back since"):
        payments.take_back(shop, payment_id)
