"""Heute: one ranked list, worked off with J K ⏎ E S, all of it undoable."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.customers import Customer
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import customers, follow_ups
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, focused, press

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def weber(shop: Shop) -> Customer:
    """A customer with three follow-ups: late, due, and in three days."""
    customer = customers.create(shop, Customer(company="Weber & <b>Söhne</b>"))
    for days, text in ((-1, "Reklamation klären"), (0, "Angebot nachfassen"), (3, "Zufrieden?")):
        follow_ups.create(shop, FollowUp(TODAY + dt.timedelta(days), text, customer.id))
    return customer


@pytest.fixture
def page(window: MainWindow, weber: Customer) -> TodayPage:
    assert weber.id is not None
    window.open_page("today")
    found = window.navigation.page
    assert isinstance(found, TodayPage)
    return found


def titles(page: TodayPage) -> list[str]:
    page.reload()
    model = page.rows.rows
    items = [model.item(model.index(row)) for row in range(model.rowCount())]
    return [item.title for item in items if item is not None]


def test_what_is_late_stands_first(page: TodayPage) -> None:
    assert titles(page) == ["Reklamation klären", "Angebot nachfassen"]
    assert "2 Dinge" in page.header.subtitle.text()


def test_j_and_k_move_and_return_opens(page: TodayPage, window: MainWindow) -> None:
    assert focused() is page.rows
    press(Qt.Key.Key_J)
    current = page.rows.current()
    assert current is not None
    assert current.title == "Angebot nachfassen"
    press(Qt.Key.Key_K)
    press(Qt.Key.Key_Return)
    shown = window.navigation.page
    assert isinstance(shown, CustomerPage)
    assert shown.existing.customer.company == "Weber & <b>Söhne</b>"


def test_e_is_done_and_ctrl_z_brings_it_back(page: TodayPage) -> None:
    press(Qt.Key.Key_E)
    assert titles(page) == ["Angebot nachfassen"]
    control(Qt.Key.Key_Z)
    assert titles(page) == ["Reklamation klären", "Angebot nachfassen"]


def test_an_undo_that_comes_too_late_is_said_in_words(
    page: TodayPage, shop: Shop, window: MainWindow
) -> None:
    current = page.rows.current()
    assert current is not None
    press(Qt.Key.Key_E)
    follow_ups.later(shop, follow_ups.get(shop, current.reference), TODAY)
    control(Qt.Key.Key_Z)
    assert "an anderer Stelle geändert" in window.toasts.toasts[-1].message


def test_s_asks_until_when(page: TodayPage, shop: Shop) -> None:
    current = page.rows.current()
    assert current is not None
    press(Qt.Key.Key_S)
    assert focused() is page.later.day
    enter("")
    assert "An welchem Tag" in page.later.problem.text()
    enter("31.2.")
    assert page.later.isVisible()
    page.later.day.selectAll()
    enter("+1w")
    assert follow_ups.get(shop, current.reference).due == TODAY + dt.timedelta(7)
    assert titles(page) == ["Angebot nachfassen"]
    assert focused() is page.rows
    control(Qt.Key.Key_Z)
    assert follow_ups.get(shop, current.reference).due == TODAY - dt.timedelta(1)


def test_esc_closes_the_question_and_leaves_all_as_it_was(page: TodayPage) -> None:
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Escape)
    assert not page.later.isVisible()
    assert focused() is page.rows
    assert len(titles(page)) == 2


def test_f8_notes_what_belongs_to_no_customer(page: TodayPage, shop: Shop) -> None:
    press(Qt.Key.Key_F8)
    enter("Steuerberater anrufen", "heute")
    assert "Steuerberater anrufen" in titles(page)
    assert focused() is page.rows
    control(Qt.Key.Key_Z)
    assert "Steuerberater anrufen" not in titles(page)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Escape)
    assert focused() is page.rows
    assert shop.clock.today() == TODAY


def test_the_next_days_are_shown_on_demand(page: TodayPage) -> None:
    page.ahead.click()
    assert titles(page)[-1] == "Zufrieden?"
    page.ahead.click()
    assert len(titles(page)) == 2


def test_all_done_is_a_state_worth_seeing(page: TodayPage) -> None:
    press(Qt.Key.Key_E)
    page.reload()
    press(Qt.Key.Key_E)
    page.reload()
    assert page.empty.isVisible()
    assert focused() is page.empty


def test_midnight_brings_another_list_and_another_date(page: TodayPage, shop: Shop) -> None:
    clock = shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(dt.datetime(2026, 11, 26, 0, 1, tzinfo=dt.UTC))
    page._clock.timeout.emit()
    assert "Donnerstag" in page.header.subtitle.text()
    assert page.rows.rows.rowCount() == 3


def test_the_question_fits_at_one_and_a_half_the_text_size(
    theme: Theme, page: TodayPage, window: MainWindow
) -> None:
    theme.choose("light", 150)
    press(Qt.Key.Key_S)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 980
    assert page.later.isVisible()
