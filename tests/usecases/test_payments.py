"""Payments: what a bill says, what was corrected, paid and forgiven always agree; everything can be taken back (S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import CashDiscount, DocumentKind, Line
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.domain.journal import JournalFilter
from shopdesk.domain.money import Money
from shopdesk.domain.payments import (
    Allocation,
    Booked,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentRules,
    PaymentState,
)
from shopdesk.domain.timeline import EntryKind
from shopdesk.domain.today import TodayKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    chains,
    customer_statements,
    customers,
    documents,
    issuing,
    journal,
    payments,
    sample_shop,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
Bill = Callable[..., int]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def bill(open_shop: Shop, customer: int) -> Bill:
    """Issues an invoice of so many euros and gives its id."""

    def made(euros: str, due: int = 14, terms: CashDiscount | None = None) -> int:
        draft = documents.start(open_shop, "invoice", customer)
        line = Line(text="Matratze", unit_price=Decimal(euros))
        due_day = TODAY + dt.timedelta(days=due)
        draft = replace(draft, lines=(line,), due=due_day, cash_discount=terms)
        return issued(open_shop, documents.save_draft(open_shop, draft).id)

    return made


def issued(shop: Shop, document_id: int | None) -> int:
    assert document_id is not None
    return issuing.issue(shop, document_id, send=False).document.id or 0


def euros(amount: str) -> Money:
    return Money.of(amount)


def paid(shop: Shop, parts: dict[int, str], amount: str, **more: object) -> Booked:
    allocations = [Allocation(each, euros(part)) for each, part in parts.items()]
    return payments.book(shop, Payment(TODAY, euros(amount), **more), allocations)[0]  # type: ignore[arg-type]


def state(shop: Shop, document_id: int, today: dt.date = TODAY) -> tuple[PaymentState, Money]:
    found = payments.accounts(shop, [document_id])[document_id].standing(today)
    return found.state, found.open


def test_one_transfer_pays_several_invoices_and_the_rest_is_the_customers_credit(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    first, second, third = bill("100"), bill("200"), bill("50")
    stored = paid(open_shop, {first: "100", second: "150"}, "270.00", payer="D. Ivanova")
    assert stored.unallocated == euros("20")
    assert stored.payment.customer_id == customer
    assert state(open_shop, first) == (PaymentState.PAID, euros("0"))
    assert state(open_shop, second) == (PaymentState.PART_PAID, euros("50"))
    assert state(open_shop, second, TODAY + dt.timedelta(days=15)) == (PaymentState.OVERDUE, euros("50"))
    undo = payments.use_credit(open_shop, stored.payment.id or 0, [Allocation(third, euros("20"))])
    assert state(open_shop, third) == (PaymentState.PART_PAID, euros("30"))
    undo.run(open_shop)
    assert state(open_shop, third) == (PaymentState.OPEN, euros("50"))
    assert [each.document_id for each in payments.open_items(open_shop)] == [second, third]
    assert payments.open_sums(open_shop) == (euros("100"), euros("0"))


def test_an_undone_payment_leaves_everything_as_it_was_and_the_journal_knows(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    invoice = bill("295.55")
    before = payments.accounts(open_shop, [invoice])
    stored, undo = payments.book_in_full(open_shop, [invoice])
    assert stored.payment.amount == euros("295.55")
    told = timeline.page(open_shop, customer, kind=EntryKind.PAYMENT)
    assert [each.title for each in told] == [
        f"Zahlung eingegangen: 295,55\u00a0€ · {stored.allocations[0].number}"
    ]
    undo.run(open_shop)
    assert payments.accounts(open_shop, [invoice]) == before
    assert payments.page(open_shop) == ()
    assert timeline.page(open_shop, customer, kind=EntryKind.PAYMENT) == ()
    acts = [each.action for each in journal.page(open_shop, JournalFilter(subjects=("payment",))).entries]
    assert acts == ["take-back", "create"]


def test_what_was_taken_back_is_booked_again_only_while_the_bill_is_open(open_shop: Shop, bill: Bill) -> None:
    invoice = bill("80")
    first, _ = payments.book_in_full(open_shop, [invoice])
    again = payments.take_back(open_shop, first.payment.id or 0)
    _, undo = payments.book_in_full(open_shop, [invoice])
    with pytest.raises(PaymentRefused):
        again.run(open_shop)
    undo.run(open_shop)
    again.run(open_shop)
    assert state(open_shop, invoice) == (PaymentState.PAID, euros("0"))
    with pytest.raises(ChangedElsewhere):
        again.run(open_shop)


def test_cash_discount_in_time_late_with_tolerance_and_too_late(open_shop: Shop, bill: Bill) -> None:
    invoice = bill("200", terms=CashDiscount(Decimal(2), 7))
    for days, amount in ((0, "196"), (7, "196"), (10, "196"), (11, "200")):
        stored, undo = payments.book_in_full(open_shop, [invoice], TODAY + dt.timedelta(days=days))
        assert stored.payment.amount == euros(amount), days
        assert state(open_shop, invoice) == (PaymentState.PAID, euros("0"))
        undo.run(open_shop)
    with pytest.raises(PaymentRefused) as refusal:
        payments.book(open_shop, Payment(TODAY, euros("190")), [Allocation(invoice, euros("190"), 10_00)])
    assert refusal.value.code == "payment-discount"


def test_cents_are_written_off_with_a_reason_and_up_to_the_limit(open_shop: Shop, bill: Bill) -> None:
    invoice = bill("100")
    part = Allocation(invoice, euros("99.50"), written_off=50)
    with pytest.raises(PaymentRefused) as refusal:
        payments.book(open_shop, Payment(TODAY, euros("99.50")), [part])
    assert refusal.value.field == "reason"
    payments.book(open_shop, Payment(TODAY, euros("99.50"), reason="Bankgebühr"), [part])
    assert state(open_shop, invoice) == (PaymentState.PAID, euros("0"))
    other = bill("100")
    whole = Payment(TODAY, euros("0"), PaymentKind.WRITE_OFF, reason="Kulanz")
    with pytest.raises(PaymentRefused):
        payments.book(open_shop, whole, [Allocation(other, euros("0"), written_off=100_00)])


def test_cash_is_noted_with_the_slip_number_of_the_till(open_shop: Shop, bill: Bill) -> None:
    invoice = bill("30")
    with pytest.raises(PaymentRefused) as refusal:
        payments.book_in_full(open_shop, [invoice], kind=PaymentKind.EXTERNAL_TILL)
    assert refusal.value.field == "slip_number"
    stored, _ = payments.book_in_full(
        open_shop, [invoice], kind=PaymentKind.EXTERNAL_TILL, slip_number="0815"
    )
    assert stored.payment.slip_number == "0815"


def test_a_cancelled_invoice_that_was_paid_is_paid_back(open_shop: Shop, bill: Bill) -> None:
    invoice, unpaid = bill("100"), bill("60")
    payments.book_in_full(open_shop, [invoice])
    for each in (invoice, unpaid):
        issued(open_shop, chains.follow_up(open_shop, each, DocumentKind.CANCELLATION).id)
    assert state(open_shop, unpaid) == (PaymentState.CANCELLED, euros("0"))
    assert state(open_shop, invoice) == (PaymentState.OVERPAID, euros("-100"))
    back = Payment(TODAY, euros("-100"), PaymentKind.REFUND)
    with pytest.raises(PaymentRefused):
        payments.book(open_shop, replace(back, amount=euros("-120")), [Allocation(invoice, euros("-120"))])
    payments.book(open_shop, back, [Allocation(invoice, euros("-100"))])
    assert state(open_shop, invoice) == (PaymentState.CANCELLED, euros("0"))
    assert payments.open_items(open_shop) == ()


def test_a_credit_note_reduces_what_is_open(open_shop: Shop, bill: Bill) -> None:
    invoice = bill("100")
    note = chains.follow_up(open_shop, invoice, DocumentKind.CREDIT_NOTE)
    line = Line(text="Kratzer", unit_price=Decimal(30))
    issued(open_shop, documents.save_draft(open_shop, replace(note, lines=(line,), reason="Kratzer")).id)
    assert state(open_shop, invoice) == (PaymentState.OPEN, euros("70"))
    stored, _ = payments.book_in_full(open_shop, [invoice])
    assert stored.payment.amount == euros("70")


def test_a_final_invoice_asks_only_for_what_its_deposits_left(open_shop: Shop, customer: int) -> None:
    order = replace(
        documents.start(open_shop, "order_confirmation", customer),
        lines=(Line(text="Boxspringbett", unit_price=Decimal(1000)),),
    )
    job = issued(open_shop, documents.save_draft(open_shop, order).id)
    deposit = issued(open_shop, chains.follow_up(open_shop, job, DocumentKind.DEPOSIT_INVOICE).id)
    payments.book_in_full(open_shop, [deposit])
    final = issued(open_shop, chains.follow_up(open_shop, job, DocumentKind.FINAL_INVOICE).id)
    assert state(open_shop, final) == (PaymentState.OPEN, euros("700"))
    assert state(open_shop, deposit) == (PaymentState.PAID, euros("0"))


def test_a_draft_a_stranger_and_more_than_is_open_are_refused(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    invoice = bill("100")
    draft = documents.save_draft(open_shop, documents.start(open_shop, "invoice", customer)).id or 0
    for parts, amount, code in (
        ({draft: "10"}, "10", "payment-no-bill"),
        ({invoice: "101"}, "101", "payment-beyond"),
        ({invoice: "100"}, "99", "payment-too-much"),
        ({invoice: "0"}, "5", "payment-nothing"),
    ):
        with pytest.raises(PaymentRefused) as refusal:
            paid(open_shop, parts, amount)
        assert refusal.value.code == code
    assert payments.page(open_shop) == ()


def test_an_amount_settles_what_it_fits_exactly_else_the_oldest_first(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    old, newer = bill("100", due=5), bill("150", due=9)
    reduced = bill("50", due=20, terms=CashDiscount(Decimal(2), 7))

    def suggested(amount: str) -> list[tuple[int, str, int]]:
        found = payments.suggest_allocation(open_shop, customer, euros(amount), TODAY)
        return [(each.document_id, str(each.amount.amount), each.cash_discount) for each in found]

    assert suggested("150") == [(newer, "150.00", 0)]
    assert suggested("49") == [(reduced, "49.00", 1_00)]
    assert suggested("299") == [(old, "100.00", 0), (newer, "150.00", 0), (reduced, "49.00", 1_00)]
    assert suggested("120") == [(old, "100.00", 0), (newer, "20.00", 0)]
    assert suggested("400") == [(old, "100.00", 0), (newer, "150.00", 0), (reduced, "50.00", 0)]


def test_open_items_are_paged_what_is_due_first_before_the_others_and_found_by_words(
    open_shop: Shop, bill: Bill
) -> None:
    wanted = [bill("10", due=days) for days in (1, 2, 3, 4)]
    first = payments.open_items(open_shop, limit=3)
    rest = payments.open_items(open_shop, cursor=payments.item_cursor(first[-1]))
    assert [each.document_id for each in (*first, *rest)] == wanted
    assert [each.number for each in payments.open_items(open_shop, words=first[1].number)] == [
        first[1].number
    ]
    assert payments.open_items(open_shop, words="Niemand") == ()


def test_bills_of_before_payments_were_followed_count_as_settled_elsewhere(
    open_shop: Shop, bill: Bill
) -> None:
    bill("10")
    undo = payments.save_rules(open_shop, PaymentRules(since=TODAY + dt.timedelta(days=1)))
    assert payments.open_items(open_shop) == ()
    undo.run(open_shop)
    assert len(payments.open_items(open_shop)) == 1


def test_a_payment_is_never_changed_behind_the_programs_back(open_shop: Shop, bill: Bill) -> None:
    payments.book_in_full(open_shop, [bill("10")])
    for words in (
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        "UPDATE payment_allocation SET amount = 1",
        "DELETE FROM payment_allocation",
    ):
        with pytest.raises(ShopError), open_shop.writing() as connection:
            connection.exec_driver_sql(words)


def test_the_statement_agrees_with_open_items_and_credit_and_can_be_given_away(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    whole, part, gone = bill("100"), bill("200", terms=CashDiscount(Decimal(2), 7)), bill("60")
    payments.book_in_full(open_shop, [part])
    paid(open_shop, {whole: "40"}, "55", payer="D. Ivanova")
    payments.book_in_full(open_shop, [gone])
    issued(open_shop, chains.follow_up(open_shop, gone, DocumentKind.CANCELLATION).id)
    value = customer_statements.of_customer(open_shop, customer)
    owed = sum(each.open.minor for each in payments.open_items(open_shop))
    credit = sum(each.unallocated.minor for each in payments.of_customer(open_shop, customer))
    assert value.closing.minor == owed - credit == 60_00 - 60_00 - 15_00
    glance = customers.glance(open_shop, customer)
    assert (glance.open_minor, glance.credit_minor) == (owed, credit)
    owner = customers.get(open_shop, customer)
    pdf = customer_statements.as_pdf(open_shop, owner, value)
    assert pdf.startswith(b"%PDF")
    assert customer_statements.as_xlsx(open_shop, owner, value, Texts("de")).startswith(b"PK")


def test_heute_tells_what_is_overdue_once_payments_are_booked(open_shop: Shop, bill: Bill) -> None:
    late, other, credited = bill("100", due=0), bill("50"), bill("30", due=0)
    open_shop.clock = FixedClock(open_shop.clock.now() + dt.timedelta(days=3))

    def overdue() -> list[tuple[int, Money | None]]:
        return [
            (each.reference, each.amount) for each in today.items(open_shop) if each.kind == TodayKind.OVERDUE
        ]

    assert overdue() == []
    assert today.at_a_glance(open_shop).money is None
    day = open_shop.clock.today()
    payments.book(open_shop, Payment(day, euros("40")), [Allocation(late, euros("40"))])
    payments.book_in_full(open_shop, [other])
    note = replace(
        chains.follow_up(open_shop, credited, DocumentKind.CREDIT_NOTE),
        lines=(Line(text="Kratzer", unit_price=Decimal(30)),),
        reason="Kratzer",
    )
    issued(open_shop, documents.save_draft(open_shop, note).id)
    assert overdue() == [(late, euros("60"))]
    money = today.at_a_glance(open_shop).money
    assert money is not None
    assert (money.open, money.overdue, money.received_today) == (euros("60"), euros("60"), euros("90"))


def test_a_reminder_asks_for_what_is_still_open(open_shop: Shop, bill: Bill) -> None:
    document_id = bill("100")
    whole = state(open_shop, document_id)[1]
    paid(open_shop, {document_id: "10"}, "10")
    reminder = chains.follow_up(open_shop, document_id, "payment_reminder").reminder
    assert reminder is not None
    assert [one.open for one in reminder.bills] == [whole - euros("10")]
