"""Shipping in the window: paid, packed with its papers, scanned, and the customer knows; everything taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import Line, LineKind
from shopdesk.domain.mail import MailState
from shopdesk.domain.payments import Payment, paid_in_full
from shopdesk.domain.shipments import ShipmentState
from shopdesk.domain.today import TodayKind
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.shipments_card import ShipmentsCard
from shopdesk.ui.documents import paper
from shopdesk.ui.packing.page import PackingPage
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.shipping_section import ShippingSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import (
    customers,
    documents,
    issuing,
    outbox,
    packing,
    payments,
    sample_shop,
    shipments,
    shop_settings,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text

DHL = "00340434161094042557"
WRONG = "00340434161094042558"
SECOND = "00340434161094022115"


def issued(
    shop: Shop, customer: int, quantity: int, *, paid: bool, text: str = "Rollmatratze 80 x 190 cm"
) -> int:
    goods = Line(text=text, quantity=Decimal(quantity), unit_price=Decimal(100))
    postage = Line(LineKind.POSTAGE, "Versandkosten", unit_price=Decimal(10))
    draft = replace(documents.start(shop, "invoice", customer), lines=(goods, postage))
    document_id = issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document.id or 0
    if paid:
        today = shop.clock.today()
        part = paid_in_full(payments.accounts(shop, [document_id])[document_id], today)
        payments.book(shop, Payment(today, part.amount, customer_id=customer), [part])
    return document_id


@pytest.fixture
def customer(shop: Shop) -> int:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    return customers.create(shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    """What was opened in the program that shows PDFs."""
    found: list[tuple[bytes, str]] = []
    monkeypatch.setattr(paper, "open_file", lambda pdf, name: found.append((pdf, name)))
    return found


def shown(window: MainWindow) -> PackingPage:
    window.open_page("packing")
    page = window.navigation.page
    assert isinstance(page, PackingPage)
    return page


def scan(text: str) -> None:
    """A scanner types and sends ⏎."""
    type_text(text)
    press(Qt.Key.Key_Return)


def test_from_the_paid_invoice_to_the_mail_with_part_delivery(
    shop: Shop, window: MainWindow, customer: int, opened: list[tuple[bytes, str]], qtbot: QtBot
) -> None:
    invoice = issued(shop, customer, 3, paid=True)
    page = shown(window)
    assert focused() is page.open
    assert "bezahlt" in page.open.currentIndex().data()
    page.card.edits[0].setFocus()
    page.card.edits[0].selectAll()
    type_text("2")
    page.open.setFocus()
    press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0][0].startswith(b"%PDF")
    assert focused() is page.card.scan.number
    assert shipments.of_customer(shop, customer)[0].state == ShipmentState.PACKED
    scan(DHL)
    (sent,) = shipments.of_customer(shop, customer)
    assert (sent.state, sent.tracking_numbers) == (ShipmentState.SHIPPED, (DHL,))
    (mail,) = outbox.of_document(shop, invoice)
    assert mail.state == MailState.QUEUED
    assert "verfolgen.html?piececode=" + DHL in mail.body
    assert "folgt" in mail.body
    # the rest stands on the list, and its card is ready
    assert page.card.edits[0].value == Decimal(1)
    press(Qt.Key.Key_Return)
    scan(SECOND)
    assert packing.page(shop) == ()
    assert len(outbox.of_document(shop, invoice)) == 2


def test_shipping_is_taken_back_with_one_key(shop: Shop, window: MainWindow, customer: int) -> None:
    issued(shop, customer, 1, paid=True)
    page = shown(window)
    press(Qt.Key.Key_Return)
    scan(DHL)
    assert packing.page(shop) == ()
    page.rows.setFocus()
    control(Qt.Key.Key_Z)
    assert len(packing.page(shop)) == 1
    assert shipments.of_customer(shop, customer) == ()


def test_a_wrong_check_digit_is_said_and_kept_only_when_the_owner_insists(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    issued(shop, customer, 1, paid=True)
    page = shown(window)
    press(Qt.Key.Key_Return)
    scan(WRONG)
    assert page.card.scan.number_field.problem.text()
    assert len(packing.page(shop)) == 1
    press(Qt.Key.Key_Return)
    assert packing.page(shop) == ()
    assert shipments.of_customer(shop, customer)[0].tracking_numbers == (WRONG,)


def test_several_parcels_leave_when_the_last_one_is_scanned(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    issued(shop, customer, 1, paid=True)
    page = shown(window)
    page.card.scan.count.setFocus()
    page.card.scan.count.selectAll()
    type_text("2")
    page.card.begin()
    scan(DHL)
    assert len(packing.page(shop)) == 1
    scan(DHL)
    assert page.card.scan.number_field.problem.text()
    page.card.scan.number.clear()
    scan(SECOND)
    assert shipments.of_customer(shop, customer)[0].tracking_numbers == (DHL, SECOND)


def test_a_scanner_sends_nothing_off_that_is_not_paid(shop: Shop, window: MainWindow, customer: int) -> None:
    issued(shop, customer, 1, paid=False)
    page = shown(window)
    assert "wartet auf Geld" in page.open.currentIndex().data()
    press(Qt.Key.Key_Return)
    scan(DHL)
    assert len(packing.page(shop)) == 1
    assert focused() is page.card.ship
    press(Qt.Key.Key_Space)
    assert packing.page(shop) == ()


def test_too_many_are_refused_in_words(shop: Shop, window: MainWindow, customer: int) -> None:
    issued(shop, customer, 2, paid=True)
    page = shown(window)
    page.card.edits[0].setFocus()
    page.card.edits[0].selectAll()
    type_text("5")
    page.card.begin()
    scan(DHL)
    assert len(packing.page(shop)) == 1
    assert "2" in page.card.problem.text()
    page.card.edits[0].setFocus()
    page.card.edits[0].selectAll()
    type_text("2")
    page.card.begin()
    press(Qt.Key.Key_Return)
    assert packing.page(shop) == ()


def test_marked_ones_are_printed_in_one_file(
    shop: Shop, window: MainWindow, customer: int, opened: list[tuple[bytes, str]], qtbot: QtBot
) -> None:
    import pypdfium2

    for quantity in (1, 2):
        issued(shop, customer, quantity, paid=True)
    page = shown(window)
    page.open.mark([each.document_id for each in packing.page(shop)])
    press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: bool(opened))
    widths = [round(each.get_width() / 72 * 25.4) for each in pypdfium2.PdfDocument(opened[0][0])]
    assert widths == [210, 210, 105, 105]


def test_a_shipment_is_found_by_its_number_and_corrected(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    document_id = issued(shop, customer, 1, paid=True)
    page = shown(window)
    press(Qt.Key.Key_Return)
    scan(WRONG)
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_F)
    type_text(WRONG[-6:])
    press(Qt.Key.Key_Down)
    page.left.reload()
    page.left.setCurrentIndex(page.left.rows.index(0, 0))
    page.shipped_card.scan.drop(WRONG)
    scan(DHL)
    assert shipments.of_customer(shop, customer)[0].tracking_numbers == (DHL,)
    mails = outbox.of_document(shop, document_id)
    assert [DHL in mail.body for mail in mails if mail.state != MailState.CANCELLED] == [True]


def test_what_was_shipped_by_mistake_is_to_be_shipped_again_with_del(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    document_id = issued(shop, customer, 1, paid=True)
    page = shown(window)
    press(Qt.Key.Key_Return)
    scan(DHL)
    control(Qt.Key.Key_F)
    press(Qt.Key.Key_Down)
    page.left.setCurrentIndex(page.left.rows.index(0, 0))
    press(Qt.Key.Key_Delete)
    assert [each.document_id for each in packing.page(shop)] == [document_id]
    assert page.left.rows.rowCount() == 0
    control(Qt.Key.Key_Z)
    assert packing.page(shop) == ()


def test_each_parcel_gets_its_label(
    shop: Shop, window: MainWindow, customer: int, opened: list[tuple[bytes, str]], qtbot: QtBot
) -> None:
    import pypdfium2

    issued(shop, customer, 1, paid=True)
    page = shown(window)
    page.card.scan.count.setFocus()
    page.card.scan.count.selectAll()
    type_text("3")
    page.open.setFocus()
    press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: bool(opened))
    text = "".join(each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(opened[0][0]))
    assert all(f"Paket {at} von 3" in text for at in (1, 2, 3))


def test_needs_no_shipping_in_one_key(shop: Shop, window: MainWindow, customer: int) -> None:
    issued(shop, customer, 1, paid=True)
    page = shown(window)
    press(Qt.Key.Key_E)
    assert packing.page(shop) == ()
    assert page.lists["open"].currentWidget() is not page.open
    control(Qt.Key.Key_Z)
    assert len(packing.page(shop)) == 1


def test_the_side_bar_shows_shipping_with_the_first_paid_parcel(
    shop: Shop, window: MainWindow, customer: int, qtbot: QtBot
) -> None:
    window.open_page("today")
    button = window.side_bar._buttons["packing"]
    assert button.isHidden()
    issued(shop, customer, 1, paid=True)
    qtbot.waitUntil(lambda: not button.isHidden())


def test_a_label_scanned_into_the_universal_input_ships_what_is_packed(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    issued(shop, customer, 1, paid=True, text="Kissen")
    packed = issued(shop, customer, 2, paid=True)
    shipments.pack(shop, packed)
    window.open_page("today")
    press(Qt.Key.Key_F9)
    scan(DHL)
    (sent,) = [each for each in shipments.of_customer(shop, customer) if not each.is_in_the_house]
    assert (sent.document_id, sent.tracking_numbers) == (packed, (DHL,))
    assert len(outbox.of_document(shop, packed)) == 1
    press(Qt.Key.Key_F9)
    scan(DHL)
    page = window.navigation.page
    assert isinstance(page, CustomerPage)
    card = page.findChild(ShipmentsCard)
    assert card is not None
    assert not card.isHidden()


def test_with_several_parcels_a_scan_ships_none_of_them_by_itself(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    for quantity in (1, 2):
        issued(shop, customer, quantity, paid=True)
    window.open_page("today")
    press(Qt.Key.Key_F9)
    scan(DHL)
    page = window.navigation.page
    assert isinstance(page, PackingPage)
    assert len(packing.page(shop)) == 2
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return)
    assert len(packing.page(shop)) == 1
    assert shipments.of_customer(shop, customer)[0].tracking_numbers == (DHL,)


def test_the_owners_shipping_mail_is_saved_and_refused_with_an_unknown_gap(
    shop: Shop, window: MainWindow, customer: int
) -> None:
    window.open_page("settings", "shipping")
    page = window.navigation.page
    assert isinstance(page, SettingsPage)
    section = page.sections["shipping"]
    assert isinstance(section, ShippingSection)
    section.subject.setText("Unterwegs: {{ number }}")
    assert section.save()
    assert packing.rules(shop).text_in("de").subject == "Unterwegs: {{ number }}"
    section.subject.setText("{{ unsinn }}")
    assert not section.save()
    assert "{{ unsinn }}" not in packing.rules(shop).text_in("de").subject
    section.revert()
    section.reset()
    assert section.save()
    assert packing.rules(shop).texts == ()


def test_heute_tells_what_is_paid_and_still_here(shop: Shop, window: MainWindow, customer: int) -> None:
    document_id = issued(shop, customer, 1, paid=False)
    early = shop.clock.today() - dt.timedelta(days=5)
    part = paid_in_full(payments.accounts(shop, [document_id])[document_id], early)
    payments.book(shop, Payment(early, part.amount, customer_id=customer), [part])
    (row,) = [each for each in today.items(shop) if each.kind == TodayKind.UNSHIPPED]
    window.open_page("packing", row.reference)
    page = window.navigation.page
    assert isinstance(page, PackingPage)
    assert focused() is page.card.scan.number
    scan(DHL)
    assert not [each for each in today.items(shop) if each.kind == TodayKind.UNSHIPPED]
