"""A customer is forgotten from the window: a plan with numbers, one step, and what is kept stays explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.ui.customers.erasure_page import ErasurePage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.usecases import customers, documents, erasure, issuing
from shopdesk.usecases.shop import Shop


def shown(page: ErasurePage) -> str:
    return " ".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisibleTo(page))


@pytest.fixture
def opened(window: MainWindow, gruber: Customer) -> Callable[[], ErasurePage]:
    def open_it() -> ErasurePage:
        window.open_page("erasure", gruber.id)
        page = window.navigation.page
        assert isinstance(page, ErasurePage)
        return page

    return open_it


def bill(shop: Shop, customer: Customer) -> None:
    lines = (Line(text="Matratze", unit_price=Decimal(100)),)
    draft = documents.save_draft(shop, replace(documents.start(shop, "invoice", customer.id), lines=lines))
    issuing.issue(shop, draft.id or 0, send=False)


def test_the_plan_is_shown_before_anything_goes(
    opened: Callable[[], ErasurePage], shop: Shop, gruber: Customer
) -> None:
    bill(shop, gruber)
    page = opened()
    assert page.plan is not None
    text = shown(page)
    assert "Telefonnummern" in text
    assert "bis 31.12.2034" in text
    assert "§ 14b UStG" in text
    assert not page.erase_button.isEnabled()
    assert customers.get(shop, gruber.id or 0) == gruber


def test_nothing_happens_until_the_number_is_typed(
    opened: Callable[[], ErasurePage], shop: Shop, gruber: Customer
) -> None:
    page = opened()
    QTest.keyClicks(page.typed, "Gruber\r")
    assert erasure.erased(shop, gruber.id or 0) is None
    page.typed.clear()
    QTest.keyClicks(page.typed, f" {gruber.number.lower()} ")
    assert page.erase_button.isEnabled()


def test_typing_the_number_and_enter_forgets_and_then_says_what_is_kept(
    opened: Callable[[], ErasurePage], window: MainWindow, shop: Shop, gruber: Customer
) -> None:
    bill(shop, gruber)
    page = opened()
    QTest.keyClicks(page.typed, f"{gruber.number}\r")
    assert erasure.erased(shop, gruber.id or 0) is not None
    assert any(
        "gesperrt bis" in t.message or "bis 31.12.2034 gesperrt" in t.message for t in window.toasts.toasts
    )
    assert page.plan is None
    assert "bis 31.12.2034 gesperrt" in shown(page)
    assert not page.confirm.isVisibleTo(page)


def test_the_card_of_a_forgotten_customer_leads_to_what_is_kept(
    qtbot: QtBot, window: MainWindow, shop: Shop, gruber: Customer
) -> None:
    bill(shop, gruber)
    erasure.erase(shop, gruber.id or 0)
    window.open_customer(gruber.id or 0)
    qtbot.waitUntil(lambda: isinstance(window.navigation.page, ErasurePage))
    page = window.navigation.page
    assert isinstance(page, ErasurePage)
    assert "Elisabeth Gruber" in page.header.title.text()


def test_without_a_customer_everybody_who_was_forgotten_is_listed(
    qtbot: QtBot, window: MainWindow, shop: Shop, gruber: Customer
) -> None:
    window.open_page("erasure", 0)
    page = window.navigation.page
    assert isinstance(page, ErasurePage)
    qtbot.waitUntil(lambda: "Bisher hat niemand" in shown(page))
    erasure.erase(shop, gruber.id or 0)
    page.reload()
    qtbot.waitUntil(lambda: "nichts mehr da" in shown(page))
