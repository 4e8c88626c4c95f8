"""Promises recognised in a note, offered as chips: pressed, they become promises; never by themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.widgets.chips import ChipButton, ChipRow

if TYPE_CHECKING:
    from shopdesk.domain.typing import FoundPromise

Reader = Callable[[str], "tuple[FoundPromise, ...]"]


class PromiseChips(ChipRow):
    """One chip for each promise of the note; a taken one is marked and stays."""

    taken = Signal(object)
    """The promise that was pressed."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._found: tuple[FoundPromise, ...] = ()
        self._taken: list[FoundPromise] = []
        self.show_chips([])

    def show_promises(self, found: tuple[FoundPromise, ...]) -> None:
        """What the note says now."""
        if found == self._found:
            return
        self._found = found
        self._draw()

    def forget(self) -> None:
        """The note is done with."""
        self._taken = []
        self._found = ()
        self._draw()

    def untaken(self) -> FoundPromise | None:
        """The first that was not taken yet."""
        return next((each for each in self._found if each not in self._taken), None)

    def take(self, found: FoundPromise) -> None:
        """Mark it and tell; a second press does nothing."""
        if found not in self._taken:
            self._taken.append(found)
            self._draw()
            self.taken.emit(found)

    def give_back(self, found: FoundPromise) -> None:
        """It was taken back: offered again."""
        if found in self._taken:
            self._taken.remove(found)
            self._draw()

    def _draw(self) -> None:
        self.show_chips([self._chip(each) for each in self._found])

    def _chip(self, found: FoundPromise) -> QWidget:
        gettext = self._texts.gettext
        when = f"{self._texts.date(found.due)} {found.due_time}".strip()
        is_taken = found in self._taken
        words = (
            gettext("Promised: {text}, {date}") if is_taken else gettext("Note as a promise: {text}, {date}")
        )
        return ChipButton(
            words.format(text=found.text, date=when),
            partial(self.take, found),
            "ok" if is_taken else "info",
            icon_name="check" if is_taken else "circle-check",
            key=shortcut("promise").shown(),
        )
