"""Verified backups: a backup that was never read back is a hope (RELIABILITY.md, P11).

A backup is one zip with the database and a manifest of sums; everything the shop owns is in the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from shopdesk.domain.messages import N_, Message
from shopdesk.store.connection import connect, copy_live, examine
from shopdesk.store.database import Database
from shopdesk.store.durable import keep_under, put_in_place, replace, sync_file
from shopdesk.store.folders import refuse_shared_folder
from shopdesk.store.problems import (
    BackupRefused,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseProblem,
    DatabaseUnreachable,
    Finding,
    TargetNotEmpty,
)

_FORMAT = 1
_MANIFEST, _DATABASE = "manifest.json", "shop.sqlite"
_CHUNK = 1 << 20
_NO_SPACE = 28


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself: when (UTC), which program and schema, size and sha256 of the database."""

    format: int
    made_at: str
    program_version: str
    schema: int
    documents: int
    size: int
    sha256: str


def check(database: Database) -> list[Finding]:
    """Read everything: SQLite's own checks, the schema with its triggers, both hash chains, the number ranges."""
    from shopdesk.store import document_chain, evidence_check, journal, number_check, received_invoices

    findings: list[Finding] = []
    try:
        with database.reading() as connection:
            for name in ("integrity_check", "foreign_key_check"):
                rows = connection.exec_driver_sql(f"PRAGMA {name}").fetchall()
                if [tuple(row) for row in rows] not in ([], [("ok",)]):
                    findings.append(_damage(name))
            findings += _schema_findings(connection)
            if any(finding.code == "table-missing" for finding in findings):
                return findings
            for verify in (
                journal.verify,
                document_chain.verify,
                number_check.verify,
                received_invoices.verify,
                evidence_check.verify,
            ):
                findings += verify(connection)
    except DatabaseBusy:
        raise
    except (DatabaseProblem, SQLAlchemyError, ValueError, TypeError):
        # damage deep in a page shows as an error, or as text or a number that is none
        findings.append(_damage("read"))
    return findings


def _schema_findings(connection: Connection) -> list[Finding]:
    """Compare tables, indexes and triggers with those of a new shop: one could have been dropped."""
    from shopdesk.store.schema import definitions, definitions_of_a_new_shop

    found, wanted = definitions(connection), definitions_of_a_new_shop()
    text = N_("“{name}” was changed or removed from the database. Please restore the last backup.")
    return [
        Finding(
            "table-missing" if kind == "table" and (kind, name) not in found else "schema-changed",
            Message(text, {"name": name}),
        )
        for kind, name in sorted(wanted)
        if found.get((kind, name)) != wanted[kind, name]
    ]


def back_up(database: Database, target: Path, made_at: dt.datetime, program_version: str) -> Manifest:
    """Write a backup, read it back, check it, and only then give it its name; an older file there is replaced.

    Raises DatabaseDamaged when the shop itself does not pass `check`, DatabaseFull, DatabaseUnreachable.
    """
    # beside the shop and not beside the backup, which may lie in a cloud folder
    copy = database.path.with_name(f".{database.path.name}.{uuid.uuid4().hex}.copy")
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    with _naming_faults(target):
        try:
            copy_live(database.path, copy)
            manifest = _describe(copy, database.path, made_at, program_version)
            _pack(copy, manifest, draft)
            if _unpack(draft, copy) != manifest:
                raise DatabaseUnreachable(target)
            replace(draft, target)
        finally:
            _remove(copy)
            draft.unlink(missing_ok=True)
    return manifest


def verify_backup(source: Path) -> Manifest:
    """Unpack a backup into a temporary folder, compare its sums, check the database in it.

    Raises BackupRefused.
    """
    with tempfile.TemporaryDirectory() as folder, _naming_faults(source):
        return _unpack(source, Path(folder) / _DATABASE)


