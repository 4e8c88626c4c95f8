"""Bank files: taken in as one, looked over, and booked as payments with one key each (PRODUCT.md, S6)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain import disk_troubles
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.payments import PaymentRefused
from shopdesk.domain.statements import Entry, Statement, StatementProblem, StoredEntry, grouped
from shopdesk.intake.worker import LARGEST_FILE, Worker
from shopdesk.usecases import bank_bookings
from shopdesk.usecases.bank_bookings import BankFileRefused
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.payment_matching import OpenBills, Proposal
    from shopdesk.domain.payments import BillAccount, Booked
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.own_bank_lists import ListToExplain
    from shopdesk.usecases.shop import Shop

__all__ = ["BankFileRefused", "Worker"]

UNKNOWN_LIST = "statement-unknown-list"
"""The code of the problem that a list is of no bank that is known."""
_LOOK = 1 << 16
_CHUNK = 500
_LOOK_BACK = dt.timedelta(days=400)
"""So long before the first booking that waits may lie what was paid already."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A bank file that was read; nothing is stored yet."""

    path: Path
    sha256: str
    statements: tuple[Statement, ...] = field(repr=False)

    @property
    def size(self) -> int:
        """How many bookings it holds."""
        return sum(len(one.entries) for one in self.statements)

    @property
    def doubts(self) -> tuple[Message, ...]:
        """Where opening + entries is not closing."""
        return tuple(one.doubt for one in self.statements if one.doubt is not None)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought, and what takes it out again."""

    id: int
    added: int
    known: int
    doubts: tuple[Message, ...]
    undo: Undo = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A booking that waits to be booked as a payment, with the proposal for it if there is one."""

    stored: StoredEntry
    proposal: Proposal | None = None

    @property
    def id(self) -> int:
        """Of the booking."""
        return self.stored.id


def is_bank_file(place: Path | str, shop: Shop | None = None) -> bool:
    """Whether a file looks like a bank statement by its content; a zipped one by the names in it.

    With a shop also the lists count that its owner explained.
    """
    from shopdesk.intake.statements import door
    from shopdesk.usecases import own_bank_lists

    path = Path(place)
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOK)
    except OSError:
        return False
    if head.startswith(b"PK\x03\x04"):
        return path.suffix.lower() == ".zip" and _holds_statements(path)
    return door.looks_like_one(head) or (shop is not None and own_bank_lists.is_known(shop, path))


def _holds_statements(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()[:50]]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    inside = [name for name in names if not name.endswith("/")]
    return bool(inside) and all(name.endswith((".xml", ".sta", ".mt940", ".txt")) for name in inside)


def open_file(place: Path | str, worker: Worker | None = None, shop: Shop | None = None) -> OpenedFile:
    """Read a file in a worker process; nothing is stored. Raises StatementProblem or Stopped.

    With a shop also the lists are read that its owner explained; the code "statement-unknown-list" says that a list may
    be explained (`list_to_explain`).
    """
    from shopdesk.intake.statements import door
    from shopdesk.usecases import own_bank_lists

    path, data = Path(place), _bytes_of(Path(place))
    try:
        statements = door.read(data, worker)
    except StatementProblem as problem:
        known = None
        if problem.code == UNKNOWN_LIST and shop is not None:
            known = own_bank_lists.read_known(shop, data, worker)
        if known is None:
            raise
        statements = known
    return OpenedFile(path, hashlib.sha256(data).hexdigest(), statements)


def list_to_explain(place: Path | str) -> ListToExplain:
    """A list of an unknown bank with a first guess of its columns. Raises StatementProblem."""
    from shopdesk.usecases import own_bank_lists

    return own_bank_lists.to_explain(Path(place), _bytes_of(Path(place)))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        text = N_("{name} cannot be opened: {reason}.")
        values = {"name": path.name, "reason": disk_troubles.why(error)}
        raise StatementProblem(Message(text, values), "file") from error


