"""Imports of customers: whom each row means, what it adds, and storing and taking back many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from shopdesk.domain.customers import Customer
from shopdesk.domain.folding import fold
from shopdesk.domain.imports.matching import (
    Key,
    completed,
    doubt,
    is_weak,
    name_keys,
    one_of_several,
    other_company,
    recognised,
    same_name,
)
from shopdesk.domain.imports.values import Action, Decision, PlannedRow, Stay, StayReason
from shopdesk.domain.messages import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.imports import Brought
    from shopdesk.store.many_customers import KnownPerson
    from shopdesk.usecases.shop import Shop

CHUNK = 400
_MOST_CANDIDATES = 6
_MOST_ROUNDS = 4

# Whom a row could mean: ("known", id) in the shop, ("new", place) further up in the same file
Who = tuple[str, int]


class CustomerPlan:
    """Goes through the rows in their order; a row knows those before it. Nothing is written."""

    def __init__(
        self,
        connection: Connection,
        decisions: Mapping[int, Decision],
        doubts: Mapping[int, Message] | None = None,
    ) -> None:
        self._connection, self._decisions, self._doubts = connection, decisions, doubts or {}
        self.new: list[Customer] = []
        self.before: dict[int, Customer] = {}
        self.after: dict[int, Customer] = {}
        self._standing: dict[Key, list[Who]] = {}
        self._known: dict[int, Customer] = {}
        self._found: dict[Key, list[int]] = {}
        self._people: dict[tuple[str, str], list[KnownPerson]] | None = None
        self._halves: dict[str, list[tuple[int, str]]] | None = None
        self._joined: set[Key] = set()

    @property
    def changed(self) -> list[tuple[Customer, Customer]]:
        """(before, after) of everybody the file completes."""
        return [(self.before[one], self.after[one]) for one in sorted(self.after)]

    def chunk(self, rows: Sequence[tuple[int, Customer]]) -> Iterable[PlannedRow]:
        """What becomes of the next rows."""
        from shopdesk.store import many_customers

        known = [recognised(value) for _number, value in rows]
        wanted = ((row[1], own[0]) for row, own in zip(rows, known, strict=True))
        self._found = many_customers.by_keys(self._connection, wanted)
        self._find_people(rows, known)
        ids = {one for found in self._found.values() for one in found[:_MOST_CANDIDATES]}
        ids |= {decision.customer_id for number, _value in rows
                if (decision := self._decisions.get(number)) and decision.customer_id}  # fmt: skip
        self._known = many_customers.load_many(self._connection, sorted(ids)) | {
            one: value for one, value in self.after.items() if one in ids
        }
        for (number, value), (own_keys, own_standing) in zip(rows, known, strict=True):
            yield self._row(number, value, own_keys, own_standing)

    def _find_people(
        self, rows: Sequence[tuple[int, Customer]], known: Sequence[tuple[tuple[Key, ...], tuple[Key, ...]]]
    ) -> None:
        """Add to what was found those whom a row means by their own name, and the shop knows by their company's."""
        from shopdesk.store import many_customers

        if self._people is None:
            self._people = many_customers.known_people(self._connection)
        for (_number, value), (own_keys, _standing) in zip(rows, known, strict=True):
            person = value.person
            if value.company or person.is_empty:
                continue
            for one in self._people.get((person.given_name, person.family_name), ()):
                full = replace(person, title=one.title).full
                for key in set(name_keys(full, one.postal_code)).intersection(own_keys):
                    ids = self._found.setdefault(key, [])
                    if one.customer_id not in ids:
                        ids.append(one.customer_id)

    def settled(self, rows: Sequence[tuple[int, Customer]], made: Sequence[PlannedRow]) -> list[PlannedRow]:
        """Look again until nothing new comes of it, so that the next import of the file adds nothing.

        What a row has joined may tell whom a row above it means.
        """
        found = {row.number: row for row in made}
        for _round in range(_MOST_ROUNDS):
            again = list(self._open(rows, found))
            self._joined = set()
            before = list(self.new), dict(self.after)
            for first in range(0, len(again), CHUNK):
                for row in self.chunk(again[first : first + CHUNK]):
                    if found[row.number].action is Action.DOUBTFUL:
                        found[row.number] = row
            if before == (self.new, self.after):
                break
        return [found[row.number] for row in made]

    def _open(
        self, rows: Sequence[tuple[int, Customer]], found: Mapping[int, PlannedRow]
    ) -> Iterable[tuple[int, Customer]]:
        """Who is in doubt, and whoever may be somebody that was joined since."""
        for number, value in rows:
            if number in self._decisions:
                continue
            if found[number].action is Action.DOUBTFUL or (
                self._joined and not self._joined.isdisjoint(recognised(value)[0])
            ):
                yield number, value

    def _row(
        self, number: int, value: Customer, own_keys: tuple[Key, ...], own_standing: tuple[Key, ...]
    ) -> PlannedRow:
        decision = self._decisions.get(number)
        if decision is not None:
            if decision.customer_id is None:
                return self._add(number, value, own_standing)
            if decision.customer_id in self._known:
                return self._complete(number, ("known", decision.customer_id), value)
        candidates = self._candidates(own_keys)
        if number in self._doubts:
            return self._unclear(number, value, candidates)
        if not candidates:
            return self._half_named(number, value) or self._add(number, value, own_standing)
        fitting = [who for who in candidates if same_name(self._who(who), value)]
        if len(fitting) > 1:
            fitting = self._same_number(fitting, value) or self._best(fitting, value) or fitting
        if len(fitting) == 1 and other_company(self._who(fitting[0]), value):
            candidates[fitting[0]] = "company"
        elif len(fitting) == 1:
            return self._complete(number, fitting[0], value)
        return self._doubtful(number, value, candidates, fitting)

    def _unclear(self, number: int, value: Customer, candidates: Mapping[Who, str]) -> PlannedRow:
        """A row with a cell nobody can read for sure; one that was decided on before is known."""
        for who in candidates:
            one = self._who(who)
            if same_name(one, value) and completed(one, value) == one:
                return PlannedRow(number, Action.UNCHANGED, one, who[1] if who[0] == "known" else None)
        may_be = tuple((who[1], _name(self._who(who))) for who in candidates if who[0] == "known")
        return PlannedRow(number, Action.DOUBTFUL, value, reason=self._doubts[number], may_be=may_be)

    def _same_number(self, fitting: Sequence[Who], value: Customer) -> list[Who]:
        """Of several who are called so, the one with the row's customer number."""
        return [who for who in fitting if value.number and self._who(who).number == value.number]

    def _half_named(self, number: int, value: Customer) -> PlannedRow | None:
        """A row with half a name and nobody else it could be: somebody with the whole one is asked about."""
        from shopdesk.store import many_customers

        person = value.person
        if value.company or bool(person.given_name) == bool(person.family_name):
            return None
        half, code = person.given_name or person.family_name, value.address.postal_code
        if not (code or is_weak(value)):
            return None
        if self._halves is None:
            self._halves = many_customers.half_names(self._connection)
        named = (one for one, place in self._halves.get(half, ()) if not code or place == code)
        ids = list(islice(named, _MOST_CANDIDATES))
        people = many_customers.load_many(self._connection, ids) | {
            one: after for one, after in self.after.items() if one in ids
        }
        for one, known in people.items():
            if completed(known, value) == known:
                return PlannedRow(number, Action.UNCHANGED, known, one)
        if not people:
            return None
        may_be = tuple((one, known.name) for one, known in people.items())
        return PlannedRow(number, Action.DOUBTFUL, value, reason=doubt("name", may_be[0][1]), may_be=may_be)

    def _who(self, who: Who) -> Customer:
        return self._known[who[1]] if who[0] == "known" else self.new[who[1]]

    def _candidates(self, own_keys: Sequence[Key]) -> dict[Who, str]:
        """Whom the row could mean, and the first key they have in common."""
        found: dict[Who, str] = {}
        for key in own_keys:
            for one in self._found.get(key, ())[:_MOST_CANDIDATES]:
                if one in self._known:
                    found.setdefault(("known", one), key.kind)
            for who in self._standing.get(key, ())[:_MOST_CANDIDATES]:
                if who[0] == "new" or who[1] in self._known:
                    found.setdefault(who, key.kind)
        return found

    def _best(self, fitting: Sequence[Who], value: Customer) -> list[Who]:
        """The only one with exactly this name; of a bare name the only one who is no more than that."""
        exact = [who for who in fitting if fold(self._who(who).name) == fold(value.name)]
        if is_weak(value) and len(exact) > 1:
            exact = [who for who in exact if is_weak(self._who(who))]
        return exact if len(exact) == 1 else []

    def _doubtful(
        self, number: int, value: Customer, candidates: Mapping[Who, str], fitting: Sequence[Who]
    ) -> PlannedRow:
        named = [(who, self._who(who).name or self._who(who).email) for who in (fitting or candidates)]
        if len(fitting) > 1:
            reason = one_of_several([name for _who, name in named])
        else:
            who, name = named[0]
            reason = doubt(candidates[who], name)
        may_be = tuple((who[1], name) for who, name in named if who[0] == "known")
        return PlannedRow(number, Action.DOUBTFUL, value, reason=reason, may_be=may_be)

    def _add(self, number: int, value: Customer, own_standing: Sequence[Key]) -> PlannedRow:
        who: Who = ("new", len(self.new))
        self.new.append(value)
        self._stand(who, own_standing)
        return PlannedRow(number, Action.NEW, value)

    def _complete(self, number: int, who: Who, value: Customer) -> PlannedRow:
        before = self._who(who)
        after = completed(before, value)
        target = who[1] if who[0] == "known" else None
        if after == before:
            return PlannedRow(number, Action.UNCHANGED, before, target)
        if target is None:
            self.new[who[1]] = after
        else:
            self.before.setdefault(target, before)
            self.after[target] = self._known[target] = after
        own_standing = recognised(after)[1]
        self._joined.update(own_standing)
        self._stand(who, own_standing)
        return PlannedRow(number, Action.CHANGED, after, target, before=before)

    def _stand(self, who: Who, own_standing: Sequence[Key]) -> None:
        for key in own_standing:
            others = self._standing.setdefault(key, [])
            if who not in others:
                others.append(who)


