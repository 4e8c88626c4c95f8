"""The customer of the document on the page: made from what was typed, and followed while it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.errors import NotFound, ShopError

if TYPE_CHECKING:
    from shopdesk.ui.documents.editor_page import DocumentPage


class DocumentCustomer:
    """Acts on whatever the page shows."""

    def __init__(self, page: DocumentPage) -> None:
        self._page = page

    def create(self, typed: str) -> None:
        """The customer is new: made from what was typed (name, pasted address), and the document goes on."""
        from shopdesk.usecases import calls, customers

        page = self._page
        session, editor = page.session, page.editor
        if session is None or editor is None:
            return
        home = session.context.profile.country
        try:
            made = customers.create(page.shop, calls.customer_of(calls.contact(typed, home), home))
        except ShopError as error:
            page.window_shell.problem(error)
            return
        editor.header.choose(made.id or 0)
        words = page.texts.gettext("{name} is a new customer. Street and mail address can follow.")
        page.window_shell.toast(words.format(name=made.name))

    def follow(self) -> None:
        """A draft's copy of the address follows the customer until it is issued."""
        from shopdesk.usecases import customers

        session = self._page.session
        if session is None or session.locked or session.document.customer_id is None:
            return
        try:
            session.follow(customers.get(self._page.shop, session.document.customer_id).as_recipient())
        except NotFound:
            return  # deleted meanwhile: the copy stays
