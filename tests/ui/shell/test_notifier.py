"""Notices of the window: with and without a tray, quiet, after a sleep, opened by a click; never the focus."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.settings.notices_section import NoticesSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.notifier import Notifier
from shopdesk.ui.shell.tray import Tray, program_icon
from shopdesk.usecases import appointments, follow_ups, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop


class ToldTray(Tray):
    """Keeps what it is to say; everything else is the real one."""

    def say(self, heading: str, text: str) -> None:
        self.told.append((heading, text))

    @property
    def told(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self.__dict__.setdefault("_told", [])
        return found


@pytest.fixture
def tray(window: MainWindow) -> ToldTray:
    found = ToldTray(window.texts, (("Öffnen", window.come_forward),), window)
    window.tray = found
    return found


@pytest.fixture
def clock(shop: Shop) -> FixedClock:
    assert isinstance(shop.clock, FixedClock)
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    return shop.clock


def in_minutes(shop: Shop, minutes: int, subject: str = "Aufmaß") -> int:
    starts = shop.clock.now() + dt.timedelta(minutes=minutes)
    made, _ = appointments.create(shop, Appointment(starts, starts + dt.timedelta(hours=1), subject))
    return made.id or 0


def test_each_is_told_once_and_the_count_stands_at_the_icon(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    in_minutes(shop, 40)
    notifier = Notifier(window, tray)
    notifier.start()
    assert tray.told == []
    assert "1 " in tray.icon.toolTip()
    clock.advance(dt.timedelta(minutes=26))
    notifier.look()
    notifier.look()
    assert tray.told == [("Termin in einer Viertelstunde", "Aufmaß")]


def test_after_a_sleep_many_are_one(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    for number in range(5):
        in_minutes(shop, 60, f"Termin {number}")
    clock.advance(dt.timedelta(minutes=50))
    notifier.look()
    assert [head for head, _ in tray.told] == ["5 Dinge stehen an"]


def test_what_came_up_while_closed_is_told_at_the_next_start(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    Notifier(window, tray).start()
    in_minutes(shop, 60)
    clock.advance(dt.timedelta(minutes=50))
    Notifier(window, tray).start()  # another start, the same settings
    assert len(tray.told) == 1


def test_quiet_hours_only_postpone(window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray) -> None:
    now = shop.clock.now().astimezone(shop.clock.zone)
    window.settings = replace(
        window.settings, quiet_from=f"{now:%H:%M}", quiet_until=f"{now + dt.timedelta(hours=1):%H:%M}"
    )
    notifier = Notifier(window, tray)
    notifier.start()
    in_minutes(shop, 70)
    clock.advance(dt.timedelta(minutes=58))
    notifier.look()
    assert tray.told == []
    clock.advance(dt.timedelta(minutes=3))
    notifier.look()
    assert len(tray.told) == 1


def test_switched_off_nothing_is_told_and_nothing_is_stored_up(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    window.settings = replace(window.settings, notices=False)
    notifier = Notifier(window, tray)
    notifier.start()
    in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    window.settings = replace(window.settings, notices=True)
    notifier.look()
    assert tray.told == []


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)")
def test_a_click_opens_the_thing_itself(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    tray.opened.emit()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "appointments"


def test_without_a_place_for_icons_the_window_says_it(
    window: MainWindow, shop: Shop, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    notifier = Notifier(window, None)
    notifier.start()
    in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    assert "Aufmaß" in window.toasts.toasts[-1].message


def test_without_a_place_for_icons_nothing_is_swallowed_while_the_owner_works_in_the_window(
    window: MainWindow, shop: Shop, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    notifier = Notifier(window, None)
    notifier.start()
    in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    assert "Aufmaß" in window.toasts.toasts[-1].message


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)")
def test_closing_leaves_it_beside_the_clock_only_when_wanted(window: MainWindow, tray: ToldTray) -> None:
    window.settings = replace(window.settings, stay_in_tray=True)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert window.isHidden()
    tray.opened.emit()
    window.come_forward()
    assert window.isVisible()
    window.give_way()  # the system shuts down: nobody may hold it up
    event = QCloseEvent()
    event.accept()
    window.closeEvent(event)
    assert event.isAccepted()
    assert QApplication.quitOnLastWindowClosed()


def test_every_count_has_a_picture() -> None:
    pictures = {bytes(program_icon(count).pixmap(32).toImage().constBits()) for count in (0, 1, 9, 10)}
    assert len(pictures) == 4


def test_the_settings_hold_at_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.open_page("settings", "notices")
    page = window.navigation.page
    assert isinstance(page, SettingsPage)
    section = page.sections["notices"]
    assert isinstance(section, NoticesSection)
    section.quiet.setFocus()
    section.quiet.setText("20-7:30")
    section.quiet.textEdited.emit("20-7:30")
    assert (window.settings.quiet_from, window.settings.quiet_until) == ("20:00", "07:30")
    section.told.click()
    assert not window.settings.notices
    section.quiet.setText("")
    section.quiet.textEdited.emit("")
    assert (window.settings.quiet_from, window.settings.quiet_until) == ("", "")


def ways(tray: ToldTray) -> list[str]:
    return [action.text() for action in tray._menu.actions() if not action.isSeparator()]


def test_one_notice_is_settled_at_the_icon_and_taken_back_in_the_window(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    appointment = in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    assert ways(tray) == ["Öffnen: Aufmaß", "Erledigt: Aufmaß", "In einer Stunde erinnern: Aufmaß", "Öffnen"]
    tray._menu.actions()[1].trigger()
    assert not appointments.get(shop, appointment).is_open
    assert ways(tray) == ["Öffnen"]
    window.toasts.undo()
    assert appointments.get(shop, appointment).is_open


def test_several_notices_offer_only_the_window(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    for number in range(5):
        in_minutes(shop, 60, f"Termin {number}")
    clock.advance(dt.timedelta(minutes=50))
    notifier.look()
    assert ways(tray) == ["Öffnen"]


def test_in_an_hour_only_the_notice_comes_again(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    appointment = in_minutes(shop, 100)
    starts = appointments.get(shop, appointment).starts
    clock.advance(dt.timedelta(minutes=90))
    notifier.look()
    tray._menu.actions()[2].trigger()
    assert appointments.get(shop, appointment).starts == starts
    clock.advance(dt.timedelta(minutes=59))
    notifier.look()
    assert len(tray.told) == 1
    clock.advance(dt.timedelta(minutes=1))
    notifier.look()
    assert [text for _, text in tray.told] == ["Aufmaß", "Aufmaß"]


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)")
def test_what_was_settled_elsewhere_is_offered_no_longer_and_not_settled_again(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    appointment = in_minutes(shop, 20)
    clock.advance(dt.timedelta(minutes=10))
    notifier.look()
    done = tray._menu.actions()[1]
    appointments.cancel(shop, appointments.get(shop, appointment))
    done.trigger()
    assert appointments.get(shop, appointment).state == AppointmentState.CANCELLED
    assert "schon erledigt" in window.toasts.toasts[-1].message
    other = in_minutes(shop, 30, "Anprobe")
    clock.advance(dt.timedelta(minutes=20))
    notifier.look()
    assert len(ways(tray)) == 4
    appointments.cancel(shop, appointments.get(shop, other))
    notifier.look()
    assert ways(tray) == ["Öffnen"]


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)")
def test_a_follow_up_of_nobody_opens_heute(
    window: MainWindow, shop: Shop, clock: FixedClock, tray: ToldTray
) -> None:
    notifier = Notifier(window, tray)
    notifier.start()
    at = shop.clock.now().astimezone(shop.clock.zone) + dt.timedelta(minutes=10)
    follow_ups.create(shop, FollowUp(at.date(), "Milch holen", due_time=f"{at:%H:%M}"))
    clock.advance(dt.timedelta(minutes=11))
    notifier.look()
    window.open_page("settings")
    tray.opened.emit()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "today"
