"""The journal in the window: narrowed down, looked at, checked, saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.store import journal as stored
from shopdesk.ui.journal.page import JournalPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import articles, customers
from shopdesk.usecases.shop import Shop

NOW = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> JournalPage:
    """A customer, then an article that became dearer."""
    customers.create(shop, Customer(company="Möbelhof Keller"))
    article, _ = articles.save(shop, Article("TO-1", "Topper", unit_price=Decimal("249.5")))
    articles.save(shop, replace(article, unit_price=Decimal(259)))
    window.open_page("journal")
    found = window.navigation.page
    assert isinstance(found, JournalPage)
    return found


def titles(page: JournalPage) -> list[str]:
    model = page.rows.rows
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def words(page: JournalPage) -> str:
    return "\n".join(
        label.text() for label in page.detail.findChildren(QLabel) if label.isVisibleTo(page.detail)
    )


def test_the_newest_entry_stands_first_with_its_values_beside_each_other(
    page: JournalPage, qtbot: QtBot
) -> None:
    assert [title.split(".")[0] for title in titles(page)] == [
        "Artikel: TO-1 · Topper", "Artikel: TO-1 · Topper", "Kunde: Möbelhof Keller",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: all(word in words(page) for word in ("249,50", "259,00", "vorher")))
    page.rows.step(1)
    # of something new there is nothing before
    qtbot.waitUntil(lambda: "249,50" in words(page) and "vorher" not in words(page))


def test_subject_and_words_narrow_the_list_down(page: JournalPage) -> None:
    page.filters.subject.set_value("Customers")
    page.filters.subject.chosen.emit()
    assert len(titles(page)) == 1
    page.filters.search.setText("Topper")
    page.filters.search.search_now()
    assert titles(page) == []
    assert page.empty.sentence.text()
    page.filters.subject.set_value("")
    page.filters.subject.chosen.emit()
    assert len(titles(page)) == 2


def test_days_and_people_narrow_the_list_down(page: JournalPage, shop: Shop, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.first, "24.11.2026")
    assert titles(page) == []
    page.filters.first.clear()
    qtbot.keyClicks(page.filters.first, "x")
    qtbot.keyClick(page.filters.first, Qt.Key.Key_Backspace)
    assert len(titles(page)) == 3
    assert [page.filters.person.itemText(row) for row in range(page.filters.person.count())][1:] == [shop.who]


def test_a_day_without_a_year_is_one_that_was(page: JournalPage) -> None:
    page.filters.first.setText("24.12.")
    assert page.filters.first.settle()
    assert page.filters.first.value == dt.date(2025, 12, 24)


def test_enter_opens_what_the_entry_is_about(page: JournalPage, window: MainWindow, qtbot: QtBot) -> None:
    page.rows.step(2)
    qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert window.navigation.here is not None
    assert window.navigation.here.name == "customer"


def test_a_rare_entry_is_found_behind_many_others_while_the_window_goes_on(
    page: JournalPage, shop: Shop, qtbot: QtBot
) -> None:
    with shop.writing() as connection:
        for number in range(26_000):
            stored.append(connection, "create", "follow_up", number, None, None, NOW, "Jens", "1")
    page.filters.subject.set_value("Customers")
    page.filters.subject.chosen.emit()
    qtbot.waitUntil(lambda: len(titles(page)) == 1, timeout=20_000)
    assert "Möbelhof Keller" in titles(page)[0]


def test_the_chain_is_checked_and_a_break_is_said(page: JournalPage, shop: Shop) -> None:
    assert "in Ordnung" in page.verdict.text()
    with shop.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_frozen")
        connection.exec_driver_sql("UPDATE journal SET who = 'nobody' WHERE id = 2")
    page.check()
    assert page.verdict.text() == "Kette unterbrochen"


def test_what_is_shown_is_saved_as_a_table(page: JournalPage, tmp_path: Path) -> None:
    page.filters.search.setText("Topper")
    page.filters.search.search_now()
    page.save(tmp_path / "journal.csv")
    text = (tmp_path / "journal.csv").read_text(encoding="utf-8-sig")
    assert "Topper" in text
    assert "Keller" not in text
    assert not page.work.is_running


def test_the_palette_leads_to_the_journal_and_to_the_report(window: MainWindow) -> None:
    commands = {command.title: command for command in window._available()}
    commands["Journal: wer hat was wann geändert"].run()
    assert isinstance(window.navigation.page, JournalPage)
    commands["Bericht zu den Nummernkreisen"].run()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "number_report"
