"""For whom the document is: found by any hint, opened by the button beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.documents import Recipient
from shopdesk.i18n import Texts
from shopdesk.ui.documents.popup import CompletionPopup, Offer
from shopdesk.ui.icons import icon
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.widgets.labels import plain_tip
from shopdesk.ui.widgets.rows import Row

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.usecases.shop import Shop

_SHORTEST = 2


class CustomerEdit(QLineEdit):
    """A line edit with the customers' popup."""

    chosen = Signal(int)
    new_wanted = Signal(str)

    def __init__(self, shop: Shop, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._texts, self._shown = shop, texts, ""
        self.setAccessibleName(texts.gettext("Customer"))
        self.setPlaceholderText(texts.gettext("Name, number, phone …"))
        self.popup: CompletionPopup | None = None

    def say(self, shown: str) -> None:
        """What stands in the field while nobody types."""
        self._shown = shown
        self.setToolTip(plain_tip(shown))
        if not (self.hasFocus() and self.isModified()):
            self.setText(shown)
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces the customer."""
        super().focusInEvent(event)
        if self.popup is None:
            # not before: its parent is the window, which a page gets only when it is shown
            self.popup = CompletionPopup(self, self._offers, self._texts.gettext("Customers"))
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A hint that was not taken goes; the customer stays."""
        super().focusOutEvent(event)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings back what stood there."""
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._shown)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's "back" while a hint is being typed."""
        from PySide6.QtCore import Qt

        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.isModified()
        ):
            event.accept()
            return True
        return super().event(event)

    def _offers(self, text: str) -> Sequence[Offer]:
        hint = text.strip()
        if len(hint) < _SHORTEST:
            return ()
        from shopdesk.usecases import search

        found = search.find(self._shop, hint, 6, ("customer", "contact_person"))
        offers: list[Offer] = []
        for hit in found:
            icon = "user" if hit.type == "customer" else "users"
            offers.append(Offer(Row(hit.id, hit.title, hit.subtitle, icon), self._taker(hit), not offers))
        new = self._texts.gettext("New customer “{text}”").format(text=hint)
        offers.append(
            Offer(Row("new", new, icon="user-plus"), lambda: self.new_wanted.emit(hint), not offers)
        )
        return offers

    def _taker(self, hit: Found) -> Callable[[], None]:
        customer_id = hit.customer_id or hit.id

        def take() -> None:
            self.setModified(False)
            self.chosen.emit(customer_id)

        return take


class CustomerField(QWidget):
    """The line edit and a button that opens the customer's page."""

    open_wanted = Signal()

    def __init__(self, shop: Shop, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = CustomerEdit(shop, texts)
        self.open_action = QAction(self)
        self.open_action.setText(texts.gettext("Open the customer"))
        self.open_action.triggered.connect(lambda _checked: self.open_wanted.emit())
        self.edit.addAction(self.open_action, QLineEdit.ActionPosition.TrailingPosition)
        self._draw_icon()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.setAccessibleName(texts.gettext("Customer"))

    def show_recipient(self, recipient: Recipient, customer_id: int | None) -> None:
        """Name, town and, abroad, the country."""
        address = recipient.address
        town = (
            f"{address.city} ({address.country})"
            if address.city and address.country != "DE"
            else address.city
        )
        self.edit.say(", ".join(part for part in (recipient.name or recipient.email, town) if part))
        self.open_action.setVisible(customer_id is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "open_action"):
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.open_action.setIcon(icon("external-link", tokens().text2))

    def lock(self, locked: bool) -> None:
        """An issued document keeps its customer."""
        self.edit.setReadOnly(locked)
