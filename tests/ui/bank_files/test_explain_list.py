"""The list of an unknown bank chosen or dropped on the page: the columns are checked once, ⏎ reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.ui.bank_files.explain import ExplainList
from shopdesk.ui.bank_files.page import BankFilesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import own_bank_lists
from shopdesk.usecases.shop import Shop

SIGNED = (
    "Buchungsdatum;Empfänger/Auftraggeber;IBAN;Zweck;Umsatz;S/H\n"
    "23.11.2026;Desislava Ivanova;DE89370400440532013000;R-2026-0001;295,55;H\n"
)


@pytest.fixture
def page(make_window: Callable[..., MainWindow]) -> BankFilesPage:
    window = make_window()
    window.open_page("bank_files")
    page = window.navigation.page
    assert isinstance(page, BankFilesPage)
    return page


def asked(page: BankFilesPage, qtbot: QtBot) -> ExplainList:
    qtbot.waitUntil(lambda: bool(page.findChildren(ExplainList)), timeout=20_000)
    return page.findChildren(ExplainList)[-1]


def test_checked_once_named_and_read(page: BankFilesPage, shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "umsaetze.csv"
    place.write_text(SIGNED, encoding="utf-8")
    assert page.take_files([str(place)])
    dialog = asked(page, qtbot)
    qtbot.addWidget(dialog)
    assert dialog.bank.hasFocus() or not dialog.isActiveWindow()
    assert dialog.preview.rows.rowCount() == 1
    assert not dialog.keep.isEnabled()
    assert "Bank" in dialog.problem.text()
    qtbot.keyClicks(dialog.bank, "Hausbank")
    qtbot.keyClick(dialog.bank, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.found) == 1, timeout=20_000)
    (own,) = own_bank_lists.stored(shop)
    assert own.bank == "Hausbank"
    assert page.found[0].stored.entry.name == "Desislava Ivanova"


def test_a_wrong_column_is_said_and_nothing_is_kept(
    page: BankFilesPage, shop: Shop, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "umsaetze.csv"
    place.write_text(SIGNED, encoding="utf-8")
    page.open_item((str(place),))
    dialog = asked(page, qtbot)
    qtbot.addWidget(dialog)
    dialog.bank.setText("Hausbank")
    choice = next(choice for meaning, choice in dialog.choices.items() if meaning.value == "amount")
    choice.set_value("zweck")
    choice.chosen.emit()
    assert not dialog.keep.isEnabled()
    assert dialog.problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert own_bank_lists.stored(shop) == ()


def test_what_holds_no_bookings_is_told_in_a_sentence(
    page: BankFilesPage, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "kunden.csv"
    place.write_text("Name;Ort;Land\nIvanova;Gabrovo;BG\n", encoding="utf-8")
    page.open_item((str(place),))
    qtbot.waitUntil(lambda: "kunden.csv" in page.outcome.words.text(), timeout=20_000)
