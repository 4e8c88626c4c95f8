"""The customer's newest documents: kind, number, state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from shopdesk.domain.documents import DocumentSummary
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.states import state_chip
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import plain_tip
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.domain.payments import BillAccount
    from shopdesk.usecases.shop import Shop

_MOST_DOCUMENTS = 5


class DocumentsCard(Card):
    """The newest documents with kind and state; the next document comes out of the current one by key."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Documents"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer_id: int | None = None
        self._accounts: dict[int, BillAccount] = {}
        self.rows: RowList[DocumentSummary] = RowList(
            self._texts.gettext("Documents"), lambda _after, _limit: Slice(self._read()), self._row
        )
        self.rows.opened.connect(lambda summary: shell.open_document(summary.id))
        self.body.addWidget(self.rows)
        key = shortcut("last_order").shown()
        self.again = GhostButton(
            self._texts.gettext("Once more"), self._last_again, icon_name="repeat", key=key
        )
        last = self._texts.gettext("Last order again")
        self.again.setToolTip(plain_tip(f"{last} ({key})"))
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def _last_again(self) -> None:
        from shopdesk.ui.standing_orders.again import last_again

        if self._customer_id is not None:
            last_again(self._shop, self._shell, self._customer_id)

    def show_customer(self, customer_id: int) -> None:
        """Without documents the card takes no room."""
        self._customer_id = customer_id
        self.rows.reload()
        count = self.rows.rows.rowCount()
        self.setVisible(bool(count))
        self.rows.setFixedHeight(max(1, count) * max(self.rows.sizeHintForRow(0), px(40)) + px(4))

    def _read(self) -> tuple[DocumentSummary, ...]:
        from shopdesk.usecases import documents, payments

        if self._customer_id is None:
            return ()
        found = documents.of_customer(self._shop, self._customer_id, _MOST_DOCUMENTS)
        self._accounts = payments.states(self._shop, [each.id for each in found if each.number])
        return found

    def _row(self, summary: DocumentSummary) -> Row:
        texts = self._texts
        kind = kinds.name(summary.kind, texts)
        value = "" if summary.kind in kinds.WITHOUT_SUMS else texts.money(summary.gross)
        state, look = state_chip(summary, texts, self._shop.clock.today(), self._accounts.get(summary.id))
        # a chip would hide half of the number
        caption = f"{kind} · {state}" if summary.number else state
        return Row(summary.id, summary.number or kind, caption, kinds.icon(summary.kind), look, value)
