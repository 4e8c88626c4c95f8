"""Money that went out stands in the bank file, too: it is booked as a refund, or as a payment that came back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.documents import Line
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentKind, PaymentState
from shopdesk.domain.statements import EntryState, StoredEntry
from shopdesk.usecases import (
    bank_files,
    bank_refunds,
    chains,
    customers,
    documents,
    issuing,
    payments,
    sample_shop,
)
from shopdesk.usecases.shop import Shop
from tests.statement_files import Booking, camt

IBAN = "DE02120300000000202051"
EUROS = Money.of("100")


@pytest.fixture
def shop(open_shop: Shop) -> Shop:
    return open_shop


@pytest.fixture
def bill(shop: Shop) -> int:
    customer = customers.create(shop, sample_shop.sample().caller).id
    draft = documents.start(shop, "invoice", customer)
    line = Line(text="Matratze", unit_price=Decimal(100))
    stored = documents.save_draft(shop, replace(draft, lines=(line,)))
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def paid(shop: Shop, bill: int) -> None:
    payment = Payment(shop.clock.today(), EUROS, payer="Desislava Ivanova", iban=IBAN)
    payments.book(shop, payment, [Allocation(bill, EUROS)])


def cancelled(shop: Shop, bill: int) -> None:
    draft = documents.save_draft(shop, chains.follow_up(shop, bill, "cancellation"))
    issuing.issue(shop, draft.id or 0, send=False)


def read(shop: Shop, place: Path, cents: int) -> StoredEntry:
    place.write_bytes(camt([Booking(cents, name="Desislava Ivanova", text="zurueck", iban=IBAN)]))
    bank_files.take(shop, bank_files.open_file(place, shop=shop))
    return entry(shop)


def entry(shop: Shop) -> StoredEntry:
    return next(each for each in bank_files.page(shop) if not each.entry.is_incoming)


def state(shop: Shop, bill: int) -> PaymentState:
    return payments.accounts(shop, [bill])[bill].standing(shop.clock.today()).state


def test_a_refund_in_the_bank_file_is_booked_for_what_was_too_much(
    shop: Shop, bill: int, tmp_path: Path
) -> None:
    paid(shop, bill)
    cancelled(shop, bill)
    stored = read(shop, tmp_path / "bank.xml", -100_00)
    first = bank_refunds.suggestions(shop, stored)[0]
    assert first.over is not None
    undo = bank_refunds.book(shop, stored, first)
    assert (state(shop, bill), entry(shop).state) == (PaymentState.CANCELLED, EntryState.BOOKED)
    assert payments.of_document(shop, bill)[-1].payment.kind == PaymentKind.REFUND
    undo.run(shop)
    assert (state(shop, bill), entry(shop).state) == (PaymentState.OVERPAID, EntryState.OPEN)


def test_a_refund_that_was_noted_before_is_not_booked_twice(shop: Shop, bill: int, tmp_path: Path) -> None:
    paid(shop, bill)
    cancelled(shop, bill)
    back = Payment(shop.clock.today(), -EUROS, PaymentKind.REFUND, reason="storniert")
    payments.book(shop, back, [Allocation(bill, -EUROS)])
    stored = read(shop, tmp_path / "bank.xml", -100_00)
    first = bank_refunds.suggestions(shop, stored)[0]
    assert first.noted is not None
    bank_refunds.book(shop, stored, first)
    assert (len(payments.page(shop)), entry(shop).state) == (2, EntryState.BOOKED)


def test_credit_goes_back_by_the_bank(shop: Shop, bill: int, tmp_path: Path) -> None:
    payment = Payment(shop.clock.today(), Money.of("120"), payer="Desislava Ivanova", iban=IBAN)
    payments.book(shop, payment, [Allocation(bill, EUROS)])
    stored = read(shop, tmp_path / "bank.xml", -20_00)
    bank_refunds.book(shop, stored, bank_refunds.suggestions(shop, stored)[0])
    assert not any(each.credit for each in payments.page(shop))


def test_a_returned_debit_opens_its_invoice_again_and_the_first_booking_waits_no_more(
    shop: Shop, bill: int, tmp_path: Path
) -> None:
    place = tmp_path / "in.xml"
    number = payments.accounts(shop, [bill])[bill].number
    place.write_bytes(camt([Booking(100_00, name="Desislava Ivanova", text=number, iban=IBAN)]))
    bank_files.take(shop, bank_files.open_file(place, shop=shop))
    bank_files.accept_certain(shop)
    stored = read(shop, tmp_path / "out.xml", -100_00)
    (found,) = bank_refunds.suggestions(shop, stored)
    assert found.returned is not None
    undo = bank_refunds.book(shop, stored, found)
    assert payments.accounts(shop, [bill])[bill].open == EUROS
    assert bank_files.waiting(shop) == ()
    undo.run(shop)
    assert (state(shop, bill), entry(shop).state) == (PaymentState.PAID, EntryState.OPEN)


def test_what_came_in_is_no_refund(shop: Shop, bill: int, tmp_path: Path) -> None:
    place = tmp_path / "in.xml"
    place.write_bytes(camt([Booking(100_00, name="Desislava Ivanova", text="", iban=IBAN)]))
    bank_files.take(shop, bank_files.open_file(place, shop=shop))
    (stored,) = bank_files.page(shop)
    assert bank_refunds.suggestions(shop, stored) == ()
