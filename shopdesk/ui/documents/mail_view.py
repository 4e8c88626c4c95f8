"""The mail as it will go: recipient, subject, words, attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import LARGE, MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.chips import Chip, ChipRow
from shopdesk.ui.widgets.labels import Caption, Heading, ProblemLabel, Strong

if TYPE_CHECKING:
    from shopdesk.usecases.mail_texts import ComposedMail


class MailView(QDialog):
    """Shows a composed mail; the text itself is changed in the settings."""

    def __init__(self, mail: ComposedMail, file_name: str, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        gettext = texts.gettext
        self.setWindowTitle(gettext("The mail"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(620), px(560))
        self.body = QPlainTextEdit(mail.body)
        self.body.setReadOnly(True)
        self.body.setAccessibleName(gettext("Text of the mail"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(MEDIUM))
        layout.setSpacing(px(SMALL))
        layout.addWidget(Heading(mail.subject))
        layout.addWidget(
            Caption(
                gettext("To {address}").format(address=_written(mail.recipient.name, mail.recipient.address))
            )
        )
        layout.addWidget(self.body, 1)
        layout.addWidget(Strong(gettext("Attached")))
        attached = ChipRow()
        names = [file_name, *(entry.name for entry in mail.attachments)]
        attached.show_chips([Chip(name) for name in dict.fromkeys(names)])
        layout.addWidget(attached)
        for warning in mail.warnings:
            label = ProblemLabel()
            label.say(texts.say(warning.message))
            layout.addWidget(label)
        foot = QHBoxLayout()
        foot.addWidget(Caption(gettext("The text stands in the settings, under “Mail”."), wrap=True), 1)
        self.close_button = Button(gettext("Close"), self.accept)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.close_button.setFocus()


def _written(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address