def numbered(connection: Connection, shop: Shop, values: Sequence[Customer]) -> list[Customer]:
    """The same with customer numbers: their own where nobody has it, else the next free ones."""
    from shopdesk.store import many_customers, number_ranges

    taken = set(many_customers.numbers_taken(connection, [value.number for value in values if value.number]))
    found: list[Customer | None] = []
    waiting: list[int] = []
    for place, value in enumerate(values):
        if value.number and value.number not in taken:
            taken.add(value.number)
            found.append(value)
        else:
            waiting.append(place)
            found.append(None)
    range_, today = number_ranges.load(connection, "customer"), shop.clock.today()
    while waiting:
        numbers = number_ranges.take_many(connection, range_, today, len(waiting))
        taken |= many_customers.numbers_taken(connection, numbers)
        free = [number for number in numbers if number not in taken]
        for place, number in zip(waiting, free, strict=False):
            found[place] = replace(values[place], number=number)
        waiting = waiting[len(free) :]
    return [value for value in found if value is not None]


def store_new(connection: Connection, shop: Shop, values: Sequence[Customer]) -> list[Brought]:
    """Store new customers, numbered already, and say what was stored."""
    from shopdesk.store import many_customers
    from shopdesk.store.imports import Brought

    ids = many_customers.create_many(connection, values, shop.clock.now())
    return [Brought("customer", one, "new") for one in ids]


