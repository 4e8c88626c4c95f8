"""Whatever is billed, paid, corrected and taken back in whatever order: every place says the same sums.

A machine makes random stories of one customer: orders in advance, invoices (also paid on the spot), deposits with their
final invoice, payments in part, over, with a discount or some cents less, one for two bills, refunds of bills, orders
and credit, credit notes, cancellations, undo and redo. After each step open items, states, the sums, the customer's
card, his statement and a book kept by hand agree to the cent.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shopdesk.domain.documents import CashDiscount, Document, Line, Means, Prepayment
from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentState,
    cash_discount_offer,
)
from shopdesk.domain.totals import totals
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import customer_statements as stored_corrections
from shopdesk.usecases import (
    articles,
    chains,
    customer_statements,
    customers,
    documents,
    issuing,
    payments,
    sample_shop,
    shop_settings,
)
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.undo import Undo

MOMENT = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
TODAY = MOMENT.date()
CENTS = st.integers(100, 50_000)
SHARES = st.integers(1, 99)


@dataclass
class Book:
    """What a careful clerk writes beside it: by how much less is owed by each payment that stands."""

    effects: dict[int, int] = field(default_factory=dict)
    undos: dict[int, Undo] = field(default_factory=dict)
    redos: list[tuple[Undo, int, int]] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """By all of them."""
        return sum(self.effects.values())


class Money_agrees(RuleBasedStateMachine):  # noqa: N801 - its name is told when it fails
    """One shop, one customer, and a book kept by hand."""

    @initialize()
    def open_the_shop(self) -> None:
        """An empty shop with one customer."""
        self._folder = tempfile.TemporaryDirectory()
        place = Path(self._folder.name) / "shop.sqlite"
        self.clock = FixedClock(MOMENT)
        self.shop = Shop(
            place, self.clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
        )
        shop_settings.save_profile(self.shop, sample_shop.sample().profile)
        for article in sample_shop.sample().articles[:1]:
            articles.save(self.shop, article)
        self.customer = customers.create(self.shop, sample_shop.sample().caller).id or 0
        self.book = Book()
        self.papers: list[int] = []

    def teardown(self) -> None:
        """See RuleBasedStateMachine."""
        if hasattr(self, "shop"):
            self.shop.close()
            self._folder.cleanup()

    # What happens

    @precondition(lambda self: len(self.papers) < 6)
    @rule(
        cents=CENTS,
        kind=st.sampled_from(["invoice", "invoice", "order_confirmation"]),
        has_terms=st.booleans(),
        spot=st.sampled_from([0, 0, 50, 100]),
    )
    def write(self, cents: int, kind: str, has_terms: bool, spot: int) -> None:
        """An invoice, perhaps paid on the spot in part, or an order that is paid in advance."""
        draft = documents.start(self.shop, kind, self.customer)
        line = Line(text="Matratze", unit_price=Decimal(cents) / 100)
        terms = CashDiscount(Decimal(2), 7) if has_terms and kind == "invoice" else None
        is_order = kind == "order_confirmation"
        draft = documents.save_draft(
            self.shop, replace(draft, lines=(line,), cash_discount=terms, prepay=is_order)
        )
        if spot and kind == "invoice":
            paid = totals(draft).payable.amount * spot / 100
            prepaid = (Prepayment(round(paid, 2), Means.CARD, TODAY),)
            draft = documents.save_draft(self.shop, replace(draft, prepaid=prepaid))
        self._issue(draft)

    @rule(data=st.data())
    def bill_the_order(self, data: st.DataObject) -> None:
        """The whole of an order, or a part of it."""
        orders = [bill for bill in self._accounts() if bill.is_order and not bill.is_done]
        if not orders:
            return
        order = data.draw(st.sampled_from(orders))
        draft = chains.follow_up(self.shop, order.document_id, "invoice")
        if data.draw(st.booleans()):
            part = Decimal(max(order.owed.minor * data.draw(SHARES) // 100, 1)) / 100
            line = Line(text="Teil", unit_price=part)
            draft = documents.save_draft(self.shop, replace(draft, lines=(line,), prepaid=()))
        self._issue(draft)

    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        """In part, in full, too much, with the discount or a few cents less; for one bill or for two."""
        owing = [bill for bill in self._accounts() if bill.open.minor > 0]
        if not owing:
            return
        bills = data.draw(st.lists(st.sampled_from(owing), min_size=1, max_size=2, unique_by=_id))
        parts = [self._part(bill, data) for bill in bills]
        over = data.draw(st.sampled_from([0, 0, 0, 700]))
        amount = sum(part.amount.minor for part in parts) + over
        effect = amount + sum(part.cash_discount + part.written_off for part in parts)
        self._book(Payment(TODAY, Money(amount, "EUR"), reason="Kulanz"), parts, effect)

    @rule(data=st.data())
    def pay_back(self, data: st.DataObject) -> None:
        """What was paid too much goes back, or what lies on an order; never a cent more."""
        over = [bill for bill in self._accounts() if bill.refundable]
        if over:
            bill = data.draw(st.sampled_from(over))
            back = -bill.refundable
            cent = Money(1, "EUR")
            with pytest.raises(PaymentRefused):
                self._refund(bill, back - cent)
            self._refund(bill, back)

    @rule(share=SHARES)
    def pay_back_credit(self, share: int) -> None:
        """What settles no bill goes back; never a cent more."""
        credit = payments.credit_of(self.shop, self.customer, "EUR").minor
        if credit:
            for minor in (credit + 1, max(credit * share // 100, 1)):
                back = Payment(
                    TODAY, Money(-minor, "EUR"), PaymentKind.REFUND, self.customer, reason="zu viel"
                )
                if minor > credit:
                    with pytest.raises(PaymentRefused):
                        payments.book(self.shop, back, [])
                else:
                    self._book(back, [], -minor)

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """A credit note for a part, or a cancellation."""
        bills = [bill for bill in self._accounts() if not bill.is_order and not bill.is_cancelled]
        if not bills:
            return
        bill = data.draw(st.sampled_from(bills))
        kind = data.draw(st.sampled_from(["credit_note", "cancellation"]))
        try:
            draft = chains.follow_up(self.shop, bill.document_id, kind)
            if kind == "credit_note":
                part = Decimal(max(bill.payable.minor * data.draw(SHARES) // 200, 1)) / 100
                lines = (Line(text="Nachlass", unit_price=part),)
                draft = documents.save_draft(self.shop, replace(draft, lines=lines, reason="Nachlass"))
            self._issue(draft)
        except ShopError:
            return  # refused in words: corrected beyond it, cancelled already

    @precondition(lambda self: bool(self.book.effects))
    @rule(data=st.data(), by_toast=st.booleans())
    def take_back(self, data: st.DataObject, *, by_toast: bool) -> None:
        """A payment was a mistake: by the list, or by the toast, which refuses where something came in between."""
        payment_id = data.draw(st.sampled_from(sorted(self.book.effects)))
        effect = self.book.effects[payment_id]
        try:
            if by_toast and payment_id in self.book.undos:
                self.book.undos[payment_id].run(self.shop)
            else:
                self.book.redos.append((payments.take_back(self.shop, payment_id), payment_id, effect))
        except ShopError:
            return
        del self.book.effects[payment_id]

    @precondition(lambda self: bool(self.book.redos))
    @rule()
    def book_again(self) -> None:
        """The mistake was none; refused where the bill was settled otherwise since."""
        undo, payment_id, effect = self.book.redos.pop()
        try:
            undo.run(self.shop)
        except ShopError:
            return
        self.book.effects[payment_id] = effect

    # Helping

    def _accounts(self) -> list[BillAccount]:
        return sorted(payments.accounts(self.shop, self.papers).values(), key=_id)

    def _issue(self, draft: Document) -> None:
        stored = draft if draft.id else documents.save_draft(self.shop, draft)
        document = issuing.issue(self.shop, stored.id or 0, send=False).document
        self.papers.append(document.id or 0)
        self.clock.advance(dt.timedelta(seconds=1))

    def _part(self, bill: BillAccount, data: st.DataObject) -> Allocation:
        offer = cash_discount_offer(bill)
        off = min(bill.open.minor, 30)
        if bill.open.minor > off and data.draw(st.integers(0, 3)) == 0:
            return Allocation(bill.document_id, Money(bill.open.minor - off, "EUR"), written_off=off)
        if offer is not None and data.draw(st.booleans()):
            return Allocation(bill.document_id, bill.open - offer.amount, offer.amount.minor)
        share = data.draw(st.sampled_from([100, 100, 50, 33]))
        return Allocation(bill.document_id, Money(max(bill.open.minor * share // 100, 1), "EUR"))

    def _refund(self, bill: BillAccount, back: Money) -> None:
        payment = Payment(TODAY, back, PaymentKind.REFUND, reason="zu viel")
        self._book(payment, [Allocation(bill.document_id, back)], back.minor)

    def _book(self, payment: Payment, parts: list[Allocation], effect: int) -> None:
        booked, undo = payments.book(self.shop, payment, parts)
        payment_id = booked.payment.id or 0
        self.book.effects[payment_id] = effect
        self.book.undos[payment_id] = undo
        self.clock.advance(dt.timedelta(seconds=1))

    # What always holds

    @invariant()
    def every_place_says_the_same(self) -> None:
        """See the module."""
        if not hasattr(self, "shop"):
            return
        accounts = self._accounts()
        items = payments.open_items(self.shop)
        assert {item.document_id: item.open for item in items} == {
            bill.document_id: bill.open for bill in accounts if bill.open
        }
        assert payments.open_sums(self.shop)[0].minor == sum(max(bill.open.minor, 0) for bill in accounts)
        self._the_customers_side(accounts)
        for bill in accounts:
            state = bill.standing(TODAY).state
            assert (state is PaymentState.OVERPAID) == (bill.open.minor < 0)
            assert (bill.open.minor == 0) == (state in {PaymentState.PAID, PaymentState.CANCELLED})
            assert bill.paid.minor + bill.on_the_spot >= bill.refundable.minor >= 0
        paid = payments.of_customer(self.shop, self.customer)
        money = sum(each.payment.amount.minor for each in paid)
        less = sum(part.cash_discount + part.written_off for each in paid for part in each.allocations)
        assert money + less == self.book.settled
        assert money == sum(bill.paid.minor for bill in accounts) + sum(
            each.unallocated.minor for each in paid
        )

    def _the_customers_side(self, accounts: list[BillAccount]) -> None:
        bills = [bill for bill in accounts if not bill.is_order]
        with self.shop.reading() as connection:
            taken = stored_corrections.corrections(connection, bills)
        billed = sum(bill.payable.minor for bill in bills) - sum(each.less.minor for each in taken)
        balance = customer_statements.of_customer(self.shop, self.customer).closing.minor
        lost = sum(_fallen_away(bill) for bill in accounts)
        assert balance == billed - self.book.settled + lost
        credit = payments.credit_of(self.shop, self.customer, "EUR").minor
        assert credit >= 0
        on_orders = sum(bill.settled.minor for bill in accounts if bill.is_order)
        assert balance == sum(bill.open.minor for bill in bills) - credit - on_orders
        card = customers.glance(self.shop, self.customer)
        if payments.page(self.shop):
            assert card.open_minor - card.credit_minor == balance


def _fallen_away(bill: BillAccount) -> int:
    """By hand: nobody who gives goods back keeps a discount for them, or gets money that he never paid."""
    owed = 0 if bill.is_cancelled else bill.payable.minor - bill.credited.minor
    if bill.is_order:
        owed = bill.owed.minor
    terms = bill.cash_discount
    most = Money.of(Decimal(max(owed, 0)) / 100 * terms.percent / 100).minor if terms else 0
    discount = min(bill.discounted.minor, most)
    off = max(min(bill.written_off.minor, owed - bill.paid.minor - discount), 0)
    return bill.discounted.minor + bill.written_off.minor - discount - (0 if bill.is_cancelled else off)


def _id(bill: BillAccount) -> int:
    return bill.document_id


TestMoneyAgrees = Money_agrees.TestCase
TestMoneyAgrees.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
