"""Words of an appointment in the room its block has."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from shopdesk.ui.appointments.time_grid import TimeGrid, fitted_lines
from shopdesk.ui.shell.main_window import MainWindow


@pytest.fixture
def metrics(window: MainWindow, qtbot: QtBot) -> QFontMetrics:
    grid = TimeGrid(window.texts, window.shop.clock.zone)
    qtbot.addWidget(grid)
    return grid.fontMetrics()


@pytest.mark.parametrize(
    ("most", "lines"),
    [(0, []), (1, ["Elisabeth…"]), (2, ["Elisabeth", "Gruber"]), (5, ["Elisabeth", "Gruber"])],
)
def test_a_name_takes_the_lines_there_are(metrics: QFontMetrics, most: int, lines: list[str]) -> None:
    width = metrics.horizontalAdvance("Elisabeth…") + 1
    assert fitted_lines("Elisabeth Gruber", metrics, width, most) == lines


def test_where_there_is_room_it_is_one_line(metrics: QFontMetrics) -> None:
    assert fitted_lines("Elisabeth Gruber", metrics, 2000, 3) == ["Elisabeth Gruber"]


def test_dots_alone_are_not_drawn(metrics: QFontMetrics) -> None:
    assert fitted_lines("Elisabeth Gruber", metrics, metrics.horizontalAdvance("M…"), 3) == []
