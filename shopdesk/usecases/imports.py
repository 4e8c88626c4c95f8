"""Lists from elsewhere: read, looked over, taken in as one, taken back as one."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk.domain import disk_troubles
from shopdesk.domain.imports import columns
from shopdesk.domain.imports.customer_rows import RowRefused, TakenCustomer
from shopdesk.domain.imports.values import (
    Action,
    BadRow,
    ColumnMapping,
    Decision,
    ImportKind,
    ImportProblem,
    PlannedRow,
    ReadFile,
)
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.intake.worker import LARGEST_FILE, Worker
from shopdesk.usecases.import_undo import AlreadyTakenBack, take_back
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.i18n import Texts
    from shopdesk.store.imports import Brought
    from shopdesk.usecases.shop import Shop

__all__ = ["AlreadyTakenBack", "Worker", "take_back"]

CHUNK = 400
_REMEMBERED = "import_mappings"
_MOST_REMEMBERED = 40
_NO_FIELD = N_("No column is assigned. Choose what the columns hold first.")
_NO_HEADER = N_(
    "“{name}” has no header that shopdesk knows. Write what the columns hold into the first row, "
    "or import the file in the window, where you see the rows first."
)
_TWO_REASONS = N_("{reason} {other}")
_FOREIGN_KIND = N_("A vCard holds customers.")


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A file that was read: its rows as text and what they most likely are."""

    path: Path
    sha256: str
    file: ReadFile = field(repr=False)
    mapping: ColumnMapping
    is_remembered: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rows as values, or refused; made once and planned as often as something is decided."""

    opened: OpenedList
    mapping: ColumnMapping
    rows: tuple[tuple[int, Any], ...] = field(repr=False)
    refused: tuple[BadRow, ...] = field(repr=False)
    doubts: Mapping[int, Message] = field(default_factory=dict, repr=False)
    left_out: Mapping[int, Message] = field(default_factory=dict, repr=False)
    """By row: why the owner is asked, and what of the row is not taken over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen with each row, in the order of the file."""

    prepared: Prepared = field(repr=False)
    rows: tuple[PlannedRow, ...] = field(repr=False)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    new: Sequence[Any] = field(default=(), repr=False)
    changed: Sequence[tuple[Any, Any]] = field(default=(), repr=False)
    seen: str = ""
    """What the shop was like: as long as it says the same, nothing needs to be looked over again."""

    @property
    def counts(self) -> dict[Action, int]:
        """How many rows of each kind."""
        found = Counter(row.action for row in self.rows)
        return {action: found.get(action, 0) for action in Action}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, and what takes it back."""

    id: int
    plan: Plan = field(repr=False)
    undo: Undo = field(repr=False)


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Hundreds of thousands of values without a ring among them: looking for rings takes a fifth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def open_list(shop: Shop, place: Path | str, worker: Worker | None = None) -> OpenedList:
    """Read a file in a worker process; nothing is stored. Raises ImportProblem or Stopped."""
    from shopdesk.intake.tables import door

    path = Path(place)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        text = N_("{name} cannot be opened: {reason}.")
        values = {"name": path.name, "reason": disk_troubles.why(error)}
        raise ImportProblem(Message(text, values), "file") from error
    file = door.read(data, worker)
    remembered = _remembered_for(shop, file)
    mapping = remembered or columns.guess(file)
    return OpenedList(path, hashlib.sha256(data).hexdigest(), file, mapping, remembered is not None)


def sure(opened: OpenedList) -> OpenedList:
    """The same, for whoever sees no preview. Raises ImportProblem where the columns were guessed by their cells."""
    if opened.file.columns or opened.mapping.has_header:
        return opened
    raise ImportProblem(Message(_NO_HEADER, {"name": opened.path.name}), "mapping")


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What the owner said about a file's columns; the mappings lie in step with the signatures, the oldest first."""

    signatures: tuple[str, ...] = ()
    mappings: tuple[ColumnMapping, ...] = ()


def _remembered(connection: Connection) -> dict[str, ColumnMapping]:
    from shopdesk.store import settings

    found = settings.load(connection, _REMEMBERED, _Remembered, _Remembered())
    return dict(zip(found.signatures, found.mappings, strict=False))


def _signature(file: ReadFile) -> str:
    """What makes two files alike: the same first row."""
    first = "\0".join(file.rows[0].cells) if file.rows else ""
    return hashlib.sha256(first.encode("utf-8", "replace")).hexdigest()[:16]


