"""Answers about VAT ids, and which bills they confirm. Answers are evidence: they are added, never changed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from shopdesk.domain.documents import Document
from shopdesk.domain.vat_id_checks import CheckResult, Checks, CheckService, VatIdAnswer, VatIdCheck
from shopdesk.store import moments
from shopdesk.store.tables import vat_confirmation, vat_id_check


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A bill without VAT to a business abroad; `check` is what confirms it, None while nothing does."""

    document_id: int
    vat_id: str
    wanted_on: dt.date
    reason: str = ""
    check: VatIdCheck | None = None


_OF_DAY = select(vat_id_check).where(vat_id_check.c.day == bindparam("its_day")).order_by(vat_id_check.c.id)


def add(connection: Connection, check: VatIdCheck) -> int:
    """Store an answer as it came."""
    answer = check.answer
    row = connection.execute(
        insert(vat_id_check).values(
            vat_id=check.vat_id,
            requester=check.requester,
            service=answer.service.value,
            at=moments.to_text(check.at),
            day=check.day.isoformat(),
            result=answer.result.value,
            reason=answer.reason,
            name=answer.name,
            address=answer.address,
            matches=json.dumps(dict(answer.matches)) if answer.matches else "",
            request_identifier=answer.request_identifier,
            raw=answer.raw,
        )
    )
    return int(row.inserted_primary_key[0])  # type: ignore[index]


def of_day(connection: Connection, day: dt.date) -> Checks:
    """What each VAT id asked on this day was told last; that nobody answered counts only where nothing else came."""
    found: dict[str, VatIdCheck] = {}
    for row in connection.execute(_OF_DAY, {"its_day": day.isoformat()}):
        check = _check(row)
        if check.answer.result != CheckResult.UNAVAILABLE or check.vat_id not in found:
            found[check.vat_id] = check
    return found


def want(connection: Connection, document: Document, vat_id: str, day: dt.date, check_id: int | None) -> None:
    """Note that this bill needs a confirmation, and the one it has."""
    connection.execute(
        insert(vat_confirmation).values(
            document_id=document.id,
            vat_id=vat_id,
            wanted_on=day.isoformat(),
            reason=document.vat_id_reason.strip(),
            check_id=check_id,
        )
    )


def confirm(connection: Connection, vat_id: str, check_id: int) -> tuple[int, ...]:
    """Put the check to every bill that waits for this id; gives their ids."""
    waiting = (vat_confirmation.c.vat_id == vat_id) & vat_confirmation.c.check_id.is_(None)
    ids = tuple(connection.scalars(select(vat_confirmation.c.document_id).where(waiting)))
    if ids:
        connection.execute(update(vat_confirmation).where(waiting).values(check_id=check_id))
    return ids


def waiting(connection: Connection) -> tuple[Confirmation, ...]:
    """The bills without a confirmation, the oldest first."""
    statement = (
        select(vat_confirmation)
        .where(vat_confirmation.c.check_id.is_(None))
        .order_by(vat_confirmation.c.document_id)
    )
    return tuple(_confirmation(row, None) for row in connection.execute(statement))


def of_document(connection: Connection, document_id: int) -> Confirmation | None:
    """What is known about a bill's confirmation; None where it needs none."""
    statement = select(vat_confirmation).where(vat_confirmation.c.document_id == document_id)
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    check = None
    if row.check_id is not None:
        by_id = select(vat_id_check).where(vat_id_check.c.id == row.check_id)
        check = _check(connection.execute(by_id).one())
    return _confirmation(row, check)


def _confirmation(row: Any, check: VatIdCheck | None) -> Confirmation:
    wanted_on = dt.date.fromisoformat(row.wanted_on)
    return Confirmation(row.document_id, row.vat_id, wanted_on, row.reason, check)


def _check(row: Any) -> VatIdCheck:
    answer = VatIdAnswer(
        CheckResult(row.result),
        CheckService(row.service),
        row.reason,
        row.name,
        row.address,
        json.loads(row.matches) if row.matches else {},
        row.request_identifier,
        row.raw,
    )
    return VatIdCheck(
        row.vat_id,
        row.requester,
        moments.from_text(row.at),
        dt.date.fromisoformat(row.day),
        answer,
        row.id,
    )
