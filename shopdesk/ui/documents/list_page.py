"""The lists of quotes and invoices: by state, by search, opened with ⏎."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from shopdesk.domain.documents import DocumentKind, DocumentState, DocumentSummary
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_
from shopdesk.ui.documents.send_bar import CHIPS
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key
from shopdesk.ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_STATES: tuple[tuple[DocumentState | None, str], ...] = (
    (None, N_("All")),
    (DocumentState.DRAFT, N_("Drafts")),
    (DocumentState.ISSUED, N_("Issued")),
)


class DocumentsPage(Page):
    """The documents of one kind, newest first."""

    watches: ClassVar[frozenset[str]] = frozenset({"document", "outbox"})
    kind: ClassVar[DocumentKind]
    heading: ClassVar[str]
    new: ClassVar[str]
    nothing: ClassVar[str]
    command: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.state: DocumentState | None = None
        gettext = self.texts.gettext
        key = shortcut(self.command).shown()
        self.header = PageHeader(gettext(self.heading))
        self.header.buttons.addWidget(PrimaryButton(gettext(self.new), self.begin, icon_name="plus", key=key))
        self.search = SearchEdit(gettext("Number, customer, town, article …"))
        self.rows: RowList[DocumentSummary] = RowList(gettext(self.heading), self._fetch, self._row)
        empty = EmptyState(self.icon, gettext(self.nothing), gettext(self.new), self.begin, key=key)
        self.list = ListWithEmptyState(self.rows, empty)
        self._place()
        self.search.searched.connect(lambda _text: self._read_anew())
        self.search.down.connect(self.rows.setFocus)
        self.rows.opened.connect(lambda summary: window.open_document(summary.id))
        self.rows.done.connect(self._done)

    def _place(self) -> None:
        states = QHBoxLayout()
        states.setSpacing(px(SMALL))
        self.choices = QButtonGroup(self)
        for state, title in _STATES:
            button = Button(self.texts.gettext(title), _choosing(self, state))
            button.setCheckable(True)
            button.setChecked(state == self.state)
            self.choices.addButton(button)
            states.addWidget(button)
        states.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(states)
        column.addWidget(self.list, 1)

    def _fetch(self, after: Any, limit: int) -> Slice[DocumentSummary]:
        from shopdesk.usecases import documents

        text = self.search.text().strip()
        if text:
            found = documents.find(self.shop, self.kind, text)
            return Slice([row for row in found if self.state in {None, row.state}])
        page = by_key(
            lambda cursor, count: documents.page(self.shop, self.kind, self.state, cursor, count),
            lambda row: (row.sort_key, row.id),
        )
        return page(after, limit)

    def _row(self, summary: DocumentSummary) -> Row:
        texts = self.texts
        is_draft = summary.state == DocumentState.DRAFT
        name = summary.recipient or texts.gettext("nobody yet")
        title = f"{summary.number} · {name}" if summary.number else name
        day = texts.date(summary.date) if summary.date else ""
        caption = " · ".join(part for part in (day, summary.city, summary.title) if part)
        chip, kind = self._chip(summary)
        return Row(
            summary.id,
            title,
            caption,
            "pencil" if is_draft else self.icon,
            None,
            texts.money(summary.gross),
            chip,
            kind,
        )

    def _chip(self, summary: DocumentSummary) -> tuple[str, ChipKind]:
        from shopdesk.domain.outbox import state_name

        if summary.state == DocumentState.DRAFT:
            return self.texts.gettext("Draft"), "info"
        if summary.mail_state:
            state = MailState(summary.mail_state)
            return self.texts.say(state_name(state)), CHIPS[state]
        return self.texts.gettext("not mailed"), "info"

    def _read_anew(self) -> None:
        self.rows.reload()
        if not self.rows.currentIndex().isValid():
            self.rows.step(1)

    def choose(self, state: DocumentState | None) -> None:
        """Show the documents of one state, None for all."""
        self.state = state
        self.rows.reload()

    def begin(self) -> None:
        """A new draft."""
        self.window_shell.new_document(self.kind.value)

    def _done(self, summary: DocumentSummary) -> None:
        """E on a draft throws it away, with a way back; issued ones stay."""
        from shopdesk.usecases import documents

        if summary.state != DocumentState.DRAFT:
            return
        try:
            undo = documents.discard(self.shop, summary.id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.rows.reload()
        self.window_shell.toast(
            self.texts.gettext("The draft was thrown away."), undo=lambda: undo.run(self.shop)
        )

    def reload(self) -> None:
        self.rows.reload()

    def focus_first(self) -> None:
        """The list, or the search where it is empty."""
        if self.rows.rows.rowCount():
            self.rows.setFocus()
        else:
            self.search.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self.begin, "find": self.search.setFocus}


def _choosing(page: DocumentsPage, state: DocumentState | None) -> Callable[[], None]:
    return lambda: page.choose(state)


class QuotesPage(DocumentsPage):
    """Angebote."""

    kind = DocumentKind.QUOTE
    heading = N_("Quotes")
    new = N_("New quote")
    nothing = N_("No quote here yet. The next call may bring one.")
    command = "new_quote"
    icon = "file-text"


class InvoicesPage(DocumentsPage):
    """Rechnungen."""

    kind = DocumentKind.INVOICE
    heading = N_("Invoices")
    new = N_("New invoice")
    nothing = N_("No invoice here yet. The first one takes a minute.")
    command = "new_invoice"
    icon = "receipt"
