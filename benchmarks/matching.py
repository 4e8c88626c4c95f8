"""How fast a year of transfers is matched with what is open: python -m benchmarks.matching [--entries 10000]."""

from __future__ import annotations

import argparse
import datetime as dt
import time

from benchmarks.figures import Figure, limit, ratio, table
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.folding import fold
from shopdesk.domain.money import Money
from shopdesk.domain.payment_matching import OpenBills
from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statements import Entry

_DAY = dt.date(2026, 11, 20)
_NOTHING = Money(0)


def _bill(at: int) -> BillAccount:
    return BillAccount(
        at, f"R-2026-{at:04}", DocumentKind.INVOICE, _DAY, _DAY + dt.timedelta(9), at, f"Kunde {at}",
        Money.of(100), _NOTHING, _NOTHING, _NOTHING, _NOTHING,
    )  # fmt: skip


def _entry(at: int) -> Entry:
    text = f"KD 10{at} Rechnung 2026-{at % 5000:04} vom 22.11.2026"
    return Entry(_DAY, _DAY, Money.of(100), f"Kunde {at % 400}", "", text)


def measure(entries: int = 10_000, bills: int = 250) -> list[Figure]:
    """All of one sum, so that the sum alone decides nothing."""
    read = [_entry(at) for at in range(entries)]
    begin = time.process_time()
    for each in read:
        fold(each.name), fold(each.text)
    floor = time.process_time() - begin
    begin = time.process_time()
    propose = OpenBills([_bill(at) for at in range(1, bills + 1)]).propose
    found = sum(propose(each) is not None for each in read)
    seconds = time.process_time() - begin
    return [
        limit(f"{entries:,} transfers against {bills} bills ({found:,} proposals)", seconds, 5, "", "s", 1),
        ratio("… against folding their words once", seconds, floor, 250, "s", 2),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    print(table(measure(parser.parse_args().entries)))
