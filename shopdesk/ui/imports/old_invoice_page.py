"""One invoice of another program: what is known about it, its PDF, its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader
from shopdesk.ui.widgets.labels import Muted
from shopdesk.usecases import import_invoices

if TYPE_CHECKING:
    from shopdesk.domain.imports.values import KeptOldInvoice
    from shopdesk.usecases.shop import Shop


class OldInvoicePage(Page):
    """Opens an id, as the search gives it."""

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.kept: KeptOldInvoice | None = None
        self.pdf_button = PrimaryButton(gettext("Show the PDF"), self.show_pdf, icon_name="eye")
        self.customer_button = Button(gettext("To the customer"), self.show_customer, icon_name="user")
        self.header = PageHeader(gettext("Old invoice"), " ", self.customer_button, self.pdf_button)
        self.told = Muted("", wrap=True)
        self.card = Card(self.told)
        self.empty = EmptyState("folder-open", gettext("Search for an old invoice by its number."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(self.card)
        layout.addWidget(self.empty, 1)
        layout.addStretch(1)
        self._say()

    @property
    def title(self) -> str:
        """Its number."""
        return self.kept.value.number if self.kept is not None else ""

    def open_item(self, item: object) -> None:
        """Show one."""
        if isinstance(item, int):
            self.kept = import_invoices.get(self.shop, item)
            self._say()

    def focus_first(self) -> None:
        """See Page."""
        for button in (self.pdf_button, self.customer_button):
            if button.isVisible():
                button.setFocus()
                return
        self.setFocus()

    def show_pdf(self) -> None:
        """In the system's own program."""
        from shopdesk.ui.documents.paper import open_file

        found = import_invoices.pdf(self.shop, self.kept.id) if self.kept is not None else None
        if found is not None:
            open_file(found[1], found[0])

    def show_customer(self) -> None:
        """Whom it was for."""
        if self.kept is not None and self.kept.customer_id is not None:
            self.window_shell.open_customer(self.kept.customer_id)

    def _say(self) -> None:
        kept = self.kept
        self.card.setVisible(kept is not None)
        self.empty.setVisible(kept is None)
        self.pdf_button.setVisible(kept is not None and kept.has_file)
        self.customer_button.setVisible(kept is not None and kept.customer_id is not None)
        if kept is None:
            return
        gettext = self.texts.gettext
        self.header.say(f"{gettext('Old invoice')} {kept.value.number}", kept.value.recipient)
        note = gettext(
            "Written by another program. It is kept to be found, and counts in no turnover or report."
        )
        lines = (import_invoices.line(kept, self.texts), kept.value.text, kept.value.file_name, note)
        self.told.setText("\n".join(line for line in lines if line))
