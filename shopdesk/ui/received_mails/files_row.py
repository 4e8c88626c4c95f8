"""What came along with mails, as chips: opened, saved, or looked at as an e-invoice."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from shopdesk.domain.errors import ShopError
from shopdesk.domain.received_mails import ReceivedAttachment, StoredMail
from shopdesk.domain.scans import STARTS
from shopdesk.ui.documents.paper import open_file, write
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_MOST_SHOWN = 30
_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_E_INVOICES = (".xml", ".pdf")


class FilesRow(ChipRow):
    """Pictures inside a page (logos) are left out. Each file is taken out of its mail in a worker process."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__()
        self._shop, self._shell, self._texts = shop, shell, shell.texts

    def show_mails(self, mails: Sequence[StoredMail]) -> None:
        """The files of these mails."""
        files = [(mail, file) for mail in mails for file in mail.attachments if not file.is_inline]
        self.show_chips([self._chip(mail, file) for mail, file in files[:_MOST_SHOWN]])
        show_if(self, bool(files))

    def _chip(self, mail: StoredMail, file: ReceivedAttachment) -> ChipButton:
        chip = ChipButton(f"{file.name} · {self._size(file.size)}", lambda: None, icon_name="paperclip")
        menu, gettext = QMenu(chip), self._texts.gettext
        menu.addAction(gettext("Open"), partial(self.open, mail, file))
        menu.addAction(gettext("Save as …"), partial(self.save, mail, file))
        if file.name.lower().endswith(_E_INVOICES):
            menu.addAction(gettext("Check as a received invoice"), partial(self.check, mail, file))
        chip.setMenu(menu)
        return chip

    def _size(self, count: int) -> str:
        if count < 10_000:
            return self._texts.gettext("{n} bytes").format(n=self._texts.number(count))
        return self._texts.gettext("{n} KB").format(n=self._texts.number(round(count / 1000)))

    def open(self, mail: StoredMail, file: ReceivedAttachment) -> None:
        """Show a PDF or a picture; what could do harm when opened can only be saved."""

        def show(data: bytes) -> None:
            kind = next((kind for start, kind in STARTS.items() if data.startswith(start)), "")
            if kind:
                # the ending says which program opens it, and the sender chose that one
                open_file(data, f"{Path(file.name).stem}{_ENDINGS[kind]}")
                return
            words = self._texts.gettext(
                "“{name}” is no PDF and no picture, so it is not opened from here: it could do harm. You can save it."
            )
            self._shell.toast(words.format(name=file.name))

        self._with_data(mail, file, show)

    def save(self, mail: StoredMail, file: ReceivedAttachment) -> None:
        """Ask where to."""
        place, _filter = QFileDialog.getSaveFileName(self, self._texts.gettext("Save the file"), file.name)
        if place:
            self._with_data(mail, file, partial(self._write, place))

    def _write(self, place: str, data: bytes) -> None:
        try:
            write(place, data)
        except ShopError as error:
            self._shell.problem(error)

    def check(self, mail: StoredMail, file: ReceivedAttachment) -> None:
        """The reader of received invoices finds out what it is."""

        def show(data: bytes) -> None:
            place = Path(tempfile.mkdtemp(prefix="shopdesk-")) / file.name
            place.write_bytes(data)
            self._shell.open_page("received_invoice", str(place))

        self._with_data(mail, file, show)

    def _with_data(self, mail: StoredMail, file: ReceivedAttachment, act: Callable[[bytes], None]) -> None:
        from shopdesk.usecases import received_mails

        self._shell.run_desk(lambda: received_mails.attachment(self._shop, mail.id, file.position), act)
