"""Somebody asks; minutes later he has a quote in his mailbox, and the clock says how long it took. Keyboard only."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.inquiries.page import InquiriesPage
from shopdesk.usecases import documents, inquiries, timeline
from tests.journeys.test_mattress import Desk, attachment, desk

__all__ = ["desk"]

MAIL = (
    "Guten Tag,\n\nich hätte gern 2 Rollmatratzen 80x190 nach Bulgarien. Was kostet das mit Porto?\n\n"
    "Mit freundlichen Grüßen\nDesislava Ivanova\nul. Hristo Botev 14\n5300 Gabrovo\nBulgarien"
)


def come_in(desk: Desk) -> int:
    incoming = IncomingMessage(
        InquiryChannel.MAIL, desk.shop.clock.now(), "Anfrage Rollmatratzen", MAIL, sender_name="Desislava Ivanova",
        sender_address="d.ivanova@example.org", thread_key="<1@example.org>",
    )  # fmt: skip
    with desk.shop.writing() as connection:
        return inquiries.received(desk.shop, connection, incoming)


def advance(desk: Desk, minutes: int) -> None:
    assert isinstance(desk.shop.clock, FixedClock)
    desk.shop.clock.advance(dt.timedelta(minutes=minutes))


def inbox(desk: Desk) -> InquiriesPage:
    QTest.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.navigation.page
    assert isinstance(page, InquiriesPage)
    return page


@pytest.fixture
def asked(desk: Desk, qtbot: QtBot) -> int:
    qtbot.waitUntil(lambda: not desk.window.navigation.is_holding)
    inquiry_id = come_in(desk)
    advance(desk, 6)
    return inquiry_id


def test_a_mail_becomes_a_quote_and_its_sending_is_the_answer(desk: Desk, asked: int, qtbot: QtBot) -> None:
    page = inbox(desk)
    assert page.rows.current() is not None
    desk.typist.press("F6")
    editor = desk.window.navigation.page
    assert isinstance(editor, DocumentPage)
    desk.typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: bool(desk.server.mails), timeout=20_000)
    qtbot.waitUntil(lambda: inquiries.get(desk.shop, asked).state == InquiryState.ANSWERED, timeout=10_000)

    found = inquiries.get(desk.shop, asked)
    assert found.first_answer is not None
    assert (found.first_answer.channel, found.first_answer.minutes) == (InquiryChannel.MAIL, 6)
    message, _pdf = attachment(desk.server.mails[0])
    assert message["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    (quote,) = documents.page(desk.shop, DocumentKind.QUOTE)
    assert quote.number
    stored = documents.load(desk.shop, quote.id)
    assert stored.lines[0].text == "Rollmatratze 80 × 190 cm"
    assert found.customer_id is not None
    titles = [entry.title for entry in timeline.page(desk.shop, found.customer_id)]
    assert "Anfrage Rollmatratzen" in titles


def test_an_answer_in_words_reaches_her_with_her_question_below(desk: Desk, asked: int, qtbot: QtBot) -> None:
    page = inbox(desk)
    page.acts.seconds = 0.2
    desk.typist.press("Return")
    desk.typist.type("Gern, am Montag.")
    desk.typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: bool(desk.server.mails), timeout=20_000)
    qtbot.waitUntil(lambda: inquiries.get(desk.shop, asked).state == InquiryState.ANSWERED, timeout=10_000)
    text = desk.server.mails[0].decode("utf-8", "replace")
    assert "Gern, am Montag." in text
    assert "> ich h" in text
    assert inquiries.count_open(desk.shop) == 0


def test_in_the_shop_one_key_and_a_few_words_are_enough(desk: Desk, asked: int) -> None:
    assert asked
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window, Qt.Key.Key_I, keys)
    page = desk.window.navigation.page
    assert isinstance(page, InquiriesPage)
    desk.typist.type("4 Winterreifen 235/60R16 100h")
    desk.typist.press("Return", ctrl=True)
    current = page.rows.current()
    assert current is not None
    assert (current.channel, current.subject) == (InquiryChannel.SHOP, "4 Winterreifen 235/60R16 100h")