def store_changed(
    connection: Connection, shop: Shop, pairs: Sequence[tuple[Customer, Customer]]
) -> list[Brought]:
    """Store completed customers and say what they were before."""
    from shopdesk.store import many_customers, plain
    from shopdesk.store.imports import Brought

    many_customers.save_many(connection, [after for _before, after in pairs], shop.clock.now())
    return [
        Brought("customer", int(before.id or 0), "changed", before.version + 1, plain.dumps(before))
        for before, _after in pairs
    ]


def take_back(connection: Connection, shop: Shop, brought: Sequence[Brought]) -> list[Stay]:
    """Undo what an import wrote; who was used, changed or merged since stays and is named."""
    from shopdesk.store import many_customers, plain

    ids = [one.subject_id for one in brought]
    known = many_customers.load_many(connection, ids)
    used = many_customers.used(connection, ids)
    gone: list[int] = []
    back: list[Brought] = []
    stays: list[Stay] = []
    for one in brought:
        value = known.get(one.subject_id)
        if value is None:
            stays += _merged(connection, one.subject_id)
        elif value.version != one.version:
            stays.append(Stay(_name(value), StayReason.CHANGED))
        elif one.action == "changed":
            back.append(one)
        elif one.subject_id in used:
            stays.append(Stay(_name(value), StayReason.USED))
        else:
            gone.append(one.subject_id)
    many_customers.remove_many(connection, gone)
    before = [plain.loads(Customer, one.before) for one in back]
    # with its old version, too: an import before this one can then be taken back as well
    olds = [replace(was, version=was.version - 1) for was in before]
    many_customers.save_many(connection, olds, shop.clock.now())
    return stays


def _name(value: Customer) -> str:
    return value.name or value.email or value.number


def _merged(connection: Connection, customer_id: int) -> list[Stay]:
    """Nobody, where the customer was deleted since; the one it is a part of now."""
    from shopdesk.store import customer_merges, customers

    survivor = customer_merges.survivor(connection, customer_id)
    if survivor is None:
        return []
    return [Stay(_name(customers.load(connection, survivor)), StayReason.MERGED)]
