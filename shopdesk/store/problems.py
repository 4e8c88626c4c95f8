"""What can be wrong with the file the shop lives in, each named so that the owner can act on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

_SQLITE_BUSY, _SQLITE_LOCKED, _SQLITE_READONLY, _SQLITE_IOERR = 5, 6, 8, 10
_SQLITE_CORRUPT, _SQLITE_FULL, _SQLITE_CANTOPEN, _SQLITE_NOTADB = 11, 13, 14, 26


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found wrong: a short name and words for the owner."""

    code: str
    message: Message


class DatabaseProblem(ShopError):
    """Something about the database file as a whole; the file itself was left as it was."""

    code = "database"
    text = N_("The database {path} cannot be used.")

    def __init__(self, path: Path | str, **values: object) -> None:
        super().__init__(Message(self.text, {"path": str(path), **values}))
        self.path = Path(path)


class DatabaseAbsent(DatabaseProblem):
    """There is no file yet."""

    code = "database-absent"
    text = N_("There is no database at {path} yet.")


class DatabaseNotOurs(DatabaseProblem):
    """A file that is no database, or one of another program."""

    code = "database-not-ours"
    text = N_("{path} is not a shopdesk database. It was left untouched; please choose another file.")


class DatabaseNewer(DatabaseProblem):
    """Written by a newer program; opening it could lose what this one does not know."""

    code = "database-newer"
    text = N_(
        "{path} was written by a newer shopdesk. It was left untouched; please install the newest version."
    )


class DatabaseOlder(DatabaseProblem):
    """Needs `Database.upgrade()` before its rows can be read."""

    code = "database-older"
    text = N_("{path} was written by an older shopdesk and has to be upgraded first.")


class DatabaseReadOnly(DatabaseProblem):
    """The file or its folder is write-protected."""

    code = "database-read-only"
    text = N_(
        "{path} is write-protected. Please allow writing to the file and its folder, or choose another folder."
    )


class DatabaseDamaged(DatabaseProblem):
    """The engine or the hash chains found bytes that were never written by the program."""

    code = "database-damaged"
    text = N_("{path} is damaged. It was left untouched; please restore the last backup.")


class DatabaseEmpty(DatabaseDamaged):
    """A file of 0 bytes: something cut it off, for the program never makes one."""

    code = "database-empty"
    text = N_(
        "{path} is empty (0 bytes). It was left untouched; please restore the last backup or remove the file."
    )


class DatabaseBusy(DatabaseProblem):
    """Another window or program kept the file locked for longer than we wait."""

    code = "database-busy"
    text = N_("{path} is in use by another program. Nothing was saved; please try again in a moment.")


class DatabaseFull(DatabaseProblem):
    """No room left on the disk."""

    code = "disk-full"
    text = N_("The disk is full. Nothing was saved; please make room and save again: {path}")


class DatabaseUnreachable(DatabaseProblem):
    """The disk refuses: unplugged, failing, or without permission."""

    code = "database-unreachable"
    text = N_("{path} cannot be reached. Nothing was saved; please check the disk and its permissions.")


class FolderNotAllowed(DatabaseProblem):
    """A cloud or network folder: two computers would damage the file (RELIABILITY.md, measured 39 of 100)."""

    code = "folder-not-allowed"
    text = N_(
        "{path} lies in a cloud or network folder ({service}), where a database gets damaged. "
        "Please choose a folder of this computer; backups may go there."
    )


class CommitLost(DatabaseProblem):
    """The engine had rolled the transaction back before it was committed, so nothing was saved."""

    code = "not-saved"
    text = N_("Nothing was saved in {path}. Please save again.")


class IssuedIsFrozen(DatabaseProblem):
    """A trigger refused: issued documents, their lines, files and counters and the journal stay (GoBD)."""

    code = "issued-is-frozen"
    text = N_("What has been issued cannot be changed. Please cancel it or write a correction instead.")


class BackupRefused(DatabaseProblem):
    """A backup is incomplete or was changed; nothing was restored."""

    code = "backup-refused"
    text = N_("The backup {path} is incomplete or damaged. Nothing was restored; please choose another one.")


class TargetNotEmpty(DatabaseProblem):
    """A restore would replace a database."""

    code = "target-not-empty"
    text = N_(
        "There is already a database at {path}. Nothing was restored; say explicitly that it is to be replaced."
    )


class UpgradeFailed(DatabaseProblem):
    """The upgraded copy did not pass its checks; the old file is still in place."""

    code = "upgrade-failed"
    text = N_(
        "{path} could not be upgraded ({reason}). "
        "It is unchanged; please go on with the old version and report it."
    )


_BY_ERROR_CODE: dict[int, type[DatabaseProblem]] = {
    _SQLITE_BUSY: DatabaseBusy,
    _SQLITE_LOCKED: DatabaseBusy,
    _SQLITE_READONLY: DatabaseReadOnly,
    _SQLITE_IOERR: DatabaseUnreachable,
    _SQLITE_CORRUPT: DatabaseDamaged,
    _SQLITE_FULL: DatabaseFull,
    _SQLITE_CANTOPEN: DatabaseUnreachable,
    _SQLITE_NOTADB: DatabaseNotOurs,
}


def problem_of(error: BaseException | None, path: Path | str) -> DatabaseProblem | None:
    """Name what a driver error means for the owner; None when it is a bug of ours (wrong SQL, for example)."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    kind = _BY_ERROR_CODE.get(code & 0xFF)
    return None if kind is None else kind(path)
