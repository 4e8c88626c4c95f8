"""The files of several issued documents at once: in one folder or one ZIP, under their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentState, DocumentSummary
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.output.archives import Archive
    from shopdesk.usecases.shop import Shop

PDF = "application/pdf"


class NothingIssued(ShopError):
    """None of the chosen documents has files yet."""

    code = "nothing-issued"

    def __init__(self) -> None:
        super().__init__(
            Message(N_("None of these documents has been issued yet, so there is no file to save."))
        )


@dataclass(frozen=True, slots=True)
class SavedFiles:
    """Where they are; `documents` many documents in `files` many files."""

    place: Path
    documents: int
    files: int


def summaries(shop: Shop, ids: Sequence[int]) -> tuple[DocumentSummary, ...]:
    """The chosen documents as rows of a list, in their order."""
    with shop.reading() as connection:
        return summaries_in(connection, ids)


def summaries_in(connection: Connection, ids: Sequence[int]) -> tuple[DocumentSummary, ...]:
    """Within an open transaction."""
    from shopdesk.store import document_lists

    # a statement takes only so many variables
    parts = (ids[at : at + 500] for at in range(0, len(ids), 500))
    return tuple(summary for part in parts for summary in document_lists.by_ids(connection, part))


def save_zip(
    shop: Shop,
    ids: Iterable[int],
    target: Path,
    *,
    with_xml: bool = True,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> SavedFiles:
    """Write one ZIP; raises Stopped, OSError or NothingIssued, and what stood at `target` stays then."""
    from shopdesk.output.archives import Archive
    from shopdesk.store.durable import durable_file

    with shop.reading() as connection:
        issued = _issued(connection, ids)
        with durable_file(target) as stream, Archive(stream) as archive:
            count = add_files(
                connection, archive, issued, with_xml=with_xml, step=lambda at: work.step(at, len(issued))
            )
    return SavedFiles(target, len(issued), count)


def save_folder(
    shop: Shop,
    ids: Iterable[int],
    folder: Path,
    *,
    with_xml: bool = True,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> SavedFiles:
    """Write each file into the folder, whole; one of the same name and other content is kept beside.

    Raises Stopped, OSError or NothingIssued; the files written so far are whole and stay.
    """
    from shopdesk.store import document_files

    count = 0
    with shop.reading() as connection:
        issued = _issued(connection, ids)
        for at, (document_id, _day) in enumerate(issued):
            work.step(at, len(issued))
            for file in document_files.file_names(connection, document_id):
                if with_xml or file.media_type == PDF:
                    _put(folder, file.name, document_files.file_bytes(connection, file.id))
                    count += 1
    return SavedFiles(folder, len(issued), count)


def _put(folder: Path, name: str, data: bytes) -> None:
    from shopdesk.domain.file_names import safe_file_name
    from shopdesk.store.durable import durable_write

    path, count = folder / safe_file_name(name), 2
    stem, ending = path.stem, path.suffix
    while path.exists() and path.read_bytes() != data:
        path = folder / f"{stem}-{count}{ending}"
        count += 1
    if not path.exists():
        durable_write(path, data)


def _issued(connection: Connection, ids: Iterable[int]) -> list[tuple[int, dt.date]]:
    found = summaries_in(connection, list(dict.fromkeys(ids)))
    issued = [
        (one.id, one.date or one.updated_at.date()) for one in found if one.state == DocumentState.ISSUED
    ]
    if not issued:
        raise NothingIssued
    return issued


def add_files(
    connection: Connection,
    archive: Archive,
    issued: Sequence[tuple[int, dt.date]],
    *,
    with_xml: bool,
    step: Callable[[int], None],
) -> int:
    """Put the files of these documents (id, day) into the archive, calling `step` before each; says how many."""
    from shopdesk.store import document_files

    count = 0
    for at, (document_id, day) in enumerate(issued):
        step(at)
        for file in document_files.file_names(connection, document_id):
            if with_xml or file.media_type == PDF:
                archive.add(file.name, document_files.file_bytes(connection, file.id), day)
                count += 1
    return count
