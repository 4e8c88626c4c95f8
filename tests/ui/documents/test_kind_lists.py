"""Every kind in the lists, in search and palette, on the customer's page and in the settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Fate,
    LineKind,
)
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.list_page import DeliveryNotesPage, InvoicesPage, QuotesPage
from shopdesk.ui.settings.letter_words import LetterWords
from shopdesk.ui.settings.mail_texts_section import MailTextsSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.start import used_pages
from shopdesk.usecases import chains, documents
from tests.ui.documents.conftest import BED, Desk, Issue

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
Kind = DocumentKind

# The lists


def test_the_lists_show_their_kinds_and_filter_by_one(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED)
    order = issued(chains.follow_up(desk.shop, quote.id or 0, Kind.ORDER_CONFIRMATION))
    issued(chains.follow_up(desk.shop, order.id or 0, Kind.DELIVERY_NOTE))
    issued(chains.follow_up(desk.shop, order.id or 0, Kind.DEPOSIT_INVOICE))
    desk.window.open_page("quotes")
    page = desk.window.navigation.page
    assert isinstance(page, QuotesPage)
    assert page.rows.rows.rowCount() == 2
    page.choose_kind(Kind.ORDER_CONFIRMATION)
    assert page.rows.rows.rowCount() == 1
    desk.window.open_page("invoices")
    page = desk.window.navigation.page
    assert isinstance(page, InvoicesPage)
    assert page.rows.rows.rowCount() == 1
    desk.window.open_page("delivery_notes")
    page = desk.window.navigation.page
    assert isinstance(page, DeliveryNotesPage)
    assert page.rows.rows.rowCount() == 1


def test_a_list_of_several_kinds_is_read_in_pages_without_gaps_or_doubles(desk: Desk, issued: Issue) -> None:
    made = [issued(Kind.QUOTE if number % 2 else Kind.ORDER_CONFIRMATION, BED).id for number in range(7)]
    seen: list[int] = []
    cursor = None
    while True:
        rows = documents.page_of_kinds(desk.shop, kinds.OFFERING, None, cursor, 2)
        seen += [row.id for row in rows]
        if len(rows) < 2:
            break
        cursor = (rows[-1].sort_key, rows[-1].id)
    assert seen == sorted((each or 0 for each in made), reverse=True)
    back: list[int] = []
    cursor = None
    while len(back) < len(made):
        rows = documents.page_of_kinds(desk.shop, kinds.OFFERING, None, cursor, 2, back=True)
        back[:0] = [row.id for row in rows]
        cursor = (rows[0].sort_key, rows[0].id)
    assert back == seen


def test_what_became_of_a_document_stands_in_its_row(desk: Desk, issued: Issue) -> None:
    def fate(document: Document) -> Fate:
        rows = documents.page(desk.shop, document.kind)
        return next(row.fate for row in rows if row.id == document.id)

    quote = issued(Kind.QUOTE, BED)
    assert fate(quote) == Fate.NONE
    order = issued(chains.follow_up(desk.shop, quote.id or 0, Kind.ORDER_CONFIRMATION))
    assert fate(quote) == Fate.ACCEPTED
    deposit = issued(chains.follow_up(desk.shop, order.id or 0, Kind.DEPOSIT_INVOICE))
    final = issued(chains.follow_up(desk.shop, deposit.id or 0, Kind.FINAL_INVOICE))
    assert (fate(deposit), fate(order)) == (Fate.DEDUCTED, Fate.BILLED)
    cancellation = issued(chains.follow_up(desk.shop, final.id or 0, Kind.CANCELLATION))
    assert (fate(final), fate(deposit)) == (Fate.CANCELLED, Fate.NONE)
    issued(chains.follow_up(desk.shop, cancellation.id or 0, Kind.INVOICE))
    assert fate(cancellation) == Fate.REPLACED
    bill = issued(Kind.INVOICE, BED)
    part = chains.follow_up(desk.shop, bill.id or 0, Kind.CREDIT_NOTE)
    issued(part)
    assert fate(bill) == Fate.CORRECTED
    desk.window.open_page("invoices")
    page = desk.window.navigation.page
    assert isinstance(page, InvoicesPage)
    spoken = [str(page.rows.rows.index(row).data()) for row in range(page.rows.rows.rowCount())]
    assert any("storniert" in each for each in spoken)
    assert any("korrigiert" in each for each in spoken)


def test_the_page_of_delivery_notes_is_there_once_there_is_one(desk: Desk, issued: Issue) -> None:
    assert "delivery_notes" not in used_pages(desk.shop)
    issued(Kind.DELIVERY_NOTE, BED)
    assert "delivery_notes" in used_pages(desk.shop)


def test_the_key_works_on_the_row_of_a_list(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED)
    desk.window.open_page("quotes")
    desk.press(Key.Key_F4)
    assert (desk.document.kind, desk.document.follows_id) == (Kind.INVOICE, quote.id)


def test_the_key_works_on_the_customers_page(desk: Desk, issued: Issue, caller: Customer) -> None:
    quote = issued(Kind.QUOTE, BED)
    desk.window.open_customer(caller.id or 0)
    desk.press(Key.Key_F4)
    assert (desk.document.kind, desk.document.follows_id) == (Kind.INVOICE, quote.id)


@pytest.mark.parametrize("kind", ["order_confirmation", "delivery_note", "deposit_invoice", "final_invoice"])
def test_the_palette_begins_any_kind(desk: Desk, kind: str) -> None:
    names = {command.title: command.run for command in desk.window._available()}
    from shopdesk.ui.shell.shortcuts import shortcut

    names[desk.window.texts.gettext(shortcut(f"new_{kind}").title)]()
    assert desk.document.kind == Kind(kind)


@pytest.mark.parametrize("kind", sorted(Kind))
def test_every_kind_is_found_by_its_name_and_number(desk: Desk, issued: Issue, kind: Kind) -> None:
    from shopdesk.usecases import search

    if kind in {Kind.CREDIT_NOTE, Kind.CANCELLATION, Kind.PAYMENT_REMINDER}:
        bill = issued(Kind.INVOICE, BED)
        made = issued(chains.follow_up(desk.shop, bill.id or 0, kind))
    else:
        made = issued(kind, BED)
    assert made.id in [found.id for found in search.find(desk.shop, made.number) if found.type == "document"]
    page = kinds.page_of(kind)
    listed = {"quotes": kinds.OFFERING, "invoices": kinds.BILLING, "delivery_notes": kinds.DELIVERING}[page]
    assert made.id in [row.id for row in documents.find_in(desk.shop, listed, made.number)]


def test_every_kind_has_words_an_icon_and_a_list() -> None:
    assert set(kinds.WORDS) == set(Kind)
    assert {*kinds.OFFERING, *kinds.BILLING, *kinds.DELIVERING} == set(Kind)


def test_postage_of_a_deposit_is_nobodys_matter(desk: Desk, caller: Customer) -> None:
    page = desk.begin("deposit_invoice", caller)
    assert page.editor is not None
    assert page.editor._offers() == ()
    assert LineKind.POSTAGE not in {line.kind for line in desk.document.lines}


# On the customer's page and in the settings


def test_the_customers_page_shows_kinds_and_what_became_of_them(
    desk: Desk, issued: Issue, caller: Customer
) -> None:
    bill = issued(Kind.INVOICE, BED)
    issued(chains.follow_up(desk.shop, bill.id or 0, Kind.CANCELLATION))
    note = chains.follow_up(desk.shop, issued(Kind.ORDER_CONFIRMATION, BED).id or 0, Kind.DELIVERY_NOTE)
    issued(note)
    desk.window.open_customer(caller.id or 0)
    page = desk.window.navigation.page
    assert isinstance(page, CustomerPage)
    card = page.existing.documents.rows.rows
    spoken = [str(card.index(row).data()) for row in range(card.rowCount())]
    assert any(bill.number in each and "storniert" in each for each in spoken)
    assert any("Lieferschein" in each for each in spoken)
    timeline = page.existing.timeline
    assert timeline.rows.rows.rowCount() == 4
    for chosen, number in (("invoices", 2), ("delivery_notes", 1), ("quotes", 1), ("document", 4)):
        timeline.filter.set_value(chosen)
        timeline.filter.chosen.emit()
        assert timeline.rows.rows.rowCount() == number, chosen


def test_the_key_means_the_document_that_the_timeline_stands_on(
    desk: Desk, issued: Issue, caller: Customer
) -> None:
    quote = issued(Kind.QUOTE, BED)
    issued(Kind.INVOICE, BED)
    desk.window.open_customer(caller.id or 0)
    page = desk.window.navigation.page
    assert isinstance(page, CustomerPage)
    rows = page.existing.timeline.rows
    rows.setFocus()
    while (entry := rows.current()) is not None and entry.document_id != quote.id:
        desk.press(Key.Key_J)
    desk.press(Key.Key_F4)
    assert (desk.document.kind, desk.document.follows_id) == (Kind.INVOICE, quote.id)


@pytest.mark.parametrize("kind", sorted(Kind))
def test_every_kind_has_its_letter_and_mail_texts_in_the_settings(desk: Desk, kind: Kind) -> None:
    words = LetterWords(desk.window.texts)
    desk.qtbot.addWidget(words)
    assert words.kind.findData(kind.value) >= 0
    desk.window.open_page("settings")
    page = desk.window.navigation.page
    assert isinstance(page, SettingsPage)
    mails = page.sections["mail_texts"]
    assert isinstance(mails, MailTextsSection)
    mails.kind.set_value(kind.value)
    mails.kind.chosen.emit()
    assert mails.subject.text()
    assert "{{ greeting }}" in mails.text.toPlainText()
