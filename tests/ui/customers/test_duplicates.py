"""Duplicates by keyboard: seen while typing, looked over on a page, compared, merged, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customer_merging import Side
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.errors import NotFound
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.duplicates.comparison import TwoCustomers
from shopdesk.ui.duplicates.page import DuplicatesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.usecases import customers, duplicates
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, focused, press, type_text


@pytest.fixture
def twin(shop: Shop, gruber: Customer) -> Customer:
    """Elisabeth Gruber once more, with a number of her own."""
    once_more = replace(gruber, id=None, number="", emails=(), phones=(Phone("+43 664 1234567"),))
    return customers.create(shop, replace(once_more, facts=("liefert nie samstags",)))


@pytest.fixture
def page(window: MainWindow, twin: Customer) -> DuplicatesPage:
    assert twin.id is not None
    window.open_page("duplicates")
    shown = window.navigation.page
    assert isinstance(shown, DuplicatesPage)
    return shown


def test_a_pair_is_compared_merged_and_taken_back_by_keyboard(
    page: DuplicatesPage, shop: Shop, gruber: Customer, twin: Customer, qtbot: QtBot
) -> None:
    assert [(pair.first.id, pair.second.id) for pair in page.pairs] == [(gruber.id, twin.id)]
    page.focus_first()
    press(Qt.Key.Key_Return)
    assert focused() is page.comparison.choices["number"].radios[Side.LEFT]
    control(Qt.Key.Key_Return)
    survivor = customers.get(shop, gruber.id or 0)
    assert [phone.e164 for phone in survivor.phones] == ["+43662123456", "+436641234567"]
    assert survivor.facts == ("liefert nie samstags",)
    assert customers.get(shop, twin.id or 0).id == gruber.id
    assert not page.is_comparing
    assert page.pairs == ()
    control(Qt.Key.Key_Z)
    assert customers.get(shop, twin.id or 0).id == twin.id
    assert len(customers.get(shop, gruber.id or 0).phones) == 1
    qtbot.waitUntil(lambda: len(page.pairs) == 1)


def test_the_other_one_may_stay_and_values_are_chosen_with_the_arrows(
    page: DuplicatesPage, shop: Shop, gruber: Customer, twin: Customer
) -> None:
    page.focus_first()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)  # "stays as": the second number
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)  # phones: only the left ones
    assert page.comparison.choices["phones"].side == "left"
    control(Qt.Key.Key_Return)
    survivor = customers.get(shop, gruber.id or 0)
    assert survivor.id == twin.id
    assert [phone.e164 for phone in survivor.phones] == ["+43662123456"]
    assert survivor.emails == ("e.gruber@example.org",)


def test_del_says_that_they_are_two_and_they_do_not_come_again(page: DuplicatesPage, qtbot: QtBot) -> None:
    page.focus_first()
    press(Qt.Key.Key_Delete)
    assert page.pairs == ()
    control(Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: len(page.pairs) == 1)


def test_esc_leaves_the_comparison_and_nothing_has_happened(
    page: DuplicatesPage, shop: Shop, twin: Customer
) -> None:
    page.focus_first()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert not page.is_comparing
    assert page.isVisible()
    assert customers.get(shop, twin.id or 0).id == twin.id


def test_a_merge_of_last_week_is_taken_back_on_the_page(
    page: DuplicatesPage, shop: Shop, twin: Customer, qtbot: QtBot
) -> None:
    page.focus_first()
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_Return)
    qtbot.waitUntil(page.merges.isVisible)
    page.merges.findChildren(GhostButton)[0].setFocus()
    press(Qt.Key.Key_Space)
    assert customers.get(shop, twin.id or 0).id == twin.id
    qtbot.waitUntil(page.merges.isHidden)


def test_somebody_who_is_gone_is_said_in_words(
    page: DuplicatesPage, shop: Shop, twin: Customer, gruber: Customer
) -> None:
    customers.delete(shop, twin.id or 0)
    page.open_item(TwoCustomers(gruber.id or 0, twin.id or 0))
    assert not page.is_comparing
    with pytest.raises(NotFound):
        customers.get(shop, twin.id or 0)


def test_somebody_else_is_not_offered_again_nor_proposed_after_saving(
    call: CustomerPage, shop: Shop, gruber: Customer, qtbot: QtBot
) -> None:
    enter("Maria Gruber")
    type_text("e.gruber@example.org")
    qtbot.waitUntil(lambda: len(call.new.doubles.candidates) == 1)
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Space)
    assert call.new.doubles.isHidden()
    assert focused() is call.new.who
    control(Qt.Key.Key_Return)
    assert call.existing.customer.name == "Maria Gruber"
    assert duplicates.review(shop) == ()


def test_what_was_typed_is_offered_in_the_fields_of_the_known_one(
    call: CustomerPage, shop: Shop, gruber: Customer, qtbot: QtBot
) -> None:
    enter("Elisabeth Gruber", "Linzer Gasse 12", "5020 Salzburg, Österreich")
    type_text("elisabeth@example.org")
    qtbot.waitUntil(lambda: len(call.new.doubles.candidates) == 1)
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Space)
    view = call.existing
    assert view.customer.id == gruber.id
    assert view.is_editing
    assert view.form_card.form.emails.toPlainText().split() == [
        "e.gruber@example.org",
        "elisabeth@example.org",
    ]
    assert customers.get(shop, gruber.id or 0).emails == ("e.gruber@example.org",)
    control(Qt.Key.Key_Return)
    assert customers.get(shop, gruber.id or 0).emails == ("e.gruber@example.org", "elisabeth@example.org")


def test_the_fields_of_a_known_one_lead_to_the_comparison(
    open_customer: Callable[[object], CustomerPage],
    window: MainWindow,
    shop: Shop,
    gruber: Customer,
    qtbot: QtBot,
) -> None:
    other = customers.create(shop, Customer(phones=(Phone("+49 551 123456"),)))
    view = open_customer(None).existing
    view.edit()
    form = view.form_card.form
    form.phones.setFocus()
    form.phones.moveCursor(form.phones.textCursor().MoveOperation.End)
    press(Qt.Key.Key_Return)
    type_text("+49 551 123456")
    qtbot.waitUntil(lambda: len(view.form_card.doubles.candidates) == 1)
    view.form_card.doubles.buttons[0].setFocus()
    press(Qt.Key.Key_Space)
    shown = window.navigation.page
    assert isinstance(shown, DuplicatesPage)
    assert shown.is_comparing
    assert (shown.comparison.left.id, shown.comparison.right.id) == (gruber.id, other.id)
