"""The one universal input (F9, Ctrl+K): a name, a number, a phone number or a command, decided by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.shell.overlay import Overlay
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.showing import show_if

MOST_ROWS = 9
_PAUSE = 25
"""ms after the last key; a search over 100,000 customers takes 8."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the palette and what ⏎ does with it; Shift+⏎ does `instead` where there is one."""

    row: Row
    run: Callable[[], None]
    instead: Callable[[], None] | None = None


Provider = Callable[[str], Sequence[Offer]]


class Palette(Overlay):
    """A line and its offers, in the order in which the provider gives them."""

    def __init__(self, window: QWidget, texts: Texts, offers: Provider) -> None:
        super().__init__(window)
        self._provide = offers
        self._offers: list[Offer] = []
        self._stale = False
        self.setAccessibleName(texts.gettext("Search or call"))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(texts.gettext("Name, phone, number, article or command"))
        self.edit.setAccessibleName(texts.gettext("Search or call"))
        self.list: RowList[Offer] = RowList(
            texts.gettext("What was found"), self._fetch, lambda offer: offer.row
        )
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self._run())
        self.nothing = Caption(texts.gettext("Nothing was found."))
        self.nothing.setContentsMargins(px(MEDIUM), px(SMALL), px(MEDIUM), px(SMALL))
        keys = Caption(texts.gettext("↑↓ choose   ⏎ open   Esc close"))
        keys.setContentsMargins(px(MEDIUM), 0, px(MEDIUM), px(SMALL))
        self._box = layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(px(4))
        for part in (self.edit, self.list, self.nothing, keys):
            layout.addWidget(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._find)
        self.edit.textEdited.connect(self._typed)

    def open(self, text: str = "") -> None:
        """Show it, empty or with a text to look for."""
        self.edit.setText(text)
        self._find()
        self.start()
        self.edit.setFocus()
        self.edit.selectAll()

    def _typed(self) -> None:
        self._stale = True
        self._pause.start()

    def _find(self) -> None:
        self._pause.stop()
        self._stale = False
        text = self.edit.text().strip()
        self._offers = list(self._provide(text))[:MOST_ROWS]
        self.list.rows.reload()
        self.list.step(1)  # to the first row
        self.list.setVisible(bool(self._offers))
        show_if(self.nothing, not self._offers)
        self.place()

    def _fetch(self, _after: object, _limit: int) -> Slice[Offer]:
        return Slice(self._offers)

    def _run(self, *, is_shifted: bool = False) -> None:
        if self._stale:
            self._find()  # ⏎ came before the pause: a scanner types faster than the list is drawn
        offer = self.list.current()
        if offer is not None:
            self.finish()
            act = (offer.instead or offer.run) if is_shifted else offer.run
            act()

    def place(self) -> None:
        """Upper third, as high as its rows."""
        area = self.host.rect()
        width = min(px(760), area.width() - px(48))
        row = self.list.sizeHintForRow(0) if self._offers else 0
        top = area.height() // 9
        self._box.activate()
        others = self._box.sizeHint().height() - (self.list.minimumHeight() if self._offers else 0)
        fitting = max(3, (area.height() - top - others - px(24)) // row) if row else 0
        self.list.setFixedHeight(row * min(len(self._offers), fitting) + 2 if row else 0)
        self._box.activate()
        self.resize(width, self._box.sizeHint().height())
        self.move((area.width() - width) // 2, top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The line keeps the focus; arrows and ⏎ work on the rows."""
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down:
                self.list.step(1)
            case Qt.Key.Key_Up:
                self.list.step(-1)
            case Qt.Key.Key_PageDown:
                self.list.step(MOST_ROWS)
            case Qt.Key.Key_PageUp:
                self.list.step(-MOST_ROWS)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(is_shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case _:
                super().keyPressEvent(event)
