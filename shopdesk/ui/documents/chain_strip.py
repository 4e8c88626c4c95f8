"""The story of a document in one slim row: quote → order confirmation → deposit → final invoice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from shopdesk.domain.purchase_orders import STATE_NAMES
from shopdesk.i18n import Texts
from shopdesk.ui.documents import kinds
from shopdesk.ui.purchases.tones import TONES
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.chips import ChipButton, ChipKind, ChipRow
from shopdesk.ui.widgets.labels import Caption

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.usecases.chains import ChainLink

_BESIDE_WORDS = 76
"""Design pixels of a link besides its words: icon, edges, arrow."""
_MOST = 9
"""A longer story shows its end; the customer's timeline has it all."""


class StoryChip(ChipButton):
    """⏎ opens, too: a button alone hears the space bar only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class ChainStrip(ChipRow):
    """Each document is a chip that opens it; the one that is shown is marked, cancelled ones are struck through."""

    def __init__(
        self,
        texts: Texts,
        open_document: Callable[[int], None],
        open_order: Callable[[int], None] = lambda _order_id: None,
    ) -> None:
        super().__init__()
        self.texts, self._open, self._open_order = texts, open_document, open_order
        self._orders: tuple[PurchaseOrder, ...] = ()
        self.links: list[StoryChip] = []
        self._shown: tuple[ChainLink, ...] = ()
        self._is_short = False
        self.setAccessibleName(texts.gettext("How it came about"))
        self.hide()

    def show_chain(self, chain: tuple[ChainLink, ...], orders: tuple[PurchaseOrder, ...] = ()) -> None:
        """A document alone has no story: then it takes no room. `orders` at suppliers stand behind the documents."""
        chain = chain[-_MOST:] if len(chain) > 1 else ()
        if (chain, orders) == (self._shown, self._orders):
            return
        self._shown, self._orders = chain, orders
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words do not fit into one row, numbers and icons remain."""
        super().resizeEvent(event)
        if self._shown and self._wants_short() != self._is_short:
            self._draw()

    def _wants_short(self) -> bool:
        """Whether the kinds' names are too much for one row."""
        metrics = self.fontMetrics()
        names = sum(metrics.horizontalAdvance(self._words(link, short=False)) for link in self._shown)
        return names + len(self._shown) * px(_BESIDE_WORDS) > self.width()

    def _words(self, link: ChainLink, *, short: bool) -> str:
        summary = link.summary
        kind = kinds.name(summary.kind, self.texts)
        if summary.number:
            return summary.number if short and not link.is_here else f"{kind} {summary.number}"
        return kind if short else f"{kind} ({self.texts.gettext('Draft')})"

    def _draw(self) -> None:
        self._is_short = self._wants_short()
        chain = self._shown
        self.links = [self._link(link) for link in chain]
        widgets: list[QWidget] = []
        for number, link in enumerate(self.links):
            if number:
                widgets.append(Caption("→"))
            widgets.append(link)
        widgets += [self._order(order) for order in reversed(self._orders)]
        self.show_chips(widgets)

    def _order(self, order: PurchaseOrder) -> StoryChip:
        gettext = self.texts.gettext
        state = gettext(STATE_NAMES[order.state])
        words = f"{order.number} {state}" if order.number else f"{gettext('Purchase order')} ({state})"
        chip = StoryChip(
            words, partial(self._open_order, order.id or 0), TONES[order.state], icon_name="truck"
        )
        spoken = " · ".join(
            part for part in (gettext("Purchase order"), order.number, order.supplier_name, state) if part
        )
        chip.setAccessibleName(spoken)
        chip.setToolTip(spoken)
        return chip

    def _link(self, link: ChainLink) -> StoryChip:
        summary, gettext = link.summary, self.texts.gettext
        words = self._words(link, short=False)
        shown = self._words(link, short=self._is_short)
        look: ChipKind = "bad" if link.cancelled_by else "info" if summary.number else "warn"
        chip = StoryChip(shown, partial(self._follow, link), look, icon_name=kinds.icon(summary.kind))
        spoken = words
        if link.cancelled_by:
            font = chip.font()
            font.setStrikeOut(True)
            chip.setFont(font)
            spoken = gettext("{document}, cancelled by {number}").format(
                document=words, number=link.cancelled_by
            )
        if link.is_here:
            font = chip.font()
            font.setBold(True)
            chip.setFont(font)
            spoken = gettext("{document}, shown here").format(document=spoken)
        day = self.texts.date(summary.date) if summary.date else ""
        parts = (spoken, day, "" if summary.kind in kinds.WITHOUT_SUMS else self.texts.money(summary.gross))
        chip.setAccessibleName(" · ".join(part for part in parts if part))
        chip.setToolTip(chip.accessibleName())
        return chip

    def _follow(self, link: ChainLink) -> None:
        if not link.is_here:
            self._open(link.summary.id)
