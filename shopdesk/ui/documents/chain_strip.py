"""The story of a document in one slim row: quote → order confirmation → deposit → final invoice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.documents import kinds
from shopdesk.ui.widgets.chips import ChipButton, ChipKind, ChipRow
from shopdesk.ui.widgets.labels import Caption

if TYPE_CHECKING:
    from shopdesk.usecases.chains import ChainLink

_MOST = 9
"""A longer story shows its end; the customer's timeline has it all."""


class ChainStrip(ChipRow):
    """Each document is a chip that opens it; the one that is shown is marked, cancelled ones are struck through."""

    def __init__(self, texts: Texts, open_document: Callable[[int], None]) -> None:
        super().__init__()
        self.texts, self._open = texts, open_document
        self.links: list[ChipButton] = []
        self._shown: tuple[ChainLink, ...] = ()
        self.setAccessibleName(texts.gettext("How it came about"))
        self.hide()

    def show_chain(self, chain: tuple[ChainLink, ...]) -> None:
        """A document alone has no story: then it takes no room."""
        chain = chain[-_MOST:] if len(chain) > 1 else ()
        if chain == self._shown:
            return
        self._shown = chain
        self.links = [self._link(link) for link in chain]
        widgets: list[QWidget] = []
        for number, link in enumerate(self.links):
            if number:
                widgets.append(Caption("→"))
            widgets.append(link)
        self.show_chips(widgets)

    def _link(self, link: ChainLink) -> ChipButton:
        summary, gettext = link.summary, self.texts.gettext
        kind = kinds.name(summary.kind, self.texts)
        words = f"{kind} {summary.number}" if summary.number else f"{kind} ({gettext('Draft')})"
        look: ChipKind = "bad" if link.cancelled_by else "info" if summary.number else "warn"
        chip = ChipButton(words, partial(self._follow, link), look, icon_name=kinds.icon(summary.kind))
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
