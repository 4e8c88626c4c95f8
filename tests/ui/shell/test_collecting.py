"""Widgets die on the window's thread and never under Qt's hands (docs/decisions/0011)."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.collecting import Collecting


class Abandoned(QWidget):
    """Only a circle of references holds it: the collector's business."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collecting(qtbot: QtBot) -> Iterator[None]:
    owner = QObject()
    Collecting(owner)
    yield
    shiboken6.delete(owner)


def _make_many_objects() -> None:
    for _ in range(20):
        assert len([[] for _ in range(5_000)]) == 5_000


def test_a_lane_never_destroys_a_widget_and_the_window_does(collecting: None, qtbot: QtBot) -> None:
    gone_on: list[int] = []
    weakref.finalize(Abandoned(), lambda: gone_on.append(threading.get_ident()))
    lane = threading.Thread(target=_make_many_objects)
    lane.start()
    lane.join()
    assert not gone_on
    kept = [[number] for number in range(10_000)]  # now a collection is due
    qtbot.waitUntil(lambda: bool(gone_on))
    assert (gone_on, len(kept)) == ([threading.get_ident()], 10_000)


def test_the_automatic_collector_comes_back(qtbot: QtBot) -> None:
    owner = QObject()
    Collecting(owner)
    assert not gc.isenabled()
    shiboken6.delete(owner)
    assert gc.isenabled()


LOOKS = """
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shopdesk.ui.theme import theme

class Abandoned(QWidget):
    def __init__(self):
        super().__init__()
        self.itself = self

class Hearer(QWidget):
    friend = None
    def changeEvent(self, event):
        if event.type() == QEvent.Type.StyleChange:
            self.friend = None  # unreachable from now on, and Qt's list still has it
            assert len([[] for _ in range(2000)]) == 2000  # calls for the collector
        super().changeEvent(event)

application = QApplication(["shopdesk", "-platform", "offscreen"])
looks = theme.prepare(application, "light")
hearers = [Hearer() for _ in range(60)]
for hearer in hearers:
    hearer.friend = Abandoned()
    hearer.show()
    hearer.friend.show()
looks.choose("dark", 120)
print("whole")
"""  # in a process of its own: without the pause of the collector this dies by a segmentation fault


def test_switching_the_looks_survives_widgets_that_become_unreachable_meanwhile() -> None:
    run = subprocess.run([sys.executable, "-c", LOOKS], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "whole"), run.stderr
