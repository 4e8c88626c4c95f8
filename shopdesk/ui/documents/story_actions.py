"""What the page of a document does with its story: shows the chain, goes on to the next document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.purchase_orders import ORDERED_FROM
from shopdesk.ui.documents.chain_strip import ChainStrip
from shopdesk.ui.documents.next_documents import NextDocuments
from shopdesk.ui.shell.protocol import NewPurchase
from shopdesk.ui.shell.shortcuts import shortcut

if TYPE_CHECKING:
    from shopdesk.ui.documents.editor_page import DocumentPage


class StoryActions:
    """The page's keys and its strip. What was typed is stored before the next document is made."""

    def __init__(self, page: DocumentPage) -> None:
        self._page, self._shell = page, page.window_shell
        self.next = NextDocuments(page.shop, page.window_shell, page)
        self.strip = ChainStrip(page.texts, page.window_shell.open_document, self._open_order)
        self._begun: set[int] = set()

    def show_chain(self) -> None:
        """Where the document comes from and what came of it."""
        from shopdesk.usecases import chains, purchase_orders

        session = self._page.session
        document_id = session.document_id if session is not None else None
        if document_id is None:
            self.strip.show_chain(())
            return
        orders = purchase_orders.of_document(self._page.shop, document_id)
        self.strip.show_chain(chains.chain(self._page.shop, document_id), orders)

    def _open_order(self, order_id: int) -> None:
        self._shell.open_page("purchase_orders", order_id)

    def commands(self, document: Document) -> dict[str, Callable[[], None]]:
        """The keys that go on from this document."""
        offered = self.next.offered(document)
        found: dict[str, Callable[[], None]] = {}
        if offered:
            found = {"next_document": self.usual, "continue_as": self.menu}
        if self._page.session is not None and self._page.session.document_id is not None:
            found["last_order"] = self.again
            found["new_standing_order"] = self.standing_order
        if DocumentKind.INVOICE in offered:
            found["new_invoice"] = self.invoice
        if document.is_issued and document.kind in ORDERED_FROM:
            found["order_goods"] = self.order_goods
        return found

    def _stored_id(self) -> int | None:
        """The document's id after everything typed was stored; None when it could not be."""
        self._page.leaving()
        session = self._page.session
        return None if session is None or session.in_conflict else session.document_id

    def invoice(self) -> None:
        """F7 on a quote: the invoice out of it, with one key."""
        document_id = self._stored_id()
        if document_id is not None:
            self.next.make(document_id, DocumentKind.INVOICE)

    def order_goods(self) -> None:
        """Ctrl+Shift+O: what this customer ordered is ordered from the supplier."""
        document_id = self._stored_id()
        if document_id is not None:
            self._shell.open_page("purchase_orders", NewPurchase(document_id))

    def again(self) -> None:
        """F3: this document once more at today's prices."""
        from shopdesk.ui.standing_orders.again import again

        document_id = self._stored_id()
        if document_id is not None:
            again(self._page.shop, self._shell, document_id)

    def standing_order(self) -> None:
        """This document again and again."""
        from shopdesk.ui.shell.protocol import NewStandingOrder

        document_id = self._stored_id()
        if document_id is not None:
            self._shell.open_page("standing_order", NewStandingOrder(document_id=document_id))

    def usual(self) -> None:
        """F4: the most usual next document."""
        document_id = self._stored_id()
        if document_id is not None:
            self.next.usual(document_id)

    def menu(self) -> None:
        """Shift+F4: everything that can be made out of it."""
        document_id = self._stored_id()
        if document_id is not None:
            button = self._page.bar.continue_as
            self.next.open_menu(document_id, button.mapToGlobal(button.rect().bottomLeft()))

    def refused(self, draft: Document) -> ShopError | None:
        """Why the documents that it names do not allow it, known before the seconds run."""
        from shopdesk.usecases import chains

        try:
            chains.check(self._page.shop, draft)
        except ShopError as error:
            return error
        return None

    def begin(self, document_id: int | None) -> None:
        """The draft is on its way to be issued."""
        if document_id is not None:
            self._begun.add(document_id)

    def tell_issued(self) -> None:
        """A cancelled invoice is mostly wanted once more, put right: say how, once."""
        page = self._page
        if page.session is None or not page.document.is_issued or page.document.id not in self._begun:
            return
        document = page.document
        self._begun.discard(document.id or 0)
        if document.kind == DocumentKind.CANCELLATION and document.numbers:
            words = page.texts.gettext("{number} is cancelled. {key} writes the invoice anew.")
            key = shortcut("next_document").shown()
            self._shell.toast(words.format(number=document.numbers[0], key=key), seconds=12)
