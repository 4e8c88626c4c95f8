"""One inquiry: who asks, every word of it, what was recognised, the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.inquiries import Inquiry, InquiryMessage, InquiryState
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.timeline import Direction
from shopdesk.ui.customers.note_box import WishChips
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.customer_field import CustomerEdit
from shopdesk.ui.inquiries import words
from shopdesk.ui.inquiries.reply_card import ReplyCard
from shopdesk.ui.received_mails.files_row import FilesRow
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, ScrollPage
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.inquiries.actions import InquiryActions
    from shopdesk.ui.inquiries.words import Pill
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.calls import Catalogue
    from shopdesk.usecases.shop import Shop

_PARAGRAPH = 6


class InquiryView(ScrollPage):
    """The right half of the page."""

    def __init__(self, shop: Shop, shell: Shell, actions: InquiryActions) -> None:
        super().__init__()
        self._shop, self._shell, self._texts, self._actions = shop, shell, shell.texts, actions
        self.inquiry: Inquiry | None = None
        self._catalogue: Catalogue | None = None
        self._written: tuple[int, tuple[InquiryMessage, ...]] | None = None
        self.subject = Heading("", wrap=True)
        self.pill = Chip("")
        self.who = Muted("", wrap=True)
        self.messages = QVBoxLayout()
        self.files = FilesRow(shop, shell)
        self.wishes = WishChips(self._texts)
        self.links = ChipRow()
        self.reply = ReplyCard(shop, shell, actions.send_reply, actions.answered)
        self.nothing = Muted(self._texts.gettext("Choose an inquiry on the left."), wrap=True)
        self.cards = [self._head_card(), self._recognised_card(), self.reply, self._outcome_card()]
        self.body.addWidget(self.nothing)
        for card in self.cards:
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.show_inquiry(None)

    def _head_card(self) -> Card:
        gettext = self._texts.gettext
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.subject, 1)
        head.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        self.open_customer = GhostButton(
            gettext("Open customer"), self._actions.open_customer, icon_name="user"
        )
        self.new_customer = GhostButton(
            gettext("New customer"), self._actions.new_customer, icon_name="user-plus"
        )
        self.customer = CustomerEdit(self._shop, self._texts)
        self.customer.setPlaceholderText(gettext("Known already? Name, number …"))
        self.customer.chosen.connect(self._actions.assign)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(SMALL))
        buttons.addWidget(self.open_customer)
        buttons.addWidget(self.new_customer)
        buttons.addWidget(self.customer, 1)
        buttons.addStretch(0)
        card.body.addLayout(head)
        card.body.addWidget(self.who)
        card.body.addLayout(self.messages)
        card.body.addWidget(self.files)
        card.body.addLayout(buttons)
        return card

    def _recognised_card(self) -> Card:
        gettext = self._texts.gettext
        self.quote = PrimaryButton(
            gettext("Quote from it"),
            self._actions.quote,
            icon_name="file-plus",
            key=shortcut("new_quote").shown(),
        )
        self.call = Button(gettext("Call back"), self._actions.call, icon_name="phone-call")
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(self.quote)
        flow.addWidget(self.call)
        return Card(self.wishes, self.links, holder, title=gettext("Recognised"))

    def _outcome_card(self) -> Card:
        gettext, actions = self._texts.gettext, self._actions
        self.won = Button(gettext("Won"), actions.won, icon_name="circle-check")
        self.lost = Button(gettext("Lost …"), actions.ask_lost, icon_name="x")
        self.done = Button(gettext("Done"), actions.close, icon_name="check", key="E")
        self.again = Button(gettext("Open again"), actions.open_again, icon_name="undo-2")
        self.complaint = Button(gettext("Complaint"), actions.complaint, icon_name="message-circle-warning")
        holder = QWidget()
        flow = FlowLayout(holder)
        for button in (self.won, self.lost, self.done, self.again, self.complaint):
            flow.addWidget(button)
        self.outcome = Caption("", wrap=True)
        return Card(self.outcome, holder, title=gettext("What became of it"))

    def show_inquiry(self, inquiry: Inquiry | None) -> None:
        """Another inquiry, or the same one as it is now."""
        self.inquiry = inquiry
        if inquiry is None or inquiry.id is None:
            self._show_cards(shown=False)
            return
        from shopdesk.usecases import inquiries, inquiry_answers, received_mails

        self.subject.setText(inquiry.subject)
        self.who.setText(self._who(inquiry))
        known = inquiry.customer_id is not None
        show_if(self.open_customer, known)
        for widget in (self.new_customer, self.customer):
            show_if(widget, not known)
        written = inquiries.messages(self._shop, inquiry.id)
        is_other = (inquiry.id, written) != self._written
        self._written = (inquiry.id, written)
        if is_other:
            self._show_messages(written)
        self.files.show_mails(received_mails.of_inquiry(self._shop, inquiry.id))
        if is_other or self._catalogue is None:
            self._show_wishes(written)
        self._show_documents(inquiry)
        self.reply.show_inquiry(inquiry, inquiry_answers.reply_address(self._shop, inquiry))
        self._show_outcome(inquiry)
        self._show_cards(shown=True)  # last: with every button in it a card would widen the window for good

    def _show_cards(self, *, shown: bool) -> None:
        for card in self.cards:
            show_if(card, shown)
        show_if(self.nothing, not shown)

    def show_pill(self, pill: Pill) -> None:
        """The clock has gone on."""
        self.pill.tell(pill.words, pill.kind)

    def forget_catalogue(self) -> None:
        """The articles may be others now."""
        self._catalogue = None

    def _who(self, inquiry: Inquiry) -> str:
        gettext, texts = self._texts.gettext, self._texts
        address = inquiry.sender_address or inquiry.sender_phone
        who = inquiry.who if not address or address == inquiry.who else f"{inquiry.who} <{address}>"
        parts = [
            gettext("Complaint") if inquiry.is_complaint else "",
            who,
            "" if inquiry.customer_id is not None else gettext("not a customer yet"),
        ]
        moment = words.moment(inquiry.waiting_since, self._shop.clock.zone, self._shop.clock.today(), texts)
        parts += [words.asked_over(inquiry, texts), moment]
        return " · ".join(part for part in parts if part)

    def _show_messages(self, written: tuple[InquiryMessage, ...]) -> None:
        while self.messages.count():
            item = self.messages.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()  # at once: it goes with the next turn of the loop
                widget.deleteLater()
        for message in written:
            if message.text.strip() or message.direction == Direction.OUT:
                shown = self._message(message, alone=len(written) == 1)
                self.messages.addWidget(shown)
                shown.show()  # at once: Qt would do it after the next paint

    def _message(self, message: InquiryMessage, *, alone: bool) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, px(_PARAGRAPH), 0, px(_PARAGRAPH))
        layout.setSpacing(px(2))
        if not alone:
            layout.addWidget(Caption(self._headline(message), wrap=True))
        text = PlainLabel(message.text.strip(), wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(message.text.strip())
        show_if(text, bool(message.text.strip()))
        layout.addWidget(text)
        return holder

    def _headline(self, message: InquiryMessage) -> str:
        gettext, clock = self._texts.gettext, self._shop.clock
        way = words.channel(message.channel, self._texts)
        if message.at is None:
            return gettext("We, {channel}: waits in the outbox").format(channel=way)
        moment = words.moment(message.at, clock.zone, clock.today(), self._texts)
        said = (
            gettext("We, {channel} {moment}") if message.direction == Direction.OUT else "{channel} {moment}"
        )
        return said.format(channel=way, moment=moment)

    def _show_wishes(self, written: tuple[InquiryMessage, ...]) -> None:
        from shopdesk.usecases import calls, inquiry_answers

        if self._catalogue is None:
            self._catalogue = calls.catalogue(self._shop)
        text = inquiry_answers.asked(written, self._catalogue)
        names = {entry.code: entry.name for entry in self._catalogue.names}
        self.wishes.show_wishes(inquiry_answers.recognised(text, self._catalogue), names)

    def _show_documents(self, inquiry: Inquiry) -> None:
        from shopdesk.usecases import inquiry_answers

        chips: list[QWidget] = []
        for document in inquiry_answers.documents_of(self._shop, inquiry.id or 0):
            name = document.number or self._texts.gettext("Draft: {kind}").format(
                kind=self._texts.gettext(KIND_NAMES[document.kind])
            )
            icon = kinds.icon(document.kind)
            chips.append(ChipButton(name, self._opener(document.id or 0), icon_name=icon))
        self.links.show_chips(chips)
        show_if(self.call, bool(inquiry.sender_phone or inquiry.customer_id is not None))

    def _opener(self, document_id: int) -> Callable[[], None]:
        return lambda: self._shell.open_document(document_id)

    def _show_outcome(self, inquiry: Inquiry) -> None:
        show_if(self.again, not inquiry.is_open)
        show_if(self.won, inquiry.state != InquiryState.WON)
        show_if(self.lost, inquiry.state != InquiryState.LOST)
        show_if(self.done, not inquiry.is_over)
        gettext = self._texts.gettext
        self.complaint.setText(gettext("No complaint") if inquiry.is_complaint else gettext("Complaint"))
        self.outcome.setText(self._said(inquiry))
        show_if(self.outcome, bool(self.outcome.text()))

    def _said(self, inquiry: Inquiry) -> str:
        gettext = self._texts.gettext
        parts = []
        answer = inquiry.first_answer
        if answer is not None:
            text = gettext("First answer after {time} over: {channel}.")
            way = words.channel(answer.channel, self._texts)
            parts.append(text.format(time=words.span(answer.minutes, self._texts), channel=way))
        if inquiry.target is not None and inquiry.is_open:
            parts.append(gettext("Target: {time}.").format(time=words.span(inquiry.target, self._texts)))
        if inquiry.later is not None:
            date = f"{self._texts.date(inquiry.later.day)} {inquiry.later.time}".strip()
            parts.append(gettext("In Today again on {date}.").format(date=date))
        if inquiry.lost_words:
            parts.append(inquiry.lost_words)
        return " ".join(parts)
