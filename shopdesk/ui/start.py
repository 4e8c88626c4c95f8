"""Start the window: one process per database, first paint first, then what is heavy."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import paths, settings
from shopdesk.domain.errors import ShopError
from shopdesk.domain.links import Link, link_of
from shopdesk.i18n import Texts, system_language
from shopdesk.ui.shell.collecting import Collecting
from shopdesk.ui.shell.links import Links
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.notifier import Notifier
from shopdesk.ui.shell.qt_texts import speak
from shopdesk.ui.shell.single_instance import SingleInstance
from shopdesk.ui.shell.tray import Tray
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import erasure, opening

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.usecases.shop import Shop

_PARTS_AFTER_MS, _PARTS_EVERY_MS = 1500, 400
_LOOK_EVERY_MS = 1000
_POST_EVERY_MS = 60_000  # how often postponed mails are looked at; each waits by its own clock


def run(
    open_shop: Callable[[], Shop],
    caller: str = "",
    prepare_shop: Callable[[Shop], None] | None = None,
    folder: Path | None = None,
    link: str = "",
    *,
    background: bool = False,
) -> int:
    """Show the window and stay until it is closed. `folder` holds the lock file; the data folder by default.

    `caller` is a number that is calling, `link` one of domain/links.py that was clicked somewhere. In the background
    the window waits beside the clock, or as a small one where the system has no such place.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("shopdesk")
    application.setDesktopFileName("shopdesk")
    own = settings.load()
    texts = Texts(own.language or system_language())
    speak(application, texts.language)
    theme = prepare(application, own.theme, own.font_scale)
    shop = open_shop()
    lock_folder = folder or paths.data_folder()
    lock_folder.mkdir(parents=True, exist_ok=True)
    instance = SingleInstance(lock_folder, str(shop.place))
    arguments = ["--call", caller] if caller else ["--link", link] if link else []
    if not instance.claim(arguments):
        return 0
    problem = opening.problem_with(shop, prepare_shop)
    if problem is not None:
        return _cannot_open(texts, problem)
    window = MainWindow(shop, texts, own, theme, lambda text: _find(shop, text))
    instance.called.connect(lambda arguments: _called(window, arguments))
    window.open_page("today" if opening.has_profile(shop) else "first_start")
    # what was loaded stays for good: kept out of the collector's lists, it never makes the window wait for long
    window.painted.connect(gc.freeze)
    window.painted.connect(lambda: Collecting(window))  # before the lanes begin
    window.painted.connect(instance.listen)
    window.loaded.connect(lambda: _after_loading(window, shop, arguments))
    links = Links(application)  # macOS hands a clicked link to the running program
    links.clicked.connect(lambda clicked: _called(window, ["--link", clicked]))
    sys.excepthook = lambda _kind, error, _trace: window.problem(error)
    application.commitDataRequest.connect(lambda _manager: window.give_way())
    _appear(window, background=background)
    code = application.exec()
    instance.release()
    shop.close()
    return code


def _appear(window: MainWindow, *, background: bool) -> None:
    """The window, or in the background only the icon beside the clock."""
    if Tray.is_there():
        window.tray = Tray(window.texts, _ways(window), window)
        window.tray.appear()
    if not background:
        window.show()
    elif window.tray is not None:
        window.begin_unseen()
    else:
        window.showMinimized()


def _ways(window: MainWindow) -> tuple[tuple[str, Callable[[], None]], ...]:
    """What the menu of the tray's icon offers."""
    gettext = window.texts.gettext

    def search() -> None:
        window.come_forward()
        window.open_palette()

    return (
        (gettext("Open shopdesk"), window.come_forward),
        (gettext("Search or call"), search),
        (gettext("Quit"), window.leave),
    )


def _make_standing_orders(window: MainWindow, shop: Shop) -> None:
    from shopdesk.ui.standing_orders.making import make_due

    make_due(shop, window)


def _find(shop: Shop, text: str) -> tuple[Found, ...]:
    from shopdesk.usecases import inquiry_search

    return inquiry_search.find(shop, text)


def _after_loading(window: MainWindow, shop: Shop, arguments: list[str]) -> None:
    """What nobody waits for: who is calling, yesterday's unclear mails, warm PDF code, what others write."""
    _look_up(window, arguments)
    window.overlays.calls.start()
    window.run_post(lambda: opening.recover(shop), lambda seconds: _send_in(window, shop, seconds))
    _fetch_mails(window)
    _watch_bank_files(window)
    Notifier(window, window.tray).start()
    _every(window, _POST_EVERY_MS, lambda: _send_waiting(window, shop))
    _make_standing_orders(window, shop)
    _every(window, _POST_EVERY_MS, lambda: _make_standing_orders(window, shop))
    _every(window, _LOOK_EVERY_MS, lambda: _look_for_others(window, shop))
    gc.freeze()
    # what goes wrong is told by what reads it next
    window.run_desk(
        lambda: _warm_up(shop), lambda _nothing: _prepare_customer(window), lambda _error: gc.freeze()
    )
    window.run_desk(lambda: used_pages(shop), window.side_bar.reveal)
    window.run_desk(lambda: erasure.at_start(shop), lambda again: _forgotten_again(window, again))


