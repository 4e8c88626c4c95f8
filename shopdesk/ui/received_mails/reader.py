"""One received mail: from whom, its words, its files, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.received_mails import MailPlace, StoredMail, why
from shopdesk.ui.received_mails.files_row import FilesRow
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, Strong
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.received_mails.page import ReceivedMailsPage


class MailReader(Card):
    """Text only: no picture is fetched, so no sender learns that his mail was opened."""

    def __init__(self, page: ReceivedMailsPage) -> None:
        super().__init__()
        self._page, self._shop, self._texts, self._shell = page, page.shop, page.texts, page.window_shell
        gettext = page.texts.gettext
        self.mail: StoredMail | None = None
        self.subject, self.who = Heading("", wrap=True), Muted("", wrap=True)
        self.reason = Strong("", wrap=True)
        self.files = FilesRow(self._shop, self._shell)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(gettext("Text of the mail"))
        self.note = Caption("", wrap=True)
        self.answer = PrimaryButton(gettext("Open the inquiry"), self._act(page.answer), key="⏎")
        self.take_in = PrimaryButton(gettext("Take in"), self._act(page.take_in), key="T")
        self.always = Button(gettext("Always this sender"), self._act(page.always), key="A")
        self.never = Button(gettext("Never this sender"), self._act(page.never), key="X")
        self.customer = GhostButton(gettext("Open customer"), self._open_customer, icon_name="user")
        self.save = GhostButton(gettext("Save the mail …"), self._save, icon_name="download")
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.answer, self.take_in, self.always, self.never, self.customer, self.save):
            flow.addWidget(button)
        for widget in (self.subject, self.who, self.reason, self.files):
            self.body.addWidget(widget)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.note)
        self.body.addWidget(buttons)
        self.show_mail(None)

    def _act(self, act: Callable[[StoredMail], None]) -> Callable[[], None]:
        def run() -> None:
            if self.mail is not None:
                act(self.mail)

        return run

    def show_mail(self, mail: StoredMail | None) -> None:
        """Another mail, or none."""
        self.mail = mail
        self.setVisible(mail is not None)
        if mail is None:
            return
        gettext = self._texts.gettext
        is_kept = mail.place == MailPlace.KEPT_AWAY
        self.subject.setText(mail.subject or gettext("no subject"))
        self.who.setText(self._who(mail))
        self.reason.setText(self._texts.say(why(mail.reason)) if mail.reason else "")
        show_if(self.reason, mail.reason is not None)
        self.files.show_mails([mail])
        if self.text.toPlainText() != mail.text:
            self.text.setPlainText(mail.text)
        self.note.setText(
            gettext("The mail is very large: only its beginning was fetched, all of it lies in your mailbox.")
            if mail.is_cut
            else ""
        )
        show_if(self.note, mail.is_cut)
        show_if(self.answer, not is_kept and mail.inquiry_id is not None)
        show_if(self.take_in, is_kept)
        show_if(self.always, is_kept and bool(mail.sender.address))
        show_if(self.never, mail.place == MailPlace.TAKEN and bool(mail.sender.address))
        show_if(self.customer, mail.customer_id is not None)

    def _who(self, mail: StoredMail) -> str:
        local = mail.received_at.astimezone(self._shop.clock.zone)
        sender = f"{mail.sender.name} <{mail.sender.address}>" if mail.sender.name else mail.sender.address
        words = self._texts.gettext("from {sender}, {date} {time}")
        first = words.format(sender=sender, date=self._texts.date(local.date()), time=f"{local:%H:%M}")
        if mail.answer_to.address in {"", mail.sender.address}:
            return first
        return f"{first} · " + self._texts.gettext("answers go to {address}").format(
            address=mail.answer_to.address
        )

    def _open_customer(self) -> None:
        if self.mail is not None and self.mail.customer_id is not None:
            self._shell.open_customer(self.mail.customer_id)

    def _save(self) -> None:
        """The mail as it came, for a mail program or the adviser."""
        from shopdesk.ui.documents.paper import write
        from shopdesk.usecases import received_mails

        if self.mail is None:
            return
        name = safe_file_name(f"{self.mail.subject or 'mail'}.eml")
        place, _filter = QFileDialog.getSaveFileName(self, self._texts.gettext("Save the mail"), name)
        if not place:
            return
        try:
            write(place, received_mails.eml(self._shop, self.mail.id))
        except ShopError as error:
            self._shell.problem(error)
