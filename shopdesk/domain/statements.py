"""Bank statements (Kontoauszüge) as values: an account, a time, balances, and what was booked in between.

Written after ISO 20022 camt.052/053/054, SWIFT MT940/942 and the lists that German banks give their customers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money

NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED"})
"""What banks write where there is no reference, compacted."""


class StatementProblem(ShopError):
    """The file gives no statement; the words say why and what to do."""

    code = "statement"


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking: positive came in, negative went out.

    Of a collective booking each part is an entry of its own; `part` counts from 1 in `parts`, 0: it was booked alone.
    """

    booked: dt.date
    value: dt.date
    amount: Money
    name: str = ""
    iban: str = ""
    text: str = ""
    end_to_end: str = ""
    bank_reference: str = ""
    part: int = 0
    parts: int = 0

    @property
    def is_incoming(self) -> bool:
        """Whether money came in."""
        return self.amount.minor > 0


class EntryState(StrEnum):
    """What became of a booking of the bank."""

    OPEN = "open"
    BOOKED = "booked"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A booking as it is stored; `state` is open again when its payment was taken back."""

    id: int
    version: int
    entry: Entry
    state: EntryState = EntryState.OPEN
    account: str = ""
    file_name: str = ""
    form: str = ""
    payment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened on an account between two days. Balances are missing where the file tells none."""

    form: str  # camt.053, mt940, the bank of a list
    account: str
    currency: str
    first: dt.date
    last: dt.date
    entries: tuple[Entry, ...] = ()
    opening: Money | None = None
    closing: Money | None = None

    @property
    def difference(self) -> Money | None:
        """By how much opening + entries misses closing; None where it cannot be told (no balances, two currencies)."""
        if self.opening is None or self.closing is None:
            return None
        currencies = {self.opening.currency, self.closing.currency}
        currencies.update(entry.amount.currency for entry in self.entries)
        if len(currencies) != 1:
            return None
        total = self.opening.minor + sum(entry.amount.minor for entry in self.entries)
        return Money(self.closing.minor - total, self.closing.currency)

    @property
    def doubt(self) -> Message | None:
        """What does not add up, in words; entries are missing then, or the bank's file is wrong."""
        difference = self.difference
        if not difference:
            return None
        text = N_(
            "The statement of {account} until {day} does not add up: the old balance with all bookings, and the new "
            "balance differ by {difference}. Please fetch the file from the bank once more."
        )
        values = {"account": grouped(self.account), "day": self.last, "difference": abs(difference)}
        return Message(text, values)


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as people read it."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def compact(text: str) -> str:
    """Letters and digits only, in capitals: what stays the same when a bank breaks lines elsewhere."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def fingerprints(account: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """A name for each entry that is the same in the next file, too.

    Equal bookings of one day are counted: two of them stay two, and the same two again add nothing.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for entry in entries:
        key = _key(account, entry)
        seen[key] += 1
        found.append(hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest())
    return tuple(found)


def _key(account: str, entry: Entry) -> str:
    reference = compact(entry.bank_reference)
    return "\n".join(
        (
            account,
            entry.booked.isoformat(),
            f"{entry.amount.minor} {entry.amount.currency}",
            compact(entry.name),
            entry.iban,
            compact(entry.text),
            compact(entry.end_to_end),
            "" if reference in NO_REFERENCE else reference,
            str(entry.part),
        )
    )
