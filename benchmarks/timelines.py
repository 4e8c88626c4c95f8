"""Fills the timeline of an invented shop: calls, parcels with their tracking numbers, order numbers."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import func, insert, select

from benchmarks import names
from shopdesk.store import search
from shopdesk.store.database import Database
from shopdesk.store.tables import article, customer, document, timeline_entry

_CHUNK = 5000
_FIRST_MOMENT = dt.datetime(2017, 1, 2, 8, tzinfo=dt.UTC)
_MINUTES = 10 * 365 * 24 * 60


def order_number(chance: random.Random) -> str:
    """As a customer's purchasing writes it."""
    shapes = ("45{:08}", "PO-{:06}", "BE2024/{:05}", "B{:07}-1")
    return chance.choice(shapes).format(chance.randrange(10**5))


def tracking_number(chance: random.Random) -> str:
    """DHL's twenty digits, DPD's fourteen, UPS's with letters."""
    kind = chance.random()
    if kind < 0.6:
        return f"00340434{chance.randrange(10**11, 10**12)}"
    if kind < 0.9:
        return f"0{chance.randrange(10**12, 10**13)}"
    return f"1Z{chance.randrange(10**5, 10**6)}A{chance.randrange(10**9, 10**10)}"


def fill_timeline(database: Database, chance: random.Random, count: int) -> None:
    """Add that many entries, spread over the customers and ten years, and index them."""
    with database.reading() as connection:
        people = connection.execute(select(func.max(customer.c.id))).scalar() or 0
        goods = list(connection.execute(select(article.c.name)).scalars())
        numbers = list(
            connection.execute(
                select(document.c.number).where(document.c.number.is_not(None)).limit(50_000)
            ).scalars()
        )
    for first in range(1, count + 1, _CHUNK):
        ids = range(first, min(first + _CHUNK, count + 1))
        rows = [_entry(chance, each, count, people, goods, numbers) for each in ids]
        with database.writing() as connection:
            connection.execute(insert(timeline_entry), rows)
            search.index_timeline(connection, list(ids), fresh=True)


def _entry(
    chance: random.Random, number: int, count: int, people: int, goods: list[str], numbers: list[str]
) -> dict[str, Any]:
    is_parcel = chance.random() < 0.2
    said = chance.choice(names.SHIPMENTS if is_parcel else names.CALLS).format(
        article=chance.choice(goods),
        number=chance.choice(numbers) if numbers else "R-2026-0001",
        day=chance.randrange(1, 29),
        town=chance.choice(names.TOWNS)[0],
        phone=f"0{chance.choice(names.AREA_CODES)} {chance.randrange(10**5, 10**8)}",
        order=order_number(chance),
        name=chance.choice(names.FAMILY_NAMES),
        tracking=tracking_number(chance),
    )
    moment = _FIRST_MOMENT + dt.timedelta(minutes=number * _MINUTES // max(count, 1))
    return {
        "id": number,
        "customer_id": chance.randrange(1, people + 1),
        "kind": "shipment" if is_parcel else chance.choice(("call", "email", "note")),
        "direction": chance.choice(("in", "out")),
        "at": moment.isoformat(),
        "title": "",
        "text": said,
    }
