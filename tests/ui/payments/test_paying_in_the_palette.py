"""F9, “001”, ⏎: the invoice is paid, with a way back; Shift+⏎ asks first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import Line
from shopdesk.domain.payments import PaymentState
from shopdesk.ui.payments.page import PaymentsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.palette import Palette
from shopdesk.usecases import articles, customers, documents, issuing, payments, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def invoice(shop: Shop) -> int:
    sample = sample_shop.sample()
    shop_settings.save_profile(shop, sample.profile)
    for article in sample.articles:
        articles.save(shop, article)
    customer = customers.create(shop, sample.caller).id or 0
    draft = documents.start(shop, "invoice", customer)
    line = Line(text="Rollmatratze", unit_price=Decimal("295.55"))
    draft = documents.save_draft(shop, replace(draft, lines=(line,)))
    return issuing.issue(shop, draft.id or 0, send=False).document.id or 0


@pytest.fixture
def window(invoice: int, make_window: Callable[..., MainWindow]) -> MainWindow:
    assert invoice
    return make_window()


def typed(window: MainWindow, qtbot: QtBot, text: str) -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_F9)
    palette = window.overlays.palette
    assert palette is not None
    qtbot.keyClicks(palette.edit, text)
    return palette


def state(shop: Shop, invoice: int) -> PaymentState:
    return payments.accounts(shop, [invoice])[invoice].standing(TODAY).state


@pytest.mark.parametrize("text", ["001", "R-2026-0001", "295,55"])
def test_return_books_the_invoice_in_full_and_ctrl_z_takes_it_back(
    window: MainWindow, shop: Shop, invoice: int, qtbot: QtBot, text: str
) -> None:
    palette = typed(window, qtbot, text)
    palette._find()
    assert palette._offers[0].row.title == "R-2026-0001 als bezahlt buchen · 295,55\u00a0€"
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert state(shop, invoice) is PaymentState.PAID
    assert window.toasts.toasts[-1].message == "295,55\u00a0€ gebucht · versandbereit"
    window.toasts.undo()
    assert state(shop, invoice) is PaymentState.OPEN


def test_shift_return_opens_the_card_that_asks(
    window: MainWindow, shop: Shop, invoice: int, qtbot: QtBot
) -> None:
    palette = typed(window, qtbot, "001")
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert state(shop, invoice) is PaymentState.OPEN
    page = window.navigation.page
    assert isinstance(page, PaymentsPage)
    assert [each.document_id for each in page.booking.bills] == [invoice]


def test_a_mistyped_number_stands_behind_what_was_found_and_only_opens_the_card(
    window: MainWindow, shop: Shop, invoice: int, qtbot: QtBot
) -> None:
    palette = typed(window, qtbot, "R-2062-0001")
    palette._find()
    titles = [offer.row.title for offer in palette._offers]
    at = titles.index("R-2026-0001 wurde bezahlt … · 295,55\u00a0€")
    palette._offers[at].run()
    assert state(shop, invoice) is PaymentState.OPEN
    assert isinstance(window.navigation.page, PaymentsPage)
