"""Late deliveries in the window: the list, the figure, and N with the message."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.ui.late_shipments.page import LateShipmentsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, documents, issuing, late_shipments, pick_ups, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import press


@pytest.fixture
def orders(shop: Shop) -> list[int]:
    """One to be shipped and one to be picked up, both promised for tomorrow."""
    sample_shop.fill(shop)
    customer = customers.create(shop, replace(sample_shop.sample().caller, company="Hotel Balkan")).id
    found = []
    for fulfilment in (Fulfilment.SHIP, Fulfilment.PICKUP):
        draft = replace(
            documents.start(shop, "order_confirmation", customer),
            lines=(Line(text="Matratze", unit_price=Decimal(499)),),
            fulfilment=fulfilment,
            delivery_date=shop.clock.today() + dt.timedelta(days=1),
        )
        stored = documents.save_draft(shop, draft)
        found.append(issuing.issue(shop, stored.id or 0, send=False).document.id or 0)
    return found


@pytest.fixture
def page(window: MainWindow, orders: list[int]) -> LateShipmentsPage:
    window.open_page("late_shipments", orders[0])
    shown = window.navigation.page
    assert isinstance(shown, LateShipmentsPage)
    return shown


def test_n_proposes_a_new_date_with_the_message(
    shop: Shop, page: LateShipmentsPage, window: MainWindow
) -> None:
    press(Qt.Key.Key_N)
    assert not page.delay.isHidden()
    assert page.delay.until.value is not None
    assert page.delay.body_text.toPlainText()
    page.delay.send_mail()
    assert [each.item.fulfilment for each in late_shipments.page(shop)] == [Fulfilment.PICKUP]


def test_return_opens_where_it_leaves(page: LateShipmentsPage, window: MainWindow, orders: list[int]) -> None:
    page.rows.select(orders[1])
    press(Qt.Key.Key_Return)
    assert type(window.navigation.page).__name__ == "PickUpsPage"


def test_the_figure_stands_above_the_list(shop: Shop, page: LateShipmentsPage, orders: list[int]) -> None:
    pick_ups.hand_out(shop, orders[1])
    page.reload()
    assert "100 %" in page.header.subtitle.text()
    assert page.rows.rows.rowCount() == 1
