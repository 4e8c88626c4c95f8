"""A mail lands in the shop's mailbox; the window knows at once, the answer stays in the conversation."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.inquiries import InquiryState
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.inbox import ImapInbox
from shopdesk.ui.inquiries.page import InquiriesPage
from shopdesk.ui.received_mails.fetching import MailFetching
from shopdesk.usecases import inquiries, mail_in_settings, received_mails
from tests.journeys.test_mattress import Desk, desk
from tests.mailbox.dovecot import PASSWORD, Mailbox, server
from tests.mailbox.mails import mail

__all__ = ["desk", "server"]


@pytest.fixture
def fetching(desk: Desk, server: Mailbox, qtbot: QtBot) -> Iterator[MailFetching]:
    """The window fetches from a real server, as in the program."""
    qtbot.waitUntil(lambda: not desk.window.navigation.is_holding)
    # the server has a clock of its own, and takes no mail from the future
    assert isinstance(desk.shop.clock, FixedClock)
    desk.shop.clock.set(dt.datetime.now(dt.UTC) - dt.timedelta(hours=2))
    desk.shop.inbox = ImapInbox(5)
    made = MailFetching(desk.window)
    made.start()
    mail_in_settings.save_account(desk.shop, server.account(since=dt.date(2026, 1, 1)), PASSWORD)
    qtbot.waitUntil(lambda: made.is_told, timeout=20_000)
    yield made
    made.stop()


def arrives(desk: Desk, server: Mailbox, data: bytes) -> None:
    server.put(data, at=desk.shop.clock.now() - dt.timedelta(minutes=1))


def test_asked_by_mail_answered_by_mail_and_asked_again(
    desk: Desk, server: Mailbox, fetching: MailFetching, qtbot: QtBot
) -> None:
    asked = mail(
        "Rollmatratzen", text="Haben Sie zwei Rollmatratzen 80x190?", message_id="<1@ivanova.example>"
    )
    arrives(desk, server, asked)
    qtbot.waitUntil(lambda: inquiries.count_open(desk.shop) == 1, timeout=20_000)

    QTest.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.navigation.page
    assert isinstance(page, InquiriesPage)
    page.acts.seconds = 0.2
    desk.typist.press("Return")
    desk.typist.type("Ja, beide sind da.")
    desk.typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: bool(desk.server.mails), timeout=20_000)
    (taken,) = received_mails.page(desk.shop)
    assert taken.inquiry_id is not None
    inquiry_id = taken.inquiry_id
    qtbot.waitUntil(
        lambda: inquiries.get(desk.shop, inquiry_id).state == InquiryState.ANSWERED, timeout=10_000
    )
    answer = email.message_from_bytes(desk.server.mails[0], policy=email.policy.default)
    assert answer["In-Reply-To"] == "<1@ivanova.example>"

    assert isinstance(desk.shop.clock, FixedClock)
    desk.shop.clock.advance(dt.timedelta(minutes=10))
    again = mail("Re: Rollmatratzen", text="Geht auch 90x200?", In_Reply_To=str(answer["Message-ID"]))
    arrives(desk, server, again)
    qtbot.waitUntil(lambda: inquiries.get(desk.shop, inquiry_id).state == InquiryState.OPEN, timeout=20_000)
    assert len(received_mails.page(desk.shop)) == 2
    assert server.flags() == [(), ()]
