"""Lists of unknown banks: explained once by the owner, known again by their header, changed and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.own_bank_lists import OwnList, OwnLists, guess, header_at, likely_header
from shopdesk.domain.statements import Statement, StatementProblem
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.intake.worker import Worker
    from shopdesk.usecases.shop import Shop

SETTING = "bank_lists"
_LOOK = 1 << 16
_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})


@dataclass(frozen=True, slots=True)
class ListToExplain:
    """A list of a bank that nobody explained yet, with what its columns most likely are."""

    path: Path
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    header: int
    guessed: OwnList

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns as they stand in the file."""
        return tuple(" ".join(cell.split()) for cell in self.rows[self.header])

    @property
    def examples(self) -> tuple[str, ...]:
        """What stands in each column first."""
        below = self.rows[self.header + 1 :]
        width = len(self.rows[self.header])
        return tuple(
            next((row[at] for row in below if at < len(row) and row[at].strip()), "") for at in range(width)
        )


def stored(shop: Shop) -> tuple[OwnList, ...]:
    """What the owner explained."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, SETTING, OwnLists, OwnLists()).lists


def remember(shop: Shop, value: OwnList) -> Undo:
    """Keep how the list is read, in place of an earlier explanation of the same header; journalled."""
    kept = tuple(each for each in stored(shop) if each.header != value.header)
    return _save(shop, (*kept, value))


def forget(shop: Shop, value: OwnList) -> Undo:
    """The list is asked about again; what was read of it stays."""
    return _save(shop, tuple(each for each in stored(shop) if each.header != value.header))


def without_rows(own: OwnList) -> ListToExplain:
    """The explanation of a list, to be changed without one at hand."""
    return ListToExplain(Path(own.bank), (own.header,), 0, own)


def rename(shop: Shop, value: OwnList, bank: str) -> Undo:
    """The bank is called otherwise."""
    return remember(shop, replace(value, bank=bank.strip()))


def _save(shop: Shop, lists: Sequence[OwnList]) -> Undo:
    from shopdesk.store import plain, settings

    before = OwnLists(stored(shop))
    value = OwnLists(tuple(lists))
    with shop.writing() as connection:
        settings.save(connection, SETTING, value)
        shop.record(connection, "save", "setting", SETTING, plain.to_plain(before), plain.to_plain(value))
    return Undo(lambda s: _save(s, before.lists))


def is_known(shop: Shop, path: Path) -> bool:
    """Whether the file is a list that the owner explained; only its beginning is looked at."""
    if path.suffix.lower() not in _SUFFIXES:
        return False
    lists = stored(shop)
    if not lists:
        return False
    from shopdesk.intake.tables import separated, text

    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOK)
    except OSError:
        return False
    rows, _refused, _separator = separated.read(text.decode(head)[0])
    cells = [row.cells for row in rows]
    return any(header_at(cells, own) is not None for own in lists)


def read_known(shop: Shop, data: bytes, worker: Worker | None = None) -> tuple[Statement, ...] | None:
    """The statement of a list that was explained; None where it is another. Raises StatementProblem, Stopped."""
    from shopdesk.intake.statements import own_lists

    lists = stored(shop)
    rows = _rows(data, worker) if lists else ()
    for own in lists:
        if header_at(rows, own) is not None:
            return (own_lists.statement(rows, own),)
    return None


def to_explain(path: Path, data: bytes, worker: Worker | None = None) -> ListToExplain:
    """The list with a first guess. Raises StatementProblem for a file that holds no list of bookings."""
    rows = _rows(data, worker)
    at = likely_header(rows)
    if at is None:
        text = N_(
            "“{name}” holds no bookings: a row with names of columns, and below it days and amounts, was not found. "
            "Please fetch the statement as CAMT (camt.053), MT940 or CSV."
        )
        raise StatementProblem(Message(text, {"name": path.name}), "statement-no-list")
    return ListToExplain(path, rows, at, guess(rows, at))


def read_as(value: ListToExplain, own: OwnList) -> Statement:
    """The list as it would be read. Raises StatementProblem with what does not fit yet."""
    from shopdesk.intake.statements import own_lists

    if own.lacking:
        raise StatementProblem(Message(own.lacking), "statement-lacking")
    return own_lists.statement(value.rows, own)


def _rows(data: bytes, worker: Worker | None) -> tuple[tuple[str, ...], ...]:
    from shopdesk.domain.imports.values import ImportProblem
    from shopdesk.intake.tables import door

    try:
        found = door.read(data, worker)
    except ImportProblem as problem:
        raise StatementProblem(problem.message, problem.code) from problem
    if found.refused:  # a booking that is silently missing is worse
        bad = found.refused[0]
        text = N_(
            "Row {number} cannot be read. Nothing was taken from the file. Please fetch it from the bank once more."
        )
        raise StatementProblem(Message(text, {"number": bad.number}), "statement-damaged")
    return tuple(row.cells for row in found.rows)
