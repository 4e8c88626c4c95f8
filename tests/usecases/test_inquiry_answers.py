"""From an inquiry to a quote and a reply; the clock stops when the reply has gone (PRODUCT.md, S10, S12, S13)."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState
from shopdesk.domain.mail import MailAccount, MailState, NoEmailAddress
from shopdesk.domain.timeline import Direction
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.usecases import (
    customers,
    inquiries,
    inquiry_answers,
    inquiry_search,
    inquiry_steps,
    mail_settings,
    outbox,
    timeline,
)
from shopdesk.usecases.shop import Shop

TYRES = (
    "Guten Morgen,\n\nich brauche vier Winterreifen 235/60 R16 100H.\n\nMit freundlichen Grüßen\nThomas Weber\n"
    "Lange Straße 5\n37073 Göttingen\nTel. 0551 99887"
)


@pytest.fixture
def with_mail(open_shop: Shop) -> Shop:
    account = MailAccount(host="mail.example.org", user="info", sender_address="info@example.org")
    mail_settings.save_account(open_shop, account, "secret")
    return open_shop


def come_in(shop: Shop, text: str = TYRES, **more: object) -> int:
    values: dict[str, object] = {
        "channel": InquiryChannel.MAIL, "at": shop.clock.now(), "subject": "Winterreifen", "text": text,
        "sender_name": "Thomas Weber", "sender_address": "t.weber@example.org", "thread_key": "<1@example.org>",
    }  # fmt: skip
    with shop.writing() as connection:
        return inquiries.received(shop, connection, IncomingMessage(**(values | more)))  # type: ignore[arg-type]


def advance(shop: Shop, minutes: int) -> None:
    clock = shop.clock
    assert isinstance(clock, FixedClock)
    clock.advance(dt.timedelta(minutes=minutes))


def test_the_specification_stands_word_for_word_on_the_quote(open_shop: Shop) -> None:
    inquiry_id = come_in(open_shop)
    draft = inquiry_answers.quote(open_shop, inquiry_id)
    assert [(str(line.quantity), line.text) for line in draft.lines] == [
        ("4", "Winterreifen 235/60 R16 100H")
    ]
    assert [each.id for each in inquiry_answers.documents_of(open_shop, inquiry_id)] == [draft.id]


def test_known_goods_come_with_their_price(open_shop: Shop) -> None:
    draft = inquiry_answers.quote(open_shop, come_in(open_shop, "2 Rollmatratzen 80x200"))
    assert draft.lines[0].text == "Rollmatratze 80 × 200 cm"
    assert draft.lines[0].unit_price is not None


def test_what_nobody_recognises_is_a_free_line(open_shop: Shop) -> None:
    draft = inquiry_answers.quote(open_shop, come_in(open_shop, "Hallo,\nkönnten Sie mir weiterhelfen?"))
    assert [line.text for line in draft.lines] == ["könnten Sie mir weiterhelfen"]


def test_the_goods_of_an_earlier_message_are_not_forgotten(open_shop: Shop) -> None:
    inquiry_id = come_in(open_shop)
    advance(open_shop, 5)
    come_in(open_shop, "Danke, dann bitte mit Montage.\n\nT. Weber", reference="<2@example.org>")
    draft = inquiry_answers.quote(open_shop, inquiry_id)
    assert [line.text for line in draft.lines] == ["Winterreifen 235/60 R16 100H"]


def test_whoever_was_unknown_becomes_a_customer_with_his_address(open_shop: Shop) -> None:
    inquiry_id = come_in(open_shop)
    inquiry_answers.quote(open_shop, inquiry_id)
    customer_id = inquiries.get(open_shop, inquiry_id).customer_id
    assert customer_id is not None
    made = customers.get(open_shop, customer_id)
    assert (made.name, made.emails, made.address.city) == (
        "Thomas Weber",
        ("t.weber@example.org",),
        "Göttingen",
    )
    assert [entry.direction for entry in timeline.page(open_shop, customer_id)] == [Direction.IN]
    again = inquiry_answers.quote(open_shop, come_in(open_shop, thread_key="<2@example.org>"))
    assert again.customer_id == customer_id


def test_without_a_name_the_owner_is_asked_who_it_is(open_shop: Shop) -> None:
    inquiry_id = come_in(open_shop, "?", sender_name="", sender_address="", channel=InquiryChannel.LETTER)
    with pytest.raises(ShopError) as refused:
        inquiry_answers.quote(open_shop, inquiry_id)
    assert refused.value.field == "customer"


def test_a_reply_stops_the_clock_when_it_has_gone_and_not_before(with_mail: Shop) -> None:
    inquiry_id = come_in(with_mail)
    advance(with_mail, 6)
    inquiry = inquiries.get(with_mail, inquiry_id)
    assert "Guten Tag, Thomas Weber," in inquiry_answers.begun_reply(with_mail, inquiry)
    mail_id = inquiry_answers.reply(with_mail, inquiry_id, "Gern, 89 € das Stück.")
    assert inquiries.get(with_mail, inquiry_id).is_open
    assert outbox.send(with_mail, mail_id).state == MailState.SENT
    found = inquiries.get(with_mail, inquiry_id)
    assert (found.state, found.first_answer and found.first_answer.minutes) == (InquiryState.ANSWERED, 6)
    mail = outbox.entry(with_mail, mail_id)
    assert (mail.recipient, mail.subject) == ("t.weber@example.org", "Re: Winterreifen")
    assert "> ich brauche vier Winterreifen 235/60 R16 100H." in mail.body
    assert isinstance(with_mail.post, FakePost)
    assert len(with_mail.post.sent) == 1


def test_a_reply_that_is_called_back_leaves_nothing_behind(with_mail: Shop) -> None:
    inquiry_id = come_in(with_mail)
    mail_id = inquiry_answers.reply(with_mail, inquiry_id, "Gern")
    inquiry_answers.call_reply_back(with_mail, mail_id)
    assert len(inquiries.messages(with_mail, inquiry_id)) == 1
    assert outbox.entry(with_mail, mail_id).state == MailState.CANCELLED
    outbox.retry(with_mail, mail_id)
    assert len(inquiries.messages(with_mail, inquiry_id)) == 2


def test_a_customer_without_an_address_cannot_be_mailed(open_shop: Shop) -> None:
    made, _undo = inquiry_steps.create(
        open_shop, IncomingMessage(InquiryChannel.SHOP, open_shop.clock.now(), text="2 Kissen")
    )
    assert made.id is not None
    with pytest.raises(NoEmailAddress):
        inquiry_answers.reply(open_shop, made.id, "Gern")


def test_the_owners_own_reply_texts_are_offered_and_can_be_taken_back(open_shop: Shop) -> None:
    inquiry = inquiries.get(open_shop, come_in(open_shop))
    shipped = len(inquiry_answers.reply_texts(open_shop, inquiry))
    undo = inquiry_answers.keep_reply_text(open_shop, inquiry_answers.ReplyText("Lieferzeit", "Drei Wochen."))
    assert inquiry_answers.reply_texts(open_shop, inquiry)[-1].body == "Drei Wochen."
    inquiry_answers.drop_reply_text(open_shop, "Lieferzeit").run(open_shop)
    assert len(inquiry_answers.reply_texts(open_shop, inquiry)) == shipped + 1
    undo.run(open_shop)
    assert len(inquiry_answers.reply_texts(open_shop, inquiry)) == shipped


def test_inquiries_are_found_by_subject_sender_and_words(open_shop: Shop) -> None:
    inquiry_id = come_in(open_shop)
    come_in(
        open_shop,
        "Guten Tag",
        subject="Kissen",
        sender_name="Lena",
        sender_address="l@example.org",
        thread_key="2",
    )
    for hint in ("winterreifen", "weber", "235/60R16", "t.weber@example", "Weber Göttingen"):
        assert [hit.id for hit in inquiry_search.hits(open_shop, hint)] == [inquiry_id], hint
    assert "inquiry" in [hit.type for hit in inquiry_search.find(open_shop, "winterreifen")]
    assert inquiry_search.hits(open_shop, "we") == ()
