"""S in Heute for every row that can wait, with a time of day, and Strg+Z after Strg+Z."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.customers import Customer
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.phone_calls import CallState, PhoneCall
from shopdesk.domain.promises import Promise
from shopdesk.domain.today import TodayItem
from shopdesk.outside.clock import FixedClock
from shopdesk.store import appointments as stored_appointments
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import (
    appointments,
    customers,
    follow_ups,
    inquiry_steps,
    phone_calls,
    promises,
    sample_shop,
    shop_settings,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, press

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def clock(shop: Shop) -> FixedClock:
    """10:00 of the shop's Monday."""
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    found = shop.clock
    assert isinstance(found, FixedClock)
    found.set(dt.datetime(2026, 11, 23, 10, tzinfo=found.zone))
    return found


def an_inquiry(shop: Shop) -> None:
    inquiry_steps.create(shop, IncomingMessage(InquiryChannel.MAIL, shop.clock.now(), "Winterreifen"))


def a_missed_call(shop: Shop) -> None:
    phone_calls.note(shop, PhoneCall("1", "055199887", "99880", incoming=True, state=CallState.MISSED))


def a_broken_promise(shop: Shop) -> None:
    customer = customers.create(shop, Customer(company="Weber")).id or 0
    made, _ = promises.create(shop, Promise(customer, "Matratze", TODAY))
    promises.broken(shop, made.id or 0)


def an_appointment(shop: Shop) -> None:
    starts = shop.clock.now() + dt.timedelta(minutes=30)
    made, _ = appointments.create(shop, Appointment(starts, starts + dt.timedelta(minutes=30), "Reifen"))
    with shop.writing() as connection:
        stored_appointments.set_told(connection, made.id or 0, "d.ivanova@example.org", 0)


def opened(window: MainWindow) -> TodayPage:
    window.open_page("today")
    page = window.navigation.page
    assert isinstance(page, TodayPage)
    page.reload()
    page.rows.setFocus()
    return page


def shown(page: TodayPage) -> list[TodayItem]:
    page.reload()
    return list(page._items)


@pytest.mark.parametrize("waiting", [an_inquiry, a_missed_call, a_broken_promise])
def test_s_with_a_time_of_today_takes_it_away_until_then(
    window: MainWindow, shop: Shop, clock: FixedClock, waiting: Callable[[Shop], None]
) -> None:
    waiting(shop)
    page = opened(window)
    (before,) = shown(page)
    press(Qt.Key.Key_S)
    enter("14:30")
    assert shown(page) == []
    clock.set(dt.datetime(2026, 11, 23, 14, 29, tzinfo=clock.zone))
    page._tick()
    assert page.rows.rows.rowCount() == 0
    clock.set(dt.datetime(2026, 11, 23, 14, 30, tzinfo=clock.zone))
    page._tick()  # nobody did anything: the clock alone brings it back
    assert [item.reference for item in page._items] == [before.reference]


def test_s_moves_an_appointment_and_says_that_the_customer_does_not_know(
    window: MainWindow, shop: Shop, clock: FixedClock
) -> None:
    an_appointment(shop)
    page = opened(window)
    (before,) = shown(page)
    press(Qt.Key.Key_S)
    enter("15:00")
    moved = appointments.get(shop, before.reference)
    assert moved.starts == dt.datetime(2026, 11, 23, 15, tzinfo=clock.zone)
    assert moved.length == dt.timedelta(minutes=30)
    assert "Der Kunde weiß es noch nicht" in window.toasts.toasts[-1].message


def test_ctrl_z_after_ctrl_z_takes_both_back(window: MainWindow, shop: Shop, clock: FixedClock) -> None:
    noted, _ = follow_ups.create(shop, FollowUp(TODAY, "Angebot nachfassen"))
    page = opened(window)
    page._toggle_ahead()
    for typed in ("+2", "+3"):
        page.rows.setFocus()
        press(Qt.Key.Key_S)
        enter(typed)
    for due in (TODAY + dt.timedelta(2), TODAY):
        page.rows.setFocus()
        control(Qt.Key.Key_Z)
        assert follow_ups.get(shop, noted.id or 0).due == due


def test_the_appointments_of_today_stand_beside_the_list(
    window: MainWindow, shop: Shop, clock: FixedClock
) -> None:
    page = opened(window)
    from shopdesk.usecases import today

    page.glance.show_figures(today.at_a_glance(shop))
    assert page.glance.booked.isHidden()
    an_appointment(shop)
    page.glance.show_figures(today.at_a_glance(shop))
    assert not page.glance.booked.isHidden()
    assert page.glance.booked.words.text() == "Termin heute, der nächste um 10:30"
