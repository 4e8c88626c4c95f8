"""Payments in the database, and the accounts of bills: what was billed, corrected and paid, counted on reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, insert, or_, select, update

from shopdesk.domain.documents import CashDiscount, DocumentKind
from shopdesk.domain.errors import NotFound
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, BillAccount, Booked, Payment, PaymentKind
from shopdesk.store import bill_sums, credits_left, customer_merges, moments, open_amounts, order_bills, pages
from shopdesk.store.payment_reminders import charges_asked
from shopdesk.store.tables import document, payment, payment_allocation, timeline_entry

_LAST_DAY = "9999-12-31"  # no day of payment: behind all that have one


def create(
    connection: Connection, value: Payment, allocations: Iterable[Allocation], now: dt.datetime
) -> int:
    """Store a new payment with what it settles, and give its id."""
    customer_id = value.customer_id
    if customer_id is not None:
        customer_id = customer_merges.meant(connection, customer_id)
    columns = {
        "customer_id": customer_id,
        "day": value.day.isoformat(),
        "amount": value.amount.minor,
        "currency": value.amount.currency,
        "kind": value.kind.value,
        "slip_number": value.slip_number.strip(),
        "payer": value.payer,
        "iban": value.iban,
        "text": value.text,
        "reason": value.reason.strip(),
        "bank_reference": value.bank_reference,
        "source": value.source,
        "noted_at": moments.to_text(value.noted_at or now),
    }
    payment_id = int(connection.execute(insert(payment).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    allocate(connection, payment_id, allocations)
    return payment_id


def told(connection: Connection, payment_id: int, entry_id: int) -> None:
    """Remember which entry on the timeline tells of the payment."""
    connection.execute(update(payment).where(payment.c.id == payment_id).values(entry_id=entry_id))


def entries_of(connection: Connection, payment_id: int) -> tuple[int, ...]:
    """Which entries on the timelines tell of the payment: more than one where it settles bills of several customers.

    They were written together, before the first entry of the next payment.
    """
    first = connection.scalar(select(payment.c.entry_id).where(payment.c.id == payment_id))
    if not first:
        return ()
    told, other = timeline_entry.c, timeline_entry.alias("other")
    next_one = connection.scalar(select(func.min(payment.c.entry_id)).where(payment.c.entry_id > first))
    at = select(other.c.at).where(other.c.id == first).scalar_subquery()
    statement = select(told.id).where(told.id >= first, told.kind == "payment", told.at == at)
    if next_one is not None:
        statement = statement.where(told.id < next_one)
    return tuple(connection.scalars(statement.order_by(told.id)))


def allocate(
    connection: Connection, payment_id: int, allocations: Iterable[Allocation], order_id: int | None = None
) -> list[int]:
    """Store what a payment settles, and give the ids; `order_id` is the order that it was paid on, if it was."""
    found = []
    for each in allocations:
        columns = {
            "payment_id": payment_id,
            "document_id": each.document_id,
            "amount": each.amount.minor,
            "cash_discount": each.cash_discount,
            "written_off": each.written_off,
            "charges": each.charges,
            "order_id": order_id,
        }
        done = connection.execute(insert(payment_allocation).values(columns))
        found.append(int(done.inserted_primary_key[0]))  # type: ignore[index]
    return found


def set_deleted(connection: Connection, payment_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a payment back with what it settles, or book it again; raises ChangedElsewhere."""
    before = connection.scalar(select(payment.c.deleted_at).where(payment.c.id == payment_id))
    at = _later(connection, payment_id, at) if at else None
    pages.set_deleted(connection, payment, payment_id, version, at)
    # what was taken from the payment before stays so
    same = payment_allocation.c.deleted_at.is_(None) if at else payment_allocation.c.deleted_at == before
    parts = update(payment_allocation).where(payment_allocation.c.payment_id == payment_id, same)
    connection.execute(parts.values(deleted_at=moments.to_text(at) if at else None))


def _later(connection: Connection, payment_id: int, at: dt.datetime) -> dt.datetime:
    """The moment, or one behind the last at which something was taken from the payment: each is told apart."""
    last = connection.scalar(
        select(func.max(payment_allocation.c.deleted_at)).where(payment_allocation.c.payment_id == payment_id)
    )
    return max(at, moments.from_text(last) + dt.timedelta(microseconds=1)) if last else at


