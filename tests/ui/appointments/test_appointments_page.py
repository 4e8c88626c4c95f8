"""The calendar by keyboard and mouse: made, warned about, moved, told, taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.appointments import Appointment, AppointmentState, lanes
from shopdesk.domain.customers import Customer
from shopdesk.domain.mail import MailState
from shopdesk.domain.names import PersonName
from shopdesk.i18n import Texts
from shopdesk.ui.appointments.page import AppointmentsPage
from shopdesk.ui.appointments.time_grid import blocks
from shopdesk.ui.appointments.words import span_words
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import appointments, customers, outbox, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text

TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> AppointmentsPage:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    window.open_page("appointments")
    found = window.navigation.page
    assert isinstance(found, AppointmentsPage)
    return found


@pytest.fixture
def ivanova(shop: Shop, page: AppointmentsPage) -> Customer:
    person = PersonName(given_name="Desislava", family_name="Ivanova")
    return customers.create(shop, Customer(person=person, emails=("d.ivanova@example.org",)))


def on(shop: Shop, day: dt.date = TUESDAY) -> tuple[Appointment, ...]:
    return appointments.between(shop, day, day)


def put(
    shop: Shop, page: AppointmentsPage, hour: int = 10, minutes: int = 60, **fields: object
) -> Appointment:
    begin = dt.datetime.combine(TUESDAY, dt.time(hour), shop.clock.zone)
    value = Appointment(begin, begin + dt.timedelta(minutes=minutes), "Lattenrost anpassen", **fields)  # type: ignore[arg-type]
    made, _ = appointments.create(shop, value)
    page.reload()
    page.rows.select(made.id)
    return made


def test_an_empty_week_says_so_and_offers_the_first(page: AppointmentsPage) -> None:
    assert page.empty.isVisible()
    assert focused() is page.empty.button
    press(Qt.Key.Key_Space)
    assert page.card.isVisible()


def test_made_by_keyboard_alone(page: AppointmentsPage, shop: Shop, ivanova: Customer, qtbot: QtBot) -> None:
    control(Qt.Key.Key_N)
    assert focused() is page.card.form.customer
    type_text("ivan")
    qtbot.waitUntil(lambda: bool(page.card.form.customer.popup and page.card.form.customer.popup.isVisible()))
    press(Qt.Key.Key_Return)
    assert focused() is page.card.form.when
    type_text("di 10-11:30")
    press(Qt.Key.Key_Return)
    type_text("Probeliegen")
    press(Qt.Key.Key_Return)
    (made,) = on(shop)
    assert (made.subject, made.customer_name, made.length) == (
        "Probeliegen",
        "Desislava Ivanova",
        dt.timedelta(minutes=90),
    )
    assert page.rows.rows.rowCount() == 1


def test_what_is_in_the_way_is_said_while_typing(page: AppointmentsPage, shop: Shop) -> None:
    put(shop, page)
    page.new()
    page.card.form.when.setFocus()
    type_text("di 10:30-11:30")
    assert "10:00–11:00 Lattenrost anpassen" in page.card.form.warning.text()
    page.card.form.when.clear()
    type_text("di 11-12")
    assert page.card.form.warning.isHidden()


@pytest.mark.parametrize(
    ("when", "subject", "said"),
    [("", "Probeliegen", "Wann?"), ("di", "Probeliegen", "um wie viel Uhr"), ("di 10", "", "Worum geht es")],
)
def test_what_is_missing_is_said_at_its_field(
    page: AppointmentsPage, shop: Shop, when: str, subject: str, said: str
) -> None:
    page.new()
    page.card.form.when.setText(when)
    page.card.form.subject.setText(subject)
    page.acts.save_by_key()
    shown = " ".join(
        label.text() for label in page.card.findChildren(type(page.card.form.warning)) if label.isVisible()
    )
    assert said in shown
    assert on(shop) == ()
    assert page.card.form.subject.text() == subject


def test_the_keys_of_every_list_and_one_for_ready(
    page: AppointmentsPage, shop: Shop, ivanova: Customer, window: MainWindow
) -> None:
    made = put(shop, page, customer_id=ivanova.id)
    page.rows.setFocus()
    press(Qt.Key.Key_R)
    assert appointments.get(shop, made.id or 0).state == AppointmentState.READY
    (mail,) = outbox.page(shop)
    assert mail.subject == "Fertig: Lattenrost anpassen"
    control(Qt.Key.Key_Z)
    assert appointments.get(shop, made.id or 0).state == AppointmentState.PLANNED
    assert outbox.entry(shop, mail.id).state == MailState.CANCELLED
    press(Qt.Key.Key_E)
    assert appointments.get(shop, made.id or 0).state == AppointmentState.DONE
    press(Qt.Key.Key_Delete)
    assert on(shop) == ()
    control(Qt.Key.Key_Z)
    assert len(on(shop)) == 1


def test_ready_without_a_mail_address_shows_the_number(
    page: AppointmentsPage, shop: Shop, window: MainWindow
) -> None:
    from shopdesk.domain.customers import Phone

    person = PersonName(family_name="Brandt")
    brandt = customers.create(shop, Customer(person=person, phones=(Phone("0551 4711"),)))
    made = put(shop, page, customer_id=brandt.id)
    page.acts.ready(made)
    assert appointments.get(shop, made.id or 0).state == AppointmentState.READY
    assert "4711" in window.toasts.toasts[-1].message
    assert outbox.page(shop) == ()


def test_a_moved_and_invited_one_says_what_the_customer_does_not_know(
    page: AppointmentsPage, shop: Shop, ivanova: Customer, window: MainWindow
) -> None:
    made = put(shop, page, customer_id=ivanova.id)
    page.show_appointment(made)
    page.acts.invite()
    page.card.form.when.setFocus()
    page.card.form.when.selectAll()
    type_text("di 16-17")
    page.acts.save_by_key()
    assert "neu einladen" in window.toasts.toasts[-1].message
    assert appointments.get(shop, made.id or 0).sequence == 1


def mouse(kind: QMouseEvent.Type, page: AppointmentsPage, place: QPoint) -> None:
    button = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, place, page.grid.viewport().mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page.grid.viewport(), event)


def test_a_block_is_dragged_to_another_day_and_back(page: AppointmentsPage, shop: Shop) -> None:
    made = put(shop, page)
    (block,) = page.grid.shown
    start = page.grid.rect_of(block).center()
    width = page.grid.rect_of(block).width()
    target = start + QPoint(width + 10, 0)
    mouse(QMouseEvent.Type.MouseButtonPress, page, start)
    mouse(QMouseEvent.Type.MouseMove, page, target)
    mouse(QMouseEvent.Type.MouseButtonRelease, page, target)
    (moved,) = on(shop, TUESDAY + dt.timedelta(days=1))
    assert moved.starts - made.starts == dt.timedelta(days=1)
    control(Qt.Key.Key_Z)
    assert on(shop)[0].starts == made.starts


def test_a_click_shows_it_and_a_double_click_begins_one(page: AppointmentsPage, shop: Shop) -> None:
    made = put(shop, page)
    (block,) = page.grid.shown
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=page.grid.rect_of(block).center())
    assert page.card.form.shown.id == made.id
    below = page.grid.rect_of(block).center() + QPoint(0, page.grid.rect_of(block).height() * 2)
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=below)
    begin = page.card.form.when.value
    assert begin is not None
    assert begin[0].date() == TUESDAY
    assert 11 <= begin[0].hour <= 13


def test_days_and_weeks(page: AppointmentsPage) -> None:
    def shown() -> tuple[dt.date, int]:
        return page.days[0], len(page.days)

    monday = dt.date(2026, 11, 23)
    assert shown() == (monday, 7)
    assert "KW 48" in page.header.subtitle.text()
    page.switch.click()
    assert shown() == (monday, 1)
    page._turn(1)
    assert shown() == (TUESDAY, 1)
    page.switch.click()
    assert shown() == (monday, 7)


def test_esc_keeps_what_was_typed(page: AppointmentsPage, shop: Shop) -> None:
    page.new()
    page.card.form.when.setText("di 10")
    page.card.form.subject.setText("Probeliegen")
    page.card.form.subject.setFocus()
    press(Qt.Key.Key_Escape)
    assert len(on(shop)) == 1


def test_exported_and_dropped_again(
    page: AppointmentsPage, shop: Shop, window: MainWindow, tmp_path: Path
) -> None:
    put(shop, page)
    file = tmp_path / "termine.ics"
    page.export.export(file)
    assert page.take_files([str(file)])
    assert len(on(shop)) == 1
    assert "1 schon bekannt" in window.toasts.toasts[-1].message


def test_exported_as_a_folder(
    page: AppointmentsPage, shop: Shop, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    put(shop, page)
    page.export.export_folder(tmp_path)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.ics"))) == 1)
    qtbot.waitUntil(lambda: "1 Termin liegt im Ordner" in window.toasts.toasts[-1].message)


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_the_field_echoes_it_reads_again(page: AppointmentsPage, language: str) -> None:
    from shopdesk.domain.typing.spans import parse_span

    begin = dt.datetime(2026, 12, 24, 9, 30)  # noqa: DTZ001 - the shop's own clock
    for length in (dt.timedelta(minutes=45), dt.timedelta(hours=20)):
        echo = span_words(begin, begin + length, Texts(language))
        assert parse_span(echo, dt.date(2026, 11, 23), dt.timedelta(minutes=30)) == (begin, begin + length)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 900)), max_size=8))
def test_no_two_blocks_cover_each_other(spans: list[tuple[int, int]]) -> None:
    start = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    made = [
        Appointment(start + dt.timedelta(minutes=a), start + dt.timedelta(minutes=a + n), "x", id=at)
        for at, (a, n) in enumerate(spans)
    ]
    placed = lanes(made)
    assert len(placed) == len(made)
    for one, lane, of in placed:
        assert lane < of
        assert not any(other.overlaps(one) for other, its, _ in placed if its == lane and other is not one)
    days = [start.date() + dt.timedelta(days=n) for n in range(4)]
    drawn = blocks(made, days, dt.UTC)
    assert {block.appointment.id for block in drawn} == {one.id for one in made}
