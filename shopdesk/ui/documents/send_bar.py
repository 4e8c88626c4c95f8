"""The foot of the editor: to whom it goes, what the mail says, and the one filled button."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.mail import MailState
from shopdesk.i18n import Texts
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, TINY, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipKind
from shopdesk.ui.widgets.labels import Caption, ElidedLabel, ProblemLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.domain.outbox import OutboxEntry

CHIPS: dict[MailState, ChipKind] = {
    MailState.QUEUED: "warn",
    MailState.SENDING: "info",
    MailState.SENT: "ok",
    MailState.FAILED: "bad",
    MailState.UNCLEAR: "warn",
    MailState.HANDED_OVER: "info",
    MailState.CANCELLED: "warn",
}


_ONE_ROW_FROM = 560
"""Design pixels of width from which everything stands in one row."""


class SendBar(Card):
    """Of a draft: the address and "Issue and send". Of an issued document: what became of its mail, and the answers."""

    send_wanted = Signal()
    text_wanted = Signal()
    answered = Signal(str)
    """One of "retry", "mark_sent", "hand_over", "went", "not_gone", "send"."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.session, self.texts = session, texts
        self.body.setContentsMargins(px(MEDIUM), px(SMALL), px(MEDIUM), px(SMALL))
        self.email = QLineEdit()
        self.email.setAccessibleName(texts.gettext("Mail address"))
        self.email.setPlaceholderText(texts.gettext("Mail address"))
        self.to = Caption(texts.gettext("To"), buddy=self.email)
        key = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self.send = PrimaryButton(
            texts.gettext("Issue and send"), self.send_wanted.emit, icon_name="send", key=key
        )
        self.look = GhostButton(texts.gettext("See the text"), self.text_wanted.emit)
        self.problem = ProblemLabel()
        self.state = Chip("")
        self.words = ElidedLabel(role="caption")
        self.reason = Caption(wrap=True)
        self.answers = QWidget()
        self._answers = QHBoxLayout(self.answers)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        self.body.setSpacing(px(TINY))
        for row in self._rows:
            row.setSpacing(px(SMALL))
            self.body.addLayout(row)
        self._arrange(narrow=False)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.problem)
        self.email.textEdited.connect(self._email_typed)
        self.refresh(())

    def _arrange(self, *, narrow: bool) -> None:
        """All in one row; in a narrow window the buttons stand below the address."""
        self._narrow = narrow
        first, second = self._rows
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        for widget, stretch in ((self.to, 0), (self.email, 1), (self.state, 0), (self.words, 1)):
            first.addWidget(widget, stretch)
        if narrow:
            second.addStretch(1)
        buttons: tuple[QWidget, ...] = (self.answers, self.look, self.send)
        for button in buttons:
            (second if narrow else first).addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < px(_ONE_ROW_FROM)
        if narrow != self._narrow:
            self._arrange(narrow=narrow)

    def minimumSizeHint(self) -> QSize:
        """Two rows are enough, so one row never forces the window to be wider."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), px(300)), hint.height())

    def _email_typed(self, text: str) -> None:
        document = self.session.document
        self.session.edit(
            replace(document, recipient=replace(document.recipient, email=text.strip())), "email"
        )

    def refresh(self, mails: tuple[OutboxEntry, ...], *, waiting: bool = False) -> None:
        """Show the draft's address, or of an issued document its newest mail."""
        document = self.session.document
        issued = document.is_issued
        for widget in (self.to, self.email, self.send):
            widget.setVisible(not issued)
        self.look.setVisible(not issued)
        self.send.setEnabled(not waiting and not self.session.locked)
        self.email.setReadOnly(self.session.locked)
        if self.email.text() != document.recipient.email and not self.email.hasFocus():
            self.email.setText(document.recipient.email)
            self.email.setCursorPosition(0)
        self._show_mail(mails[0] if issued and mails else None, issued)

    def say_own_text(self, *, own: bool) -> None:
        """Whether the mail has words of its own."""
        gettext = self.texts.gettext
        self.look.setText(gettext("See your own text") if own else gettext("See the text"))

    def _show_mail(self, mail: OutboxEntry | None, issued: bool) -> None:
        from shopdesk.domain.outbox import state_name

        self.words.setVisible(issued)
        self.reason.hide()
        self._clear_answers()
        if mail is None:
            self.state.tell("", "info")
            self.words.setText(self.texts.gettext("Not mailed") if issued else "")
            if issued:
                self._answer("send_anew", self.texts.gettext("Send by mail"))
            return
        self.state.tell(self.texts.say(state_name(mail.state)), CHIPS[mail.state])
        reason = self.texts.say(mail.reason.message) if mail.reason is not None else ""
        # a reason is read whole, not guessed from its first words
        self.words.setText("" if reason else mail.recipient)
        self.reason.setText(f"{mail.recipient} · {reason}")
        show_if(self.reason, bool(reason))
        for name, title in self._offers(mail.state):
            self._answer(name, title)

    def _offers(self, state: MailState) -> tuple[tuple[str, str], ...]:
        gettext = self.texts.gettext
        if state == MailState.HANDED_OVER:
            return (("went", gettext("It went")), ("not_gone", gettext("It did not go")))
        if state == MailState.QUEUED:
            return (("hand_over", gettext("Open in the mail program")), ("send", gettext("Send now")))
        if state == MailState.FAILED:
            return (("hand_over", gettext("Open in the mail program")), ("retry", gettext("Send again")))
        if state == MailState.UNCLEAR:
            return (("mark_sent", gettext("It went")), ("retry", gettext("Send again")))
        return ()

    def _answer(self, name: str, title: str) -> None:
        button = Button(title, lambda: self.answered.emit(name))
        self._answers.addWidget(button)
        button.show()

    def _clear_answers(self) -> None:
        while self._answers.count():
            item = self._answers.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
