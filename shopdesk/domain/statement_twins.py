"""The same booking told by two kinds of file: a report of the day (camt.052), a notification (camt.054), a statement.

Within one kind equal bookings are counted (`statements.fingerprints`). Of two kinds each tells it in its own words, so
it is known again by what the bank calls it (AcctSvcrRef), by what the payer called it (EndToEndId), or by day, amount
and payer; a collective booking by the sum of its parts. Each stored booking is met once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shopdesk.domain.statements import NO_REFERENCE, Entry, EntryState, StoredEntry, compact

NEAR_DAYS = 4
"""By so many days the booking may differ between two files that name the same reference."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told before: places in the new entries, and ids of stored ones that new ones tell in more detail."""

    known: frozenset[int] = frozenset()
    replaced: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A booking of the account: one entry, or all parts of a collective one. `keys` are places or ids."""

    keys: tuple[int, ...]
    entries: tuple[Entry, ...]
    is_open: bool = False

    @property
    def amount(self) -> tuple[int, str]:
        return sum(each.amount.minor for each in self.entries), self.entries[0].amount.currency

    @property
    def is_batch(self) -> bool:
        return len(self.entries) > 1


def told_before(new: Sequence[Entry], stored: Sequence[StoredEntry]) -> Told:
    """Which of the new entries of an account stand there already, told by files of other kinds."""
    if not stored:
        return Told()
    search = _Stored(stored)
    known: set[int] = set()
    replaced: set[int] = set()
    for unit in _units([(at, entry, False) for at, entry in enumerate(new)]):
        met = search.take(unit)
        pieces = [unit] if met is not None or not unit.is_batch else list(_apart(unit))
        for piece in pieces:
            found = met if met is not None else search.take(piece)
            if found is None:
                continue
            if _tells_more(piece, found) and found.is_open:
                replaced.update(found.keys)
            else:
                known.update(piece.keys)
    return Told(frozenset(known), frozenset(replaced))


class _Stored:
    """The bookings that stand there, each to be met once."""

    def __init__(self, stored: Sequence[StoredEntry]) -> None:
        self._by_amount: dict[tuple[int, str], list[_Unit]] = defaultdict(list)
        self._met: set[int] = set()
        rows = [(each.id, each.entry, each.state is EntryState.OPEN) for each in stored]
        for unit in _units(rows):
            self._by_amount[unit.amount].append(unit)
            for piece in _apart(unit) if unit.is_batch else ():
                self._by_amount[piece.amount].append(piece)

    def take(self, unit: _Unit) -> _Unit | None:
        """The booking that is the same, the likeliest first; it is met by no other."""
        best, likeness = None, 0
        for one in self._by_amount.get(unit.amount, ()):
            how = 0 if self._met.intersection(one.keys) else _likeness(unit, one)
            if how > likeness:
                best, likeness = one, how
        if best is not None:
            self._met.update(best.keys)
        return best


def _units(rows: Sequence[tuple[int, Entry, bool]]) -> Iterator[_Unit]:
    """Single bookings, and the parts of each collective one together."""
    at = 0
    while at < len(rows):
        _key, first, _open = rows[at]
        size = first.parts if first.part == 1 else 1
        group = rows[at : at + size]
        is_whole = len(group) == size and all(
            (entry.part, entry.parts, entry.booked) == (place, size, first.booked)
            for place, (_k, entry, _o) in enumerate(group, 1)
        )
        if size < 2 or not is_whole:
            group = rows[at : at + 1]
        keys, entries, opened = zip(*group, strict=True)
        yield _Unit(keys, entries, all(opened))
        at += len(group)


def _apart(unit: _Unit) -> Iterator[_Unit]:
    for key, entry in zip(unit.keys, unit.entries, strict=True):
        yield _Unit((key,), (entry,), unit.is_open)


def _references(unit: _Unit) -> set[str]:
    return {compact(each.bank_reference) for each in unit.entries} - NO_REFERENCE


def _ends(unit: _Unit) -> set[str]:
    return {compact(each.end_to_end) for each in unit.entries} - NO_REFERENCE


def _likeness(one: _Unit, other: _Unit) -> int:
    """3 the bank's name for it, 2 the payer's, 1 day and payer; 0: another booking."""
    days = abs((one.entries[0].booked - other.entries[0].booked).days)
    if days > NEAR_DAYS:
        return 0
    if _references(one) & _references(other):
        return 3
    if one.is_batch == other.is_batch and _ends(one) & _ends(other):
        return 2
    if days or _contradict(_references(one), _references(other)) or _contradict(_ends(one), _ends(other)):
        return 0
    if _is_bare(one) or _is_bare(other):
        return 1
    return int(one.is_batch == other.is_batch and _same_payer(one.entries, other.entries))


def _contradict(one: set[str], other: set[str]) -> bool:
    return bool(one and other)  # both tell, and nothing they share


def _is_bare(unit: _Unit) -> bool:
    """Whether nobody is named: a collective booking without its parts, or a line without details."""
    return not any(each.name or each.iban for each in unit.entries)


def _same_payer(mine: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    return all(
        (one.iban and one.iban == other.iban)
        or (not (one.iban and other.iban) and compact(one.name) == compact(other.name))
        for one, other in zip(mine, theirs, strict=False)
    )


def _tells_more(new: _Unit, stored: _Unit) -> bool:
    """The parts of a collective booking, or who paid, where the stored one does not know."""
    if new.is_batch != stored.is_batch:
        return new.is_batch
    return _is_bare(stored) and not _is_bare(new)