def drop_allocations(connection: Connection, ids: Collection[int], at: dt.datetime | None) -> None:
    """Make money that settled bills the customer's credit again, or the other way round."""
    statement = update(payment_allocation).where(payment_allocation.c.id.in_(ids))
    connection.execute(statement.values(deleted_at=moments.to_text(at) if at else None))


def load(connection: Connection, payment_id: int) -> Booked:
    """One payment, also one that was taken back; raises NotFound."""
    row = connection.execute(select(payment).where(payment.c.id == payment_id)).one_or_none()
    if row is None:
        raise NotFound(str(payment_id))
    return _booked(connection, [row])[0]


def page(
    connection: Connection,
    words: str,
    cursor: pages.Cursor | None,
    limit: int,
    customer_id: int | None = None,
) -> tuple[Booked, ...]:
    """The next payments, the newest first; with a word in payer, text, slip number or the number of a bill."""
    statement = select(payment).where(payment.c.deleted_at.is_(None))
    if customer_id is not None:
        statement = statement.where(payment.c.customer_id == customer_id)
    for word in words.split():
        of_bill = (
            select(payment_allocation.c.id)
            .join(document, document.c.id == payment_allocation.c.document_id)
            .where(payment_allocation.c.payment_id == payment.c.id, _names(word))
            .exists()
        )
        texts = (payment.c.payer, payment.c.text, payment.c.slip_number, payment.c.iban)
        statement = statement.where(or_(of_bill, *(each.contains(word, autoescape=True) for each in texts)))
    return _booked(
        connection,
        connection.execute(pages.before(statement, payment.c.day, payment.c.id, cursor).limit(limit)).all(),
    )


def cursor_of(value: Booked) -> pages.Cursor:
    """Where the next page begins behind this payment."""
    return (value.payment.day.isoformat(), value.payment.id or 0)


def of_document(connection: Connection, document_id: int) -> tuple[Booked, ...]:
    """The payments of a bill, the oldest first."""
    paid = select(payment_allocation.c.payment_id).where(
        payment_allocation.c.document_id == document_id, payment_allocation.c.deleted_at.is_(None)
    )
    statement = select(payment).where(payment.c.id.in_(paid), payment.c.deleted_at.is_(None))
    return _booked(connection, connection.execute(statement.order_by(payment.c.day, payment.c.id)).all())


def of_customer(connection: Connection, customer_id: int) -> tuple[Booked, ...]:
    """All payments of a customer, the oldest first."""
    everyone = customer_merges.everyone(connection, customer_id)
    statement = select(payment).where(payment.c.customer_id.in_(everyone), payment.c.deleted_at.is_(None))
    return _booked(connection, connection.execute(statement.order_by(payment.c.day, payment.c.id)).all())


def concerning(connection: Connection, customer_id: int) -> tuple[Booked, ...]:
    """All payments of a customer, and those of others that settle bills of theirs; the oldest first."""
    everyone = customer_merges.everyone(connection, customer_id)
    settling = (
        select(payment_allocation.c.payment_id)
        .join(document, document.c.id == payment_allocation.c.document_id)
        .where(document.c.customer_id.in_(everyone), payment_allocation.c.deleted_at.is_(None))
    )
    theirs = or_(payment.c.customer_id.in_(everyone), payment.c.id.in_(settling))
    statement = select(payment).where(theirs, payment.c.deleted_at.is_(None))
    return _booked(connection, connection.execute(statement.order_by(payment.c.day, payment.c.id)).all())


def any_booked(connection: Connection) -> bool:
    """Whether the shop books payments here at all; else nobody wants to hear that old bills are overdue."""
    return connection.scalar(select(payment.c.id).limit(1)) is not None


def received_on(connection: Connection, day: dt.date, currency: str) -> Money:
    """The money that came on a day, less what went back."""
    statement = select(func.coalesce(func.sum(payment.c.amount), 0)).where(
        payment.c.day == day.isoformat(), payment.c.currency == currency, payment.c.deleted_at.is_(None)
    )
    return Money(connection.scalar(statement) or 0, currency)


