"""The page of a standing order and the list of what has changed: by keyboard, in words, with a way back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.standing_orders import StandingOrder
from shopdesk.domain.typing.wrong import TypedWrong
from shopdesk.i18n import Texts
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewStandingOrder
from shopdesk.ui.standing_orders import words
from shopdesk.ui.standing_orders.list_page import StandingOrdersPage
from shopdesk.ui.standing_orders.page import StandingOrderPage
from shopdesk.ui.standing_orders.words import End
from shopdesk.usecases import customers, standing_orders
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, press, type_text

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def weber(shop: Shop) -> int:
    found = customers.create(shop, Customer(company="Weber", emails=("w@example.org",))).id
    assert found is not None
    return found


@pytest.fixture
def order(shop: Shop, weber: int) -> StandingOrder:
    begun = standing_orders.begin(shop, weber)
    line = Line(text="Einlagerung {Monat}", unit_price=Decimal("24.90"))
    schedule = replace(begun.schedule, repeat=Repeat(1, RepeatUnit.MONTH, 31))
    return standing_orders.create(
        shop, replace(begun, schedule=schedule, content=replace(begun.content, lines=(line,)))
    )[0]


def page_of(window: MainWindow, item: object) -> StandingOrderPage:
    window.open_page("standing_order", item)
    page = window.navigation.page
    assert isinstance(page, StandingOrderPage)
    return page


@pytest.mark.parametrize(
    ("typed", "day"),
    [("31", 31), ("15.", 15), ("Ultimo", 31), ("Monatsende", 31), ("mo", -1), ("Sonntag", -7), ("1", 1)],
)
def test_a_day_as_it_is_typed(typed: str, day: int) -> None:
    assert words.parse_day(typed) == day
    assert words.parse_day(words.day_words(day, Texts("de"))) == day


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("12 mal", End(times=12)),
        ("3x", End(times=3)),
        ("31.12.2027", End(dt.date(2027, 12, 31))),
        ("bis auf Widerruf", End()),
    ],
)
def test_an_end_as_it_is_typed(typed: str, end: End) -> None:
    assert words.parse_end(typed, TODAY) == end
    assert words.parse_end(words.end_words(end, Texts("de")), TODAY) == end


@pytest.mark.parametrize("typed", ["32", "0", "Brot"])
def test_what_is_no_day_is_said_with_an_example(typed: str) -> None:
    with pytest.raises(TypedWrong):
        words.parse_day(typed)


def test_without_a_line_it_says_what_is_missing_and_goes_there(
    window: MainWindow, shop: Shop, weber: int
) -> None:
    page = page_of(window, NewStandingOrder(weber))
    control(Qt.Key.Key_Return)
    assert standing_orders.of_customer(shop, weber) == ()
    assert page.problem.text() == "Was gibt es jedes Mal? Bitte tragen Sie eine Zeile ein."


def test_without_a_customer_it_asks_for_whom(window: MainWindow) -> None:
    page = page_of(window, 0)
    assert page.form.customer.hasFocus()
    control(Qt.Key.Key_Return)
    assert page.form.customer.hasFocus()


def test_a_weekday_does_not_fit_to_months(window: MainWindow, shop: Shop, order: StandingOrder) -> None:
    page = page_of(window, order.id)
    page.form.day.setFocus()
    page.form.day.selectAll()
    type_text("mo")
    control(Qt.Key.Key_Return)
    assert page.form._fields["day"].problem.text().startswith("Bei Monaten ein Tag")
    page.form.rhythm.setFocus()
    page.form.rhythm.selectAll()
    type_text("alle 2 Wochen")
    control(Qt.Key.Key_Return)
    assert standing_orders.get(shop, order.id or 0).schedule.repeat == Repeat(2, RepeatUnit.WEEK, 1)


def test_the_next_dates_follow_what_is_typed(window: MainWindow, order: StandingOrder, qtbot: QtBot) -> None:
    page = page_of(window, order.id)
    assert [f"{each.date.on:%m-%d}" for each in page.dates.shown][:4] == ["11-30", "12-31", "01-31", "02-28"]
    page.form.ends.setFocus()
    type_text("3 mal")
    qtbot.waitUntil(lambda: len(page.dates.shown) == 3)


def test_pause_stop_and_back(window: MainWindow, shop: Shop, order: StandingOrder) -> None:
    page = page_of(window, order.id)
    page.pause.click()
    assert page.until.day.hasFocus()
    type_text("1.2.2027")
    press(Qt.Key.Key_Return)
    (pause,) = standing_orders.get(shop, order.id or 0).schedule.pauses
    assert (pause.first, pause.until) == (TODAY, dt.date(2027, 2, 1))
    assert page.go_on.isVisible()
    control(Qt.Key.Key_Z)
    assert standing_orders.get(shop, order.id or 0).schedule.pauses == ()
    page.stop.click()
    type_text("31.12.2026")
    press(Qt.Key.Key_Return)
    assert standing_orders.get(shop, order.id or 0).schedule.ends == dt.date(2026, 12, 31)
    assert len(page.dates.shown) == 2


def test_what_was_not_saved_waits_for_the_next_visit(window: MainWindow, order: StandingOrder) -> None:
    page = page_of(window, order.id)
    page.form.name.setFocus()
    type_text("Reifen")
    window.open_page("customers")
    page = page_of(window, order.id)
    assert page.form.name.text() == "Reifen"
    assert page.is_changed


def test_a_mistyped_placeholder_is_said(window: MainWindow, order: StandingOrder) -> None:
    page = page_of(window, order.id)
    assert page.session is not None
    page.session.edit_lines(lambda lines: (replace(lines[0], text="Einlagerung {Mnat}"),))
    assert page.problem.text().startswith("{Mnat} wird so gedruckt")


def test_the_list_tells_the_next_date_the_sum_and_the_income(
    window: MainWindow, shop: Shop, order: StandingOrder, qtbot: QtBot
) -> None:
    window.open_page("standing_orders")
    page = window.navigation.page
    assert isinstance(page, StandingOrdersPage)
    qtbot.waitUntil(lambda: bool(page.overview.rows))
    spoken = page._row(page.overview.rows[0]).spoken
    assert "Weber" in spoken
    assert "30.11.2026" in spoken
    assert "24,90" in spoken
    assert sum(amount.minor for _, amount in page.overview.months) == 12 * 2490
    page.remove(page.overview.rows[0])
    qtbot.waitUntil(lambda: not page.overview.rows)
    control(Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: bool(page.overview.rows))
    assert standing_orders.get(shop, order.id or 0).customer_name == "Weber"


def test_a_standing_order_can_be_a_service_where_nothing_leaves_the_house(
    window: MainWindow, shop: Shop, order: StandingOrder
) -> None:
    page = page_of(window, order.id)
    page.form.fulfilment.set_value(Fulfilment.SERVICE.value)
    page.form.fulfilment.chosen.emit()
    assert page.is_changed
    control(Qt.Key.Key_Return)
    stored = standing_orders.get(shop, order.id or 0)
    assert stored.content.fulfilment == Fulfilment.SERVICE
    assert page_of(window, order.id).form.fulfilment.value == Fulfilment.SERVICE.value
