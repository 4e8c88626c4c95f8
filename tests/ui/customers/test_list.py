"""The list of customers: found by any hint, opened and deleted by keyboard, at any length."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.names import PersonName
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.list_page import CustomersPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text


@pytest.fixture
def page(window: MainWindow, gruber: Customer) -> CustomersPage:
    assert gruber.id is not None
    window.open_page("customers")
    found = window.navigation.page
    assert isinstance(found, CustomersPage)
    return found


def test_typing_finds_and_return_opens(page: CustomersPage, window: MainWindow, qtbot: QtBot) -> None:
    assert focused() is page.search
    type_text("3456")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 1)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    shown = window.navigation.page
    assert isinstance(shown, CustomerPage)
    assert shown.existing.customer.name == "Elisabeth Gruber"


def test_nobody_found_offers_to_begin_with_what_was_typed(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    type_text("Desislava")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 0)
    assert "Desislava" in page.list.empty.sentence.text()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    shown = window.navigation.page
    assert isinstance(shown, CustomerPage)
    assert shown.new.who.toPlainText() == "Desislava"


def test_del_deletes_and_ctrl_z_brings_back(page: CustomersPage, shop: Shop) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert customers.page(shop) == ()
    control(Qt.Key.Key_Z)
    assert len(customers.page(shop)) == 1


def test_end_and_home_are_those_of_all_customers(page: CustomersPage, shop: Shop, qtbot: QtBot) -> None:
    with shop.writing() as connection:
        for number in range(450):
            person = PersonName(family_name=f"Muster {number:04}")
            customers.create_in(connection, shop, Customer(person=person))
    page.reload()
    page.rows.setFocus()
    press(Qt.Key.Key_End)
    last = page.rows.current()
    assert last is not None
    assert getattr(last, "name", "") == "Muster 0449"
    assert page.rows.rows.rowCount() == 100
    for _ in range(450):
        press(Qt.Key.Key_Up)
    first = page.rows.current()
    assert getattr(first, "name", "") == "Elisabeth Gruber"
    assert page.rows.rows.rowCount() == 451
    press(Qt.Key.Key_End)
    control(Qt.Key.Key_F)
    type_text("Muster 0003")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 1)


def test_a_long_list_is_read_page_by_page(page: CustomersPage, shop: Shop) -> None:
    with shop.writing() as connection:
        for number in range(450):
            person = PersonName(family_name=f"Muster {number:04}")
            customers.create_in(connection, shop, Customer(person=person))
    page.reload()
    assert page.rows.rows.rowCount() < 450
    page.rows.setFocus()
    page.rows.scrollToBottom()
    for _ in range(500):
        press(Qt.Key.Key_J)
    last = page.rows.current()
    assert last is not None
    assert page.rows.rows.rowCount() == 451
