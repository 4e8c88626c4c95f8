"""Who may be the same customer: candidates by what is indexed, never all pairs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.store.tables import customer_difference

# A number or an address of so many is a switchboard or rubbish ("0000"), no hint
LARGEST_BLOCK = 12
_LONGEST_EXTENSION = 4
_SHORTEST_TRUNK = 7
_CHUNK = 400
_IN = "IN (SELECT value FROM json_each(?))"
_SHARED = """
    SELECT part.{column} AS shared, part.{owner} AS id FROM {table} AS part
    JOIN customer ON customer.id = part.{owner} AND customer.deleted_at IS NULL
    WHERE part.{column} <> '' AND part.{column} IN (
        SELECT {column} FROM {table} WHERE {column} <> '' GROUP BY {column} HAVING count(*) > 1
    )
    ORDER BY part.{column}
"""
SHARED = {
    "phone": _SHARED.format(table="customer_phone", column="e164", owner="customer_id"),
    "email": _SHARED.format(table="customer_email", column="email", owner="customer_id"),
    "vat_id": _SHARED.format(table="customer", column="vat_id", owner="id"),
}
_NUMBERS = """
    SELECT e164, customer_id FROM customer_phone JOIN customer ON customer.id = customer_id
    WHERE e164 <> '' AND customer.deleted_at IS NULL ORDER BY e164
"""
_NAMES = """
    SELECT c.id, c.company, c.given_name, c.family_name, a.postal_code, a.lines
    FROM customer AS c JOIN customer_address AS a ON a.customer_id = c.id AND a.purpose = 'billing'
    WHERE c.deleted_at IS NULL AND a.postal_code <> ''
