"""The statement of a customer, saved as a PDF for him or as a table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.ui.letters.saving import ask_place
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class StatementButton(GhostButton):
    """Asks for the form, then for the place."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            shell.texts.gettext("Statement of account …"), self._choose, icon_name="file-text", parent=parent
        )
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer = Customer()

    def show_customer(self, customer: Customer, *, is_known: bool) -> None:
        """For whom; `is_known` says that there is something to tell."""
        self._customer = customer
        show_if(self, is_known)

    def _choose(self) -> None:
        gettext, menu = self._texts.gettext, QMenu(self)
        menu.addAction(gettext("As PDF for the customer"), partial(self._ask, "pdf"))
        menu.addAction(gettext("As a table (XLSX)"), partial(self._ask, "xlsx"))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _ask(self, ending: str) -> None:
        from shopdesk.usecases import customer_statements

        name = customer_statements.file_name(self._customer, self._texts, ending)
        title = self._texts.gettext("Save the statement of account")
        place = ask_place(self, title, name, f"{ending.upper()} (*.{ending})")
        if place is not None:
            self.save(place)

    def save(self, place: Path) -> None:
        """Write it, off the window's thread; the ending says the form."""
        from shopdesk.usecases import customer_statements as statements

        shop, customer, texts = self._shop, self._customer, self._texts
        assert customer.id is not None
        customer_id = customer.id

        def work() -> bytes:
            value = statements.of_customer(shop, customer_id)
            if place.suffix.lower() == ".xlsx":
                return statements.as_xlsx(shop, customer, value, texts)
            return statements.as_pdf(shop, customer, value)

        self._shell.run_desk(work, partial(self._write, place))

    def _write(self, place: Path, data: bytes) -> None:
        from shopdesk.ui.documents import paper

        try:
            paper.write(str(place), data)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._shell.toast(self._texts.gettext("Saved as {place}.").format(place=place), seconds=4)
