"""Which customer's record is a part of which other one's, and whom a reading means by an id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from shopdesk.store.tables import customer, customer_merge, document, metadata

_OWN = frozenset(
    {"customer_merge", "customer_difference", "erasure"}
)  # an erased customer is merged with nobody

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge as it is kept. `before`, `after`: the survivor's record as JSON; `moved`: row ids by table, as JSON."""

    merged_id: int
    survivor_id: int
    into_id: int
    at: str
    before: str
    after: str
    moved: str


def living(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The customer whom an id in this column means today, as an expression."""
    return func.coalesce(
        select(customer_merge.c.survivor_id)
        .where(customer_merge.c.merged_id == column)
        .correlate(column.table)
        .scalar_subquery(),
        column,
    )


def survivor(connection: Connection, customer_id: int) -> int | None:
    """Of whose record a merged customer is a part; None when it was not merged."""
    statement = select(customer_merge.c.survivor_id).where(customer_merge.c.merged_id == customer_id)
    return connection.scalar(statement)


def meant(connection: Connection, customer_id: int) -> int:
    """Who is meant by an id today: a window may not know yet that its customer was merged."""
    return survivor(connection, customer_id) or customer_id


def survivors(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Of those who were merged into another: who is meant today."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), _AT_A_TIME):
        merged = customer_merge.c.merged_id.in_(ids[start : start + _AT_A_TIME])
        pairs = select(customer_merge.c.merged_id, customer_merge.c.survivor_id).where(merged)
        found |= {row.merged_id: row.survivor_id for row in connection.execute(pairs)}
    return found


def everyone(connection: Connection, customer_id: int) -> list[int]:
    """The customer and all whose records are a part of this one."""
    statement = select(customer_merge.c.merged_id).where(customer_merge.c.survivor_id == customer_id)
    return [customer_id, *connection.scalars(statement)]


def load(connection: Connection, merged_id: int) -> Merge | None:
    """How this customer was merged."""
    row = connection.execute(select(customer_merge).where(customer_merge.c.merged_id == merged_id)).first()
    return Merge(**row._asdict()) if row is not None else None


def recent(connection: Connection, limit: int) -> tuple[Merge, ...]:
    """The merges the owner made, the newest first."""
    newest = (customer_merge.c.at.desc(), customer_merge.c.merged_id.desc())
    rows = connection.execute(select(customer_merge).order_by(*newest).limit(limit))
    return tuple(Merge(**row._asdict()) for row in rows)


def add(connection: Connection, value: Merge) -> None:
    """Keep a merge; whoever was a part of the merged one is a part of the survivor from now on."""
    statement = update(customer_merge).where(customer_merge.c.survivor_id == value.merged_id)
    connection.execute(statement.values(survivor_id=value.survivor_id))
    fields = ("merged_id", "survivor_id", "into_id", "at", "before", "after", "moved")
    connection.execute(insert(customer_merge).values({name: getattr(value, name) for name in fields}))


def remove(connection: Connection, merged_id: int) -> None:
    """Forget a merge; whoever was a part of the merged one before is so again."""
    connection.execute(delete(customer_merge).where(customer_merge.c.merged_id == merged_id))
    for part in _parts_below(connection, merged_id):
        statement = update(customer_merge).where(customer_merge.c.merged_id == part)
        connection.execute(statement.values(survivor_id=merged_id))


def _parts_below(connection: Connection, customer_id: int) -> list[int]:
    found: list[int] = []
    level = [customer_id]
    while level:
        statement = select(customer_merge.c.merged_id).where(customer_merge.c.into_id.in_(level))
        level = list(connection.scalars(statement))
        found += level
    return found


def owned_tables(parts: Sequence[Table]) -> tuple[Table, ...]:
    """The tables whose rows belong to a customer, without the parts of the record itself."""
    found = []
    for table in metadata.sorted_tables:
        if table in parts or table.name in _OWN or "customer_id" not in table.c:
            continue
        if any(key.column is customer.c.id for key in table.c.customer_id.foreign_keys):
            found.append(table)
    return tuple(found)


def move(connection: Connection, table: Table, goes_to: int, ids: Sequence[int]) -> None:
    """Give rows to another customer. What is open in a window is old then: its version moves on."""
    values: dict[str, Any] = {"customer_id": goes_to}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    (key,) = table.primary_key.columns
    for first in range(0, len(ids), 500):
        chunk = ids[first : first + 500]
        connection.execute(update(table).where(key.in_(chunk)).values(values))


def ids_of(connection: Connection, table: Table, customer_id: int) -> list[int]:
    """The rows of a customer that may change hands: an issued document may not."""
    (key,) = table.primary_key.columns
    statement = select(key).where(table.c.customer_id == customer_id).order_by(key)
    if table is document:
        statement = statement.where(document.c.state == "draft")
    return list(connection.scalars(statement))


def issued_of(connection: Connection, ids: Sequence[int]) -> list[str]:
    """The numbers of those of these documents that are issued."""
    statement = select(document.c.number).where(document.c.id.in_(ids), document.c.state == "issued")
    return [number or "" for number in connection.scalars(statement)]
