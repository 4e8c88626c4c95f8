"""What a supplier brings straight to the customer has left the house as soon as its goods are in (PRODUCT.md, S39)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.promises import Promise, PromiseState
from shopdesk.domain.purchase_orders import DeliverTo, PurchaseOrder
from shopdesk.domain.shipments import Shipment, ShipmentLine, ShipmentState
from shopdesk.usecases import purchase_promises

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def follow(connection: Connection, shop: Shop, order: PurchaseOrder) -> None:
    """Keep the delivery that stands for what came of an order straight to the customer; of another order none."""
    from shopdesk.store import documents, packing, shipments

    if order.document_id is None or order.customer_id is None:
        return
    known = _delivery(connection, order)
    document = documents.load(connection, order.document_id)
    lines = tuple(
        ShipmentLine(each.source_position, line.text, each.arrived, line.unit, line.article_code, line.weight_grams)
        for each in order.lines
        if order.deliver_to == DeliverTo.CUSTOMER and each.arrived > 0 and each.source_position is not None
        and each.source_position < len(document.lines)
        for line in (document.lines[each.source_position],)
    )  # fmt: skip
    if known is None and not lines:
        return
    now = shop.clock.now()
    if known is None:
        fresh = Shipment(
            order.customer_id, order.document_id, state=ShipmentState.DELIVERED, lines=lines, delivered_at=now,
            note=order.number,
        )  # fmt: skip
        shipments.create(connection, fresh, now)
    elif lines:
        shipments.save(connection, replace(known, lines=lines))
    else:
        shipments.set_deleted(connection, known.id or 0, known.version, now)
    packing.refresh(connection, order.document_id)


def _delivery(connection: Connection, order: PurchaseOrder) -> Shipment | None:
    """The delivery that names the order; its note is the order's number."""
    from shopdesk.store import shipments

    found = shipments.of_documents(connection, (order.document_id or 0,))
    return next(
        (one for one in found if order.number and one.note == order.number and one.delivered_at), None
    )


def keep_promise(connection: Connection, shop: Shop, order: PurchaseOrder) -> tuple[Promise, ...]:
    """What was promised about goods that went straight to the customer is kept when nothing is left to ship.

    Gives the promise as it was before.
    """
    from shopdesk.store import documents, packing, promises

    if order.document_id is None or order.deliver_to != DeliverTo.CUSTOMER:
        return ()
    left = packing.lines_of(connection, purchase_promises.story(connection, order.document_id))
    if any(line.left for lines in left.values() for line in lines):
        return ()
    found = purchase_promises.promise_of(connection, documents.load(connection, order.document_id))
    if found is None:
        return ()
    promises.save(connection, replace(found, state=PromiseState.KEPT, settled_at=shop.clock.now()))
    return (found,)


def promise_again(shop: Shop, kept: tuple[Promise, ...]) -> None:
    """As it was before it was kept; raises ChangedElsewhere."""
    from shopdesk.store import promises

    with shop.writing() as connection:
        for each in kept:
            promises.save(connection, replace(each, version=each.version + 1))
