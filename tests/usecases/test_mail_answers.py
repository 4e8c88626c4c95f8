"""An answer keeps the conversation, and the customer's next mail finds it."""

from __future__ import annotations

import email
import email.policy

import pytest

from shopdesk.domain.inquiries import InquiryState
from shopdesk.domain.mail import MailAccount, MailState, Security
from shopdesk.domain.received_mails import MailPlace, StoredMail
from shopdesk.outside.fake_post import FakePost
from shopdesk.usecases import inquiries, inquiry_answers, mail_settings, outbox, received_mails
from shopdesk.usecases.shop import Shop
from tests.mailbox.mails import mail


@pytest.fixture
def asked(open_shop: Shop) -> StoredMail:
    """Somebody asked; the shop can send."""
    account = MailAccount(
        "localhost",
        2525,
        Security.NONE,
        sender_address="post@schlafgut-lindner.example",
        sender_name="Schlafgut",
    )
    mail_settings.save_account(open_shop, account)
    data = mail("Rollmatratzen", text="Haben Sie 80x190?", References="<first@x.example>")
    return received_mails.take_file(open_shop, data)


def answer(shop: Shop, asked: StoredMail) -> int:
    assert asked.inquiry_id is not None
    return inquiry_answers.reply(shop, asked.inquiry_id, "Ja, haben wir.")


def test_the_answer_goes_into_the_conversation(open_shop: Shop, asked: StoredMail) -> None:
    assert outbox.send(open_shop, answer(open_shop, asked)).state == MailState.SENT
    assert isinstance(open_shop.post, FakePost)
    went = email.message_from_bytes(open_shop.post.sent[0].message, policy=email.policy.SMTP)
    assert went["In-Reply-To"] == asked.message_id
    assert str(went["References"]).split() == ["<first@x.example>", asked.message_id]


def test_the_clock_stops_when_it_has_gone_and_not_before(open_shop: Shop, asked: StoredMail) -> None:
    assert asked.inquiry_id is not None
    mail_id = answer(open_shop, asked)
    assert inquiries.get(open_shop, asked.inquiry_id).state == InquiryState.OPEN
    outbox.send(open_shop, mail_id)
    answered = inquiries.get(open_shop, asked.inquiry_id)
    assert answered.state == InquiryState.ANSWERED
    assert answered.first_answer is not None


def test_the_customers_next_mail_finds_the_conversation(open_shop: Shop, asked: StoredMail) -> None:
    mail_id = answer(open_shop, asked)
    outbox.send(open_shop, mail_id)
    ours = outbox.entry(open_shop, mail_id).message_id
    again = received_mails.take_file(
        open_shop, mail("Re: Rollmatratzen", sender="Privat <anders@ivanova.example>", In_Reply_To=ours)
    )
    assert (again.inquiry_id, again.thread) == (asked.inquiry_id, asked.thread)


def test_long_ids_go_as_they_came(open_shop: Shop) -> None:
    long = f"<{'a' * 200}@outlook.example>"
    asked = received_mails.take_file(open_shop, mail("x", message_id=long))
    assert asked.message_id == long
    assert f"In-Reply-To: {long}\r\n".encode() in outbox.eml(open_shop, answer(open_shop, asked))


def test_a_mail_of_our_own_that_is_dropped_answers_and_asks_nobody(
    open_shop: Shop, asked: StoredMail
) -> None:
    ours = mail(
        "Re: Rollmatratzen", sender="Schlafgut <post@schlafgut-lindner.example>", text="Ja, haben wir.",
        In_Reply_To=asked.message_id, message_id="<ours@schlafgut-lindner.example>",
    )  # fmt: skip
    dropped = received_mails.take_file(open_shop, ours)
    assert dropped.place == MailPlace.SENT
    assert asked.inquiry_id is not None
    assert inquiries.get(open_shop, asked.inquiry_id).state == InquiryState.ANSWERED
    assert len(inquiries.page(open_shop)) == 0
