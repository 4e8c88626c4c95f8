"""The reply: by mail with a text of the shop's, or a word that it was answered in another way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu

from shopdesk.domain.inquiries import Inquiry, InquiryChannel
from shopdesk.ui.customers.note_box import NoteEdit
from shopdesk.ui.inquiries import words
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Caption, ElidedLabel, shortened
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

OTHER_WAYS = (
    InquiryChannel.PHONE,
    InquiryChannel.SHOP,
    InquiryChannel.MESSENGER,
    InquiryChannel.LETTER,
    InquiryChannel.MAIL,
    InquiryChannel.REVIEW,
)


PAUSE = 500
"""Milliseconds without a key after which what is written is stored."""


class ReplyCard(Card):
    """What the shop answers. A text begun stays with its inquiry, also when the program ends before it is sent."""

    def __init__(
        self,
        shop: Shop,
        shell: Shell,
        on_send: Callable[[str], None],
        on_answered: Callable[[InquiryChannel], None],
    ) -> None:
        super().__init__(title=shell.texts.gettext("Answer"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        gettext = self._texts.gettext
        self._inquiry: Inquiry | None = None
        self._fresh = self._kept = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        self.to = ElidedLabel("", role="muted")
        self.edit = NoteEdit(gettext("Answer by mail"), "", 7)
        self.edit.setMaximumHeight(self.edit.minimumHeight())
        self.edit.textChanged.connect(self._pause.start)
        self.template = GhostButton(gettext("Template …"), self._offer_templates, icon_name="file-text")
        self.send = Button(
            gettext("Send"),
            lambda: on_send(self.text()),
            icon_name="send",
            key=shortcut("issue_and_send").shown(),
        )
        foot = QHBoxLayout()
        foot.addWidget(self.template)
        foot.addStretch(1)
        foot.addWidget(self.send)
        self.other = Caption(gettext("Answered in another way:"))
        ways = ChipRow()
        ways.show_chips(
            [
                ChipButton(
                    words.channel(way, self._texts), partial(on_answered, way), icon_name=words.ICONS[way]
                )
                for way in OTHER_WAYS
            ]
        )
        self.ways = ways
        for widget in (self.to, self.edit):
            self.body.addWidget(widget)
        self.body.addLayout(foot)
        self.body.addWidget(self.other)
        self.body.addWidget(ways)

    def show_inquiry(self, inquiry: Inquiry, address: str) -> None:
        """Another inquiry, or the same one as it is now; what is being written stays."""
        before = self._inquiry
        is_same = before is not None and before.id == inquiry.id
        is_somebody_else = before is not None and before.customer_id != inquiry.customer_id
        if is_same and is_somebody_else and not self.has_own_words:
            is_same = False  # another salutation, perhaps another language
        if not is_same:
            self._keep()
        self._inquiry = inquiry
        by_mail = bool(address)
        for widget in (self.to, self.edit, self.template, self.send):
            show_if(widget, by_mail)
        self.to.setText(self._texts.gettext("To {address}").format(address=address) if by_mail else "")
        show_if(self.other, inquiry.is_open)
        show_if(self.ways, inquiry.is_open)
        if not is_same:
            self._begin(inquiry, by_mail)

    def _begin(self, inquiry: Inquiry, by_mail: bool) -> None:
        from shopdesk.usecases import inquiry_answers

        self._fresh = inquiry_answers.begun_reply(self._shop, inquiry) if by_mail else ""
        self._kept = inquiry_answers.kept_reply(self._shop, inquiry.id or 0) or self._fresh
        self.edit.setPlainText(self._kept)
        self._pause.stop()
        self._to_middle()

    def _to_middle(self) -> None:
        """The cursor below the salutation."""
        text = self.edit.toPlainText()
        cursor = self.edit.textCursor()
        cursor.setPosition(min(len(text), text.find("\n\n") + 2))
        self.edit.setTextCursor(cursor)

    def _keep(self) -> None:
        """Store what is written, unless it is what stands there anyway."""
        from shopdesk.usecases import inquiry_answers

        self._pause.stop()
        text = self.edit.toPlainText()
        if self._inquiry is None or self._inquiry.id is None or text == self._kept:
            return
        self._kept = text
        inquiry_answers.keep_reply(self._shop, self._inquiry.id, "" if text == self._fresh else text)

    def hideEvent(self, event: QHideEvent) -> None:
        """The page is left or the window closed: nothing waits for a pause any more."""
        self._keep()
        super().hideEvent(event)

    def forget(self, inquiry_id: int) -> None:
        """It was sent: the next answer begins anew."""
        if self._inquiry is not None and self._inquiry.id == inquiry_id:
            self._kept = self._fresh
            self.edit.setPlainText(self._fresh)
            self._to_middle()

    def put_back(self, inquiry_id: int, text: str) -> None:
        """It was called back: it can be written on."""
        from shopdesk.usecases import inquiry_answers

        if self._inquiry is not None and self._inquiry.id == inquiry_id and self.has_own_words:
            text = f"{self.edit.toPlainText().strip()}\n\n{text}"  # what was written since stays
        inquiry_answers.keep_reply(self._shop, inquiry_id, text)
        if self._inquiry is not None and self._inquiry.id == inquiry_id:
            self._kept = text
            self.edit.setPlainText(text)

    def text(self) -> str:
        """What is written."""
        return self.edit.toPlainText()

    @property
    def has_own_words(self) -> bool:
        """Whether anything was written beside salutation and closing words."""
        return self.edit.toPlainText().strip() != self._fresh.strip()

    # Templates

    def _offer_templates(self) -> None:
        from shopdesk.usecases import inquiry_answers

        if self._inquiry is None:
            return
        gettext = self._texts.gettext
        menu = QMenu(self)
        for each in inquiry_answers.reply_texts(self._shop, self._inquiry):
            menu.addAction(gettext(each.name).replace("&", "&&"), partial(self.take_template, each.body))
        menu.addSeparator()
        keep = menu.addAction(gettext("Keep this text as a template"), self.keep_template)
        keep.setEnabled(self.has_own_words)
        own = inquiry_answers.own_reply_names(self._shop)
        if own:
            drop = menu.addMenu(gettext("Remove a template"))
            for name in own:
                drop.addAction(name.replace("&", "&&"), partial(self._drop, name))
        menu.popup(self.template.mapToGlobal(self.template.rect().bottomLeft()))

    def take_template(self, body: str) -> None:
        """The text stands between salutation and closing words; Ctrl+Z brings back what was written there."""
        from shopdesk.usecases import inquiry_answers

        assert self._inquiry is not None
        text = inquiry_answers.begun_reply(self._shop, self._inquiry, body)
        cursor = self.edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(text.find(body) + len(body))
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def keep_template(self) -> None:
        """What is written between salutation and closing words is offered from now on."""
        from shopdesk.usecases import inquiry_answers
        from shopdesk.usecases.inquiry_answers import ReplyText

        parts = self.text().strip().split("\n\n")
        body = "\n\n".join(parts[1:-1]) if len(parts) > 2 else self.text().strip()
        undo = inquiry_answers.keep_reply_text(self._shop, ReplyText(shortened(body, 40), body))
        words_ = self._texts.gettext("Kept as a template: {name}").format(name=shortened(body, 40))
        self._shell.toast(words_, lambda: undo.run(self._shop))

    def _drop(self, name: str) -> None:
        from shopdesk.usecases import inquiry_answers

        undo = inquiry_answers.drop_reply_text(self._shop, name)
        words_ = self._texts.gettext("Template removed: {name}").format(name=name)
        self._shell.toast(words_, lambda: undo.run(self._shop))