def restore(source: Path, target: Path, *, replace_existing: bool = False) -> Path | None:
    """Put the shop of a backup at `target`; returns where the shop that was there is kept.

    Raises BackupRefused, TargetNotEmpty unless `replace_existing`, FolderNotAllowed, DatabaseBusy when it
    is in use. An older backup is upgraded when it is opened next.
    """
    refuse_shared_folder(target)
    if target.exists() and not replace_existing:
        raise TargetNotEmpty(target)
    spare = target.with_name(f".{target.name}.{uuid.uuid4().hex}.back")
    with _naming_faults(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _unpack(source, spare)
            sync_file(spare)
            if not target.exists():
                if not put_in_place(spare, target):
                    raise TargetNotEmpty(target)
                return None
            return _exchange(spare, target)
        finally:
            _remove(spare)


def _describe(copy: Path, path: Path, made_at: dt.datetime, program_version: str) -> Manifest:
    with Database(copy) as database:
        if check(database):
            raise DatabaseDamaged(path)
        with database.reading() as connection:
            issued = "SELECT count(*) FROM document WHERE state = 'issued'"
            documents = int(connection.exec_driver_sql(issued).scalar_one())
            schema = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return Manifest(
        format=_FORMAT,
        made_at=made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        program_version=program_version,
        schema=schema,
        documents=documents,
        size=copy.stat().st_size,
        sha256=_sum_of(copy),
    )


def _pack(copy: Path, manifest: Manifest, draft: Path) -> None:
    with zipfile.ZipFile(draft, "w") as archive:
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
        archive.write(copy, _DATABASE)
    sync_file(draft)


def _unpack(source: Path, target: Path) -> Manifest:
    """Write the backup's database to `target` when all sums and checks agree, else raise BackupRefused."""
    try:
        with zipfile.ZipFile(source) as archive:
            if sorted(archive.namelist()) != [_MANIFEST, _DATABASE]:
                raise BackupRefused(source)
            manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
            if archive.getinfo(_DATABASE).file_size != manifest.size or manifest.format != _FORMAT:
                raise BackupRefused(source)
            with archive.open(_DATABASE) as packed, target.open("wb") as file:
                while chunk := packed.read(_CHUNK):
                    file.write(chunk)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, TypeError, KeyError, EOFError) as error:
        raise BackupRefused(source) from error
    except (NotImplementedError, RuntimeError, zlib.error) as error:
        # a flipped bit can name a method or an encryption that zipfile lacks
        raise BackupRefused(source) from error
    _verify_unpacked(source, target, manifest)
    return manifest


def _verify_unpacked(source: Path, target: Path, manifest: Manifest) -> None:
    if _sum_of(target) != manifest.sha256:
        raise BackupRefused(source)
    try:
        schema = examine(target)
    except DatabaseProblem as problem:
        raise BackupRefused(source) from problem
    if schema != manifest.schema:
        raise BackupRefused(source)
    connection = driver.connect(f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise BackupRefused(source)
    finally:
        connection.close()


def _exchange(spare: Path, target: Path) -> Path:
    _settle(target)
    kept = keep_under(target, f"{target.name}.before-restore")
    replace(spare, target)
    return kept


def _settle(target: Path) -> None:
    """See that nobody has the shop open and its -wal is written back; a damaged one is kept as it is."""
    try:
        connect(target, busy_seconds=0.5).close()
    except DatabaseBusy:
        raise
    except DatabaseProblem:
        # what cannot be opened can be in nobody's hands; its -wal must not be played into the restored file
        _set_aside(target)
    if target.with_name(target.name + "-wal").exists():
        raise DatabaseBusy(target)


def _set_aside(target: Path) -> None:
    for suffix in ("-wal", "-shm"):
        part = target.with_name(target.name + suffix)
        if part.exists():
            replace(part, target.with_name(f"{target.name}.damaged{suffix}"))


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damage(where: str) -> Finding:
    text = N_("The database is damaged ({where}). Please restore the last backup.")
    return Finding("database-damaged", Message(text, {"where": where}))


@contextmanager
def _naming_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise (DatabaseFull if error.errno == _NO_SPACE else DatabaseUnreachable)(path) from error


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
