"""What the owner can do with an inquiry; each is a use case that says what it did and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import IncomingMessage, Inquiry, InquiryChannel, LostReason
from shopdesk.domain.mail import MailState
from shopdesk.ui.inquiries import words
from shopdesk.ui.widgets.labels import shortened

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.ui.inquiries.page import InquiriesPage
    from shopdesk.usecases.undo import Undo


class InquiryActions:
    """Acts on the page's current inquiry."""

    def __init__(self, page: InquiriesPage) -> None:
        self._page, self._shop, self._shell = page, page.shop, page.window_shell
        self._texts = page.texts
        self.seconds = 8.0
        """How long an answer can be taken back."""

    def _now(self) -> Inquiry | None:
        return self._page.view.inquiry

    def _act(self, act: Callable[[int], Undo], text: str, item: Inquiry | None = None) -> None:
        inquiry = item or self._now()
        if inquiry is None or inquiry.id is None:
            return
        try:
            undo = act(inquiry.id)
        except ShopError as error:
            self._shell.problem(error)
            return
        said = text.format(subject=shortened(inquiry.subject or inquiry.who, 50))
        self._shell.toast(said, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)

    def create(self, incoming: IncomingMessage, is_complaint: bool) -> None:
        """Keep an inquiry entered by hand."""
        from shopdesk.usecases import inquiry_steps

        try:
            made, undo = inquiry_steps.create(self._shop, incoming, is_complaint=is_complaint)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._page.entered(made)
        said = self._texts.gettext("Kept: {subject}").format(subject=shortened(made.subject, 50))
        self._shell.toast(said, lambda: self._take_back(undo))

    def close(self, item: Inquiry | None = None) -> None:
        """E: nothing is left to do."""
        from shopdesk.usecases import inquiry_steps

        self._act(
            lambda each: inquiry_steps.close(self._shop, each), self._texts.gettext("Done: {subject}"), item
        )

    def won(self) -> None:
        """It became an order."""
        from shopdesk.usecases import inquiry_steps

        self._act(lambda each: inquiry_steps.won(self._shop, each), self._texts.gettext("Won: {subject}"))

    def ask_lost(self) -> None:
        """Why did it come to nothing?"""
        self._page.ask_lost()

    def lost(self, reason: LostReason, why: str) -> None:
        """It came to nothing."""
        from shopdesk.usecases import inquiry_steps

        self._act(
            lambda each: inquiry_steps.lost(self._shop, each, reason, why),
            self._texts.gettext("Lost: {subject}"),
        )

    def open_again(self) -> None:
        """It is not over after all."""
        from shopdesk.usecases import inquiry_steps

        self._act(
            lambda each: inquiry_steps.open_again(self._shop, each),
            self._texts.gettext("Open again: {subject}"),
        )

    def complaint(self) -> None:
        """Something went wrong for the customer, or not after all."""
        from shopdesk.usecases import inquiry_steps

        inquiry, gettext = self._now(), self._texts.gettext
        is_one = inquiry is not None and not inquiry.is_complaint
        said = gettext("Complaint: {subject}") if is_one else gettext("No complaint: {subject}")
        self._act(lambda each: inquiry_steps.complaint(self._shop, each, is_one=is_one), said)

    def later(self, item: Inquiry, until: Later) -> None:
        """S: Heute shows it then."""
        from shopdesk.usecases import inquiry_steps

        text = self._texts.gettext("In Today again on {date}: {subject}")
        text = text.replace("{date}", f"{self._texts.date(until.day)} {until.time}".strip())
        self._act(lambda each: inquiry_steps.later(self._shop, each, until), text, item)

    def answered(self, channel: InquiryChannel) -> None:
        """It was answered outside the program."""
        from shopdesk.usecases import inquiry_steps

        text = self._texts.gettext("Answered over {channel}: {subject}")
        text = text.replace("{channel}", words.channel(channel, self._page.texts))
        self._act(lambda each: inquiry_steps.answered_by_hand(self._shop, each, channel), text)

    def assign(self, customer_id: int) -> None:
        """Whoever asks is this customer."""
        from shopdesk.usecases import inquiry_steps

        text = self._texts.gettext("Assigned to the customer: {subject}")
        self._act(lambda each: inquiry_steps.assign(self._shop, each, customer_id), text)

    def open_customer(self) -> None:
        """The customer's page."""
        inquiry = self._now()
        if inquiry is not None and inquiry.customer_id is not None:
            self._shell.open_customer(inquiry.customer_id)

    def new_customer(self) -> None:
        """Begin a customer out of what he wrote; to be looked at before it is kept."""
        from shopdesk.usecases import inquiry_answers

        inquiry = self._now()
        if inquiry is None:
            return
        self._shell.new_customer(inquiry_answers.typed_customer(self._shop, inquiry))

    def call(self) -> None:
        """Whom to call: the customer's page with his numbers, or the number in the universal input."""
        inquiry = self._now()
        if inquiry is None:
            return
        if inquiry.customer_id is not None:
            self._shell.open_customer(inquiry.customer_id)
        else:
            self._shell.open_palette(inquiry.sender_phone or inquiry.who)

    def quote(self) -> None:
        """F6: a draft with what was recognised."""
        from shopdesk.usecases import inquiry_answers

        inquiry = self._now()
        if inquiry is None or inquiry.id is None:
            return
        try:
            draft = inquiry_answers.quote(self._shop, inquiry.id)
        except ShopError as error:
            self._shell.problem(error)
            return
        assert draft.id is not None
        self._shell.open_document(draft.id)
        if inquiry.customer_id is None:
            said = self._texts.gettext("{name} is a customer now; please look at the address.")
            self._shell.toast(said.format(name=draft.recipient.name))

    # The reply

    def send_reply(self, text: str) -> None:
        """Ctrl+⏎: into the outbox at once, so that nothing is lost; it goes when the seconds to undo are over."""
        from shopdesk.usecases import inquiry_answers

        inquiry = self._now()
        if inquiry is None or inquiry.id is None:
            return
        if not self._page.view.reply.has_own_words:
            self._shell.toast(self._texts.gettext("Please write what you want to answer first."))
            self._page.view.reply.edit.setFocus()
            return
        inquiry_id = inquiry.id
        try:
            mail_id = inquiry_answers.reply(self._shop, inquiry_id, text)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._page.view.reply.forget(inquiry_id)
        self._shell.toast(
            self._texts.gettext("The answer goes to {who}.").format(who=inquiry.who),
            lambda: self._call_back(inquiry_id, mail_id, text),
            self.seconds,
            then=lambda: self._send(mail_id),
        )

    def _call_back(self, inquiry_id: int, mail_id: int, text: str) -> None:
        from shopdesk.usecases import inquiry_answers

        try:
            inquiry_answers.call_reply_back(self._shop, mail_id)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._page.view.reply.put_back(inquiry_id, text)

    def _send(self, mail_id: int) -> None:
        from shopdesk.usecases import outbox

        self._shell.run_post(lambda: outbox.send(self._shop, mail_id), self._sent)

    def _sent(self, mail: OutboxEntry) -> None:
        if mail.state == MailState.SENT:
            self._shell.toast(
                self._texts.gettext("Answered: {subject}").format(subject=shortened(mail.subject, 50))
            )
            return
        reason = self._texts.say(mail.reason.message) if mail.reason is not None else ""
        said = self._texts.gettext("The answer has not gone yet. {reason}").format(reason=reason)
        self._shell.toast(said)
