"""From one document to the next by keyboard: the key, the menu, what is asked first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from shopdesk.domain.customers import Customer
from shopdesk.domain.document_kinds import SUCCESSORS
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Line,
    LineOption,
    Means,
    Prepayment,
)
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.ui.documents.ask_cancellation import AskCancellation, consequences
from shopdesk.ui.documents.ask_deposit import AskDeposit, Part, read_part
from shopdesk.ui.documents.ask_options import AskOptions
from shopdesk.ui.documents.model import Column
from shopdesk.ui.documents.questions import Question
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.usecases import chains, documents
from tests.ui.documents.conftest import BED, OTHER_BED, TOPPER, Desk, Issue

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
Kind = DocumentKind
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _question(desk: Desk, kind: type[Question]) -> Question:
    page = desk.window.navigation.page
    assert page is not None
    question = next(found for found in reversed(page.findChildren(kind)) if found.isVisible())
    desk.qtbot.waitUntil(question.isActiveWindow)
    return question


def _menu(desk: Desk) -> QMenu:
    desk.press(Key.Key_F4, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _offered(menu: QMenu) -> list[str]:
    found = [str(action.data()) for action in menu.actions() if action.data()]
    menu.close()
    return found


# From one document to the next


@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.ORDER_CONFIRMATION, Kind.DELIVERY_NOTE, Kind.INVOICE])
def test_one_key_makes_the_usual_next_document(desk: Desk, issued: Issue, kind: Kind) -> None:
    origin = issued(kind, BED)
    desk.window.open_document(origin.id or 0)
    desk.press(Key.Key_F4)
    assert desk.document.kind == SUCCESSORS[kind][0]
    assert desk.document.follows_id == origin.id
    assert [line.text for line in desk.document.lines] == ["Boxspringbett"]


def test_the_menu_offers_all_others_each_under_a_letter_of_its_own(desk: Desk, issued: Issue) -> None:
    for kind in (Kind.QUOTE, Kind.ORDER_CONFIRMATION, Kind.INVOICE):
        desk.window.open_document(issued(kind, BED).id or 0)
        menu = _menu(desk)
        documents = [action for action in menu.actions() if action.data()]  # the others make no document
        titles = [action.text().partition("\t")[0].replace("&&", "") for action in documents]
        letters = [title[title.index("&") + 1].casefold() for title in titles]
        assert len(set(letters)) == len(letters), titles
        assert _offered(menu) == [each.value for each in SUCCESSORS[kind]]


def test_a_letter_in_the_menu_makes_the_document(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED)
    desk.window.open_document(quote.id or 0)
    menu = _menu(desk)
    title = next(a.text() for a in menu.actions() if a.data() == Kind.ORDER_CONFIRMATION.value)
    letter = title[title.index("&") + 1].upper()
    from PySide6.QtTest import QTest

    QTest.keyClick(menu, Key(ord(letter)))
    assert desk.document.kind == Kind.ORDER_CONFIRMATION
    assert desk.document.follows_id == quote.id


def test_a_draft_offers_what_needs_no_number(desk: Desk, caller: Customer) -> None:
    desk.begin("quote", caller)
    desk.enter("Sonderbett 100,00")
    assert _offered(_menu(desk)) == ["invoice", "order_confirmation"]
    desk.begin("invoice", caller)
    assert "next_document" not in desk.page.commands()


def test_optional_lines_are_asked_about_and_ticked_with_the_space_bar(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED, TOPPER, OTHER_BED)
    assert totals(quote).gross.amount == Decimal("1190.00")
    desk.window.open_document(quote.id or 0)
    desk.press(Key.Key_F4)
    question = _question(desk, AskOptions)
    assert isinstance(question, AskOptions)
    assert question.checks[1].hasFocus()
    desk.press(Key.Key_Space)
    assert "1.309,00" in question.sum.text()
    desk.press(Key.Key_Return)
    assert [line.text for line in desk.document.lines] == ["Boxspringbett", "Topper"]
    assert not any(line.option for line in desk.document.lines)


def test_an_alternative_takes_the_place_of_the_position_above(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED, OTHER_BED)
    desk.window.open_document(quote.id or 0)
    desk.press(Key.Key_F4)
    question = _question(desk, AskOptions)
    assert isinstance(question, AskOptions)
    desk.press(Key.Key_Space)
    assert not question.checks[0].isChecked()
    desk.press(Key.Key_Return)
    assert [line.text for line in desk.document.lines] == ["Boxspringbett mit Motor"]


def test_escape_leaves_the_question_and_makes_nothing(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED, TOPPER)
    desk.window.open_document(quote.id or 0)
    desk.press(Key.Key_F4)
    desk.press(Key.Key_Escape)
    assert desk.document.id == quote.id
    assert documents.page(desk.shop, Kind.INVOICE) == ()


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("30", Part(Decimal(30))),
        ("25 %", Part(Decimal(25))),
        ("100", Part(Decimal(100))),
        ("500", Part(amount=Decimal(500))),
        ("80 €", Part(amount=Decimal(80))),
        ("99,50", Part(amount=Decimal("99.50"))),
    ],
)
def test_a_deposit_is_typed_as_percentage_or_amount(typed: str, part: Part) -> None:
    assert read_part(typed) == part


def _deposit(desk: Desk, order: Document) -> AskDeposit:
    desk.window.open_document(order.id or 0)
    desk.page.next.make(order.id or 0, Kind.DEPOSIT_INVOICE)
    question = _question(desk, AskDeposit)
    assert isinstance(question, AskDeposit)
    return question


def _shown(question: AskDeposit) -> str:
    words = (label.text() for label in question.rows.findChildren(PlainLabel) if label.isVisible())
    return " ".join(words).replace("\u00a0", " ")


def test_the_deposit_is_thirty_percent_unless_something_else_is_typed(desk: Desk, issued: Issue) -> None:
    order = issued(Kind.ORDER_CONFIRMATION, BED)
    question = _deposit(desk, order)
    assert question.part.hasFocus()
    assert "357,00" in _shown(question)
    desk.press(Key.Key_Return)
    assert desk.document.kind == Kind.DEPOSIT_INVOICE
    assert totals(desk.document).gross.amount == Decimal("357.00")


def test_a_deposit_of_a_fixed_amount_splits_over_the_rates(desk: Desk, issued: Issue) -> None:
    book = Line(text="Pflegebuch", unit_price=Decimal("107.00"), vat_rate=Decimal(7))
    order = issued(Kind.ORDER_CONFIRMATION, BED, book)
    question = _deposit(desk, order)
    desk.type("500")
    desk.qtbot.waitUntil(lambda: "zu 19 %" in _shown(question) and "zu 7 %" in _shown(question))
    desk.press(Key.Key_Return)
    assert totals(desk.document).gross.amount == Decimal("500.00")
    assert len(desk.document.lines) == 2


@pytest.mark.parametrize("typed", ["0", "5000", "110 %", "abc"])
def test_a_deposit_that_makes_no_sense_is_refused_in_words(desk: Desk, issued: Issue, typed: str) -> None:
    question = _deposit(desk, issued(Kind.ORDER_CONFIRMATION, BED))
    desk.type(typed)
    question.part.settle()
    question._show()
    assert question.field.problem.text()
    assert not question.go_on.isEnabled()
    question.reject()


# Cancellation and correction


def test_a_cancellation_asks_why_and_then_writes_the_invoice_anew(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CANCELLATION)
    _question(desk, AskCancellation)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    desk.window.activateWindow()  # without a desktop nobody does it when a dialog closes
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    assert desk.document.kind == Kind.CANCELLATION
    assert desk.document.reason == "falscher Betrag"
    assert desk.document.numbers == (bill.number,)
    desk.page.sending.issue(desk.document.id or 0, send=False, then=lambda _issued: None)
    cancellation = desk.document
    assert cancellation.number
    assert desk.page.bar.next.accessibleName() == "Rechnung neu schreiben"
    desk.press(Key.Key_F4)
    anew = desk.document
    assert (anew.kind, anew.follows_id) == (Kind.INVOICE, cancellation.id)
    assert [line.text for line in anew.lines] == ["Boxspringbett"]
    assert not desk.page.session.has_fixed_lines if desk.page.session else False


def test_a_reason_of_ones_own_is_typed(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CANCELLATION)
    question = _question(desk, AskCancellation)
    assert isinstance(question, AskCancellation)
    for _ in range(3):
        desk.press(Key.Key_Down)
    desk.qtbot.waitUntil(question.own.hasFocus)
    assert not question.go_on.isEnabled()
    desk.type("doppelt geschrieben")
    desk.press(Key.Key_Return)
    assert desk.document.reason == "doppelt geschrieben"


def test_what_will_happen_names_the_money_and_the_vouchers(issued: Issue, texts: Texts) -> None:
    day = dt.date(2026, 11, 23)
    paid = (Prepayment(Decimal(40), Means.CARD, day), Prepayment(Decimal(10), Means.VOUCHER, day))
    bill = issued(Kind.INVOICE, BED, prepaid=paid)
    words = " ".join(consequences(bill, "R-2026-0002", texts)).replace("\u00a0", " ")
    for expected in (bill.number, "R-2026-0002", "40,00 €", "10,00 €", "F4"):
        assert expected in words


def test_what_was_cancelled_cannot_be_cancelled_again_and_says_so(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    issued(chains.follow_up(desk.shop, bill.id or 0, Kind.CANCELLATION))
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CANCELLATION)
    assert desk.document.id == bill.id
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible()]
    said = [label.text() for label in desk.window.findChildren(PlainLabel) if label.isVisible()]
    assert any("storniert" in words and bill.number in words for words in said)


def test_the_lines_of_a_cancellation_stay_as_they_were(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, BED)
    draft = chains.follow_up(desk.shop, bill.id or 0, Kind.CANCELLATION)
    desk.window.open_document(draft.id or 0)
    editor = desk.page.editor
    assert editor is not None
    assert editor.send_bar.send.hasFocus()
    assert editor.lines.lines.rowCount() == 1
    editor.lines.setFocus()
    desk.press(Key.Key_Delete, CONTROL)
    desk.press(Key.Key_D, CONTROL)
    assert desk.document.lines == draft.lines
    assert "add_postage" not in desk.page.commands()
    assert "-1.190,00" in editor.totals.total.text().replace("−", "-")


def test_a_correction_begins_with_the_quantity_and_takes_a_reason(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, replace(BED, quantity=Decimal(3)), TOPPER_SOLD)
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CREDIT_NOTE)
    editor = desk.page.editor
    assert editor is not None
    assert (editor.lines.row, editor.lines.currentIndex().column()) == (0, Column.QUANTITY)
    desk.enter("1")
    assert desk.document.lines[0].quantity == 1
    editor.lines.go(1)
    desk.press(Key.Key_Delete, CONTROL)
    assert totals(desk.document).gross.amount == Decimal("1190.00")
    editor.header.reason.setFocus() if editor.header.reason else None
    desk.type("Kratzer im Holz")
    assert desk.document.reason == "Kratzer im Holz"
    desk.page.leaving()
    note = issued(desk.document)
    assert note.numbers == (bill.number,)
    assert note.reason == "Kratzer im Holz"


TOPPER_SOLD = replace(TOPPER, option=LineOption.NONE)


def test_a_second_correction_can_be_begun_and_the_rest_given_back(desk: Desk, issued: Issue) -> None:
    bill = issued(Kind.INVOICE, replace(BED, quantity=Decimal(2)))
    first = chains.follow_up(desk.shop, bill.id or 0, Kind.CREDIT_NOTE)
    one = replace(first, lines=(BED,))
    issued(documents.save_draft(desk.shop, one))
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CREDIT_NOTE)
    assert desk.document.kind == Kind.CREDIT_NOTE
    desk.enter("1")
    desk.page.leaving()
    assert issued(desk.document).number


def test_a_correction_of_more_than_the_invoice_is_refused_before_the_seconds_run(
    desk: Desk, issued: Issue
) -> None:
    bill = issued(Kind.INVOICE, BED)
    desk.window.open_document(bill.id or 0)
    desk.page.next.make(bill.id or 0, Kind.CREDIT_NOTE)
    desk.enter("3")
    desk.press(Key.Key_Return, CONTROL)
    assert not desk.page.sending.is_under_way(desk.document.id)
    said = [label.text() for label in desk.window.findChildren(PlainLabel) if label.isVisible()]
    assert any(bill.number in words and "höher" in words for words in said)
    assert not desk.document.is_issued


def test_a_deposit_on_a_quote_asks_for_the_options_first_and_counts_them(desk: Desk, issued: Issue) -> None:
    quote = issued(Kind.QUOTE, BED, TOPPER)
    desk.window.open_document(quote.id or 0)
    desk.page.next.make(quote.id or 0, Kind.DEPOSIT_INVOICE)
    _question(desk, AskOptions)
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Return)
    question = _question(desk, AskDeposit)
    assert question.first().hasFocus()
    desk.type("50")
    desk.press(Key.Key_Return)
    assert totals(desk.document).gross.amount == Decimal("654.50")
