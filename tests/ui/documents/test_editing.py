"""Typing a document with the keyboard alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, LineKind
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.ui.documents.model import Column
from shopdesk.usecases import documents
from shopdesk.usecases.shop import Shop
from tests.ui.documents.conftest import Desk

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def _focused() -> QLineEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    return focused


def test_an_article_is_taken_with_the_first_enter_and_the_next_row_waits(
    desk: Desk, caller: Customer
) -> None:
    desk.begin(customer=caller)
    desk.enter("2 rollm 80x190")
    (line,) = desk.document.lines
    assert (line.text, line.quantity) == ("Rollmatratze 80 × 190 cm", Decimal(2))
    assert line.unit_price == Decimal("122.60")
    assert line.weight_grams == 7600
    assert _focused().text() == ""
    assert desk.page.editor is not None
    assert desk.page.editor.lines.row == 1


def test_free_text_leads_to_quantity_price_and_the_next_row(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    desk.enter("Sonderanfertigung nach Zeichnung")
    assert _focused().text() == "1"
    _focused().selectAll()
    desk.enter("3", "1.234,50")
    desk.enter("Zweite Zeile 12,50")
    first, second = desk.document.lines
    assert (first.quantity, first.unit_price) == (Decimal(3), Decimal("1234.50"))
    assert (second.text, second.unit_price) == ("Zweite Zeile", Decimal("12.50"))
    assert _focused().text() == ""


@pytest.mark.parametrize(
    ("typed", "price"),
    [("89,-", "89"), ("3*24,99", "74.97"), ("1.234", "1234"), ("12.50", "12.50"), ("100-10%", "90")],
)
def test_prices_are_typed_the_german_way(desk: Desk, caller: Customer, typed: str, price: str) -> None:
    desk.begin(customer=caller)
    desk.enter("2 Sonderwunsch", typed)
    assert desk.document.lines[0].unit_price == Decimal(price)


def test_a_price_that_cannot_be_read_keeps_the_cell_open_and_says_why(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    desk.enter("2 Sonderwunsch", "1,2,3")
    assert _focused().text() == "1,2,3"
    assert "1,2,3" in desk.window.toasts.toasts[-1].message
    assert desk.document.lines[0].unit_price is None


def test_escape_closes_the_offers_and_enter_then_takes_the_text_as_it_stands(
    desk: Desk, caller: Customer
) -> None:
    desk.begin(customer=caller)
    desk.type("Rollmatratze")
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Return)
    assert desk.document.lines[0].text == "Rollmatratze"
    assert desk.document.lines[0].article_code == ""


def test_what_only_sounds_alike_is_not_taken_unasked(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    desk.enter("Rollmatratze Sonderfarbe lila")
    assert desk.document.lines[0].text == "Rollmatratze Sonderfarbe lila"


def test_lines_are_moved_doubled_and_deleted_by_keys_and_all_of_it_is_undone(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Eins 1,00", "Zwei 2,00")
    assert page.editor is not None
    page.editor.lines.go(1)
    desk.press(Key.Key_Up, ALT)
    assert [line.text for line in desk.document.lines] == ["Zwei", "Eins"]
    desk.press(Key.Key_D, CONTROL)
    assert [line.text for line in desk.document.lines] == ["Zwei", "Zwei", "Eins"]
    desk.press(Key.Key_Delete, CONTROL)
    desk.press(Key.Key_Delete, CONTROL)
    assert [line.text for line in desk.document.lines] == ["Zwei"]
    for _ in range(4):
        desk.press(Key.Key_Z, CONTROL)
    assert [line.text for line in desk.document.lines] == ["Eins", "Zwei"]


def test_postage_goes_to_the_customers_country_and_packaging_goes_with_the_goods(
    desk: Desk, caller: Customer
) -> None:
    desk.begin(customer=caller)
    desk.enter("2 rollm 80x190")
    desk.press(Key.Key_1, ALT)
    desk.press(Key.Key_2, ALT)
    kinds = [(line.kind, line.text) for line in desk.document.lines[1:]]
    assert kinds == [
        (LineKind.POSTAGE, "Versand DHL Paket Bulgarien"),
        (LineKind.PACKAGING, "Verpackung Rollware"),
    ]


def test_the_vat_column_shows_only_when_rates_differ(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    lines = page.editor.lines
    assert lines.isColumnHidden(Column.VAT)
    lines.go(0)
    lines.set_vat_rate(Decimal(7))
    lines.go_to_new_line()
    desk.enter("Sonderkissen 10,00")
    assert not lines.isColumnHidden(Column.VAT)


def test_a_discount_of_a_line_is_shown(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    page.editor.lines.go(0)
    page.editor.lines.give_discount()
    desk.enter("10 %")
    assert desk.document.lines[0].discount_percent == 10
    assert not page.editor.lines.isColumnHidden(Column.DISCOUNT)
    assert page.editor.totals.total.text() == "90,00\N{NO-BREAK SPACE}€"


def test_the_total_is_large_and_names_the_vat(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 256,25")
    assert page.editor is not None
    assert page.editor.totals.total.text() == "256,25\N{NO-BREAK SPACE}€"
    assert page.editor.totals.vat.text() == "inkl. 40,91\N{NO-BREAK SPACE}€ USt 19\N{NO-BREAK SPACE}%"
    assert "Bulgarien" in page.editor.totals.tax.text()


@pytest.mark.parametrize(
    ("typed", "day", "month"),
    [
        ("11/2026", None, "2026-11"),
        ("Dezember", None, "2026-12"),
        ("wie Rechnungsdatum", dt.date(2026, 11, 23), ""),
        ("+7", dt.date(2026, 11, 30), ""),
    ],
)
def test_delivery_is_a_day_a_month_or_as_dated(
    desk: Desk, caller: Customer, typed: str, day: dt.date | None, month: str
) -> None:
    page = desk.begin(customer=caller)
    assert page.editor is not None
    page.editor.header.delivery.setFocus()
    desk.enter(typed)
    assert (desk.document.delivery_date, desk.document.delivery_month) == (day, month)


def test_the_due_date_counts_from_the_date_and_moves_with_it(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    assert page.editor is not None
    page.editor.header.due.setFocus()
    page.editor.header.due.selectAll()
    desk.enter("+14")
    assert desk.document.due == dt.date(2026, 12, 7)
    page.editor.header.date.setFocus()
    page.editor.header.date.selectAll()
    desk.enter("24.11.")
    assert desk.document.due == dt.date(2026, 12, 8)
    assert page.editor.header.due.text() == "08.12.2026"


def test_the_customer_is_found_by_a_hint_and_taken_with_enter(desk: Desk, caller: Customer) -> None:
    page = desk.begin()
    assert page.editor is not None
    assert QApplication.focusWidget() is page.editor.header.customer.edit
    desk.enter("ivan")
    assert desk.document.customer_id == caller.id
    assert desk.document.recipient.name == "Desislava Ivanova"


def test_a_draft_saves_itself_and_survives_a_killed_program(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.session is not None
    with qtbot.waitSignal(page.session.saved, timeout=3000):
        pass
    # another program reads the file while this one is still running: what a kill leaves behind
    other = Shop(desk.shop.place, desk.shop.clock, FakePost(), SessionKeychain(), FakeMailProgram())
    (row,) = documents.page(other, desk.document.kind)
    assert documents.load(other, row.id).lines[0].text == "Sonderbett"
    other.close()
    assert "automatisch gespeichert" in page.bar.subtitle.text()


def test_leaving_the_page_keeps_what_stands_in_the_open_cell(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    desk.type("Halb getippt")
    desk.window.open_page("invoices")
    (row,) = documents.page(desk.shop, DocumentKind.INVOICE)
    assert documents.load(desk.shop, row.id).lines[0].text == "Halb getippt"


def test_going_back_to_a_new_draft_finds_it_instead_of_beginning_another(
    desk: Desk, caller: Customer
) -> None:
    desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    desk.window.open_page("invoices")
    desk.window.back()
    assert [line.text for line in desk.document.lines] == ["Sonderbett"]
    assert len(documents.page(desk.shop, DocumentKind.INVOICE)) == 1


def test_a_draft_changed_elsewhere_is_never_written_over(desk: Desk, caller: Customer) -> None:
    from dataclasses import replace

    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.session is not None
    assert page.session.save()
    stored = documents.load(desk.shop, page.session.document_id or 0)
    page.session.edit(replace(page.session.document, tax_note="hier"))
    documents.save_draft(desk.shop, replace(stored, tax_note="dort"))
    assert not page.session.save()
    assert "Anderswo geändert" in page.bar.subtitle.text()
    assert documents.load(desk.shop, stored.id or 0).tax_note == "dort"
    page.load_newer()
    assert desk.document.tax_note == "dort"


def test_postage_of_mixed_goods_names_both_rates(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00", "schlafratg", "Porto extra 10,00")
    assert page.editor is not None
    model = page.editor.lines.lines
    assert [model.index(row, Column.VAT).data() for row in range(3)] == [
        "19\N{NO-BREAK SPACE}%",
        "7\N{NO-BREAK SPACE}%",
        "19 / 7\N{NO-BREAK SPACE}%",
    ]


def test_undo_reaches_the_document_from_a_field_with_nothing_to_undo(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    page.editor.header.due.setFocus()
    desk.press(Key.Key_Z, CONTROL)
    desk.press(Key.Key_Z, CONTROL)
    assert desk.document.lines == ()


def test_a_quote_is_marked_under_quotes(desk: Desk, caller: Customer) -> None:
    assert desk.begin("quote", caller).belongs_under == "quotes"
    assert desk.begin("invoice", caller).belongs_under == "invoices"


def test_a_new_customer_is_made_from_what_was_typed_and_the_document_goes_on(desk: Desk) -> None:
    page = desk.begin()
    desk.enter("Petra Neumann, Gartenweg 3, 37075 Göttingen")
    assert desk.document.recipient.name == "Petra Neumann"
    assert desk.document.recipient.address.city == "Göttingen"
    assert desk.document.customer_id is not None
    assert page.editor is not None
    assert QApplication.focusWidget() is not page.editor.header.customer.edit


def test_a_draft_follows_its_customer_until_it_is_issued(desk: Desk, caller: Customer) -> None:
    from dataclasses import replace

    from shopdesk.usecases import customers

    desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    desk.window.open_page("invoices")
    town = replace(caller.address, city="Sofia")
    customers.save(desk.shop, replace(caller, address=town, emails=("neu@example.org",)))
    desk.window.back()
    assert desk.document.recipient.address.city == "Sofia"
    assert desk.document.recipient.email == "d.ivanova@example.org"


def test_where_there_is_little_room_more_has_the_whole_width_and_what_is_wrong_leads_back_to_the_lines(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    desk.window.resize(760, 720)
    assert page.editor is not None
    page.toggle_more()
    assert page.editor.left.isHidden()
    assert page.editor.more.isVisible()
    page.editor.focus_on("lines[0].unit_price")
    assert page.editor.left.isVisible()
    assert QApplication.focusWidget() is page.editor.lines.editor()


def test_the_customer_is_chosen_and_the_next_thing_typed_is_what_he_wants(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin()
    desk.type("Ivanova")
    desk.press(Key.Key_Return)
    assert desk.document.customer_id == caller.id
    desk.enter("2 rollm 80x190")
    assert desk.document.lines[0].quantity == Decimal(2)
    assert page.editor is not None
    page.editor.header.customer.edit.setFocus()
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is page.editor.header.date  # Tab still goes through the head


def test_a_bar_code_scanned_into_the_quantity_is_refused(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    desk.enter("Sonderwunsch nach Zeichnung")
    _focused().selectAll()
    desk.enter("4006381333931")
    assert desk.document.lines[0].quantity == Decimal(1)
    assert _focused().text() == "4006381333931"
