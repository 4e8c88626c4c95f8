"""The folder of downloads: asked about once, watched by the system, a new statement stands in Heute and ⏎ reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.own_bank_lists import OwnList
from shopdesk.ui.bank_files.page import BankFilesPage
from shopdesk.ui.bank_files.watching import BankFolderWatch
from shopdesk.ui.settings.bank_files_section import BankFilesSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import bank_folder, own_bank_lists
from shopdesk.usecases.shop import Shop
from tests.statement_files import Booking, camt


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    return make_window()


def shown(window: MainWindow) -> BankFilesPage:
    window.open_page("bank_files")
    page = window.navigation.page
    assert isinstance(page, BankFilesPage)
    return page


def read_one(window: MainWindow, folder: Path, qtbot: QtBot) -> BankFilesPage:
    place = folder / "erste.xml"
    place.write_bytes(camt([Booking(1000)]))
    page = shown(window)
    page.open_item((str(place),))
    qtbot.waitUntil(lambda: len(page.found) == 1, timeout=20_000)
    return page


def test_after_the_first_file_it_is_asked_once_and_no_is_an_answer(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page = read_one(window, tmp_path, qtbot)
    assert not page.question.isHidden()
    assert tmp_path.name in page.question.words.text()
    page.question.no.click()
    assert (window.settings.bank_folder, window.settings.bank_folder_asked) == ("", True)
    page.question.ask_about(str(tmp_path / "erste.xml"))
    assert page.question.isHidden()


def test_yes_and_the_next_download_stands_in_heute_where_return_reads_it(
    window: MainWindow, shop: Shop, tmp_path: Path, qtbot: QtBot
) -> None:
    watch = BankFolderWatch(window)
    page = read_one(window, tmp_path, qtbot)
    page.question.yes.click()
    assert window.settings.bank_folder == str(tmp_path)
    watch.look()
    qtbot.waitUntil(lambda: not watch._is_looking, timeout=10_000)
    (tmp_path / "zweite.xml").write_bytes(camt([Booking(2000, text="neu")]))  # the system tells it
    qtbot.waitUntil(lambda: len(bank_folder.waiting(shop)) == 1, timeout=20_000)
    qtbot.waitUntil(
        lambda: any("zweite.xml" in toast.message for toast in window.toasts.toasts), timeout=10_000
    )
    window.open_page("today")
    today = window.navigation.page
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: "zweite.xml" in str(today.rows.currentIndex().data()), timeout=10_000)
    qtbot.keyClick(today.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.found) == 2, timeout=20_000)
    assert bank_folder.waiting(shop) == ()
    assert (tmp_path / "zweite.xml").exists()


def test_the_settings_switch_it_off_and_forget_a_list(
    window: MainWindow, shop: Shop, tmp_path: Path, qtbot: QtBot
) -> None:
    page = read_one(window, tmp_path, qtbot)
    page.question.yes.click()
    own = OwnList("Hausbank", ("datum", "betrag"), {"booked": "datum", "amount": "betrag"})
    own_bank_lists.remember(shop, own)
    section = BankFilesSection(shop, window)
    qtbot.addWidget(section)
    section.reload()
    assert section.watched.isChecked()
    assert section.folder.text().replace("\u200b", "") == str(tmp_path)
    section.watched.click()
    assert window.settings.bank_folder == ""
    section._changed(OwnList("Sparbank", own.header, own.columns))
    assert [each.bank for each in own_bank_lists.stored(shop)] == ["Sparbank"]
    section._forget(own)
    assert own_bank_lists.stored(shop) == ()
    window.toasts.undo()
    assert [each.bank for each in own_bank_lists.stored(shop)] == ["Sparbank"]
