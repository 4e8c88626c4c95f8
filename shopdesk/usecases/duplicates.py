"""Customers who stand in the list twice: shown with reasons, decided by the owner alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from shopdesk.domain.customers import Customer
from shopdesk.domain.duplicates import Likeness, likeness
from shopdesk.domain.folding import fold
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.phonetics import cologne
from shopdesk.domain.same_names import sounds_of
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.duplicates import Named
    from shopdesk.usecases.shop import Shop

_LARGEST_NAME_BLOCK = 60
_AT_A_TIME = 400
_WORK = LongWork()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be the same person, how sure that is, and why."""

    customer: Customer
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers who may be one; `first` has been there longer."""

    first: Customer
    second: Customer
    likeness: Likeness


def look_alikes(shop: Shop, customer: Customer, limit: int = 3) -> tuple[Candidate, ...]:
    """Who may be the customer being typed, the surest first; those who are somebody else are left out."""
    from shopdesk.store import duplicates
    from shopdesk.usecases.customers import tidied
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        tidy = tidied(customer, load_profile(connection))
        ids = _near(connection, tidy) - {tidy.id or 0}
        if tidy.id is not None:
            ids -= duplicates.different_from(connection, tidy.id)
        known = duplicates.records(connection, ids)
    found = []
    for other in known.values():
        like = likeness(tidy, other)
        if like is not None:
            found.append(Candidate(other, like))
    found.sort(key=lambda one: (-one.likeness.score, one.customer.id or 0))
    return tuple(found[:limit])


def _near(connection: Connection, customer: Customer) -> set[int]:
    from shopdesk.store import customers, duplicates

    found: set[int] = set()
    for email in customer.emails:
        found.update(customers.by_email(connection, email))
    if customer.vat_id:
        found.update(customers.by_vat_id(connection, customer.vat_id))
    for phone in customer.phones:
        if phone.e164:
            found.update(customers.by_phone(connection, phone.e164))
            found.update(duplicates.with_trunk_of(connection, phone.e164))
    code, key = customer.address.postal_code, customers.list_key(customer)
    if customer.name and code and key:
        found.update(duplicates.near(connection, code, key[0]))
    return found


def review(shop: Shop, work: LongWork = _WORK) -> tuple[Pair, ...]:
    """All pairs that may be one customer, the surest first. Raises Stopped."""
    from shopdesk.store import duplicates

    with shop.reading() as connection:
        work.step(0, 0)
        apart = duplicates.differences(connection)
        pairs = sorted(_pairs(connection, work) - apart)
        found: list[Pair] = []
        for first in range(0, len(pairs), _AT_A_TIME):
            work.step(first, len(pairs))
            found += _judged(connection, pairs[first : first + _AT_A_TIME])
    work.step(len(pairs), len(pairs))
    return tuple(sorted(found, key=lambda pair: (-pair.likeness.score, pair.first.id, pair.second.id)))


def _judged(connection: Connection, pairs: list[tuple[int, int]]) -> Iterator[Pair]:
    from shopdesk.store import duplicates

    known = duplicates.records(connection, {each for pair in pairs for each in pair})
    for one, other in pairs:
        if one in known and other in known:
            like = likeness(known[one], known[other])
            if like is not None:
                yield Pair(known[one], known[other], like)


def _pairs(connection: Connection, work: LongWork) -> set[tuple[int, int]]:
    from shopdesk.store import duplicates

    found: set[tuple[int, int]] = set()
    for what in duplicates.SHARED:
        work.step(0, 0)
        for block in duplicates.shared_blocks(connection, what):
            found.update(_ordered(one, other) for one, other in combinations(block, 2))
    work.step(0, 0)
    found.update(_ordered(one, other) for one, other in duplicates.trunk_pairs(connection))
    work.step(0, 0)
    return found | set(_named_alike(connection, work))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _named_alike(connection: Connection, work: LongWork) -> Iterator[tuple[int, int]]:
    """Pairs of one postal code whose names sound alike; in a block too large for that, those of one street."""
    from shopdesk.store import duplicates

    blocks: dict[tuple[str, str], list[Named]] = {}
    for count, named in enumerate(duplicates.all_named(connection)):
        if count % 5000 == 0:
            work.step(0, 0)
        for key in sounds_of(named.company, named.given_name, named.family_name):
            blocks.setdefault((named.postal_code, key), []).append(named)
    for block in blocks.values():
        if len(block) > 1:
            yield from _of_block(block)


def _of_block(block: list[Named]) -> Iterator[tuple[int, int]]:
    if len(block) <= _LARGEST_NAME_BLOCK:
        for one, other in combinations(block, 2):
            if one.id != other.id and _may_be_one(one, other):
                yield _ordered(one.id, other.id)
        return
    finer: dict[str, list[Named]] = {}
    for named in block:
        finer.setdefault(named.given_name[:1].lower(), []).append(named)
    for part in finer.values():
        for one, other in combinations(part[: 4 * _LARGEST_NAME_BLOCK], 2):
            if one.id != other.id and _may_be_one(one, other):
                yield _ordered(one.id, other.id)


def _may_be_one(one: Named, other: Named) -> bool:
    """Quick to say: two people called Müller in one town are no pair unless the given names can be the same."""
    if one.company or other.company or not (one.given_name and other.given_name):
        return True
    first, second = fold(one.given_name), fold(other.given_name)
    sounds = {cologne(first)[:1], cologne(one.family_name)[:1]}
    return first[:1] == second[:1] or cologne(second)[:1] in sounds


def different(shop: Shop, one: int, other: int) -> Undo:
    """They are two: remembered, and not proposed again."""
    from shopdesk.store import duplicates, moments

    with shop.writing() as connection:
        is_new = duplicates.add_difference(connection, one, other, moments.to_text(shop.clock.now()))
        if is_new:
            shop.record(connection, "different", "customer", one, new={"customer_id": other})
    return Undo(lambda s: _not_different(s, one, other) if is_new else None)


def _not_different(shop: Shop, one: int, other: int) -> None:
    from shopdesk.store import duplicates

    with shop.writing() as connection:
        duplicates.remove_difference(connection, one, other)
        shop.record(connection, "not-different", "customer", one, new={"customer_id": other})
