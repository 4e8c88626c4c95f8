"""The card is made part by part before anybody opens it, unseen, and opens as ever."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewCustomer
from shopdesk.usecases import customers, opening
from shopdesk.usecases.shop import Shop


def prepared(window: MainWindow) -> CustomerPage:
    """All parts, one after the other."""
    for _ in range(10):
        if not window.navigation.prepare("customer"):
            break
    else:
        raise AssertionError("it never ends")
    page = window.navigation.pages["customer"]
    assert isinstance(page, CustomerPage)
    return page


def test_nothing_is_seen_of_it(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("today")
    width, focus = window.minimumSizeHint().width(), window.focusWidget()
    page = prepared(window)
    qtbot.wait(1)
    assert not page.isVisible()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "today"
    assert window.focusWidget() is focus
    assert window.minimumSizeHint().width() == width


def test_a_prepared_card_opens_a_customer_and_a_new_one(window: MainWindow, shop: Shop) -> None:
    krug = customers.create(shop, Customer(company="Autohaus Krug GmbH"))
    window.open_page("today")
    page = prepared(window)
    assert krug.id is not None
    window.open_customer(krug.id)
    assert page.existing.isVisible()
    assert page.title == "Autohaus Krug GmbH"
    window.open_page("customer", NewCustomer("0551 778899"))
    assert page.new.isVisible()
    assert page.title == "Neuer Kunde"


def test_a_new_customer_comes_before_anything_is_prepared(window: MainWindow, shop: Shop) -> None:
    window.open_page("customer", NewCustomer("0551 778899"))
    page = prepared(window)
    assert page.new.isVisible()
    assert page.title == "Neuer Kunde"
    assert not page.go_back()
    assert not page.take_files(["Grundriss.pdf"])
    assert customers.page(shop) == ()


def test_reading_ahead_changes_nothing(shop: Shop) -> None:
    opening.warm_up_card(shop)
    customers.create(shop, Customer(company="Autohaus Krug GmbH"))
    opening.warm_up_card(shop)
