"""Fills a shop with invented German customers, articles and documents, the same for the same seed.

python -m benchmarks.generate shop.sqlite --customers 10000
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from benchmarks import names
from benchmarks.timelines import fill_timeline, order_number
from shopdesk.domain.documents import Document, Seller
from shopdesk.domain.folding import fold, sort_key
from shopdesk.store import plain, search
from shopdesk.store.database import Database
from shopdesk.store.tables import (
    article,
    contact_person,
    customer,
    customer_address,
    customer_email,
    customer_phone,
    customer_tag,
    document,
    document_line,
)

_CHUNK = 2000
_FIRST_DAY = dt.date(2017, 1, 2)
# as long as a real document's snapshot, so that lists and figures pay what they pay in a shop
_CONTENT = Document(seller=Seller("Schlafgut Lindner", "Jens Lindner"), intro="x" * 200)
_PLAIN_CONTENT = plain.dumps(_CONTENT)
_WITH_ORDER = plain.dumps(replace(_CONTENT, order_reference="§"))

Rows = dict[Table, list[dict[str, Any]]]


def fill(
    database: Database,
    customers: int,
    documents: int | None = None,
    articles: int = 600,
    seed: int = 1,
    entries: int = 0,
) -> None:
    """Add that many rows to an empty shop (documents: three for each customer unless said) and index them."""
    chance = random.Random(seed)
    goods = list(_articles(chance, articles))
    people = _customers(chance, customers)
    known: list[dict[str, Any]] = []
    with database.writing() as connection:
        assert connection.execute(select(func.count()).select_from(customer)).scalar() == 0, (
            "fill an empty shop"
        )
        connection.execute(insert(article), goods)
        search.index_articles(connection, range_of(1, len(goods)), fresh=True)
    for first in range(1, customers + 1, _CHUNK):
        with database.writing() as connection:
            chunk = list(islice(people, _CHUNK))
            _insert(connection, chunk)
            known += [rows[customer][0] for rows in chunk]
            search.index_customers(connection, range_of(first, len(chunk)), fresh=True)
    _fill_documents(database, chance, known, goods, 3 * customers if documents is None else documents)
    fill_timeline(database, random.Random(seed), entries)


def range_of(first: int, count: int) -> list[int]:
    """`count` ids from `first` on."""
    return list(range(first, first + count))


def _fill_documents(
    database: Database,
    chance: random.Random,
    people: list[dict[str, Any]],
    goods: list[dict[str, Any]],
    count: int,
) -> None:
    made = _documents(chance, people, goods, count)
    for first in range(1, count + 1, _CHUNK):
        with database.writing() as connection:
            chunk = list(islice(made, _CHUNK))
            numbers = [
                {"id": rows[document][0]["id"], "number": rows[document][0].pop("number")} for rows in chunk
            ]
            _insert(connection, chunk)
            # issued documents are frozen: lines first, then the state
            connection.execute(
                text("UPDATE document SET state = 'issued', number = :number WHERE id = :id"), numbers
            )
            search.index_documents(connection, range_of(first, len(chunk)), fresh=True)


def _insert(connection: Connection, chunk: list[Rows]) -> None:
    for table in {table: None for rows in chunk for table in rows}:
        values = [row for rows in chunk for row in rows.get(table, ())]
        if values:
            connection.execute(insert(table), values)


def _customers(chance: random.Random, count: int) -> Iterator[Rows]:
    for number in range(1, count + 1):
        yield _customer(chance, number)


def _customer(chance: random.Random, number: int) -> Rows:
    given, family = chance.choice(names.GIVEN_NAMES), _family_name(chance)
    company = ""
    if chance.random() < 0.2:
        company = f"{chance.choice(names.TRADES)} {_family_name(chance)} {chance.choice(names.FORMS)}"
    town, begin = chance.choice(names.TOWNS)
    street = f"{chance.choice(names.STREETS)}{chance.choice(names.STREET_ENDS)}".replace("_", " ")
    rows: Rows = {
        customer: [
            {
                "id": number,
                "number": f"K-{number:05}",
                "company": company,
                "given_name": given,
                "family_name": family,
                "vat_id": f"DE{chance.randrange(10**8, 10**9)}" if company else "",
                "note": chance.choice(names.NOTES),
                "sort_key": sort_key(company or f"{family} {given}"),
                "created_at": "2020-01-01T00:00:00Z",
                "updated_at": "2024-01-01T00:00:00Z",
            }
        ],
        customer_address: [
            {
                "customer_id": number,
                "purpose": "billing",
                "lines": f"{street} {chance.randrange(1, 190)}{chance.choice(['', '', '', 'a'])}",
                "postal_code": f"{begin}{chance.randrange(100):02}",
                "city": town,
                "country": "DE",
            }
        ],
        customer_phone: [
            {"customer_id": number, "position": at, **_phone(chance)}
            for at in range(chance.choice((1, 1, 2)))
        ],
    }
    if chance.random() < 0.75:
        name = fold(f"{given}.{family}").replace(" ", "") + str(chance.randrange(1, 99))
        rows[customer_email] = [{"customer_id": number, "email": f"{name}@{chance.choice(names.MAIL_HOSTS)}"}]
    if company and chance.random() < 0.5:
        person = {"given_name": chance.choice(names.GIVEN_NAMES), "family_name": _family_name(chance)}
        phone = _phone(chance)["number"]
        rows[contact_person] = [
            {"customer_id": number, "position": 0, "role": "Einkauf", "phone": phone, **person}
        ]
    if chance.random() < 0.15:
        rows[customer_tag] = [{"customer_id": number, "position": 0, "tag": chance.choice(names.TAGS)}]
    return rows


def _family_name(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(names.FAMILY_NAMES)
    if kind < 0.93:
        return chance.choice(names.FRONTS) + chance.choice(names.BACKS)
    return f"{chance.choice(names.FAMILY_NAMES)}-{chance.choice(names.FAMILY_NAMES)}"


def _phone(chance: random.Random) -> dict[str, str]:
    area, own = chance.choice(names.AREA_CODES), str(chance.randrange(10**5, 10**8))
    shown = (
        f"0{area}/{own}",
        f"+49 {area} {own[:3]} {own[3:]}",
        f"0{area} {own}",
        f"0049 ({area}) {own}",
        f"(0{area}) {own[:2]} {own[2:4]} {own[4:]}",
        f"+49 (0) {area}-{own}",
    )
    return {"number": chance.choice(shown), "e164": f"+49{area}{own}"}


def _articles(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        kind = chance.random()
        if kind < 0.6:
            season = chance.choice(("Winterreifen", "Sommerreifen"))
            size = (
                f"{chance.randrange(155, 275, 10)}/{chance.randrange(35, 75, 5)} R{chance.randrange(14, 20)}"
            )
            name = f"{season} {chance.choice(names.BRANDS)} {size} {chance.randrange(80, 108)}{chance.choice('TVWHY')}"
        elif kind < 0.9:
            wide, long = (
                chance.choice((70, 80, 90, 100, 120, 140, 160, 180)),
                chance.choice((190, 200, 210, 220)),
            )
            high, firm = chance.choice((16, 20, 24)), chance.randrange(2, 5)
            name = f"{chance.choice(names.BEDS)} {wide} x {long} x {high} cm H{firm}"
        else:
            name = chance.choice(names.OTHERS)
        price = f"{chance.randrange(300, 60000)}"
        yield {
            "id": number,
            "code": f"A{number:04}",
            "kind": "goods",
            "name": name,
            "unit": "C62",
            "unit_price": f"{price[:-2]}.{price[-2:]}",
            "prices": "gross",
            "sort_key": sort_key(name),
        }


def _content(chance: random.Random) -> str:
    """One document in twelve bears the customer's order number."""
    if chance.random() > 1 / 12:
        return _PLAIN_CONTENT
    return _WITH_ORDER.replace("§", order_number(chance))


