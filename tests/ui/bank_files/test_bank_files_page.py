"""The page of bank files: dropped, looked over, booked with ⏎ or A, taken back (S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.documents import Line
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentState
from shopdesk.domain.statements import EntryState
from shopdesk.ui.bank_files.page import BankFilesPage
from shopdesk.ui.shell.drops import FileDrops
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import bank_files, customers, documents, issuing, payments, sample_shop, timeline
from shopdesk.usecases.shop import Shop
from tests.statement_files import DAY, Booking, camt, mt940
from tests.ui.keyboard import press

Bill = Callable[[str], tuple[int, str]]


@pytest.fixture
def customer(shop: Shop) -> int:
    sample_shop.fill(shop)
    return customers.create(shop, replace(sample_shop.sample().caller, number="")).id or 0


@pytest.fixture
def bill(shop: Shop, customer: int) -> Bill:
    def made(euros: str) -> tuple[int, str]:
        draft = documents.start(shop, "invoice", customer)
        line = Line(text="Matratze", unit_price=Decimal(euros))
        draft = replace(draft, lines=(line,), due=DAY + dt.timedelta(days=14))
        document = issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document
        return document.id or 0, document.number

    return made


def dropped(window: MainWindow, place: Path, data: bytes) -> BankFilesPage:
    place.write_bytes(data)
    FileDrops(window).take([str(place)])
    page = window.navigation.page
    assert isinstance(page, BankFilesPage)
    return page


def state(shop: Shop, document_id: int) -> PaymentState:
    return payments.accounts(shop, [document_id])[document_id].standing(DAY).state


def test_a_dropped_statement_is_read_and_enter_books_what_is_proposed(
    window: MainWindow, shop: Shop, bill: Bill, customer: int, tmp_path: Path
) -> None:
    document_id, number = bill("4321.09")
    rows = [Booking(432_109, text=f"Rechnung {number}"), Booking(-5_000, name="Stadtwerke")]
    page = dropped(window, tmp_path / "Umsaetze.xml", camt(rows))
    assert "2 neue Buchungen" in page.outcome.words.text()
    assert [each.stored.state for each in page.found] == [EntryState.OPEN]
    assert number in page.detail.proposed.text()
    assert "passen" in page.detail.reason.text()
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert state(shop, document_id) is PaymentState.PAID
    assert not page.found
    assert any(number in each.title for each in timeline.page(shop, customer))
    window.toasts.undo()
    assert state(shop, document_id) is PaymentState.OPEN
    assert [each.stored.state for each in page.found] == [EntryState.OPEN]


def test_a_books_all_certain_ones_and_one_undo_takes_them_back(
    window: MainWindow, shop: Shop, bill: Bill, tmp_path: Path
) -> None:
    first, second = bill("4321.09"), bill("5432.10")
    rows = [
        Booking(432_109, text=first[1]),
        Booking(543_210, text=second[1]),
        Booking(1_17, name="Wer ist das", iban="", text="?"),
    ]
    page = dropped(window, tmp_path / "umsatz.sta", mt940(rows))
    assert "2 sicher" in page.header.subtitle.text() or "2" in page.header.subtitle.text()
    page.rows.setFocus()
    press(Qt.Key.Key_A)
    assert [state(shop, each[0]) for each in (first, second)] == [PaymentState.PAID] * 2
    assert [each.stored.state for each in page.found] == [EntryState.OPEN]
    assert page.found[0].proposal is None
    window.toasts.undo()
    assert [state(shop, each[0]) for each in (first, second)] == [PaymentState.OPEN] * 2


def test_a_booking_without_a_proposal_is_given_an_invoice_or_left_aside(
    window: MainWindow, shop: Shop, bill: Bill, tmp_path: Path
) -> None:
    document_id, number = bill("4321.09")
    rows = [
        Booking(1_17, name="Wer ist das", iban="", text="?"),
        Booking(2_19, name="Niemand", iban="", text=""),
    ]
    page = dropped(window, tmp_path / "a.xml", camt(rows))
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert page.detail.search.hasFocus()
    page.detail.search.setText(number)
    page.detail.search.search_now()
    page.detail.bills.setFocus()
    page.detail.bills.select(document_id)
    press(Qt.Key.Key_Return)
    assert state(shop, document_id) is PaymentState.PART_PAID
    page.rows.setFocus()
    press(Qt.Key.Key_I)
    assert not page.found
    page.view.set_value("all")
    page._view_changed()
    assert page.all.rows.rowCount() == 2


def test_the_same_file_again_brings_nothing_and_a_wrong_one_is_refused_in_words(
    window: MainWindow, customer: int, tmp_path: Path
) -> None:
    data = camt([Booking(100)])
    dropped(window, tmp_path / "a.xml", data)
    page = dropped(window, tmp_path / "b.xml", data)
    assert "Nichts Neues" in page.outcome.words.text()
    (tmp_path / "c.xml").write_bytes(data[:-60])
    page.open_item((str(tmp_path / "c.xml"),))
    assert "beschädigt" in page.outcome.words.text()
    assert [each.stored.state for each in page.found] == [EntryState.OPEN]


def test_other_files_go_where_they_went_before(window: MainWindow, customer: int, tmp_path: Path) -> None:
    place = tmp_path / "kunden.csv"
    place.write_text("Name;Ort\nMeier;Göttingen\n", encoding="utf-8")
    FileDrops(window).take([str(place)])
    assert window.navigation.here is not None
    assert window.navigation.here.name == "import"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_enter_on_money_that_went_out_offers_what_it_was_and_books_it(
    window: MainWindow, shop: Shop, bill: Bill, customer: int, tmp_path: Path
) -> None:
    document_id, _number = bill("100")
    parts = [Allocation(document_id, Money(100_00))]
    payments.book(shop, Payment(DAY, Money(120_00), payer="Anna Huber", customer_id=customer), parts)
    page = dropped(
        window, tmp_path / "a.xml", camt([Booking(-20_00, name="Anna Huber", iban="", text="zu viel")])
    )
    page.view.set_value("all")
    page._view_changed()
    page.all.setFocus()
    page.all.setCurrentIndex(page.all.rows.index(0, 0))
    press(Qt.Key.Key_Return)
    assert page.outgoing is not None
    first, *_others = page.outgoing.actions()
    assert "20,00" in first.text()
    first.trigger()
    page.outgoing.close()
    assert not any(each.credit for each in payments.page(shop))
    assert page.all.current() is not None
    (stored,) = bank_files.page(shop)
    assert stored.state is EntryState.BOOKED


def test_money_that_went_out_for_nothing_known_is_said(window: MainWindow, tmp_path: Path) -> None:
    page = dropped(
        window, tmp_path / "a.xml", camt([Booking(-9_00, name="Stadtwerke", iban="", text="Strom")])
    )
    page.view.set_value("all")
    page._view_changed()
    page.all.setFocus()
    page.all.setCurrentIndex(page.all.rows.index(0, 0))
    press(Qt.Key.Key_Return)
    assert page.outgoing is None
