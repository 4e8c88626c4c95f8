"""Orders that are paid in advance, and the bills that bill them: money paid on the order counts for these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select
from sqlalchemy.dialects.sqlite import insert

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.payments import Allocation
from shopdesk.store import references
from shopdesk.store.tables import document, document_reference, order_bill, payment_allocation

_BILLS = tuple(sorted(kind.value for kind in BILLS))
ORDER = DocumentKind.ORDER_CONFIRMATION.value


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
    """The numbers of the orders of each bill that has some."""
    statement = (
        select(order_bill.c.bill_id, document.c.number)
        .join(document, document.c.id == order_bill.c.order_id)
        .order_by(order_bill.c.order_id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(statement):
        if row.bill_id in bill_ids:
            found[row.bill_id] = (*found.get(row.bill_id, ()), row.number)
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
