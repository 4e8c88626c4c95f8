"""“412 ⏎”: which bill is meant by a number or an amount, and what is booked then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import CashDiscount, Fulfilment, Line
from shopdesk.domain.money import Money
from shopdesk.domain.payments import PaymentKind, PaymentRefused, PaymentState
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    paying_by_number,
    payments,
    sample_shop,
    search,
)
from shopdesk.usecases.paying_by_number import Payable
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


def bill(shop: Shop, customer: int, euros: str, **more: object) -> int:
    draft = documents.start(shop, "invoice", customer)
    line = Line(text="Matratze", unit_price=Decimal(euros))
    draft = documents.save_draft(shop, replace(draft, lines=(line,), **more))  # type: ignore[arg-type]
    return issuing.issue(shop, draft.id or 0, send=False).document.id or 0


def meant(shop: Shop, text: str) -> tuple[Payable, ...]:
    named = [hit.id for hit in search.find(shop, text) if hit.type == "document"]
    return paying_by_number.payable(shop, text, named)


def test_the_last_digits_name_the_open_invoice_and_one_call_books_it_in_full(
    open_shop: Shop, customer: int
) -> None:
    first, second = bill(open_shop, customer, "295.55"), bill(open_shop, customer, "100")
    (found,) = meant(open_shop, "001")
    assert (found.bill.document_id, found.is_sure) == (first, True)
    assert paying_by_number.can_leave(open_shop, first) is False
    booked, undo = paying_by_number.book(open_shop, found)
    assert (booked.payment.day, booked.payment.kind) == (TODAY, PaymentKind.TRANSFER)
    assert booked.payment.amount == Money.of("295.55")
    assert payments.accounts(open_shop, [first])[first].standing(TODAY).state is PaymentState.PAID
    assert paying_by_number.can_leave(open_shop, first) is True
    assert meant(open_shop, "001") == ()  # nothing is open there any more
    with pytest.raises(PaymentRefused):
        paying_by_number.book(open_shop, found)
    undo.run(open_shop)
    assert [each.bill.document_id for each in meant(open_shop, "0001")] == [first]
    assert [each.bill.document_id for each in meant(open_shop, "R-2026-0002")] == [second]


def test_a_mistyped_number_is_only_guessed(open_shop: Shop, customer: int) -> None:
    first = bill(open_shop, customer, "295.55")
    assert [(each.bill.document_id, each.is_sure) for each in meant(open_shop, "R-2062-0001")] == [
        (first, False)
    ]


def test_an_amount_names_the_only_bill_of_which_so_much_is_open(open_shop: Shop, customer: int) -> None:
    first = bill(open_shop, customer, "295.55")
    assert [(each.bill.document_id, each.is_sure) for each in meant(open_shop, "295,55")] == [(first, True)]
    bill(open_shop, customer, "295.55")
    assert [each.is_sure for each in meant(open_shop, "295,55 €")] == [False, False]
    assert meant(open_shop, "295,56") == ()


def test_what_is_open_counts_and_not_what_was_billed(open_shop: Shop, customer: int) -> None:
    first = bill(open_shop, customer, "300")
    part = replace(meant(open_shop, "300,00")[0].part, amount=Money.of("100"))
    found = meant(open_shop, "300,00")[0]
    paying_by_number.book(open_shop, replace(found, part=part))
    assert meant(open_shop, "300,00") == ()
    assert [each.bill.document_id for each in meant(open_shop, "200,00")] == [first]


def test_with_a_cash_discount_the_number_asks_and_the_amount_decides(open_shop: Shop, customer: int) -> None:
    first = bill(open_shop, customer, "200", cash_discount=CashDiscount(Decimal(2), 7))
    (by_number,) = meant(open_shop, "001")
    assert (by_number.is_sure, by_number.part.cash_discount) == (False, 400)
    (reduced,) = meant(open_shop, "196,00")
    assert (reduced.bill.document_id, reduced.is_sure, reduced.part.cash_discount) == (first, True, 400)
    (whole,) = meant(open_shop, "200,00")
    assert (whole.is_sure, whole.part.cash_discount, whole.part.amount) == (True, 0, Money.of("200"))


def test_bills_of_before_payments_were_followed_and_cancelled_ones_are_not_meant(
    open_shop: Shop, customer: int
) -> None:
    first = bill(open_shop, customer, "80")
    payments.save_rules(open_shop, replace(payments.rules(open_shop), since=TODAY + dt.timedelta(1)))
    assert meant(open_shop, "001") == meant(open_shop, "80,00") == ()
    payments.save_rules(open_shop, replace(payments.rules(open_shop), since=None))
    draft = chains.follow_up(open_shop, first, "cancellation")
    issuing.issue(open_shop, draft.id or 0, send=False)
    assert meant(open_shop, "001") == meant(open_shop, "80,00") == ()


def test_what_is_fetched_or_left_already_is_not_told_to_be_ready(open_shop: Shop, customer: int) -> None:
    fetched = bill(open_shop, customer, "80", fulfilment=Fulfilment.PICKUP)
    shipped = bill(open_shop, customer, "90")
    for text in ("80,00", "90,00"):
        paying_by_number.book(open_shop, meant(open_shop, text)[0])
    assert [paying_by_number.can_leave(open_shop, each) for each in (fetched, shipped)] == [False, True]
    draft = chains.follow_up(open_shop, shipped, "delivery_note")
    issuing.issue(open_shop, draft.id or 0, send=False)
    assert not paying_by_number.can_leave(open_shop, shipped)
