"""Two records of one customer become one: nothing is lost, issued documents stay as they are, and it can be undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.customer_merging import Side, combined, separated
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from shopdesk.store.customer_merges import Merge
    from shopdesk.usecases.shop import Shop


class MergedWithItself(ShopError):
    """One customer was chosen twice."""

    code = "merged-with-itself"

    def __init__(self, name: str) -> None:
        super().__init__(Message(N_("{name} is one customer already."), {"name": name}))


class MergedFurther(ShopError):
    """A merge can be taken back only after the one that was built on it."""

    code = "merged-further"

    def __init__(self, name: str, other: str) -> None:
        text = N_("{name} was merged into {other} afterwards. Take that back first.")
        super().__init__(Message(text, {"name": name, "other": other}))


class IssuedSince(ShopError):
    """A draft that came with a merged customer is frozen with the other one's id now."""

    code = "issued-since-merge"

    def __init__(self, name: str, number: str) -> None:
        text = N_(
            "{name} can no longer be separated: {number} was issued since and belongs to both. "
            "Enter {name} anew where you need two customers."
        )
        super().__init__(Message(text, {"name": name, "number": number}))


@dataclass(frozen=True, slots=True)
class MergedCustomer:
    """Somebody whose record is a part of another one's since that day."""

    customer: Customer
    survivor: Customer
    day: dt.date


def merge(shop: Shop, left: Customer, right: Customer, sides: Mapping[str, Side]) -> tuple[Customer, Undo]:
    """Put `right` into `left`, with the values of the chosen sides, in one transaction.

    Raises:
        ChangedElsewhere: one of the two was changed since they were looked at.
        MergedWithItself: both are the same.
    """
    from shopdesk.store import customer_merges, customers, moments, plain, search

    if left.id == right.id:
        raise MergedWithItself(left.name)
    with shop.writing() as connection:
        left, right = _as_seen(connection, left), _as_seen(connection, right)
        assert left.id is not None
        assert right.id is not None
        wanted = combined(left, right, sides)
        moved = _give(connection, right.id, left.id)
        customers.set_deleted(connection, right.id, right.version, shop.clock.now())
        if wanted != left:
            customers.save(connection, wanted, shop.clock.now())
        after = customers.load(connection, left.id)
        entry = customer_merges.Merge(
            right.id, left.id, left.id, moments.to_text(shop.clock.now()),
            plain.dumps(left), plain.dumps(after), json.dumps(moved),
        )  # fmt: skip
        customer_merges.add(connection, entry)
        search.index_customer(connection, left.id)
        shop.record(connection, "merge", "customer", left.id, new={"customer_id": right.id})
        merged_id = right.id
    return after, Undo(lambda s: separate(s, merged_id))


def _as_seen(connection: Connection, seen: Customer) -> Customer:
    """The whole record, where nobody changed it meanwhile."""
    from shopdesk.store import customers

    assert seen.id is not None
    now = customers.load(connection, seen.id)
    if (now.id, now.version) != (seen.id, seen.version):
        raise ChangedElsewhere(seen.name or seen.number)
    return now


def _tables() -> dict[str, Table]:
    from shopdesk.store import customer_merges, customers

    return {table.name: table for table in customer_merges.owned_tables(customers.PARTS)}


def _give(connection: Connection, giver: int, taker: int) -> dict[str, list[int]]:
    """Move everything that may change hands; gives the ids by table."""
    from shopdesk.store import customer_merges

    moved: dict[str, list[int]] = {}
    for name, table in _tables().items():
        ids = customer_merges.ids_of(connection, table, giver)
        if ids:
            customer_merges.move(connection, table, taker, ids)
            moved[name] = ids
    return moved


def recent(shop: Shop, limit: int) -> tuple[MergedCustomer, ...]:
    """What was merged, the newest first."""
    from shopdesk.store import customer_merges, customers, moments

    with shop.reading() as connection:
        return tuple(
            MergedCustomer(
                customers.load_merged(connection, entry.merged_id),
                customers.load_merged(connection, entry.into_id),
                moments.from_text(entry.at).astimezone(shop.clock.zone).date(),
            )
            for entry in customer_merges.recent(connection, limit)
        )


def separate(shop: Shop, merged_id: int) -> None:
    """Take a merge back, today or years later: each gets its own again, and what was changed since stays.

    Raises:
        NotFound: this customer is not merged.
        MergedFurther: the other one was merged itself since.
        IssuedSince: a draft that came along was issued since.
    """
    from shopdesk.store import customer_merges, customers, plain, search

    with shop.writing() as connection:
        entry = customer_merges.load(connection, merged_id)
        if entry is None:
            raise NotFound(str(merged_id), "customer")
        merged = customers.load_merged(connection, merged_id)
        now = customers.load(connection, entry.survivor_id)
        _check_separable(connection, entry, merged, now)
        customer_merges.remove(connection, merged_id)
        _give_back(connection, entry)
        customers.set_deleted(connection, merged_id, merged.version, None)
        before, after = plain.loads(Customer, entry.before), plain.loads(Customer, entry.after)
        wanted = separated(before, after, now)
        if wanted != now:
            customers.save(connection, wanted, shop.clock.now())
        else:
            search.index_customer(connection, entry.survivor_id)
        _tell_imports(connection, merged.version - 1, merged_id)
        if now == after:
            _tell_imports(connection, before.version, entry.survivor_id)
        shop.record(connection, "separate", "customer", entry.survivor_id, new={"customer_id": merged_id})


def _tell_imports(connection: Connection, version: int, customer_id: int) -> None:
    """A record that is as it was before the merge can still be taken back with the import it came by."""
    from shopdesk.store import customers, imports

    imports.follow(
        connection, "customer", customer_id, version, customers.load(connection, customer_id).version
    )


def _check_separable(connection: Connection, entry: Merge, merged: Customer, now: Customer) -> None:
    from shopdesk.store import customer_merges, customers

    if entry.survivor_id != entry.into_id:
        between = customers.load_merged(connection, entry.into_id)
        raise MergedFurther(between.name or between.number, now.name or now.number)
    numbers = customer_merges.issued_of(connection, json.loads(entry.moved).get("document", ()))
    if numbers:
        raise IssuedSince(merged.name or merged.number, numbers[0])


def _give_back(connection: Connection, entry: Merge) -> None:
    """What was given to a third one since stays there."""
    from shopdesk.store import customer_merges

    tables = _tables()
    for name, ids in json.loads(entry.moved).items():
        still = set(customer_merges.ids_of(connection, tables[name], entry.survivor_id))
        customer_merges.move(
            connection, tables[name], entry.merged_id, [each for each in ids if each in still]
        )
