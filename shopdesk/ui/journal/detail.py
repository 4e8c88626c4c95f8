"""One entry of the journal: who, when, and each value before and after beside each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shopdesk.domain.journal import JournalEntry
from shopdesk.ui.shell.protocol import Page
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card, ScrollPage
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel, Rule
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import journal_words
from shopdesk.usecases.journal_words import Change


class Detail(Card):
    """Empty until an entry is shown."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._texts, self._shell = page, page.texts, page.window_shell
        self._entry: JournalEntry | None = None
        gettext = self._texts.gettext
        self.subject = Heading("", wrap=True)
        self.done, self.about = Chip(""), Muted("", wrap=True)
        self.document = Button(gettext("Open document"), self._open_document, icon_name="receipt")
        self.customer = Button(gettext("Open customer"), self._open_customer, icon_name="user")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(SMALL))
        buttons.addWidget(self.document)
        buttons.addWidget(self.customer)
        buttons.addStretch(1)
        self.scroller = ScrollPage()
        for widget in (self.subject, self.done, self.about):
            self.body.addWidget(widget)
        self.body.addWidget(self.scroller, 1)
        self.body.addLayout(buttons)
        self.show_entry(None)

    def show_entry(self, entry: JournalEntry | None) -> None:
        """Another entry, None for nothing."""
        self._entry = entry
        texts, zone = self._texts, self._page.shop.clock.zone
        self.subject.setText(journal_words.title(entry, texts) if entry else "")
        self.done.tell(journal_words.action_name(entry, texts) if entry else "", "info")
        words = texts.gettext("{who} on {moment}, entry {number}, shopdesk {version}")
        self.about.setText(
            words.format(
                who=entry.who,
                moment=journal_words.moment(entry.at, texts, zone),
                number=texts.number(entry.id),
                version=entry.program_version,
            )
            if entry
            else ""
        )
        show_if(self.document, entry is not None and entry.document_id is not None)
        show_if(self.customer, entry is not None and entry.customer_id is not None)
        self._show_changes(journal_words.changes(entry, texts, zone) if entry else (), entry)

    def _show_changes(self, changes: tuple[Change, ...], entry: JournalEntry | None) -> None:
        body = self.scroller.body
        clear(body)
        if entry is not None and changes:
            body.addWidget(self._table(changes, with_old=any(change.old for change in changes)))
        elif entry is not None:
            body.addWidget(Muted(self._texts.gettext("No values are kept of this."), wrap=True))
        body.addStretch(1)

    def _table(self, changes: tuple[Change, ...], *, with_old: bool) -> QWidget:
        gettext = self._texts.gettext
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        heads = (
            (gettext("Field"), gettext("before"), gettext("after"))
            if with_old
            else (gettext("Field"), gettext("Value"))
        )
        for column, head in enumerate(heads):
            grid.addWidget(Caption(head), 0, column)
            grid.setColumnStretch(column, 2 if column else 1)
        for number, change in enumerate(changes, 1):
            grid.addWidget(Rule(), 2 * number - 1, 0, 1, len(heads))
            values = (change.old, change.new) if with_old else (change.new,)
            for column, words in enumerate((change.field, *values)):
                label = (PlainLabel if column else Muted)(words or "–", wrap=True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(label, 2 * number, column, Qt.AlignmentFlag.AlignTop)
        return table

    def _open_document(self) -> None:
        if self._entry is not None and self._entry.document_id is not None:
            self._shell.open_document(self._entry.document_id)

    def _open_customer(self) -> None:
        if self._entry is not None and self._entry.customer_id is not None:
            self._shell.open_customer(self._entry.customer_id)

    def opener(self) -> Callable[[], None] | None:
        """What ⏎ on the entry opens: its document, else its customer."""
        if self._entry is None:
            return None
        if self._entry.document_id is not None:
            return self._open_document
        return self._open_customer if self._entry.customer_id is not None else None
