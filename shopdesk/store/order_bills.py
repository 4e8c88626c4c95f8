"""Orders that are paid in advance, and the bills that bill them: money paid on the order counts for these."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, text, union
from sqlalchemy.dialects.sqlite import insert

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation
from shopdesk.store import customer_merges, references
from shopdesk.store.tables import (
    customer_merge,
    document,
    document_reference,
    order_bill,
    payment,
    payment_allocation,
)

_BILLS = tuple(sorted(kind.value for kind in BILLS))
_BEFORE = (DocumentKind.QUOTE.value, DocumentKind.ORDER_CONFIRMATION.value, DocumentKind.DELIVERY_NOTE.value)
_REMINDER = DocumentKind.PAYMENT_REMINDER.value
_IS_ISSUED = document.c.state == "issued"
ORDER = DocumentKind.ORDER_CONFIRMATION.value
_FINAL = DocumentKind.FINAL_INVOICE.value  # asks for all that its deposits left


def asks_for_money() -> ColumnElement[bool]:
    """Bills, and orders that are paid before the goods leave."""
    is_order = and_(document.c.kind == ORDER, func.json_extract(document.c.content, "$.prepay") == 1)
    return document.c.kind.in_(_BILLS) | is_order


def deducted() -> ColumnElement[int]:
    """What a bill says was paid on its orders: it was billed all the same."""
    total = func.coalesce(func.sum(order_bill.c.deducted), 0)
    return select(total).where(order_bill.c.bill_id == document.c.id).correlate(document).scalar_subquery()


def billed() -> ColumnElement[int]:
    """What the bills of an order bill of it; cancelled ones do not."""
    bill = document.alias("its_bill")
    total = func.coalesce(func.sum(bill.c.gross), 0)
    statement = (
        select(total)
        .select_from(order_bill.join(bill, bill.c.id == order_bill.c.bill_id))
        .where(order_bill.c.order_id == document.c.id, ~_is_cancelled(bill))
        .correlate(document)
        .scalar_subquery()
    )
    return case((document.c.kind == ORDER, statement), else_=0)


def _is_cancelled(bill: Any) -> ColumnElement[bool]:
    later, named = document.alias("its_cancellation"), document_reference.alias("its_cancellation_names")
    return (
        select(later.c.id)
        .join(named, named.c.document_id == later.c.id)
        .where(
            named.c.referred_id == bill.c.id,
            later.c.kind == DocumentKind.CANCELLATION.value,
            later.c.state == "issued",
        )
        .correlate(bill)
        .exists()
    )


def behind(connection: Connection, ids: Iterable[int]) -> Mapping[int, str]:
    """The orders paid in advance out of which these documents came, over any steps: id → number, the oldest first."""
    found = references.origins(connection, ids)
    statement = (
        select(document.c.id, document.c.number)
        .where(document.c.id.in_(found), document.c.kind == ORDER, document.c.state == "issued")
        .where(asks_for_money())
        .order_by(document.c.id)
    )
    return {row.id: row.number for row in connection.execute(statement)} if found else {}


def link(connection: Connection, bill_id: int, deducted: Mapping[int, int]) -> None:
    """Remember the orders of a bill, with what it says was paid on each (smallest units)."""
    for order_id, amount in deducted.items():
        values = {"order_id": order_id, "bill_id": bill_id, "deducted": amount}
        connection.execute(insert(order_bill).values(values).on_conflict_do_nothing())


def numbers_of(connection: Connection, bill_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The numbers that lead to each bill: of the papers that it came from over any steps, and of its reminders."""
    wanted = select(func.json_each(json.dumps(sorted(bill_ids))).table_valued("value").c.value)
    up = (
        select(document.c.id.label("bill_id"), document.c.id)
        .where(document.c.id.in_(wanted))
        .cte("up", recursive=True)
    )
    made = select(up.c.bill_id, document.c.follows_id).join(document, document.c.id == up.c.id)
    named = select(up.c.bill_id, document_reference.c.referred_id).join(
        document_reference, document_reference.c.document_id == up.c.id
    )
    up = up.union(made.where(document.c.follows_id.is_not(None)), named)
    before = select(up.c.bill_id, document.c.id, document.c.number).join(document, document.c.id == up.c.id)
    reminded = (
        select(document_reference.c.referred_id, document.c.id, document.c.number)
        .join(document, document.c.id == document_reference.c.document_id)
        .where(document_reference.c.referred_id.in_(wanted), document.c.kind == _REMINDER)
    )
    statement = union(before.where(document.c.kind.in_(_BEFORE), _IS_ISSUED), reminded.where(_IS_ISSUED))
    found: dict[int, tuple[str, ...]] = {}
    for bill_id, _id, number in connection.execute(statement.order_by(text("1, 2"))):
        found[bill_id] = (*found.get(bill_id, ()), number)
    return found


