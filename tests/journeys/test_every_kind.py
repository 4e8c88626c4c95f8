"""A job from the quote to the correction, and an invoice that is cancelled and written anew. Keyboard only."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Fate
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import chains, customers, documents, sample_shop, search, shop_settings
from shopdesk.usecases.shop import Shop
from tests.journeys.typist import Typist

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
Kind = DocumentKind
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@dataclass
class Desk:
    """The open window, the shop behind it, the hands."""

    shop: Shop
    window: MainWindow
    typist: Typist
    customer: Customer
    qtbot: QtBot

    @property
    def page(self) -> DocumentPage:
        page = self.window.navigation.page
        assert isinstance(page, DocumentPage)
        page.sending.seconds = 0.05
        return page

    def issue(self, kind: DocumentKind) -> Document:
        """Ctrl+⏎ and the seconds; gives the issued document."""
        assert self.page.document.kind == kind
        self.typist.press("Return", ctrl=True)
        self.qtbot.waitUntil(lambda: self.page.document.is_issued, timeout=10_000)
        return self.page.document

    def go_on(self, kind: DocumentKind) -> None:
        """Shift+F4 and the letter of the kind, when what was sent before is through."""
        self.qtbot.waitUntil(lambda: "continue_as" in self.page.commands(), timeout=10_000)
        QTest.keyClick(
            QApplication.focusWidget() or self.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier
        )
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        title = next(action.text() for action in menu.actions() if action.data() == kind.value)
        QTest.keyClick(menu, Qt.Key(ord(title[title.index("&") + 1].upper())))
        if QApplication.activeModalWidget() is None:
            self._come_back()

    def answer(self, *keys: str) -> None:
        """The question that has come up."""
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        for key in keys:
            self.typist.press(key)
        self._come_back()

    def _come_back(self) -> None:
        """Without a desktop nobody gives the keyboard back when a menu or a dialog closes."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "config")
    shop = Shop(
        tmp_path / "shop.sqlite",
        FixedClock(MONDAY),
        FakePost(),
        SessionKeychain(),
        FakeMailProgram(),
        who="Lindner",
    )
    sample = sample_shop.sample()
    shop_settings.save_profile(shop, sample.profile)
    home = replace(sample.caller.address, country="DE")
    customer = customers.create(shop, replace(sample.caller, address=home))
    window = MainWindow(
        shop, Texts("de"), Settings(), prepare(qapp, "light"), lambda text: search.find(shop, text)
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.open_page("today")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Desk(shop, window, Typist(window), customer, qtbot)
    window.toasts.clear()
    window.lanes.close()
    shop.close()


def gross(document: Document) -> str:
    return str(totals(document).gross.amount)


def paper(desk: Desk, document: Document) -> str:
    pdf = documents.stored_files(desk.shop, document.id or 0)[0].data
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def fate(desk: Desk, document: Document) -> Fate:
    rows = documents.page(desk.shop, document.kind)
    return next(row.fate for row in rows if row.id == document.id)


def test_from_the_quote_to_the_correction_every_cent_is_right(desk: Desk) -> None:
    typist = desk.typist
    desk.window.open_customer(desk.customer.id or 0)
    typist.press("F6")
    for line in ("Boxspringbett Eiche 1190,00", "Topper 119,00"):
        typist.type(line)
        typist.press("Return")
    typist.press("Up")
    typist.press("O", ctrl=True)
    quote = desk.issue(Kind.QUOTE)
    assert gross(quote) == "1190.00"

    desk.go_on(Kind.ORDER_CONFIRMATION)
    desk.answer("Space", "Return")
    order = desk.issue(Kind.ORDER_CONFIRMATION)
    assert gross(order) == "1309.00"
    assert fate(desk, quote) == Fate.ACCEPTED

    desk.go_on(Kind.DEPOSIT_INVOICE)
    desk.answer("Return")
    deposit = desk.issue(Kind.DEPOSIT_INVOICE)
    assert gross(deposit) == "392.70"

    desk.go_on(Kind.DELIVERY_NOTE)
    delivery = desk.issue(Kind.DELIVERY_NOTE)
    assert "1190" not in paper(desk, delivery).replace(".", "")

    desk.go_on(Kind.FINAL_INVOICE)
    final = desk.issue(Kind.FINAL_INVOICE)
    whole = totals(final).whole
    assert whole is not None
    assert str(whole.gross.amount) == "1309.00"
    assert gross(final) == "916.30"
    assert [row.amount.minor for row in totals(final).vat] == [209_00 - 62_70]
    for words in (deposit.number, "392,70", "916,30"):
        assert words in paper(desk, final), words
    assert fate(desk, deposit) == Fate.DEDUCTED

    desk.go_on(Kind.CREDIT_NOTE)
    typist.press("Delete", ctrl=True)  # the bed stays, the topper comes back
    note = desk.issue(Kind.CREDIT_NOTE)
    assert gross(note) == "119.00"
    assert note.numbers == (final.number,)
    assert fate(desk, final) == Fate.CORRECTED

    story = chains.chain(desk.shop, note.id or 0)
    assert [link.summary.kind for link in story] == [
        Kind.QUOTE, Kind.ORDER_CONFIRMATION, Kind.DEPOSIT_INVOICE, Kind.DELIVERY_NOTE, Kind.FINAL_INVOICE,
        Kind.CREDIT_NOTE,
    ]  # fmt: skip
    assert len(desk.page.chain.links) == 6


def test_an_invoice_is_cancelled_and_written_anew(desk: Desk) -> None:
    typist = desk.typist
    desk.window.open_customer(desk.customer.id or 0)
    typist.press("F7")
    typist.type("Kopfkissen 94,00")
    typist.press("Return")
    bill = desk.issue(Kind.INVOICE)

    desk.go_on(Kind.CANCELLATION)
    desk.answer("Down", "Return")
    cancellation = desk.issue(Kind.CANCELLATION)
    assert gross(cancellation) == "-94.00"
    assert (cancellation.reason, cancellation.numbers) == ("falscher Betrag", (bill.number,))
    assert bill.number in paper(desk, cancellation)

    typist.press("F4")
    typist.press("Up")
    typist.press("Right")
    typist.press("Right")
    typist.type("49,00")
    typist.press("Return")
    anew = desk.issue(Kind.INVOICE)
    assert gross(anew) == "49.00"
    assert [fate(desk, each) for each in (bill, cancellation, anew)] == [
        Fate.CANCELLED, Fate.REPLACED, Fate.NONE,
    ]  # fmt: skip
    struck = [link.font().strikeOut() for link in desk.page.chain.links]
    assert struck == [True, False, False]
    assert gross(documents.load(desk.shop, bill.id or 0)) == "94.00"
