"""What is done with a document's paper besides mailing it: printed, saved, opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.ui.documents import paper
from shopdesk.ui.documents.preview import Drawn, rasterised

if TYPE_CHECKING:
    from shopdesk.domain.documents import Document
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.tax import TaxContext


class PaperActions:
    """Draws off the window's thread, then asks the owner for printer or place. `parent` holds the dialogs."""

    def __init__(self, shop: Shop, window: Shell, parent: QWidget) -> None:
        self._shop, self._shell, self._parent = shop, window, parent
        self._texts = window.texts

    def print(self, document: Document) -> None:
        """Print an issued document from its stored bytes."""
        from shopdesk.usecases import documents

        def work() -> Drawn:
            pdf = documents.stored_files(self._shop, document.id or 0)[0].data
            return rasterised(pdf, paper.PRINTED_WIDTH)

        self._shell.run_desk(work, lambda drawn: paper.print_pages(self._parent, drawn, document.number))

    def save(self, document: Document, context: TaxContext) -> None:
        """Save the PDF where the owner wants it, an XRechnung beside it; a draft's has no number and no XRechnung."""
        from shopdesk.usecases import documents

        def work() -> tuple[bytes, bytes]:
            pdf = documents.preview(self._shop, document, context).pdf
            return pdf, documents.stored_xrechnung(self._shop, document)

        self._shell.run_desk(work, lambda files: self._save_as(*files, document))

    def open(self, document: Document, context: TaxContext) -> None:
        """Show the PDF in the system's own program."""
        name = paper.file_name(document, self._texts)
        self._with_pdf(document, context, lambda pdf: paper.open_file(pdf, name))

    def _with_pdf(self, document: Document, context: TaxContext, then: Callable[[bytes], None]) -> None:
        from shopdesk.usecases import documents

        self._shell.run_desk(lambda: documents.preview(self._shop, document, context).pdf, then)

    def _save_as(self, pdf: bytes, xrechnung: bytes, document: Document) -> None:
        place = paper.ask_where(self._parent, paper.file_name(document, self._texts), self._texts)
        if not place:
            return
        try:
            paper.write(place, pdf)
            if xrechnung:
                paper.write(paper.beside(place), xrechnung)
        except ShopError as error:
            self._shell.problem(error)
            return
        told = self._texts.gettext("Saved as {place}.")
        if xrechnung:
            told = self._texts.gettext("Saved as {place}, the XRechnung beside it.")
        self._shell.toast(told.format(place=place), seconds=4)