def carried(connection: Connection, bill_ids: Sequence[int]) -> list[tuple[int, int, Allocation]]:
    """What of these bills was paid on their orders: payment, order, and the allocation of the bill."""
    from shopdesk.store.payments import part_of

    statement = (
        select(payment_allocation, document.c.currency)
        .join(document, document.c.id == payment_allocation.c.document_id)
        .where(
            payment_allocation.c.document_id.in_(bill_ids),
            payment_allocation.c.order_id.is_not(None),
            payment_allocation.c.deleted_at.is_(None),
        )
        .order_by(payment_allocation.c.id)
    )
    return [(row.payment_id, row.order_id, part_of(row)) for row in connection.execute(statement)]


def unbilled(connection: Connection, stories: Mapping[int, Collection[int]]) -> dict[int, Money]:
    """Order → what no bill asks for yet, less what its customer has paid beyond all bills.

    `stories`: order → the papers of its story. One that is paid in advance has an account of its own and is left out.
    """
    named = {each for story in stories.values() for each in story} | set(stories)
    columns = (document.c.id, document.c.kind, document.c.gross, document.c.currency)
    statement = select(
        *columns, customer_merges.living(document.c.customer_id).label("customer_id"),
        asks_for_money().label("asks"), _is_cancelled(document).label("cancelled"),
    ).where(document.c.id.in_(tuple(named)), document.c.state == "issued")  # fmt: skip
    rows = {row.id: row for row in connection.execute(statement)}
    orders = [
        row for each in sorted(stories) if (row := rows.get(each)) and row.kind == ORDER and not row.asks
    ]
    credit = _credit(connection, {row.customer_id for row in orders if row.customer_id is not None})
    found: dict[int, Money] = {}
    for order in orders:
        bills = [rows[each] for each in stories[order.id] if each in rows and rows[each].kind in _BILLS]
        is_over = order.cancelled or any(each.kind == _FINAL and not each.cancelled for each in bills)
        left = 0 if is_over else max(order.gross - _asked(connection, order.id, bills), 0)
        owner = (order.customer_id, order.currency)
        used = min(left, credit.get(owner, 0))  # each euro pays one order only
        if used:
            credit[owner] -= used
        found[order.id] = Money(left - used, order.currency)
    return found


def _asked(connection: Connection, order_id: int, bills: Sequence[Any]) -> int:
    """What these bills ask for of that order."""
    living = (each for each in bills if not each.cancelled)
    return sum(each.gross for each in living if order_id in references.origins(connection, (each.id,)))


def _credit(connection: Connection, customer_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Customer and currency → what was paid and settles no bill (smallest units)."""
    used = (
        select(func.coalesce(func.sum(payment_allocation.c.amount + payment_allocation.c.charges), 0))
        .where(payment_allocation.c.payment_id == payment.c.id, payment_allocation.c.deleted_at.is_(None))
        .correlate(payment)
        .scalar_subquery()
    )
    living = customer_merges.living(payment.c.customer_id)
    merged = select(customer_merge.c.merged_id).where(customer_merge.c.survivor_id.in_(tuple(customer_ids)))
    everyone = {*customer_ids, *connection.scalars(merged)}
    statement = (
        select(living.label("owner"), payment.c.currency, func.sum(payment.c.amount - used).label("left"))
        .where(payment.c.customer_id.in_(tuple(everyone)), payment.c.deleted_at.is_(None))
        .group_by(living, payment.c.currency)
    )
    return {(row.owner, row.currency): int(row.left) for row in connection.execute(statement) if row.left > 0}
