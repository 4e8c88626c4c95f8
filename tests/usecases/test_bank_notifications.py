"""camt.052, camt.053, camt.054 of one account beside each other: each booking once, a collective one by its parts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from shopdesk.domain.money import Money
from shopdesk.usecases import bank_files
from shopdesk.usecases.bank_files import Taken
from shopdesk.usecases.shop import Shop
from tests.statement_files import Booking, Collective, camt

WRAPPERS = {
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "053": ("BkToCstmrStmt", "Stmt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def told_as(form: str, bookings: Sequence[Booking | Collective]) -> bytes:
    wrapper, inner = WRAPPERS[form]
    data = (
        camt(bookings)
        .replace(b"BkToCstmrStmt", wrapper.encode())
        .replace(b"camt.053", f"camt.{form}".encode())
    )
    return data.replace(b"<Stmt>", f"<{inner}>".encode()).replace(b"</Stmt>", f"</{inner}>".encode())


def taken(shop: Shop, folder: Path, form: str, bookings: Sequence[Booking | Collective]) -> Taken:
    place = folder / f"{form}.xml"
    place.write_bytes(told_as(form, bookings))
    return bank_files.take(shop, bank_files.open_file(place))


def amounts(shop: Shop) -> list[int]:
    return sorted(each.stored.entry.amount.minor for each in bank_files.waiting(shop))


@pytest.mark.parametrize("order", list(itertools.permutations(["052", "053", "054"])))
def test_in_whatever_order_they_come_a_booking_is_there_once(
    open_shop: Shop, tmp_path: Path, order: Sequence[str]
) -> None:
    words = {"052": "R 2026 0001", "053": "SVWZ+R-2026-0001", "054": "R-2026-0001 danke"}
    added = []
    for form in order:
        bookings = [
            Booking(29555, text=words[form], reference="2026112300012345000"),
            Booking(1000, text=words[form], iban="DE02120300000000202051"),
        ]
        added.append(taken(open_shop, tmp_path, form, bookings).added)
    assert added == [2, 0, 0]
    assert amounts(open_shop) == [1000, 29555]


PARTS = (Booking(6000, "Ivanova", "R-1"), Booking(4000, "Petrov", "R-2", iban="DE02120300000000202051"))
WHOLE = Collective((), 10_000, reference="BATCH1")
TOLD = Collective(PARTS, 10_000, reference="BATCH1")


def test_the_notification_tells_the_parts_of_a_collective_booking(open_shop: Shop, tmp_path: Path) -> None:
    assert taken(open_shop, tmp_path, "053", [WHOLE]).added == 1
    assert amounts(open_shop) == [10_000]
    notified = taken(open_shop, tmp_path, "054", [TOLD])
    assert (notified.added, amounts(open_shop)) == (2, [4000, 6000])
    assert [each.entry.amount for each in bank_files.page(open_shop)] == [
        Money(4000, "EUR"),
        Money(6000, "EUR"),
    ]
    assert taken(open_shop, tmp_path, "053", [WHOLE]).added == 0
    assert taken(open_shop, tmp_path, "054", [TOLD]).added == 0
    notified.undo.run(open_shop)
    assert amounts(open_shop) == [10_000]


def test_the_statement_behind_the_notification_adds_nothing(open_shop: Shop, tmp_path: Path) -> None:
    assert taken(open_shop, tmp_path, "054", [TOLD]).added == 2
    late = taken(open_shop, tmp_path, "053", [WHOLE, Booking(700, text="neu")])
    assert (late.added, late.known, amounts(open_shop)) == (1, 1, [700, 4000, 6000])


def test_a_collective_booking_that_was_left_aside_stays_so(open_shop: Shop, tmp_path: Path) -> None:
    taken(open_shop, tmp_path, "053", [WHOLE])
    (waiting,) = bank_files.waiting(open_shop)
    bank_files.ignore(open_shop, waiting.stored)
    assert taken(open_shop, tmp_path, "054", [TOLD]).added == 0
    assert amounts(open_shop) == []
