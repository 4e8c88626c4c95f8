"""Title and state of a document, and what can be done with it besides sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from shopdesk.domain.documents import Document
from shopdesk.domain.retention import keep_until, retention_of
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import PageHeader

if TYPE_CHECKING:
    from shopdesk.ui.documents.editor_page import DocumentPage


_WORDS_FROM = 720
"""Design pixels of width from which the buttons that go on carry words."""
_ALL_WORDS_FROM = 1180
"""From which those for the paper do, too."""


class TitleBar(PageHeader):
    """Says what the document is and where it stands; its buttons call the page."""

    def __init__(self, page: DocumentPage, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.texts, self._shop = page.texts, page.shop
        gettext = self.texts.gettext
        self.discard = GhostButton(gettext("Discard"), page.discard)
        self.newer = Button(gettext("Show the new state"), page.load_newer)
        self.more = GhostButton(gettext("More"), page.toggle_more)
        self.more.setToolTip(gettext("Discount, texts, payments made, payment in advance, tax case"))
        self.timeline = GhostButton(gettext("Timeline"), lambda: _open_customer(page))
        key = shortcut("next_document").shown()
        self.next = Button(gettext("As invoice"), page.story.usual, icon_name="receipt", key=key)
        self.continue_as = GhostButton(
            gettext("Continue as …"),
            page.story.menu,
            icon_name="chevron-down",
            key=shortcut("continue_as").shown(),
        )
        self.open_pdf = Button(gettext("Open PDF"), page.open_pdf, icon_name="eye")
        self.save_pdf = Button(gettext("Save PDF"), page.save_pdf, icon_name="download")
        self.print = Button(
            gettext("Print"), page.print_document, icon_name="printer", key=shortcut("print").shown()
        )
        quiet = (self.discard, self.newer, self.more, self.timeline)
        self._going_on = (self.next, self.continue_as)
        self._paper = (self.open_pdf, self.save_pdf, self.print)
        for button in (*quiet, *self._going_on, *self._paper):
            self.buttons.addWidget(button)
        self._compact = (False, False)
        # it gives way by itself (see resizeEvent); its words must not force the window to be wider
        self.setMinimumWidth(px(300))
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words do not fit, icons with tool tips remain."""
        super().resizeEvent(event)
        compact = (self.width() < px(_WORDS_FROM), self.width() < px(_ALL_WORDS_FROM))
        if compact != self._compact:
            self._compact = compact
            for button in (*self._going_on, *self._paper):
                self._word(button)

    def _word(self, button: Button) -> None:
        compact = self._compact[button in self._paper]
        button.setText("" if compact else f" {button.accessibleName()}")
        button.setToolTip(button.toolTip() or button.accessibleName())

    def clear(self) -> None:
        """Nothing is open."""
        self.say("")
        for place in range(self.buttons.count()):
            item = self.buttons.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()

    def words(self, document: Document) -> str:
        """Kind and number, such as "Rechnung R-2026-0412"; a draft has no number."""
        return f"{kinds.name(document.kind, self.texts)} {document.number}".strip()

    def refresh(self, session: EditingSession, *, waiting: bool) -> None:
        """Follow the session."""
        document = session.document
        self.say(self.words(document), self._state(session, waiting=waiting))
        issued = document.is_issued
        self.discard.setVisible(not issued and not waiting)
        self.newer.setVisible(session.in_conflict)
        self.timeline.setVisible(document.customer_id is not None)
        self._offer_next(document, waiting=waiting)
        self.open_pdf.setVisible(issued)
        self.save_pdf.show()
        self.more.setVisible(not waiting)
        self.print.show()

    def _offer_next(self, document: Document, *, waiting: bool) -> None:
        """The most usual next document on a button, the others behind "Continue as …"."""
        offered = () if waiting else kinds.next_kinds(document.kind, issued=document.is_issued)
        self.next.setVisible(bool(offered))
        self.continue_as.setVisible(len(offered) > 1)
        if offered:
            words = kinds.make(offered[0], self.texts, document.kind)
            if words != self.next.accessibleName():
                self.next.say(words, kinds.icon(offered[0]))
                key = shortcut("next_document").shown()
                self.next.setToolTip(f"{words} ({key})")
                self._word(self.next)

    def _state(self, session: EditingSession, *, waiting: bool) -> str:
        gettext, document = self.texts.gettext, session.document
        clock = self._shop.clock
        if session.in_conflict:
            return gettext("Changed elsewhere: what was typed here is not saved")
        if waiting:
            return gettext("Will be issued and sent in a moment")
        if document.is_issued:
            if document.issued_at is None:
                return gettext("Issued")
            moment = document.issued_at.astimezone(clock.zone)
            text = gettext("Issued {date} {time}, kept until {until}")
            until = keep_until(retention_of(document.kind), moment.date())
            return text.format(
                date=self.texts.date(moment.date()), time=f"{moment:%H:%M}", until=self.texts.date(until)
            )
        if session.saved_at is not None and not session.is_dirty:
            moment = session.saved_at.astimezone(clock.zone)
            return gettext("Draft · saved by itself {time}").format(time=f"{moment:%H:%M}")
        if document.sending:
            return gettext("Draft · was to be sent, but was not")
        return gettext("Draft · saves itself")


def _open_customer(page: DocumentPage) -> None:
    customer_id = page.document.customer_id
    if customer_id is not None:
        page.window_shell.open_customer(customer_id)
