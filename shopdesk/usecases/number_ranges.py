"""Number ranges as the owner sets them, and the number that comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import (
    CUSTOMER,
    INVOICE,
    SUGGESTED_APART,
    NumberRange,
    NumberTaken,
    checked_beside,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


class StartTooLow(ShopError):
    """Numbers run upward: a start below the last number would give one twice."""

    code = "number-start"


@dataclass(frozen=True, slots=True)
class RangeState:
    """A range as stored, and what it gave. `last` is the last number of today's year, "" where there is none yet."""

    range: NumberRange
    last: str = ""
    last_count: int = 0

    @property
    def is_apart(self) -> bool:
        """Whether the range counts by itself."""
        return bool(self.range.pattern)


def number_range(shop: Shop, name: str) -> NumberRange:
    """The range of a kind of document or of "customer"; without a pattern when it counts with the invoices."""
    from shopdesk.store import number_ranges

    with shop.reading() as connection:
        return number_ranges.load(connection, name)


def states(shop: Shop) -> tuple[RangeState, ...]:
    """Every range with its last number of today's year."""
    from shopdesk.store import number_ranges

    with shop.reading() as connection:
        return tuple(
            _state(connection, each, shop.clock.today()) for each in number_ranges.load_all(connection)
        )


def _state(connection: Connection, value: NumberRange, today: dt.date) -> RangeState:
    from shopdesk.store import number_ranges

    last = number_ranges.last_used(connection, value, today)[0] if value.pattern else 0
    return RangeState(value, value.format(last, today) if last else "", last)


def save(shop: Shop, *values: NumberRange) -> None:
    """Store ranges together, journalled; all of them or none.

    Raises BadNumberPattern, StartTooLow or NumberTaken, tied to `number_ranges.NAME`.
    """
    from shopdesk.store import number_ranges

    with shop.writing() as connection:
        now = {each.name: each for each in number_ranges.load_all(connection)}
        wanted = now | {value.name: value for value in values}
        for value in values:
            old = now[value.name]
            _check(connection, value, old, wanted.values(), shop.clock.today(), thorough=True)
            if value != old:
                number_ranges.save(connection, value)
                _record(connection, shop, old, value)


def _record(connection: Connection, shop: Shop, old: NumberRange, value: NumberRange) -> None:
    # the journal explains later gaps by these entries: every field stands in them
    shop.record(connection, "save", "number_range", value.name, asdict(old), asdict(value))


def _check(
    connection: Connection,
    value: NumberRange,
    old: NumberRange,
    all_: Iterable[NumberRange],
    today: dt.date,
    *,
    thorough: bool,
) -> None:
    """Refuse what cannot be stored: `all_` are the ranges as they would stand side by side."""
    if not value.pattern and value.name in SUGGESTED_APART:
        return
    checked_beside(value, all_)
    if value == old:
        return
    from shopdesk.store import number_ranges

    last, _ = number_ranges.last_used(connection, value, today)
    if last and old.start < value.start and value.first_in(today) <= last:
        text = N_("{number} is given already. The next start is {start} or higher.")
        gaps = {"number": value.format(last, today), "start": last + 1}
        raise StartTooLow(Message(text, gaps), field=f"number_ranges.{value.name}")
    _refuse_taken(connection, value, today, thorough=thorough)


def _refuse_taken(connection: Connection, value: NumberRange, today: dt.date, *, thorough: bool) -> None:
    """Raise NumberTaken where the next number is one that a document or customer has; `thorough`: any coming one."""
    from shopdesk.store import customers, documents, number_ranges

    number = number_ranges.peek(connection, value, today)
    if value.name == CUSTOMER:
        if customers.number_is_taken(connection, number):
            raise NumberTaken(number, value.name)
        return
    if documents.number_is_taken(connection, number):
        raise NumberTaken(number, value.name)
    if thorough:
        coming = value.read(number, today) or 1
        for taken in documents.numbers_like(connection, *value.around(today)):
            if (value.read(taken, today) or 0) >= coming:
                raise NumberTaken(taken, value.name)


def next_number(shop: Shop, name: str, date: dt.date | None = None) -> str:
    """The number that would come next for a kind of document or a customer; nothing is taken."""
    from shopdesk.store import number_ranges

    with shop.reading() as connection:
        return number_ranges.peek(
            connection, number_ranges.counting(connection, name), date or shop.clock.today()
        )


def next_numbers(shop: Shop, values: Iterable[NumberRange]) -> dict[str, str | ShopError]:
    """What each range would give next if they were stored like this, or why it cannot be; nothing is stored."""
    from shopdesk.store import number_ranges

    today = shop.clock.today()
    found: dict[str, str | ShopError] = {}
    wanted = tuple(values)
    with shop.reading() as connection:
        for value in wanted:
            try:
                old = number_ranges.load(connection, value.name)
                _check(connection, value, old, wanted, today, thorough=False)
            except ShopError as error:
                found[value.name] = error
            else:
                counting = value if value.pattern else next(each for each in wanted if each.name == INVOICE)
                found[value.name] = number_ranges.peek(connection, counting, today)
    return found
