"""Pick-ups in the window: a hint, ⏎, ⏎ and the goods are handed out; R tells the customer; one key takes it back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.mail import MailState
from shopdesk.ui.pick_ups.page import PickUpsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, documents, issuing, outbox, pick_ups, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text


@pytest.fixture
def orders(shop: Shop) -> list[int]:
    """Two orders to be picked up by different people, and one that has to be paid first."""
    sample_shop.fill(shop)
    caller = sample_shop.sample().caller
    found = []
    for name, kind, prepay in (
        ("Hotel Balkan", "order_confirmation", False),
        ("Pension Rila", "order_confirmation", False),
        ("Gasthof Struma", "invoice", True),
    ):
        customer = customers.create(shop, replace(caller, company=name)).id
        line = Line(text="Kissen Wolke", quantity=Decimal(2), unit_price=Decimal("49.90"))
        draft = documents.start(shop, kind, customer)
        draft = replace(draft, lines=(line,), fulfilment=Fulfilment.PICKUP, prepay=prepay)
        stored = documents.save_draft(shop, draft)
        found.append(issuing.issue(shop, stored.id or 0, send=False).document.id or 0)
    return found


@pytest.fixture
def page(window: MainWindow, orders: list[int]) -> PickUpsPage:
    window.open_page("pick_ups")
    shown = window.navigation.page
    assert isinstance(shown, PickUpsPage)
    return shown


def test_a_hint_and_two_keys_hand_it_out_and_one_takes_it_back(
    shop: Shop, page: PickUpsPage, orders: list[int]
) -> None:
    assert focused() is page.search
    type_text("rila")
    press(Qt.Key.Key_Return)
    assert focused() is page.here
    press(Qt.Key.Key_Return)
    assert [each.document_id for each in pick_ups.handed_out(shop)] == [orders[1]]
    assert focused() is page.search
    control(Qt.Key.Key_Z)
    assert pick_ups.handed_out(shop) == ()
    assert len(pick_ups.page(shop)) == 3


def test_the_last_digits_of_the_number_are_enough(shop: Shop, page: PickUpsPage, orders: list[int]) -> None:
    type_text(documents.load(shop, orders[1]).number[-4:])
    press(Qt.Key.Key_Return)
    current = page.here.current()
    assert current is not None
    assert current.document_id == orders[1]
    assert "Kissen Wolke" in page.card.goods.text()


def test_who_picked_it_up_is_noted(shop: Shop, page: PickUpsPage, orders: list[int]) -> None:
    type_text("balkan")
    press(Qt.Key.Key_Return)
    page.card.who.setFocus()
    type_text("Herr Petrow")
    press(Qt.Key.Key_Return)
    (value,) = pick_ups.handed_out(shop)
    assert value.note == "Herr Petrow"
    page.view.set_value("gone")
    page._view_changed()
    page.gone.setFocus()
    row = page.gone.current()
    assert row is not None
    press(Qt.Key.Key_Delete)
    assert pick_ups.handed_out(shop) == ()


def test_one_key_tells_the_customer(shop: Shop, page: PickUpsPage, orders: list[int]) -> None:
    type_text("rila")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_R)
    mails = outbox.page(shop, frozenset(MailState), None, 10)
    assert any(documents.load(shop, orders[1]).number in mail.subject for mail in mails)
    row = next(each for each in pick_ups.page(shop) if each.document_id == orders[1])
    assert row.is_told


def test_what_is_not_paid_stays_here_and_it_is_said(
    shop: Shop, page: PickUpsPage, window: MainWindow, orders: list[int]
) -> None:
    type_text("struma")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert pick_ups.handed_out(shop) == ()
    page.hand_out(on_account=True)
    assert [each.document_id for each in pick_ups.handed_out(shop)] == [orders[2]]


def test_an_order_is_opened_from_elsewhere(page: PickUpsPage, window: MainWindow, orders: list[int]) -> None:
    window.open_page("pick_ups", orders[0])
    current = page.here.current()
    assert current is not None
    assert current.document_id == orders[0]


def test_paid_at_the_counter_then_handed_out(shop: Shop, page: PickUpsPage, orders: list[int]) -> None:
    type_text("struma")
    press(Qt.Key.Key_Return)
    page.card.slip.setFocus()
    type_text("K-9")
    press(Qt.Key.Key_Return)
    assert focused() is page.here
    press(Qt.Key.Key_Return)
    assert [each.document_id for each in pick_ups.handed_out(shop)] == [orders[2]]


def test_what_is_not_fetched_any_more_leaves_the_list_with_e(
    shop: Shop, page: PickUpsPage, orders: list[int]
) -> None:
    type_text("rila")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_E)
    assert sorted(each.document_id for each in pick_ups.page(shop)) == [orders[0], orders[2]]
    control(Qt.Key.Key_Z)
    assert len(pick_ups.page(shop)) == 3
