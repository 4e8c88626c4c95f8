"""Whether a payment and what it shall settle go together; where not, the words say why, tied to the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentRules,
    cash_discount_offer,
)


def _refused(code: str, text: str, field: str, **values: object) -> PaymentRefused:
    return PaymentRefused(Message(text, values), f"payment-{code}", field)


def check(
    payment: Payment, allocations: Sequence[Allocation], bills: Mapping[int, BillAccount], rules: PaymentRules
) -> None:
    """Raise PaymentRefused where payment and bills do not go together, tied to its field."""
    _check_payment(payment)
    used = 0
    for each in allocations:
        bill = bills.get(each.document_id)
        if bill is None:
            text = N_("Only an issued invoice can be paid. Please choose one.")
            raise _refused("no-bill", text, "document")
        _check_currency(payment, each, bill)
        _check_allocation(payment, each, bill, rules)
        used += each.money.minor
    if len({each.document_id for each in allocations}) < len(allocations):
        raise _refused("twice", N_("An invoice stands there twice."), "document")
    if abs(used) > abs(payment.amount.minor):
        text = N_("More is assigned to invoices than was paid: {used} of {amount}.")
        raise _refused(
            "too-much", text, "amount", used=Money(used, payment.amount.currency), amount=payment.amount
        )


def _check_payment(payment: Payment) -> None:
    amount = payment.amount.minor
    if payment.kind == PaymentKind.WRITE_OFF:
        if amount:
            raise _refused("sign", N_("What is written off was not paid: the amount is 0."), "amount")
    elif payment.kind == PaymentKind.REFUND:
        if amount >= 0:
            raise _refused("sign", N_("How much does the customer get back?"), "amount")
    elif amount <= 0:
        raise _refused("sign", N_("How much was paid? The amount is more than 0."), "amount")
    if payment.kind == PaymentKind.EXTERNAL_TILL and not payment.slip_number.strip():
        text = N_("Cash belongs in your till. Please write the slip number that it printed.")
        raise _refused("slip", text, "slip_number")


def _check_currency(payment: Payment, part: Allocation, bill: BillAccount) -> None:
    if not payment.amount.currency == part.amount.currency == bill.owed.currency:
        text = N_("{number} is in another currency.")
        raise _refused("currency", text, "amount", number=bill.number)


def _check_allocation(payment: Payment, part: Allocation, bill: BillAccount, rules: PaymentRules) -> None:
    if payment.kind == PaymentKind.REFUND:
        is_more = part.cash_discount or part.written_off or part.charges
        if part.amount.minor >= 0 or is_more or -part.amount > bill.refundable:
            text = N_("Of {number} only {amount} is too much and can be paid back.")
            raise _refused("back", text, "amount", number=bill.number, amount=bill.refundable)
        return
    least = min(part.amount.minor, part.cash_discount, part.written_off, part.charges)
    if least < 0 or not (part.settled or part.charges):
        raise _refused("nothing", N_("{number}: how much was paid of it?"), "amount", number=bill.number)
    if part.settled > bill.open:
        text = N_("Of {number} only {amount} is open. What is paid beyond stays as credit of the customer.")
        raise _refused("beyond", text, "amount", number=bill.number, amount=bill.open)
    if part.charges > bill.charges:
        text = N_("Only {amount} of fees and interest were asked for of {number}.")
        asked = Money(bill.charges, bill.open.currency)
        raise _refused("charges", text, "amount", number=bill.number, amount=asked)
    offer = cash_discount_offer(bill)
    if part.cash_discount > (offer.amount.minor if offer else 0):
        most = offer.amount if offer else Money(0, bill.open.currency)
        text = N_("The terms of {number} allow a cash discount of {amount} at most.")
        raise _refused("discount", text, "cash_discount", number=bill.number, amount=most)
    if part.written_off > rules.write_off_limit:
        most = Money(rules.write_off_limit, bill.open.currency)
        text = N_("At most {amount} are written off. For more, please write a credit note.")
        raise _refused("write-off", text, "written_off", amount=most)
    if part.written_off and not payment.reason.strip():
        raise _refused("reason", N_("Why is it written off? A few words are enough."), "reason")
