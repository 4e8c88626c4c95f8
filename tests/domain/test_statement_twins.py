"""The same booking told by camt.052, camt.053 and camt.054: known again, or told in more detail; never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from shopdesk.domain.money import Money
from shopdesk.domain.statement_twins import told_before
from shopdesk.domain.statements import Entry, EntryState, StoredEntry

DAY = dt.date(2026, 11, 23)
IBAN, OTHER = "DE89370400440532013000", "DE02120300000000202051"


def entry(
    euros: str = "100",
    name: str = "",
    iban: str = "",
    ref: str = "",
    e2e: str = "",
    text: str = "",
    days: int = 0,
) -> Entry:
    day = DAY + dt.timedelta(days=days)
    return Entry(day, day, Money.of(euros), name, iban, text, e2e, ref)


def batch(*parts: Entry) -> list[Entry]:
    return [replace(one, part=at, parts=len(parts)) for at, one in enumerate(parts, 1)]


def stored(entries: Sequence[Entry], state: EntryState = EntryState.OPEN) -> list[StoredEntry]:
    return [StoredEntry(at, 1, one, state) for at, one in enumerate(entries, 101)]


WHO = entry(name="Ivanova", iban=IBAN, text="R-2026-0001")
BARE = entry()
A, B = entry("60", "Ivanova", IBAN, e2e="A"), entry("40", "Petrov", OTHER, e2e="B")

# new, stored → places known, ids replaced
CASES: dict[str, tuple[Sequence[Entry], Sequence[Entry], set[int], set[int]]] = {
    "nothing stored": ([WHO], [], set(), set()),
    "the same reference": ([replace(WHO, bank_reference="X1")], [entry(ref="x1", name="I")], {0}, set()),
    "the same reference, days later": ([entry(ref="X1", name="I", days=3)], [entry(ref="X1", name="I")], {0}, set()),
    "the same reference, weeks later": ([entry(ref="X1", days=9)], [entry(ref="X1")], set(), set()),
    "the same reference, another amount": ([entry("99", ref="X1")], [entry("100", ref="X1")], set(), set()),
    "the payer's reference": ([entry(name="I", e2e="E-7")], [entry(name="Iv.", e2e="E7")], {0}, set()),
    "NOTPROVIDED is no reference": (
        [entry(name="I", iban=IBAN, e2e="NOTPROVIDED")], [entry(name="P", iban=OTHER, e2e="NOTPROVIDED")], set(), set(),
    ),
    "another reference of the bank": (
        [replace(WHO, bank_reference="X1")], [replace(WHO, bank_reference="X2")], set(), set(),
    ),
    "another reference of the payer": ([replace(WHO, end_to_end="1")], [replace(WHO, end_to_end="2")], set(), set()),
    "the bank's reference counts more than the payer's": (
        [replace(WHO, bank_reference="X1", end_to_end="1")], [replace(WHO, bank_reference="X1", end_to_end="2")], {0},
        set(),
    ),
    "day, amount and account": ([WHO], [replace(WHO, text="RE 1", name="D. IVANOVA")], {0}, set()),
    "day, amount and name": ([replace(WHO, iban="")], [WHO], {0}, set()),
    "another account": ([WHO], [replace(WHO, iban=OTHER)], set(), set()),
    "another name": ([replace(WHO, iban="")], [replace(WHO, iban="", name="Petrov")], set(), set()),
    "the next day without a reference": ([replace(WHO, booked=DAY + dt.timedelta(1))], [WHO], set(), set()),
    "two told, one stored": ([WHO, WHO], [WHO], {0}, set()),
    "one told, two stored": ([WHO], [WHO, WHO], {0}, set()),
    "two told, two stored": ([WHO, WHO], [WHO, WHO], {0, 1}, set()),
    "the statement is bare": ([BARE], [WHO], {0}, set()),
    "the notification tells more": ([WHO], [BARE], set(), {101}),
    "both are bare": ([BARE], [BARE], {0}, set()),
    "another currency": (
        [replace(WHO, amount=Money(10000, "CHF"))], [WHO], set(), set(),
    ),
    "parts told behind the whole": (batch(A, B), [BARE], set(), {101}),
    "parts with the reference of the whole": (
        batch(replace(A, bank_reference="X1"), replace(B, bank_reference="X1")),
        [entry(ref="X1", name="SAMMLER")], set(), {101},
    ),
    "the whole told behind its parts": ([BARE], batch(A, B), {0}, set()),
    "parts told behind the same parts": (batch(A, B), batch(A, B), {0, 1}, set()),
    "parts of another sum": (batch(A, B), [entry("99")], set(), set()),
    "parts behind a whole with another reference": (
        batch(replace(A, bank_reference="X1"), B), [entry(ref="X2")], set(), set(),
    ),
    "parts behind a single booking of somebody": (batch(A, B), [WHO], set(), set()),
    "parts told singly": ([A, B], batch(A, B), {0, 1}, set()),
    "singles told as parts": (batch(A, B), [A, B], {0, 1}, set()),
    "one of two parts known": (batch(A, B), [A], {0}, set()),
    "a part that lost the others stands alone": ([replace(B, part=2, parts=2)], [B], {0}, set()),
    "outgoing is not incoming": ([replace(WHO, amount=Money.of("-100"))], [WHO], set(), set()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_was_told_before_is_known(
    case: tuple[Sequence[Entry], Sequence[Entry], set[int], set[int]],
) -> None:
    new, before, known, replaced = case
    told = told_before(new, stored(before))
    assert (set(told.known), set(told.replaced)) == (known, replaced)


@pytest.mark.parametrize("state", [EntryState.BOOKED, EntryState.IGNORED])
@pytest.mark.parametrize(("new", "before"), [([WHO], [BARE]), (batch(A, B), [BARE])])
def test_what_the_owner_dealt_with_is_not_told_anew(
    new: Sequence[Entry], before: Sequence[Entry], state: EntryState
) -> None:
    told = told_before(new, stored(before, state))
    assert (set(told.known), set(told.replaced)) == (set(range(len(new))), set())
