"""Paid in advance: money booked on an order confirmation counts for the invoice that follows, wherever it is asked."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest

from shopdesk.domain.documents import Document, Line, LineKind, Means
from shopdesk.domain.money import Money
from shopdesk.domain.payment_matching import Confidence
from shopdesk.domain.payments import (
    Allocation,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentRules,
    PaymentState,
)
from shopdesk.domain.statements import Entry
from shopdesk.domain.today import TodayKind
from shopdesk.domain.unshipped import Clearance
from shopdesk.usecases import (
    bank_files,
    chains,
    customer_statements,
    customers,
    documents,
    issuing,
    packing,
    paying_by_number,
    payment_claims,
    payments,
    sample_shop,
    today,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


def euros(amount: str) -> Money:
    return Money.of(amount)


def issued(shop: Shop, draft: Document) -> int:
    stored = draft if draft.id else documents.save_draft(shop, draft)
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def order(shop: Shop, customer: int, amount: str = "300", *, prepay: bool = True) -> int:
    draft = documents.start(shop, "order_confirmation", customer)
    lines = (Line(text="Matratze", unit_price=Decimal(amount)),)
    return issued(shop, replace(draft, lines=lines, prepay=prepay))


def invoice(shop: Shop, origin: int, amount: str = "", kind: str = "invoice") -> int:
    draft = chains.follow_up(shop, origin, kind)
    if amount:
        line = Line(text="Teil", unit_price=Decimal(amount))
        draft = documents.save_draft(shop, replace(draft, lines=(line,)))
    return issued(shop, draft)


def pay(shop: Shop, document_id: int, amount: str, **more: object) -> int:
    part = Allocation(document_id, euros(amount))
    booked, _ = payments.book(shop, Payment(TODAY, euros(amount), **more), [part])  # type: ignore[arg-type]
    return booked.payment.id or 0


def standing(shop: Shop, document_id: int) -> tuple[PaymentState, Money]:
    found = payments.accounts(shop, [document_id])[document_id].standing(TODAY)
    return found.state, found.open


def agree(shop: Shop, customer: int) -> Money:
    """The balance of the statement, which must be what open items and credit say."""
    balance = customer_statements.of_customer(shop, customer).closing
    card = customers.glance(shop, customer)
    assert card.open_minor - card.credit_minor == balance.minor
    return balance


def test_an_order_in_advance_waits_for_its_money_and_another_does_not(open_shop: Shop, customer: int) -> None:
    waits, other = order(open_shop, customer), order(open_shop, customer, prepay=False)
    assert [each.document_id for each in payments.open_items(open_shop)] == [waits]
    assert payments.accounts(open_shop, [other]) == {}
    far = TODAY + dt.timedelta(days=400)
    with open_shop.reading() as connection:
        assert payment_claims.open_claims(connection, payment_claims.load_rules(connection), far) == ()
    assert payments.accounts(open_shop, [waits])[waits].standing(far).state is PaymentState.OPEN
    with pytest.raises(PaymentRefused):
        pay(open_shop, other, "300")
    assert agree(open_shop, customer) == euros("0")  # nothing is owed before it is billed


def test_money_on_the_order_counts_for_its_invoice_and_the_paper_says_so(
    open_shop: Shop, customer: int
) -> None:
    its_order = order(open_shop, customer)
    payment = pay(open_shop, its_order, "300")
    assert standing(open_shop, its_order) == (PaymentState.PAID, euros("0"))
    assert agree(open_shop, customer) == euros("-300")
    draft = chains.follow_up(open_shop, its_order, "invoice")
    number = documents.load(open_shop, its_order).number
    assert [(paid.amount, paid.means, paid.reference) for paid in draft.prepaid] == [
        (Decimal("300.00"), Means.TRANSFER, number)
    ]
    done = issuing.issue(open_shop, draft.id or 0, send=False)
    bill = done.document.id or 0
    assert standing(open_shop, bill) == (PaymentState.PAID, euros("0"))
    assert payments.states(open_shop, [its_order, bill]).keys() == {bill}
    assert payments.open_items(open_shop) == ()
    assert agree(open_shop, customer) == euros("0")
    assert [each.document_id for each in payments.get(open_shop, payment).allocations] == [bill]
    text = " ".join(pypdf.PdfReader(io.BytesIO(done.pdf)).pages[0].extract_text().split())
    assert "Der Betrag ist bereits bezahlt" in text
    assert number in text


def test_half_paid_the_rest_is_asked_for_by_the_invoice(open_shop: Shop, customer: int) -> None:
    its_order = order(open_shop, customer)
    pay(open_shop, its_order, "100")
    bill = invoice(open_shop, its_order)
    assert standing(open_shop, bill) == (PaymentState.PART_PAID, euros("200"))
    assert [each.document_id for each in payments.open_items(open_shop)] == [bill]
    assert payments.open_sums(open_shop) == (euros("200"), euros("0"))
    assert agree(open_shop, customer) == euros("200")
    due = payments.accounts(open_shop, [bill])[bill].due
    assert due is not None
    open_shop.clock.set(dt.datetime.combine(due + dt.timedelta(days=3), dt.time(9), dt.UTC))  # type: ignore[attr-defined]
    (late,) = [one for one in today.items(open_shop) if one.kind == TodayKind.OVERDUE]
    assert (late.document_id, late.amount) == (bill, euros("200"))
    reminder = chains.drafted(open_shop, bill, "payment_reminder").reminder
    assert reminder is not None
    assert [(each.gross, each.open) for each in reminder.bills] == [(euros("300"), euros("200"))]


def test_billed_in_parts_each_takes_what_it_bills_and_the_rest_waits(open_shop: Shop, customer: int) -> None:
    its_order = order(open_shop, customer)
    pay(open_shop, its_order, "250")
    first = invoice(open_shop, its_order, "120")
    assert standing(open_shop, first) == (PaymentState.PAID, euros("0"))
    assert standing(open_shop, its_order) == (PaymentState.PART_PAID, euros("50"))  # 180 left, 130 paid
    assert agree(open_shop, customer) == euros("-130")
    second = invoice(open_shop, its_order, "180")
    assert standing(open_shop, second) == (PaymentState.PART_PAID, euros("50"))
    assert standing(open_shop, its_order)[1] == euros("0")
    assert agree(open_shop, customer) == euros("50")


def test_a_cancelled_invoice_gives_the_money_back_to_the_order_and_the_next_one_takes_it(
    open_shop: Shop, customer: int
) -> None:
    its_order = order(open_shop, customer)
    payment = pay(open_shop, its_order, "300")
    bill = invoice(open_shop, its_order)
    cancellation = invoice(open_shop, bill, kind="cancellation")
    assert standing(open_shop, bill) == (PaymentState.CANCELLED, euros("0"))
    assert standing(open_shop, its_order) == (PaymentState.PAID, euros("0"))
    assert [each.document_id for each in payments.get(open_shop, payment).allocations] == [its_order]
    assert agree(open_shop, customer) == euros("-300")
    again = invoice(open_shop, cancellation)
    assert standing(open_shop, again) == (PaymentState.PAID, euros("0"))
    assert agree(open_shop, customer) == euros("0")


def test_over_a_delivery_note_the_money_finds_its_way(open_shop: Shop, customer: int) -> None:
    its_order = order(open_shop, customer)
    pay(open_shop, its_order, "300", kind=PaymentKind.EXTERNAL_TILL, slip_number="4711")
    note = invoice(open_shop, its_order, kind="delivery_note")
    draft = chains.follow_up(open_shop, note, "invoice")
    assert [paid.reference.split()[-1] for paid in draft.prepaid] == ["4711"]
    assert standing(open_shop, issued(open_shop, draft)) == (PaymentState.PAID, euros("0"))


def test_a_payment_that_came_after_the_draft_was_written_is_on_the_invoice(
    open_shop: Shop, customer: int
) -> None:
    its_order = order(open_shop, customer)
    draft = chains.follow_up(open_shop, its_order, "invoice")
    assert draft.prepaid == ()
    pay(open_shop, its_order, "300")
    bill = issued(open_shop, draft)
    assert [paid.amount for paid in documents.load(open_shop, bill).prepaid] == [Decimal("300.00")]
    assert standing(open_shop, bill) == (PaymentState.PAID, euros("0"))


def test_a_payment_taken_back_leaves_the_invoice_open_and_comes_back_to_it(
    open_shop: Shop, customer: int
) -> None:
    its_order = order(open_shop, customer)
    payment = pay(open_shop, its_order, "300")
    bill = invoice(open_shop, its_order)
    undo = payments.take_back(open_shop, payment)
    assert standing(open_shop, bill) == (PaymentState.OPEN, euros("300"))
    assert agree(open_shop, customer) == euros("300")
    undo.run(open_shop)
    assert standing(open_shop, bill) == (PaymentState.PAID, euros("0"))
    assert standing(open_shop, its_order)[1] == euros("0")
    assert agree(open_shop, customer) == euros("0")


def test_too_much_on_the_order_stays_there_to_be_paid_back(open_shop: Shop, customer: int) -> None:
    its_order = order(open_shop, customer)
    pay(open_shop, its_order, "300")
    bill = invoice(open_shop, its_order, "280")
    assert standing(open_shop, bill) == (PaymentState.PAID, euros("0"))
    assert agree(open_shop, customer) == euros("-20")


@pytest.mark.parametrize("text", ["{order}", "Auftrag {spaced} danke"])
def test_a_transfer_that_names_the_order_pays_its_invoice(open_shop: Shop, customer: int, text: str) -> None:
    its_order = order(open_shop, customer)
    number = documents.load(open_shop, its_order).number
    words = text.format(order=number, spaced=number.replace("-", " "))
    entry = Entry(TODAY, TODAY, euros("300"), name="Somebody", text=words)
    before = proposal(open_shop, entry)
    assert before == (Confidence.CERTAIN, [its_order])
    bill = invoice(open_shop, its_order)
    assert proposal(open_shop, entry) == (Confidence.CERTAIN, [bill])


def proposal(shop: Shop, entry: Entry) -> tuple[Confidence, list[int]]:
    with shop.reading() as connection:
        found = bank_files._bills(connection).propose(entry)
    assert found is not None
    return found.confidence, [each.document_id for each in found.allocations]


def test_the_parcel_of_a_paid_order_may_leave_before_and_after_it_is_billed(
    open_shop: Shop, customer: int
) -> None:
    draft = documents.start(open_shop, "order_confirmation", customer)
    line = Line(text="Matratze", unit_price=Decimal(300))
    its_order = issued(open_shop, replace(draft, lines=(line,), prepay=True))
    assert not paying_by_number.can_leave(open_shop, its_order)
    payment = pay(open_shop, its_order, "300")
    assert paying_by_number.can_leave(open_shop, its_order)
    bill = invoice(open_shop, its_order)
    rows = packing.page(open_shop)
    assert [row.clearance for row in rows] == [Clearance.PAID]
    payments.take_back(open_shop, payment)
    assert not paying_by_number.can_leave(open_shop, its_order)
    assert not paying_by_number.can_leave(open_shop, bill)


def _on_the_list(shop: Shop) -> dict[int, tuple[Clearance, Money]]:
    return {each.document_id: (each.clearance, each.open) for each in packing.page(shop)}


@pytest.mark.parametrize("with_note", [True, False])
@pytest.mark.parametrize(
    ("paid", "clearance", "left"), [("300", Clearance.PAID, "0"), ("150", Clearance.WAITS, "150")]
)
def test_what_is_left_of_an_order_in_advance_waits_only_for_money_that_is_not_there(
    open_shop: Shop, customer: int, paid: str, clearance: Clearance, left: str, *, with_note: bool
) -> None:
    draft = documents.start(open_shop, "order_confirmation", customer)
    line = Line(text="Matratze", quantity=Decimal(3), unit_price=Decimal(100))
    postage = Line(LineKind.POSTAGE, "Versand", unit_price=Decimal(0))
    waits = issued(open_shop, replace(draft, lines=(line, postage), prepay=True))
    pay(open_shop, waits, paid)
    part = chains.follow_up(open_shop, waits, "delivery_note" if with_note else "invoice")
    one = replace(part.lines[0], quantity=Decimal(1))
    first = issued(open_shop, documents.save_draft(open_shop, replace(part, lines=(one, *part.lines[1:]))))
    if with_note:
        issued(open_shop, chains.follow_up(open_shop, first, "invoice"))
    assert _on_the_list(open_shop)[waits] == (clearance, euros(left))
    open_shop.clock.set(dt.datetime.combine(TODAY + dt.timedelta(days=7), dt.time(9), dt.UTC))  # type: ignore[attr-defined]
    late = [each.reference for each in today.items(open_shop) if each.kind == TodayKind.UNSHIPPED]
    assert (waits in late) == (clearance == Clearance.PAID)


def test_what_a_bill_of_an_order_in_advance_lacks_keeps_the_rest_of_the_order_here(
    open_shop: Shop, customer: int
) -> None:
    draft = documents.start(open_shop, "order_confirmation", customer)
    line = Line(text="Matratze", quantity=Decimal(3), unit_price=Decimal(100))
    waits = issued(open_shop, replace(draft, lines=(line,), prepay=True))
    part = chains.follow_up(open_shop, waits, "invoice")
    one = replace(part.lines[0], quantity=Decimal(1))
    bill = issued(open_shop, documents.save_draft(open_shop, replace(part, lines=(one,))))
    pay(open_shop, waits, "200")
    assert _on_the_list(open_shop)[waits] == (Clearance.WAITS, euros("100"))
    pay(open_shop, bill, "100")
    assert _on_the_list(open_shop)[waits] == (Clearance.PAID, euros("0"))


def test_a_bill_for_a_time_is_nothing_to_be_packed(open_shop: Shop, customer: int) -> None:
    draft = documents.start(open_shop, "invoice", customer)
    lines = (Line(text="Einlagerung Dezember", unit_price=Decimal("24.90")),)
    month = (dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    issued(open_shop, replace(draft, lines=lines, service_period=month, prepay=False))
    assert _on_the_list(open_shop) == {}


def test_goods_of_a_bill_that_was_settled_elsewhere_wait_for_no_money(open_shop: Shop, customer: int) -> None:
    draft = documents.start(open_shop, "invoice", customer)
    lines = (Line(text="Matratze", unit_price=Decimal(300)),)
    bill = issued(open_shop, replace(draft, lines=lines, prepay=False))
    assert _on_the_list(open_shop)[bill] == (Clearance.WAITS, euros("300"))
    payments.save_rules(open_shop, PaymentRules(since=TODAY + dt.timedelta(days=1)))
    assert _on_the_list(open_shop)[bill] == (Clearance.PAID, euros("0"))
