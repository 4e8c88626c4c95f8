"""The call: who it is, what is wished for, and nothing typed gets lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewCustomer
from shopdesk.ui.widgets.chips import Chip
from shopdesk.usecases import customers, timeline
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, focused, press, type_text


def doubles(page: CustomerPage) -> list[QWidget]:
    """The buttons that take the known customer."""
    return page.new.doubles.buttons[::2]


def test_typing_the_callers_four_lines_fills_the_fields(call: CustomerPage, qtbot: QtBot) -> None:
    enter("Desislava Ivanova", "ul. Hristo Botev 14", "5300 Gabrovo")
    type_text("d.ivanova@example.org")
    form = call.new.form
    qtbot.waitUntil(lambda: form.emails.toPlainText() == "d.ivanova@example.org")
    assert (form.given.text(), form.family.text()) == ("Desislava", "Ivanova")
    assert (form.street.toPlainText(), form.code.text(), form.city.text()) == (
        "ul. Hristo Botev 14",
        "5300",
        "Gabrovo",
    )
    assert (form.country.currentData(), form.phones.toPlainText()) == ("BG", "+359 88 712 3456 mobil")


def test_a_corrected_field_is_not_overwritten_by_the_next_letter(call: CustomerPage, qtbot: QtBot) -> None:
    enter("Desislava Ivanova")
    form = call.new.form
    qtbot.waitUntil(lambda: form.family.text() == "Ivanova")
    form.family.setFocus()
    form.family.selectAll()
    type_text("Ivanowa")
    call.new.who.setFocus()
    type_text("ul. Hristo Botev 14")
    qtbot.waitUntil(lambda: form.street.toPlainText() != "")
    assert form.family.text() == "Ivanowa"


def test_a_double_is_offered_and_taken_with_the_note(
    call: CustomerPage, window: MainWindow, shop: Shop, gruber: Customer, qtbot: QtBot
) -> None:
    assert gruber.id is not None
    type_text("e.gruber@example.org")
    qtbot.waitUntil(lambda: len(doubles(call)) == 1)
    assert "Elisabeth Gruber" in doubles(call)[0].accessibleName()
    press(Qt.Key.Key_Tab)
    assert focused() is call.new.what.edit, "the offer must not stand between the two boxes"
    type_text("fragt nach dem Topper")
    call.new.who.setFocus()
    press(Qt.Key.Key_Backtab)
    assert focused() is doubles(call)[0]
    press(Qt.Key.Key_Space)
    assert call.existing.customer.name == "Elisabeth Gruber"
    assert [entry.text for entry in timeline.page(shop, gruber.id)] == ["fragt nach dem Topper"]
    numbers = [phone.number for phone in customers.get(shop, gruber.id).phones]
    assert numbers == ["+43 662 123456", "+359 88 712 3456"], "the caller's number is new and kept"
    control(Qt.Key.Key_Z)
    assert len(customers.get(shop, gruber.id).phones) == 1
    assert not window.toasts.can_undo


def test_f7_makes_the_draft_with_its_lines(call: CustomerPage, window: MainWindow) -> None:
    enter("Desislava Ivanova", "5300 Gabrovo, Bulgarien")
    press(Qt.Key.Key_Tab)
    type_text("2 Rollmatratzen 80x190 nach Bulgarien")
    press(Qt.Key.Key_F7)
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    assert page.document.lines[0].text == "Rollmatratze 80 × 190 cm"
    assert page.document.lines[0].quantity == 2
    assert not call.new.has_unsaved


def test_the_wish_is_understood_while_typing(call: CustomerPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Tab)
    type_text("2 Rollmatratzen 80x190 nach Bulgarien")
    chips = call.new.what.chips
    qtbot.waitUntil(lambda: chips.flow.count() >= 4)
    words = [chip.text() for chip in chips.findChildren(Chip) if not chip.isHidden()]
    assert words == ["2 ×", "Rollmatratze", "80 × 190 cm", "Bulgarien", "Porto + Verpackung"]


def test_who_is_missing_is_said_at_the_field(call: CustomerPage, shop: Shop) -> None:
    call.new.begin("")
    before = len(customers.page(shop))
    control(Qt.Key.Key_Return)
    assert len(customers.page(shop)) == before
    assert "Wer ist es?" in call.new.form.family.accessibleDescription()
    assert focused() is call.new.form.family


def test_a_wrong_mail_address_is_said_at_its_field(call: CustomerPage, shop: Shop) -> None:
    form = call.new.form
    form.emails.setFocus()
    type_text("d.ivanova@")
    before = len(customers.page(shop))
    control(Qt.Key.Key_Return)
    assert len(customers.page(shop)) == before
    assert "d.ivanova@" in form.emails.accessibleDescription()


def test_leaving_keeps_what_was_typed(call: CustomerPage, window: MainWindow) -> None:
    enter("Desislava Ivanova")
    call.new.what.edit.setPlainText("2 Rollmatratzen")
    window.open_page("today")
    assert "noch nicht gespeichert" in window.toasts.toasts[-1].message
    window.new_customer()
    assert call.new.who.toPlainText() == "Desislava Ivanova\n"
    assert call.new.what.text() == "2 Rollmatratzen"


def test_that_something_is_kept_is_said_once(
    call: CustomerPage, window: MainWindow, gruber: Customer
) -> None:
    enter("Desislava Ivanova")
    window.open_page("today")
    window.toasts.clear()
    window.open_page("customer", gruber.id)
    assert not window.toasts.toasts
    assert call.existing.customer.name == "Elisabeth Gruber"


def test_another_call_puts_the_unfinished_one_aside(call: CustomerPage, window: MainWindow) -> None:
    enter("Desislava Ivanova")
    window.new_customer("+49 551 777")
    assert call.new.who.toPlainText() == ""
    window.toasts.undo()
    assert call.new.who.toPlainText() == "Desislava Ivanova\n"


def test_saving_alone_can_be_taken_back(call: CustomerPage, window: MainWindow, shop: Shop) -> None:
    enter("Desislava Ivanova")
    control(Qt.Key.Key_Return)
    assert call.existing.customer.name == "Desislava Ivanova"
    control(Qt.Key.Key_Z)
    assert [customer.name for customer in customers.page(shop)] == ["Elisabeth Gruber"]
    assert window.navigation.page is call


def test_f8_saves_and_asks_for_the_follow_up(call: CustomerPage) -> None:
    enter("Desislava Ivanova")
    press(Qt.Key.Key_F8)
    assert focused() is call.existing.follow_up.what


def test_the_call_is_timed(call: CustomerPage) -> None:
    assert "00:0" in call.new.what.timer_chip.text()
    call.new.begin("Weber")
    assert call.new.what.timer_chip.text() == ""


def test_after_a_name_from_the_palette_one_goes_on_typing_behind_it(
    open_customer: Callable[[object], CustomerPage],
) -> None:
    page = open_customer(NewCustomer("Petra"))
    type_text(" Weber")
    assert page.new.who.toPlainText() == "Petra Weber"
