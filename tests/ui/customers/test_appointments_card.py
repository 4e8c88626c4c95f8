"""Appointments on the customer's page: begun with one key, seen beside the timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.customers import Customer
from shopdesk.ui.appointments.page import AppointmentsPage
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.labels import Caption
from shopdesk.usecases import appointments
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import press

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def planned(shop: Shop, customer: Customer) -> Appointment:
    starts = dt.datetime(2026, 11, 24, 10, 0, tzinfo=shop.clock.zone)
    value = Appointment(starts, starts + dt.timedelta(minutes=30), "Probeliegen", customer.id)
    return appointments.create(shop, value)[0]


def test_the_key_begins_an_appointment_with_this_customer(
    open_customer: Callable[[object], CustomerPage], gruber: Customer, window: MainWindow
) -> None:
    open_customer(gruber.id)
    press(Qt.Key.Key_T, CONTROL_SHIFT)
    page = window.navigation.page
    assert isinstance(page, AppointmentsPage)
    assert page.card.form.customer.text() == gruber.name


def test_open_appointments_stand_beside_the_timeline_and_a_click_opens_them(
    open_customer: Callable[[object], CustomerPage], gruber: Customer, shop: Shop, window: MainWindow, qtbot: QtBot
) -> None:  # fmt: skip
    card = open_customer(gruber.id).existing.side.appointments
    assert card.isHidden()
    value = planned(shop, gruber)
    qtbot.waitUntil(lambda: not card.isHidden())
    assert "Di 24.11. 10:00–10:30" in [label.text() for label in card.findChildren(Caption)]
    (button,) = [one for one in card.findChildren(QPushButton) if one.accessibleName() == "Probeliegen"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    page = window.navigation.page
    assert isinstance(page, AppointmentsPage)
    assert page.card.form.shown.id == value.id


def test_what_is_over_takes_no_room(
    open_customer: Callable[[object], CustomerPage], gruber: Customer, shop: Shop, qtbot: QtBot
) -> None:
    value = planned(shop, gruber)
    card = open_customer(gruber.id).existing.side.appointments
    assert not card.isHidden()
    appointments.done(shop, value)
    qtbot.waitUntil(card.isHidden)


def test_one_that_was_only_begun_is_left_without_a_word(
    open_customer: Callable[[object], CustomerPage], gruber: Customer, window: MainWindow
) -> None:
    open_customer(gruber.id)
    press(Qt.Key.Key_T, CONTROL_SHIFT)
    page = window.navigation.page
    assert isinstance(page, AppointmentsPage)
    assert not page.card.form.is_changed
    page.card.form.subject.setText("Aufmaß")
    assert page.card.form.is_changed
