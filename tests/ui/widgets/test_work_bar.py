"""Long work on a page: told where it is seen, stopped when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.domain.long_work import Stopped
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.work_bar import WorkBar


class Foot:
    """The window, as far as the bar knows it."""

    texts = Texts("en")

    def __init__(self) -> None:
        self.told: list[str] = []
        self.cancel: Callable[[], None] | None = None

    def progress(self, text: str, cancel: Callable[[], None] | None = None) -> None:
        self.told.append(text)
        self.cancel = cancel


@pytest.fixture
def foot() -> Foot:
    return Foot()


@pytest.fixture
def page(qtbot: QtBot, theme: object) -> QWidget:
    widget = QWidget()
    QVBoxLayout(widget)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def bar(foot: Foot, page: QWidget) -> WorkBar:
    made = WorkBar(foot)  # type: ignore[arg-type]
    layout = page.layout()
    assert layout is not None
    layout.addWidget(made)
    return made


def test_what_another_thread_reports_stands_on_the_page(bar: WorkBar, foot: Foot, qtbot: QtBot) -> None:
    work = bar.begin("{done} of {all}")
    thread = threading.Thread(target=lambda: work.step(3, 3))
    thread.start()
    qtbot.waitUntil(lambda: bar.words.text() == "3 of 3")
    thread.join()
    assert bar.isVisible()
    bar.over()
    assert not bar.isVisible()
    assert not any(foot.told)


def test_on_another_page_the_foot_of_the_window_tells_it(bar: WorkBar, foot: Foot, page: QWidget) -> None:
    work = bar.begin("{done} of {all}")
    page.hide()
    work.on_progress(1, 1)
    assert foot.told[-1] == "1 of 1"
    assert foot.cancel is not None
    foot.cancel()
    with pytest.raises(Stopped):
        work.step(1, 2)
    bar.over()
    assert foot.told[-1] == ""


def test_what_takes_a_moment_only_shows_no_bar(bar: WorkBar) -> None:
    bar.begin("{done} of {all}", patient=True)
    assert not bar.isVisible()
    bar.over()
    assert not bar.isVisible()


def test_what_takes_longer_is_shown_after_all(bar: WorkBar, qtbot: QtBot) -> None:
    bar.begin("{done} of {all}", patient=True)
    qtbot.waitUntil(bar.isVisible)
    bar.over()


def test_a_bar_that_begins_anew_forgets_the_last_stop(bar: WorkBar) -> None:
    bar.begin("{done} of {all}")
    bar.stop()
    bar.over()
    work = bar.begin("{done} of {all}")
    work.step(1, 2)
    bar.over()
