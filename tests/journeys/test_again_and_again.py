"""The last order comes again with one key and a price that has changed; a standing order lives through a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.articles import line_of
from shopdesk.domain.documents import DocumentKind, Line, LineKind, Prices, TaxCase
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.lanes import Lanes
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.standing_orders.list_page import StandingOrdersPage
from shopdesk.ui.standing_orders.making import make_due
from shopdesk.ui.standing_orders.page import StandingOrderPage
from shopdesk.ui.theme.theme import Theme, prepare
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import (
    articles,
    customers,
    documents,
    issuing,
    sample_shop,
    search,
    shop_settings,
    standing_order_runs,
    standing_orders,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, press, type_text

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
ALT = Qt.KeyboardModifier.AltModifier
Open = Callable[[str], MainWindow]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings are touched."""
    for name in ("config_folder", "data_folder", "log_folder"):
        monkeypatch.setattr(paths, name, lambda name=name: tmp_path / name)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return prepare(qapp, "light")


@pytest.fixture
def open_window(tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    """`open_window("2026-12-31")` starts the program on that day over the same file; the one before is closed."""
    running: list[MainWindow] = []

    def close() -> None:
        while running:
            window = running.pop()
            window.leave()
            window.shop.close()

    def start(day: str) -> MainWindow:
        close()
        clock = FixedClock(dt.datetime.fromisoformat(f"{day}T09:00:00+00:00"))
        shop = Shop(
            tmp_path / "shop.sqlite",
            clock,
            FakePost(),
            SessionKeychain(),
            FakeMailProgram(),
            who="Jens Lindner",
        )
        window = MainWindow(
            shop,
            Texts("de"),
            Settings(),
            theme,
            lambda text: search.find(shop, text),
            lanes=Lanes(at_once=True),
        )
        qtbot.addWidget(window)
        window.resize(1280, 800)
        running.append(window)
        with qtbot.waitSignal(window.loaded), qtbot.waitActive(window):
            window.show()
        make_due(shop, window)  # as at each start
        return window

    yield start
    close()


def set_up(shop: Shop) -> int:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    for article in sample_shop.sample().articles:
        articles.save(shop, article)
    customer_id = customers.create(shop, sample_shop.sample().caller).id
    assert customer_id is not None
    return customer_id


def run(window: MainWindow, words: str) -> None:
    """A command by the palette: Ctrl+K, its first words, down to its row, ⏎."""
    control(Qt.Key.Key_K)
    type_text(words)
    palette = window.overlays.palette
    assert palette is not None
    palette._find()
    titles = [offer.row.title for offer in palette._offers]
    for _ in range(next(place for place, title in enumerate(titles) if title.startswith(words))):
        QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)


def document_page(window: MainWindow) -> DocumentPage:
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    assert page.editor is not None
    return page


def test_the_last_order_again_with_a_price_that_has_changed(open_window: Open) -> None:
    window = open_window("2026-11-23")
    shop = window.shop
    customer_id = set_up(shop)
    first = articles.get(shop, articles.page(shop)[0].id)
    line = line_of(first, Decimal(2), Prices.GROSS, Decimal(19))
    free = Line(LineKind.POSTAGE, "Versandkosten", unit_price=Decimal("42.99"))
    draft = replace(
        documents.start(shop, "invoice", customer_id), lines=(line, free), tax_case=TaxCase.DOMESTIC
    )
    issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False)
    before = first.unit_price or Decimal(0)
    articles.save(shop, replace(first, unit_price=before + 20))

    window.open_customer(customer_id)
    assert isinstance(window.navigation.page, CustomerPage)
    press(Qt.Key.Key_F3)
    page = document_page(window)
    assert page.document.kind == DocumentKind.INVOICE
    assert [each.unit_price for each in page.document.lines] == [before + 20, Decimal("42.99")]
    changes = page.editor.order_changes if page.editor is not None else None
    assert changes is not None
    assert not changes.isHidden()
    assert len(changes.buttons) == 1
    press(Qt.Key.Key_3, ALT)  # the old price stays, for this once
    assert page.document.lines[0].unit_price == before
    control(Qt.Key.Key_Z)
    assert page.document.lines[0].unit_price == before + 20


