"""Number ranges and their counters. The counter row is the last thing a transaction waits for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, bindparam, insert, select, update

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.number_ranges import DEFAULTS, INVOICE, SUGGESTED_APART, NumberRange, together
from shopdesk.store.tables import number_counter, number_range

_RANGE = select(number_range).where(number_range.c.name == bindparam("its_name"))
_LAST_DATES = select(number_counter.c.last_date).where(number_counter.c.range_name == bindparam("its_name"))
_COUNTER = (
    number_counter.c.range_name == bindparam("its_name"),
    number_counter.c.year == bindparam("its_year"),
)
_LAST_USED = select(number_counter).where(*_COUNTER)
_COUNT = update(number_counter).where(*_COUNTER)


def load(connection: Connection, name: str) -> NumberRange:
    """The range as set, or its default; without a pattern for a kind that counts with the invoices."""
    row = connection.execute(_RANGE, {"its_name": name}).one_or_none()
    if row is None:
        return together(name) if name in SUGGESTED_APART else DEFAULTS[name]
    return NumberRange(
        row.name, row.pattern, row.start, bool(row.restart_yearly), row.version, row.start_year
    )


def for_kind(connection: Connection, kind: DocumentKind) -> NumberRange:
    """The range that gives a document of this kind its number (RULES.md 6)."""
    return counting(connection, kind.value)


def counting(connection: Connection, name: str) -> NumberRange:
    """The range that counts for a kind of document or for customers, by name."""
    own = load(connection, name)
    return own if own.pattern else load(connection, INVOICE)


def load_all(connection: Connection) -> tuple[NumberRange, ...]:
    """Every range, those that count with the invoices without a pattern."""
    return tuple(load(connection, name) for name in (*DEFAULTS, *SUGGESTED_APART))


def save(connection: Connection, value: NumberRange) -> None:
    """Store the pattern and start of a range."""
    columns = {
        "pattern": value.pattern,
        "start": value.start,
        "restart_yearly": int(value.restart_yearly),
        "start_year": value.start_year,
    }
    statement = update(number_range).where(number_range.c.name == value.name).values(columns)
    if connection.execute(statement).rowcount == 0:
        connection.execute(insert(number_range).values(name=value.name, **columns))


def last_used(connection: Connection, range_: NumberRange, date: dt.date) -> tuple[int, str]:
    """The last number taken in the date's counter (0: none) and the date of its document."""
    row = connection.execute(_LAST_USED, _counter(range_, date)).one_or_none()
    return (row.last, row.last_date) if row is not None else (0, "")


def last_date(connection: Connection, range_: NumberRange) -> str:
    """The latest document date of the whole range, over all years."""
    return max(connection.scalars(_LAST_DATES, {"its_name": range_.name}), default="")


def _counter(range_: NumberRange, date: dt.date) -> dict[str, str | int]:
    return {"its_name": range_.name, "its_year": range_.year_of(date)}


def peek(connection: Connection, range_: NumberRange, date: dt.date) -> str:
    """The number that would come next; nothing is taken."""
    last, _ = last_used(connection, range_, date)
    return range_.format(max(last + 1, range_.first_in(date)), date)


def take(connection: Connection, range_: NumberRange, date: dt.date) -> str:
    """Take the next number. GoBD: in the same transaction as the row that carries it."""
    last, last_day = last_used(connection, range_, date)
    number = max(last + 1, range_.first_in(date))
    latest = max(last_day, date.isoformat())
    if last == 0 and not last_day:
        if connection.execute(_RANGE, {"its_name": range_.name}).one_or_none() is None:
            save(connection, range_)
        connection.execute(
            insert(number_counter).values(
                range_name=range_.name, year=range_.year_of(date), last=number, last_date=latest
            )
        )
    else:
        connection.execute(_COUNT, _counter(range_, date) | {"last": number, "last_date": latest})
    return range_.format(number, date)


def take_many(connection: Connection, range_: NumberRange, date: dt.date, count: int) -> list[str]:
    """Take the next `count` numbers, for imports."""
    if not count:
        return []
    taken = [take(connection, range_, date)]
    last, latest = last_used(connection, range_, date)
    connection.execute(_COUNT, _counter(range_, date) | {"last": last + count - 1, "last_date": latest})
    return taken + [range_.format(last + more, date) for more in range(1, count)]