"""
# the letters a name of the same sound may begin with; the sort key begins with the company or the family name
_SAME_BEGINNING = ("aeijouyh", "bp", "dt", "fvwp", "gkqcx", "l", "mn", "r", "szcxt")
_NEAR = """
    SELECT a.customer_id FROM customer_address AS a JOIN customer AS c ON c.id = a.customer_id
    WHERE a.postal_code = ? AND c.deleted_at IS NULL AND instr(?, substr(c.sort_key, 1, 1)) > 0 LIMIT 4000
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A customer as far as name and town go."""

    id: int
    company: str
    given_name: str
    family_name: str
    postal_code: str
    lines: str


def shared_blocks(connection: Connection, what: str) -> Iterator[tuple[int, ...]]:
    """The customers of each number, mail address or VAT id that several have."""
    block: dict[int, None] = {}
    last = ""
    for row in connection.exec_driver_sql(SHARED[what]):
        if row.shared != last:
            if 1 < len(block) <= LARGEST_BLOCK:
                yield tuple(block)
            block, last = {}, row.shared
        block[row.id] = None
    if 1 < len(block) <= LARGEST_BLOCK:
        yield tuple(block)


def trunk_pairs(connection: Connection) -> Iterator[tuple[int, int]]:
    """Two customers of whom one's number is the other's with an extension: neighbours in the order of the numbers."""
    trunks: list[tuple[str, int]] = []
    for number, owner in connection.exec_driver_sql(_NUMBERS):
        trunks = [one for one in trunks if number.startswith(one[0])]
        for trunk, other in trunks[-LARGEST_BLOCK:]:
            if owner != other and 0 < len(number) - len(trunk) <= _LONGEST_EXTENSION:
                yield other, owner
        if len(number) > _SHORTEST_TRUNK:
            trunks.append((number, owner))


def all_named(connection: Connection) -> Iterator[Named]:
    """Everybody who has a postal code."""
    for row in connection.exec_driver_sql(_NAMES):
        yield Named(*row)


def near(connection: Connection, postal_code: str, first_letter: str) -> list[int]:
    """The customers at a postal code whose name in the list begins with a letter of the same sound."""
    letters = "".join(group for group in _SAME_BEGINNING if first_letter in group) or first_letter
    return list(connection.exec_driver_sql(_NEAR, (postal_code, letters)).scalars())


def with_trunk_of(connection: Connection, e164: str) -> list[int]:
    """The customers whose number this one would be an extension of, or the other way round."""
    shorter = [e164[:-cut] for cut in range(1, _LONGEST_EXTENSION + 1) if len(e164) - cut >= _SHORTEST_TRUNK]
    sql = f"""
        SELECT customer_id FROM customer_phone JOIN customer AS c ON c.id = customer_id AND c.deleted_at IS NULL
        WHERE e164 {_IN} OR (e164 > ? AND e164 < ? AND length(e164) <= ?) LIMIT 50
    """  # noqa: S608 - our own words
    given = (json.dumps(shorter), e164, e164 + ":", len(e164) + _LONGEST_EXTENSION)
    return list(connection.exec_driver_sql(sql, given).scalars())


def records(connection: Connection, ids: Iterable[int]) -> dict[int, Customer]:
    """What customers are compared by, of many at once; their other fields are left empty."""
    wanted = sorted(set(ids))
    found: dict[int, Customer] = {}
    for first in range(0, len(wanted), _CHUNK):
        found.update(_records(connection, wanted[first : first + _CHUNK]))
    return found


def _records(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Customer]]:
    given = (json.dumps(list(ids)),)

    def rows(table: str) -> dict[int, list[Any]]:
        owned: dict[int, list[Any]] = {}
        sql = f"SELECT * FROM {table} WHERE customer_id {_IN} ORDER BY position"  # noqa: S608 - our own names
        for row in connection.exec_driver_sql(sql, given):
            owned.setdefault(row.customer_id, []).append(row)
        return owned

    phones, emails, addresses = rows("customer_phone"), rows("customer_email"), rows("customer_address")
    sql = f"SELECT * FROM customer WHERE id {_IN} AND deleted_at IS NULL"  # noqa: S608 - our own names
    for row in connection.exec_driver_sql(sql, given):
        billing = next((a for a in addresses.get(row.id, ()) if a.purpose == "billing"), None)
        yield (
            row.id,
            Customer(
                id=row.id,
                version=row.version,
                number=row.number,
                company=row.company,
                person=PersonName(
                    Salutation(row.salutation or "none"), row.title, row.given_name, row.family_name
                ),
                phones=tuple(Phone(p.number, p.e164, p.label) for p in phones.get(row.id, ())),
                emails=tuple(e.email for e in emails.get(row.id, ())),
                address=_address(billing) if billing is not None else Address(),
                vat_id=row.vat_id,
            ),
        )


def _address(row: Any) -> Address:
    return Address(
        tuple(line for line in row.lines.split("\n") if line), row.postal_code, row.city, row.country
    )


def differences(connection: Connection) -> frozenset[tuple[int, int]]:
    """The pairs of which the owner said that they are two."""
    rows = connection.execute(select(customer_difference.c.first_id, customer_difference.c.second_id))
    return frozenset((row.first_id, row.second_id) for row in rows)


def different_from(connection: Connection, customer_id: int) -> frozenset[int]:
    """Who is somebody else than this customer, as the owner said."""
    first, second = customer_difference.c.first_id, customer_difference.c.second_id
    rows = connection.execute(select(first, second).where((first == customer_id) | (second == customer_id)))
    return frozenset(row.first_id if row.second_id == customer_id else row.second_id for row in rows)


def add_difference(connection: Connection, one: int, other: int, at: str) -> bool:
    """Remember that they are two; False when it is remembered already."""
    first, second = sorted((one, other))
    sql = "INSERT OR IGNORE INTO customer_difference (first_id, second_id, at) VALUES (?, ?, ?)"
    return connection.exec_driver_sql(sql, (first, second, at)).rowcount == 1


def remove_difference(connection: Connection, one: int, other: int) -> None:
    """Forget it."""
    first, second = sorted((one, other))
    table = customer_difference
    connection.execute(delete(table).where(table.c.first_id == first, table.c.second_id == second))
