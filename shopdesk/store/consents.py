"""What customers allowed, in the database: proof, so nothing of it is ever overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.store import moments
from shopdesk.store.tables import consent, consent_use

_CHUNK = 500


def add(connection: Connection, value: Consent, now: dt.datetime) -> Consent:
    """Store an answer and give it back with its id."""
    columns = {
        "customer_id": value.customer_id,
        "channel": value.channel.value,
        "purpose": value.purpose.value,
        "text": value.text,
        "given_on": _text(value.given_on),
        "source": value.source,
        "who": value.who,
        "noted_at": moments.to_text(now),
        "withdrawn_on": _text(value.withdrawn_on),
        "withdrawn_source": value.withdrawn_source,
    }
    key = connection.execute(insert(consent).values(columns)).inserted_primary_key
    return replace(value, id=int(key[0]), version=1)  # type: ignore[index]


def of_customer(connection: Connection, customer_id: int) -> tuple[Consent, ...]:
    """All answers of a customer, oldest first; those noted by mistake are left out."""
    statement = select(consent).where(consent.c.customer_id == customer_id, consent.c.deleted_at.is_(None))
    return tuple(_consent(row) for row in connection.execute(statement.order_by(consent.c.id)))


def set_withdrawn(connection: Connection, value: Consent, day: dt.date | None, source: str) -> Consent:
    """Note a withdrawal, or take it back with None; raises ChangedElsewhere."""
    _update(connection, value, {"withdrawn_on": _text(day), "withdrawn_source": source})
    return replace(value, withdrawn_on=day, withdrawn_source=source, version=value.version + 1)


def set_deleted(connection: Connection, value: Consent, at: dt.datetime | None) -> Consent:
    """Noted by mistake, or not after all; the row stays. Raises ChangedElsewhere."""
    _update(connection, value, {"deleted_at": moments.to_text(at) if at else None})
    return replace(value, version=value.version + 1)


def of_customers(connection: Connection, customer_ids: Sequence[int]) -> tuple[Consent, ...]:
    """All answers of these customers, oldest first; those noted by mistake are left out."""
    found: list[Consent] = []
    for first in range(0, len(customer_ids), _CHUNK):
        chosen = consent.c.customer_id.in_(customer_ids[first : first + _CHUNK])
        statement = select(consent).where(chosen, consent.c.deleted_at.is_(None)).order_by(consent.c.id)
        found += map(_consent, connection.execute(statement))
    return tuple(found)


def add_uses(connection: Connection, values: Sequence[Consent], at: dt.datetime, what: str, who: str) -> None:
    """Note that each of these consents was made use of now; `what` says with which letter, mail or call."""
    columns: dict[str, Any] = {"at": moments.to_text(at), "what": what, "who": who}
    rows = [columns | {"consent_id": each.id, "channel": each.channel.value} for each in values]
    if rows:
        connection.execute(insert(consent_use), rows)


def last_uses(connection: Connection, customer_id: int) -> dict[int, dt.datetime]:
    """When each consent of a customer was made use of last, by its id; the unused are left out."""
    statement = (
        select(consent_use.c.consent_id, func.max(consent_use.c.at))
        .join(consent, consent.c.id == consent_use.c.consent_id)
        .where(consent.c.customer_id == customer_id)
        .group_by(consent_use.c.consent_id)
    )
    return {consent_id: moments.from_text(at) for consent_id, at in connection.execute(statement)}


def _update(connection: Connection, value: Consent, columns: dict[str, Any]) -> None:
    statement = update(consent).where(consent.c.id == value.id, consent.c.version == value.version)
    if connection.execute(statement.values(columns | {"version": value.version + 1})).rowcount != 1:
        raise ChangedElsewhere(value.text)


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        row.customer_id,
        Channel(row.channel),
        Purpose(row.purpose),
        row.text,
        _day(row.given_on),
        row.source,
        row.who,
        _day(row.withdrawn_on),
        row.withdrawn_source,
        row.id,
        row.version,
    )
