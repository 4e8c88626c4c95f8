"""What the owner can still take back is not sent behind his back, and goes by itself after that."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.customers import Customer
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.mail import MailAccount, MailState
from shopdesk.domain.outbox import HOLD
from shopdesk.domain.promises import Promise
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    appointments,
    customers,
    inquiries,
    inquiry_answers,
    mail_settings,
    opening,
    outbox,
    promise_messages,
    promises,
)
from shopdesk.usecases.shop import Shop

SOON = dt.date(2026, 11, 27)


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    account = MailAccount(host="mail.example.org", user="info", sender_address="info@example.org")
    mail_settings.save_account(open_shop, account, "secret")
    made = customers.create(open_shop, Customer(company="Ivanova", emails=("d.ivanova@example.org",)))
    assert made.id is not None
    return made.id


def reply(shop: Shop, customer_id: int) -> int:
    incoming = IncomingMessage(
        InquiryChannel.MAIL,
        shop.clock.now(),
        "Matratze",
        "Haben Sie 80 × 190?",
        customer_id,
        thread_key="<1@a.b>",
    )
    with shop.writing() as connection:
        inquiry_id = inquiries.received(shop, connection, incoming)
    return inquiry_answers.reply(shop, inquiry_id, "Ja.")


def delay(shop: Shop, customer_id: int) -> int:
    noted, _ = promises.create(shop, Promise(customer_id, "Bett", SOON))
    assert noted.id is not None
    later = SOON + dt.timedelta(weeks=1)
    message = promise_messages.delay(shop, noted, later)
    return promise_messages.move_and_tell(shop, noted.id, later, "", message)[0]


def appointment(shop: Shop, customer_id: int) -> Appointment:
    begin = dt.datetime(2026, 11, 27, 10, 0, tzinfo=shop.clock.zone)
    value = Appointment(begin, begin + dt.timedelta(hours=1), "Lattenrost", customer_id=customer_id)
    return appointments.create(shop, value)[0]


def ready(shop: Shop, customer_id: int) -> int:
    return appointments.ready(shop, appointment(shop, customer_id))[0]


def invite(shop: Shop, customer_id: int) -> int:
    return appointments.invite(shop, appointment(shop, customer_id).id or 0)[0]


@pytest.mark.parametrize("act", [reply, delay, ready, invite])
def test_the_round_of_the_post_waits_until_it_cannot_be_taken_back(
    open_shop: Shop, ivanova: int, act: object
) -> None:
    mail_id = act(open_shop, ivanova)  # type: ignore[operator]
    opening.send_waiting(open_shop)
    assert outbox.entry(open_shop, mail_id).state == MailState.QUEUED
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.advance(HOLD)
    opening.send_waiting(open_shop)
    assert outbox.entry(open_shop, mail_id).state == MailState.SENT
