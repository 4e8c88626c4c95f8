"""The customs note of a document: drawn off the window's thread, saved where the owner wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.domain.customs import CustomsNoteIncomplete
from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.ui.documents import paper

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_OFFERED = BILLS | {DocumentKind.DELIVERY_NOTE}


class CustomsAction:
    """Offers the note for issued bills and delivery notes that leave the customs territory."""

    def __init__(self, shop: Shop, window: Shell, parent: QWidget) -> None:
        self._shop, self._shell, self._parent = shop, window, parent

    def is_offered(self, document: Document) -> bool:
        """Whether the goods need a customs note."""
        from shopdesk.usecases import customs

        return document.is_issued and document.kind in _OFFERED and customs.is_needed(document)

    def save(self, document: Document, ask: Callable[[], None]) -> None:
        """Draw it, ask where to, write it. What is missing is told in words, and `ask` leads to where it is typed."""
        from shopdesk.usecases import customs

        def refused(error: Exception) -> None:
            self._shell.problem(error)
            if isinstance(error, CustomsNoteIncomplete):
                ask()

        self._shell.run_desk(
            lambda: customs.as_pdf(self._shop, document), lambda pdf: self._write(pdf, document), refused
        )

    def _write(self, pdf: bytes, document: Document) -> None:
        texts = self._shell.texts
        name = texts.gettext("Customs {number}.pdf").format(number=document.number)
        place = paper.ask_where(self._parent, name, texts)
        if not place:
            return
        try:
            paper.write(place, pdf)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._shell.toast(texts.gettext("Saved as {place}.").format(place=place), seconds=4)
