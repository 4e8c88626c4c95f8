"""The delivery round in the window: ⏎ plans, Alt+arrows order, E and N on return, all taken back with one key."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shopdesk.domain.delivery_rounds import Lift
from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.payments import PaymentKind
from shopdesk.domain.suppliers import Supplier
from shopdesk.ui.rounds.page import RoundsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import (
    customers,
    delivery_rounds,
    documents,
    issuing,
    payments,
    purchase_drafts,
    purchase_orders,
    purchase_sending,
    sample_shop,
    suppliers,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text


@pytest.fixture
def orders(shop: Shop) -> list[int]:
    """Two orders and a bill that the shop's own van brings."""
    sample_shop.fill(shop)
    caller = sample_shop.sample().caller
    found = []
    for name, kind in (
        ("Hotel Balkan", "order_confirmation"),
        ("Pension Rila", "order_confirmation"),
        ("Gasthof Struma", "invoice"),
    ):
        customer = customers.create(shop, replace(caller, company=name)).id
        line = Line(text="Matratze Ergo", quantity=Decimal(2), unit_price=Decimal(499))
        draft = replace(documents.start(shop, kind, customer), lines=(line,), fulfilment=Fulfilment.DELIVER)
        stored = documents.save_draft(shop, draft)
        found.append(issuing.issue(shop, stored.id or 0, send=False).document.id or 0)
    return found


@pytest.fixture
def page(window: MainWindow, shop: Shop, orders: list[int]) -> RoundsPage:
    window.open_page("rounds")
    shown = window.navigation.page
    assert isinstance(shown, RoundsPage)
    return shown


def planned(shop: Shop, page: RoundsPage) -> list[int]:
    return [each.document_id for each in delivery_rounds.stops(shop, page.chosen_day)]


@pytest.fixture
def full(shop: Shop, page: RoundsPage, orders: list[int]) -> RoundsPage:
    for each in orders:
        delivery_rounds.plan(shop, each, page.chosen_day)
    page.reload()
    page.round.setFocus()
    page.round.setCurrentIndex(page.round.rows.index(0))
    return page


def test_one_key_adds_an_order_and_one_takes_it_back(shop: Shop, page: RoundsPage, orders: list[int]) -> None:
    assert focused() is page.waiting
    press(Qt.Key.Key_Return)
    assert len(planned(shop, page)) == 1
    assert page.round.rows.rowCount() == 1
    assert page.waiting.rows.rowCount() == 2
    control(Qt.Key.Key_Z)
    assert planned(shop, page) == []


def test_the_stops_are_carried_with_the_keys_and_the_mouse(
    shop: Shop, full: RoundsPage, orders: list[int]
) -> None:
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert planned(shop, full) == [orders[1], orders[0], orders[2]]
    current = full.round.current()
    assert current is not None
    assert current.document_id == orders[0]
    view, model = full.round, full.round.rows
    first = view.visualRect(model.index(0)).center()
    last = view.visualRect(model.index(2)).center()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(port, QPoint(last.x(), last.y() - 3))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, last)
    assert planned(shop, full) == [orders[0], orders[2], orders[1]]


def test_what_the_driver_needs_is_typed_and_printed(shop: Shop, full: RoundsPage, orders: list[int]) -> None:
    press(Qt.Key.Key_Return)
    assert focused() is full.card.begin
    type_text("9")
    press(Qt.Key.Key_Tab)
    type_text("11.30")
    press(Qt.Key.Key_Tab)
    type_text("3. Stock")
    press(Qt.Key.Key_Tab)
    full.card.lift.set_value(Lift.NO.value)
    full.card.lift.chosen.emit()
    full.card.extra.setFocus()
    type_text("Altmatratze mitnehmen")
    press(Qt.Key.Key_Return)
    stop = delivery_rounds.stops(shop, full.chosen_day)[0]
    assert stop.window == "09:00–11:30"
    assert (stop.stop.floor, stop.stop.lift) == ("3. Stock", Lift.NO)
    assert stop.stop.extras == ("Altmatratze mitnehmen",)


def test_a_wrong_time_is_said_beside_its_field(shop: Shop, full: RoundsPage) -> None:
    press(Qt.Key.Key_Return)
    type_text("25")
    press(Qt.Key.Key_Tab)
    assert "25" in full.card.begin_field.problem.text()
    assert delivery_rounds.stops(shop, full.chosen_day)[0].window == ""


