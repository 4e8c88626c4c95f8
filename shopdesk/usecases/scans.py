"""Keeping the signed order with its document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain import disk_troubles
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.scans import LARGEST_BYTES, Scan, ScanRefused, media_type_of
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def read(path: Path) -> tuple[str, bytes]:
    """Name and bytes of a file from the disk, never more than may be kept; raises ScanRefused."""
    try:
        with path.open("rb") as file:
            return path.name, file.read(LARGEST_BYTES + 1)
    except OSError as error:
        text = N_("“{name}” cannot be read: {why}.")
        raise ScanRefused(Message(text, {"name": path.name, "why": disk_troubles.why(error)})) from error


def keep(shop: Shop, document_id: int, name: str, data: bytes) -> tuple[Scan, Undo]:
    """Store a scan with a document, drafts and issued ones alike; raises ScanRefused."""
    from shopdesk.store import documents, scans

    media_type = media_type_of(name, data)
    with shop.writing() as connection:
        documents.is_draft(connection, document_id)
        kept = scans.add(connection, document_id, safe_file_name(name), media_type, data, shop.clock.now())
        shop.record(connection, "add", "scan", kept.id, new={"name": kept.name, "sha256": kept.sha256})
    return kept, Undo(lambda s: _not_added(s, kept))


def _not_added(shop: Shop, value: Scan) -> None:
    take_away(shop, replace(value, version=shop.rewound.now("scan", value.id, value.version)))


def take_away(shop: Shop, value: Scan) -> Undo:
    """Take a scan away from its document; its bytes stay in the database."""
    from shopdesk.store import scans

    with shop.writing() as connection:
        scans.set_deleted(connection, value, shop.clock.now())
        shop.record(connection, "delete", "scan", value.id, old={"name": value.name, "sha256": value.sha256})
    return Undo(lambda s: bring_back(s, replace(value, version=value.version + 1)))


def bring_back(shop: Shop, value: Scan) -> None:
    """Undo of `take_away`."""
    from shopdesk.store import scans

    rewinding = shop.rewound.back("scan", value.id, value.version - 1, value.version)
    with rewinding as version, shop.writing() as connection:
        scans.set_deleted(connection, replace(value, version=version), None)
        shop.record(connection, "restore", "scan", value.id, new={"name": value.name, "sha256": value.sha256})


def of_document(shop: Shop, document_id: int) -> tuple[Scan, ...]:
    """What is kept with the document."""
    from shopdesk.store import scans

    with shop.reading() as connection:
        return scans.of_document(connection, document_id)


def data(shop: Shop, scan_id: int) -> bytes:
    """The bytes of one scan."""
    from shopdesk.store import scans

    with shop.reading() as connection:
        return scans.data(connection, scan_id)
