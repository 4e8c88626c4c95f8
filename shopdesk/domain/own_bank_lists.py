"""Lists of unknown banks: the owner says once which column is what, and the header knows it again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shopdesk.domain.messages import N_

MOST_ABOVE = 25
"""So many rows may stand above the header: name of the account, period, balance."""
_SAMPLE = 40
_FEWEST_COLUMNS = 3


class Meaning(StrEnum):
    """What a column of a bank's list tells."""

    BOOKED = "booked"
    AMOUNT = "amount"
    CREDIT = "credit"
    DEBIT = "debit"
    SIGN = "sign"
    NAME = "name"
    TEXT = "text"
    IBAN = "iban"
    VALUE = "value"
    CURRENCY = "currency"
    ACCOUNT = "account"


MEANING_NAMES: Mapping[Meaning, str] = {
    Meaning.BOOKED: N_("Day of booking"),
    Meaning.AMOUNT: N_("Amount"),
    Meaning.CREDIT: N_("Money in (credit)"),
    Meaning.DEBIT: N_("Money out (debit)"),
    Meaning.SIGN: N_("Credit or debit (S/H, C/D, +/−)"),
    Meaning.NAME: N_("Payer or payee"),
    Meaning.TEXT: N_("Purpose"),
    Meaning.IBAN: N_("IBAN of the other side"),
    Meaning.VALUE: N_("Value date"),
    Meaning.CURRENCY: N_("Currency"),
    Meaning.ACCOUNT: N_("Own account"),
}

OUT_WORDS = frozenset(
    {"s", "soll", "d", "dr", "debit", "dbit", "-", "\u2212", "lastschrift", "belastung", "ausgang"}
)
IN_WORDS = frozenset({"h", "haben", "c", "cr", "credit", "crdt", "+", "gutschrift", "eingang"})

_HEADERS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.BOOKED: ("buchungstag", "buchungsdatum", "buchung", "booking date", "transaction date", "datum", "date"),
    Meaning.VALUE: ("valuta", "wertstellung", "value date"),
    Meaning.CREDIT: ("haben", "gutschrift", "eingang", "credit", "paid in", "money in"),
    Meaning.DEBIT: ("soll", "belastung", "ausgang", "debit", "paid out", "money out"),
    Meaning.SIGN: ("s/h", "soll/haben", "sollhaben", "umsatzart s/h", "d/c", "dc", "debit/credit", "vorzeichen"),
    Meaning.AMOUNT: ("betrag", "umsatz", "amount", "summe"),
    Meaning.IBAN: ("iban", "kontonummer", "gegenkonto", "account number"),
    Meaning.NAME: (
        "name", "auftraggeber", "begünstigter", "empfänger", "zahlungspflichtiger", "zahlungsbeteiligter", "payer",
        "payee", "counterparty", "partner", "gegenpartei",
    ),
    Meaning.TEXT: (
        "verwendungszweck", "zweck", "buchungstext", "text", "purpose", "reference", "description", "details",
    ),
    Meaning.CURRENCY: ("währung", "waehrung", "currency", "whg"),
    Meaning.ACCOUNT: ("auftragskonto", "eigenes konto", "own account"),
}  # fmt: skip
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_AMOUNT = re.compile(r"[+\-\u2212]?\s?\d{1,3}(?:[.,'\s]?\d{3})*(?:[.,]\d{1,2})?\s?-?\s?(?:€|EUR)?")
_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")


@dataclass(frozen=True, slots=True)
class OwnList:
    """How the list of one bank is read. `header` are the names of all its columns, `columns` those that are read."""

    bank: str
    header: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)  # meaning → name of the column

    def column(self, meaning: Meaning) -> str:
        """The name of the column; "" where the list has none."""
        return self.columns.get(meaning.value, "")

    @property
    def lacking(self) -> str:
        """The English sentence of what is still to be said; "" when the list can be read."""
        if not self.bank.strip():
            return N_("What is the bank called?")
        if not self.column(Meaning.BOOKED):
            return N_("Which column is the day of booking?")
        if not (self.column(Meaning.AMOUNT) or self.column(Meaning.CREDIT)):
            return N_("Which column is the amount, or what came in?")
        used = [name for name in self.columns.values() if name]
        if len(set(used)) < len(used):
            return N_("A column stands for two things. Please choose another for one of them.")
        return ""


