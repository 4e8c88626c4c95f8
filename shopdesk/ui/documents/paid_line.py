"""Above an issued bill: how it is paid, and the key that books its payment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shopdesk.domain.document_kinds import asks_for_money
from shopdesk.domain.documents import Document
from shopdesk.ui.payments import words
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.labels import ElidedLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class PaidLine(QWidget):
    """One line; hidden for what asks for no money."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._document_id: int | None = None
        self.state = Chip("")
        self.words = ElidedLabel(role="caption")
        key = shortcut("book_payment").shown()
        self.button = GhostButton(self._texts.gettext("Book payment"), self.book, icon_name="wallet", key=key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        row.addWidget(self.state)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_document(self, document: Document | None) -> None:
        """Follow the document that is shown; the chip stands once payments are booked in this shop."""
        from shopdesk.usecases import payments

        is_paper = document is not None and document.is_issued and document.reminder is None
        is_asked = document is not None and is_paper and asks_for_money(document)
        self._document_id = document.id if document is not None and is_asked else None
        show_if(self, self._document_id is not None)
        if self._document_id is None:
            return
        account = payments.states(self._shop, [self._document_id]).get(self._document_id)
        show_if(self.state, account is not None)
        self.words.setText("")
        if account is not None:
            word, look = words.chip(account, self._texts, self._shop.clock.today())
            self.state.tell(word, look)
            self.words.setText(words.amounts(account, self._texts))
        show_if(self.button, account is None or bool(account.open))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The key, where there is something to book."""
        return {} if self._document_id is None else {"book_payment": self.book}

    def book(self) -> None:
        """The page of payments with this bill, ready to be booked."""
        if self._document_id is not None:
            self._shell.open_page("payments", self._document_id)
