"""The window's keys as Qt actions: one per command, each asking the shown page first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.shortcuts import SHORTCUTS, shortcut
from shopdesk.ui.shell.side_bar import page_key

Handlers = Mapping[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now, for the palette."""

    title: str
    icon: str
    keys: str
    run: Callable[[], None]


class Commands(QObject):
    """Owns every QAction with a shortcut in the window.

    An action is enabled only while somebody handles it, so that a key nobody wants here still reaches the widget
    that has the focus.
    """

    def __init__(self, window: QWidget, texts: Texts, own: Handlers) -> None:
        super().__init__(window)
        self._window, self._texts, self._own = window, texts, dict(own)
        self._page: Handlers = {}
        self._actions: dict[str, QAction] = {}
        for entry in SHORTCUTS:
            if not entry.told_only:
                self._add(entry.name, entry.sequences(), self._run(entry.name))
        self.show_page({})

    def add_page_keys(self, pages: tuple[PageSpec, ...], open_page: Callable[[str], None]) -> None:
        """Ctrl+1 … Ctrl+9."""
        for page in pages:
            if page.digit:
                action = self._add(
                    f"page:{page.name}", [QKeySequence(page_key(page))], _opening(open_page, page.name)
                )
                action.setEnabled(True)

    def show_page(self, handlers: Handlers) -> None:
        """Another page is shown, or the same one handles other keys now.

        Raises:
            KeyError: the page names a command that is not in `SHORTCUTS`.
        """
        for name in handlers:
            shortcut(name)
        self._page = handlers
        for name, action in self._actions.items():
            if not name.startswith("page:"):
                action.setEnabled(self._handler(name) is not None)

    def available(self) -> list[Command]:
        """What can be done now, the page's own commands first."""
        ordered = [name for name in self._page if name in self._actions]
        ordered += [entry.name for entry in SHORTCUTS if entry.name not in self._page]
        found = []
        for name in ordered:
            run = self._handler(name)
            if run is not None:
                entry = shortcut(name)
                found.append(Command(self._texts.gettext(entry.title), entry.icon, entry.shown(), run))
        return found

    def _handler(self, name: str) -> Callable[[], None] | None:
        return self._page.get(name) or self._own.get(name)

    def _run(self, name: str) -> Callable[[], None]:
        def run() -> None:
            handler = self._handler(name)
            if handler is not None:
                handler()

        return run

    def _add(self, name: str, keys: list[QKeySequence], run: Callable[[], None]) -> QAction:
        action = QAction(self._window)
        action.setObjectName(name)
        action.setShortcuts(keys)
        action.triggered.connect(lambda _checked: run())
        self._window.addAction(action)
        self._actions[name] = action
        return action


def _opening(open_page: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: open_page(name)
