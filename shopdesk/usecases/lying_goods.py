"""Goods laid ready to leave: in the shipment that lies here of their story already, or in a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.lying_goods import Wanting, is_whole, line_of, still_wanted
from shopdesk.domain.shipments import NothingToShip, Shipment, ShipmentLine, TooMuchShipped

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.unshipped import OpenLine
    from shopdesk.usecases.shop import Shop

Quantities = Mapping[int, Decimal]
"""Position of the line in the paper, from 0 → how many go into this shipment."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What laying did: `before` is None where a new shipment was made, `replaced` are those it stands for now."""

    before: Shipment | None
    after: Shipment
    replaced: tuple[Shipment, ...] = ()


def chosen(
    document: Document, open_lines: Sequence[OpenLine], quantities: Quantities | None
) -> tuple[ShipmentLine, ...]:
    """The lines of a shipment with these quantities; raises NothingToShip, TooMuchShipped."""
    found = []
    for each in open_lines:
        wanted = each.left if quantities is None else quantities.get(each.position, Decimal(0))
        if wanted > each.left:
            raise TooMuchShipped(each.line.text, f"{each.left.normalize():f}")
        if wanted > 0:
            found.append(line_of(each, wanted))
    if not found:
        raise NothingToShip(document.number)
    return tuple(found)


def lay(
    connection: Connection,
    shop: Shop,
    document_id: int,
    quantities: Quantities | None,
    change: Callable[[Shipment], Shipment],
    *,
    keep_noted: bool = False,
) -> Laid:
    """Goods of a paper in one shipment, `change` says how it lies; without quantities all that is left.

    A shipment whose delivery note says something else is replaced: its note was issued for other goods. With
    `keep_noted` its goods stay those of the note as long as they are wanted. Raises NothingToShip, TooMuchShipped.
    """
    from shopdesk.store import documents, lying_goods, shipments

    document = documents.load(connection, document_id)
    lying = lying_goods.of_paper(connection, document_id)
    wanting = lying_goods.wanting(connection, document_id, lying)
    if keep_noted and quantities is None:
        quantities = _noted(lying, wanting)
    lines = chosen(document, wanting.left, quantities)
    here = _here(lying, wanting, lines)
    now = shop.clock.now()
    replaced = _crowded_out(lying, here, wanting.without(lines))
    for each in replaced:
        shipments.set_deleted(connection, each.id or 0, each.version, now)
    base = here or Shipment(document.customer_id or 0, document_id)
    laid = change(replace(base, document_id=document_id, lines=lines))
    if here is None:
        row_id = shipments.create(connection, laid, now)
    else:
        row_id = here.id or 0
        shipments.save(connection, laid)
    return Laid(here, shipments.load(connection, row_id), replaced)


def _noted(lying: Sequence[Shipment], wanting: Wanting) -> dict[int, Decimal] | None:
    for each in lying:
        wanted = wanting.fitted(each)
        if each.delivery_note_id is not None and wanted and is_whole(each, wanted):
            return by_position(wanted)
    return None


def by_position(lines: Sequence[ShipmentLine]) -> dict[int, Decimal]:
    """Position in the paper → how many."""
    return {line.source_position: line.quantity for line in lines}


def _here(lying: Sequence[Shipment], wanting: Wanting, lines: tuple[ShipmentLine, ...]) -> Shipment | None:
    """The shipment that is changed: the one that has just these goods, else the first without a delivery note."""
    for each in lying:
        if wanting.fitted(each) == lines and is_whole(each, lines):
            return each
    return next((each for each in lying if each.delivery_note_id is None), None)


def _crowded_out(lying: Sequence[Shipment], here: Shipment | None, rest: Wanting) -> tuple[Shipment, ...]:
    """Those whose goods are in the other one now."""
    return tuple(each for each in lying if each is not here and not is_whole(each, rest.fitted(each)))


def bring_back(connection: Connection, replaced: Sequence[Shipment]) -> None:
    """What was replaced lies here again; raises ChangedElsewhere."""
    from shopdesk.store import shipments

    for each in replaced:
        shipments.set_deleted(connection, each.id or 0, each.version + 1, None)


def wanted_of(connection: Connection, value: Shipment) -> tuple[ShipmentLine, ...]:
    """What of a shipment that lies here is still wanted; nothing after a cancellation.

    As long as nothing was cancelled or credited it is all of it, also where the bill says it in other words.
    """
    from shopdesk.store import lying_goods, packing, references

    if not lying_goods.doubtful(connection, (value.document_id,)):
        return value.lines
    story = references.connected(connection, value.document_id)
    papers = lying_goods.packed_from(connection, (value,))
    return still_wanted(value, packing.lines_of(connection, story), papers)
