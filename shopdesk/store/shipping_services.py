"""The shop's own rows of the table of shipping services, and how things that are no articles were packed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, select, update

from shopdesk.domain.packed_texts import PackedText
from shopdesk.domain.plain import dumps, loads
from shopdesk.domain.shipping_services import Service
from shopdesk.store import moments
from shopdesk.store.tables import packed_text, shipping_service


def own_rows(connection: Connection) -> dict[str, Service | None]:
    """The shop's rows by code in the order they were made; None for one that was taken out of the table."""
    rows = connection.execute(select(shipping_service).order_by(shipping_service.c.id))
    return {row.code: None if row.deleted_at else loads(Service, row.content) for row in rows}


def put(connection: Connection, code: str, value: Service | None, now: dt.datetime) -> int:
    """Store a row of the shop, or with None take the row of this code out of the table; gives its id."""
    row = connection.execute(select(shipping_service).where(shipping_service.c.code == code)).one_or_none()
    deleted_at = None if value is not None else moments.to_text(now)
    if row is None:
        content = dumps(value) if value is not None else "{}"
        columns = {"code": code, "content": content, "deleted_at": deleted_at}
        return int(connection.execute(insert(shipping_service).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    changed: dict[str, object] = {"deleted_at": deleted_at, "version": row.version + 1}
    if value is not None:
        changed["content"] = dumps(value)
    connection.execute(update(shipping_service).where(shipping_service.c.id == row.id).values(changed))
    return int(row.id)


def forget(connection: Connection, code: str) -> None:
    """The shop has no row of this code any more: a published one is as it was published."""
    connection.execute(shipping_service.delete().where(shipping_service.c.code == code))


def packed_texts(connection: Connection, names: list[str]) -> dict[str, PackedText]:
    """What is remembered about things of these names."""
    rows = connection.execute(select(packed_text).where(packed_text.c.name.in_(names)))
    return {row.name: loads(PackedText, row.content) for row in rows}


def remember(connection: Connection, name: str, value: PackedText) -> int:
    """Keep how a thing of this name is packed; gives its id."""
    row = connection.execute(select(packed_text).where(packed_text.c.name == name)).one_or_none()
    if row is None:
        columns = {"name": name, "content": dumps(value)}
        return int(connection.execute(insert(packed_text).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    changed = {"content": dumps(value), "version": row.version + 1}
    connection.execute(update(packed_text).where(packed_text.c.id == row.id).values(changed))
    return int(row.id)
