"""An inquiry entered by hand: somebody stands in the shop, a letter lies there, a messenger or a review has come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.ui.customers.note_box import NoteEdit
from shopdesk.ui.documents.customer_field import CustomerEdit
from shopdesk.ui.inquiries import words
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import ProblemLabel

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

BY_HAND = (
    InquiryChannel.SHOP,
    InquiryChannel.PHONE,
    InquiryChannel.MESSENGER,
    InquiryChannel.LETTER,
    InquiryChannel.REVIEW,
    InquiryChannel.MAIL,
    InquiryChannel.WEB_FORM,
)


class NewInquiryCard(Card):
    """Channel, who, what; Ctrl+⏎ keeps it."""

    def __init__(self, shop: Shop, shell: Shell, on_ready: Callable[[IncomingMessage, bool], None]) -> None:
        texts = shell.texts
        super().__init__(title=texts.gettext("New inquiry"))
        self._shop, self._shell, self._texts, self._on_ready = shop, shell, texts, on_ready
        self.channel = InquiryChannel.SHOP
        self.customer_id: int | None = None
        self.chips: dict[InquiryChannel, ChipButton] = {}
        for channel in BY_HAND:
            icon = words.ICONS[channel]
            chip = ChipButton(words.channel(channel, texts), partial(self.choose, channel), icon_name=icon)
            chip.setCheckable(True)
            self.chips[channel] = chip
        self.customer = CustomerEdit(shop, texts)
        self.customer.chosen.connect(self._customer_chosen)
        self.customer.new_wanted.connect(self._named)
        self.name = QLineEdit()
        self.name.setPlaceholderText(texts.gettext("Name, number or address, as far as it is known"))
        self.what = NoteEdit(
            texts.gettext("What is asked for"),
            texts.gettext("2 roll mattresses 80x190 to Bulgaria, price?"),
            3,
        )
        self.what.setMaximumHeight(self.what.minimumHeight())
        self.is_complaint = QCheckBox(texts.gettext("A complaint"))
        self.problem = ProblemLabel()
        self._place()
        self.choose(InquiryChannel.SHOP)
        self.hide()

    def _place(self) -> None:
        gettext = self._texts.gettext
        who = QHBoxLayout()
        who.setSpacing(px(NORMAL))
        who.addWidget(Field(gettext("Known customer"), self.customer), 1)
        who.addWidget(Field(gettext("Or somebody new"), self.name), 1)
        row = ChipRow()
        row.show_chips(list(self.chips.values()))
        foot = QHBoxLayout()
        foot.addWidget(self.is_complaint)
        foot.addStretch(1)
        foot.addWidget(GhostButton(gettext("Cancel"), self.hide))
        self.save_button = Button(gettext("Keep"), self.save, key=shortcut("issue_and_send").shown())
        foot.addWidget(self.save_button)
        self.body.addWidget(row)
        self.body.addLayout(who)
        self.body.addWidget(self.what)
        self.body.addWidget(self.problem)
        self.body.addLayout(foot)

    def ask(self, channel: InquiryChannel | None = None) -> None:
        """Show it, empty unless something is typed already, with the keyboard in it."""
        if channel is not None:
            self.choose(channel)
        self.problem.say("")
        self.show()
        self.what.setFocus()

    def choose(self, channel: InquiryChannel) -> None:
        """How it was asked."""
        self.channel = channel
        for each, chip in self.chips.items():
            chip.setChecked(each == channel)
            chip.look("ok" if each == channel else "info", "check" if each == channel else words.ICONS[each])

    def _customer_chosen(self, customer_id: int) -> None:
        from shopdesk.usecases import customers

        self.customer_id = customer_id
        self.customer.setModified(False)
        self.customer.say(customers.get(self._shop, customer_id).name)
        self.what.setFocus()

    def _named(self, typed: str) -> None:
        """Nobody of that name is known: it is somebody new."""
        self.name.setText(typed)
        self.what.setFocus()

    def save(self) -> None:
        """Keep it, if it says anything."""
        text = self.what.toPlainText().strip()
        if not text:
            self.problem.say(self._texts.gettext("What is it about? A few words are enough."))
            self.what.setFocus()
            return
        typed = self.name.text().strip()
        is_address = "@" in typed
        is_phone = not is_address and sum(sign.isdigit() for sign in typed) >= 5
        incoming = IncomingMessage(
            self.channel, self._shop.clock.now(), text=text, customer_id=self.customer_id,
            sender_name=typed if not (is_address or is_phone) else "",
            sender_address=typed if is_address else "", sender_phone=typed if is_phone else "",
        )  # fmt: skip
        self._on_ready(incoming, self.is_complaint.isChecked())

    def clear(self) -> None:
        """Empty for the next one."""
        self.customer_id = None
        self.customer.say("")
        self.customer.clear()
        self.name.clear()
        self.what.clear()
        self.is_complaint.setChecked(False)
        self.choose(InquiryChannel.SHOP)
        self.hide()
