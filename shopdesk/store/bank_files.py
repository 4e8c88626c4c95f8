"""Bank files in the database: each booking of the bank once, whatever files tell it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from shopdesk.domain.errors import ChangedElsewhere, NotFound
from shopdesk.domain.money import Money
from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statement_twins import NEAR_DAYS, told_before
from shopdesk.domain.statements import Entry, EntryState, StoredEntry, fingerprints
from shopdesk.domain.statements import Statement as BankStatement
from shopdesk.store import moments, order_bills, pages, payments
from shopdesk.store.tables import bank_entry, bank_file, payment

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that was taken in: how many bookings were new and how many stood here already."""

    id: int
    name: str
    added: int
    known: int
    is_undone: bool


def begin(
    connection: Connection, name: str, sha256: str, statements: Sequence[BankStatement], now: dt.datetime
) -> int:
    """Note the file; `finish` says what came of it."""
    first = statements[0]
    columns = {
        "at": moments.to_text(now),
        "file_name": name,
        "sha256": sha256,
        "form": first.form,
        "account": first.account,
        "first_day": min(one.first for one in statements).isoformat(),
        "last_day": max(one.last for one in statements).isoformat(),
    }
    return int(connection.execute(insert(bank_file).values(columns)).inserted_primary_key[0])  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A booking of a file before it is stored: whose account, its fingerprint, and the form that tells it."""

    account: str
    fingerprint: str
    form: str
    entry: Entry


def names_of(statements: Sequence[BankStatement]) -> list[NewEntry]:
    """The bookings of all statements with their fingerprints.

    The pages of an account are counted together; of reports within the day (camt.052) each repeats those before it.
    """
    groups: dict[tuple[str, str, int], list[Entry]] = defaultdict(list)
    for at, one in enumerate(statements):
        groups[one.account, one.form, at if one.form == "camt.052" else 0] += one.entries
    return [
        NewEntry(account, name, form, entry)
        for (account, form, _at), entries in groups.items()
        for name, entry in zip(fingerprints(account, entries), entries, strict=True)
    ]


def add(connection: Connection, file_id: int, rows: Sequence[NewEntry]) -> int:
    """Store those that are new; gives their number."""
    before = _count(connection)
    for at in range(0, len(rows), _CHUNK):
        values = [_columns(file_id, row) for row in rows[at : at + _CHUNK]]
        connection.execute(insert_new(bank_entry).on_conflict_do_nothing(), values)
    return _count(connection) - before


def untold(connection: Connection, file_id: int, rows: Sequence[NewEntry]) -> list[NewEntry]:
    """Those that no file of another form told before; what they tell in more detail steps back behind them."""
    known = _stored_fingerprints(connection, rows)
    unique = {row.fingerprint: row for row in rows}  # reports within the day repeat those before them
    fresh = [row for name, row in unique.items() if name not in known]
    found: list[NewEntry] = []
    for account, form in dict.fromkeys((row.account, row.form) for row in fresh):
        mine = [row for row in fresh if (row.account, row.form) == (account, form)]
        told = told_before(
            [row.entry for row in mine], _by_others(connection, account, form, [row.entry for row in mine])
        )
        found += [row for at, row in enumerate(mine) if at not in told.known]
        if told.replaced:
            statement = update(bank_entry).where(bank_entry.c.id.in_(told.replaced))
            connection.execute(statement.values(detailed_by=file_id, version=bank_entry.c.version + 1))
    return found


def _stored_fingerprints(connection: Connection, rows: Sequence[NewEntry]) -> set[str]:
    known: set[str] = set()
    for at in range(0, len(rows), _CHUNK):
        names = [row.fingerprint for row in rows[at : at + _CHUNK]]
        known.update(
            connection.scalars(select(bank_entry.c.fingerprint).where(bank_entry.c.fingerprint.in_(names)))
        )
    return known


def _by_others(
    connection: Connection, account: str, form: str, entries: Sequence[Entry]
) -> tuple[StoredEntry, ...]:
    """What files of other forms told about the account in these days."""
    span = dt.timedelta(days=NEAR_DAYS)
    first = min(entry.booked for entry in entries) - span
    last = max(entry.booked for entry in entries) + span
    statement = _entries().where(
        bank_entry.c.account == account,
        bank_entry.c.form != form,
        bank_entry.c.booked.between(first.isoformat(), last.isoformat()),
    )
    return tuple(_stored(row) for row in connection.execute(statement.order_by(bank_entry.c.id)))


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(bank_entry)).scalar_one())


def _columns(file_id: int, row: NewEntry) -> dict[str, object]:
    entry = row.entry
    return {
        "bank_file_id": file_id,
        "fingerprint": row.fingerprint,
        "account": row.account,
        "form": row.form,
        "booked": entry.booked.isoformat(),
        "value_day": entry.value.isoformat(),
        "amount": entry.amount.minor,
        "currency": entry.amount.currency,
        "name": entry.name,
        "iban": entry.iban,
        "text": entry.text,
        "end_to_end": entry.end_to_end,
        "bank_reference": entry.bank_reference,
        "part": entry.part,
        "parts": entry.parts,
    }


def finish(connection: Connection, file_id: int, added: int, known: int) -> None:
    """How many were new, and how many known."""
    connection.execute(update(bank_file).where(bank_file.c.id == file_id).values(added=added, known=known))


def load_file(connection: Connection, file_id: int) -> TakenFile:
    """One file; raises NotFound."""
    row = connection.execute(select(bank_file).where(bank_file.c.id == file_id)).one_or_none()
    if row is None:
        raise NotFound(str(file_id))
    return TakenFile(row.id, row.file_name, row.added, row.known, row.undone_at is not None)


_IS_BOOKED = and_(payment.c.id.is_not(None), payment.c.deleted_at.is_(None))


def _entries() -> Select[Any]:
    joined = bank_entry.outerjoin(payment, payment.c.id == bank_entry.c.payment_id)
    joined = joined.join(bank_file, bank_file.c.id == bank_entry.c.bank_file_id)
    columns = (bank_entry, bank_file.c.file_name, _IS_BOOKED.label("is_booked"))
    return select(*columns).select_from(joined).where(bank_entry.c.detailed_by.is_(None))


def _waiting() -> ColumnElement[bool]:
    return and_(bank_entry.c.amount > 0, bank_entry.c.ignored_at.is_(None), ~_IS_BOOKED)


def waiting(connection: Connection) -> tuple[StoredEntry, ...]:
    """What came in and is neither booked nor ignored, the oldest first."""
    statement = _entries().where(_waiting()).order_by(bank_entry.c.booked, bank_entry.c.id)
    return tuple(_stored(row) for row in connection.execute(statement))


def load(connection: Connection, entry_id: int) -> StoredEntry:
    """One booking; raises NotFound."""
    row = connection.execute(_entries().where(bank_entry.c.id == entry_id)).one_or_none()
    if row is None:
        raise NotFound(str(entry_id))
    return _stored(row)


def of_payment(connection: Connection, payment_id: int) -> tuple[StoredEntry, ...]:
    """The bookings that told of a payment."""
    rows = connection.execute(_entries().where(bank_entry.c.payment_id == payment_id)).all()
    return tuple(_stored(row) for row in rows)


def page(connection: Connection, cursor: pages.Cursor | None, limit: int) -> tuple[StoredEntry, ...]:
    """All bookings, outgoing ones too, the newest first."""
    statement = pages.before(_entries(), bank_entry.c.booked, bank_entry.c.id, cursor)
    return tuple(_stored(row) for row in connection.execute(statement.limit(limit)))


def cursor_of(value: StoredEntry) -> pages.Cursor:
    """Where the next page begins."""
    return (value.entry.booked.isoformat(), value.id)


def booked_from(connection: Connection, file_id: int) -> int:
    """How many bookings of the file are booked as payments."""
    statement = (
        select(func.count())
        .select_from(bank_entry.join(payment, payment.c.id == bank_entry.c.payment_id))
        .where(bank_entry.c.bank_file_id == file_id, payment.c.deleted_at.is_(None))
    )
    return int(connection.execute(statement).scalar_one())


def remove_file(connection: Connection, file_id: int, now: dt.datetime) -> int:
    """Take out what the file brought; the file itself stays named. Gives the number of bookings.

    What a later file of the same account and days held too stays as its own.
    """
    _hand_over(connection, file_id)
    behind = update(bank_entry).where(bank_entry.c.detailed_by == file_id)
    connection.execute(behind.values(detailed_by=None, version=bank_entry.c.version + 1))
    gone = connection.execute(delete(bank_entry).where(bank_entry.c.bank_file_id == file_id)).rowcount
    done = connection.execute(
        update(bank_file)
        .where(bank_file.c.id == file_id, bank_file.c.undone_at.is_(None))
        .values(undone_at=moments.to_text(now), version=bank_file.c.version + 1)
    )
    if not done.rowcount:
        raise ChangedElsewhere
    return gone


def _hand_over(connection: Connection, file_id: int) -> None:
    """A statement tells all bookings of its days, so those within them are the later file's, too.

    Not the parts of a collective booking that this file told apart: that one is back as a whole.
    """
    whole = bank_entry.alias("whole")
    told_apart = (
        select(whole.c.id)
        .where(
            whole.c.detailed_by == file_id,
            whole.c.account == bank_entry.c.account,
            whole.c.booked == bank_entry.c.booked,
        )
        .correlate(bank_entry)
        .exists()
    )
    later = (
        select(bank_file.c.id)
        .where(
            bank_file.c.id > file_id,
            bank_file.c.undone_at.is_(None),
            bank_file.c.known > 0,
            bank_file.c.account == bank_entry.c.account,
            bank_entry.c.booked.between(bank_file.c.first_day, bank_file.c.last_day),
        )
        .order_by(bank_file.c.id)
        .limit(1)
        .correlate(bank_entry)
        .scalar_subquery()
    )
    is_part = (bank_entry.c.parts > 0) & told_apart
    kept = update(bank_entry).where(bank_entry.c.bank_file_id == file_id, ~is_part, later.is_not(None))
    connection.execute(kept.values(bank_file_id=later, version=bank_entry.c.version + 1))


def link(connection: Connection, entry_id: int, seen: int, payment_id: int | None) -> None:
    """The booking is this payment, or none after all; raises ChangedElsewhere."""
    _change(connection, entry_id, seen, {"payment_id": payment_id})


def set_ignored(connection: Connection, entry_id: int, seen: int, at: dt.datetime | None) -> None:
    """The booking is no matter of invoices, or is again; raises ChangedElsewhere."""
    _change(connection, entry_id, seen, {"ignored_at": moments.to_text(at) if at else None})


def _change(connection: Connection, entry_id: int, seen: int, values: dict[str, object]) -> None:
    done = connection.execute(
        update(bank_entry)
        .where(bank_entry.c.id == entry_id, bank_entry.c.version == seen)
        .values(**values, version=seen + 1)
    )
    if not done.rowcount:
        raise ChangedElsewhere


def payers(connection: Connection) -> dict[str, tuple[int, ...]]:
    """Whose payments came from which IBAN before."""
    found: dict[str, set[int]] = defaultdict(set)
    statement = (
        select(payment.c.iban, payment.c.customer_id)
        .where(payment.c.iban != "", payment.c.customer_id.is_not(None), payment.c.deleted_at.is_(None))
        .distinct()
    )
    for iban, customer_id in connection.execute(statement):
        found[iban].add(customer_id)
    return {iban: tuple(sorted(ids)) for iban, ids in found.items()}


def open_bills(connection: Connection, since: dt.date | None) -> Iterable[BillAccount]:
    """All bills that wait for money, with the numbers of their orders: a payer may name these."""
    items = payments.open_items(connection, since, "", None, 1_000_000, with_fees=True)
    found = [bill for bill in items if bill.open.minor > 0 or (bill.charges and not bill.open)]
    own = {bill.number for bill in found}
    orders = order_bills.numbers_of(connection, {bill.document_id for bill in found})
    for bill in found:
        # an order that waits itself is meant itself
        its = tuple(number for number in orders.get(bill.document_id, ()) if number not in own)
        yield replace(bill, orders=its) if its else bill


def _stored(row: Any) -> StoredEntry:
    state = EntryState.OPEN
    if row.is_booked:
        state = EntryState.BOOKED
    elif row.ignored_at is not None:
        state = EntryState.IGNORED
    entry = Entry(
        booked=dt.date.fromisoformat(row.booked),
        value=dt.date.fromisoformat(row.value_day),
        amount=Money(row.amount, row.currency),
        name=row.name,
        iban=row.iban,
        text=row.text,
        end_to_end=row.end_to_end,
        bank_reference=row.bank_reference,
        part=row.part,
        parts=row.parts,
    )
    return StoredEntry(
        row.id, row.version, entry, state, row.account, row.file_name, row.form, row.payment_id
    )
