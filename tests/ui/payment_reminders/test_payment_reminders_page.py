"""The late invoice's way in the window: Heute → letter → mail → paid, and no further reminder (S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.default_interest import BaseRate
from shopdesk.domain.documents import Line
from shopdesk.domain.mail import MailState
from shopdesk.domain.money import Money
from shopdesk.domain.payment_reminders import Stop
from shopdesk.domain.payments import Payment, PaymentState
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.payment_reminders.ask_stop import AskStop
from shopdesk.ui.payment_reminders.page import PaymentRemindersPage
from shopdesk.ui.payments.page import PaymentsPage
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.payment_reminders_section import PaymentRemindersSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    outbox,
    payment_claims,
    payment_reminder_stops,
    payments,
    sample_shop,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, press

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def customer(shop: Shop) -> int:
    """A customer of a shop that books its payments from this month on."""
    sample_shop.fill(shop)
    payments.save_rules(shop, replace(payments.rules(shop), since=DAY - dt.timedelta(days=14)))
    payment_claims.save_base_rate(shop, BaseRate(dt.date(2026, 7, 1), Decimal("1.27")))
    stored = customers.create(shop, sample_shop.sample().caller).id or 0
    payments.book(shop, Payment(DAY, Money.of("1"), customer_id=stored), [])
    return stored


@pytest.fixture
def bill(shop: Shop, customer: int) -> Callable[[str], int]:
    """Issues an invoice that was due ten days ago."""

    def made(euros: str) -> int:
        draft = documents.start(shop, "invoice", customer)
        line = Line(text="Matratze Luna", unit_price=Decimal(euros))
        draft = replace(
            draft,
            lines=(line,),
            date=DAY - dt.timedelta(days=14),
            due=DAY - dt.timedelta(days=10),
            prepay=False,
        )
        saved = documents.save_draft(shop, draft)
        return issuing.issue(shop, saved.id or 0, send=False, allow_date=True).document.id or 0

    return made


def later(shop: Shop, days: int) -> None:
    shop.clock = FixedClock(dt.datetime.combine(DAY + dt.timedelta(days=days), dt.time(9), dt.UTC))


def opened(qtbot: QtBot, window: MainWindow) -> PaymentRemindersPage:
    if not isinstance(window.navigation.page, PaymentRemindersPage):
        window.open_page("payment_reminders")
    page = window.navigation.page
    assert isinstance(page, PaymentRemindersPage)
    qtbot.waitUntil(lambda: not page.work.is_running and not window.navigation.is_holding)
    return page


def test_from_the_late_invoice_to_the_payment_and_no_further_reminder(
    qtbot: QtBot, shop: Shop, window: MainWindow, bill: Callable[[str], int]
) -> None:
    number = bill("1000")
    (row,) = [item for item in today.items(shop) if item.kind == TodayKind.PAYMENT_REMINDERS]
    assert (row.times, row.amount) == (1, Money.of("1000"))
    window.open_page("today")
    heute = window.navigation.page
    assert isinstance(heute, TodayPage)
    qtbot.waitUntil(lambda: heute.rows.rows.rowCount() > 0)
    index = _row_named(heute, "Zahlungserinnerung ist fällig")
    heute.rows.setCurrentIndex(heute.rows.rows.index(index, 0))
    heute.rows.setFocus()
    press(Qt.Key.Key_Return)
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: len(page.entries) == 1 and not page.work.is_running)
    qtbot.waitUntil(lambda: page.preview.drawn is not None)
    assert page.preview.drawn is not None
    assert "1.000,00" in page.preview.drawn.text
    control(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.result is not None)
    assert page.result is not None
    (sent,) = page.result.sent
    assert sent.mail_id is not None
    mail = outbox.entry(shop, sent.mail_id)
    assert (mail.state, [file.name for file in mail.attachments]) == (
        MailState.QUEUED, [f"{sent.number}.pdf"],
    )  # fmt: skip
    later(shop, 10)
    page.look_again()
    qtbot.waitUntil(lambda: bool(page.entries) and not page.work.is_running)
    (total,) = [entry.proposal.total for entry in page.entries if entry.key == (number,)]
    assert total > Money.of("1000")
    page.issue()
    qtbot.waitUntil(lambda: page.result is not None)
    _pay_with_charges(window, number, total)
    assert payments.accounts(shop, [number])[number].standing(shop.clock.today()).state == PaymentState.PAID
    later(shop, 60)
    opened(qtbot, window).look_again()
    qtbot.waitUntil(lambda: bool(page.entries) and page.result is None and not page.work.is_running)
    assert all(number not in entry.key for entry in page.entries)


def _row_named(page: TodayPage, words: str) -> int:
    model = page.rows.rows
    names = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    return next(number for number, name in enumerate(names) if words in name)


def _pay_with_charges(window: MainWindow, number: int, total: Money) -> None:
    window.open_page("payments", number)
    page = window.navigation.page
    assert isinstance(page, PaymentsPage)
    page.booking.charges.click()
    assert page.booking.amount.value == total.amount
    page.book()


def test_one_key_takes_the_mails_back_and_the_letter_is_due_again(
    qtbot: QtBot, shop: Shop, window: MainWindow, bill: Callable[[str], int]
) -> None:
    bill("100")
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: len(page.entries) == 1)
    page.issue()
    qtbot.waitUntil(lambda: page.result is not None)
    assert page.result is not None
    (sent,) = page.result.sent
    control(Qt.Key.Key_Z)
    assert outbox.entry(shop, sent.mail_id or 0).state == MailState.CANCELLED
    qtbot.waitUntil(lambda: page.result is None and not page.work.is_running)
    assert [entry.proposal.group.step.level for entry in page.entries] == [1]


def test_a_row_left_out_stays_and_nothing_chosen_sends_nothing(
    qtbot: QtBot, shop: Shop, window: MainWindow, bill: Callable[[str], int]
) -> None:
    bill("100")
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: len(page.entries) == 1)
    page.rows.setFocus()
    press(Qt.Key.Key_Space)
    assert not page.entries[0].counts
    assert not page.send_button.isEnabled()
    page.issue()
    assert page.result is None


def test_a_shop_without_payments_is_asked_for_its_bank_file_first(
    qtbot: QtBot, shop: Shop, window: MainWindow
) -> None:
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: not page.work.is_running)
    assert page.entries == ()
    assert page.notices.isHidden()
    assert not page.listed.empty.isHidden()


def test_not_to_remind_wants_a_reason_and_stands_on_the_customers_page(
    qtbot: QtBot, shop: Shop, window: MainWindow, customer: int, bill: Callable[[str], int]
) -> None:
    bill("100")
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: len(page.entries) == 1)
    page.rows.setFocus()
    press(Qt.Key.Key_Delete)
    question = QApplication.activeModalWidget() or window.findChild(AskStop)
    assert isinstance(question, AskStop)
    question.accept()
    assert question.problem.text()
    question.reason.setText("zahlt in Raten")
    question.until.setText("31.12.2026")
    question.accept()
    qtbot.waitUntil(lambda: page.entries == () and not page.work.is_running)
    window.open_customer(customer)
    card = window.navigation.page
    assert isinstance(card, CustomerPage)
    (chip,) = card.existing.side.stops.chips
    assert "zahlt in Raten" in chip.text()
    chip.click()
    assert payment_reminder_stops.of_customer(shop, customer) == ()
    control(Qt.Key.Key_Z)
    assert [stop.reason for stop in payment_reminder_stops.of_customer(shop, customer)] == ["zahlt in Raten"]


def test_the_levels_are_changed_checked_and_brought_back(shop: Shop, window: MainWindow) -> None:
    window.open_page("settings", "payment_reminders")
    page = window.navigation.page
    assert isinstance(page, SettingsPage)
    section = page.sections["payment_reminders"]
    assert isinstance(section, PaymentRemindersSection)
    second = section.levels[1]
    second.fee.setText("80")
    second.fee.settle()
    assert not section.save()
    assert "50,00" in second.problem.text()
    second.fee.setText("4,50")
    second.fee.settle()
    section.count.set_value("2")
    section.rate.setText("1,52")
    section.rate.settle()
    assert section.save()
    rules = payment_claims.rules(shop)
    assert [level.fee for level in rules.levels] == [0, 4_50]
    assert rules.base_rates.of(DAY) == Decimal("1.52")
    section._restore()
    assert section.save()
    assert len(payment_claims.rules(shop).levels) == 3


def test_a_reminder_written_by_hand_shows_what_issuing_would_ask_for(
    shop: Shop, window: MainWindow, bill: Callable[[str], int]
) -> None:
    number = bill("1000")
    later(shop, 60)
    draft = chains.follow_up(shop, number, "payment_reminder")
    assert draft.reminder is not None
    assert draft.reminder.charges == 0
    window.open_document(draft.id or 0)
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    assert page.editor is not None
    session = page.editor.session
    reminder = session.document.reminder
    assert reminder is not None
    session.edit(replace(session.document, reminder=replace(reminder, level=2)), "level")
    shown = session.document.reminder
    session.save()
    issued = issuing.issue(shop, draft.id or 0, send=False).document
    assert issued.reminder == shown
    assert shown is not None
    assert shown.charges > 2_50


def test_a_stop_that_is_over_is_not_shown(shop: Shop, customer: int) -> None:
    payment_reminder_stops.stop(shop, Stop(customer, "Raten", DAY))
    later(shop, 1)
    assert payment_reminder_stops.of_customer(shop, customer) == ()
