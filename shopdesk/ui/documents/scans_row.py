"""What came back on paper: the scans kept with a document, as chips below its paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from shopdesk.domain.errors import ShopError
from shopdesk.domain.scans import ENDINGS, Scan
from shopdesk.ui.documents.paper import open_file, write
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.usecases import scans

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ScansRow(ChipRow):
    """A chip for each scan opens, saves or removes it; the last one adds another. Hidden while nothing can be kept."""

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__()
        self._shop, self._shell, self._texts = shop, window, window.texts
        self._document_id: int | None = None
        self.scans: tuple[Scan, ...] = ()
        self.chips: list[ChipButton] = []
        self.setAccessibleName(self._texts.gettext("Scans of this document"))
        self.hide()

    def show_document(self, document_id: int | None, *, offered: bool) -> None:
        """The scans of this document; `offered` shows the way to add one also where there is none."""
        self._document_id = document_id
        self.scans = scans.of_document(self._shop, document_id) if document_id is not None else ()
        self.chips = [self._chip(scan) for scan in self.scans]
        gettext = self._texts.gettext
        if document_id is not None and (offered or self.scans):
            add = ChipButton(gettext("Keep a scan …"), self.choose, icon_name="paperclip")
            add.setToolTip(gettext("Or drop the file on the window while the document is shown."))
            self.chips.append(add)
        self.setVisible(bool(self.chips))
        self.show_chips(list(self.chips))

    def _chip(self, scan: Scan) -> ChipButton:
        chip = ChipButton(scan.name, lambda: None, "ok", icon_name="file-text")
        menu = QMenu(chip)
        gettext = self._texts.gettext
        menu.addAction(gettext("Open"), partial(self._open, scan))
        menu.addAction(gettext("Save as …"), partial(self._save, scan))
        menu.addAction(gettext("Remove"), partial(self._remove, scan))
        chip.setMenu(menu)
        return chip

    def choose(self) -> None:
        """Ask for a file and keep it."""
        endings = " ".join(f"*.{ending}" for ending in ENDINGS)
        title = self._texts.gettext("Keep a scan with this document")
        name, _filter = QFileDialog.getOpenFileName(self, title, "", f"{title} ({endings})")
        if name:
            self.take([name])

    def take(self, paths: list[str]) -> None:
        """Keep these files with the document; what cannot be kept is said, the others are kept."""
        if self._document_id is None:
            return
        for path in paths:
            try:
                name, data = scans.read(Path(path))
                kept, undo = scans.keep(self._shop, self._document_id, name, data)
            except ShopError as error:
                self._shell.problem(error)
                continue
            words = self._texts.gettext("“{name}” is kept with the document.").format(name=kept.name)
            self._shell.toast(words, undo=partial(self._undone, undo))
        self.show_document(self._document_id, offered=True)

    def _undone(self, undo: Undo) -> None:
        undo.run(self._shop)
        self.show_document(self._document_id, offered=True)

    def _open(self, scan: Scan) -> None:
        open_file(scans.data(self._shop, scan.id), scan.name)

    def _save(self, scan: Scan) -> None:
        title = self._texts.gettext("Save the scan")
        place, _filter = QFileDialog.getSaveFileName(self, title, scan.name)
        if not place:
            return
        try:
            write(place, scans.data(self._shop, scan.id))
        except ShopError as error:
            self._shell.problem(error)

    def _remove(self, scan: Scan) -> None:
        undo = scans.take_away(self._shop, scan)
        words = self._texts.gettext("“{name}” is no longer kept with the document.").format(name=scan.name)
        self._shell.toast(words, undo=partial(self._undone, undo))
        self.show_document(self._document_id, offered=True)
