"""A tracking number in the universal input: whose parcel it is, or which parcel leaves with it (S7, design/UX.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.tracking_numbers import TrackingNumber
from shopdesk.domain.unshipped import Clearance
from shopdesk.usecases import packing, purchase_arrivals, scanned_parcels, shipments

if TYPE_CHECKING:
    from shopdesk.domain.shipments import Shipment
    from shopdesk.domain.unshipped import PackingItem
    from shopdesk.usecases.shop import Shop

_MOST = 5


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the number means: a shipment it belongs to, else the parcels that could leave with it, packed ones first.

    What the own van brings leaves with no carrier's number, and what the supplier still has cannot leave. `is_sure`:
    exactly one parcel lies packed, or only one is to be shipped at all.
    """

    number: TrackingNumber
    known: tuple[Shipment, ...] = ()
    candidates: tuple[PackingItem, ...] = ()
    is_sure: bool = False


def scanned(shop: Shop, text: str) -> Scanned | None:
    """What was scanned; None for what is no tracking number that can be believed."""
    compact = "".join(text.split())
    if compact.startswith("+") or (compact.startswith("0") and len(compact) < 16):
        return None  # rather a telephone number
    number = scanned_parcels.looks_like_one(text)
    if number is None:
        return None
    known = shipments.with_number(shop, number.number)
    if known:
        return Scanned(number, known)
    coming = purchase_arrivals.on_the_way(shop)
    rows = [
        each
        for each in packing.page(shop, fulfilments={Fulfilment.SHIP})
        if each.clearance != Clearance.WAITS and (each.packed or each.document_id not in coming)
    ]
    packed = [each for each in rows if each.packed]
    is_sure = len(packed) == 1 or len(rows) == 1
    others = [each for each in rows if not each.packed]
    return Scanned(number, (), (*packed, *others)[:_MOST], is_sure)
