"""What is known of those who come to fetch something, and what was handed out."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from shopdesk.domain.shipments import Shipment, ShipmentKind, ShipmentState
from shopdesk.store import lying_goods, shipments, written_names
from shopdesk.store.tables import contact_person, customer, customer_phone, document, shipment


def phones(connection: Connection, customer_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Customer → numbers as they are shown, the first one first."""
    found: dict[int, tuple[str, ...]] = {}
    statement = select(customer_phone.c.customer_id, customer_phone.c.number).where(
        customer_phone.c.customer_id.in_(tuple(customer_ids))
    )
    for row in connection.execute(
        statement.order_by(customer_phone.c.customer_id, customer_phone.c.position)
    ):
        found[row.customer_id] = (*found.get(row.customer_id, ()), row.number)
    return found


def names(connection: Connection, customer_ids: Collection[int]) -> dict[int, str]:
    """Customer → what he is called besides the name on the paper: person, contacts, customer number."""
    ids = tuple(customer_ids)
    own = select(
        customer.c.id, customer.c.company, customer.c.given_name, customer.c.family_name, customer.c.number
    ).where(customer.c.id.in_(ids))
    found = {row[0]: " ".join(part for part in row[1:] if part) for row in connection.execute(own)}
    others = select(contact_person.c.customer_id, contact_person.c.given_name, contact_person.c.family_name)
    for row in connection.execute(others.where(contact_person.c.customer_id.in_(ids))):
        found[row[0]] = f"{found.get(row[0], '')} {row[1]} {row[2]}"
    return found


def lying(connection: Connection, document_ids: Collection[int]) -> dict[int, Shipment]:
    """Paper → what lies ready of it to be fetched."""
    return {
        paper: each
        for paper, here in lying_goods.of_papers(connection, document_ids).items()
        for each in reversed(here)
        if each.kind == ShipmentKind.PICK_UP
    }


def handed_out(connection: Connection, words: str, after: int | None, limit: int) -> tuple[Shipment, ...]:
    """What was fetched, the newest first; each word is a part of the customer's name or the paper's number."""
    statement = (
        select(shipment.c.id)
        .join(document, document.c.id == shipment.c.document_id)
        .where(
            shipment.c.kind == ShipmentKind.PICK_UP.value,
            shipment.c.state == ShipmentState.HANDED_OUT.value,
            shipment.c.deleted_at.is_(None),
        )
    )
    for word in words.split():
        named = written_names.holds(document.c.recipient, word)
        statement = statement.where(named | document.c.number.contains(word, autoescape=True))
    if after is not None:
        statement = statement.where(shipment.c.id < after)
    ids = connection.scalars(statement.order_by(shipment.c.id.desc()).limit(limit)).all()
    return tuple(shipments.load(connection, each) for each in ids)
