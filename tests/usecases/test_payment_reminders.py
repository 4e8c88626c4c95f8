"""Payment reminders: never for what is paid, one letter for each customer and level, everything in one go (S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.default_interest import BaseRate
from shopdesk.domain.documents import DocumentKind, Line
from shopdesk.domain.later import Later
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.mail import MailState
from shopdesk.domain.money import Money
from shopdesk.domain.payment_reminders import ReminderRules, StepKind, Stop, StopRefused
from shopdesk.domain.payments import Payment, PaymentState
from shopdesk.domain.today import TodayKind
from shopdesk.domain.totals import totals
from shopdesk.outside.clock import FixedClock
from shopdesk.ui.today import advance_rows
from shopdesk.usecases import (
    bank_files,
    chains,
    customers,
    documents,
    issuing,
    outbox,
    payment_claims,
    payment_reminder_stops,
    payment_reminders,
    payments,
    sample_shop,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.statement_files import Booking, camt

TODAY = dt.date(2026, 11, 23)
JULY = BaseRate(dt.date(2026, 7, 1), Decimal("1.27"))
Bill = Callable[..., int]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    payment_claims.save_base_rate(open_shop, JULY)
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def bill(open_shop: Shop, customer: int) -> Bill:
    """Issues an invoice of so many euros that was due so many days ago, and gives its id."""

    def made(euros: str, late: int = 8, *, prepay: bool = False, customer_id: int = 0) -> int:
        draft = documents.start(open_shop, "invoice", customer_id or customer)
        line = Line(text="Matratze", unit_price=Decimal(euros))
        due = TODAY - dt.timedelta(days=late)
        draft = replace(
            draft, lines=(line,), date=TODAY - dt.timedelta(days=late + 14), due=due, prepay=prepay
        )
        saved = documents.save_draft(open_shop, draft)
        assert saved.id is not None
        return issuing.issue(open_shop, saved.id, send=False, allow_date=True).document.id or 0

    return made


def later(shop: Shop, days: int) -> None:
    shop.clock = FixedClock(dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(10), dt.UTC))


def keys(shop: Shop) -> list[tuple[int, ...]]:
    return [each.group.key for each in payment_reminders.due(shop).proposals]


def issue_all(shop: Shop) -> payment_reminders.BatchResult:
    return payment_reminders.issue_all(shop, keys(shop))


def pay(shop: Shop, document_id: int, amount: str) -> None:
    bills = payments.accounts(shop, [document_id])
    given = Money.of(amount)
    parts = payments.suggest_allocation(shop, bills[document_id].customer_id or 0, given)
    payments.book(shop, Payment(shop.clock.today(), given), parts)


def test_two_late_bills_of_a_customer_go_on_one_reminder_and_the_mail_waits(
    open_shop: Shop, bill: Bill
) -> None:
    first, second, early = bill("100", 20), bill("50", 8), bill("70", 3)
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.group.key == (first, second)
    assert early not in proposal.group.key
    assert proposal.total == Money.of("150")
    result = issue_all(open_shop)
    (sent,) = result.sent
    assert not result.refused
    issued = documents.load(open_shop, sent.document_id)
    assert issued.kind == DocumentKind.PAYMENT_REMINDER
    assert issued.due == TODAY + dt.timedelta(days=7)
    assert totals(issued).payable == Money.of("150")
    assert sent.mail_id is not None
    mail = outbox.entry(open_shop, sent.mail_id)
    assert mail.state == MailState.QUEUED
    assert [file.name for file in mail.attachments] == [f"{sent.number}.pdf"]
    assert keys(open_shop) == []
    told = [entry.title for entry in timeline.page(open_shop, issued.customer_id or 0)]
    assert any(sent.number in title for title in told)


def test_what_was_paid_since_the_list_was_made_is_not_reminded_of(open_shop: Shop, bill: Bill) -> None:
    number = bill("100")
    wanted = keys(open_shop)
    pay(open_shop, number, "100")
    result = payment_reminders.issue_all(open_shop, wanted)
    assert not result.sent
    assert [each.error.code for each in result.refused] == ["reminder-not-due"]
    assert chains.successors(open_shop, number) == ()


def test_the_levels_follow_each_other_and_cost_more_only_in_default(open_shop: Shop, bill: Bill) -> None:
    number = bill("1000", 8)
    first = documents.load(open_shop, issue_all(open_shop).sent[0].document_id)
    assert first.reminder is not None
    assert first.reminder.charges == 0
    later(open_shop, 9)
    assert keys(open_shop) == []
    later(open_shop, 10)
    (second,) = issue_all(open_shop).sent
    asked = documents.load(open_shop, second.document_id).reminder
    assert asked is not None
    assert (asked.level, asked.fee) == (2, 2_50)
    (piece,) = asked.bills[0].interest
    # in default since the term of the first reminder (30 November) is over
    assert (piece.first, piece.last) == (dt.date(2026, 12, 1), dt.date(2026, 12, 3))
    assert piece.rate == Decimal("6.27")
    assert piece.amount == Money.of(Decimal(1000) * Decimal("6.27") * 3 / 36500)
    later(open_shop, 24)
    (third,) = issue_all(open_shop).sent
    asked = documents.load(open_shop, third.document_id).reminder
    assert asked is not None
    assert (asked.level, asked.earlier_fees, asked.fee, asked.flat_fee) == (3, 2_50, 2_50, 0)
    later(open_shop, 60)
    (ended,) = payment_reminders.due(open_shop).proposals
    assert ended.group.step.kind == StepKind.ENDED
    assert payments.accounts(open_shop, [number])[number].charges == asked.charges


def test_the_sum_of_a_reminder_is_not_overpaid(open_shop: Shop, bill: Bill) -> None:
    number = bill("1000", 8)
    issue_all(open_shop)
    later(open_shop, 10)
    (second,) = issue_all(open_shop).sent
    total = totals(documents.load(open_shop, second.document_id)).payable
    assert total > Money.of("1000")
    pay(open_shop, number, str(total.amount))
    account = payments.accounts(open_shop, [number])[number]
    assert account.standing(open_shop.clock.today()).state == PaymentState.PAID
    assert account.charges == 0
    (booked,) = payments.of_document(open_shop, number)
    assert booked.unallocated == Money.of("0")
    assert booked.allocations[0].charges == (total - Money.of("1000")).minor


def test_the_banks_file_pays_the_whole_sum_of_a_reminder_without_a_question(
    open_shop: Shop, bill: Bill, tmp_path: Path
) -> None:
    assert not payment_reminders.due(open_shop).ask_bank_first  # nobody is due
    number = bill("1000", 8)
    assert payment_reminders.due(open_shop).ask_bank_first  # no payment was booked here yet
    issue_all(open_shop)
    later(open_shop, 10)
    (second,) = issue_all(open_shop).sent
    issued = documents.load(open_shop, second.document_id)
    day = TODAY + dt.timedelta(days=12)
    booking = Booking(totals(issued).payable.minor, text=", ".join(issued.numbers), day=day)
    place = tmp_path / "auszug.xml"
    place.write_bytes(camt([booking]))
    bank_files.take(open_shop, bank_files.open_file(place))
    assert bank_files.accept_certain(open_shop)[0] == 1
    account = payments.accounts(open_shop, [number])[number]
    assert (account.open, account.charges) == (Money.of("0"), 0)
    bill("50", 1)
    later(open_shop, 15)
    found = payment_reminders.due(open_shop)
    assert (found.last_statement, found.ask_bank_first) == (day, True)
    later(open_shop, 14)
    assert not payment_reminders.due(open_shop).ask_bank_first


def test_a_business_owes_nine_points_and_forty_euros_once(open_shop: Shop, customer: int, bill: Bill) -> None:
    firm = replace(sample_shop.sample().caller, id=None, company="Hotel Balkan", vat_id="")
    stored = customers.create(open_shop, firm)
    bill("1000", 8, customer_id=stored.id)
    for day in (0, 10, 24):
        later(open_shop, day)
        (sent,) = issue_all(open_shop).sent
    asked = documents.load(open_shop, sent.document_id).reminder
    assert asked is not None
    assert asked.bills[0].interest[0].rate == Decimal("10.27")
    assert asked.fee + asked.earlier_fees + asked.flat_fee == 40_00


def test_mails_taken_back_in_their_seconds_do_not_count(open_shop: Shop, bill: Bill) -> None:
    number = bill("100")
    result = issue_all(open_shop)
    assert payment_reminders.take_back(open_shop, result.sent) == 1
    assert result.sent[0].mail_id is not None
    assert outbox.entry(open_shop, result.sent[0].mail_id).state == MailState.CANCELLED
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert (proposal.group.key, proposal.group.step.level) == ((number,), 1)


def test_nobody_reminds_a_customer_who_is_stopped_until_the_day(
    open_shop: Shop, customer: int, bill: Bill
) -> None:
    bill("100")
    with pytest.raises(StopRefused):
        payment_reminder_stops.stop(open_shop, Stop(customer, " "))
    until = TODAY + dt.timedelta(days=5)
    stop, undo = payment_reminder_stops.stop(open_shop, Stop(customer, "zahlt in Raten", until))
    assert keys(open_shop) == []
    assert payment_reminders.due(open_shop).stopped == 1
    assert payment_reminder_stops.of_customer(open_shop, customer) == (stop,)
    undo.run(open_shop)
    assert len(keys(open_shop)) == 1
    payment_reminder_stops.stop(open_shop, Stop(customer, "zahlt in Raten", until))
    later(open_shop, 6)
    assert len(keys(open_shop)) == 1


def test_a_stop_of_one_bill_leaves_the_others(open_shop: Shop, bill: Bill) -> None:
    first, second = bill("100"), bill("50")
    payment_reminder_stops.stop(open_shop, Stop(None, "Reklamation", document_id=first))
    assert keys(open_shop) == [(second,)]


def test_payment_in_advance_is_reminded_of_once_then_a_cancellation_is_proposed(
    open_shop: Shop, bill: Bill
) -> None:
    bill("100", prepay=True)
    issue_all(open_shop)
    later(open_shop, 20)
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.group.step.kind == StepKind.CANCEL
    assert proposal.draft is None


def test_who_has_no_mail_address_gets_a_letter_to_print(open_shop: Shop, bill: Bill) -> None:
    nobody = replace(sample_shop.sample().caller, id=None, emails=())
    bill("100", customer_id=customers.create(open_shop, nobody).id)
    (sent,) = issue_all(open_shop).sent
    assert sent.mail_id is None
    assert sent.number


def test_cancelling_leaves_the_rest_as_it_is(open_shop: Shop, bill: Bill) -> None:
    bill("100")
    result = payment_reminders.issue_all(open_shop, keys(open_shop), LongWork(cancelled=lambda: True))
    assert (result.sent, result.left) == ((), 1)
    assert len(keys(open_shop)) == 1


def test_without_the_base_rate_no_interest_is_asked_for_and_the_list_says_so(
    open_shop: Shop, customer: int, bill: Bill
) -> None:
    payment_claims.save_rules(open_shop, ReminderRules())
    bill("1000", 40)
    assert payment_reminders.due(open_shop).rate_missing_since == JULY.since
    payment_claims.save_base_rate(open_shop, JULY)
    assert payment_reminders.due(open_shop).rate_missing_since is None


def test_who_has_paid_into_the_bank_file_is_not_reminded_until_the_booking_is_dealt_with(
    open_shop: Shop, bill: Bill, tmp_path: Path
) -> None:
    paid = bill("100", 20)
    number = documents.load(open_shop, paid).number
    before = keys(open_shop)
    (tmp_path / "heute.xml").write_bytes(camt([Booking(10000, text=number)]))
    bank_files.take(open_shop, bank_files.open_file(tmp_path / "heute.xml"))
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.refusal is not None
    assert proposal.refusal.code == "reminder-money-is-here"
    result = payment_reminders.issue_all(open_shop, before)  # the list was made before the file came
    assert [each.error.code for each in result.refused] == ["reminder-money-is-here"]
    bank_files.ignore(open_shop, bank_files.waiting(open_shop)[0].stored)
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.refusal is None


def test_who_has_a_credit_as_large_as_the_bill_is_not_reminded(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    bill("100", 20)
    booked, undo = payments.book(open_shop, Payment(TODAY, Money.of("100"), customer_id=customer), [])
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.refusal is not None
    assert issue_all(open_shop).sent == ()
    undo.run(open_shop)
    payments.book(open_shop, Payment(TODAY, Money.of("99.99"), customer_id=customer), [])
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert proposal.refusal is None
    assert booked.unallocated == Money.of("100")


def heute(shop: Shop, kind: TodayKind) -> list[tuple[int, int, Money | None]]:
    return [(each.reference, each.times, each.amount) for each in today.items(shop) if each.kind == kind]


def test_heute_tells_of_an_order_whose_payment_in_advance_does_not_come(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    pay(open_shop, bill("10"), "10")
    draft = documents.start(open_shop, "order_confirmation", customer)
    draft = replace(draft, lines=(Line(text="Matratze", unit_price=Decimal(500)),), prepay=True)
    saved = documents.save_draft(open_shop, draft)
    order = issuing.issue(open_shop, saved.id or 0, send=False).document.id or 0
    later(open_shop, 6)
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == []
    later(open_shop, 7)
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == [(order, 1, Money.of("500"))]
    pay(open_shop, order, "200")
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == [(order, 1, Money.of("300"))]
    (row,) = [each for each in today.items(open_shop) if each.kind == TodayKind.ADVANCE_MISSING]
    undo = advance_rows.later(row, open_shop, Later(open_shop.clock.today() + dt.timedelta(days=3)))
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == []
    later(open_shop, 10)
    assert len(heute(open_shop, TodayKind.ADVANCE_MISSING)) == 1
    undo.run(open_shop)
    undo = advance_rows.asked(row, open_shop)
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == []
    undo.run(open_shop)
    pay(open_shop, order, "300")
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == []


def test_heute_counts_letters_and_tells_of_a_cancellation_for_itself(open_shop: Shop, bill: Bill) -> None:
    pay(open_shop, bill("10"), "10")
    asked = bill("85", prepay=True)
    issue_all(open_shop)
    late = bill("100", late=0)
    later(open_shop, 18)
    found = payment_reminders.due(open_shop).proposals
    assert [each.group.step.kind for each in found] == [StepKind.CANCEL, StepKind.REMIND]
    assert heute(open_shop, TodayKind.PAYMENT_REMINDERS) == [(0, 1, Money.of("100"))]
    assert heute(open_shop, TodayKind.ADVANCE_MISSING) == [(asked, 1, Money.of("85"))]
    assert found[1].group.key == (late,)
