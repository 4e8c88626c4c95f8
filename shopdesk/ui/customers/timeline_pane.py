"""The timeline: newest first, filtered by kind and words, entries of one's own changed and taken away by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.messages import N_
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.ui.customers.note_box import KINDS, KindChips, NoteEdit
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.states import FATES
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card, EmptyState
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, by_key
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import timeline

if TYPE_CHECKING:
    from shopdesk.domain.documents import DocumentKind
    from shopdesk.usecases.shop import Shop

_PAUSE = 150  # ms; each search reads all of the customer's entries

ICONS = {
    EntryKind.CALL: "phone",
    EntryKind.EMAIL: "mail",
    EntryKind.VISIT: "house",
    EntryKind.LETTER: "file-text",
    EntryKind.MESSAGE: "message-circle-warning",
    EntryKind.NOTE: "sticky-note",
    EntryKind.DOCUMENT: "receipt",
    EntryKind.PAYMENT: "wallet",
    EntryKind.SHIPMENT: "truck",
    EntryKind.COMPLAINT: "heart-handshake",
}
_FILTERS = (
    (None, N_("Everything")), (EntryKind.CALL, N_("Calls")), (EntryKind.EMAIL, N_("Mails")),
    (EntryKind.DOCUMENT, N_("All documents")), ("quotes", N_("Quotes and orders")), ("invoices", N_("Invoices")),
    ("delivery_notes", N_("Delivery notes")), (EntryKind.VISIT, N_("Visits")),
    (EntryKind.MESSAGE, N_("Messages")), (EntryKind.LETTER, N_("Letters")), (EntryKind.NOTE, N_("Notes")),
)  # fmt: skip
_DOCUMENTS = {"quotes": kinds.OFFERING, "invoices": kinds.BILLING, "delivery_notes": kinds.DELIVERING}


def is_own(entry: TimelineEntry) -> bool:
    """Whether the owner wrote the entry; what the program writes has a title."""
    return not entry.title and entry.document_id is None


class TimelinePane(QWidget):
    """What is searched and which kinds are shown, and the list."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._texts = shop, shell.texts
        self._customer_id: int | None = None
        self._words = ""
        gettext = self._texts.gettext
        self.filter = Choice((gettext(words), str(kind or "")) for kind, words in _FILTERS)
        self.filter.setAccessibleName(gettext("Show in the timeline"))
        self.filter.chosen.connect(self._filtered)
        self.search = SearchEdit(gettext("Search in the timeline"), pause=_PAUSE)
        self.search.searched.connect(self._searched)
        self.search.down.connect(self._go_down)
        self.found = Caption("")
        self.found.hide()
        self.rows: RowList[TimelineEntry] = RowList(
            gettext("Timeline"), by_key(self._entries, timeline.cursor_of), self._row
        )
        self.empty = EmptyState("clock", "")
        self._say_empty()
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.found)
        head.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(head)
        layout.addWidget(ListWithEmptyState(self.rows, self.empty), 1)

    def show_customer(self, customer_id: int) -> None:
        """The entries of a customer; another one begins unfiltered at the top."""
        if customer_id != self._customer_id:
            self._customer_id = customer_id
            self.filter.setCurrentIndex(0)
            self.search.clear()
            self._words = ""
        self._filtered()

    def entry(self, entry_id: int | None) -> TimelineEntry | None:
        """The entry as it was read last, None when it is not among those."""
        return self.rows.rows.item(self.rows.rows.index_of(entry_id))

    def _searched(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._filtered()

    def _go_down(self) -> None:
        self.rows.setFocus()
        self.rows.step(0)

    def _filtered(self) -> None:
        self._say_empty()
        self._say_found()
        self.rows.reload()

    def _say_found(self) -> None:
        """How many there are, while something is searched."""
        show_if(self.found, bool(self._words))
        if self._words and self._customer_id is not None:
            kind, document_kinds = self._chosen()
            number = timeline.count(self._shop, self._customer_id, self._words, kind, document_kinds)
            text = self._texts.ngettext("{n} entry", "{n} entries", number)
            self.found.setText(text.format(n=self._texts.number(number)))

    def _chosen(self) -> tuple[EntryKind | None, Collection[DocumentKind]]:
        chosen = self.filter.currentData()
        document_kinds = _DOCUMENTS.get(chosen, ())
        return (EntryKind(chosen) if chosen and not document_kinds else None), document_kinds

    def _say_empty(self) -> None:
        gettext = self._texts.gettext
        words = gettext("Nothing has happened yet. What you note above stands here.")
        if self.filter.currentData():
            words = gettext("Nothing of this kind.")
        if self._words:
            words = gettext("No entry with these words.")
        self.empty.sentence.setText(words)
        self.empty.setAccessibleName(words)

    def _entries(self, after: Any, limit: int) -> tuple[TimelineEntry, ...]:
        if self._customer_id is None:
            return ()
        kind, document_kinds = self._chosen()
        return timeline.page(self._shop, self._customer_id, after, limit, kind, document_kinds, self._words)

    def _row(self, entry: TimelineEntry) -> Row:
        local = entry.at.astimezone(self._shop.clock.zone)
        text = " ".join(entry.text.split())
        caption = text if entry.title else self._kind_words(entry)
        look: ChipKind = "info"
        icon = ICONS[entry.kind]
        if entry.document_kind is not None and entry.kind == EntryKind.DOCUMENT:
            icon = kinds.icon(entry.document_kind)
        if entry.document_fate:
            fate, look = FATES[entry.document_fate]
            caption = " · ".join(part for part in (self._texts.gettext(fate), caption) if part)
        return Row(entry.id, entry.title or text, caption, icon, look, chip=self._moment(local))

    def _kind_words(self, entry: TimelineEntry) -> str:
        name = KINDS.get(entry.kind)
        return self._texts.gettext(name[0]) if name else ""

    def _moment(self, local: dt.datetime) -> str:
        if local.date() == self._shop.clock.today():
            return f"{local:%H:%M}"
        return self._texts.date(local.date())


class EntryEditor(Card):
    """One entry of the owner's own, to be put right: text and kind."""

    finished = Signal()

    def __init__(self, shell: Shell, on_save: Callable[[TimelineEntry], bool]) -> None:
        gettext = shell.texts.gettext
        super().__init__(title=gettext("Change the entry"))
        self._texts, self._on_save = shell.texts, on_save
        self.entry: TimelineEntry | None = None
        self.kind = EntryKind.NOTE
        self.edit = NoteEdit(gettext("Text of the entry"), "")
        self.kinds = KindChips(self._texts)
        self.kinds.chosen.connect(self.choose)
        self.edit.setMaximumHeight(self.edit.minimumHeight())
        self.body.addWidget(self.edit)
        self.body.addWidget(self.kinds)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(GhostButton(gettext("Cancel"), self.cancel))
        line.addWidget(Button(gettext("Save"), self.save, key=shortcut("issue_and_send").shown()))
        self.body.addLayout(line)
        self.hide()

    def open(self, entry: TimelineEntry) -> None:
        """Show the entry."""
        self.entry = entry
        self.edit.setPlainText(entry.text)
        self.choose(entry.kind)
        self.show()
        self.edit.setFocus()

    def follow(self, now: TimelineEntry | None) -> None:
        """It was changed elsewhere: what is typed here stays, and the next saving means it."""
        if now is not None:
            self.entry = now

    def choose(self, kind: EntryKind) -> None:
        """Another kind."""
        self.kind = kind
        self.kinds.show_kind(kind)

    def cancel(self) -> None:
        """Leave it as it was."""
        self.entry = None
        self.hide()
        self.finished.emit()

    def save(self) -> None:
        """Store what was changed; what cannot be stored stays here."""
        if self.entry is None:
            return
        text = self.edit.toPlainText().strip()
        changed = replace(self.entry, text=text or self.entry.text, kind=self.kind)
        if changed == self.entry or self._on_save(changed):
            self.cancel()
