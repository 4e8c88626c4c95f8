"""From "issue and send" to the mail server's word: some seconds to take it back, then the number, then the mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import Message
from shopdesk.domain.outbox import NO_ACCOUNT, NotInThisState, state_name
from shopdesk.ui.documents import kinds

if TYPE_CHECKING:
    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.ui.shell.protocol import Shell, Toast
    from shopdesk.usecases.issuing import Issued
    from shopdesk.usecases.shop import Shop

SECONDS = 8.0
"""How long "issue and send" can be taken back; only when they have passed is the number taken."""


class Sending(QObject):
    """Keeps what waits for its seconds. It outlives the editor: the owner may go on to the next thing."""

    seconds = SECONDS

    changed = Signal(int)
    """Something happened to this document: it was issued, or its mail is in another state."""
    taken_back = Signal(int)
    """The owner took it back within the seconds."""
    failed = Signal(int, object)
    """It could not be issued; the error says why."""

    def __init__(self, shop: Shop, window: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell = shop, window
        self._waiting: dict[int, Toast] = {}
        self._issuing: set[int] = set()
        self._own_texts: dict[int, tuple[Document, MailTemplate]] = {}

    def is_under_way(self, document_id: int | None) -> bool:
        """Whether the document waits for its seconds or is being issued."""
        return document_id in self._waiting or document_id in self._issuing

    def is_waiting(self, document_id: int | None) -> bool:
        """Whether it can still be taken back."""
        return document_id in self._waiting

    def keep_text(self, draft: Document, template: MailTemplate | None) -> None:
        """The owner's words for this draft's mail; None: the shop's text."""
        if draft.id is None:
            return
        self._own_texts.pop(draft.id, None)
        if template is not None:
            self._own_texts[draft.id] = (draft, template)

    def own_text(self, draft: Document) -> MailTemplate | None:
        """The owner's words for this draft's mail; words for another customer or language do not count."""
        kept = self._own_texts.get(draft.id or 0)
        if kept is None:
            return None
        before, template = kept
        same = (before.customer_id, before.recipient.name, before.language) == (
            draft.customer_id,
            draft.recipient.name,
            draft.language,
        )
        return template if same else None

    def begin(self, draft: Document) -> None:
        """Let the seconds run; the draft is stored already, with the owner's word that it is to go."""
        assert draft.id is not None
        draft_id = draft.id
        text = self._shell.texts.gettext(kinds.WORDS[draft.kind].goes)
        self._waiting[draft_id] = self._shell.toast(
            text.format(address=draft.recipient.email),
            undo=lambda: self._take_back(draft_id),
            seconds=self.seconds,
            then=lambda: self._issue(draft_id, self.own_text(draft)),
        )

    def take_back(self, draft_id: int) -> None:
        """Ctrl+Z while it waits: no number is taken, the draft can be edited again."""
        toast = self._waiting.get(draft_id)
        if toast is not None:
            toast.dismiss()
            self._take_back(draft_id)

    def _take_back(self, draft_id: int) -> None:
        from shopdesk.usecases import documents

        if self._waiting.pop(draft_id, None) is None:
            return
        try:
            draft = documents.load(self._shop, draft_id)
            documents.save_draft(self._shop, replace(draft, sending=False))
        except ShopError as error:
            self._shell.problem(error)
        self.taken_back.emit(draft_id)

    def _issue(self, draft_id: int, template: MailTemplate | None) -> None:
        self._waiting.pop(draft_id, None)
        self.issue(draft_id, send=True, then=self._post, template=template)

    def issue(
        self,
        draft_id: int,
        *,
        send: bool,
        then: Callable[[Issued], None],
        template: MailTemplate | None = None,
    ) -> None:
        """Take the number now, off the window's thread; `template` is the text of this one mail."""
        from shopdesk.usecases import issuing

        def done(issued: Issued) -> None:
            self._issuing.discard(draft_id)
            self._own_texts.pop(draft_id, None)
            self.changed.emit(draft_id)
            then(issued)

        def broken(error: Exception) -> None:
            self._issuing.discard(draft_id)
            self.failed.emit(draft_id, error)

        self._issuing.add(draft_id)
        self.changed.emit(draft_id)
        work = partial(issuing.issue, self._shop, draft_id, send=send, template=template)
        self._shell.run_desk(work, done, broken)

    def _post(self, issued: Issued) -> None:
        if issued.outbox_id is not None:
            self.send(issued.outbox_id, issued.document)

    def send(self, mail_id: int, document: Document) -> None:
        """Give a waiting mail to the server, and say truthfully what became of it."""
        from shopdesk.usecases import outbox

        self._shell.progress(self._shell.texts.gettext("The mail is being sent …"))

        def broken(error: Exception) -> None:
            self._shell.progress("")
            self.changed.emit(document.id or 0)
            if not isinstance(error, NotInThisState):  # somebody else was faster: nothing to complain about
                self._shell.problem(error)

        self._shell.run_post(
            partial(outbox.send, self._shop, mail_id), lambda mail: self._told(mail, document), broken
        )

    def _told(self, mail: OutboxEntry, document: Document) -> None:
        self._shell.progress("")
        self.changed.emit(document.id or 0)
        if mail.state == MailState.QUEUED and mail.reason is not None and mail.reason.code == NO_ACCOUNT.code:
            self.hand_over(mail.id, document)
            return
        self._shell.toast(_outcome(mail, document, self._shell.texts.gettext, self._shell.texts.say))

    def hand_over(self, mail_id: int, document: Document) -> None:
        """Without a mail account: open the finished mail in the owner's mail program."""
        from shopdesk.usecases import outbox

        def done(mail: OutboxEntry) -> None:
            self.changed.emit(document.id or 0)
            text = self._shell.texts.gettext("{number} is open in your mail program. Please send it there.")
            self._shell.toast(text.format(number=document.number or mail.subject))

        self._shell.run_desk(partial(outbox.hand_to_mail_program, self._shop, mail_id), done)

    def answer(self, name: str, document: Document) -> None:
        """What the owner says about an issued document's mail (see `SendBar.answered`)."""
        from shopdesk.usecases import outbox

        if document.id is None:
            return
        try:
            if name == "send_anew":
                self.send(outbox.queue_document(self._shop, document.id), document)
                return
            mails = outbox.of_document(self._shop, document.id)
            if mails:
                self._act(name, mails[0].id, document)
        except ShopError as error:
            self._shell.problem(error)
        self.changed.emit(document.id)

    def _act(self, name: str, mail_id: int, document: Document) -> None:
        from shopdesk.usecases import outbox

        match name:
            case "hand_over":
                self.hand_over(mail_id, document)
            case "mark_sent":
                outbox.mark_sent(self._shop, mail_id)
            case "went" | "not_gone":
                outbox.answer_handed_over(self._shop, mail_id, went=name == "went")
            case "retry":
                outbox.retry(self._shop, mail_id)
                self.send(mail_id, document)
            case "send":
                self.send(mail_id, document)


def _outcome(
    mail: OutboxEntry, document: Document, gettext: Callable[[str], str], say: Callable[[Message], str]
) -> str:
    """One sentence about what became of the mail."""
    if mail.state == MailState.SENT:
        return gettext("{number} was sent to {address}.").format(
            number=document.number, address=mail.recipient
        )
    text = gettext("{number}: the mail is {state}. {reason}")
    reason = say(mail.reason.message) if mail.reason is not None else ""
    return text.format(number=document.number, state=say(state_name(mail.state)), reason=reason).strip()
