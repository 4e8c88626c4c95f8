"""From nothing to the window: language, looks, one window per database, first page, then what may load slowly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import paths
from shopdesk import settings as settings_file
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import WINDOW_LANGUAGES, Texts
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.qt_texts import speak
from shopdesk.ui.shell.single_instance import SingleInstance
from shopdesk.ui.theme.theme import prepare as prepare_looks

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.usecases.shop import Shop

_FOUND = 6
_LOOK_FOR_OTHERS = 1000
"""ms between two looks for what other windows and programs wrote (PRAGMA data_version)."""


def run(
    make_shop: Callable[[], Shop],
    caller: str = "",
    prepare: Callable[[Shop], None] | None = None,
    folder: Path | None = None,
) -> int:
    """Show the window until it is closed and give the process's exit code.

    `prepare` fills a new shop (the sample shop); `folder` is where the lock of the one window stands, the data folder
    unless told otherwise; `caller` is the number that is ringing.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("shopdesk")
    application.setDesktopFileName("shopdesk")
    settings = settings_file.load()
    texts = Texts(settings.language or system_language())
    speak(application, texts.language)
    theme = prepare_looks(application, settings.theme, settings.font_scale)
    shop = make_shop()
    instance = SingleInstance(_lock_folder(folder), str(shop.place))
    if not instance.claim(["--call", caller] if caller else []):
        return 0
    try:
        if prepare is not None:
            prepare(shop)
        window = MainWindow(shop, texts, settings, theme, _finder(shop))
        window.open_page(_first_page(shop))
    except ShopError as error:
        _tell_and_end(texts.say(error.message), texts)
        return 1
    _keep_awake(application, window, instance, caller)
    window.show()
    code = application.exec()
    shop.close()
    instance.release()
    return code


def system_language() -> str:
    """The system's language where the window speaks it, else English."""
    language = QLocale.system().name().partition("_")[0]
    return language if language in WINDOW_LANGUAGES else "en"


def _lock_folder(folder: Path | None) -> Path:
    result = folder or paths.data_folder()
    result.mkdir(parents=True, exist_ok=True)
    return result


def _first_page(shop: Shop) -> str:
    from shopdesk.usecases import today

    return "today" if today.has_profile(shop) else "first_start"


def _finder(shop: Shop) -> Callable[[str], tuple[Found, ...]]:
    def find(text: str) -> tuple[Found, ...]:
        from shopdesk.usecases import search

        return search.find(shop, text, _FOUND)

    return find


def _keep_awake(application: QApplication, window: MainWindow, instance: SingleInstance, caller: str) -> None:
    """What happens after the first paint and as long as the window stands."""

    def called(arguments: list[str]) -> None:
        window.come_forward()
        if len(arguments) == 2 and arguments[0] == "--call":
            window.open_palette(arguments[1])

    def painted() -> None:
        instance.listen()
        window.run_desk(lambda: _warm(window.shop), lambda _nothing: look_for_others.start())
        if caller:
            window.open_palette(caller)

    def look() -> None:
        if window.shop.is_open and window.shop.database.foreign_changes():
            window.navigation.everything_changed()

    def mistake(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        window.problem(error)

    look_for_others = QTimer(window)
    look_for_others.setInterval(_LOOK_FOR_OTHERS)
    look_for_others.timeout.connect(look)
    instance.called.connect(called)
    window.painted.connect(painted)
    sys.excepthook = mistake
    application.setQuitOnLastWindowClosed(True)


def _warm(shop: Shop) -> None:
    """Off the window's thread: what was being sent at a crash, then what the first search needs."""
    from shopdesk.usecases import outbox, search

    outbox.recover(shop)
    search.find(shop, "a", 1)


def _tell_and_end(words: str, texts: Texts) -> None:
    """A database that cannot be opened is named, and nothing was touched."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "shopdesk", words)
    close = box.addButton(texts.gettext("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.exec()
