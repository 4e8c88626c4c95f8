"""Payments that were made before the invoice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Means, Prepayment
from shopdesk.ui.documents.payments_made import PaymentsMade, read_past_day
from tests.ui.documents.conftest import Desk

Key = Qt.Key
TODAY = dt.date(2026, 11, 23)


def _payments(desk: Desk) -> PaymentsMade:
    page = desk.page
    assert page.editor is not None
    page.editor.show_more(shown=True)
    return page.editor.more.payments


def test_one_key_enters_what_is_still_to_pay_and_the_total_says_what_is_left(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    payments = _payments(desk)
    payments.add_button.click()
    assert desk.document.prepaid == (Prepayment(Decimal("100.00"), Means.CARD, TODAY),)
    desk.type("40")
    desk.press(Key.Key_Return)
    assert desk.document.prepaid[0].amount == Decimal(40)
    assert page.editor is not None
    assert "40,00" in page.editor.totals.open.text()
    assert "60,00" in page.editor.totals.open.text()
    payments.add_button.click()
    assert [payment.amount for payment in desk.document.prepaid] == [Decimal(40), Decimal("60.00")]
    payments.rows[0].remove.click()
    assert [payment.amount for payment in desk.document.prepaid] == [Decimal("60.00")]
    page.leaving()
    assert page.session is not None
    assert not page.session.is_dirty


def test_cash_needs_its_slip_and_says_so_at_the_field(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    payments = _payments(desk)
    payments.add()
    (row,) = payments.rows
    row.means.setCurrentIndex(row.means.findData(Means.EXTERNAL_TILL))
    row.means.activated.emit(row.means.currentIndex())
    assert not row.fields["reference"].problem.isHidden()
    assert not page._is_ready(send=False)
    assert QApplication.focusWidget() is row.reference
    desk.type("Bon 4711")
    assert row.fields["reference"].problem.isHidden()
    assert desk.document.prepaid[0].reference == "Bon 4711"


@pytest.mark.parametrize(("typed", "wrong"), [("0", "amount"), ("-5", "amount"), ("1,234", "amount")])
def test_an_amount_that_is_no_payment_is_told_at_its_field(
    desk: Desk, caller: Customer, typed: str, wrong: str
) -> None:
    desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    payments = _payments(desk)
    payments.add()
    payments.rows[0].amount.clear()
    desk.type(typed)
    desk.press(Key.Key_Return)
    field = payments.rows[0].fields[wrong]
    assert not field.problem.isHidden()


def test_undo_takes_a_payment_back_and_a_quote_offers_none(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    payments = _payments(desk)
    payments.add()
    page.undo()
    assert desk.document.prepaid == ()
    assert payments.rows == []
    desk.begin("quote", caller)
    assert _payments(desk).isHidden()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", TODAY),
        ("15", dt.date(2026, 11, 15)),
        ("28.", dt.date(2026, 10, 28)),
        ("24.12.", dt.date(2025, 12, 24)),
        ("mo", TODAY),
        ("fr", dt.date(2026, 11, 20)),
    ],
)
def test_the_day_of_a_payment_is_the_last_such_day(typed: str, day: dt.date) -> None:
    assert read_past_day(typed, TODAY) == day
