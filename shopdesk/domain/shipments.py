"""Shipments (Sendungen): what leaves the shop for a customer, by parcel, forwarder, own van or over the counter.

One shipment takes goods of one order or bill out of the house, wholly or in part; several may share an order. Its lines
name the goods by words and number as they stand on the paper, so that a delivery note, an order confirmation and the
invoice of the same chain are counted against each other (`domain/unshipped`). The real date of a shipment is
`left_on`: `shipped_at`, for what was picked up or brought by the own van `delivered_at`; `promised` is the date that
the customer was told when it was planned (PRODUCT.md, S6, S7, S35, S38, S40).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class ShipmentKind(StrEnum):
    """How the goods leave."""

    PARCEL = "parcel"
    FORWARDER = "spedition"
    ROUND = "round"  # the shop's own van
    PICK_UP = "pick_up"


KIND_NAMES: Mapping[ShipmentKind, str] = {
    ShipmentKind.PARCEL: N_("Parcel"),
    ShipmentKind.FORWARDER: N_("Forwarder"),
    ShipmentKind.ROUND: N_("Delivery round"),
    ShipmentKind.PICK_UP: N_("Pick-up"),
}


class ShipmentState(StrEnum):
    """How far it is. What is planned or packed is still in the house; handed out is what was picked up."""

    PLANNED = "planned"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    HANDED_OUT = "handed_out"


STATE_NAMES: Mapping[ShipmentState, str] = {
    ShipmentState.PLANNED: N_("planned"),
    ShipmentState.PACKED: N_("packed"),
    ShipmentState.SHIPPED: N_("shipped"),
    ShipmentState.DELIVERED: N_("delivered"),
    ShipmentState.HANDED_OUT: N_("handed out"),
}

IN_THE_HOUSE = frozenset({ShipmentState.PLANNED, ShipmentState.PACKED})
"""The goods are still here."""


class NothingToShip(ShopError):
    """Everything has left already, or no quantity was left."""

    code = "nothing-to-ship"

    def __init__(self, number: str) -> None:
        words = N_("Nothing of {number} is left to ship. Please look at its shipments.")
        super().__init__(Message(words, {"number": number}), field="shipment")


class TooMuchShipped(ShopError):
    """More than is still open."""

    code = "too-much-shipped"

    def __init__(self, text: str, most: str) -> None:
        words = N_("Only {most} of “{text}” are still to be shipped. Please enter that many or fewer.")
        super().__init__(Message(words, {"text": text, "most": most}), field="quantity")


class AlreadyShipped(ShopError):
    """It has left the house."""

    code = "already-shipped"

    def __init__(self, number: str) -> None:
        words = N_("This shipment of {number} has left already. Please take that back first.")
        super().__init__(Message(words, {"number": number}), field="shipment")


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    """So much of one line of the order or bill; `source_position` is that line's place in it, counted from 0.

    Text, number and unit are copied: they say what it was, whatever becomes of the article.
    """

    source_position: int
    text: str
    quantity: Decimal
    unit: str = "C62"  # UN/ECE Rec 20
    article_code: str = ""
    weight_grams: int = 0  # of one


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel or pallet with its number; `carrier` is the code of `domain/tracking_numbers` or the owner's word."""

    tracking_number: str = ""
    carrier: str = ""
    weight_grams: int = 0


@dataclass(frozen=True, slots=True)
class Shipment:
    """One shipment. Days are the shop's, moments are aware.

    `document_id` is the order confirmation or bill whose goods leave, `document_number` its number as read;
    `delivery_note_id` the delivery note that goes with it. `planned_for` is the day of the round or of the pick-up,
    `promised` the day that the customer was told. `told_at` is when the mail with the tracking numbers was queued,
    `entry_id` what stands about it on the timeline (0: nothing yet).
    """

    customer_id: int
    document_id: int
    kind: ShipmentKind = ShipmentKind.PARCEL
    state: ShipmentState = ShipmentState.PLANNED
    lines: tuple[ShipmentLine, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    carrier: str = ""
    delivery_note_id: int | None = None
    planned_for: dt.date | None = None
    promised: dt.date | None = None
    packed_at: dt.datetime | None = None
    shipped_at: dt.datetime | None = None
    delivered_at: dt.datetime | None = None
    told_at: dt.datetime | None = None
    note: str = ""
    entry_id: int = 0
    created_at: dt.datetime | None = None
    id: int | None = None
    version: int = 0
    customer_name: str = ""
    document_number: str = ""

    @property
    def is_in_the_house(self) -> bool:
        """Whether the goods are still here."""
        return self.state in IN_THE_HOUSE

    @property
    def tracking_numbers(self) -> tuple[str, ...]:
        """The numbers of its parcels that have one."""
        return tuple(parcel.tracking_number for parcel in self.parcels if parcel.tracking_number)

    @property
    def left_at(self) -> dt.datetime | None:
        """When the goods left the house for good; none while they are here."""
        return self.shipped_at or self.delivered_at

    def left_on(self, zone: dt.tzinfo | None) -> dt.date | None:
        """The day on which they left, where the shop is."""
        return self.left_at.astimezone(zone).date() if self.left_at else None
