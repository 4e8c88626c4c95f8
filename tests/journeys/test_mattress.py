"""She calls from Bulgaria, and minutes later holds a PDF invoice. Keyboard only, a real mail server."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.documents import DocumentKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.outside.post import SmtpPost
from shopdesk.settings import Settings
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import (
    articles,
    customers,
    documents,
    mail_settings,
    number_ranges,
    outbox,
    sample_shop,
    search,
    shop_settings,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.journeys.mail_server import PASSWORD, Accepting, mail_server
from tests.journeys.typist import Typist

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
CONTROL_KEYS = 8


@dataclass
class Desk:
    """The open window, the shop behind it, and the mail server far away."""

    shop: Shop
    window: MainWindow
    server: Accepting
    typist: Typist


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "config")
    shop = Shop(
        tmp_path / "shop.sqlite",
        FixedClock(MONDAY),
        SmtpPost(),
        SessionKeychain(),
        FakeMailProgram(),
        who="Lindner",
    )
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    for article in sample_shop.sample().articles:
        articles.save(shop, article)
    with mail_server(tmp_path) as (server, account):
        mail_settings.save_account(shop, account, PASSWORD)
        window = MainWindow(
            shop, Texts("de"), Settings(), prepare(qapp, "light"), lambda text: search.find(shop, text)
        )
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.open_page("today")
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        yield Desk(shop, window, server, Typist(window))
        window.toasts.clear()
        window.lanes.close()
    shop.close()


def take_the_call(desk: Desk) -> None:
    """From the ringing phone to the invoice on the screen."""
    typist = desk.typist
    typist.press("F9")
    typist.type("+359 88 712 3456")
    typist.press("Return")
    for line in ("Desislava Ivanova", "ul. Hristo Botev 14", "5300 Gabrovo"):
        typist.type(line)
        typist.press("Return")
    typist.type("d.ivanova@example.org")
    typist.press("Tab")
    typist.type("2 Rollmatratzen 80x190 nach Bulgarien")
    typist.press("F7")


def attachment(mail: bytes) -> tuple[EmailMessage, bytes]:
    message = email.message_from_bytes(mail, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    files = [part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert len(files) == 1
    content = files[0].get_content()
    assert isinstance(content, bytes)
    return message, content


def test_the_call_ends_with_the_invoice_in_her_mailbox(desk: Desk, qtbot: QtBot) -> None:
    take_the_call(desk)
    page = desk.window.navigation.page
    assert isinstance(page, DocumentPage)
    desk.typist.press("Return", ctrl=True)
    assert number_ranges.next_number(desk.shop, "invoice") == "R-2026-0001"
    qtbot.waitUntil(lambda: bool(desk.server.mails), timeout=20_000)
    qtbot.waitUntil(lambda: outbox.page(desk.shop) == (), timeout=10_000)

    assert desk.typist.control <= CONTROL_KEYS
    message, pdf = attachment(desk.server.mails[0])
    assert message["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    assert "R-2026-0001" in message["Subject"]
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for words in (
        "Desislava Ivanova", "ul. Hristo Botev 14", "5300 GABROVO", "BULGARIEN",
        "Rollmatratze 80 × 190 cm", "Versand DHL Paket Bulgarien", "Verpackung Rollware",
        "Rechnung R-2026-0001", "294,69", "47,05",
        "Lieferung nach Zahlungseingang, voraussichtlich KW 49", "DE02 1203 0000 0000 2020 51",
    ):  # fmt: skip
        assert words in text.replace("\u00a0", " "), words

    issued = documents.page(desk.shop, DocumentKind.INVOICE)
    assert [(one.number, str(one.gross.amount), one.mail_state) for one in issued] == [
        ("R-2026-0001", "294.69", "sent")
    ]
    assert documents.stored_files(desk.shop, issued[0].id)[0].data == pdf
    (customer,) = customers.page(desk.shop)
    assert (customer.name, customer.city, customer.country, customer.phone) == (
        "Desislava Ivanova", "Gabrovo", "BG", "+359 88 712 3456",
    )  # fmt: skip
    assert number_ranges.next_number(desk.shop, "invoice") == "R-2026-0002"
    assert len(desk.server.mails) == 1


def test_taken_back_within_the_seconds_no_number_is_used(desk: Desk, qtbot: QtBot) -> None:
    take_the_call(desk)
    desk.typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: any(item.document_id for item in today.items(desk.shop)))
    desk.typist.press("Z", ctrl=True)
    qtbot.waitUntil(lambda: today.items(desk.shop) == ())
    assert number_ranges.next_number(desk.shop, "invoice") == "R-2026-0001"
    (draft,) = documents.page(desk.shop, DocumentKind.INVOICE)
    assert (draft.number, desk.server.mails) == ("", [])


def test_closed_within_the_seconds_it_stands_in_heute_as_not_sent(desk: Desk) -> None:
    take_the_call(desk)
    desk.typist.press("Return", ctrl=True)
    desk.window.close()
    (item,) = today.items(desk.shop)
    assert (item.kind, item.title) == ("not_sent", "Desislava Ivanova")
    assert number_ranges.next_number(desk.shop, "invoice") == "R-2026-0001"
