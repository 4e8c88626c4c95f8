"""What came along with a received invoice; each can be saved, none is opened from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from shopdesk.domain.received_invoices import Attachment, ReceivedInvoice
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import PlainLabel, shortened

_MOST_SHOWN = 50


class AttachmentsCard(Card):
    """Name, description and size; `save` gets the place in the list."""

    def __init__(self, texts: Texts, invoice: ReceivedInvoice, save: Callable[[int], None]) -> None:
        super().__init__(title=texts.gettext("Attachments"))
        self._texts, self._save = texts, save
        self.buttons: list[GhostButton] = []
        for position, entry in enumerate(invoice.attachments[:_MOST_SHOWN]):
            self.body.addLayout(self._row(position, entry))

    def _row(self, position: int, entry: Attachment) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(SMALL))
        row.addWidget(PlainLabel(self._words(entry), wrap=True), 1)
        if entry.size is not None:
            gettext = self._texts.gettext
            button = GhostButton(gettext("Save …"), lambda: self._save(position), icon_name="download")
            name = shortened(entry.file_name or entry.reference)
            button.setAccessibleName(gettext("Save {name}").format(name=name))
            self.buttons.append(button)
            row.addWidget(button)
        return row

    def _words(self, entry: Attachment) -> str:
        size = "" if entry.size is None else self._size(entry.size)
        name = entry.file_name or entry.reference
        parts = (shortened(part, 200) for part in (name, entry.description, size, entry.place))
        return " · ".join(part for part in parts if part)

    def _size(self, count: int) -> str:
        if count < 10_000:
            return self._texts.gettext("{n} bytes").format(n=self._texts.number(count))
        return self._texts.gettext("{n} KB").format(n=self._texts.number(round(count / 1000)))
