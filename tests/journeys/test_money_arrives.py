"""The money arrives: the bank's file is dropped, ⏎, and the customer's timeline tells that the invoice is paid (S6)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.payments import PaymentState
from shopdesk.domain.timeline import EntryKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.bank_files.page import BankFilesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import payments, sample_shop, search, timeline
from shopdesk.usecases.shop import Shop
from tests.journeys.typist import Typist
from tests.statement_files import Booking, camt

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)


def test_a_bank_file_dropped_and_enter_pays_the_invoice_and_the_timeline_tells_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config_folder", "data_folder", "log_folder"):
        monkeypatch.setattr(paths, name, lambda name=name: tmp_path / name)
    shop = Shop(
        tmp_path / "shop.sqlite",
        FixedClock(MONDAY),
        FakePost(),
        SessionKeychain(),
        FakeMailProgram(),
        who="Jens",
    )
    sample_shop.fill(shop)
    bill = next(
        one for one in payments.open_items(shop) if one.customer_id is not None and one.open.minor > 0
    )
    window = MainWindow(
        shop, Texts("de"), Settings(), prepare(qapp, "light"), lambda text: search.find(shop, text)
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    try:
        qtbot.waitUntil(lambda: not window.navigation.is_holding)
        place = tmp_path / "umsaetze.txt"  # its content says what it is
        text = f"Rechnung {bill.number.replace('-', ' ')} danke"
        place.write_bytes(camt([Booking(bill.open.minor, name="Familienkonto", text=text)]))
        _drop(window, place)
        page = window.navigation.page
        assert isinstance(page, BankFilesPage)
        qtbot.waitUntil(lambda: len(page.found) == 1, timeout=10_000)
        typist = Typist(window)
        qtbot.waitUntil(page.rows.hasFocus)
        typist.press("Return")
        assert typist.control == 1
        account = payments.accounts(shop, [bill.document_id])[bill.document_id]
        assert account.standing(MONDAY.date()).state is PaymentState.PAID
        told = [one for one in timeline.page(shop, bill.customer_id or 0) if one.kind is EntryKind.PAYMENT]
        assert any(bill.number in one.title for one in told)
        qtbot.waitUntil(lambda: page.found == ())
    finally:
        window.close()
        shop.close()


def _drop(window: MainWindow, place: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    handle = window.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, event)