def test_e_is_delivered_and_n_waits_again(shop: Shop, full: RoundsPage, orders: list[int]) -> None:
    press(Qt.Key.Key_E)
    stops = delivery_rounds.stops(shop, full.chosen_day)
    assert [each.is_done for each in stops] == [True, False, False]
    current = full.round.current()
    assert current is not None
    assert current.document_id == orders[1]
    press(Qt.Key.Key_N)
    assert planned(shop, full) == [orders[0], orders[2]]
    (row,) = delivery_rounds.waiting(shop)
    assert row.stop is not None
    assert row.stop.reason
    control(Qt.Key.Key_Z)
    assert planned(shop, full) == orders


def test_money_at_the_door_wants_the_slip_of_the_till(
    shop: Shop, full: RoundsPage, orders: list[int]
) -> None:
    full.round.setCurrentIndex(full.round.rows.index(2))
    full.card.book.click()
    assert full.card.slip_field.problem.text()
    full.card.slip.setText("K-77")
    full.card.book.click()
    (booked,) = payments.of_document(shop, orders[2])
    assert (booked.payment.kind, booked.payment.slip_number) == (PaymentKind.EXTERNAL_TILL, "K-77")
    assert full.card.money.isHidden()


def test_the_list_is_opened_as_a_pdf(
    shop: Shop, full: RoundsPage, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    from shopdesk.ui.documents import paper

    opened: list[tuple[bytes, str]] = []
    monkeypatch.setattr(paper, "open_file", lambda data, name: opened.append((data, name)))
    full.print_list()
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)  # type: ignore[attr-defined]
    assert opened[0][0].startswith(b"%PDF")
    assert opened[0][1].endswith(f"{full.chosen_day:%Y-%m-%d}.pdf")


def test_another_day_is_chosen_and_a_forgotten_one_is_named(
    shop: Shop, full: RoundsPage, orders: list[int]
) -> None:
    before = full.chosen_day
    full._step(1)
    assert full.chosen_day == before + dt.timedelta(days=1)
    assert full.round.rows.rowCount() == 0
    assert not full.print_button.isEnabled()


def test_what_ends_a_stop_is_always_in_sight_and_an_order_without_a_bill_says_so(full: RoundsPage) -> None:
    full.window().resize(1280, 720)
    for button in (full.card.done_button, full.card.not_met_button):
        assert button.isVisible()
        assert button.visibleRegion().boundingRect().size() == button.size()
    assert full.card.money.isVisibleTo(full.card)
    assert full.card.no_bill.isVisibleTo(full.card)
    full.round.setCurrentIndex(full.round.rows.index(2))
    assert not full.card.no_bill.isVisibleTo(full.card)


def test_a_delivered_stop_is_put_back_with_del(shop: Shop, full: RoundsPage) -> None:
    press(Qt.Key.Key_E)
    full.round.setCurrentIndex(full.round.rows.index(0))
    assert full.card.back_button.isVisible()
    assert not full.card.done_button.isVisible()
    full.round.setFocus()
    press(Qt.Key.Key_Delete)
    assert [each.is_done for each in full._stops] == [False, False, False]
    assert full.card.done_button.isVisible()
    control(Qt.Key.Key_Z)
    stops = delivery_rounds.stops(shop, full.chosen_day)
    assert [each.is_done for each in stops] == [True, False, False]


def test_what_is_not_brought_any_more_leaves_the_list_with_e(
    shop: Shop, page: RoundsPage, orders: list[int]
) -> None:
    press(Qt.Key.Key_E)
    assert [each.item.document_id for each in delivery_rounds.waiting(shop)] == orders[1:]
    control(Qt.Key.Key_Z)
    assert len(delivery_rounds.waiting(shop)) == 3


def test_a_stop_says_that_its_goods_are_still_to_come(
    shop: Shop, full: RoundsPage, orders: list[int]
) -> None:
    maker, _ = suppliers.save(shop, Supplier("Ökotraum GmbH", email="bestellung@oekotraum.example"))
    draft = replace(purchase_drafts.from_document(shop, orders[0]).new[0], supplier_id=maker.id)
    bought = purchase_sending.order(shop, draft).order
    day = full.chosen_day + dt.timedelta(days=9)
    purchase_orders.confirm(shop, bought.id or 0, day)
    delivery_rounds.take_out(shop, delivery_rounds.stops(shop, full.chosen_day)[2].shipment_id)
    full.reload()
    words = f"Ware kommt {full.texts.date(day)}"
    rows = [full._round_row(each).caption for each in full._stops]
    assert [words in caption for caption in rows] == [True, False]
    delivery_rounds.take_out(shop, full._stops[0].shipment_id)
    full.reload()
    waiting = {
        each.item.document_id: full._waiting_row(each).caption for each in delivery_rounds.waiting(shop)
    }
    assert words in waiting[orders[0]]
