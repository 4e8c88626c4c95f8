"""Imports of old invoices with their numbers and PDFs: archive entries, never documents of ours."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.folding import fold, sort_key
from shopdesk.domain.imports.values import Action, OldInvoice, PlannedRow
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.imports.values import KeptOldInvoice
    from shopdesk.i18n import Texts
    from shopdesk.store.imports import Brought
    from shopdesk.usecases.shop import Shop

CHUNK = 200
LARGEST_PDF = 32 << 20

_OTHER = N_("An old invoice {number} with another date, recipient or amount is kept already.")
_NOTED = N_("Old invoice {number}")
_NOTED_WITH_SUM = N_("Old invoice {number}: {sum}")
_TWICE = N_("The number {number} stands in this file twice, with different values.")


class InvoicePlan:
    """Goes through the rows in their order. Nothing is written."""

    changed: tuple[tuple[OldInvoice, OldInvoice], ...] = ()

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.new: list[tuple[OldInvoice, int | None]] = []
        self._numbers: dict[str, OldInvoice] = {}

    def chunk(self, rows: Sequence[tuple[int, OldInvoice]]) -> Iterable[PlannedRow]:
        """What becomes of the next rows."""
        from shopdesk.store import old_invoices

        kept = old_invoices.by_numbers(self._connection, [value.number for _number, value in rows])
        by_number = old_invoices.customers_by_number(
            self._connection, [value.customer_number for _number, value in rows if value.customer_number]
        )
        by_name = old_invoices.customers_by_name(
            self._connection, sorted({key for _number, value in rows for key in _list_keys(value.recipient)})
        )
        for number, value in rows:
            customer_id = by_number.get(value.customer_number)
            if customer_id is None and len(found := by_name.get(fold(value.recipient), [])) == 1:
                customer_id = found[0]
            yield self._row(number, value, customer_id, [one.value for one in kept.get(value.number, [])])

    def _row(
        self, number: int, value: OldInvoice, customer_id: int | None, kept: Sequence[OldInvoice]
    ) -> PlannedRow:
        known = [*kept, *([self._numbers[value.number]] if value.number in self._numbers else [])]
        if any(_core(one) == _core(value) for one in known):
            return PlannedRow(number, Action.UNCHANGED, value)
        if known:
            reason = Message(_OTHER if kept else _TWICE, {"number": value.number})
            return PlannedRow(number, Action.DOUBTFUL, value, reason=reason)
        self._numbers[value.number] = value
        self.new.append((value, customer_id))
        return PlannedRow(number, Action.NEW, value, customer_id)


def _list_keys(name: str) -> tuple[str, ...]:
    """Where a customer of this name stands in the list: a company's as it is, a person's by the family name."""
    given, _blank, family = name.rpartition(" ")
    return tuple(key for key in (sort_key(name), sort_key(f"{family} {given}")) if key)


def _core(value: OldInvoice) -> tuple[object, ...]:
    return value.day, fold(value.recipient), value.gross_minor


def store_new(
    connection: Connection,
    shop: Shop,
    values: Sequence[tuple[OldInvoice, int | None]],
    files: Mapping[str, Path],
) -> list[Brought]:
    """Store them with the PDFs that are found, and say what was stored."""
    from shopdesk.store import old_invoices
    from shopdesk.store.imports import Brought

    rows = []
    for value, customer_id in values:
        name, data = _pdf(value, files)
        sha256 = hashlib.sha256(data).hexdigest() if data else ""
        rows.append((replace(value, file_name=name), customer_id, sha256, data))
    ids = old_invoices.add_many(connection, rows, shop.clock.now())
    noted = _note(connection, shop, values)
    return [
        *(Brought("old_invoice", one, "new") for one in ids),
        *(Brought("timeline_entry", one, "new") for one in noted),
    ]


def _note(connection: Connection, shop: Shop, values: Sequence[tuple[OldInvoice, int | None]]) -> list[int]:
    """The customers' timelines know them, on their own days; gives the ids of the entries."""
    from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shop_settings import load_profile

    texts = Texts(load_profile(connection).language)
    ids = []
    for value, customer_id in values:
        if customer_id is None:
            continue
        noon = dt.datetime.combine(dt.date.fromisoformat(value.day), dt.time(12), shop.clock.zone)
        title = texts.say(Message(_NOTED, {"number": value.number}))
        if value.gross_minor is not None:
            amount = Money(value.gross_minor, value.currency)
            title = texts.say(Message(_NOTED_WITH_SUM, {"number": value.number, "sum": amount}))
        entry = TimelineEntry(customer_id, EntryKind.NOTE, noon, title, value.text, Direction.OUT)
        ids.append(timeline.add(connection, entry))
    return ids


def pdfs_beside(place: Path) -> dict[str, Path]:
    """File name in lower case → PDF, of the folder the list lies in and the folders below it."""
    found: dict[str, Path] = {}
    for folder in (place.parent, *(one for one in sorted(place.parent.iterdir()) if one.is_dir())):
        try:
            for path in sorted(folder.iterdir()):
                if path.suffix.lower() == ".pdf" and path.is_file():
                    found.setdefault(path.name.lower(), path)
        except OSError:
            continue
    return found


def _pdf(value: OldInvoice, files: Mapping[str, Path]) -> tuple[str, bytes | None]:
    """By the named file, else by the number. What is no PDF or too large is left out."""
    for name in (value.file_name, f"{safe_file_name(value.number, '')}.pdf", f"{value.number}.pdf"):
        path = files.get(name.lower())
        if path is None:
            continue
        try:
            with path.open("rb") as stream:
                data = stream.read(LARGEST_PDF + 1)
        except OSError:
            continue
        if b"%PDF-" in data[:1024] and len(data) <= LARGEST_PDF:
            return path.name, data
    return "", None


def take_back(connection: Connection, brought: Sequence[Brought]) -> None:
    """Undo what was stored; nothing of it can stay."""
    from shopdesk.store import old_invoices, timeline

    for subject, remove in (
        ("old_invoice", old_invoices.remove_many),
        ("timeline_entry", timeline.remove_many),
    ):
        remove(connection, [one.subject_id for one in brought if one.subject == subject])


def get(shop: Shop, invoice_id: int) -> KeptOldInvoice:
    """One old invoice; raises NotFound."""
    from shopdesk.store import old_invoices

    with shop.reading() as connection:
        return old_invoices.load(connection, invoice_id)


def of_customer(shop: Shop, customer_id: int, limit: int = 200) -> tuple[KeptOldInvoice, ...]:
    """A customer's old invoices, newest first."""
    from shopdesk.store import old_invoices

    with shop.reading() as connection:
        return tuple(old_invoices.of_customer(connection, customer_id, limit))


def pdf(shop: Shop, invoice_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of an old invoice's PDF, if it was brought along."""
    from shopdesk.store import old_invoices

    with shop.reading() as connection:
        return old_invoices.file_of(connection, invoice_id)


def line(kept: KeptOldInvoice, texts: Texts) -> str:
    """An old invoice in one line: number, day, amount."""
    value = kept.value
    amount = texts.money(Money(value.gross_minor, value.currency)) if value.gross_minor is not None else ""
    day = texts.date(dt.date.fromisoformat(value.day))
    return " · ".join(part for part in (value.number, day, amount) if part)
