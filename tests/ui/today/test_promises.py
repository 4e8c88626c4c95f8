"""Promises in Heute: kept, moved, told and broken with one key each; the clocks go on by themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.mail import MailState
from shopdesk.domain.promises import Promise, PromiseState
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import customers, outbox, promises
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, focused, press

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def weber(shop: Shop) -> Customer:
    customer = Customer(company="Weber", emails=("w@example.org",), phones=(Phone("0551 77 88 99"),))
    return customers.create(shop, customer)


@pytest.fixture
def mattress(shop: Shop, weber: Customer) -> int:
    """Promised for tomorrow."""
    assert weber.id is not None
    noted, _ = promises.create(shop, Promise(weber.id, "Matratze", TODAY + dt.timedelta(1)))
    assert noted.id is not None
    return noted.id


@pytest.fixture
def page(window: MainWindow, mattress: int) -> TodayPage:
    assert mattress
    window.open_page("today")
    found = window.navigation.page
    assert isinstance(found, TodayPage)
    return found


def spoken(page: TodayPage) -> list[str]:
    page.reload()
    return [page._row(item).spoken for item in page._items]


def test_e_keeps_it_and_ctrl_z_brings_it_back(page: TodayPage, shop: Shop, mattress: int) -> None:
    assert spoken(page) == ["Zugesagt: Matratze. Weber. morgen"]
    press(Qt.Key.Key_E)
    assert promises.get(shop, mattress).state == PromiseState.KEPT
    assert spoken(page) == []
    control(Qt.Key.Key_Z)
    assert spoken(page) == ["Zugesagt: Matratze. Weber. morgen"]


def test_b_breaks_it_and_the_row_asks_to_call_first(page: TodayPage, shop: Shop, mattress: int) -> None:
    press(Qt.Key.Key_B)
    assert promises.get(shop, mattress).state == PromiseState.BROKEN
    assert spoken(page) == ["Anrufen, bevor der Kunde anruft: Matratze. Weber. nicht gehalten"]
    control(Qt.Key.Key_Z)
    assert promises.get(shop, mattress).is_open


def test_s_moves_it_with_a_time_and_reminds_that_the_customer_does_not_know(
    page: TodayPage, shop: Shop, mattress: int
) -> None:
    press(Qt.Key.Key_S)
    enter("fr 14:30")
    moved = promises.get(shop, mattress)
    assert (moved.due, moved.due_time) == (dt.date(2026, 11, 27), "14:30")
    page._toggle_ahead()
    assert spoken(page) == ["Zugesagt: Matratze. Weber. Kunde weiß es nicht"]


def test_n_has_the_message_ready_and_ctrl_return_mails_it(
    page: TodayPage, shop: Shop, mattress: int, window: MainWindow
) -> None:
    press(Qt.Key.Key_N)
    assert page.delay is not None
    assert focused() is page.delay.until
    assert page.delay.until.text() == "25.11.2026"  # the next working day is proposed
    page.delay.until.selectAll()
    enter("fr 9 uhr")
    assert "Der neue Termin ist Freitag, 27.11.2026, 09:00 Uhr" in page.delay.body_text.toPlainText()
    control(Qt.Key.Key_Return)
    (mail,) = outbox.page(shop)
    assert (mail.state, mail.recipient) == (MailState.QUEUED, "w@example.org")
    assert mail.subject == "Neuer Termin: Matratze"
    moved = promises.get(shop, mattress)
    assert (moved.due, moved.due_time, moved.is_untold) == (dt.date(2026, 11, 27), "09:00", False)
    assert page.delay.isHidden()
    assert focused() is page.rows
    window.toasts.undo()
    assert promises.get(shop, mattress).due == TODAY + dt.timedelta(1)


def test_own_words_stay_when_the_date_changes(page: TodayPage) -> None:
    press(Qt.Key.Key_N)
    assert page.delay is not None
    page.delay.body_text.setPlainText("Meine Worte")
    page.delay.until.setFocus()
    page.delay.until.selectAll()
    enter("+5")
    assert page.delay.body_text.toPlainText() == "Meine Worte"


def test_without_an_address_the_number_to_dial_stands_there(
    page: TodayPage, shop: Shop, weber: Customer, mattress: int
) -> None:
    customers.save(shop, replace(weber, emails=()))
    press(Qt.Key.Key_N)
    assert page.delay is not None
    assert page.delay.send.isHidden()
    assert "77 88 99" in page.delay.to.text() or "778899" in page.delay.to.text()
    enter("fr")
    page.delay.said.click()
    assert not promises.get(shop, mattress).is_untold


def test_a_wrong_date_is_said_and_esc_closes(page: TodayPage, shop: Shop, mattress: int) -> None:
    press(Qt.Key.Key_N)
    assert page.delay is not None
    page.delay.until.selectAll()
    enter("31.2.")
    assert page.delay.problem.text()
    control(Qt.Key.Key_Return)
    assert outbox.page(shop) == ()
    press(Qt.Key.Key_Escape)
    assert page.delay.isHidden()
    assert focused() is page.rows
    assert promises.get(shop, mattress).due == TODAY + dt.timedelta(1)


def test_n_and_b_do_nothing_on_other_rows(window: MainWindow, shop: Shop) -> None:
    from shopdesk.domain.follow_ups import FollowUp
    from shopdesk.usecases import follow_ups

    follow_ups.create(shop, FollowUp(TODAY, "Steuerberater"))
    window.open_page("today")
    page = window.navigation.page
    assert isinstance(page, TodayPage)
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_B)
    assert page.delay is None
    assert [item.kind for item in page._items] == [TodayKind.FOLLOW_UP]


def test_the_clock_goes_on_without_reading_again(
    page: TodayPage, shop: Shop, weber: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert weber.id is not None
    promises.create(shop, Promise(weber.id, "Rückruf", TODAY, "12:00"))
    assert spoken(page)[0] == "Zugesagt: Rückruf. Weber. heute 12:00"
    read: list[int] = []
    fetch = page.rows.rows._fetch

    def counted(*given: Any) -> Any:
        read.append(1)
        return fetch(*given)

    monkeypatch.setattr(page.rows.rows, "_fetch", counted)
    clock = shop.clock
    assert isinstance(clock, FixedClock)
    clock.advance(dt.timedelta(minutes=40))
    page._tick()
    assert read == []
    clock.advance(dt.timedelta(hours=1))
    page._tick()  # 12:30: it is late, and its place is another one, if it was not first already
    first = page.rows.rows.index(0, 0).data()
    assert first == "Zugesagt: Rückruf. Weber. seit 12:00"


def test_what_is_in_sight_tells_of_its_customer(page: TodayPage, qtbot: QtBot) -> None:
    page._ask_facts()
    qtbot.waitUntil(lambda: "+49 551 778899" in page.rows.rows.index(0, 0).data())


def test_the_message_fits_at_one_and_a_half_the_text_size(
    theme: Theme, page: TodayPage, window: MainWindow
) -> None:
    theme.choose("light", 150)
    press(Qt.Key.Key_N)
    assert page.delay is not None
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 980
    assert page.delay.send.isVisible()
