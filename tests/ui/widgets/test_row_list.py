from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.cards import EmptyState
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import MORE_ROWS, PAGE_ROWS, PagedModel, Row, by_key, by_key_back


class Table:
    """So many numbers, read by key; remembers what was asked."""

    def __init__(self, count: int) -> None:
        self.numbers = list(range(count))
        self.asked: list[tuple[Any, int]] = []

    def read(self, after: Any, limit: int) -> list[int]:
        self.asked.append((after, limit))
        return [n for n in self.numbers if after is None or n > after][:limit]

    def read_back(self, before: Any, limit: int) -> list[int]:
        self.asked.append((before, limit))
        return [n for n in self.numbers if before is None or n < before][-limit:]


def row_of(number: int) -> Row:
    return Row(number, f"Kunde {number}", "Göttingen", "user", chip="neu", value="1,00 €")


@pytest.fixture
def table() -> Table:
    return Table(1000)


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme, table: Table) -> RowList[int]:
    result: RowList[int] = RowList("Kunden", by_key(table.read, lambda number: number), row_of)
    qtbot.addWidget(result)
    result.resize(600, 400)
    result.reload()
    result.show()
    qtbot.waitExposed(result)
    result.setFocus()
    return result


@pytest.fixture
def long_list(qtbot: QtBot, theme: Theme) -> tuple[RowList[int], Table]:
    """100,000 rows that can be read from both ends."""
    table = Table(100_000)
    result: RowList[int] = RowList(
        "Kunden", by_key(table.read, int), row_of, fetch_back=by_key_back(table.read_back, int)
    )
    qtbot.addWidget(result)
    result.resize(600, 400)
    result.reload()
    result.show()
    qtbot.waitExposed(result)
    result.setFocus()
    return result, table


def test_end_reaches_the_last_of_100000_rows_and_reads_one_page(
    long_list: tuple[RowList[int], Table], qtbot: QtBot
) -> None:
    rows, table = long_list
    qtbot.keyClick(rows, Qt.Key.Key_End)
    assert rows.current() == 99_999
    assert table.asked == [(None, PAGE_ROWS), (None, PAGE_ROWS)]
    assert rows.rows.rowCount() == PAGE_ROWS
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert rows.current() == 0
    assert rows.rows.rowCount() == PAGE_ROWS


def test_from_the_end_one_scrolls_back_without_a_jump(
    long_list: tuple[RowList[int], Table], qtbot: QtBot
) -> None:
    rows, _table = long_list
    qtbot.keyClick(rows, Qt.Key.Key_End)
    for _ in range(250):
        qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.current() == 99_999 - 250
    assert rows.rows.rowCount() <= 4 * PAGE_ROWS
    assert rows.viewport().rect().intersects(rows.visualRect(rows.currentIndex()))
    for _ in range(250):
        qtbot.keyClick(rows, Qt.Key.Key_K)
    assert rows.current() == 99_999 - 500


def test_scrolling_to_the_top_reads_the_page_before_and_keeps_what_is_seen(
    long_list: tuple[RowList[int], Table], qtbot: QtBot
) -> None:
    rows, table = long_list
    qtbot.keyClick(rows, Qt.Key.Key_End)
    bar = rows.verticalScrollBar()
    before = len(table.asked)
    bar.setValue(0)
    assert len(table.asked) == before + 1
    top = rows.rows.item(rows.indexAt(rows.viewport().rect().topLeft()))
    assert top == 100_000 - PAGE_ROWS


def test_no_page_is_larger_than_200_rows(long_list: tuple[RowList[int], Table], qtbot: QtBot) -> None:
    rows, table = long_list
    for _ in range(30):
        rows.scrollToBottom()
        rows.rows.fetchMore(QModelIndex())
    rows.reload()
    qtbot.keyClick(rows, Qt.Key.Key_End)
    rows.reload()
    assert rows.current() == 99_999
    assert max(limit for _place, limit in table.asked) <= 200


def test_a_list_reads_one_page_and_the_next_at_its_end(rows: RowList[int], table: Table) -> None:
    assert table.asked == [(None, PAGE_ROWS)]
    rows.rows.fetchMore(QModelIndex())
    assert table.asked[-1] == (99, MORE_ROWS)
    assert rows.rows.rowCount() == PAGE_ROWS + MORE_ROWS


def test_the_last_page_ends_the_list() -> None:
    table = Table(140)
    model: PagedModel[int] = PagedModel(by_key(table.read, lambda number: number), row_of)
    model.reload()
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 140
    assert not model.canFetchMore(QModelIndex())


def test_letters_move_and_act_only_on_the_current_row(rows: RowList[int], qtbot: QtBot) -> None:
    did: list[tuple[str, int]] = []
    rows.opened.connect(lambda item: did.append(("open", item)))
    rows.done.connect(lambda item: did.append(("done", item)))
    rows.later.connect(lambda item: did.append(("later", item)))
    rows.select(0)
    for key in (
        Qt.Key.Key_J,
        Qt.Key.Key_J,
        Qt.Key.Key_K,
        Qt.Key.Key_E,
        Qt.Key.Key_Down,
        Qt.Key.Key_S,
        Qt.Key.Key_Return,
    ):
        qtbot.keyClick(rows, key)
    assert did == [("done", 1), ("later", 2), ("open", 2)]


def test_j_goes_on_over_the_end_of_a_page(rows: RowList[int], qtbot: QtBot) -> None:
    rows.select(PAGE_ROWS - 1)
    qtbot.keyClick(rows, Qt.Key.Key_J)
    assert rows.current() == PAGE_ROWS


def test_reloading_keeps_the_place(rows: RowList[int], table: Table) -> None:
    rows.select(5)
    table.numbers.remove(2)
    rows.reload()
    assert rows.current() == 5
    table.numbers.remove(5)
    rows.reload()
    assert rows.current() == 6  # the row that took its place


def test_reloading_never_reads_everything(rows: RowList[int], table: Table) -> None:
    for _ in range(5):
        rows.rows.fetchMore(QModelIndex())
    rows.reload()
    assert table.asked[-1] == (None, 2 * PAGE_ROWS)


def test_a_row_says_its_whole_text(rows: RowList[int]) -> None:
    index = rows.rows.index(3)
    assert index.data() == "Kunde 3. Göttingen. 1,00 €. neu"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data()


def test_an_empty_list_shows_its_empty_state(qtbot: QtBot, theme: Theme) -> None:
    table = Table(0)
    rows: RowList[int] = RowList("Kunden", by_key(table.read, lambda number: number), row_of)
    pane = ListWithEmptyState(rows, EmptyState("users", "Noch keine Kunden.", "Neuer Kunde", lambda: None))
    qtbot.addWidget(pane)
    rows.reload()
    assert pane.currentWidget() is pane.empty
    table.numbers = [1]
    rows.reload()
    assert pane.currentWidget() is rows
    assert rows.select(1)


def test_the_focus_follows_when_the_last_row_goes(qtbot: QtBot, theme: Theme) -> None:
    table = Table(1)
    rows: RowList[int] = RowList("Kunden", by_key(table.read, lambda number: number), row_of)
    empty = EmptyState("users", "Noch keine Kunden.", "Neuer Kunde", lambda: None)
    pane = ListWithEmptyState(rows, empty)
    qtbot.addWidget(pane)
    rows.reload()
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    rows.setFocus()
    assert rows.hasFocus()
    table.numbers.clear()
    rows.reload()
    assert empty.button is not None
    assert empty.button.hasFocus()
    pane.setFocus()
    rows.setFocus()
    assert empty.button.hasFocus()
