"""Month end in the window: one key, preset month, saved or mailed; Heute asks until it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import Line
from shopdesk.domain.mail import MailState
from shopdesk.domain.periods import from_to, month_of, quarter_of
from shopdesk.domain.today import TodayKind
from shopdesk.ui.documents.several_page import SeveralPage
from shopdesk.ui.month_end.page import MonthEndPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.usecases import (
    customers,
    documents,
    issuing,
    month_end,
    outbox,
    sample_shop,
    shop_settings,
    today,
)
from shopdesk.usecases.shop import Shop

NOVEMBER = month_of(dt.date(2026, 11, 1))


@pytest.fixture
def december(shop: Shop) -> Shop:
    """Two invoices in November; today is 2 December."""
    data = sample_shop.sample()
    shop_settings.save_profile(shop, data.profile)
    caller = customers.create(shop, data.caller)
    for price in ("119.00", "59.50"):
        made = replace(
            documents.start(shop, "invoice", caller.id),
            lines=(Line(text="Kissen", unit_price=Decimal(price)),),
        )
        draft = documents.save_draft(shop, made)
        assert draft.id is not None
        issuing.issue(shop, draft.id, send=False)
    shop.clock.set(dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    return shop


@pytest.fixture
def page(december: Shop, make_window: Callable[..., MainWindow]) -> MonthEndPage:
    window = make_window()
    window.open_page("month_end")
    shown = window.navigation.page
    assert isinstance(shown, MonthEndPage)
    return shown


def test_the_key_opens_it_with_the_last_month(december: Shop, make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    window.open_page("today")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_M, modifiers)
    shown = window.navigation.page
    assert isinstance(shown, MonthEndPage)
    assert shown.choice.words.text() == "November 2026"
    assert shown.mail_button.isEnabled()


def test_an_empty_month_offers_nothing(page: MonthEndPage) -> None:
    page.choice.on.click()
    assert page.choice.period == month_of(dt.date(2026, 12, 1))
    assert not page.mail_button.isEnabled()
    assert not page.save_button.isEnabled()


def test_a_draft_of_that_month_is_told_with_the_way_to_it(
    december: Shop, make_window: Callable[..., MainWindow]
) -> None:
    made = replace(documents.start(december, "invoice", 1), date=dt.date(2026, 11, 30))
    documents.save_draft(december, made)
    window = make_window()
    window.open_page("month_end")
    shown = window.navigation.page
    assert isinstance(shown, MonthEndPage)
    shown.contents.findChildren(GhostButton)[0].click()
    page = window.navigation.page
    assert isinstance(page, SeveralPage)
    assert len(page.entries) == 1


def test_a_quarter_and_days_can_be_chosen(page: MonthEndPage) -> None:
    buttons = {button.objectName(): button for button in page.choice.choices.buttons()}
    buttons["quarter"].click()
    assert page.choice.period == quarter_of(dt.date(2026, 11, 1))
    buttons["days"].click()
    page.choice.first.setText("23.11.2026")
    page.choice.last.setText("24.11.2026")
    page.choice.first.settle()
    page.choice.last.settle()
    page.choice.last.editingFinished.emit()
    assert page.choice.period == from_to(dt.date(2026, 11, 23), dt.date(2026, 11, 24))
    assert page.save_button.isEnabled()


def test_days_the_wrong_way_round_are_told(page: MonthEndPage) -> None:
    page.choice.first.set_value(dt.date(2026, 11, 24))
    page.choice.last.set_value(dt.date(2026, 11, 1))
    page.choice.last.editingFinished.emit()
    assert page.choice.problem.text()
    assert page.choice.period == NOVEMBER


def test_saved_it_says_where(page: MonthEndPage, tmp_path: Path) -> None:
    page.save(tmp_path)
    assert (tmp_path / "Rechnungen-2026-11.xlsx").is_file()
    assert "Rechnungen-2026-11.zip" in page.outcome.words.text()
    assert not page.work.is_running


def test_a_folder_that_cannot_be_written_is_told_and_not_a_bug(page: MonthEndPage, tmp_path: Path) -> None:
    page.save(tmp_path / "not" / "there")
    assert "anderen Ordner" in page.outcome.words.text()
    assert page.save_button.isEnabled()


def test_without_an_address_the_field_is_asked_for(page: MonthEndPage, december: Shop) -> None:
    page.mail_button.click()
    assert page.adviser_field.problem.text()
    assert outbox.page(december, frozenset(MailState)) == ()


def test_mailed_to_the_adviser_and_the_address_is_kept(
    page: MonthEndPage, december: Shop, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.adviser, "kanzlei@example.org")
    page.mail_button.click()
    (mail,) = outbox.page(december, frozenset(MailState))
    assert mail.recipient == "kanzlei@example.org"
    assert month_end.settings(december).adviser_email == "kanzlei@example.org"
    assert page.outcome.words.text()


def test_heute_asks_until_it_is_done(december: Shop, tmp_path: Path) -> None:
    (row,) = [item for item in today.items(december) if item.kind == TodayKind.MONTH_END]
    assert (row.reference, row.title) == (202611, "11/2026")
    month_end.save(december, NOVEMBER, tmp_path)
    assert not [item for item in today.items(december) if item.kind == TodayKind.MONTH_END]


@pytest.mark.parametrize(("day", "asked"), [(1, True), (10, True), (11, False)])
def test_heute_asks_in_the_first_days_only(december: Shop, day: int, asked: bool) -> None:
    december.clock.set(dt.datetime(2026, 12, day, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    assert any(item.kind == TodayKind.MONTH_END for item in today.items(december)) == asked


def test_heute_does_not_ask_where_nothing_was_invoiced(shop: Shop) -> None:
    shop.clock.set(dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    assert today.items(shop) == ()


def test_from_heute_it_opens_and_done_can_be_taken_back(
    december: Shop, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window()
    window.open_page("today")
    page = window.navigation.page
    assert page is not None
    page.setFocus()
    rows = page.rows  # type: ignore[attr-defined]
    rows.setFocus()
    assert rows.select((TodayKind.MONTH_END, 202611))
    QTest.keyClick(rows, Qt.Key.Key_E)
    assert month_end.settings(december).done == ("2026-11",)
    window.toasts.undo()
    assert month_end.settings(december).done == ()
    rows.select((TodayKind.MONTH_END, 202611))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert isinstance(window.navigation.page, MonthEndPage)
