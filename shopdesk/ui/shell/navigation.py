"""Which page is shown, which one before it, and which ones must be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import LARGE, NORMAL, px

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_LONGEST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it showed."""

    name: str
    item: object = None


class Navigation(QStackedWidget):
    """The stack of pages. Each is built on its first visit and kept."""

    shown = Signal(str)
    """Another page is shown now, by name."""

    def __init__(self, shop: Shop, window: Shell, pages: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self._shop, self._shell = shop, window
        self.specs = {page.name: page for page in pages}
        self.pages: dict[str, Page] = {}
        self._frames: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._history: list[Place] = []
        self.here: Place | None = None
        self.is_holding = True
        self._early: set[str] = set()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self.pages.get(self.here.name) if self.here is not None else None

    def go(self, name: str, item: object = None) -> None:
        """Show a page and remember the one before.

        Raises:
            KeyError: no page has this name.
        """
        spec = self.specs[name]
        place = Place(spec.name, item)
        if self.here is not None and self.here != place:
            self._history = [*self._history, self.here][-_LONGEST_HISTORY:]
        self._show(place)

    def back(self) -> bool:
        """Return to the page before; False when there is none."""
        if not self._history:
            return False
        self._show(self._history.pop())
        return True

    def _show(self, place: Place) -> None:
        before = self.page
        page = self._built(place.name)
        if before is not None and before is not page:
            before.leaving()
        self.here = place
        self._freshen(place.name)
        if place.item is not None:
            page.open_item(place.item)
        self._make_room(place.name)
        self.setCurrentWidget(self._frames[place.name])
        self.shown.emit(place.name)
        page.focus_first()

    def _make_room(self, name: str) -> None:
        """Only the shown page says how small the window may become."""
        for other, frame in self._frames.items():
            policy = QSizePolicy.Policy.Preferred if other == name else QSizePolicy.Policy.Ignored
            frame.setSizePolicy(policy, policy)

    def _built(self, name: str) -> Page:
        if name not in self.pages:
            page = self.specs[name].build(self._shop, self._shell)
            frame = QWidget()
            layout = QVBoxLayout(frame)
            layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(NORMAL))
            layout.addWidget(page)
            self.pages[name] = page
            self._stale.add(name)
            self._frames[name] = frame
            self.addWidget(frame)
        return self.pages[name]

    def prepare(self, name: str) -> bool:
        """Make one more part of a page before its first visit; False when it is whole."""
        if name not in self.pages:
            self._built(name)
            self._make_room(self.here.name if self.here is not None else name)
            return True
        return self.pages[name].prepare()

    def release(self) -> None:
        """The window has been painted: now pages may read, which loads the database's modules."""
        self.is_holding = False
        page = self.page
        if self.here is not None and page is not None:
            if self.here.name in self._early:
                page.reload_rest()
            self._freshen(self.here.name)
            focused = QApplication.focusWidget()
            if focused is None or not page.isAncestorOf(focused):
                page.focus_first()  # what is worked with may have come with the rows only

    def _freshen(self, name: str) -> None:
        if name in self._stale and (self.pages[name].reads_early or not self.is_holding):
            self._stale.discard(name)
            self.reload(name)

    def reload(self, name: str) -> None:
        """Have a page read again what it shows."""
        self.pages[name].reload()
        if self.is_holding:
            self._early.add(name)
        else:
            self.pages[name].reload_rest()

    def everything_changed(self) -> None:
        """Another window or program wrote something, we do not know what."""
        self._stale |= {name for name, page in self.pages.items() if page.watches}
        if self.here is not None:
            self._freshen(self.here.name)

    def tables_changed(self, tables: frozenset[str]) -> None:
        """Read the shown page again when it watches one of these; the others on their next visit."""
        for name, page in self.pages.items():
            if page.watches & tables:
                self._stale.add(name)
        if self.here is not None:
            self._freshen(self.here.name)
