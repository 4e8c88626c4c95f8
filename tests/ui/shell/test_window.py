from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import settings
from shopdesk.domain.errors import NotFound
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.shell.bug_dialog import BugDialog, report
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewCustomer, NewDocument
from shopdesk.ui.shell.side_bar import SideButton
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.theme import Theme
from shopdesk.usecases.shop import Shop
from tests.ui.sample_pages import PAGES, DetailPage, EarlyPage, ListPage

Ctrl = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    return make_window(PAGES)


def list_page(window: MainWindow, name: str) -> ListPage:
    page = window.navigation.pages[name]
    assert isinstance(page, ListPage)
    return page


def detail_page(window: MainWindow, name: str) -> DetailPage:
    page = window.navigation.pages[name]
    assert isinstance(page, DetailPage)
    return page


def side_buttons(window: MainWindow) -> list[str]:
    return [button.title for button in window.side_bar.findChildren(SideButton) if button.isVisible()]


def test_pages_are_built_on_their_first_visit_and_kept(window: MainWindow) -> None:
    assert not window.navigation.pages
    window.open_page("today")
    assert list(window.navigation.pages) == ["today"]
    first = list_page(window, "today")
    window.open_page("customers")
    window.open_page("today")
    assert list_page(window, "today") is first
    assert first.reloads == 1
    assert first.left == 1


def test_control_and_a_digit_open_a_page(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("today")
    qtbot.keyClick(window, Qt.Key.Key_3, Ctrl)
    assert window.navigation.here is not None
    assert window.navigation.here.name == "customers"
    assert window.windowTitle() == "Kunden – shopdesk"


def test_escape_leads_back_through_the_visited_pages(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("today")
    window.open_customer(4)
    assert detail_page(window, "customer").items == [4]
    assert window.windowTitle() == "Kunde 4 – shopdesk"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.navigation.here is not None
    assert window.navigation.here.name == "today"


def test_without_a_history_escape_leads_to_the_list_above(window: MainWindow, qtbot: QtBot) -> None:
    window.open_customer(4)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.navigation.here is not None
    assert window.navigation.here.name == "customers"


def test_back_opens_the_thing_that_was_shown_again(window: MainWindow) -> None:
    window.open_customer(4)
    window.open_customer(5)
    window.back()
    assert detail_page(window, "customer").items == [4, 5, 4]


def test_a_change_reloads_the_shown_page_and_marks_the_hidden_one(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("customers")
    window.open_page("today")
    hidden, shown = list_page(window, "customers"), list_page(window, "today")
    window._tables_changed.emit(frozenset({"customers"}))
    qtbot.waitUntil(lambda: shown.reloads == 2)
    assert hidden.reloads == 1
    window.open_page("customers")
    assert hidden.reloads == 2


def test_a_change_nobody_watches_reloads_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("today")
    window.navigation.tables_changed(frozenset({"journal"}))
    assert list_page(window, "today").reloads == 1


def test_before_the_first_paint_only_what_is_light_is_read(
    qtbot: QtBot, theme: Theme, texts: Texts, shop: Shop
) -> None:
    window = MainWindow(shop, texts, Settings(), theme, lambda _text: (), pages=PAGES)
    qtbot.addWidget(window)
    window.open_page("today")
    window.open_page("early")
    late, early = list_page(window, "today"), list_page(window, "early")
    assert isinstance(early, EarlyPage)
    assert (late.reloads, early.reloads, early.rests) == (0, 1, 0)
    window.show()
    qtbot.waitUntil(lambda: early.rests == 1)
    assert early.reloads == 1
    window.open_page("today")
    assert late.reloads == 1
    window.refresh()
    assert late.reloads == 2


def test_only_the_shown_page_says_how_small_the_window_may_be(window: MainWindow) -> None:
    window.open_page("early")
    assert window.minimumSizeHint().width() > 900
    window.open_page("settings")
    assert window.minimumSizeHint().width() < 900


def test_the_page_comes_before_the_window_with_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("today")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert list_page(window, "today").did == ["invoice"]
    window.open_customer(4)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert detail_page(window, "document").items == [NewDocument("invoice")]


def test_a_key_nobody_handles_stays_with_the_widget(window: MainWindow) -> None:
    window.open_page("today")
    actions = {action.objectName(): action for action in window.actions()}
    assert not actions["issue_and_send"].isEnabled()
    assert actions["palette"].isEnabled()


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_question_mark_in_a_list_shows_the_keys_and_escape_gives_the_focus_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_page("today")
    page = list_page(window, "today")
    page.list.setFocus()
    qtbot.keyClicks(page.list, "?")
    assert window.overlays.keys is not None
    assert window.overlays.keys.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert not window.overlays.keys.isVisible()
    assert QApplication.focusWidget() is page.list
    assert window.navigation.here is not None
    assert window.navigation.here.name == "today"


def test_a_page_of_the_second_rank_comes_with_its_first_use(window: MainWindow) -> None:
    window.open_page("today")
    assert "Postausgang" not in side_buttons(window)
    window.count("outbox", 2)
    assert "Postausgang" in side_buttons(window)
    button = next(b for b in window.side_bar.findChildren(SideButton) if b.title == "Postausgang")
    assert button.accessibleName() == "Postausgang, 2"


def test_an_error_the_owner_can_mend_is_told_in_words(window: MainWindow) -> None:
    window.open_page("today")
    window.problem(NotFound("R-1"))
    assert [toast.message for toast in window.toasts.toasts] == [window.texts.say(NotFound("R-1").message)]


def test_a_bug_gets_one_calm_dialog_and_a_report_without_data(window: MainWindow, qtbot: QtBot) -> None:
    customer = "Ivanova"

    def fail() -> None:
        raise RuntimeError(customer)

    window.run_desk(fail, lambda _result: pytest.fail("no result"))
    dialog = window.findChild(BugDialog)
    assert dialog is not None
    assert "RuntimeError" in dialog.text.toPlainText()
    assert "test_window.py" in dialog.text.toPlainText()
    assert "Ivanova" not in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "RuntimeError" in QApplication.clipboard().text()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_report_of_an_error_that_was_never_raised_still_says_what_it_is() -> None:
    assert report(ValueError("x")).endswith("ValueError")


def test_a_new_customer_begins_with_what_was_typed(window: MainWindow) -> None:
    window.new_customer("+359 88 712")
    assert detail_page(window, "customer").items == [NewCustomer("+359 88 712")]


def test_closing_saves_the_draft_and_the_place_and_forgets_what_waits(
    window: MainWindow, qtbot: QtBot
) -> None:
    did: list[str] = []
    window.open_page("today")
    window.toast("Rechnung wird gesendet", seconds=8, then=lambda: did.append("sent"))
    window.close()
    assert list_page(window, "today").left == 1
    assert not did
    assert settings.load().window["width"] == window.width()


def test_settings_are_followed_at_once(window: MainWindow) -> None:
    from dataclasses import replace

    window.change_settings(replace(window.settings, theme="dark"))
    assert tokens().dark
    assert settings.load().theme == "dark"
