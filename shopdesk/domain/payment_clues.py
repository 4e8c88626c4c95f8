"""What a transfer says about the bill it pays: a number in its text, even mistyped, and the name of the payer."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statements import compact

_PIECES = re.compile(r"[A-Z]+|\d+")
_MOST_PIECES = 6
"""A number is found though the bank cut it into so many pieces."""
_SHORTEST_DIGITS = 5
"""Fewer digits than that are a house number, a day or a quantity as easily."""
_SAME_NAME = 92
_LONG_WORD = 4
_NO_NAMES = frozenset(
    "HERR FRAU FIRMA FAM FAMILIE DR PROF GMBH AG KG OHG GBR UG UND OD ODER MR MRS VON VAN DER EHELEUTE".split()
)


def _plain(text: str) -> str:
    """Capitals without accents, umlauts spelled out as banks do."""
    for letter, spelled in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("Ä", "AE"),
        ("Ö", "OE"),
        ("Ü", "UE"),
    ):
        text = text.replace(letter, spelled)
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).upper()


def windows(text: str) -> tuple[str, ...]:
    """All runs of neighbouring pieces of a text, each without what stood between them; each holds digits."""
    pieces = _PIECES.findall(_plain(text))[:200]
    found: dict[str, None] = {}
    for begin in range(len(pieces)):
        run = ""
        for piece in pieces[begin : begin + _MOST_PIECES]:
            run += piece
            if len(run) > 40:
                break
            if any(letter.isdigit() for letter in run):
                found[run] = None
    return tuple(found)


def keys(number: str) -> tuple[str, ...]:
    """How a number may be written: as it is, without its letters, without the leading zeros of its last part."""
    whole = compact(_plain(number))
    digits = "".join(letter for letter in whole if letter.isdigit())
    parts = re.findall(r"[A-Z]+|\d+", _plain(number))
    short = "".join((*parts[:-1], parts[-1].lstrip("0"))) if parts and parts[-1].isdigit() else whole
    short_digits = "".join(letter for letter in short if letter.isdigit())
    found = [whole, short]
    found += [one for one in (digits, short_digits) if len(one) >= _SHORTEST_DIGITS]
    return tuple(dict.fromkeys(found))


class Numbers:
    """The numbers of the open bills, to be found in texts."""

    def __init__(self, bills: Sequence[BillAccount]) -> None:
        self._by_key: dict[str, list[BillAccount]] = defaultdict(list)
        for bill in bills:
            for key in dict.fromkeys(key for number in (bill.number, *bill.orders) for key in keys(number)):
                self._by_key[key].append(bill)

    def named(self, text: str) -> tuple[BillAccount, ...]:
        """The bills whose numbers stand in the text, in its order; a key that fits two bills names neither."""
        found: dict[int, BillAccount] = {}
        for run in windows(text):
            fitting = self._by_key.get(run, ())
            if len(fitting) == 1:
                found.setdefault(fitting[0].document_id, fitting[0])
        return tuple(found.values())


def nearly_named(text: str, bill: BillAccount) -> bool:
    """Whether the text holds its number, or an order's, with one letter wrong, missing, too many, or two exchanged."""
    runs = windows(text)
    for key in (key for number in (bill.number, *bill.orders) for key in keys(number)):
        if len(key) < _SHORTEST_DIGITS:
            continue
        for run in runs:
            if abs(len(run) - len(key)) <= 1 and OSA.distance(run, key, score_cutoff=1) == 1:
                return True
    return False


def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell somebody apart."""
    found = re.findall(r"[A-Z0-9]+", _plain(name))
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
