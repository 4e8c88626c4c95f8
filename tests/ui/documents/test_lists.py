"""The lists of quotes and invoices, and the preview."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, DocumentState, Line
from shopdesk.ui.documents.list_page import InvoicesPage
from shopdesk.usecases import documents
from tests.ui.documents.conftest import Desk


def _draft(desk: Desk, customer: Customer, text: str) -> int:
    draft = documents.start(desk.shop, DocumentKind.INVOICE, customer.id)
    draft = documents.save_draft(desk.shop, replace(draft, lines=(Line(text=text),)))
    return draft.id or 0


def _list(desk: Desk) -> InvoicesPage:
    desk.window.open_page("invoices")
    page = desk.window.navigation.page
    assert isinstance(page, InvoicesPage)
    return page


def test_an_empty_list_offers_the_first_document(desk: Desk) -> None:
    page = _list(desk)
    assert page.list.currentWidget() is page.list.empty


def test_enter_opens_the_row(desk: Desk, caller: Customer) -> None:
    draft_id = _draft(desk, caller, "Sonderbett")
    page = _list(desk)
    page.rows.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.document.id == draft_id


def test_the_list_is_filtered_by_state_and_search(desk: Desk, caller: Customer) -> None:
    _draft(desk, caller, "Sonderbett")
    _draft(desk, caller, "Lattenrost")
    page = _list(desk)
    assert page.rows.rows.rowCount() == 2
    page.search.setText("Lattenrost")
    page.search.search_now()
    assert page.rows.rows.rowCount() == 1
    page.search.clear()
    page.choose(DocumentState.ISSUED)
    page.search.search_now()
    assert page.rows.rows.rowCount() == 0


def test_e_throws_a_draft_away_and_undo_brings_it_back(desk: Desk, caller: Customer) -> None:
    _draft(desk, caller, "Sonderbett")
    page = _list(desk)
    page.rows.setFocus()
    desk.press(Qt.Key.Key_E)
    assert page.rows.rows.rowCount() == 0
    desk.window.toasts.undo()
    page.reload()
    assert page.rows.rows.rowCount() == 1


def test_the_preview_shows_what_is_typed_even_without_a_customer(desk: Desk, qtbot: QtBot) -> None:
    page = desk.begin()
    assert page.editor is not None
    page.editor.lines.go_to_new_line()
    desk.enter("Sonderbett aus Eiche 100,00")
    preview = page.editor.preview
    qtbot.waitUntil(lambda: preview.drawn is not None and "Sonderbett" in preview.drawn.text, timeout=5000)
    assert preview.drawn is not None
    assert "Sonderbett" in preview.sheets.accessibleDescription()
    assert preview.drawn.pdf.startswith(b"%PDF")
    data = preview.sheets.as_file()
    assert data.urls()[0].toLocalFile().endswith(".pdf")


def test_the_preview_keeps_its_place_while_typing_goes_on(desk: Desk, caller: Customer, qtbot: QtBot) -> None:
    page = desk.begin(customer=caller)
    desk.enter(*(f"Zeile {number} 1,00" for number in range(1, 40)))
    assert page.editor is not None
    preview = page.editor.preview
    qtbot.waitUntil(lambda: preview.drawn is not None and len(preview.drawn.pages) > 1, timeout=5000)
    preview.viewer.verticalScrollBar().setValue(200)
    before = preview.drawn
    desk.enter("Noch eine 1,00")
    qtbot.waitUntil(lambda: preview.drawn is not before, timeout=5000)
    assert preview.viewer.verticalScrollBar().value() == 200
