"""What was promised on the phone stays in sight until it is kept, or told to be late; a real mail server."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.outside.post import SmtpPost
from shopdesk.settings import Settings
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.ui.today.delay_line import DelayLine
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import (
    customers,
    follow_ups,
    mail_settings,
    promises,
    sample_shop,
    search,
    shop_settings,
    timeline,
)
from shopdesk.usecases.shop import Shop
from tests.journeys.mail_server import PASSWORD, Accepting, mail_server

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Desk:
    """The open window, the shop behind it, the clock on the wall, and the mail server far away."""

    shop: Shop
    clock: FixedClock
    window: MainWindow
    server: Accepting
    customer_id: int

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """One key where the focus is."""
        QApplication.sendPostedEvents()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.sendPostedEvents()

    def type(self, text: str) -> None:
        """Content."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def today(self) -> TodayPage:
        """Ctrl+1."""
        self.press(Qt.Key.Key_1, CONTROL)
        page = self.window.navigation.page
        assert isinstance(page, TodayPage)
        page.reload()
        return page

    def customer(self) -> CustomerPage:
        """The customer's card."""
        self.window.open_customer(self.customer_id)
        page = self.window.navigation.page
        assert isinstance(page, CustomerPage)
        return page

    def note(self, text: str) -> None:
        """Write it down and save it."""
        page = self.customer()
        page.existing.note.edit.setFocus()
        self.type(text)
        self.press(Qt.Key.Key_Return, CONTROL)


def spoken(page: TodayPage) -> list[str]:
    return [page.rows.rows.index(row, 0).data() for row in range(page.rows.rows.rowCount())]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "config")
    monkeypatch.setattr(DelayLine, "seconds", 0.3)
    clock = FixedClock(MONDAY)
    shop = Shop(
        tmp_path / "shop.sqlite", clock, SmtpPost(), SessionKeychain(), FakeMailProgram(), who="Lindner"
    )
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    person = PersonName(Salutation.MRS, "", "Desislava", "Ivanova")
    numbers, emails = (Phone("+359 88 712 3456"),), ("d.ivanova@example.org",)
    customer = customers.create(shop, Customer(person=person, phones=numbers, emails=emails))
    assert customer.id is not None
    with mail_server(tmp_path) as (server, account):
        mail_settings.save_account(shop, account, PASSWORD)
        texts, theme = Texts("de"), prepare(qapp, "light")
        window = MainWindow(shop, texts, Settings(), theme, lambda text: search.find(shop, text))
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.open_page("today")
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        yield Desk(shop, clock, window, server, customer.id)
        window.toasts.clear()
        window.lanes.close()
    shop.close()


def test_a_promise_at_risk_is_told_before_its_date(desk: Desk, qtbot: QtBot) -> None:
    page = desk.customer()
    page.existing.note.edit.setFocus()
    desk.type("Matratze bis Freitag")
    desk.press(Qt.Key.Key_P, CONTROL | SHIFT)
    desk.press(Qt.Key.Key_Return, CONTROL)
    (given,) = promises.of_customer(desk.shop, desk.customer_id)
    assert given.due == dt.date(2026, 11, 27)
    assert spoken(desk.today()) == []  # on Monday nothing has to be done about it

    desk.clock.set(dt.datetime(2026, 11, 26, 10, 0, tzinfo=dt.UTC))  # Thursday: the maker is late
    today = desk.today()
    assert spoken(today) == ["Zugesagt: Matratze. Desislava Ivanova. morgen"]
    desk.press(Qt.Key.Key_N)
    desk.type("di")  # the proposed date is marked, so typing replaces it
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.server.mails), timeout=20_000)

    mail = email.message_from_bytes(desk.server.mails[0], policy=email.policy.default)
    assert mail["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    assert mail["Subject"] == "Neuer Termin: Matratze"
    assert "Der neue Termin ist Dienstag, 01.12.2026." in mail.get_content()
    (moved,) = promises.of_customer(desk.shop, desk.customer_id)
    assert (moved.due, moved.first_due, moved.is_untold) == (
        dt.date(2026, 12, 1),
        dt.date(2026, 11, 27),
        False,
    )
    told = "Zusage auf 01.12.2026 verschoben, der Kunde weiß Bescheid: Matratze"
    qtbot.waitUntil(lambda: len(timeline.page(desk.shop, desk.customer_id)) == 3, timeout=10_000)
    assert told in {entry.title for entry in timeline.page(desk.shop, desk.customer_id)}
    assert spoken(desk.today()) == []

    desk.clock.set(dt.datetime(2026, 12, 1, 10, 0, tzinfo=dt.UTC))
    assert spoken(desk.today()) == ["Zugesagt: Matratze. Desislava Ivanova. heute"]
    desk.press(Qt.Key.Key_E)
    assert spoken(desk.today()) == []
    assert promises.of_customer(desk.shop, desk.customer_id) == ()


def test_stay_in_touch_comes_six_weeks_after_the_last_contact(desk: Desk) -> None:
    page = desk.customer()
    desk.press(Qt.Key.Key_F8)
    page.existing.follow_up.stay_in_touch()
    desk.type("Frau Ivanova anrufen")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    (touch,) = follow_ups.of_customer(desk.shop, desk.customer_id)
    assert touch.due == dt.date(2027, 1, 4)

    desk.clock.set(dt.datetime(2026, 12, 14, 10, 0, tzinfo=dt.UTC))
    desk.note("fragt nach einem Topper")
    (touch,) = follow_ups.of_customer(desk.shop, desk.customer_id)
    assert touch.due == dt.date(2027, 1, 25)
    desk.clock.set(dt.datetime(2027, 1, 4, 10, 0, tzinfo=dt.UTC))
    assert spoken(desk.today()) == []

    desk.clock.set(dt.datetime(2027, 1, 25, 10, 0, tzinfo=dt.UTC))
    assert spoken(desk.today())[0].startswith("Frau Ivanova anrufen. Desislava Ivanova")
    desk.press(Qt.Key.Key_E)
    (touch,) = follow_ups.of_customer(desk.shop, desk.customer_id)
    assert touch.due == dt.date(2027, 3, 8)
    desk.press(Qt.Key.Key_Z, CONTROL)
    (touch,) = follow_ups.of_customer(desk.shop, desk.customer_id)
    assert touch.due == dt.date(2027, 1, 25)
