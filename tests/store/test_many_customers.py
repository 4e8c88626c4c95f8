"""What is written many at a time is what is written one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.names import PersonName
from shopdesk.store import many_customers, search
from shopdesk.store.database import Database

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
FULL = Customer(
    number="K-00412",
    company="Gasthof zum Löwen",
    person=PersonName(title="Dr.", given_name="Jörg", family_name="Weiß-Mueller"),
    phones=(Phone("0551 / 12 34-0", "+495511234"), Phone("Durchwahl 17")),
    emails=("loewe@example.org", "küche@example.org"),
    address=Address(("Große Straße 5", "Hinterhaus"), "37073", "Göttingen"),
    delivery_address=Address(("Rampe 2",), "1010", "Wien", "AT"),
    contact_persons=(
        ContactPerson(PersonName(given_name="Елена", family_name="Петрова"), "Einkauf", "0551 99", "e@x.de"),
    ),
    vat_id="DE123456788",
    buyer_reference="04011000-1234512345-06",
    note="Zimmer 12 & 13",
    facts=("Lieferung nur über den Hof",),
    tags=("Hotel",),
)


def index(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every word of the index, with where it stands."""
    found = {}
    for table in ("search_customer_words", "search_contact_person_words", "search_customer_parts"):
        kind = "instance" if table.endswith("words") else "row"
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.seen_{table} USING fts5vocab(main, {table}, {kind})"
        )
        found[table] = [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM temp.seen_{table}")]
        connection.exec_driver_sql(f"DROP TABLE temp.seen_{table}")
    for sql in (
        "SELECT rowid, text FROM search_customer_parts",
        "SELECT * FROM search_number",
        "SELECT word FROM search_word",
    ):
        found[sql] = sorted(tuple(row) for row in connection.exec_driver_sql(sql))
    return found


def test_the_index_of_many_is_the_one_that_is_made_from_what_is_stored(tmp_path: Path) -> None:
    with Database(tmp_path / "shop.sqlite") as database, database.writing() as connection:
        many_customers.create_many(connection, [FULL, Customer(number="K-2", emails=("a@example.org",))], NOW)
        as_stored = index(connection)
        assert len(as_stored["search_customer_words"]) > 40
        search.rebuild(connection)
        assert index(connection) == as_stored


def test_listeners_hear_of_every_table(tmp_path: Path) -> None:
    heard: list[frozenset[str]] = []
    with Database(tmp_path / "shop.sqlite") as database:
        database.on_change(heard.append)
        with database.writing() as connection:
            many_customers.create_many(connection, [FULL], NOW)
    assert heard
    assert {"customer", "customer_phone", "customer_email", "customer_address", "contact_person"} <= heard[0]
