from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.geometry import fitting, restore, saved

DESK = QRect(0, 0, 1920, 1040)
SECOND = QRect(1920, 0, 1280, 1024)


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        ({"x": 100, "y": 50, "width": 1200, "height": 800}, [DESK], QRect(100, 50, 1200, 800)),
        ({"x": 2000, "y": 50, "width": 1200, "height": 800}, [DESK, SECOND], QRect(2000, 50, 1200, 800)),
        ({"x": 2000, "y": 50, "width": 1200, "height": 800}, [DESK], QRect(360, 120, 1200, 800)),
        ({"x": 100, "y": -900, "width": 1200, "height": 800}, [DESK], QRect(360, 120, 1200, 800)),
        ({}, [DESK], QRect(320, 120, 1280, 800)),
        ({"x": 0, "y": 0, "width": 4000, "height": 3000}, [DESK], QRect(0, 0, 1920, 1040)),
    ],
    ids=["as it was", "second screen", "second screen gone", "above the screen", "first start", "too large"],
)
def test_the_window_is_always_on_a_screen(
    place: dict[str, int], screens: list[QRect], expected: QRect
) -> None:
    assert fitting(place, screens) == expected


def test_what_is_saved_leads_back(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    one, two = QWidget(), QWidget()
    qtbot.addWidget(one)
    qtbot.addWidget(two)
    one.setGeometry(QRect(20, 30, 500, 400))
    restore(two, saved(one))
    assert two.geometry() == one.geometry()
