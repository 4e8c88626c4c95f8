"""The files kept with a customer, as chips; dropped on the window or chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from shopdesk.domain.customer_files import CustomerFile
from shopdesk.domain.errors import ShopError
from shopdesk.domain.scans import ENDINGS, is_scan_name
from shopdesk.ui.documents.paper import open_file, write
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.usecases import customer_files, scans

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class FilesCard(Card):
    """A chip for each file opens, saves or removes it."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Files"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer_id = 0
        self.files: tuple[CustomerFile, ...] = ()
        self.chips = ChipRow()
        self.add = GhostButton(self._texts.gettext("Keep a file …"), self.choose, icon_name="paperclip")
        self.add.setToolTip(
            self._texts.gettext("Or drop a PDF or a picture on the window while the customer is shown.")
        )
        self.body.addWidget(self.chips)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_customer(self, customer_id: int) -> None:
        """Replace the chips."""
        self._customer_id = customer_id
        found = customer_files.of_customer(self._shop, customer_id)
        self.files = found
        self.chips.show_chips([self._chip(file) for file in found])

    def _chip(self, file: CustomerFile) -> ChipButton:
        chip = ChipButton(file.name, lambda: None, icon_name="file-text")
        menu, gettext = QMenu(chip), self._texts.gettext
        menu.addAction(gettext("Open"), partial(self._open, file))
        menu.addAction(gettext("Save as …"), partial(self._save, file))
        menu.addAction(gettext("Remove"), partial(self._remove, file))
        chip.setMenu(menu)
        return chip

    def choose(self) -> None:
        """Ask for files and keep them."""
        endings = " ".join(f"*.{ending}" for ending in ENDINGS)
        title = self._texts.gettext("Keep a file with this customer")
        names, _filter = QFileDialog.getOpenFileNames(self, title, "", f"{title} ({endings})")
        self.take(names)

    def take(self, paths: list[str]) -> bool:
        """Keep these files; what cannot be kept is said, the others are kept. False: none of them looks like one."""
        wanted = [path for path in paths if is_scan_name(path)]
        if not wanted or not self._customer_id:
            return False
        for path in paths:
            try:
                name, data = scans.read(Path(path))
                kept, undo = customer_files.keep(self._shop, self._customer_id, name, data)
            except ShopError as error:
                self._shell.problem(error)
                continue
            words = self._texts.gettext("“{name}” is kept with the customer.").format(name=kept.name)
            self._shell.toast(words, undo=partial(self._take_back, undo))
        self.show_customer(self._customer_id)
        return True

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
        self.show_customer(self._customer_id)

    def _open(self, file: CustomerFile) -> None:
        open_file(customer_files.data(self._shop, file.id), file.name)

    def _save(self, file: CustomerFile) -> None:
        place, _filter = QFileDialog.getSaveFileName(self, self._texts.gettext("Save the file"), file.name)
        if not place:
            return
        try:
            write(place, customer_files.data(self._shop, file.id))
        except ShopError as error:
            self._shell.problem(error)

    def _remove(self, file: CustomerFile) -> None:
        try:
            undo = customer_files.take_away(self._shop, file)
        except ShopError as error:
            self._shell.problem(error)
            return
        words = self._texts.gettext("“{name}” is no longer kept with the customer.").format(name=file.name)
        self._shell.toast(words, undo=partial(self._take_back, undo))
        self.show_customer(self._customer_id)
