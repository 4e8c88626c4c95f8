"""Which imports there were and what each brought in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, insert, null, select, update

from shopdesk.store import bulk, moments
from shopdesk.store.tables import article, customer, import_row, import_run, old_invoice


@dataclass(frozen=True, slots=True)
class Brought:
    """One row that an import wrote: what it was before, as JSON, and its version afterwards."""

    subject: str
    subject_id: int
    action: str
    version: int = 1
    before: str = ""


def begin(
    connection: Connection,
    kind: str,
    file_name: str,
    sha256: str,
    counts: Mapping[str, int],
    at: dt.datetime,
) -> int:
    """Note an import and give its id."""
    values: dict[str, Any] = {
        "at": moments.to_text(at),
        "file_name": file_name,
        "sha256": sha256,
        "kind": kind,
        **counts,
    }
    return int(connection.execute(insert(import_run).values(values)).inserted_primary_key[0])  # type: ignore[index]


def note(connection: Connection, import_id: int, brought: Sequence[Brought]) -> None:
    """Note what it wrote."""
    bulk.insert_rows(
        connection,
        import_row,
        [
            {
                "import_id": import_id,
                "subject": one.subject,
                "subject_id": one.subject_id,
                "action": one.action,
                "version": one.version,
                "before": one.before,
            }
            for one in brought
        ],
    )


def brought(connection: Connection, import_id: int) -> list[Brought]:
    """Everything it wrote, the last first."""
    statement = select(import_row).where(import_row.c.import_id == import_id)
    rows = connection.execute(statement.order_by(import_row.c.id.desc()))
    return [Brought(row.subject, row.subject_id, row.action, row.version, row.before) for row in rows]


def follow(connection: Connection, subject: str, subject_id: int, version: int, now: int) -> None:
    """What an import wrote is again as it was in `version`, and is called `now`."""
    is_it = (import_row.c.subject == subject) & (import_row.c.subject_id == subject_id)
    connection.execute(update(import_row).where(is_it, import_row.c.version == version).values(version=now))


def is_undone(connection: Connection, import_id: int) -> bool:
    """Whether it was taken back already."""
    statement = select(import_run.c.undone_at).where(import_run.c.id == import_id)
    return connection.scalar(statement) is not None


def end(connection: Connection, import_id: int, at: dt.datetime) -> None:
    """It was taken back: what it kept of the rows before is not needed any more."""
    connection.execute(update(import_row).where(import_row.c.import_id == import_id).values(before=""))
    connection.execute(
        update(import_run)
        .where(import_run.c.id == import_id)
        .values(undone_at=moments.to_text(at), version=import_run.c.version + 1)
    )


def seen(connection: Connection) -> str:
    """What customers, articles and old invoices there are, in which version: equal as long as nobody changed one."""
    parts: list[str] = []
    for table in (customer, article, old_invoice):
        figures = (
            func.count(),
            func.max(table.c.id),
            func.sum(_or_none(table, "version")),
            func.count(_or_none(table, "deleted_at")),
            func.max(_or_none(table, "updated_at")),
        )
        parts += map(str, connection.execute(select(*figures).select_from(table)).one())
    return " ".join(parts)


def _or_none(table: Table, name: str) -> Any:
    return table.c[name] if name in table.c else null()
