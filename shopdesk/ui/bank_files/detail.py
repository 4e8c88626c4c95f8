"""One booking of the bank at the right: who paid what, what is proposed and why, and another invoice to choose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statements import grouped
from shopdesk.ui.bank_files.words import chip_of
from shopdesk.ui.shell.protocol import Page
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.labels import ElidedLabel, Heading, Muted, Strong
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.usecases import payments
from shopdesk.usecases.bank_files import Waiting


class EntryCard(Card):
    """`accepted`: as proposed; `chosen`: for this bill; `ignored`: for none."""

    accepted = Signal()
    chosen = Signal(object)
    ignored = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._texts = page, page.texts
        gettext = page.texts.gettext
        self.name, self.amount = ElidedLabel("", role="title"), Heading("")
        self.when, self.words = ElidedLabel("", role="muted"), Strong("", wrap=True)
        self.chip, self.reason = Chip(""), Muted("", wrap=True)
        self.proposed = Strong("", wrap=True)
        self.accept = PrimaryButton(gettext("Book"), self.accepted.emit, key="⏎")
        self.ignore = Button(gettext("Pays no invoice"), self.ignored.emit, key="I")
        self.search = SearchEdit(gettext("Another invoice: number or customer …"))
        self.search.searched.connect(lambda _text: self.bills.reload())
        self.search.down.connect(self._go_to_bills)
        self.bills: RowList[BillAccount] = RowList(gettext("Open invoices"), self._fetch, self._row)
        self.bills.opened.connect(self.chosen.emit)
        self._place()

    def _place(self) -> None:
        gettext = self._texts.gettext
        head, found, keys = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.amount)
        found.addWidget(self.proposed, 1)
        found.addWidget(self.chip)
        keys.setSpacing(px(MEDIUM))
        keys.addWidget(self.accept)
        keys.addWidget(self.ignore)
        keys.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(px(SMALL))
        column.addLayout(head)
        column.addWidget(self.when)
        column.addWidget(self.words)
        column.addSpacing(px(MEDIUM))
        column.addLayout(found)
        column.addWidget(self.reason)
        column.addSpacing(px(SMALL))
        column.addLayout(keys)
        column.addSpacing(px(SMALL))
        column.addWidget(self.search)
        none = EmptyState("search", gettext("No open invoice of that name or number."))
        column.addWidget(ListWithEmptyState(self.bills, none), 1)
        self.body.addLayout(column)

    def show_waiting(self, waiting: Waiting | None) -> None:
        """Another booking, or none."""
        self.setVisible(waiting is not None)
        if waiting is None:
            return
        entry, texts = waiting.stored.entry, self._texts
        self.name.setText(entry.name or texts.gettext("Without a name"))
        self.amount.setText(texts.money(entry.amount))
        self.when.setText(
            " · ".join(part for part in (texts.date(entry.booked), grouped(entry.iban)) if part)
        )
        self.words.setText(entry.text)
        words, kind = chip_of(waiting, texts)
        self.chip.tell(words, kind)
        proposal = waiting.proposal
        self.proposed.setText(proposal.numbers if proposal else texts.gettext("Which invoice is it?"))
        nothing = texts.gettext(
            "Neither number, name nor amount leads to one open invoice. Please choose it below."
        )
        self.reason.setText(texts.say(proposal.reason) if proposal else nothing)
        self.accept.setEnabled(proposal is not None)
        is_noted = proposal is not None and proposal.payment_id is not None
        self.accept.setText(texts.gettext("Belongs to that payment") if is_noted else texts.gettext("Book"))
        if self.search.text():
            self.search.clear()

    def _go_to_bills(self) -> None:
        self.bills.setFocus()

    def reload(self) -> None:
        """Read the open invoices again."""
        self.bills.reload()

    def _fetch(self, after: Any, limit: int) -> Slice[BillAccount]:
        words, shop = self.search.text().strip(), self._page.shop
        read = by_key(
            lambda cursor, most: payments.open_items(shop, words, cursor, most), payments.item_cursor
        )
        found = read(after, limit)
        return Slice([bill for bill in found.items if bill.open.minor > 0 or bill.charges], found.following)

    def _row(self, bill: BillAccount) -> Row:
        caption = f"{bill.recipient} · {self._texts.date(bill.day)}"
        return Row(bill.document_id, bill.number, caption, value=self._texts.money(bill.open))
