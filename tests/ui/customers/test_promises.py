"""Promises on the customer's page: offered while a note is typed, settled on the card."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.promises import Promise, PromiseState
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.promise_chips import PromiseChips
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.buttons import IconButton
from shopdesk.usecases import customers, follow_ups, promises
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, press, type_text

TODAY = dt.date(2026, 11, 23)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def weber(shop: Shop) -> int:
    customer = customers.create(shop, Customer(company="Weber", emails=("w@example.org",)))
    assert customer.id is not None
    return customer.id


@pytest.fixture
def page(window: MainWindow, weber: int) -> CustomerPage:
    window.open_customer(weber)
    found = window.navigation.page
    assert isinstance(found, CustomerPage)
    return found


def chips(row: PromiseChips) -> list[str]:
    QApplication.sendPostedEvents()
    return [button.accessibleName() for button in row.findChildren(QPushButton) if not button.isHidden()]


def test_a_promise_is_offered_while_typing_and_taken_by_key(
    page: CustomerPage, shop: Shop, weber: int, qtbot: QtBot
) -> None:
    type_text("ruf Fr 15:00 zurück")
    row = page.existing.note.promises
    qtbot.waitUntil(lambda: chips(row) == ["Als Zusage merken: Ruf zurück, 27.11.2026 15:00"])
    assert promises.of_customer(shop, weber) == ()
    press(Qt.Key.Key_P, CONTROL_SHIFT)
    (stored,) = promises.of_customer(shop, weber)
    assert (stored.text, stored.due_time) == ("Ruf zurück", "15:00")
    assert chips(row) == ["Zugesagt: Ruf zurück, 27.11.2026 15:00"]
    press(Qt.Key.Key_P, CONTROL_SHIFT)
    assert len(promises.of_customer(shop, weber)) == 1


def test_undo_offers_it_again(page: CustomerPage, shop: Shop, weber: int, window: MainWindow) -> None:
    type_text("Matratze bis Freitag")
    page.existing.note.take_promise()  # the last letters are read at once
    assert len(promises.of_customer(shop, weber)) == 1
    window.toasts.undo()
    assert promises.of_customer(shop, weber) == ()
    assert chips(page.existing.note.promises) == ["Als Zusage merken: Matratze, 27.11.2026"]


def test_a_new_customers_promise_waits_until_he_is_saved(window: MainWindow, shop: Shop) -> None:
    window.new_customer("")
    page = window.navigation.page
    assert isinstance(page, CustomerPage)
    page.new.who.setPlainText("Petra Schulz, Marktstr. 3, 37073 Göttingen")
    page.new.understand()
    page.new.what.edit.setPlainText("Reparatur Mi fertig")
    page.new.what.take_promise()
    assert page.new.save()
    customer_id = page.existing.customer.id
    assert customer_id is not None
    (stored,) = promises.of_customer(shop, customer_id)
    assert (stored.text, stored.due) == ("Reparatur fertig", TODAY + dt.timedelta(2))


def buttons(page: CustomerPage) -> dict[str, IconButton]:
    QApplication.sendPostedEvents()
    card = page.existing.promises
    return {each.accessibleName(): each for each in card.findChildren(IconButton) if each.isVisible()}


def test_the_card_keeps_breaks_and_marks(
    page: CustomerPage, shop: Shop, weber: int, window: MainWindow, qtbot: QtBot
) -> None:
    assert not page.existing.promises.isVisible()
    noted, _ = promises.create(shop, Promise(weber, "Matratze", TODAY + dt.timedelta(7)))
    assert noted.id is not None
    qtbot.waitUntil(page.existing.promises.isVisible)
    buttons(page)["Gefährdet: Matratze"].click()
    assert promises.get(shop, noted.id).at_risk
    qtbot.waitUntil(lambda: "Nicht mehr gefährdet: Matratze" in buttons(page))
    buttons(page)["Nicht gehalten: Matratze"].click()
    assert promises.get(shop, noted.id).state == PromiseState.BROKEN
    qtbot.waitUntil(lambda: buttons(page) == {})
    window.toasts.undo()
    qtbot.waitUntil(lambda: "Gehalten: Matratze" in buttons(page))
    buttons(page)["Gehalten: Matratze"].click()
    assert promises.get(shop, noted.id).state == PromiseState.KEPT
    qtbot.waitUntil(lambda: not page.existing.promises.isVisible())


def test_a_new_date_from_the_card_is_mailed_with_ctrl_return(
    page: CustomerPage, shop: Shop, weber: int, qtbot: QtBot
) -> None:
    noted, _ = promises.create(shop, Promise(weber, "Matratze", TODAY + dt.timedelta(7)))
    assert noted.id is not None
    qtbot.waitUntil(lambda: "Neues Datum: Matratze" in buttons(page))
    buttons(page)["Neues Datum: Matratze"].click()
    assert page.existing.promises.is_telling
    control(Qt.Key.Key_Return)
    moved = promises.get(shop, noted.id)
    assert (moved.due, moved.is_untold) == (TODAY + dt.timedelta(8), False)
    assert not page.existing.promises.is_telling


def test_stay_in_touch_is_one_press(page: CustomerPage, shop: Shop, weber: int) -> None:
    press(Qt.Key.Key_F8)
    page.existing.follow_up.stay_in_touch()
    enter("Weber anrufen", "")
    (value,) = follow_ups.of_customer(shop, weber)
    assert (value.text, value.due) == ("Weber anrufen", dt.date(2027, 1, 4))
    assert value.on_contact
    assert value.repeat is not None
    assert (value.repeat.every, value.repeat.unit) == (6, RepeatUnit.WEEK)
    page.existing.follow_up.ask(value)
    assert page.existing.follow_up.rhythm.text() == "alle 6 Wochen"
    assert isinstance(page.existing.follow_up.rhythm.value, Repeat)


def test_a_question_without_consent_is_refused_at_its_line(
    page: CustomerPage, shop: Shop, weber: int
) -> None:
    press(Qt.Key.Key_F8)
    line = page.existing.follow_up
    line.purpose.set_value("satisfaction")
    enter("Zufrieden?", "+2w")
    assert follow_ups.of_customer(shop, weber) == ()
    assert line.isVisible()
    assert "nicht erlaubt" in line.problem.text()
    assert line.what.text() == "Zufrieden?"