@dataclass(frozen=True, slots=True)
class OwnLists:
    """All lists that the owner explained."""

    lists: tuple[OwnList, ...] = ()


def plain_name(cell: str) -> str:
    """The name of a column as it is compared."""
    return " ".join(cell.replace("\ufeff", "").lower().split())


def header_at(rows: Sequence[Sequence[str]], own: OwnList) -> int | None:
    """In which row the header of this list stands; None: it is another list."""
    for at, cells in enumerate(rows[:MOST_ABOVE]):
        if tuple(plain_name(cell) for cell in cells) == own.header:
            return at
    return None


def likely_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The row that is most likely the header: words above a row with a day and an amount; None: no list of bookings."""
    for at, cells in enumerate(rows[:MOST_ABOVE]):
        below = rows[at + 1 : at + 4]
        named = [cell for cell in cells if cell.strip()]
        if len(named) < _FEWEST_COLUMNS or any(is_day(cell) or is_amount(cell) for cell in named):
            continue
        if below and any(map(is_day, below[0])) and any(map(is_amount, below[0])):
            return at
    return None


def guess(rows: Sequence[Sequence[str]], at: int) -> OwnList:
    """What the columns most likely are, by their names and by what stands in them."""
    header = tuple(plain_name(cell) for cell in rows[at])
    below = rows[at + 1 : at + 1 + _SAMPLE]
    found: dict[str, str] = {}
    for meaning, name in _guessed(header, below):
        found.setdefault(meaning.value, name)
    if Meaning.CREDIT.value in found and Meaning.DEBIT.value in found:
        found.pop(Meaning.AMOUNT.value, None)
        found.pop(Meaning.SIGN.value, None)
    else:
        found.pop(Meaning.CREDIT.value, None)
        found.pop(Meaning.DEBIT.value, None)
    return OwnList("", header, found)


def _guessed(header: Sequence[str], below: Sequence[Sequence[str]]) -> Iterator[tuple[Meaning, str]]:
    taken: set[str] = set()
    for meaning, words in _HEADERS.items():
        for word in words:
            fitting = [
                (at, name)
                for at, name in enumerate(header)
                if name and name not in taken and (name == word or (len(word) > 3 and word in name))
            ]
            for at, name in fitting:
                if _holds(meaning, [cells[at] for cells in below if at < len(cells) and cells[at].strip()]):
                    taken.add(name)
                    yield meaning, name
                    break
            else:
                continue
            break


def _holds(meaning: Meaning, cells: Sequence[str]) -> bool:
    """Whether what stands in the column can be that."""
    if meaning in {Meaning.BOOKED, Meaning.VALUE}:
        return bool(cells) and all(map(is_day, cells))
    if meaning in {Meaning.AMOUNT, Meaning.CREDIT, Meaning.DEBIT}:
        return all(map(is_amount, cells)) and bool(cells or meaning is not Meaning.AMOUNT)
    if meaning is Meaning.SIGN:
        return bool(cells) and {cell.strip().lower() for cell in cells} <= OUT_WORDS | IN_WORDS
    if meaning is Meaning.CURRENCY:
        return bool(cells) and all(len(cell.strip()) == 3 for cell in cells)
    if meaning is Meaning.IBAN:
        return any(_IBAN.fullmatch(cell.replace(" ", "").upper()) for cell in cells)
    return True


def is_day(cell: str) -> bool:
    """Whether the cell holds a day in any order."""
    return bool(_DAY.match(cell.strip())) and len(cell.strip()) <= 20


def is_amount(cell: str) -> bool:
    """Whether the cell holds an amount."""
    plain = cell.strip()
    return bool(plain) and not is_day(plain) and bool(_AMOUNT.fullmatch(plain))


def is_month_first(cells: Sequence[str]) -> bool:
    """Whether the days of a column stand as month/day/year: some "day" is no month."""
    parts = [found for cell in cells if (found := _DAY.match(cell.strip()))]
    return any(int(part[2]) > 12 for part in parts if len(part[1]) < 4)


def day_of(cell: str, *, month_first: bool = False) -> dt.date | None:
    """The day in a cell; None where there is none."""
    found = _DAY.match(cell.strip())
    if not found:
        return None
    one, two, three = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        year, month, day = one, two, three
    else:
        year = three if three > 99 else 2000 + three
        month, day = (one, two) if month_first else (two, one)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
