"""The page of one document of any kind: opens it, keeps it, issues and sends it, goes on to the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from shopdesk.domain.documents import Document, DocumentKind, LineKind
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.scans import is_scan_name
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.document_customer import DocumentCustomer
from shopdesk.ui.documents.editor import Editor
from shopdesk.ui.documents.kinds import WITH_REASON
from shopdesk.ui.documents.mail_text_actions import MailTextActions
from shopdesk.ui.documents.model import Column
from shopdesk.ui.documents.paid_line import PaidLine
from shopdesk.ui.documents.paper_actions import PaperActions
from shopdesk.ui.documents.sending import Sending
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.documents.story_actions import StoryActions
from shopdesk.ui.documents.suggestions import Suggestions
from shopdesk.ui.documents.title_bar import TitleBar
from shopdesk.ui.shell.protocol import NewDocument, Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.cards import EmptyState

if TYPE_CHECKING:
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.usecases.shop import Shop


class DocumentPage(Page):
    """Shows one document at a time. What waits to be sent goes on while another one is shown."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"document", "outbox", "article", "customer", "payment", "payment_allocation", "purchase_order"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.sending = Sending(shop, window, self)
        self.sending.changed.connect(self._sending_changed)
        self.sending.taken_back.connect(self._taken_back)
        self.sending.failed.connect(self._failed)
        self.suggestions = Suggestions(shop, self.texts)
        self.paper = PaperActions(shop, window, self)
        self.mail_text = MailTextActions(shop, window.texts, self.sending, self)
        self.mail_text.changed.connect(self._say_own_text)
        self.mail_text.no_address.connect(lambda words: self._say_at("customer.email", words))
        self.session: EditingSession | None = None
        self.editor: Editor | None = None
        self._begun: list[tuple[NewDocument, EditingSession]] = []
        self.story = StoryActions(self)
        self.next, self.chain = self.story.next, self.story.strip
        self.customer = DocumentCustomer(self)
        self.bar, self.paid = TitleBar(self), PaidLine(shop, window)
        self.gone = EmptyState("file-text", self.texts.gettext("This document is no longer there."))
        self.gone.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(MEDIUM))
        self._column.addWidget(self.bar)
        self._column.addWidget(self.chain)
        self._column.addWidget(self.paid)
        self._column.addWidget(self.gone, 1)

    # What the window asks

    @property
    def title(self) -> str:
        return self.bar.words(self.document) if self.session is not None else ""

    @property
    def belongs_under(self) -> str:
        return kinds.page_of(self.document.kind) if self.session is not None else "invoices"

    @property
    def document(self) -> Document:
        """What is shown."""
        assert self.session is not None
        return self.session.document

    def take_files(self, paths: list[str]) -> bool:
        """The scan of the signed order is kept with the document that is shown."""
        kept = self.session is not None and self.session.document_id is not None
        if not kept or self.editor is None or not all(is_scan_name(path) for path in paths):
            return False
        self.editor.scans.take(paths)
        return True

    def open_item(self, item: object) -> None:
        """A document's id, or a NewDocument; coming back to the same one finds it as it was left."""
        self.leaving()
        try:
            if isinstance(item, NewDocument):
                self._open_new(item)
            elif isinstance(item, int):
                self._open_id(item)
        except NotFound:
            self._close()
        except ShopError as error:
            self._close()
            self.window_shell.problem(error)

    def _open_new(self, item: NewDocument) -> None:
        from shopdesk.usecases import documents

        for known, session in self._begun:
            if known is item and session.document_id is not None:
                self._open_id(session.document_id)
                return
        self._show(documents.start(self.shop, item.kind, item.customer_id))
        assert self.session is not None
        self._begun = [*self._begun, (item, self.session)][-20:]

    def _open_id(self, document_id: int) -> None:
        from shopdesk.usecases import documents

        self._show(documents.load(self.shop, document_id))

    def _show(self, document: Document) -> None:
        same = self.session is not None and self.session.document_id == document.id is not None
        drawn = self.editor.preview.drawn if self.editor is not None and same else None
        self._close()
        self.gone.hide()
        session = EditingSession(self.shop, document, self)
        session.locked = document.is_issued or self.sending.is_under_way(document.id)
        self.session = session
        self.editor = Editor(session, self.window_shell, self.suggestions)
        if drawn is not None:
            self.editor.preview.keep(drawn)  # no white gap until it is drawn anew
        self._connect(session, self.editor)
        self._column.addWidget(self.editor, 1)
        self.editor.show()  # a layout shows it later, which is too late for the focus
        self.customer.follow()
        self._show_state()
        self.story.show_chain()
        self.editor.read_about_customer()
        self.window_shell.commands_changed()
        self.window_shell.title_changed()

    def _show_again(self, document: Document) -> None:
        """The same document in a newer state; the keyboard stays on the page."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._show(document)
        if had_focus:
            self.focus_first()

    def _connect(self, session: EditingSession, editor: Editor) -> None:
        session.changed.connect(self._show_state)
        session.changed.connect(self.window_shell.commands_changed)
        session.saved.connect(self._show_state)
        session.refused.connect(self._refused)
        editor.header.customer_wanted.connect(self.window_shell.open_customer)
        editor.header.new_customer_wanted.connect(self.customer.create)
        editor.settings_wanted.connect(lambda: self.window_shell.open_page("settings"))
        editor.send_bar.send_wanted.connect(self.issue_and_send)
        editor.send_bar.text_wanted.connect(self.show_mail)
        editor.send_bar.answered.connect(lambda name: self.sending.answer(name, self.document))

    def _close(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
        if self.editor is not None:
            self.editor.preview.stop()
            self._column.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.session = self.editor = None
        self.bar.clear()
        self.chain.show_chain(())
        self.paid.show_document(None)
        self.gone.show()

    def reload(self) -> None:
        """Another window, or the outbox, has changed something: follow it, unless something is being typed."""
        self.suggestions.forget()
        session = self.session
        if session is None or session.document_id is None:
            return
        from shopdesk.usecases import documents

        try:
            stored = documents.load(self.shop, session.document_id)
        except NotFound:
            self._close()
            return
        # the same draft, or one with unsaved edits: saving tells whether it was changed elsewhere
        if stored.version != session.stored_version and not session.in_conflict and not session.is_dirty:
            self._show_again(stored)
            return
        self.customer.follow()
        self._show_state()
        self.story.show_chain()

    def focus_first(self) -> None:
        """The customer when there is none, else the next line."""
        if self.editor is None:
            self.setFocus()
        elif self.session is not None and self.session.locked:
            self.editor.lines.setFocus()
        elif self.editor.bills is not None:
            self.editor.header.level_field.setFocus()
        elif self.document.kind == DocumentKind.CANCELLATION:
            self.editor.send_bar.send.setFocus()
        elif self.document.kind in WITH_REASON:
            self.editor.lines.go(0, Column.QUANTITY)
        elif self.document.recipient.name or self.document.customer_id is not None:
            self.editor.lines.go_to_new_line()
        else:
            self.editor.header.customer.edit.setFocus()

    def leaving(self) -> None:
        """What was typed is stored, the open cell included."""
        if self.session is not None and self.editor is not None and not self.session.locked:
            self.editor.lines.commit()
            self.session.save()

    def toggle_more(self) -> None:
        """Open or close what a document rarely needs."""
        if self.editor is not None:
            self.editor.toggle_more()

    def go_back(self) -> bool:
        """Esc closes a panel first."""
        if self.editor is not None and self.editor.parcels.close():
            return True
        if self.editor is not None and self.editor.shows_more:
            self.editor.show_more(shown=False)
            self.editor.lines.setFocus()
            return True
        return False

    def action_bar(self) -> QWidget | None:
        """What a message must not cover: warnings, totals and what stands below them."""
        if self.editor is None:
            return None
        bars = (self.editor.order_changes, self.editor.problems)
        return next((bar for bar in bars if not bar.isHidden()), self.editor.totals)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        if self.session is None or self.editor is None:
            return {}
        found: dict[str, Callable[[], None]] = {"print": self.print_document}
        found |= self.paid.commands()
        if not self.sending.is_under_way(self.session.document_id):
            found |= self.story.commands(self.document)
        editor = self.editor
        if not self.session.locked:
            found["issue_and_send"] = self.issue_and_send
        found |= editor.parcels.commands()
        found |= editor.order_changes.commands()
        if not self.session.has_fixed_lines:
            found["add_postage"] = lambda: editor.add_suggested(LineKind.POSTAGE)
            found["add_packaging"] = lambda: editor.add_suggested(LineKind.PACKAGING)
        if self.sending.is_waiting(self.session.document_id) or self.session.can_undo:
            found["undo"] = self.undo
        if self.session.can_redo:
            found["redo"] = self.session.redo
        return found

    # What is shown about it

    def _show_state(self) -> None:
        if self.session is None or self.editor is None:
            return
        waiting = self.sending.is_under_way(self.session.document_id)
        self.bar.refresh(self.session, waiting=waiting)
        mails: tuple[OutboxEntry, ...] = ()
        if self.document.is_issued and self.document.id is not None:
            from shopdesk.usecases import outbox

            mails = outbox.of_document(self.shop, self.document.id)
        self.paid.show_document(self.document)
        self.editor.show_mails(mails, waiting=waiting)
        self._say_own_text()

    def _refused(self, error: ShopError) -> None:
        if isinstance(error, ChangedElsewhere):
            self._show_state()
        self.window_shell.problem(error)

    # What the owner does

    def undo(self) -> None:
        """Ctrl+Z: what waits to be sent is taken back, else the last edit."""
        if self.session is None:
            return
        if self.sending.is_waiting(self.session.document_id):
            self.sending.take_back(self.session.document_id or 0)
        else:
            self.session.undo()

    def _is_ready(self, *, send: bool) -> bool:
        """Whether nothing forbids issuing; else the first thing that does has the keyboard and says so."""
        from shopdesk.domain.document_rules import errors
        from shopdesk.domain.vat_id_checks import needs_reason

        session, editor = self.session, self.editor
        if session is None or editor is None or session.locked or not editor.lines.commit():
            return False
        found = errors(session.problems)
        if found:
            editor.show_all_problems()
            editor.focus_on(found[0].field)
            return False
        if needs_reason(self.document, session.problems):
            editor.focus_on("vat_id_reason")  # makes the panel that then says why
            editor.show_all_problems()
            return False
        refused = self.story.refused(session.settled)
        if refused is not None:
            self.window_shell.problem(refused)
            editor.lines.setFocus()
            return False
        if send and not self.document.recipient.email:
            self._say_at("customer.email", self.texts.gettext("Where to? Enter a mail address, or print it."))
            return False
        return True

    def _say_at(self, field: str, words: str) -> None:
        assert self.editor is not None
        if field == "customer.email":
            self.editor.send_bar.problem.say(words)
        self.editor.focus_on(field)

    def issue_and_send(self) -> None:
        """Ctrl+⏎: store the word, let the seconds run; nothing is numbered before they end."""
        session = self.session
        if session is None or not self._is_ready(send=True) or not session.save_for_sending(sending=True):
            return
        self._lock()
        self.sending.begin(session.document)
        self._show_state()
        self.window_shell.commands_changed()

    def _lock(self) -> None:
        assert self.session is not None
        assert self.editor is not None
        self.session.locked = True
        self.story.begin(self.session.document_id)
        self.editor.show_lines()
        self.editor.refresh()
        self.editor.lines.setFocus()

    def _taken_back(self, document_id: int) -> None:
        self._reopen(document_id)
        self.window_shell.toast(self.texts.gettext("Taken back. No number was used."), seconds=4)

    def _reopen(self, document_id: int) -> None:
        if self.session is not None and self.session.document_id == document_id:
            self._open_id(document_id)
            self.focus_first()

    def _sending_changed(self, document_id: int) -> None:
        if self.session is None or self.session.document_id != document_id:
            return
        if self.document.is_issued:  # its mail moved on, or the row was read again before
            self._show_state()
            self.window_shell.commands_changed()
        else:
            from shopdesk.usecases import documents

            self._show_again(documents.load(self.shop, document_id))
        self.story.tell_issued()

    def _failed(self, document_id: int, error: Exception) -> None:
        """Not issued: the draft is open again and says why; in Heute it stands as not sent."""
        if self.session is None or self.session.document_id != document_id:
            self.window_shell.problem(error)
            return
        self._open_id(document_id)
        self.window_shell.problem(error)
        if isinstance(error, ShopError) and error.field and self.editor is not None:
            words = self.texts.say(error.message)
            self._say_at(error.field, words)
            self.editor.header.say({error.field: words})

    def print_document(self) -> None:
        """Ctrl+P: issue and print at once, the customer stands there; an issued document is printed again."""
        session = self.session
        if session is None:
            return
        if self.document.is_issued:
            self.paper.print(self.document)
        elif self._is_ready(send=False) and session.save_for_sending(sending=False):
            draft_id = session.document_id or 0
            self._lock()
            self.sending.issue(draft_id, send=False, then=lambda issued: self.paper.print(issued.document))

    def save_pdf(self) -> None:
        """Save the paper as a file; a draft's has no number."""
        if self.session is not None and self.editor is not None and self.editor.lines.commit():
            self.paper.save(self.document, self.session.context)

    def open_pdf(self) -> None:
        """Show the paper in the system's own program."""
        if self.session is not None:
            self.paper.open(self.document, self.session.context)

    def discard(self) -> None:
        """Throw the draft away; the toast brings it back."""
        session = self.session
        if session is None or session.locked:
            return
        from shopdesk.usecases import documents

        session.save()
        document_id = session.document_id
        self._close()
        self.window_shell.back()
        if document_id is None:
            return
        try:
            undo = documents.discard(self.shop, document_id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.window_shell.toast(
            self.texts.gettext("The draft was thrown away."), undo=lambda: undo.run(self.shop)
        )

    def load_newer(self) -> None:
        """After "changed elsewhere": show the newer state."""
        if self.session is not None and self.session.document_id is not None:
            self._open_id(self.session.document_id)

    def show_mail(self) -> None:
        """See the mail as it would go, and change its text for this once."""
        if self.session is not None and self.editor is not None and self.editor.lines.commit():
            self.mail_text.show(self.session)

    def _say_own_text(self) -> None:
        """The button says that this mail has words of its own."""
        if self.editor is not None and self.session is not None:
            self.editor.send_bar.say_own_text(own=self.mail_text.own(self.session) is not None)