def _send_waiting(window: MainWindow, shop: Shop) -> None:
    window.run_post(lambda: opening.send_waiting(shop), lambda seconds: _send_in(window, shop, seconds))


def _send_in(window: MainWindow, shop: Shop, seconds: float | None) -> None:
    """A mail that could be taken back, whose window is gone, does not wait for the minute."""
    if seconds is not None:
        QTimer.singleShot(ceil(seconds * 1000) + 50, window, lambda: _send_waiting(window, shop))


def _forgotten_again(window: MainWindow, count: int) -> None:
    """A restored backup knew customers who had asked to be forgotten."""
    if count:
        words = window.texts.ngettext(
            "A restored backup had brought back {count} customer who was forgotten: forgotten again.",
            "A restored backup had brought back {count} customers who were forgotten: forgotten again.",
            count,
        )
        window.toast(words.format(count=window.texts.number(count)))


def _fetch_mails(window: MainWindow) -> None:
    from shopdesk.ui.received_mails.fetching import MailFetching

    MailFetching(window).start()


def _watch_bank_files(window: MainWindow) -> None:
    from shopdesk.ui.bank_files.watching import BankFolderWatch

    BankFolderWatch(window).start()


def used_pages(shop: Shop) -> tuple[str, ...]:
    """Pages of the second rank with something on them."""
    from shopdesk.domain.documents import DocumentKind
    from shopdesk.usecases import (
        documents,
        purchase_orders,
        received_invoices,
        received_mails,
        standing_orders,
    )

    used = {
        "delivery_notes": documents.page(shop, DocumentKind.DELIVERY_NOTE, limit=1),
        "received_invoices": received_invoices.page(shop, limit=1),
        "received_mails": received_mails.page(shop, limit=1),
        "purchase_orders": purchase_orders.page(shop, limit=1),
    }
    standing = ("standing_orders",) if standing_orders.is_used(shop) else ()
    return (*(name for name, rows in used.items() if rows), *standing)


def _warm_up(shop: Shop) -> None:
    """The first paper, and the pages that the first call leads to: half of their opening would be imports."""
    opening.warm_up()
    import shopdesk.ui.customers.customer_page
    import shopdesk.ui.documents.editor_page  # noqa: F401

    opening.warm_up_card(shop)


def _prepare_customer(window: MainWindow) -> None:
    """The card is made before the first call leads to it, part by part, so that each holds the window only shortly."""
    gc.freeze()

    def make() -> None:
        if not window.isVisible() or not window.navigation.prepare("customer"):
            timer.stop()
            gc.freeze()

    timer = QTimer(window, interval=_PARTS_EVERY_MS)
    timer.timeout.connect(make)
    QTimer.singleShot(_PARTS_AFTER_MS, timer, timer.start)


def _every(window: MainWindow, milliseconds: int, act: Callable[[], None]) -> None:
    timer = QTimer(window, interval=milliseconds)
    timer.timeout.connect(act)
    timer.start()


def _look_for_others(window: MainWindow, shop: Shop) -> None:
    """The command line or another window may have written: PRAGMA data_version says so, not what."""
    try:
        if shop.is_open and shop.database.foreign_changes():
            window.navigation.everything_changed()
    except ShopError as error:
        window.progress(window.texts.say(error.message))  # asked again each second: a line, not a toast


def _called(window: MainWindow, arguments: list[str]) -> None:
    """A second start comes to the front; who calls is shown without it, since somebody may be writing elsewhere."""
    if arguments[:1] != ["--call"]:
        window.come_forward()
    _look_up(window, arguments)


def _look_up(window: MainWindow, arguments: list[str]) -> None:
    """Who has the number that calls, or what a link asks for."""
    if len(arguments) != 2:
        return
    link = Link("call", arguments[1]) if arguments[0] == "--call" else link_of(arguments[1])
    if link is not None and link.action == "call":
        window.overlays.calls.show_number(link.text)
    elif link is not None:
        window.open_palette(link.text)


def _cannot_open(texts: Texts, problem: Exception) -> int:
    """A database that is not ours, newer, read-only or damaged is named and left untouched."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    assert isinstance(problem, ShopError)
    box = QMessageBox(QMessageBox.Icon.Warning, "shopdesk", texts.say(problem.message))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
    return 4