def take(
    shop: Shop,
    opened: OpenedFile,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Taken:
    """Store the bookings that are new, all or none; what stands here already is added no second time.

    Raises Stopped: nothing is stored then.
    """
    from shopdesk.store import bank_files, found_bank_files

    rows = bank_files.names_of(opened.statements)
    doubts = opened.doubts
    with shop.writing() as connection:
        now = shop.clock.now()
        file_id = bank_files.begin(connection, opened.path.name, opened.sha256, opened.statements, now)
        found_bank_files.was_read(connection, str(opened.path), opened.sha256, now)
        done = added = 0
        for form in dict.fromkeys(row.form for row in rows):
            told = [row for row in rows if row.form == form]
            fresh = bank_files.untold(connection, file_id, told)
            for at in range(0, len(fresh), _CHUNK):
                work.step(done + at, len(rows))
                added += bank_files.add(connection, file_id, fresh[at : at + _CHUNK])
            done += len(told)
            work.step(done, len(rows))
        bank_files.finish(connection, file_id, added, len(rows) - added)
        shop.record(connection, "import", "bank_file", file_id, new=_journalled(opened, added, len(rows)))
    return Taken(file_id, added, len(rows) - added, doubts, Undo(lambda s: take_out(s, file_id)))


def _journalled(opened: OpenedFile, added: int, total: int) -> dict[str, object]:
    first = min(one.first for one in opened.statements)
    last = max(one.last for one in opened.statements)
    return {
        "name": opened.path.name,
        "sha256": opened.sha256,
        "account": ", ".join(dict.fromkeys(grouped(one.account) for one in opened.statements)),
        "period": f"{first.isoformat()} – {last.isoformat()}",
        "bookings": total,
        "added": added,
        "known": total - added,
        "doubts": len(opened.doubts),
    }


def take_out(shop: Shop, file_id: int) -> None:
    """Undo a file: its bookings go. Raises BankFileRefused where some are booked as payments by now."""
    from shopdesk.store import bank_files

    with shop.writing() as connection:
        booked = bank_files.booked_from(connection, file_id)
        if booked:
            text = N_("{count} payments were booked from this file. Please take these back first.")
            raise BankFileRefused(Message(text, {"count": booked}), "bank-file-booked")
        gone = bank_files.remove_file(connection, file_id, shop.clock.now())
        shop.record(connection, "take-back", "bank_file", file_id, new={"bookings": gone})


def waiting(shop: Shop) -> tuple[Waiting, ...]:
    """All incoming bookings that are neither booked nor left aside, each with its proposal; certain ones first."""
    with shop.reading() as connection:
        stored = _stored(connection)
        bills = _bills(connection, stored)
    found = [Waiting(each, bills.propose(each.entry)) for each in stored]
    return tuple(sorted(found, key=lambda each: -(each.proposal.confidence if each.proposal else 0)))


def awaited(connection: Connection) -> Mapping[int, Entry]:
    """Each bill for which a booking waits that is at least likely meant for it, with that booking."""
    from shopdesk.domain.payment_matching import Confidence

    stored = _stored(connection)
    if not stored:
        return {}
    bills = _bills(connection, stored)
    found: dict[int, Entry] = {}
    for each in stored:
        proposal = bills.propose(each.entry)
        if proposal is not None and proposal.confidence >= Confidence.LIKELY:
            found.update((part.document_id, each.entry) for part in proposal.allocations)
    return found


def _stored(connection: Connection) -> tuple[StoredEntry, ...]:
    from shopdesk.store import bank_files

    return bank_files.waiting(connection)


def _bills(connection: Connection, stored: Sequence[StoredEntry] = ()) -> OpenBills:
    from shopdesk.domain.payment_matching import OpenBills
    from shopdesk.store import bank_files, noted_payments
    from shopdesk.usecases import payments

    rules = payments.load_rules(connection)
    bills = bank_files.open_bills(connection, rules.since)
    first = min((each.entry.booked for each in stored), default=None)
    noted = noted_payments.since(connection, first - _LOOK_BACK) if first is not None else ()
    return OpenBills(bills, bank_files.payers(connection), rules.tolerance_days, noted)


def page(shop: Shop, cursor: Cursor | None = None, limit: int = 100) -> tuple[StoredEntry, ...]:
    """All bookings, outgoing ones too, the newest first; the cursor comes from `cursor_of` the last one."""
    from shopdesk.store import bank_files

    with shop.reading() as connection:
        return bank_files.page(connection, cursor, limit)


def cursor_of(value: StoredEntry) -> Cursor:
    """Where the next page of bookings begins."""
    from shopdesk.store import bank_files

    return bank_files.cursor_of(value)


def accept(shop: Shop, wanted: Waiting) -> tuple[Booked, Undo]:
    """Book what is proposed. Raises PaymentRefused, ChangedElsewhere or BankFileRefused."""
    if wanted.proposal is None:
        raise BankFileRefused(
            Message(N_("Which invoice does it pay? Please choose one.")), "bank-file-nothing"
        )
    with shop.writing() as connection:
        return bank_bookings.accept_in(connection, shop, wanted.stored, wanted.proposal)


def assign(shop: Shop, stored: StoredEntry, bill: BillAccount) -> tuple[Booked, Undo]:
    """Book it for a bill that the owner chose: as much as is open, with the cash discount where it still counts."""
    from shopdesk.domain.payment_plans import suggest
    from shopdesk.usecases import payments

    if stored.entry.amount.currency != bill.open.currency:
        text = N_("{number} is in another currency.")
        raise PaymentRefused(Message(text, {"number": bill.number}), "payment-currency")
    with shop.writing() as connection:
        tolerance = payments.load_rules(connection).tolerance_days
        parts = suggest([bill], stored.entry.amount, stored.entry.booked, tolerance)
        booked = bank_bookings.book_in(connection, shop, stored, parts, bill.customer_id)
    return booked, payments.undo_of(booked)


def accept_certain(
    shop: Shop,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> tuple[int, Undo]:
    """Book all that is certain as it stands now, all or none; gives how many. Raises Stopped.

    Two bookings that name the same bill are never both certain: the second one waits for the owner.
    """
    from shopdesk.domain.payment_matching import Confidence

    undos: list[Undo] = []
    touched: set[tuple[str, int]] = set()
    with shop.writing() as connection:
        stored = _stored(connection)
        bills = _bills(connection, stored)
        for at, each in enumerate(stored):
            work.step(at, len(stored))
            found = bills.propose(each.entry)
            if found is None or found.confidence is not Confidence.CERTAIN:
                continue
            its = {("bill", part.document_id) for part in found.allocations}
            if found.payment_id is not None:
                its.add(("payment", found.payment_id))
            if not its & touched:
                touched |= its
                undos.append(bank_bookings.accept_in(connection, shop, each, found)[1])
    return len(undos), Undo(lambda s: _run_all(s, undos[::-1]))


def _run_all(shop: Shop, undos: Sequence[Undo]) -> None:
    for each in undos:
        each.run(shop)


def ignore(shop: Shop, stored: StoredEntry) -> Undo:
    """It pays no invoice of the shop (a loan, a refund of a supplier): it is asked for no more."""
    return _set_ignored(shop, stored, shop.clock.now())


def _set_ignored(shop: Shop, stored: StoredEntry, at: dt.datetime | None) -> Undo:
    from shopdesk.store import bank_files

    with shop.writing() as connection:
        bank_files.set_ignored(connection, stored.id, stored.version, at)
        shop.record(connection, "ignore" if at else "restore", "bank_entry", stored.id)
        after = bank_files.load(connection, stored.id)
    back = None if at else shop.clock.now()
    return Undo(lambda s: _set_ignored(s, after, back))


def bring_back(shop: Shop, stored: StoredEntry) -> Undo:
    """It pays an invoice after all."""
    return _set_ignored(shop, stored, None)
