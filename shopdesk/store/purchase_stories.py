"""What became of the customer's paper behind a purchase order, in SQL that both drivers read."""

from __future__ import annotations

_STORY = """
    SELECT o.document_id FROM shipment_demand s JOIN shipment_demand o ON o.root_id = s.root_id
    WHERE s.document_id = purchase_order.document_id
"""
_ORDERS = "'order_confirmation', 'deposit_invoice', 'invoice', 'final_invoice'"
_OPEN = "EXISTS (SELECT 1 FROM shipment_demand d WHERE d.document_id IN story AND d.is_open)"
# What left the shop since, or was announced as ready to be fetched, needs no other word; nor what is gone altogether
_KNOWN = f"""
    EXISTS (WITH story AS ({_STORY})
        SELECT 1 FROM shipment h WHERE h.document_id IN story AND h.deleted_at IS NULL
        AND (h.told_at >= purchase_order.arrived_at OR h.shipped_at >= purchase_order.arrived_at
             OR h.delivered_at >= purchase_order.arrived_at
             OR (coalesce(h.shipped_at, h.delivered_at) IS NOT NULL AND NOT {_OPEN})))
"""  # noqa: S608 - our own words
# Every paper of the story was cancelled or credited before anything left, and none is drafted anew. CROSS JOIN and the
# named index keep the order of reading: the planner would rather read all cancellations of the shop for each order
_UNWANTED = f"""
    EXISTS (WITH story AS ({_STORY}), later AS (
            SELECT c.id, c.kind FROM story CROSS JOIN document_reference r ON r.referred_id = story.document_id
            CROSS JOIN document c ON c.id = r.document_id WHERE c.state = 'issued')
        SELECT 1 FROM later WHERE later.kind IN ('cancellation', 'credit_note') AND NOT {_OPEN}
        AND NOT EXISTS (SELECT 1 FROM shipment_demand d WHERE d.document_id IN story AND d.settled_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM later AS note WHERE note.kind = 'delivery_note')
        AND NOT EXISTS (SELECT 1 FROM shipment h WHERE h.document_id IN story AND h.deleted_at IS NULL
                        AND coalesce(h.shipped_at, h.delivered_at) IS NOT NULL)
        AND NOT EXISTS (
            SELECT 1 FROM (SELECT document_id AS id FROM story UNION SELECT id FROM later) AS before
            CROSS JOIN document n INDEXED BY ix_document_follows_id ON n.follows_id = before.id
            WHERE n.state = 'draft' AND n.kind IN ({_ORDERS})))
"""  # noqa: S608


def known(order: str) -> str:
    """The customer knows that the goods are there, or has them; `order` is what the statement calls the order."""
    return _KNOWN.replace("purchase_order.", f"{order}.")


def unwanted(order: str) -> str:
    """The customer cancelled what was ordered for him."""
    return _UNWANTED.replace("purchase_order.", f"{order}.")
