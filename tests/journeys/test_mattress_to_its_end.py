"""The mattress to its end: she calls, the money comes by the bank's file, the parcel leaves, she is asked how she is.

From the ringing phone to the mail with the tracking number: twelve control keys, the scanner's ⏎ among them, no mouse
(design/UX.md). And the chain: a bank file dropped and ⏎ put the parcel on the packing list within the same minute (S6).
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payments import PaymentState
from shopdesk.domain.unshipped import Clearance
from shopdesk.ui.bank_files.page import BankFilesPage
from shopdesk.ui.documents import paper
from shopdesk.ui.packing.page import PackingPage
from shopdesk.usecases import (
    consents,
    customers,
    documents,
    outbox,
    packing,
    payments,
    timeline,
    today,
)
from tests.journeys.test_mattress import MONDAY, Desk, desk, take_the_call  # noqa: F401 - a fixture
from tests.statement_files import Booking, camt

CONTROL_KEYS = 12
TRACKING = "00340434161094042557"


def drop(desk: Desk, place: Path) -> None:  # noqa: F811
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    handle = desk.window.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, event)


def texts_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def test_called_billed_paid_packed_shipped_and_asked_with_twelve_control_keys(
    desk: Desk,  # noqa: F811
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop, window, typist = desk.shop, desk.window, desk.typist
    opened: list[bytes] = []
    monkeypatch.setattr(paper, "open_file", lambda pdf, _name: opened.append(pdf))

    take_the_call(desk)
    typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: len(desk.server.mails) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: outbox.page(shop) == (), timeout=10_000)
    (invoice,) = documents.page(shop, DocumentKind.INVOICE)
    (customer,) = customers.page(shop)
    customer_id = customer.id or 0
    # she said yes on the phone: noted beside the call
    consents.note(
        shop,
        Consent(
            customer_id, Channel.MAIL, Purpose.SATISFACTION, "Dürfen wir nachfragen?", MONDAY.date(), "phone"
        ),
    )
    assert [row.clearance for row in packing.page(shop)] == [Clearance.WAITS]

    # the bank's file is dropped, ⏎
    place = tmp_path / "umsaetze.xml"
    text = f"RE {invoice.number.replace('-', ' ')} vielen Dank"
    place.write_bytes(camt([Booking(invoice.gross.minor, "DESISLAVA IVANOVA", text)]))
    drop(desk, place)
    page = window.navigation.page
    assert isinstance(page, BankFilesPage)
    qtbot.waitUntil(lambda: len(page.found) == 1, timeout=10_000)
    qtbot.waitUntil(page.rows.hasFocus)
    typist.press("Return")
    state = payments.accounts(shop, [invoice.id])[invoice.id].standing(MONDAY.date()).state
    assert state is PaymentState.PAID
    (row,) = packing.page(shop)
    assert (row.document_id, row.clearance, row.paid_on) == (invoice.id, Clearance.PAID, MONDAY.date())
    assert any("versandbereit" in toast.message for toast in window.toasts.toasts)

    # Versand: the papers, the scan
    typist.press("8", ctrl=True)
    packing_page = window.navigation.page
    assert isinstance(packing_page, PackingPage)
    qtbot.waitUntil(packing_page.open.hasFocus)
    typist.press("P")
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    told = texts_of(opened[0])
    assert "Lieferschein" in told
    assert "GABROVO" in told
    qtbot.waitUntil(packing_page.card.scan.number.hasFocus)
    typist.type(TRACKING)
    typist.press("Return")
    assert typist.control <= CONTROL_KEYS
    qtbot.waitUntil(lambda: len(desk.server.mails) == 2, timeout=20_000)
    message = email.message_from_bytes(desk.server.mails[1], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    assert message["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    assert TRACKING in body.get_content()
    assert packing.page(shop) == ()

    # the story, and the question three weeks later
    story = " | ".join(f"{one.title} {one.text}" for one in timeline.page(shop, customer_id))
    for words in (
        f"Rechnung {invoice.number}",
        "Zahlung eingegangen",
        "Lieferschein",
        "Verschickt mit DHL",
        TRACKING,
    ):
        assert words in story, words
    assert payments.open_sums(shop) == (Money.of("0"), Money.of("0"))
    later = MONDAY + dt.timedelta(days=21)
    shop.clock.set(later)  # type: ignore[attr-defined]
    asked = [item for item in today.items(shop) if item.customer_id == customer_id]
    assert ["Zufrieden" in f"{item.title} {item.detail}" for item in asked] == [True]
