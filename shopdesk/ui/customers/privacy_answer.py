"""The answer to "What do you store about me?": one file, where the owner wants it (Art. 15 GDPR)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.usecases import privacy

if TYPE_CHECKING:
    from shopdesk.domain.customers import Customer
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class PrivacyAnswer:
    """Asks where, writes off the window's thread, and says where it is. `parent` holds the dialog."""

    def __init__(self, shop: Shop, window: Shell, parent: QWidget) -> None:
        self._shop, self._shell, self._parent, self._texts = shop, window, parent, window.texts

    def ask(self, customer: Customer) -> None:
        """Ask for the place."""
        title = self._texts.gettext("Save what is stored about this customer")
        start = str(Path.home() / privacy.file_name(customer))
        chosen, _filter = QFileDialog.getSaveFileName(self._parent, title, start, "ZIP (*.zip)")
        if chosen:
            self.write(customer, Path(chosen))

    def write(self, customer: Customer, target: Path) -> None:
        """Write it; a place that refuses the file is said in words."""
        assert customer.id is not None
        customer_id = customer.id
        self._shell.progress(
            self._texts.gettext("Collecting what is stored about {name} …").format(name=customer.name)
        )
        self._shell.run_desk(
            lambda: privacy.answer(self._shop, customer_id, target), self._done, self._failed
        )

    def _done(self, answered: privacy.Answered) -> None:
        self._shell.progress("")
        words = self._texts.gettext(
            "{entries} entries are in {name}: a PDF to read, and every document and mail."
        )
        number = self._texts.number(answered.entries)
        self._shell.toast(words.format(entries=number, name=answered.place.name))

    def _failed(self, error: Exception) -> None:
        self._shell.progress("")
        if isinstance(error, OSError) and not isinstance(error, ShopError):
            words = self._texts.gettext(
                "The file could not be written: {reason}. Please choose another folder."
            )
            self._shell.toast(words.format(reason=self._texts.say(disk_troubles.why(error))))
        else:
            self._shell.problem(error)
