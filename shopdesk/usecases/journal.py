"""The journal for the reader: some entries at a time, the verdict on its chain, and the table for an auditor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.journal import JournalEntry, JournalFilter, JournalPage
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.i18n import Texts
from shopdesk.usecases import journal_words

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_HEADER = (
    N_("Entry"), N_("Day"), N_("Time"), N_("Time zone"), N_("Who"), N_("What"), N_("Act"), N_("Field"),
    N_("Before"), N_("After"), N_("Program"),
)  # fmt: skip
_STEP = 500


def page(shop: Shop, wanted: JournalFilter, before: int | None = None, limit: int = 100) -> JournalPage:
    """Entries below the id `before`, newest first; it may hold fewer than `limit` although more follow."""
    from shopdesk.store import journal_pages

    with shop.reading() as connection:
        return journal_pages.page(connection, wanted, shop.clock.zone, before, limit)


def people(shop: Shop) -> tuple[str, ...]:
    """Everybody who wrote into the journal."""
    from shopdesk.store import journal_pages

    with shop.reading() as connection:
        return journal_pages.people(connection)


def verdict(shop: Shop) -> tuple[int, tuple[Message, ...]]:
    """How many entries the chain holds, and where it breaks; nothing is said of a chain that is whole."""
    from shopdesk.store import journal, journal_pages

    with shop.reading() as connection:
        found = tuple(finding.message for finding in journal.verify(connection))
        return journal_pages.count(connection), found


def as_csv(shop: Shop, wanted: JournalFilter, texts: Texts, work: LongWork) -> bytes:
    """Every entry that fits, one row per changed value. Raises Stopped."""
    from shopdesk.output.spreadsheets.csv_table import csv_bytes

    header = [texts.gettext(name) for name in _HEADER]
    return csv_bytes(header, _rows(shop, wanted, texts, work))


def _rows(shop: Shop, wanted: JournalFilter, texts: Texts, work: LongWork) -> Iterator[tuple[str, ...]]:
    from shopdesk.store import journal_pages

    with shop.reading() as connection:
        all_ = journal_pages.count(connection)
        for entry in journal_pages.every(connection, wanted, shop.clock.zone):
            if entry.id % _STEP == 0:
                work.step(all_ - entry.id, all_)
            yield from _of_entry(shop, entry, texts)


def _of_entry(shop: Shop, entry: JournalEntry, texts: Texts) -> Iterator[tuple[str, ...]]:
    local = entry.at.astimezone(shop.clock.zone)
    begin = (
        str(entry.id), local.date().isoformat(), f"{local:%H:%M:%S}", entry.zone, entry.who,
        journal_words.title(entry, texts), journal_words.action_name(entry, texts),
    )  # fmt: skip
    found = journal_words.changes(entry, texts, shop.clock.zone)
    for change in found:
        yield (*begin, change.field, change.old, change.new, entry.program_version)
    if not found:
        yield (*begin, "", "", "", entry.program_version)


def save_csv(shop: Shop, wanted: JournalFilter, path: Path, texts: Texts, work: LongWork) -> None:
    """Write the table to a file, whole or not at all. Raises Stopped, FolderUnusable."""
    from shopdesk.usecases.number_reports import write

    write(path, as_csv(shop, wanted, texts, work))
