"""The settings page as a whole: searching, going to a section, saving on leaving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.ui.settings.page import SECTIONS, SettingsPage
from shopdesk.ui.settings.section import Section
from shopdesk.ui.settings.selling_section import SellingSection
from shopdesk.ui.settings.shop_section import ShopSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.usecases import shop_settings
from shopdesk.usecases.shop import Shop


def shown(page: SettingsPage) -> set[str]:
    return {name for name, section in page.sections.items() if section.isVisible()}


FOUND_BY: dict[str, set[str]] = {
    "logo": {"letterhead"},
    "oss": {"selling", "tax"},
    "vies": {"tax"},
    "passwort": {"mail", "mail_in"},
    "widerruf": {"attachments"},
    "backup": {"data"},
    "nummernkr": {"numbers"},
    "dunkel": {"computer"},
    "betreff": {"letterhead", "mail_texts", "shipping"},
    "bundesland": {"answers", "selling"},
    "verschlusselung": {"mail", "mail_in"},
    "xyzzy": set(),
}


def test_searching_leaves_the_sections_with_these_words(page: SettingsPage, qtbot: QtBot) -> None:
    found = {}
    for typed, expected in FOUND_BY.items():
        page.search.clear()
        qtbot.keyClicks(page.search, typed)
        page.search.search_now()
        found[typed] = shown(page)
        assert page.nothing.isVisible() == (not expected)
    assert found == FOUND_BY


def test_escape_shows_everything_again(page: SettingsPage, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "logo")
    qtbot.waitUntil(lambda: len(shown(page)) == 1)
    window.escape()
    qtbot.waitUntil(lambda: shown(page) == set(SECTIONS))


def test_enter_goes_into_the_first_section_found(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "passwort")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.sections["mail"].isAncestorOf(focused)


def has_keyboard(section: Section) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and section.isAncestorOf(focused)


def test_each_section_can_be_opened_by_its_name(page: SettingsPage, window: MainWindow, qtbot: QtBot) -> None:
    for name, section in page.sections.items():
        window.open_page("settings", name)
        qtbot.waitUntil(partial(has_keyboard, section))
        assert not section.visibleRegion().isEmpty()


def test_leaving_the_page_saves_what_was_changed(page: SettingsPage, window: MainWindow, shop: Shop) -> None:
    section = page.sections["selling"]
    assert isinstance(section, SellingSection)
    section.payment_days.setText("30")
    section.payment_days.editingFinished.emit()
    window.open_page("today")
    assert shop_settings.profile(shop).payment_days == 30


def test_leaving_with_a_mistake_says_so_and_keeps_the_typed(
    page: SettingsPage, window: MainWindow, shop: Shop
) -> None:
    section = page.sections["shop"]
    assert isinstance(section, ShopSection)
    line = section.form._lines["iban"]
    line.setText("DE02 1203 0000 0000 2020 52")
    window.open_page("today")
    assert window.toasts.toasts
    window.open_page("settings")
    assert line.text() == "DE02 1203 0000 0000 2020 52"
    assert shop_settings.profile(shop).seller.iban == "DE02120300000000202051"


def test_a_change_elsewhere_does_not_overwrite_what_is_being_typed(page: SettingsPage, shop: Shop) -> None:
    section = page.sections["shop"]
    assert isinstance(section, ShopSection)
    section.form._lines["owner"].setText("Jens L.")
    profile = shop_settings.profile(shop)
    shop_settings.save_profile(shop, profile)
    page.reload()
    assert section.form._lines["owner"].text() == "Jens L."


def test_the_wheel_over_a_closed_choice_changes_nothing(page: SettingsPage) -> None:
    section = page.sections["selling"]
    assert isinstance(section, SellingSection)
    before = section.region.value
    place = QPointF(section.region.rect().center())
    turned = QWheelEvent(
        place, place, QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(section.region, turned)
    assert section.region.value == before


def test_all_sections_fit_at_one_and_a_half_the_text_size(theme: Theme, window: MainWindow) -> None:
    theme.choose("light", 150)
    window.open_page("settings")
    QTest.qWait(50)  # until every part has told its size
    assert window.minimumSizeHint().width() <= 1280
