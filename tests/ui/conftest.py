"""A window over an empty shop in a folder of its own. Pages are tested with `window.open_page(name)`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.shell.lanes import Lanes
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.page_table import PAGES, PageSpec
from shopdesk.ui.theme.theme import Theme, prepare
from shopdesk.usecases import search
from shopdesk.usecases.shop import Shop

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    font = qapp.font()
    font.setPointSizeF(10.5)
    qapp.setFont(font)
    return prepare(qapp, "light")


@pytest.fixture(params=["de"])
def texts(request: pytest.FixtureRequest) -> Texts:
    return Texts(request.param)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """An empty shop: real database, a clock standing on Monday 2026-11-23, post and keychain that only keep."""
    clock = FixedClock(MONDAY)
    result = Shop(
        tmp_path / "shop.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )
    assert result.database is not None  # makes the file
    yield result
    result.close()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the settings or the shop of whoever runs it."""
    for name in ("config_folder", "data_folder", "log_folder"):
        monkeypatch.setattr(paths, name, lambda name=name: tmp_path / name)


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme, texts: Texts, shop: Shop) -> Iterator[Callable[..., MainWindow]]:
    """`make_window(pages=…)` gives a shown window whose lanes run at once."""
    made: list[MainWindow] = []

    def make(pages: tuple[PageSpec, ...] = PAGES, size: tuple[int, int] = (1280, 720)) -> MainWindow:
        window = MainWindow(
            shop,
            texts,
            Settings(),
            theme,
            lambda text: search.find(shop, text),
            pages=pages,
            lanes=Lanes(at_once=True),
        )
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: not window.navigation.is_holding)
        made.append(window)
        return window

    yield make
    theme.choose("light", 100)
    for window in made:
        window.toasts.clear()


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    """The whole window; no page is open yet."""
    return make_window()
