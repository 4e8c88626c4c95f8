"""Files dropped anywhere on the window.

Text fields would take a dropped file as text ("file:///…"), so the drop is caught before it reaches any of them.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow

_E_INVOICES = frozenset({".pdf", ".xml"})


class FileDrops(QObject):
    """Takes local files from the system; everything else is left to the widgets below."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)

    def watch(self) -> None:
        """From now on; the window must have been shown once."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def choose(self) -> None:
        """The same by a dialog."""
        from shopdesk.ui.received_invoices.choose import choose_file

        name = choose_file(self._window, self._window.texts)
        if name:
            self.take([name])

    def take(self, paths: list[str]) -> None:
        """Bank and e-invoice are read, whatever page is shown; else the page may want the files (a scan, a plan)."""
        from shopdesk.ui.bank_files.choose import is_bank_file

        shop = self._window.shop
        if is_bank_file(paths[0], shop):
            self._window.activateWindow()
            self._window.open_page("bank_files", tuple(path for path in paths if is_bank_file(path, shop)))
        elif len(paths) == 1 and paths[0].lower().endswith(".pdf") and self._page_keeps_files():
            self._ask_the_reader(paths[0])
        else:
            self._give(paths)

    def _page_keeps_files(self) -> bool:
        here = self._window.navigation.here
        return here is not None and here.name in {"customer", "document"}

    def _ask_the_reader(self, path: str) -> None:
        """Aside, because reading takes a moment."""
        from shopdesk.domain.errors import ShopError
        from shopdesk.domain.received_invoices import EInvoiceProblem
        from shopdesk.usecases import received_invoices

        window, here = self._window, self._window.navigation.here

        def told(error: BaseException) -> None:
            if not isinstance(error, ShopError):
                window.problem(error)
            elif isinstance(error, EInvoiceProblem) and not error.is_about_another_file:
                self._show([path])
            elif window.navigation.here == here:
                self._give([path])
            else:
                words = window.texts.gettext("“{name}” was not kept, because another page is shown now.")
                window.toast(words.format(name=PurePath(path).name))

        window.run_desk(
            lambda: received_invoices.open_file(window.shop, path), lambda _opened: self._show([path]), told
        )

    def _give(self, paths: list[str]) -> None:
        page = self._window.navigation.page
        if page is None or not page.take_files(paths):
            self._show(paths)

    def _show(self, paths: list[str]) -> None:
        """The first is shown, and its reader finds out what it is."""
        from shopdesk.ui.imports.choose import is_list
        from shopdesk.ui.received_mails import drops as mails
        from shopdesk.ui.widgets.labels import shortened

        self._window.activateWindow()
        if mails.is_mail(paths[0]):
            mails.take(self._window, [path for path in paths if mails.is_mail(path)])
            return
        if PurePath(paths[0]).suffix.lower() == ".ics":
            self._window.open_page("appointments")
            self._give(paths)
            return
        if not (is_list(paths[0]) or PurePath(paths[0]).suffix.lower() in _E_INVOICES):
            words = self._window.texts.gettext(
                "“{name}” belongs to a customer or a document: open one and drop the file there."
            )
            self._window.toast(words.format(name=shortened(PurePath(paths[0]).name, 40)))
            return
        self._window.open_page("import" if is_list(paths[0]) else "received_invoice", paths[0])
        if len(paths) > 1:
            gettext = self._window.texts.gettext
            words = gettext(
                "Several files were dropped; the first one is shown. Please drop the others one by one."
            )
            self._window.toast(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the class."""
        if isinstance(event, QDropEvent) and event.type() in {
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
            QEvent.Type.Drop,
        }:
            paths = local_files(event.mimeData())
            if paths:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if not isinstance(event, QDragMoveEvent):
                    self.take(paths)
                return True
        return super().eventFilter(watched, event)


def local_files(data: QMimeData) -> list[str]:
    """The paths of files that lie on this computer."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
