"""Whether goods are still here: of some papers, of a customer, of the order that a bill is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlalchemy import exists as sql_exists

from shopdesk.domain.documents import Document
from shopdesk.store import customer_merges, references, shipments
from shopdesk.store.tables import document, shipment_demand


def of_papers(connection: Connection, ids: Collection[int]) -> bool:
    """Whether goods of these papers are still to leave."""
    table = shipment_demand
    waiting = table.c.document_id.in_(tuple(ids)) & (table.c.is_open == 1)
    return bool(connection.scalar(select(sql_exists().where(waiting))))


def of_customer(connection: Connection, customer_id: int) -> bool:
    """Whether goods of any paper of this customer are, also of those that were merged into him."""
    everyone = customer_merges.everyone(connection, customer_id)
    waiting = (
        select(shipment_demand.c.document_id)
        .join(document, document.c.id == shipment_demand.c.document_id)
        .where(shipment_demand.c.is_open == 1, document.c.customer_id.in_(everyone))
    )
    return connection.execute(waiting.limit(1)).first() is not None


def planned(connection: Connection, issued: Document) -> tuple[bool, dt.date | None]:
    """Whether goods of this paper's story are still here, and the first day for which they were planned.

    They stay on the list until they have left. Another day in the past than the planned one was entered by somebody:
    what was handed over on it is gone, where nothing of the story left otherwise.
    """
    ids = references.connected(connection, issued.id or 0)
    table = shipment_demand
    waiting = table.c.document_id.in_(ids) & (table.c.is_open == 1) & (table.c.document_id != issued.id)
    days = tuple(connection.scalars(select(table.c.delivery_date).where(waiting)))
    if not days:
        return False, None
    found = sorted(dt.date.fromisoformat(each) for each in days if each)
    said = issued.delivery_date in (None, *found)
    has_left = any(not each.is_in_the_house for each in shipments.of_documents(connection, ids))
    return said or has_left, next(iter(found), None)
