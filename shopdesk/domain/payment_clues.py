"""What a transfer says about the bill it pays: a number in its text, even mistyped, and the name of the payer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statements import compact
from shopdesk.domain.transfer_texts import Run, plain, runs

_SHORTEST_DIGITS = 5
"""Fewer digits than that are a house number, a day or a quantity as easily."""
_SAME_NAME = 92
_LONG_WORD = 4
_NO_NAMES = frozenset(
    "HERR FRAU FIRMA FAM FAMILIE DR PROF GMBH AG KG OHG GBR UG UND OD ODER MR MRS VON VAN DER EHELEUTE".split()
)


@lru_cache(maxsize=1 << 14)
def letters_of(number: str) -> str:
    """What a number begins with: of "AB-2026-0007" the AB; "" where it begins with figures."""
    found = re.match(r"[^A-Z0-9]*([A-Z]*)", plain(number))
    return found[1] if found else ""


@lru_cache(maxsize=1 << 14)
def keys(number: str) -> tuple[str, ...]:
    """How a whole number may be written: as it is, and without the leading zeros of its last part."""
    whole = compact(plain(number))
    parts = re.findall(r"[A-Z]+|\d+", plain(number))
    short = "".join((*parts[:-1], parts[-1].lstrip("0"))) if parts and parts[-1].isdigit() else whole
    return tuple(dict.fromkeys((whole, short)))


@lru_cache(maxsize=1 << 14)
def figures(number: str) -> tuple[str, ...]:
    """The same without letters, where enough is left to tell a number by; of one that has no letters always."""
    found = ["".join(letter for letter in key if letter.isdigit()) for key in keys(number)]
    whole = keys(number)
    return tuple(dict.fromkeys(key for key in found if len(key) >= _SHORTEST_DIGITS or key in whole))


class Numbers:
    """The numbers of bills, to be found in texts, and those of papers that lead to a bill: its order, its reminder."""

    def __init__(self, bills: Sequence[BillAccount]) -> None:
        self._whole: dict[str, list[BillAccount]] = defaultdict(list)
        self._figures: dict[str, list[BillAccount]] = defaultdict(list)
        self._shortened: dict[str, list[tuple[str, BillAccount]]] = defaultdict(list)
        self._linked: dict[str, list[BillAccount]] = defaultdict(list)
        for bill in bills:
            for key in keys(bill.number):
                self._whole[key].append(bill)
            for key in figures(bill.number):
                self._figures[key].append(bill)
            for key in dict.fromkeys((*keys(bill.number), *figures(bill.number))):
                for short in _shortened(key) if len(key) >= _SHORTEST_DIGITS else ():
                    self._shortened[short].append((key, bill))
            for key in dict.fromkeys(key for number in bill.orders for key in keys(number)):
                self._linked[key].append(bill)

        self._longest = max((len(key) for key in (*self._whole, *self._figures)), default=0)

    def named(self, text: str) -> tuple[BillAccount, ...]:
        """The bills whose numbers stand in the text, in its order; a key that fits two bills names neither."""
        found: dict[int, BillAccount] = {}
        for run in runs(text):
            fitting = self._fitting(run)
            if len(fitting) == 1:
                found.setdefault(fitting[0].document_id, fitting[0])
        return tuple(found.values())

    def _fitting(self, run: Run) -> list[BillAccount]:
        if not run.is_figures_first:
            return self._whole.get(run.text, [])
        found = self._figures.get(run.text, ())
        return [bill for bill in found if run.may_be(letters_of(bill.number), is_order=bill.is_order)]

    def nearly_named(self, text: str) -> tuple[BillAccount, ...]:
        """The bills whose numbers stand there with one letter wrong, missing, too many, or two exchanged.

        The letters in front are never the wrong ones: other letters make another paper's number. A number that only
        leads to a bill counts as it is written or not at all, since the next one is somebody else's order.
        """
        found: dict[int, BillAccount] = {}
        for run in runs(text):
            if not _SHORTEST_DIGITS - 1 <= len(run.text) <= self._longest + 1:
                continue
            for short in _shortened(run.text):
                for key, bill in self._shortened.get(short, ()):
                    if bill.document_id not in found and _is_near(run, key, bill):
                        found[bill.document_id] = bill
        return tuple(found.values())

    def led_to(self, text: str) -> tuple[BillAccount, ...]:
        """The bills to which the other papers lead that the text names, in its order."""
        found: dict[int, BillAccount] = {}
        for run in runs(text):
            for bill in self._linked.get(run.text, ()):
                found.setdefault(bill.document_id, bill)
        return tuple(found.values())


def _is_near(run: Run, key: str, bill: BillAccount) -> bool:
    if OSA.distance(run.text, key, score_cutoff=1) != 1:
        return False
    letters = letters_of(bill.number)
    if not run.is_figures_first:
        return run.letters == letters
    return run.may_be(letters, is_order=bill.is_order)


def _shortened(text: str) -> Iterator[str]:
    """The text, and each that comes of it by leaving one letter out: two that share none differ by more than one."""
    yield text
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]


def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell somebody apart."""
    found = re.findall(r"[A-Z0-9]+", plain(name))
    return tuple(word for word in found if word not in _NO_NAMES and len(word) > 1)


def same_name(one: str, other: str) -> bool:
    """Whether two names are most likely of the same person or firm, in any order, with a letter wrong."""
    mine, theirs = words(one), words(other)
    if not mine or not theirs or max(map(len, mine)) < _LONG_WORD:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return len(mine) == len(theirs) and fuzz.ratio(mine[0], theirs[0]) >= _SAME_NAME
    shorter, longer = sorted((mine, theirs), key=len)
    rest = list(longer)
    for word in shorter:
        best = max(rest, key=lambda each: _likeness(word, each), default="")
        if not best or _likeness(word, best) < 80:
            return False
        rest.remove(best)
    return True


def _likeness(one: str, other: str) -> float:
    """Percent; short words must be the same, and a first letter stands for a first name never."""
    if min(len(one), len(other)) < _LONG_WORD:
        return 100.0 if one == other else 0.0
    return fuzz.ratio(one, other)


class Names:
    """The payees' names of the open bills, to be found again."""

    def __init__(self, bills: Iterable[BillAccount]) -> None:
        self._by_start: dict[str, list[BillAccount]] = defaultdict(list)
        for bill in bills:
            for start in {word[:2] for word in words(bill.recipient)}:
                self._by_start[start].append(bill)
        self._known: dict[str, tuple[BillAccount, ...]] = {}

    def of(self, name: str) -> tuple[BillAccount, ...]:
        """The bills of somebody of this name."""
        if name not in self._known:
            near: dict[int, BillAccount] = {}
            for start in {word[:2] for word in words(name)}:
                near.update((bill.document_id, bill) for bill in self._by_start.get(start, ()))
            self._known[name] = tuple(bill for bill in near.values() if same_name(name, bill.recipient))
        return self._known[name]


def bills_by_customer(bills: Iterable[BillAccount]) -> Mapping[int, tuple[BillAccount, ...]]:
    """The open bills of each customer, the oldest first."""
    found: dict[int, list[BillAccount]] = defaultdict(list)
    for bill in bills:
        if bill.customer_id is not None:
            found[bill.customer_id].append(bill)
    return {
        one: tuple(sorted(its, key=lambda bill: (bill.day, bill.document_id))) for one, its in found.items()
    }
