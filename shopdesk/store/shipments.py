"""Shipments in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.shipments import Parcel, Shipment, ShipmentKind, ShipmentLine, ShipmentState
from shopdesk.store import customer_merges, moments, pages, written_names
from shopdesk.store.tables import customer, document, shipment, shipment_line, shipment_parcel

_TRACES = 12
"""Shipments of a customer that are shown at once."""


def create(connection: Connection, value: Shipment, now: dt.datetime) -> int:
    """Store a new shipment with lines and parcels and give its id."""
    columns = _columns(value) | {
        "customer_id": customer_merges.meant(connection, value.customer_id),
        "created_at": moments.to_text(value.created_at or now),
    }
    row_id = int(connection.execute(insert(shipment).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    _write_parts(connection, row_id, value)
    return row_id


def save(connection: Connection, value: Shipment) -> None:
    """Store a changed shipment with lines and parcels; raises ChangedElsewhere."""
    assert value.id is not None
    statement = (
        update(shipment)
        .where(shipment.c.id == value.id, shipment.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.document_number or str(value.id))
    for table in (shipment_line, shipment_parcel):
        connection.execute(delete(table).where(table.c.shipment_id == value.id))
    _write_parts(connection, value.id, value)


def set_deleted(connection: Connection, shipment_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a shipment away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, shipment, shipment_id, version, at)


def load(connection: Connection, shipment_id: int) -> Shipment:
    """One shipment; raises NotFound."""
    found = _read(connection, _rows().where(shipment.c.id == shipment_id))
    if not found:
        raise NotFound(str(shipment_id))
    return found[0]


def of_documents(connection: Connection, ids: Collection[int]) -> tuple[Shipment, ...]:
    """All that took or will take goods of these papers out of the house, the oldest first."""
    condition = shipment.c.document_id.in_(tuple(ids))
    return _read(
        connection, _rows().where(condition, shipment.c.deleted_at.is_(None)).order_by(shipment.c.id)
    )


def of_customer(connection: Connection, customer_id: int, limit: int = _TRACES) -> tuple[Shipment, ...]:
    """The last shipments of a customer, the newest first."""
    everyone = customer_merges.everyone(connection, customer_id)
    statement = _rows().where(shipment.c.customer_id.in_(everyone), shipment.c.deleted_at.is_(None))
    return _read(connection, statement.order_by(shipment.c.id.desc()).limit(limit))


def notes_of(connection: Connection, ids: Collection[int]) -> frozenset[int | None]:
    """The delivery notes that belong to a shipment of these papers, also to one that was taken back."""
    statement = select(shipment.c.delivery_note_id).where(shipment.c.document_id.in_(tuple(ids)))
    return frozenset(connection.scalars(statement))


def with_number(connection: Connection, tracking_number: str, limit: int = 5) -> tuple[Shipment, ...]:
    """Those that one of whose parcels has this number, the newest first."""
    numbered = select(shipment_parcel.c.shipment_id).where(
        shipment_parcel.c.tracking_number == tracking_number
    )
    statement = _rows().where(shipment.c.id.in_(numbered), shipment.c.deleted_at.is_(None))
    return _read(connection, statement.order_by(shipment.c.id.desc()).limit(limit))


def shipped(
    connection: Connection, words: str, cursor: pages.Cursor | None, limit: int
) -> tuple[Shipment, ...]:
    """What has left, the newest first; each word is a part of customer, number of the paper or tracking number."""
    left = func.coalesce(shipment.c.shipped_at, shipment.c.delivered_at)
    statement = _rows().where(left.is_not(None), shipment.c.deleted_at.is_(None))
    for word in words.split():
        numbered = select(shipment_parcel.c.shipment_id).where(
            shipment_parcel.c.tracking_number.contains(word, autoescape=True)
        )
        named = written_names.holds(document.c.recipient, word)
        papers = document.c.number.contains(word, autoescape=True)
        statement = statement.where(named | papers | shipment.c.id.in_(numbered))
    if cursor is not None:
        statement = statement.where(shipment.c.id < cursor[1])
    return _read(connection, statement.order_by(shipment.c.id.desc()).limit(limit))


def any_left(connection: Connection) -> bool:
    """Whether the shop ships with shopdesk at all."""
    return connection.scalar(select(shipment.c.id).limit(1)) is not None


def _rows() -> Select[Any]:
    return (
        select(shipment, document.c.number, document.c.recipient)
        .join(document, document.c.id == shipment.c.document_id)
        .outerjoin(customer, customer.c.id == shipment.c.customer_id)
    )


def _columns(value: Shipment) -> dict[str, Any]:
    return {
        "document_id": value.document_id,
        "delivery_note_id": value.delivery_note_id,
        "kind": value.kind.value,
        "state": value.state.value,
        "carrier": value.carrier,
        "planned_for": value.planned_for.isoformat() if value.planned_for else None,
        "promised": value.promised.isoformat() if value.promised else None,
        "packed_at": _text(value.packed_at),
        "shipped_at": _text(value.shipped_at),
        "delivered_at": _text(value.delivered_at),
        "told_at": _text(value.told_at),
        "note": value.note,
        "entry_id": value.entry_id,
    }


def _text(moment: dt.datetime | None) -> str | None:
    return moments.to_text(moment) if moment else None


def _write_parts(connection: Connection, row_id: int, value: Shipment) -> None:
    lines = [
        {
            "shipment_id": row_id,
            "position": position,
            "source_position": line.source_position,
            "text": line.text,
            "article_code": line.article_code,
            "quantity": str(line.quantity),
            "unit": line.unit,
            "weight_grams": line.weight_grams,
        }
        for position, line in enumerate(value.lines)
    ]
    parcels = [
        {
            "shipment_id": row_id,
            "position": position,
            "tracking_number": parcel.tracking_number,
            "carrier": parcel.carrier,
            "weight_grams": parcel.weight_grams,
        }
        for position, parcel in enumerate(value.parcels)
    ]
    if lines:
        connection.execute(insert(shipment_line), lines)
    if parcels:
        connection.execute(insert(shipment_parcel), parcels)


def _read(connection: Connection, statement: Select[Any]) -> tuple[Shipment, ...]:
    rows = connection.execute(statement).all()
    ids = [row.id for row in rows]
    lines = _parts(connection, shipment_line, ids)
    parcels = _parts(connection, shipment_parcel, ids)
    return tuple(_shipment(row, lines.get(row.id, ()), parcels.get(row.id, ())) for row in rows)


def _parts(connection: Connection, table: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if ids:
        statement = select(table).where(table.c.shipment_id.in_(ids))
        for row in connection.execute(statement.order_by(table.c.shipment_id, table.c.position)):
            found.setdefault(row.shipment_id, []).append(row)
    return found


def _shipment(row: Any, lines: Iterable[Any], parcels: Iterable[Any]) -> Shipment:
    return Shipment(
        id=row.id,
        version=row.version,
        customer_id=row.customer_id,
        document_id=row.document_id,
        delivery_note_id=row.delivery_note_id,
        kind=ShipmentKind(row.kind),
        state=ShipmentState(row.state),
        carrier=row.carrier,
        planned_for=dt.date.fromisoformat(row.planned_for) if row.planned_for else None,
        promised=dt.date.fromisoformat(row.promised) if row.promised else None,
        packed_at=_moment(row.packed_at),
        shipped_at=_moment(row.shipped_at),
        delivered_at=_moment(row.delivered_at),
        told_at=_moment(row.told_at),
        note=row.note,
        entry_id=row.entry_id,
        created_at=_moment(row.created_at),
        customer_name=row.recipient,
        document_number=row.number or "",
        lines=tuple(
            ShipmentLine(
                each.source_position, each.text, Decimal(each.quantity), each.unit, each.article_code,
                each.weight_grams,
            )
            for each in lines
        ),
        parcels=tuple(Parcel(each.tracking_number, each.carrier, each.weight_grams) for each in parcels),
    )  # fmt: skip


def _moment(text: str | None) -> dt.datetime | None:
    return moments.from_text(text) if text else None