def _documents(
    chance: random.Random, people: list[dict[str, Any]], goods: list[dict[str, Any]], count: int
) -> Iterator[Rows]:
    counters: dict[tuple[str, int], int] = {}
    for number in range(1, count + 1):
        day = _FIRST_DAY + dt.timedelta(days=number * 3600 // max(count, 1))
        kind, letters = chance.choice((("quote", "A"), ("invoice", "R")))
        counters[kind, day.year] = running = counters.get((kind, day.year), 0) + 1
        buyer = chance.choice(people)
        chosen = [chance.choice(goods) for _ in range(chance.choice((1, 1, 2, 3, 4)))]
        amount = sum(int(one["unit_price"].replace(".", "")) for one in chosen)
        yield {
            document: [
                {
                    "id": number,
                    "kind": kind,
                    "state": "draft",
                    "number": f"{letters}-{day.year}-{running:04}",
                    "request_key": f"made-{number}",
                    "date": day.isoformat(),
                    "customer_id": buyer["id"],
                    "recipient": buyer["company"] or f"{buyer['given_name']} {buyer['family_name']}",
                    "title": chosen[0]["name"],
                    "currency": "EUR",
                    "gross": amount,
                    "payable": amount,
                    "tax_case": "auto",
                    "content": _content(chance),
                    "sort_key": f"{day.isoformat()}T09:00:00Z",
                    "created_at": f"{day.isoformat()}T09:00:00+00:00",
                    "updated_at": f"{day.isoformat()}T09:00:00+00:00",
                }
            ],
            document_line: [
                {
                    "document_id": number,
                    "position": at,
                    "kind": one["kind"],
                    "text": one["name"],
                    "article_code": one["code"],
                    "quantity": "1",
                    "unit": one["unit"],
                    "unit_price": one["unit_price"],
                }
                for at, one in enumerate(chosen)
            ],
        }


def main() -> None:
    """Fill the file given on the command line."""
    parser = argparse.ArgumentParser(description="Fill an empty shop with invented German data.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--documents", type=int, help="three for each customer unless given")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--entries", type=int, default=0, help="of the timeline")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begin = time.perf_counter()
    with Database(given.file) as database:
        fill(database, given.customers, given.documents, given.articles, given.seed, given.entries)
    seconds, size = time.perf_counter() - begin, given.file.stat().st_size / 1e6
    print(f"{given.customers} customers in {seconds:.1f} s, {size:.0f} MB")


if __name__ == "__main__":
    main()
