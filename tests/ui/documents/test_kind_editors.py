"""The editor of each kind, and the chain above it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import (
    DocumentKind,
    LineOption,
)
from shopdesk.domain.totals import totals
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.model import Column
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.usecases import chains
from tests.ui.documents.conftest import BED, Desk, Issue

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
Kind = DocumentKind
CONTROL = Qt.KeyboardModifier.ControlModifier

# The editor of each kind


def test_a_delivery_note_shows_no_prices_and_asks_for_none(desk: Desk, caller: Customer) -> None:
    page = desk.begin("delivery_note", caller)
    assert page.editor is not None
    lines = page.editor.lines
    assert lines.isColumnHidden(Column.PRICE)
    assert lines.isColumnHidden(Column.TOTAL)
    assert "due" not in page.editor.header.fields
    assert page.editor.totals.total.isHidden()
    desk.enter("Boxspringbett", "2")
    assert lines.row == 1  # the next line, not a price
    assert desk.document.lines[0].quantity == 2


@pytest.mark.parametrize(
    ("kind", "there", "missing"),
    [
        (Kind.QUOTE, {"due"}, {"reason", "level"}),
        (Kind.ORDER_CONFIRMATION, {"delivery_date"}, {"due", "reason"}),
        (Kind.DEPOSIT_INVOICE, {"due"}, {"reason", "level"}),
        (Kind.FINAL_INVOICE, {"due"}, {"reason", "level"}),
    ],
)
def test_each_kind_has_the_fields_that_make_sense(
    desk: Desk, caller: Customer, kind: Kind, there: set[str], missing: set[str]
) -> None:
    page = desk.begin(kind.value, caller)
    assert page.editor is not None
    assert there <= set(page.editor.header.fields)
    assert not missing & set(page.editor.header.fields)
    assert kinds.name(kind, desk.window.texts) in page.title


def test_a_payment_reminder_lists_what_is_open_and_has_a_level(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.PAYMENT_REMINDER)
    editor = desk.page.editor
    assert editor is not None
    assert editor.bills is not None
    assert bill.number in editor.bills.grid.accessibleName()
    assert "1.190,00" in editor.bills.grid.accessibleName()
    assert editor.header.level_field.hasFocus()
    desk.press(Key.Key_Down)
    assert editor.header.level is not None
    editor.header.level.chosen.emit()
    assert desk.document.reminder is not None
    assert desk.document.reminder.level == 2


def test_a_key_makes_a_line_of_a_quote_optional_then_alternative_then_ordinary(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin("quote", caller)
    desk.enter("Sonderbett 100,00", "Topper 50,00")
    assert page.editor is not None
    page.editor.lines.go(1)
    seen = []
    for _ in range(3):
        desk.press(Key.Key_O, CONTROL)
        seen.append(desk.document.lines[1].option)
    assert seen == [LineOption.OPTIONAL, LineOption.ALTERNATIVE, LineOption.NONE]
    desk.press(Key.Key_O, CONTROL)
    assert page.session is not None
    assert (
        page.session.totals.net
        == totals(replace(page.session.settled, lines=page.session.settled.lines[:1])).net
    )
    assert "optional" in page.editor.lines.lines.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_invoice_has_no_optional_lines(desk: Desk, caller: Customer) -> None:
    page = desk.begin("invoice", caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    page.editor.lines.go(0)
    desk.press(Key.Key_O, CONTROL)
    assert desk.document.lines[0].option == LineOption.NONE


def test_a_final_invoice_shows_the_job_its_deposits_and_the_rest(desk: Desk, issued: Issue) -> None:
    order = issued(Kind.ORDER_CONFIRMATION, BED)
    deposit = issued(chains.follow_up(desk.shop, order.id or 0, Kind.DEPOSIT_INVOICE))
    desk.window.open_document(deposit.id or 0)
    desk.press(Key.Key_F4)
    editor = desk.page.editor
    assert editor is not None
    shown = editor.deposits.accessibleName().replace("\u00a0", " ").replace("−", "-")
    for expected in ("1.190,00 €", deposit.number, "-357,00 €", "833,00 €"):
        assert expected in shown
    assert "833,00" in editor.totals.total.text()


# The chain


def test_the_strip_shows_the_story_and_enter_opens_a_document_of_it(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED)
    bill = issued(chains.follow_up(desk.shop, quote.id or 0, Kind.INVOICE))
    desk.window.open_document(bill.id or 0)
    strip = desk.page.chain
    assert [quote.number in strip.links[0].accessibleName(), bill.number in strip.links[1].accessibleName()] == [
        True, True,
    ]  # fmt: skip
    strip.links[0].setFocus()
    desk.press(Key.Key_Return)
    assert desk.document.id == quote.id


def test_a_cancelled_document_is_struck_through_in_the_strip(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    issued(chains.follow_up(desk.shop, bill.id or 0, Kind.CANCELLATION))
    desk.window.open_document(bill.id or 0)
    assert [link.font().strikeOut() for link in desk.page.chain.links] == [True, False]


def test_a_document_alone_has_no_strip(desk: Desk, issued: Issue) -> None:
    desk.window.open_document(issued(Kind.INVOICE, BED).id or 0)
    assert desk.page.chain.isHidden()


def test_a_final_invoice_begun_freely_offers_the_customers_deposits(
    desk: Desk, issued: Issue, caller: Customer
) -> None:
    deposit = issued(Kind.DEPOSIT_INVOICE, replace(BED, unit_price=Decimal("357.00")))
    page = desk.begin("final_invoice", caller)
    desk.enter("Boxspringbett 1190,00")
    editor = page.editor
    assert editor is not None
    chip = next(
        c for c in editor.totals.suggestions.findChildren(ChipButton) if deposit.number in c.accessibleName()
    )
    chip.click()
    assert desk.document.numbers == (deposit.number,)
    assert "833,00" in editor.totals.total.text()
    assert not editor.deposit_offers.chips()
    desk.page.undo()
    assert not desk.document.numbers


@pytest.mark.parametrize("kind", sorted(Kind))
@pytest.mark.parametrize("scale", [100, 150])
def test_the_editor_of_every_kind_fits_and_names_everything(
    desk: Desk, issued: Issue, theme: Theme, kind: Kind, scale: int
) -> None:
    theme.choose("light", scale)
    try:
        origin = issued(Kind.ORDER_CONFIRMATION, BED)
        if kind in {Kind.CREDIT_NOTE, Kind.CANCELLATION, Kind.PAYMENT_REMINDER}:
            origin = issued(Kind.INVOICE, BED)
        if kind == Kind.FINAL_INVOICE:
            origin = issued(chains.follow_up(desk.shop, origin.id or 0, Kind.DEPOSIT_INVOICE))
        if kind in {Kind.QUOTE, Kind.ORDER_CONFIRMATION}:
            desk.begin(kind.value)
        else:
            draft = chains.follow_up(desk.shop, origin.id or 0, kind)
            desk.window.open_document(draft.id or 0)
        assert desk.document.kind == kind
        QApplication.processEvents()
        least = desk.window.minimumSizeHint()
        assert least.width() <= 1280
        assert least.height() <= (720 if scale == 100 else 980)
        nameless = [
            type(widget).__name__
            for widget in desk.page.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not isinstance(widget, QScrollBar)
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
        ]  # fmt: skip
        assert not nameless
    finally:
        theme.choose("light", 100)
