"""Payments in the window: ⏎ ⏎ books what is due, several in one transfer, everything taken back with one key."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import CashDiscount, Line
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentKind, PaymentState
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.payments.page import PaymentsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.usecases import customers, documents, issuing, payments, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text


@pytest.fixture
def bills(shop: Shop) -> list[int]:
    """Invoices of 295.55 €, 100 € and 200 € with 2 % cash discount, due one after the other."""
    sample_shop.fill(shop)
    customer = customers.create(shop, replace(sample_shop.sample().caller, company="Hotel Balkan")).id
    found = []
    today = shop.clock.today()
    for days, euros, terms in (
        (1, "295.55", None),
        (2, "100", None),
        (3, "200", CashDiscount(Decimal(2), 7)),
    ):
        draft = replace(
            documents.start(shop, "invoice", customer),
            lines=(Line(text="Matratze", unit_price=Decimal(euros)),),
            due=today + dt.timedelta(days=days),
            cash_discount=terms,
        )
        stored = documents.save_draft(shop, draft)
        found.append(issuing.issue(shop, stored.id or 0, send=False).document.id or 0)
    first = payments.accounts(shop, found)[found[0]]
    payments.save_rules(shop, replace(payments.rules(shop), since=first.day))
    return found


def shown(window: MainWindow, document_id: int) -> PaymentsPage:
    window.open_page("payments")
    page = window.navigation.page
    assert isinstance(page, PaymentsPage)
    assert page.open.select(document_id)
    page.open.setFocus()
    return page


def state(shop: Shop, document_id: int) -> PaymentState:
    return payments.accounts(shop, [document_id])[document_id].standing(shop.clock.today()).state


def test_two_keys_book_paid_in_full_today_and_one_takes_it_back(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    page = shown(window, bills[0])
    press(Qt.Key.Key_Return)
    assert focused() is page.booking.amount
    press(Qt.Key.Key_Return)
    assert state(shop, bills[0]) == PaymentState.PAID
    (booked,) = payments.of_document(shop, bills[0])
    assert (booked.payment.amount, booked.payment.day) == (Money(295_55), shop.clock.today())
    control(Qt.Key.Key_Z)
    assert state(shop, bills[0]) == PaymentState.OPEN


def test_marked_invoices_are_paid_in_one_transfer_with_their_discount(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    page = shown(window, bills[1])
    page.open.mark([bills[1], bills[2]])
    assert page.booking.amount.value == Decimal("296.00")
    page.book()
    (booked,) = payments.of_document(shop, bills[2])
    assert [(each.document_id, each.cash_discount) for each in booked.allocations] == [
        (bills[1], 0),
        (bills[2], 4_00),
    ]
    assert page.open.marks == ()


def test_missing_cents_are_written_off_with_a_reason(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    page = shown(window, bills[1])
    page.booking.begin()
    type_text("99,70")
    assert not page.booking.write_off.isHidden()
    page.booking.write_off.setChecked(True)
    page.book()
    assert state(shop, bills[1]) == PaymentState.OPEN
    assert focused() is page.booking.reason
    type_text("Bankgebühr")
    press(Qt.Key.Key_Return)
    assert state(shop, bills[1]) == PaymentState.PAID


def test_cash_asks_for_the_slip_of_the_till(shop: Shop, window: MainWindow, bills: list[int]) -> None:
    page = shown(window, bills[1])
    page.booking.kind.set_value(PaymentKind.EXTERNAL_TILL)
    page.booking.kind.chosen.emit()
    assert not page.booking.slip_field.isHidden()
    page.book()
    assert (state(shop, bills[1]), focused()) == (PaymentState.OPEN, page.booking.slip)
    type_text("0815")
    press(Qt.Key.Key_Return)
    assert state(shop, bills[1]) == PaymentState.PAID


def test_a_payment_booked_by_mistake_is_taken_back_in_the_list_of_payments(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    payments.book_in_full(shop, [bills[0]])
    page = shown(window, bills[1])
    page.view.set_value("paid")
    page.view.chosen.emit()
    page.paid.setFocus()
    page.paid.step(0)
    press(Qt.Key.Key_Delete)
    assert state(shop, bills[0]) == PaymentState.OPEN


def test_the_document_leads_to_its_payment(shop: Shop, window: MainWindow, bills: list[int]) -> None:
    window.open_page("payments", bills[2])
    page = window.navigation.page
    assert isinstance(page, PaymentsPage)
    assert [each.document_id for each in page.booking.bills] == [bills[2]]
    assert focused() is page.booking.amount
    assert page.booking.amount.value == Decimal("196.00")


def test_credit_settles_what_is_open_and_comes_back_with_undo(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    page = shown(window, bills[0])
    page.booking.begin()
    type_text("345,55")
    press(Qt.Key.Key_Return)
    assert [state(shop, each) for each in bills] == [PaymentState.PAID, PaymentState.OPEN, PaymentState.OPEN]
    (booked,) = payments.of_document(shop, bills[0])
    page.use_credit(booked)
    assert state(shop, bills[1]) == PaymentState.PART_PAID
    control(Qt.Key.Key_Z)
    assert state(shop, bills[1]) == PaymentState.OPEN


def test_a_bill_says_above_itself_how_it_is_paid_and_leads_to_its_payment(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    payments.book(shop, Payment(shop.clock.today(), Money(50_00)), [Allocation(bills[1], Money(50_00))])
    window.open_document(bills[1])
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    assert (page.paid.state.text(), page.paid.words.text()) == ("teilweise bezahlt", "50,00\u00a0€ offen")
    page.paid.button.click()
    assert isinstance(window.navigation.page, PaymentsPage)
    assert window.navigation.page.booking.amount.value == Decimal("50.00")


def test_the_statement_of_account_is_saved_as_pdf_and_table(
    shop: Shop, window: MainWindow, bills: list[int], tmp_path: Path, qtbot: QtBot
) -> None:
    customer_id = payments.accounts(shop, bills)[bills[0]].customer_id
    assert customer_id is not None
    window.open_customer(customer_id)
    page = window.navigation.page
    assert isinstance(page, CustomerPage)
    button = page.existing.side.statement
    assert not button.isHidden()
    for name, start in (("a.pdf", b"%PDF"), ("a.xlsx", b"PK")):
        place = tmp_path / name
        button.save(place)
        qtbot.waitUntil(place.exists)
        assert place.read_bytes().startswith(start)


@pytest.mark.parametrize("texts", ["de", "en"], indirect=True)
def test_the_list_keeps_its_room_beside_the_card_at_one_and_a_half_the_text_size(
    window: MainWindow, theme: Theme, bills: list[int]
) -> None:
    theme.choose("light", 150)
    page = shown(window, bills[0])
    assert page.settled_before.isVisible()
    QTest.qWait(50)  # until every part has told its size
    assert page.open.width() >= 420
    assert page.booking.width() >= page.booking.minimumSizeHint().width()


def test_r_on_a_payment_pays_the_credit_back_and_the_row_says_so(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    parts = [Allocation(bills[1], Money(100_00))]
    payments.book(shop, Payment(shop.clock.today(), Money(120_00)), parts)
    page = shown(window, bills[0])
    page.view.set_value("paid")
    page._view_changed()
    page.paid.setFocus()
    (booked,) = payments.page(shop)
    assert page.paid.select(booked.payment.id)
    press(Qt.Key.Key_R)
    assert not page.booking.isHidden()
    assert page.booking.amount.value == Decimal("20.00")
    assert page.settled_before.isHidden()
    page.reload()  # something else changed: the card stays
    assert not page.booking.isHidden()
    press(Qt.Key.Key_Return)
    newest, oldest = payments.page(shop)
    assert (newest.payment.amount, newest.payment.kind) == (Money(-20_00), PaymentKind.REFUND)
    assert not oldest.credit
    assert page.booking.isHidden()
    page.pay_back(oldest)
    assert page.booking.isHidden()
    assert payments.take_back(shop, newest.payment.id or 0)


def test_money_on_an_order_that_was_called_off_is_paid_back_from_its_payment(
    shop: Shop, window: MainWindow, bills: list[int]
) -> None:
    customer = payments.accounts(shop, bills)[bills[0]].customer_id
    draft = documents.start(shop, "order_confirmation", customer)
    line = Line(text="Bett", unit_price=Decimal(300))
    stored = documents.save_draft(shop, replace(draft, lines=(line,), prepay=True))
    order = issuing.issue(shop, stored.id or 0, send=False).document.id or 0
    booked, _undo = payments.book_in_full(shop, [order])
    page = shown(window, bills[0])
    page.view.set_value("paid")
    page._view_changed()
    page.pay_back(booked)
    assert page.booking.amount.value == Decimal("300.00")
    page.book()
    assert payments.of_document(shop, order)[-1].payment.kind == PaymentKind.REFUND
    assert state(shop, order) == PaymentState.CANCELLED
