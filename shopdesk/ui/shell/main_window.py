"""The window. It only puts its parts together: side bar, pages, palette, toasts, keys."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk import settings as settings_file
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.shell import geometry
from shopdesk.ui.shell.commands import Command, Commands
from shopdesk.ui.shell.drops import FileDrops
from shopdesk.ui.shell.lanes import Lanes
from shopdesk.ui.shell.navigation import Navigation
from shopdesk.ui.shell.overlays import Overlays
from shopdesk.ui.shell.page_table import PAGES, PageSpec
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.shell.side_bar import SideBar
from shopdesk.ui.shell.window_handlers import window_handlers
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.progress_line import ProgressLine
from shopdesk.ui.widgets.toasts import ToastHost, ToastWidget

if TYPE_CHECKING:
    from shopdesk.domain.call_lines import LineState
    from shopdesk.ui.shell.offers import Find
    from shopdesk.ui.shell.tray import Tray
    from shopdesk.usecases.shop import Shop

Result = TypeVar("Result")
_SHIPPED = frozenset({"shipment", "shipment_demand", "payment_allocation"})
_PROBLEM_SECONDS = 12
_log = logging.getLogger(__name__)


class MainWindow(QWidget):
    """What `Shell` promises. Pages come from the page table, words from `texts`, hits of the palette from `find`."""

    painted = Signal()
    """The first paint has happened: heavy modules may be imported from now on."""
    loaded = Signal()
    """The database's modules are there, and the shown page has read everything."""
    refresh_wanted = Signal()
    """F5 was pressed: whoever fetches from elsewhere does it now."""
    _tables_changed = Signal(object)

    def __init__(
        self,
        shop: Shop,
        texts: Texts,
        settings: Settings,
        theme: Theme,
        find: Find,
        *,
        pages: tuple[PageSpec, ...] = PAGES,
        lanes: Lanes | None = None,
    ) -> None:
        super().__init__()
        self.shop, self.texts, self.settings = shop, texts, settings
        self._theme = theme
        self.lanes = lanes or Lanes(parent=self)
        self.side_bar = SideBar(texts, pages)
        self.navigation = Navigation(shop, self, pages)
        self._progress = ProgressLine(texts)
        self.toasts = ToastHost(self, texts, shortcut("undo").shown(), self._action_bar)
        self.tray: Tray | None = None
        self._is_leaving = False
        self.overlays = Overlays(self, find, self._available, pages)
        self.drops = FileDrops(self)
        self.painted.connect(self.drops.watch)
        self._commands = Commands(self, texts, window_handlers(self))
        self._commands.add_page_keys(pages, self.open_page)
        self._place_parts()
        self.side_bar.wanted.connect(self.open_page)
        self.side_bar.palette_wanted.connect(self.open_palette)
        self.navigation.shown.connect(self._shown)
        self._tables_changed.connect(self._follow_change)
        self._is_painted = False
        self.painted.connect(lambda: QTimer.singleShot(0, self, self._load))
        shop.on_change(self._tables_changed.emit)  # the signal brings it to this thread
        geometry.restore(self, settings.window)

    def _place_parts(self) -> None:
        self.setWindowTitle("shopdesk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.navigation, 1)
        right.addWidget(self._progress)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side_bar)
        layout.addLayout(right, 1)

    # What pages ask for

    def open_page(self, name: str, item: object = None) -> None:
        """See Shell."""
        self.navigation.go(name, item)

    def open_customer(self, customer_id: int) -> None:
        """See Shell."""
        self.open_page("customer", customer_id)

    def open_document(self, document_id: int) -> None:
        """See Shell."""
        self.open_page("document", document_id)

    def new_customer(self, typed: str = "") -> None:
        """See Shell."""
        from shopdesk.ui.shell.protocol import NewCustomer

        self.open_page("customer", NewCustomer(typed))

    def new_appointment(self, customer_id: int | None = None) -> None:
        """See Shell."""
        from shopdesk.ui.shell.protocol import NewAppointment

        self.open_page("appointments", NewAppointment(customer_id))

    def new_inquiry(self) -> None:
        """Enter an inquiry by hand."""
        from shopdesk.ui.shell.protocol import NewInquiry

        self.open_page("inquiries", NewInquiry())

    def new_document(self, kind: str, customer_id: int | None = None) -> None:
        """See Shell."""
        from shopdesk.ui.shell.protocol import NewDocument

        self.open_page("document", NewDocument(kind, customer_id))

    def back(self) -> None:
        """See Shell."""
        if not self.navigation.back() and self.navigation.here is not None:
            spec = self.navigation.specs[self.navigation.here.name]
            if spec.parent:
                self.open_page(spec.parent)

    def toast(
        self,
        message: str,
        undo: Callable[[], None] | None = None,
        seconds: float = 8,
        then: Callable[[], None] | None = None,
    ) -> ToastWidget:
        """See Shell."""
        return self.toasts.show(message, undo, seconds, then)

    def run_desk(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """See Shell."""
        self.lanes.desk.run(function, on_done, on_error or self.problem)

    def run_post(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """See Shell."""
        self.lanes.post.run(function, on_done, on_error or self.problem)

    def problem(self, error: BaseException) -> None:
        """See Shell."""
        if isinstance(error, ShopError):
            self.toast(self.texts.say(error.message), seconds=_PROBLEM_SECONDS)
            return
        from shopdesk.ui.shell.bug_dialog import BugDialog

        _log.error("bug", exc_info=error)
        dialog = BugDialog(error, self.texts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def progress(self, text: str, cancel: Callable[[], None] | None = None) -> None:
        """See Shell."""
        self._progress.say(text, cancel)

    def commands_changed(self) -> None:
        """See Shell."""
        page = self.navigation.page
        self._commands.show_page(page.commands() if page is not None else {})

    @property
    def line_state(self) -> LineState:
        """See Shell."""
        return self.overlays.line_state

    def count(self, page: str, number: int) -> None:
        """See Shell."""
        self.side_bar.show_count(page, number)

    def change_settings(self, settings: Settings) -> None:
        """See Shell."""
        self.settings = settings
        settings_file.save(settings)
        self._theme.choose(settings.theme, settings.font_scale)

    # What keys and the side bar ask for

    def escape(self) -> None:
        """Esc: what floats above first, then the page, then one page back."""
        if self.overlays.close():
            return
        page = self.navigation.page
        if (page is None or not page.go_back()) and not self.overlays.dismiss_call():
            self.back()

    def come_forward(self) -> None:
        """A second start wants this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """End the program, also where closing would leave it beside the clock."""
        self._is_leaving = True
        self.close()
        if self.tray is not None:
            QApplication.quit()  # Qt itself ends only with a window that was seen

    def give_way(self) -> None:
        """The system is ending: closing closes."""
        self._is_leaving = True

    def begin_unseen(self) -> None:
        """Started with the system: everything is loaded as if the window had been painted."""
        QApplication.setQuitOnLastWindowClosed(False)
        self._is_painted = True
        QTimer.singleShot(0, self, self.painted.emit)

    def refresh(self) -> None:
        """F5: read the shown page again."""
        if self.navigation.here is not None:
            self.navigation.reload(self.navigation.here.name)
        self.refresh_wanted.emit()

    def open_palette(self, text: str = "") -> None:
        """See Shell."""
        self.overlays.open_palette(text)

    def _available(self) -> list[Command]:
        """The commands for the palette, which is made before they are."""
        return self._commands.available()

    # What happens by itself

    def _load(self) -> None:
        """Loading the database's modules here would keep the window from answering for half a second."""
        from shopdesk.usecases import opening

        # what goes wrong is told when the page reads, which meets the same error
        self.run_desk(lambda: opening.load(self.shop), lambda _: self._loaded(), lambda _: self._loaded())

    def _loaded(self) -> None:
        self.navigation.release()
        self._count_inquiries()
        self._count_parcels()
        self.loaded.emit()

    def _shown(self, name: str) -> None:
        spec = self.navigation.specs[name]
        self.side_bar.setVisible(not spec.alone)
        page = self.navigation.pages[name]
        self.side_bar.show_current(page.belongs_under or spec.parent or name)
        self.commands_changed()
        self.title_changed()
        self.toasts.place()

    def title_changed(self) -> None:
        """The shown page has another title now."""
        page, here = self.navigation.page, self.navigation.here
        if page is not None and here is not None:
            title = page.title or self.texts.gettext(self.navigation.specs[here.name].title)
            self.setWindowTitle(f"{title} – shopdesk")
            if page.title and isinstance(here.item, int) and here.name in {"customer", "document"}:
                self.overlays.remember(here.name, here.item, page.title)

    def _follow_change(self, tables: frozenset[str]) -> None:
        # after the use case that changed them has returned to its page
        QTimer.singleShot(0, self, lambda: self.navigation.tables_changed(tables))
        if "inquiry" in tables:
            self._count_inquiries()
        if tables & _SHIPPED:
            self._count_parcels()

    def _count_inquiries(self) -> None:
        """The side bar says how many wait, wherever one works."""
        from shopdesk.usecases import inquiries

        self.run_desk(
            lambda: inquiries.count_open(self.shop),
            lambda waiting: self.count("inquiries", waiting),
            lambda _error: None,  # what is wrong with the file is told by the page that is shown
        )

    def _count_parcels(self) -> None:
        """The side bar says what can leave; the page Shipping comes into it with the first paid parcel."""
        from shopdesk.usecases import packing

        self.run_desk(
            lambda: packing.counts(self.shop).ready,
            lambda ready: self.count("packing", ready),
            lambda _error: None,
        )

    def _action_bar(self) -> QWidget | None:
        page = self.navigation.page
        return page.action_bar() if page is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """? is not typed into anything: show the keys."""
        if event.text() == "?":
            self.overlays.open_keys()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save drafts and the window's place; what waits for its seconds is not done.

        Where the owner wants it so, the window only goes out of sight.
        """
        if self.navigation.page is not None:
            self.navigation.page.leaving()
        if self.tray is not None and self.settings.stay_in_tray and not self._is_leaving:
            event.ignore()
            QApplication.setQuitOnLastWindowClosed(False)
            self.hide()
            return
        self.toasts.clear()
        self.overlays.hang_up()
        place = geometry.saved(self)
        if place != self.settings.window:
            from dataclasses import replace

            self.settings = replace(self.settings, window=place)
            settings_file.save(self.settings)
        self.lanes.close()
        if self.tray is not None:
            self.tray.hide()
        QApplication.setQuitOnLastWindowClosed(True)
        super().closeEvent(event)