def _remembered_for(shop: Shop, file: ReadFile) -> ColumnMapping | None:
    if file.columns:
        return None
    with shop.reading() as connection:
        return _remembered(connection).get(_signature(file))


def _remember(connection: Connection, file: ReadFile, mapping: ColumnMapping) -> None:
    """Only what the owner chose differently, and never a file without a header."""
    from shopdesk.store import settings

    if file.columns or not mapping.has_header or mapping == columns.guess(file):
        return
    known = _remembered(connection)
    known.pop(_signature(file), None)
    known[_signature(file)] = mapping
    kept = list(known)[-_MOST_REMEMBERED:]
    settings.save(connection, _REMEMBERED, _Remembered(tuple(kept), tuple(known[one] for one in kept)))


@_not_collecting()
def prepare(
    shop: Shop,
    opened: OpenedList,
    mapping: ColumnMapping | None = None,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Prepared:
    """Turn the cells into customers, articles or old invoices. Raises ImportProblem or Stopped."""
    mapping = mapping or opened.mapping
    if not any(mapping.fields):
        raise ImportProblem(Message(_NO_FIELD), "mapping")
    if opened.file.columns and mapping.kind is not ImportKind.CUSTOMERS:
        raise ImportProblem(Message(_FOREIGN_KIND), "mapping")
    read = _reader(shop, mapping)
    rows: list[tuple[int, Any]] = []
    refused = list(opened.file.refused)
    doubts: dict[int, Message] = {}
    left_out: dict[int, Message] = {}
    found = columns.data_rows(opened.file, mapping)
    for at, row in enumerate(found):
        if at % CHUNK == 0:
            work.step(at, len(found))
        try:
            value = read(row.cells)
        except RowRefused as error:
            refused.append(BadRow(row.number, error.message))
            continue
        if isinstance(value, TakenCustomer):
            if value.doubt is not None:
                doubts[row.number] = value.doubt
            if value.left_out is not None:
                left_out[row.number] = value.left_out
            value = value.customer
        rows.append((row.number, value))
    return Prepared(opened, mapping, tuple(rows), tuple(refused), doubts, left_out)


def _reader(shop: Shop, mapping: ColumnMapping) -> Any:
    from shopdesk.usecases.shop_settings import profile

    own = profile(shop)
    if mapping.kind is ImportKind.ARTICLES:
        from shopdesk.domain.imports.article_rows import ArticleReader
        from shopdesk.i18n import country_codes

        return ArticleReader(mapping.fields, own.prices, country_codes()).read
    if mapping.kind is ImportKind.OLD_INVOICES:
        from shopdesk.domain.imports.invoice_rows import InvoiceReader

        return InvoiceReader(mapping.fields, own.currency).read
    from shopdesk.domain.imports.customer_rows import CustomerReader
    from shopdesk.i18n import country_codes

    country = own.seller.address.country or "DE"
    return CustomerReader(mapping.fields, country, country_codes(), area_code=own.area_code).taken


@_not_collecting()
def plan(
    shop: Shop,
    prepared: Prepared,
    decisions: Mapping[int, Decision] | None = None,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Plan:
    """What would become of each row; nothing is stored. Raises Stopped."""
    with shop.reading() as connection:
        return _planned(connection, prepared, decisions or {}, work)


def _planner(connection: Connection, prepared: Prepared, decisions: Mapping[int, Decision]) -> Any:
    kind = prepared.mapping.kind
    if kind is ImportKind.ARTICLES:
        from shopdesk.usecases.import_articles import ArticlePlan

        return ArticlePlan(connection)
    if kind is ImportKind.OLD_INVOICES:
        from shopdesk.usecases.import_invoices import InvoicePlan

        return InvoicePlan(connection)
    from shopdesk.usecases.import_customers import CustomerPlan

    return CustomerPlan(connection, decisions, prepared.doubts)


def _planned(
    connection: Connection, prepared: Prepared, decisions: Mapping[int, Decision], work: LongWork
) -> Plan:
    from shopdesk.store import imports

    planner = _planner(connection, prepared, decisions)
    rows: list[PlannedRow] = []
    for at, chunk in _chunks(prepared.rows):
        work.step(at, len(prepared.rows))
        rows += planner.chunk(chunk)
    if prepared.mapping.kind is ImportKind.CUSTOMERS:
        rows = planner.settled(prepared.rows, rows)
    if prepared.left_out:
        rows = [_with_left_out(row, prepared.left_out.get(row.number)) for row in rows]
    rows += [PlannedRow(bad.number, Action.REFUSED, reason=bad.reason) for bad in prepared.refused]
    rows.sort(key=lambda row: row.number)
    seen = imports.seen(connection)
    return Plan(prepared, tuple(rows), dict(decisions), planner.new, planner.changed, seen)


def _with_left_out(row: PlannedRow, left_out: Message | None) -> PlannedRow:
    if left_out is None:
        return row
    if row.reason is None:
        return replace(row, reason=left_out)
    return replace(row, reason=Message(_TWO_REASONS, {"reason": row.reason, "other": left_out}))


def _chunks(values: Sequence[Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    for first in range(0, len(values), CHUNK):
        yield first, values[first : first + CHUNK]


@_not_collecting()
def run(
    shop: Shop,
    wanted: Plan,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Imported:
    """Take the rows in, all or none, in one transaction; looked over once more, since others may have saved.

    Raises Stopped: nothing is stored then.
    """
    opened = wanted.prepared.opened
    with shop.writing() as connection:
        from shopdesk.store import imports

        made = wanted
        if imports.seen(connection) != wanted.seen:
            unseen = LongWork(cancelled=work.cancelled)
            made = _planned(connection, wanted.prepared, wanted.decisions, unseen)
        counts = {action.value: count for action, count in made.counts.items()}
        kind = wanted.prepared.mapping.kind.value
        now = shop.clock.now()
        import_id = imports.begin(connection, kind, opened.path.name, opened.sha256, counts, now)
        total = len(made.new) + len(made.changed)
        for done, brought in _stored(connection, shop, made):
            work.step(done, total)
            imports.note(connection, import_id, brought)
        _remember(connection, opened.file, wanted.prepared.mapping)
        shop.record(connection, "import", "import_run", import_id, new=_in_journal(made, opened.sha256))
        work.step(total, total)
    return Imported(import_id, made, Undo(lambda s: take_back(s, import_id)))


def _in_journal(made: Plan, sha256: str) -> dict[str, object]:
    """Counts alone: who came in stands in the shop, and can be forgotten there."""
    counts = made.counts
    return {
        "name": made.prepared.opened.path.name,
        "sha256": sha256,
        "added": counts[Action.NEW],
        "completed": counts[Action.CHANGED],
        "in_doubt": counts[Action.DOUBTFUL],
        "refused": counts[Action.REFUSED],
    }


def _stored(connection: Connection, shop: Shop, made: Plan) -> Iterator[tuple[int, list[Brought]]]:
    from shopdesk.usecases import import_articles, import_customers, import_invoices

    kind, done = made.prepared.mapping.kind, 0
    files = import_invoices.pdfs_beside(made.prepared.opened.path) if kind is ImportKind.OLD_INVOICES else {}
    new = made.new
    if kind is ImportKind.CUSTOMERS:
        # all at once: the search index is written out each time the counter is
        new = import_customers.numbered(connection, shop, new)
    for _at, chunk in _chunks(new):
        yield done, []
        if kind is ImportKind.CUSTOMERS:
            brought = import_customers.store_new(connection, shop, chunk)
        elif kind is ImportKind.ARTICLES:
            brought = import_articles.store_new(connection, chunk)
        else:
            brought = import_invoices.store_new(connection, shop, chunk, files)
        done += len(chunk)
        yield done, brought
    for _at, chunk in _chunks(made.changed):
        if kind is ImportKind.CUSTOMERS:
            brought = import_customers.store_changed(connection, shop, chunk)
        else:
            brought = import_articles.store_changed(connection, chunk)
        done += len(chunk)
        yield done, brought


def told(name: str, made: Plan, texts: Texts) -> dict[str, object]:
    """What became of a file, as the command line says it (ORDER.md)."""
    counts: dict[str, object] = {
        action.value: count for action, count in made.counts.items() if action is not Action.REFUSED
    }
    refused = [
        {"row": row.number, "reason": texts.say(row.reason)}
        for row in made.rows
        if row.action is Action.REFUSED and row.reason is not None
    ]
    told: dict[str, object] = {
        "file": name,
        "kind": made.prepared.mapping.kind.value,
        **counts,
        "refused": refused,
    }
    left_out = made.prepared.left_out
    if left_out:
        told["left_out"] = [{"row": row, "reason": texts.say(reason)} for row, reason in left_out.items()]
    unread = columns.left_out(made.prepared.opened.file, made.prepared.mapping)
    if unread:
        told["columns_left_out"] = list(unread)
    return told
