"""Above the total of a draft that repeats an order: what has changed since, each with a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shopdesk.domain.order_changes import Changed, OrderChange, exchanged, stands
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.ui.widgets.labels import Caption, PlainLabel

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

_MOST_HEIGHT = 132
"""Design pixels; a longer list is scrolled, so that the lines keep their room."""

Shown = tuple[tuple[OrderChange, bool], ...]


class OrderChanges(QScrollArea):
    """One row for each change: old → new, and the button that puts the other one in its place."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._texts = session, texts
        self._changes: tuple[OrderChange, ...] = ()
        self._shown: Shown = ()
        self._read_id: int | None = None
        self.buttons: list[ChipButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(texts.gettext("Changed since the last order"))
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to a bound."""
        inner = self.widget()
        high = inner.sizeHint().height() if inner is not None else 0
        return QSize(px(300), min(high, px(_MOST_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Like the hint: a list that is squeezed away would tell nothing."""
        return QSize(px(120), self.sizeHint().height())

    def refresh(self) -> None:
        """Follow the session; what no longer stands in the document is not told."""
        session = self._session
        if session.locked:
            self._draw(())
            return
        if session.document_id != self._read_id:
            from shopdesk.usecases import repeated_orders

            self._read_id = session.document_id
            self._changes = (
                repeated_orders.changes_of(session.shop, session.document_id) if session.document_id else ()
            )
        standing = ((change, stands(change, session.document)) for change in self._changes)
        self._draw(tuple((change, is_today) for change, is_today in standing if is_today is not None))

    def _draw(self, shown: Shown) -> None:
        if shown == self._shown:
            return
        had = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._shown = shown
        self.buttons = []
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Caption(self._since()))
        for change, is_today in shown:
            column.addLayout(self._row(change, is_today=is_today))
        self.setWidget(inner)
        self.setVisible(bool(shown))
        self.updateGeometry()
        if had is not None and had < len(self.buttons):
            self.buttons[had].setFocus()

    def _since(self) -> str:
        from shopdesk.usecases import repeated_orders

        found = repeated_orders.origin_of(self._session.shop, self._read_id) if self._read_id else None
        if found is None or not found[1]:
            return self._texts.gettext("Changed since the last order")
        return self._texts.gettext("Changed since {number}").format(number=found[1])

    def _row(self, change: OrderChange, *, is_today: bool) -> QHBoxLayout:
        from shopdesk.ui.standing_orders.words import change_words

        words = change_words(change, self._session.document.currency, self._texts)
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(PlainLabel(words, wrap=True), 1)
        if change.can_be_kept:
            first = is_today and not self.buttons
            button = ChipButton(
                self._other(change, is_today=is_today),
                partial(self.exchange, change),
                "warn" if is_today else "ok",
                icon_name="undo-2" if is_today else "check",
                key=shortcut("keep_old_price").shown() if first else "",
            )
            button.setAccessibleDescription(words)
            self.buttons.append(button)
            line.addWidget(button)
        return line

    def _other(self, change: OrderChange, *, is_today: bool) -> str:
        gettext = self._texts.gettext
        if change.what == Changed.NAME:
            return gettext("Take the new name") if is_today else gettext("Take the old name")
        if change.what in {Changed.PRICE, Changed.UNIT}:
            return gettext("Keep the old price") if is_today else gettext("Take today's price")
        return gettext("Keep the old one") if is_today else gettext("Take today's")

    def exchange(self, change: OrderChange) -> None:
        """The other one of the two values; Ctrl+Z takes it back."""
        self._session.edit(exchanged(change, self._session.document))

    def commands(self) -> dict[str, Callable[[], None]]:
        """The key, where an old value could be kept."""
        offers = any(is_today and change.can_be_kept for change, is_today in self._shown)
        return {"keep_old_price": self.keep_next} if offers else {}

    def keep_next(self) -> None:
        """The key: the old value of the first change that has today's."""
        for change, is_today in self._shown:
            if is_today and change.can_be_kept and change.what != Changed.NAME:
                self.exchange(change)
                return