def _booked(connection: Connection, rows: Sequence[Any]) -> tuple[Booked, ...]:
    by_payment: dict[int, list[Allocation]] = {row.id: [] for row in rows}
    statement = (
        select(payment_allocation, document.c.number, document.c.currency, document.c.recipient)
        .join(document, document.c.id == payment_allocation.c.document_id)
        .where(payment_allocation.c.payment_id.in_(by_payment), payment_allocation.c.deleted_at.is_(None))
        .order_by(payment_allocation.c.id)
    )
    for row in connection.execute(statement):
        by_payment[row.payment_id].append(replace(part_of(row), number=row.number, recipient=row.recipient))
    found = tuple(Booked(_payment(row), tuple(by_payment[row.id])) for row in rows)
    owners = {each.payment.customer_id for each in found if each.unallocated.minor > 0} - {None}
    gone = credits_left.gone_back(connection, owners) if owners else {}
    return tuple(replace(each, gone_back=gone.get(each.payment.id or 0, 0)) for each in found)


def part_of(row: Any) -> Allocation:
    """An allocation as it is stored, with the currency of its bill or payment."""
    amount = Money(row.amount, row.currency)
    return Allocation(
        row.document_id, amount, row.cash_discount, row.written_off, charges=row.charges, id=row.id
    )


def _payment(row: Any) -> Payment:
    return Payment(
        id=row.id,
        version=row.version,
        customer_id=row.customer_id,
        day=dt.date.fromisoformat(row.day),
        amount=Money(row.amount, row.currency),
        kind=PaymentKind(row.kind),
        slip_number=row.slip_number,
        payer=row.payer,
        iban=row.iban,
        text=row.text,
        reason=row.reason,
        bank_reference=row.bank_reference,
        source=row.source,
        noted_at=moments.from_text(row.noted_at),
    )


def _names(word: str) -> ColumnElement[bool]:
    columns = (document.c.number, document.c.recipient)
    return or_(*(each.contains(word, autoescape=True) for each in columns))


@lru_cache(maxsize=1)
def _accounts() -> Select[Any]:
    """Bills with their sums as columns; `open` is what is left."""
    columns = (
        document.c.id, document.c.number, document.c.kind, document.c.date, document.c.recipient, document.c.currency,
    )  # fmt: skip
    cancelled = bill_sums.cancelled().label("cancelled")
    credited = bill_sums.credited().label("credited")
    sums = (bill_sums.settled(name).label(name) for name in ("amount", "cash_discount", "written_off"))
    # an order is waited for, but nobody is late with it
    due = case((document.c.kind == order_bills.ORDER, None), else_=document.c.due)
    due_key = func.coalesce(due, _LAST_DAY).label("due_key")
    asked = document.c.payable + order_bills.deducted()
    payable = asked.label("payable")
    is_order = document.c.kind == order_bills.ORDER
    on_the_spot = case((is_order, 0), else_=document.c.gross - asked).label("on_the_spot")
    given_back = case((is_order, bill_sums.given_back()), else_=0).label("given_back")
    customer_id = customer_merges.living(document.c.customer_id).label("customer_id")
    terms = (
        func.json_extract(document.c.content, f"$.cash_discount.{name}").label(f"terms_{name}")
        for name in ("percent", "days")
    )
    charges = (charges_asked().label("charges_asked"), bill_sums.settled("charges").label("charges_paid"))
    return (
        select(
            *columns, payable, due.label("due"), order_bills.billed().label("billed"), customer_id, cancelled, credited,
            *sums, *charges, due_key, *terms, on_the_spot, given_back,
        )
        .where(order_bills.asks_for_money(), document.c.state == "issued")
    )  # fmt: skip


def accounts(connection: Connection, ids: Collection[int]) -> dict[int, BillAccount]:
    """The accounts of these bills by id; what is no issued bill is left out."""
    rows = connection.execute(_accounts().where(document.c.id.in_(ids)))
    return {row.id: _account(row) for row in rows}


def accounts_of(connection: Connection, customer_id: int) -> tuple[BillAccount, ...]:
    """All bills of a customer, the oldest first."""
    everyone = customer_merges.everyone(connection, customer_id)
    statement = _accounts().where(document.c.customer_id.in_(everyone))
    rows = connection.execute(statement.order_by(document.c.date, document.c.id))
    return tuple(_account(row) for row in rows)


