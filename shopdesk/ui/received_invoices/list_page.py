"""The list of filed e-invoices, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.received_invoices import KeptInvoice
from shopdesk.ui.received_invoices.choose import choose_file
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.usecases import received_invoices

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class ReceivedInvoicesPage(Page):
    """All filed e-invoices; typing narrows the list down."""

    watches: ClassVar[frozenset[str]] = frozenset({"received_invoice"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._wanted = ""
        new = PrimaryButton(gettext("Open an e-invoice …"), self.choose, icon_name="folder-open")
        subtitle = gettext("E-invoices from others, kept unchanged for eight years.")
        self.search = SearchEdit(gettext("Seller, number, amount …"))
        self.search.setAccessibleName(gettext("Search received invoices"))
        self.search.searched.connect(self._narrow)
        self.rows: RowList[KeptInvoice] = RowList(gettext("Received invoices"), self._fetch, self._row)
        self.search.down.connect(self.rows.setFocus)
        self.rows.opened.connect(lambda item: self.window_shell.open_page("received_invoice", item.id))
        self.rows.removed.connect(self._remove)
        self.list = ListWithEmptyState(self.rows, EmptyState("file-check", self._empty_words()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(PageHeader(gettext("Received invoices"), subtitle, new))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()

    def focus_first(self) -> None:
        """See Page."""
        self.search.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.choose, "find": self.search.setFocus}

    def choose(self) -> None:
        """Ask for a file and show it."""
        name = choose_file(self, self.texts)
        if name:
            self.window_shell.open_page("received_invoice", name)

    def _narrow(self, text: str) -> None:
        self._wanted = text
        self.list.empty.sentence.setText(self._empty_words())
        self.rows.reload()

    def _empty_words(self) -> str:
        if self._wanted:
            return self.texts.gettext("Nothing fits “{text}”.").format(text=self._wanted)
        return self.texts.gettext(
            "No e-invoice has been filed yet. Drop one (PDF or XML) anywhere on the window to read it."
        )

    def _fetch(self, after: Any, limit: int) -> Slice[KeptInvoice]:
        found = received_invoices.page(self.shop, after, limit, self._wanted)
        return Slice(found, received_invoices.cursor_of(found[-1]) if len(found) == limit else None)

    def _row(self, item: KeptInvoice) -> Row:
        gettext, date = self.texts.gettext, self.texts.date
        parts = [item.number]
        if item.issued:
            parts.append(gettext("of {date}").format(date=date(item.issued)))
        if item.due:
            parts.append(gettext("due {date}").format(date=date(item.due)))
        if item.supplier and item.supplier != item.seller:
            parts.append(item.supplier)
        value = "" if item.payable is None else self.texts.money(Money.of(item.payable, item.currency))
        received = item.received_at.astimezone(self.shop.clock.zone).date()
        hint = gettext("received {date}").format(date=date(received))
        return Row(
            item.id, item.seller or item.file_name, " · ".join(parts), "file-check", value=value, hint=hint
        )

    def _remove(self, item: KeptInvoice) -> None:
        try:
            received_invoices.remove(self.shop, item.id)
        except ShopError as error:
            self.window_shell.problem(error)
