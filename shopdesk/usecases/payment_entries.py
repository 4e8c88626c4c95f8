"""What the timelines of customers tell of a payment: each customer what concerns their own bills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shopdesk.domain.customer_statements import part_of
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Booked, PaymentKind
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop import Shop

_TITLES = {
    PaymentKind.REFUND: N_("Paid back: {amount} · {numbers}"),
    PaymentKind.WRITE_OFF: N_("Written off: {written_off} · {numbers}"),
}
_RECEIVED = N_("Payment received: {amount} · {numbers}")
_CREDIT = N_("credit of the customer")


def tell(connection: Connection, shop: Shop, value: Booked, owners: Mapping[int, int | None]) -> None:
    """One line for each customer whose bills it settles, in the shop's language; `owners`: of the bills."""
    from shopdesk.i18n import Texts
    from shopdesk.store import payments, timeline
    from shopdesk.usecases.shop_settings import load_profile

    payer = value.payment.customer_id
    if payer is None:
        return
    texts = Texts(load_profile(connection).language)
    bills: dict[int, set[int]] = {payer: set()}
    for document_id, owner in owners.items():
        bills.setdefault(payer if owner is None else owner, set()).add(document_id)
    parts = {key: part_of(value, ids, is_payer=key == payer) for key, ids in bills.items()}
    at = shop.clock.now()
    told = [
        timeline.add(connection, _entry(texts, part, key, at))
        for key, part in parts.items()
        if part.allocations or part.payment.amount
    ]
    if told:
        payments.told(connection, value.payment.id or 0, told[0])


def _entry(texts: Texts, value: Booked, customer_id: int, at: dt.datetime) -> TimelineEntry:
    payment = value.payment
    numbers = ", ".join(each.number for each in value.allocations) or texts.gettext(_CREDIT)
    off = Money(sum(each.written_off for each in value.allocations), payment.amount.currency)
    values = {"amount": abs(payment.amount), "written_off": off, "numbers": numbers}
    return TimelineEntry(
        customer_id,
        EntryKind.PAYMENT,
        at,
        texts.say(Message(_TITLES.get(payment.kind, _RECEIVED), values)),
        direction=Direction.OUT if payment.kind == PaymentKind.REFUND else Direction.IN,
        document_id=value.allocations[0].document_id if value.allocations else None,
    )
