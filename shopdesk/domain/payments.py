"""Payments (Zahlungseingänge): what was paid for which bill, and how each bill therefore stands (PRODUCT.md, S6).

The state of a bill is counted from what was billed, corrected and paid, never typed. Cash is noted with the slip number
of the till that took it: shopdesk is no cash register (RELIABILITY.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.documents import CashDiscount, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.money import Money


class PaymentKind(StrEnum):
    """How money came or went, or why it is waited for no more."""

    TRANSFER = "transfer"
    DIRECT_DEBIT = "direct_debit"
    CARD = "card"
    ONLINE = "online"
    EXTERNAL_TILL = "external_till"
    REFUND = "refund"
    WRITE_OFF = "write_off"


KIND_NAMES: Mapping[PaymentKind, str] = {
    PaymentKind.TRANSFER: N_("Transfer"),
    PaymentKind.DIRECT_DEBIT: N_("Direct debit"),
    PaymentKind.CARD: N_("Card"),
    PaymentKind.ONLINE: N_("Online payment"),
    PaymentKind.EXTERNAL_TILL: N_("Noted in an external till"),
    PaymentKind.REFUND: N_("Refund"),
    PaymentKind.WRITE_OFF: N_("Written off"),
}


class PaymentState(StrEnum):
    """How a bill stands."""

    OPEN = "open"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[PaymentState, str] = {
    PaymentState.OPEN: N_("open"),
    PaymentState.PART_PAID: N_("paid in part"),
    PaymentState.PAID: N_("paid"),
    PaymentState.OVERPAID: N_("overpaid"),
    PaymentState.OVERDUE: N_("overdue"),
    PaymentState.CANCELLED: N_("was cancelled"),
}


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """What the owner set: days by which a cash discount may be late, and how many cents are written off in one key.

    `since` is the day from which payments are followed: bills before it count as settled elsewhere.
    """

    tolerance_days: int = 3
    write_off_limit: int = 500  # smallest units
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment. The amount is negative for a refund, and nothing for what is only written off.

    `reason` says why something was written off or paid back; `bank_reference` is how the bank names the entry, `source`
    where it came from ("" typed by the owner, else the statement file).
    """

    day: dt.date
    amount: Money
    kind: PaymentKind = PaymentKind.TRANSFER
    customer_id: int | None = None
    slip_number: str = ""
    payer: str = ""
    iban: str = ""
    text: str = ""
    reason: str = ""
    bank_reference: str = ""
    source: str = ""
    noted_at: dt.datetime | None = None
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a payment settles of one bill: its money, the cash discount that was taken, and what is written off.

    `charges` is money of the same payment beyond `amount`, for fees and interest of payment reminders: income without
    VAT (A 1.3 UStAE), by which the bill itself is not settled.
    """

    document_id: int
    amount: Money
    cash_discount: int = 0  # smallest units of the same currency
    written_off: int = 0
    charges: int = 0
    number: str = ""  # of the bill, as read
    recipient: str = ""  # of the bill, as read
    id: int | None = None

    @property
    def settled(self) -> Money:
        """By how much less is open afterwards."""
        return Money(self.amount.minor + self.cash_discount + self.written_off, self.amount.currency)

    @property
    def money(self) -> Money:
        """What of the payment is used: for the bill, and for fees and interest."""
        return Money(self.amount.minor + self.charges, self.amount.currency)


@dataclass(frozen=True, slots=True)
class Booked:
    """A payment as it is stored, with what it settles.

    `gone_back` (smallest units) is what of the money for no bill was paid back to the customer since.
    """

    payment: Payment
    allocations: tuple[Allocation, ...] = ()
    gone_back: int = 0

    @property
    def credit(self) -> Money:
        """What of it may still be used or paid back."""
        left = self.unallocated
        return Money(max(left.minor - self.gone_back, 0), left.currency)

    @property
    def unallocated(self) -> Money:
        """Paid, but for no bill yet; less than nothing for a refund of such money."""
        used = sum(each.money.minor for each in self.allocations)
        return Money(self.payment.amount.minor - used, self.payment.amount.currency)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bill stands on a day. `open` is negative where too much was paid."""

    state: PaymentState
    open: Money
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class BillAccount:
    """An issued bill with all that was corrected, paid and forgiven of it.

    `payable` is what the bill says (deposits and what was paid on the spot are deducted there), `credited` what its
    corrections take back, `paid` the money, `discounted` the cash discounts, `written_off` what nobody waits for,
    `charges` (smallest units) what payment reminders asked for beyond it and was not paid yet.

    An order that is paid in advance has an account like a bill: of it is owed what its bills did not bill yet
    (`billed`, smallest units). What was paid on it counts for these. `orders` are the numbers of a bill's own orders,
    which a payer may name instead of the bill's.

    `on_the_spot` (smallest units) is what the bill itself says was paid beside it: cancelled, that money goes back.
    `given_back` is what of an order's money went back, which is then no more waited for.
    """

    document_id: int
    number: str
    kind: DocumentKind
    day: dt.date
    due: dt.date | None
    customer_id: int | None
    recipient: str
    payable: Money
    credited: Money
    paid: Money
    discounted: Money
    written_off: Money
    is_cancelled: bool = False
    cash_discount: CashDiscount | None = None
    sort_key: str = ""
    charges: int = 0
    billed: int = 0
    orders: tuple[str, ...] = ()
    on_the_spot: int = 0
    given_back: int = 0

    @property
    def is_order(self) -> bool:
        """Whether it is no bill but an order that is paid before the goods leave."""
        return self.kind == DocumentKind.ORDER_CONFIRMATION

    @property
    def is_done(self) -> bool:
        """Whether it is an order whose bills bill all of it: how these stand is what counts."""
        return self.is_order and self.billed > 0 and not self.open

    @property
    def is_called_off(self) -> bool:
        """Whether it is an order of which all the money went back."""
        return self.is_order and self.given_back > 0 and self.paid.minor <= 0

    @property
    def owed(self) -> Money:
        """What is to be paid in all: nothing once it was cancelled, of an order what is not billed yet.

        Less than nothing where what was paid on the spot is to be given back. An order of which all money went back is
        called off; of another one what went back is waited for no more.
        """
        left = self.payable.minor - self.credited.minor - self.billed
        if self.is_order:
            left = 0 if self.is_called_off else max(left - self.given_back, 0)
        elif self.is_cancelled:
            left = -self.on_the_spot
        return Money(left, self.payable.currency)

    @property
    def still_discounted(self) -> Money:
        """The cash discount as far as it still counts: of what was credited or cancelled since there is none."""
        terms, currency = self.cash_discount, self.payable.currency
        if self.is_cancelled:
            return Money(0, currency)
        if terms is None or not self.discounted:
            return self.discounted
        most = Money.of(max(self.owed.amount, Decimal(0)) * Decimal(terms.percent) / 100, currency)
        return min(self.discounted, most, key=lambda each: each.minor)

    @property
    def still_written_off(self) -> Money:
        """What was written off, as far as it is still missing: nobody gets it back as money."""
        missing = self.owed.minor - self.paid.minor - self.still_discounted.minor
        return Money(max(min(self.written_off.minor, missing), 0), self.payable.currency)

    @property
    def fallen_away(self) -> Money:
        """The cash discount and what was written off, as far as a correction or cancellation took them back."""
        forgiven = self.discounted + self.written_off
        return forgiven - self.still_discounted - self.still_written_off

    @property
    def settled(self) -> Money:
        """Paid, and what still counts of cash discount and of what was written off."""
        return self.paid + self.still_discounted + self.still_written_off

    @property
    def open(self) -> Money:
        """What is still to be paid; negative: to be paid back."""
        return self.owed - self.settled

    @property
    def refundable(self) -> Money:
        """What may go back to the customer: what is too much, of an order all that was paid and not billed yet."""
        minor = self.paid.minor if self.is_order else -self.open.minor
        return Money(max(minor, 0), self.payable.currency)

    def standing(self, today: dt.date) -> Standing:
        """How the bill stands today."""
        found = standing(self.owed, self.settled, self.due, today)
        if (self.is_cancelled or self.is_called_off) and not found.open:
            return replace(found, state=PaymentState.CANCELLED)
        return found


