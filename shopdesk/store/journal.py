"""The journal: who did what, when, with old and new values. Append-only, each row chained to the one before (GoBD)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from shopdesk.domain.messages import N_, Message
from shopdesk.store.hashing import canonical, chained, format_of
from shopdesk.store.problems import Finding
from shopdesk.store.tables import journal

_FORMAT = 1
_COLUMNS: Mapping[int, tuple[str, ...]] = {
    1: (
        "id",
        "at",
        "zone",
        "who",
        "program_version",
        "action",
        "subject",
        "subject_id",
        "old",
        "new",
    ),
}

_LAST = select(journal.c.id, journal.c.hash).order_by(journal.c.id.desc()).limit(1)
_APPEND = insert(journal)


def append(  # noqa: PLR0913, PLR0917 - one argument per column
    connection: Connection,
    action: str,
    table: str,
    row_id: int | str,
    old: Mapping[str, object] | None,
    new: Mapping[str, object] | None,
    at: dt.datetime,
    who: str,
    program_version: str,
    zone: str = "UTC",
) -> int:
    """Write one row at the end and return its id; `connection` comes from `Database.writing()`.

    `at` is an aware moment, stored in UTC; `zone` names where the desk stands. Values become JSON, what JSON does
    not know becomes text. A naive moment is refused (ValueError).
    """
    if at.tzinfo is None:
        raise ValueError("the journal needs an aware moment")
    last = connection.execute(_LAST).first()
    row: dict[str, object] = {
        "id": last.id + 1 if last else 1,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "zone": zone,
        "who": who,
        "program_version": program_version,
        "action": action,
        "subject": table,
        "subject_id": str(row_id),
        "old": _json(old),
        "new": _json(new),
        "previous_hash": last.hash if last else "",
    }
    row["hash"] = row_hash(row, _FORMAT)
    connection.execute(_APPEND, row)
    return int(str(row["id"]))


def row_hash(row: Mapping[str, object], number_of_format: int = _FORMAT) -> str:
    """Hash every column of a journal row and the hash before it."""
    content = canonical(row, _COLUMNS[number_of_format])
    return chained(number_of_format, str(row["previous_hash"]), [content])


def verify(connection: Connection) -> list[Finding]:
    """Follow the chain from the first row to the last and say where it breaks."""
    findings: list[Finding] = []
    previous, expected = "", 1
    statement = select(journal).order_by(journal.c.id)
    rows = connection.execute(statement, execution_options={"yield_per": 500}).mappings()
    for row in map(dict, rows):
        if row["id"] != expected or row["previous_hash"] != previous or not _is_intact(row):
            findings.append(_broken(row["id"]))
        previous, expected = row["hash"], row["id"] + 1
    return findings


def _is_intact(row: Mapping[str, object]) -> bool:
    number = format_of(str(row["hash"]))
    return number in _COLUMNS and row["hash"] == row_hash(row, number)


def _broken(row_id: int) -> Finding:
    text = N_(
        "Journal entry {entry} was changed, or the one before it is missing. Please restore the last backup."
    )
    return Finding("journal-broken", Message(text, {"entry": row_id}))


def _json(values: Mapping[str, object] | None) -> str:
    if values is None:
        return ""
    return json.dumps(dict(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
