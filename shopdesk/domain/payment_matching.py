"""Which open bill a bank entry pays: a proposal with its reason, never a booking (PRODUCT.md, S6).

What is certain may be accepted together with others, so only a number with its amount is certain, or a known account
with the name and the amount of the only bill they fit. Where two bills fit equally well, none is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.noted_payments import SAME_DAYS, NotedPayment, NotedPayments, same_money
from shopdesk.domain.payment_clues import Names, Numbers, bills_by_customer, same_name
from shopdesk.domain.payment_plans import with_charges
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    cash_discount_offer,
    discount_taken,
)
from shopdesk.domain.statements import Entry


class Confidence(IntEnum):
    """How sure a proposal is."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


CONFIDENCE_NAMES: Mapping[Confidence, str] = {
    Confidence.CERTAIN: N_("certain"),
    Confidence.LIKELY: N_("likely"),
    Confidence.POSSIBLE: N_("possible"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an entry most likely pays, and why.

    With `payment_id` it is money that is booked already, and nothing is to be booked a second time; without one and
    without allocations it becomes the customer's credit.
    """

    confidence: Confidence
    allocations: tuple[Allocation, ...]
    reason: Message
    customer_id: int | None = None
    payment_id: int | None = None
    paid_number: str = ""

    @property
    def numbers(self) -> str:
        """The bills, as one line."""
        return ", ".join(each.number for each in self.allocations) or self.paid_number


_NUMBER = N_("The number {number} and the amount fit.")
_NUMBER_DISCOUNT = N_("The number {number} fits, less the cash discount of {discount}.")
_NUMBER_CHARGES = N_("The number {number} fits, with {charges} for the payment reminders.")
_NUMBER_SOME_CHARGES = N_("The number {number} fits; {charges} are for the payment reminders.")
_NUMBER_LATE = N_(
    "The number {number} fits; the cash discount of {discount} was taken {days} days late and stays open."
)
_NUMBER_PART = N_("The number {number} fits; {rest} stay open.")
_NUMBER_OVER = N_("The number {number} fits; {rest} were paid too much.")
_NUMBER_OTHER = N_("The number {number} is named, but the amount is that of {other}.")
_LED_TO = N_("Its order or reminder is named, and the amount is that of {number}.")
_NUMBERS = N_("The numbers {numbers} add up to the amount.")
_NUMBERS_OVER = N_("The numbers {numbers} are named; {rest} were paid too much.")
_NUMBERS_PART = N_(
    "The numbers {numbers} are named, but {rest} are missing; the first ones are settled first."
)
_MISTYPED = N_("The amount fits, and the text names nearly the number {number}.")
_ACCOUNT_AND_NAME = N_("{name} paid from this account before, and the amount is that of {number}.")
_ACCOUNT = N_("A payment for {name} came from this account before, and the amount is that of {number}.")
_NAME = N_("The name fits, and the amount is that of {number}.")
_ALL_OPEN = N_("It is the sum of all that {name} has to pay.")
_PART = N_("{name} has only {number} to pay; {rest} stay open.")
_OVER = N_("{name} has only {number} to pay; {rest} were paid too much.")
_SAME = N_("{number} is paid already: this is the payment that you noted on {day}.")
_TWICE = N_("{number} is paid already, since {day}. It would be noted as credit of {name}.")
_AMOUNT = N_("Only the amount fits: no other open invoice has it.")


class OpenBills:
    """The bills that wait for money, with what finds them; made once for many entries.

    `accounts` tells whose payments came from an IBAN before; `tolerance_days` by how much a discount may be late;
    `noted` which payments are booked already.
    """

    def __init__(
        self,
        bills: Iterable[BillAccount],
        accounts: Mapping[str, Sequence[int]] | None = None,
        tolerance_days: int = 0,
        noted: Iterable[NotedPayment] = (),
    ) -> None:
        every = tuple(bills)
        self.bills = tuple(bill for bill in every if bill.open.minor > 0)
        self._paid_late = Numbers(tuple(bill for bill in every if bill.charges and not bill.open))
        self.tolerance_days = tolerance_days
        self._accounts = accounts or {}
        self._noted = NotedPayments(noted)
        self._numbers, self._names = Numbers(self.bills), Names(self.bills)
        self._by_customer = bills_by_customer(self.bills)
        self._by_amount: dict[tuple[int, str], list[BillAccount]] = defaultdict(list)
        for bill in self.bills:
            self._by_amount[bill.open.minor, bill.open.currency].append(bill)
            offer = cash_discount_offer(bill)
            if offer is not None:
                self._by_amount[bill.open.minor - offer.amount.minor, bill.open.currency].append(bill)
            if bill.charges:
                self._by_amount[bill.open.minor + bill.charges, bill.open.currency].append(bill)

    def propose(self, entry: Entry) -> Proposal | None:
        """What the entry most likely pays; None where nothing or several things fit."""
        if entry.amount.minor <= 0:
            return None
        named = self._noted.named(entry)
        by_number, same = self._by_number(entry), same_money(entry, named)
        if same is not None and (by_number is None or same.days_from(entry) <= SAME_DAYS):
            return _known(entry, same, is_settled=by_number is None)
        if by_number is not None:
            return by_number
        late = self._late_fees(entry)
        if late is not None:
            return late
        if named:  # the number is right then, so no other one is meant
            return self._by_payer(entry) or _twice(named[-1])
        return self._mistyped(entry) or self._by_payer(entry) or self._by_amount_only(entry)

    def _late_fees(self, entry: Entry) -> Proposal | None:
        """The invoice was paid before; now comes what its reminders asked for."""
        for bill in self._paid_late.named(f"{entry.text} {entry.end_to_end}"):
            if bill.open.currency == entry.amount.currency and entry.amount.minor <= bill.charges:
                part = Allocation(bill.document_id, bill.open, charges=entry.amount.minor, number=bill.number)
                text, values = _words_of(part)
                return _proposal(Confidence.CERTAIN, [part], bill, text, **values)
        return None

    def _by_number(self, entry: Entry) -> Proposal | None:
        text, currency = f"{entry.text} {entry.end_to_end}", entry.amount.currency
        named = [bill for bill in self._numbers.named(text) if bill.open.currency == currency]
        if not named:
            led = [bill for bill in self._numbers.led_to(text) if bill.open.currency == currency]
            if len(led) > 1:
                return self._one_led_to(entry, led)
            named = led
        if not named:
            return None
        if len(named) == 1:
            return self._one_named(entry, named[0])
        return _several(entry, named, self.tolerance_days)

    def _one_led_to(self, entry: Entry, bills: list[BillAccount]) -> Proposal | None:
        """An order or a reminder is named that leads to several bills: all of them, or the one of this amount."""
        if _all(entry, bills, self.tolerance_days):
            return _several(entry, bills, self.tolerance_days)
        exact = [bill for bill in bills if _exactly(entry, bill, self.tolerance_days) is not None]
        return self._settled(Confidence.LIKELY, entry, exact[0], _LED_TO) if len(exact) == 1 else None

    def _one_named(self, entry: Entry, bill: BillAccount) -> Proposal:
        found = _exactly(entry, bill, self.tolerance_days)
        if found is not None:
            text, values = _words_of(found)
            return _proposal(Confidence.CERTAIN, [found], bill, text, **values)
        other = self._meant_instead(entry, bill)
        if other is not None:
            found = _exactly(entry, other, self.tolerance_days)
            assert found is not None
            return _proposal(
                Confidence.POSSIBLE, [found], other, _NUMBER_OTHER, number=bill.number, other=other.number
            )
        offer = cash_discount_offer(bill)
        if offer is not None and entry.amount == bill.open - offer.amount:
            values = {"discount": offer.amount, "days": offer.days_late(entry.booked)}
            part = [Allocation(bill.document_id, entry.amount, number=bill.number)]
            return _proposal(Confidence.LIKELY, part, bill, _NUMBER_LATE, **values)
        if entry.amount < bill.open:
            part = [Allocation(bill.document_id, entry.amount, number=bill.number)]
            return _proposal(Confidence.LIKELY, part, bill, _NUMBER_PART, rest=bill.open - entry.amount)
        whole = _with_some_charges(entry, bill)
        if whole.money == entry.amount:
            charges = Money(whole.charges, entry.amount.currency)
            return _proposal(Confidence.CERTAIN, [whole], bill, _NUMBER_SOME_CHARGES, charges=charges)
        return _proposal(Confidence.LIKELY, [whole], bill, _NUMBER_OVER, rest=entry.amount - whole.money)

    def _meant_instead(self, entry: Entry, named: BillAccount) -> BillAccount | None:
        """A bill of nearly the same number with exactly this amount, unless the payer is the one of the named bill."""
        if same_name(entry.name, named.recipient):
            return None
        near = self._nearly_named(entry)
        return near[0] if len(near) == 1 else None

    def _nearly_named(self, entry: Entry) -> list[BillAccount]:
        """The bills that this amount settles and the text nearly names."""
        near = self._numbers.nearly_named(f"{entry.text} {entry.end_to_end}")
        return [bill for bill in near if _exactly(entry, bill, self.tolerance_days) is not None]

    def _of_amount(self, entry: Entry) -> list[BillAccount]:
        """The bills that this amount settles, with a discount where it still counts."""
        near = self._by_amount.get((entry.amount.minor, entry.amount.currency), ())
        found = {
            bill.document_id: bill for bill in near if _exactly(entry, bill, self.tolerance_days) is not None
        }
        return list(found.values())

    def _mistyped(self, entry: Entry) -> Proposal | None:
        near = self._nearly_named(entry)
        if len(near) > 1:
            near = [bill for bill in near if same_name(entry.name, bill.recipient)]
        if len(near) != 1:
            return None
        return self._settled(Confidence.LIKELY, entry, near[0], _MISTYPED)

    def _by_payer(self, entry: Entry) -> Proposal | None:
        """By the account that paid before, or the name."""
        customers = self._accounts.get(entry.iban, ()) if entry.iban else ()
        by_account = [bill for one in customers for bill in self._by_customer.get(one, ())]
        by_name = [*self._names.of(entry.name)] if entry.name else []
        for bills, is_account in ((by_account, True), (by_name, False)):
            mine = [bill for bill in bills if bill.open.currency == entry.amount.currency]
            found = self._of_payer(entry, mine, is_account=is_account) if mine else None
            if found is not None:
                return found
        return None

    def _of_payer(self, entry: Entry, bills: list[BillAccount], *, is_account: bool) -> Proposal | None:
        exact = [bill for bill in bills if _exactly(entry, bill, self.tolerance_days) is not None]
        if len(exact) > 1:
            return None
        if exact:
            return self._settled(*self._how_sure(entry, exact[0], is_account=is_account))
        if len({bill.customer_id if bill.customer_id is not None else bill.recipient for bill in bills}) > 1:
            return None
        together = _all(entry, bills, self.tolerance_days)
        if together:
            return _proposal(Confidence.LIKELY, together, bills[0], _ALL_OPEN)
        if len(bills) != 1:
            return None
        bill = bills[0]
        part = [Allocation(bill.document_id, min(entry.amount, bill.open, key=_minor), number=bill.number)]
        if entry.amount < bill.open:
            return _proposal(Confidence.POSSIBLE, part, bill, _PART, rest=bill.open - entry.amount)
        return _proposal(Confidence.POSSIBLE, part, bill, _OVER, rest=entry.amount - bill.open)

    def _how_sure(
        self, entry: Entry, bill: BillAccount, *, is_account: bool
    ) -> tuple[Confidence, Entry, BillAccount, str]:
        if not is_account:
            return Confidence.LIKELY, entry, bill, _NAME
        if not same_name(entry.name, bill.recipient):
            return Confidence.LIKELY, entry, bill, _ACCOUNT
        is_only_one = len(self._by_amount.get((entry.amount.minor, entry.amount.currency), ())) == 1
        sure = Confidence.CERTAIN if is_only_one and not _names_another(entry) else Confidence.LIKELY
        return sure, entry, bill, _ACCOUNT_AND_NAME

    def _by_amount_only(self, entry: Entry) -> Proposal | None:
        near = self._by_amount.get((entry.amount.minor, entry.amount.currency), ())
        if len({bill.document_id for bill in near}) != 1:
            return None
        found = self._of_amount(entry)
        if len(found) != 1:
            return None
        return self._settled(Confidence.POSSIBLE, entry, found[0], _AMOUNT)

    def _settled(self, confidence: Confidence, entry: Entry, bill: BillAccount, text: str) -> Proposal:
        part = _exactly(entry, bill, self.tolerance_days)
        assert part is not None
        return _proposal(confidence, [part], bill, text)


def _known(entry: Entry, noted: NotedPayment, *, is_settled: bool) -> Proposal:
    """The owner noted this money before the bank file told of it; of a bill that waits for more it may be the rest."""
    is_sure = is_settled and noted.days_from(entry) <= SAME_DAYS
    sure = Confidence.CERTAIN if is_sure else Confidence.LIKELY
    reason = Message(_SAME, {"number": noted.number, "day": noted.day})
    return Proposal(sure, (), reason, noted.customer_id, noted.payment_id, noted.number)


def _twice(noted: NotedPayment) -> Proposal | None:
    """A bill is paid a second time."""
    if noted.customer_id is None:
        return None
    reason = Message(_TWICE, {"number": noted.number, "day": noted.day, "name": noted.recipient})
    return Proposal(Confidence.POSSIBLE, (), reason, noted.customer_id, paid_number=noted.number)


def _minor(value: Money) -> int:
    return value.minor


def _words_of(part: Allocation) -> tuple[str, dict[str, object]]:
    if part.charges:
        return _NUMBER_CHARGES, {"charges": Money(part.charges, part.amount.currency)}
    return (_NUMBER_DISCOUNT, _discount(part)) if part.cash_discount else (_NUMBER, {})


def _with_some_charges(entry: Entry, bill: BillAccount) -> Allocation:
    """The whole bill, and what is beyond it for the fees and interest that were asked for."""
    more = min((entry.amount - bill.open).minor, bill.charges)
    return Allocation(bill.document_id, bill.open, charges=more, number=bill.number)


def _discount(part: Allocation) -> dict[str, object]:
    return {"discount": Money(part.cash_discount, part.amount.currency)}


def _names_another(entry: Entry) -> bool:
    """Whether the text names a number with four digits or more, which then is of no open bill."""
    digits = 0
    for letter in entry.text:
        digits = digits + 1 if letter.isdigit() else 0
        if digits >= 4:
            return True
    return False


def _exactly(entry: Entry, bill: BillAccount, tolerance_days: int) -> Allocation | None:
    """How the amount settles the whole bill; None where it does not."""
    left = bill.open
    if left.currency != entry.amount.currency:
        return None
    if entry.amount == left:
        return Allocation(bill.document_id, entry.amount, number=bill.number)
    if entry.amount.minor > left.minor:
        is_with_charges = bill.charges and entry.amount.minor == left.minor + bill.charges
        return (
            Allocation(bill.document_id, left, charges=bill.charges, number=bill.number)
            if is_with_charges
            else None
        )
    less = discount_taken(bill, entry.booked, tolerance_days)
    if less and entry.amount == left - less:
        return Allocation(bill.document_id, entry.amount, less.minor, number=bill.number)
    return None


def _all(entry: Entry, bills: Sequence[BillAccount], tolerance_days: int) -> list[Allocation]:
    """How the amount settles all of two or more bills, each with its discount or none with it; [] where it does not."""
    if len(bills) < 2:
        return []
    if sum(bill.open.minor for bill in bills) == entry.amount.minor:
        return [Allocation(bill.document_id, bill.open, number=bill.number) for bill in bills]
    reminded = with_charges(bills, entry.amount)
    if reminded:
        return list(reminded)
    less = [discount_taken(bill, entry.booked, tolerance_days) for bill in bills]
    parts = [
        Allocation(bill.document_id, bill.open - off, off.minor, number=bill.number)
        for bill, off in zip(bills, less, strict=True)
    ]
    return parts if sum(part.amount.minor for part in parts) == entry.amount.minor else []


def _several(entry: Entry, bills: Sequence[BillAccount], tolerance_days: int) -> Proposal:
    numbers = ", ".join(bill.number for bill in bills)
    together = _all(entry, bills, tolerance_days)
    if together:
        return _proposal(Confidence.CERTAIN, together, bills[0], _NUMBERS, numbers=numbers)
    total = Money(sum(bill.open.minor for bill in bills), entry.amount.currency)
    if entry.amount > total:
        parts = [Allocation(bill.document_id, bill.open, number=bill.number) for bill in bills]
        rest = entry.amount - total
        return _proposal(Confidence.LIKELY, parts, bills[0], _NUMBERS_OVER, numbers=numbers, rest=rest)
    parts, left = [], entry.amount
    for bill in bills:
        if left:
            part = min(left, bill.open, key=_minor)
            parts.append(Allocation(bill.document_id, part, number=bill.number))
            left -= part
    rest = total - entry.amount
    return _proposal(Confidence.POSSIBLE, parts, bills[0], _NUMBERS_PART, numbers=numbers, rest=rest)


def _proposal(
    confidence: Confidence, parts: Sequence[Allocation], bill: BillAccount, text: str, **values: object
) -> Proposal:
    told = {"number": bill.number, "name": bill.recipient, **values}
    used = {name: value for name, value in told.items() if f"{{{name}}}" in text}
    return Proposal(confidence, tuple(parts), Message(text, used), bill.customer_id)
