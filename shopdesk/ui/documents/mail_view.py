"""The mail as it will go: recipient, subject, words, attachments; its words can be changed for this once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import LARGE, MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.chips import Chip, ChipRow
from shopdesk.ui.widgets.labels import Caption, ProblemLabel, Strong

if TYPE_CHECKING:
    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.usecases.mail_texts import ComposedMail

Begin = Callable[[], "MailTemplate"]
Take = Callable[["MailTemplate | None"], "ComposedMail"]


class MailView(QDialog):
    """Shows a composed mail; while its words are changed, what is filled in later stands as a gap."""

    def __init__(self, mail: ComposedMail, own_files: tuple[str, ...], texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        gettext = texts.gettext
        self.texts = texts
        self._begin: Begin | None = None
        self._take: Take | None = None
        self._changing: MailTemplate | None = None
        self.setWindowTitle(gettext("The mail"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(620), px(560))
        self.subject = QLineEdit()
        self.subject.setAccessibleName(gettext("Subject"))
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setAccessibleName(gettext("Text of the mail"))
        self.problem = ProblemLabel()
        self.hint = Caption(gettext("The text stands in the settings, under “Mail”."), wrap=True)
        self.close_button = Button(gettext("Close"), self.accept)
        self.change = GhostButton(gettext("Change for this mail"), self._start_changing)
        self.as_always = GhostButton(gettext("The shop's text again"), self._forget)
        self.keep = Button(gettext("Use this text"), self._use)
        self._place(mail, own_files)
        for button in (self.change, self.as_always, self.keep):
            button.setAutoDefault(False)
            button.hide()
        self._show(mail)
        self.close_button.setFocus()

    def _place(self, mail: ComposedMail, own_files: tuple[str, ...]) -> None:
        gettext = self.texts.gettext
        to = gettext("To {address}").format(address=_written(mail.recipient.name, mail.recipient.address))
        attached = ChipRow()
        names = [*own_files, *(entry.name for entry in mail.attachments)]
        attached.show_chips([Chip(name) for name in dict.fromkeys(names)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(MEDIUM))
        layout.setSpacing(px(SMALL))
        for widget in (Caption(to), self.subject):
            layout.addWidget(widget)
        layout.addWidget(self.body, 1)
        for below in (self.problem, Strong(gettext("Attached")), attached):
            layout.addWidget(below)
        for warning in mail.warnings:
            label = ProblemLabel()
            label.say(self.texts.say(warning.message))
            layout.addWidget(label)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        for button in (self.as_always, self.change, self.keep, self.close_button):
            foot.addWidget(button)
        layout.addLayout(foot)

    def offer_change(self, begin: Begin, take: Take, own: MailTemplate | None) -> None:
        """The text may be changed: `begin` gives the text with its gaps, `take` keeps one and gives the mail of it."""
        self._begin, self._take = begin, take
        self.change.show()
        self.as_always.setVisible(own is not None)

    def _show(self, mail: ComposedMail) -> None:
        self._changing = None
        self._fill(mail.subject, mail.body, locked=True)
        self.hint.setText(self.texts.gettext("The text stands in the settings, under “Mail”."))
        self.change.setVisible(self._begin is not None)
        self.keep.hide()

    def _fill(self, subject: str, body: str, *, locked: bool) -> None:
        self.subject.setText(subject)
        self.subject.setCursorPosition(0)
        self.body.setPlainText(body)
        self.subject.setReadOnly(locked)
        self.body.setReadOnly(locked)
        self.problem.say("")

    def _start_changing(self) -> None:
        assert self._begin is not None
        try:
            self._changing = self._begin()
        except ShopError as error:
            self.problem.say(self.texts.say(error.message))
            return
        self._fill(self._changing.subject, self._changing.body, locked=False)
        self.hint.setText(
            self.texts.gettext("For this mail alone. {gap} is filled in when it goes.").format(
                gap="{{ number }}"
            )
        )
        self.change.hide()
        self.keep.show()
        self.as_always.show()
        self.body.setFocus()

    def _use(self) -> None:
        assert self._changing is not None
        self._keep(replace(self._changing, subject=self.subject.text(), body=self.body.toPlainText()))

    def _forget(self) -> None:
        self._keep(None)

    def _keep(self, template: MailTemplate | None) -> None:
        assert self._take is not None
        try:
            mail = self._take(template)
        except ShopError as error:
            self.problem.say(self.texts.say(error.message))
            return
        self._show(mail)
        self.as_always.setVisible(template is not None)
        self.close_button.setFocus()

    def done(self, result: int) -> None:
        """Closing keeps what was typed; what cannot be read keeps the view open and says why."""
        changing = self._changing
        if changing is not None and (self.subject.text(), self.body.toPlainText()) != (
            changing.subject,
            changing.body,
        ):
            self._use()
            if self._changing is not None:
                return
        super().done(result)


def _written(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address