def test_from_any_document_by_the_palette_and_the_menu(open_window: Open) -> None:
    window = open_window("2026-11-23")
    shop = window.shop
    customer_id = set_up(shop)
    line = Line(text="Aufbau", unit_price=Decimal(35))
    draft = replace(documents.start(shop, "quote", customer_id), lines=(line,))
    quote = issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document
    window.open_document(quote.id or 0)
    page = document_page(window)
    menu = page.next.menu(quote.id or 0)
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert any("Noch einmal" in each for each in words)
    assert any("Dauerauftrag" in each for each in words)
    menu.close()
    run(window, "Letzte Bestellung")
    again = document_page(window)
    assert again.document.kind == DocumentKind.QUOTE
    assert again.document.id != quote.id
    assert again.document.lines == quote.lines


def test_a_monthly_standing_order_over_the_31st_through_a_year(open_window: Open) -> None:
    window = open_window("2026-11-23")
    customer_id = set_up(window.shop)
    window.open_customer(customer_id)
    run(window, "Neuer Dauerauftrag")
    page = window.navigation.page
    assert isinstance(page, StandingOrderPage)
    assert page.form.customer.text().startswith("Desislava")
    assert page.lines is not None
    page.lines.go_to_new_line()
    enter("Einlagerung Reifen {Monat}")
    page.lines.commit()
    assert page.session is not None
    page.session.edit_lines(lambda lines: (replace(lines[0], unit_price=Decimal("24.90")),))
    page.session.edit(replace(page.session.document, tax_case=TaxCase.DOMESTIC))
    page.form.day.setFocus()
    type_text("31")
    page.form.starts.setFocus()
    page.form.starts.selectAll()
    type_text("1.12.")
    page.form.period.set_value("current")
    control(Qt.Key.Key_Return)
    (order,) = standing_orders.of_customer(window.shop, customer_id)
    assert [each.date.due.isoformat()[5:] for each in page.dates.shown] == [
        "12-31", "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30",
    ]  # fmt: skip
    # the program is started again and again, sometimes only after months
    for day, count in (("2026-12-30", 0), ("2026-12-31", 1), ("2027-01-31", 2), ("2027-02-28", 3),
                       ("2027-03-01", 3), ("2027-05-31", 6), ("2027-11-29", 11), ("2027-11-30", 12)):  # fmt: skip
        window = open_window(day)
        made = standing_orders.made(window.shop, order.id or 0, 50)
        assert len(made) == count, day
    texts = {
        documents.load(window.shop, each.made.document_id or 0).lines[0].text
        for each in standing_orders.made(window.shop, order.id or 0, 50)
    }
    assert len(texts) == 12
    assert "Einlagerung Reifen Februar 2027" in texts
    window.open_page("today")
    today = window.navigation.page
    assert isinstance(today, TodayPage)
    titles = [today._row(item).title for item in today._items]
    assert "12 Daueraufträge: Entwürfe bereit" in titles
    window.open_page("standing_orders")
    listed = window.navigation.page
    assert isinstance(listed, StandingOrdersPage)
    assert [row.order.id for row in listed.overview.rows] == [order.id]
    listed.open_drafts()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "several"


def test_by_itself_only_with_a_clear_yes(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("2026-12-31")
    customer_id = set_up(window.shop)
    begun = standing_orders.begin(window.shop, customer_id)
    line = Line(LineKind.SERVICE, "Pflege {Monat}", unit_price=Decimal(20))
    content = replace(begun.content, lines=(line,), tax_case=TaxCase.DOMESTIC)
    order, _ = standing_orders.create(window.shop, replace(begun, content=content))
    window.open_page("standing_order", order.id)
    page = window.navigation.page
    assert isinstance(page, StandingOrderPage)
    page.form.by_itself.click()
    control(Qt.Key.Key_Return)
    (question,) = page.findChildren(QDialog)
    question.reject()
    assert not standing_orders.get(window.shop, order.id or 0).by_itself
    control(Qt.Key.Key_Return)
    (question,) = [each for each in page.findChildren(QDialog) if each.isVisible()]
    question.accept()
    assert standing_orders.get(window.shop, order.id or 0).by_itself
    made = standing_order_runs.make_due(window.shop)
    assert (made.drafts, made.issued) == (1, 1)
    del qtbot