def open_items(
    connection: Connection,
    since: dt.date | None,
    words: str,
    cursor: pages.Cursor | None,
    limit: int,
    customer_id: int | None = None,
    *,
    with_fees: bool = False,
) -> tuple[BillAccount, ...]:
    """The bills of which something is open, or too much was paid: what is due first stands first.

    `with_fees`: also those that are paid but for what reminders asked for beyond them.
    """
    inner = _accounts()
    if since is not None:
        inner = inner.where(document.c.date >= since.isoformat())
    if customer_id is not None:
        inner = inner.where(document.c.customer_id.in_(customer_merges.everyone(connection, customer_id)))
    for word in words.split():
        inner = inner.where(_names(word))
    bills: Any = inner.subquery("bills")
    wanted: ColumnElement[bool] = open_amounts.open_column(bills) != 0
    if (
        with_fees or words.strip()
    ):  # who looks for a bill that was reminded of finds it until its fees are paid, too
        wanted = or_(wanted, and_(bills.c.charges_asked > bills.c.charges_paid, ~bills.c.cancelled))
    statement = pages.after(select(bills).where(wanted), bills.c.due_key, bills.c.id, cursor).limit(limit)
    return tuple(_account(row) for row in connection.execute(statement))


def open_between(
    connection: Connection, since: dt.date | None, least: Money, most: Money, limit: int = 50
) -> tuple[BillAccount, ...]:
    """The bills of which an amount in these bounds is open, what is due first before the others."""
    # what was billed is never less than what is open: most bills need not be counted
    inner = _accounts().where(document.c.gross >= least.minor, document.c.currency == least.currency)
    if since is not None:
        inner = inner.where(document.c.date >= since.isoformat())
    bills: Any = inner.subquery("bills")
    left = open_amounts.open_column(bills)
    statement = select(bills).where(left >= least.minor, left <= most.minor)
    statement = statement.order_by(bills.c.due_key, bills.c.id).limit(limit)
    return tuple(_account(row) for row in connection.execute(statement))


def open_sums(
    connection: Connection,
    since: dt.date | None,
    today: dt.date,
    currency: str,
    *,
    with_orders: bool = True,
) -> tuple[Money, Money]:
    """What is open in all, and what of it is overdue; what is to be paid back is not counted against it.

    `with_orders`: also of orders that are paid in advance.
    """
    inner = _accounts().where(document.c.currency == currency)
    if not with_orders:
        inner = inner.where(document.c.kind != order_bills.ORDER)
    if since is not None:
        inner = inner.where(document.c.date >= since.isoformat())
    bills: Any = inner.subquery("bills")
    left = open_amounts.open_column(bills)
    late = func.sum(left).filter(bills.c.due_key < today.isoformat())
    row = connection.execute(select(func.sum(left), late).where(left > 0)).one()
    return Money(row[0] or 0, currency), Money(row[1] or 0, currency)


def item_cursor(value: BillAccount) -> pages.Cursor:
    """Where the next page of open items begins behind this one."""
    return (value.due.isoformat() if value.due else _LAST_DAY, value.document_id)


def _account(row: Any) -> BillAccount:
    terms = row.terms_percent
    return BillAccount(
        document_id=row.id,
        number=row.number,
        kind=DocumentKind(row.kind),
        day=dt.date.fromisoformat(row.date),
        due=dt.date.fromisoformat(row.due) if row.due else None,
        customer_id=row.customer_id,
        recipient=row.recipient,
        payable=Money(row.payable, row.currency),
        credited=Money(row.credited, row.currency),
        billed=row.billed,
        paid=Money(row.amount, row.currency),
        discounted=Money(row.cash_discount, row.currency),
        written_off=Money(row.written_off, row.currency),
        is_cancelled=bool(row.cancelled),
        cash_discount=CashDiscount(Decimal(str(terms)), row.terms_days) if terms is not None else None,
        charges=max(row.charges_asked - row.charges_paid, 0),
        on_the_spot=row.on_the_spot,
        given_back=row.given_back,
    )


def touch(connection: Connection, payment_id: int, seen: int) -> None:
    """Count a change of what a payment settles; raises ChangedElsewhere."""
    statement = update(payment).where(payment.c.id == payment_id, payment.c.version == seen)
    pages.versioned(connection.execute(statement.values(version=seen + 1)).rowcount, str(payment_id))
