"""The sample shop has something to show on every page about people who wait."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.inquiries import InquiryState
from shopdesk.domain.received_mails import KeptAway, MailPlace
from shopdesk.usecases import customers, follow_ups, inquiries, promises, received_mails, sample_shop
from shopdesk.usecases.shop import Shop


def test_one_waits_with_a_running_clock_and_others_were_answered(empty_shop: Shop) -> None:
    sample_shop.fill(empty_shop)
    (waits,) = inquiries.page(empty_shop)
    assert waits.due_at == empty_shop.clock.now() + dt.timedelta(minutes=12)
    assert waits.customer_id is None
    answered = inquiries.page(empty_shop, (InquiryState.ANSWERED,))
    assert sorted(one.first_answer.minutes for one in answered if one.first_answer) == [9, 14, 31]


def test_a_newsletter_is_kept_away_and_can_be_read(empty_shop: Shop) -> None:
    sample_shop.fill(empty_shop)
    (mail,) = received_mails.page(empty_shop, MailPlace.KEPT_AWAY)
    assert (mail.reason, mail.inquiry_id) == (KeptAway.NEWSLETTER, None)
    assert b"Herbstkollektion" in received_mails.eml(empty_shop, mail.id)
    assert len(received_mails.page(empty_shop, MailPlace.TAKEN)) == 1


def test_something_was_promised_for_tomorrow_and_something_comes_again(empty_shop: Shop) -> None:
    sample_shop.fill(empty_shop)
    krug, hotel = (
        next(one.id for one in customers.page(empty_shop) if name in one.name) for name in ("Krug", "Hotel")
    )
    assert krug is not None
    assert hotel is not None
    (promise,) = promises.of_customer(empty_shop, krug)
    assert promise.due == empty_shop.clock.today() + dt.timedelta(1)
    assert any(one.repeat for one in follow_ups.of_customer(empty_shop, hotel))
