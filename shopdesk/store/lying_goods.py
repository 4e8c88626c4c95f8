"""Shipments that lie planned or packed, found by the paper that wants their goods now."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, text

from shopdesk.domain.documents import Document
from shopdesk.domain.lying_goods import Wanting
from shopdesk.domain.shipments import Shipment
from shopdesk.store import shipments

BELONGS = """
    h.document_id IN (
        SELECT o.document_id FROM shipment_demand o WHERE o.root_id = s.root_id AND (
            o.document_id = s.document_id OR (o.is_open = 0 AND o.settled_at IS NULL AND s.is_open = 1)))
    AND h.deleted_at IS NULL
"""
"""Shipment h is of the paper s, or of one of the same story that wants nothing any more: it was billed since.

Ask for its state as `+h.state`: the planner would rather read all that lies here for each paper.
"""
_LYING = f"""
    SELECT s.document_id AS paper, h.document_id AS packed_under, h.id AS shipment_id
    FROM shipment_demand s JOIN shipment h ON {BELONGS} AND +h.state IN ('planned', 'packed')
    WHERE s.document_id IN (SELECT value FROM json_each(:ids))
    ORDER BY s.document_id, h.document_id <> s.document_id, h.id
"""  # noqa: S608 - our own words
# A delivery note that belongs to a shipment is counted by it
_DOUBTFUL = """
    SELECT s.document_id FROM shipment_demand s
    WHERE s.document_id IN (SELECT value FROM json_each(:ids)) AND (
        NOT EXISTS (SELECT 1 FROM shipment_demand o WHERE o.root_id = s.root_id AND o.is_open = 1)
        OR EXISTS (
            SELECT 1 FROM shipment_demand o JOIN document_reference r ON r.referred_id = o.document_id
            JOIN document c ON c.id = r.document_id
            WHERE o.root_id = s.root_id AND c.state = 'issued' AND (c.kind = 'credit_note' OR (
                c.kind = 'delivery_note' AND NOT EXISTS (SELECT 1 FROM shipment n WHERE n.delivery_note_id = c.id)))))
"""


def doubtful(connection: Connection, document_ids: Collection[int]) -> frozenset[int]:
    """Those papers whose goods may not all be wanted any more: cancelled, credited, or gone in another way."""
    return frozenset(connection.scalars(text(_DOUBTFUL), {"ids": json.dumps(list(document_ids))}))


def of_papers(connection: Connection, document_ids: Collection[int]) -> dict[int, tuple[Shipment, ...]]:
    """Paper → what lies in the house of it, its own shipments first; papers with nothing are left out."""
    rows = connection.execute(text(_LYING), {"ids": json.dumps(list(document_ids))}).all()
    loaded = shipments.of_documents(connection, {row.packed_under for row in rows})
    by_id = {each.id: each for each in loaded}
    found: dict[int, tuple[Shipment, ...]] = {}
    for row in rows:
        found[row.paper] = (*found.get(row.paper, ()), by_id[row.shipment_id])
    return found


def packed_from(connection: Connection, lying: Collection[Shipment]) -> dict[int, Document]:
    """The papers that these shipments were packed from."""
    from shopdesk.store import documents

    return {each: documents.load(connection, each) for each in {value.document_id for value in lying}}


def wanting(connection: Connection, document_id: int, lying: Collection[Shipment]) -> Wanting:
    """A paper with what is left of it, beside what lies here."""
    from shopdesk.store import packing

    left, _ = packing.story_of(connection, document_id)
    return Wanting(document_id, left, packed_from(connection, lying))


def of_paper(connection: Connection, document_id: int) -> tuple[Shipment, ...]:
    """What lies in the house of one paper, its own shipments first."""
    return of_papers(connection, (document_id,)).get(document_id, ())
