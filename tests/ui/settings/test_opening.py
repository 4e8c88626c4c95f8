"""The settings page opens with its first section; the others follow while the window answers."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from shopdesk.ui.settings.page import SECTIONS, SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases.shop import Shop


def settings_page(window: MainWindow) -> SettingsPage:
    found = window.navigation.page
    assert isinstance(found, SettingsPage)
    return found


def test_the_sections_come_one_at_a_time_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("settings")
    page = settings_page(window)
    assert len(page._made) == 1
    qtbot.waitUntil(lambda: len(page._made) == len(SECTIONS), timeout=20_000)
    assert list(page._made) == list(SECTIONS)

    def stand_in_order() -> bool:
        tops = [section.y() for section in page._made.values()]
        return tops == sorted(set(tops))

    qtbot.waitUntil(stand_in_order)
    assert [chip.text() for chip in page.chips.values()] == [one.title for one in page._made.values()]


def test_leaving_before_all_sections_are_there_is_no_harm(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    window.open_page("settings")
    page = settings_page(window)
    window.open_page("today")
    page.reload()
    window.open_page("settings", "letterhead")
    qtbot.waitUntil(lambda: len(page._made) == len(SECTIONS), timeout=20_000)
    assert list(page.sections) == list(SECTIONS)