def standing(owed: Money, settled: Money, due: dt.date | None, today: dt.date) -> Standing:
    """How a bill stands: what is owed in all, what was settled of it, and until when it was to be paid."""
    left = owed - settled
    if left.minor < 0:
        return Standing(PaymentState.OVERPAID, left)
    if not left:
        return Standing(PaymentState.PAID, left)
    if due is not None and today > due:
        return Standing(PaymentState.OVERDUE, left, (today - due).days)
    return Standing(PaymentState.PART_PAID if settled.minor > 0 else PaymentState.OPEN, left)


@dataclass(frozen=True, slots=True)
class Offer:
    """The cash discount of a bill: how much less, and until which day by its terms."""

    amount: Money
    until: dt.date

    def days_late(self, day: dt.date) -> int:
        """By how many days a payment comes too late; 0: in time."""
        return max((day - self.until).days, 0)


def cash_discount_offer(bill: BillAccount) -> Offer | None:
    """What the bill's own terms allow; none where it has none, they were used already, or nothing is open."""
    terms = bill.cash_discount
    if terms is None or bill.is_order or bill.discounted or bill.open.minor <= 0:
        return None
    less = Money.of(bill.owed.amount * Decimal(terms.percent) / 100, bill.owed.currency)
    less = min(less, bill.open, key=lambda each: each.minor)
    return Offer(less, bill.day + dt.timedelta(days=terms.days)) if less.minor > 0 else None


def discount_taken(bill: BillAccount, day: dt.date, tolerance_days: int) -> Money:
    """The cash discount that a payment of this day may take, with the tolerance of the shop; else nothing."""
    offer = cash_discount_offer(bill)
    if offer is None or offer.days_late(day) > tolerance_days:
        return Money(0, bill.owed.currency)
    return offer.amount


def paid_in_full(bill: BillAccount, day: dt.date, tolerance_days: int = 0) -> Allocation:
    """What settles the whole bill on this day, less the cash discount where it still counts."""
    less = discount_taken(bill, day, tolerance_days)
    return Allocation(bill.document_id, bill.open - less, less.minor, number=bill.number)


class PaymentRefused(ShopError):
    """The payment cannot be booked like this; the words say why."""

    code = "payment"
