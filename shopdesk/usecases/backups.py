"""Backup, restore and check, as the owner knows them."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import __version__
from shopdesk.domain.messages import Message
from shopdesk.usecases import erasure

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What stands in the backup."""

    path: Path
    documents: int
    size: int
    sha256: str


def back_up(shop: Shop, target: Path) -> BackedUp:
    """Write a backup that was read back and checked; raises a DatabaseProblem in words."""
    from shopdesk.store import backup

    manifest = backup.back_up(shop.database, target, shop.clock.now(), __version__)
    try:
        erasure.copy_list(shop, target.parent)
    except OSError as error:  # the backup itself stands, and its own database knows who was forgotten
        _log.warning(
            "the list of forgotten customers was not laid beside the backup: %s", type(error).__name__
        )
    return BackedUp(target, manifest.documents, manifest.size, manifest.sha256)


_LAST = "last_backup"


def back_up_and_note(shop: Shop, target: Path) -> BackedUp:
    """Like `back_up`, and the shop remembers when it was. For a database that can be written only."""
    from shopdesk.store import settings

    done = back_up(shop, target)
    with shop.writing() as connection:
        settings.save(connection, _LAST, shop.clock.now())
    return done


def last_backup(shop: Shop) -> dt.datetime | None:
    """When the shop was last backed up from its window; None while it never was."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        text = settings.load(connection, _LAST, str, "")
    return dt.datetime.fromisoformat(text) if text else None


def restore(source: Path, target: Path | str, *, replace: bool = False) -> Path | None:
    """Put the shop of a backup at `target`; gives where the one that was there is kept."""
    from shopdesk.store import backup
    from shopdesk.store.database import path_of

    return backup.restore(source, path_of(target), replace_existing=replace)


def forget_again(shop: Shop, source: Path) -> int:
    """After a restore: those who were forgotten since that backup are forgotten again; gives how many.

    The list lies beside the database, or beside the backup. The restored shop is opened only where there is one.
    """
    from shopdesk.store import erasure_list
    from shopdesk.store.database import path_of

    places = (erasure_list.beside(path_of(shop.place)), erasure_list.in_folder(source.parent))
    if not any(place.exists() for place in places):
        return 0
    again = erasure.keep_list(shop, source.parent)
    erasure.sweep(shop)
    return again


def check(shop: Shop) -> tuple[tuple[str, Message], ...]:
    """Everything that is wrong with database and archive: (code, words); empty when all is well."""
    from shopdesk.store import backup

    return tuple((finding.code, finding.message) for finding in backup.check(shop.database))


def check_place(shop: Shop) -> tuple[tuple[str, Message], ...]:
    """Like `check`; a database too damaged to be opened is a finding, too."""
    from shopdesk.store.problems import DatabaseDamaged

    try:
        return check(shop)
    except DatabaseDamaged as error:
        return ((error.code, error.message),)
