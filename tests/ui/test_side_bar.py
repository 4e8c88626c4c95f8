"""The side bar in a shop that uses everything, on a small screen with large text."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.page_table import PAGES
from shopdesk.ui.theme.theme import Theme


def test_more_pages_than_fit_scroll_and_the_window_stays_on_the_screen(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    theme.choose("light", 150)
    shown = [spec.name for spec in PAGES if spec.in_side_bar]
    window.side_bar.reveal(shown)
    QTest.qWait(50)  # until every part has told its size
    assert len(shown) > 12
    assert window.minimumSizeHint().height() <= 720
    window.resize(1280, 720)
    assert window.height() == 720
    last = next(spec.name for spec in reversed(PAGES) if spec.in_side_bar and not spec.at_foot)
    button = window.side_bar._buttons[last]
    window.side_bar.show_current(last)
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())
