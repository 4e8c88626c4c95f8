"""The small pages on the design cards: the shop's own letter in each design, drawn off the window's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.domain.letterheads import Design, Letterhead
from shopdesk.ui.documents.preview import rasterised
from shopdesk.ui.settings.design_cards import PAGE, DesignCards
from shopdesk.ui.theme.sizes import px

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from shopdesk.domain.documents import Document
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.tax import TaxContext


class DesignPages(QObject):
    """Draws them anew when what all designs share has changed; the newest wish wins."""

    def __init__(self, shop: Shop, shell: Shell, cards: DesignCards) -> None:
        super().__init__(cards)
        self._shop, self._shell, self._cards = shop, shell, cards
        self._wanted: tuple[Letterhead, Document, TaxContext] | None = None
        self._drawn: tuple[Letterhead, Document] | None = None
        self._running = False

    def draw(self, letterhead: Letterhead, draft: Document, context: TaxContext) -> None:
        """Draw this letterhead in every design, unless that is what is shown already."""
        shared = replace(letterhead.with_design(Design.CALM), texts=())
        if self._drawn is not None and self._drawn == (shared, draft):
            return
        self._wanted = (shared, draft, context)
        self._next()

    def _next(self) -> None:
        if self._wanted is None or self._running or not self._cards.isVisible():
            return
        (letterhead, draft, context), self._wanted = self._wanted, None
        self._running, self._drawn = True, (letterhead, draft)
        shop, width = self._shop, round(px(PAGE.width()) * self._cards.devicePixelRatioF())

        def work() -> dict[Design, QImage]:
            from shopdesk.usecases import documents

            def page(design: Design) -> QImage:
                paper = documents.preview(shop, draft, context, letterhead.with_design(design))
                return rasterised(paper.pdf, width, with_text=False).pages[0]

            return {design: page(design) for design in Design}

        self._shell.run_desk(work, self._done, self._broken)

    def _done(self, pages: dict[Design, QImage]) -> None:
        self._running = False
        for design, page in pages.items():
            self._cards.cards[design].show_page(page)
        self._next()

    def _broken(self, _error: Exception) -> None:
        """The preview, drawn from the same, tells what is wrong."""
        self._running = False
