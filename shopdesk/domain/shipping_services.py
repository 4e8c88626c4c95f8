"""What carriers take and what they ask for it: limits, surcharges, and prices that have a date (S5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.messages import N_


class Shape(StrEnum):
    """How a packed thing lies before the carrier. A letter is flat and goes like a box."""

    BOX = "box"
    ROLL = "roll"
    LETTER = "letter"


class PriceState(StrEnum):
    """Whether a price may be written into a document without asking."""

    VALID = "valid"
    OLD = "old"  # past its date
    COMING = "coming"  # not valid yet
    UNCONFIRMED = "unconfirmed"  # nobody has seen it in a price list
    MISSING = "missing"  # agreed case by case, or not known


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """What the shop pays, VAT included, in euro; `source` says where it was read, `read_on` when.

    `valid_until` of a published price is the last day of the year whose price list it was read in: no list names an
    end, and a price of last year is asked about instead of being believed.
    """

    amount: Decimal | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    confirmed: bool = True
    source: str = ""
    read_on: dt.date | None = None

    def state(self, today: dt.date) -> PriceState:
        """What may be done with the price on that day."""
        if self.amount is None:
            return PriceState.MISSING
        if not self.confirmed:
            return PriceState.UNCONFIRMED
        if self.valid_from is not None and today < self.valid_from:
            return PriceState.COMING
        if self.valid_until is not None and today > self.valid_until:
            return PriceState.OLD
        return PriceState.VALID


NO_PRICE = DatedPrice()


@dataclass(frozen=True, slots=True)
class RollRule:
    """Up to where a roll goes at the ordinary price; beyond it is bulky. Millimetres and grams, 0: no limit."""

    max_length_mm: int = 0
    max_diameter_mm: int = 0
    max_weight_grams: int = 0


@dataclass(frozen=True, slots=True)
class Bulky:
    """What is taken as bulky goods, and the surcharge for it. Millimetres, 0: no limit."""

    max_length_mm: int = 0
    max_girth_mm: int = 0
    max_diameter_mm: int = 0
    surcharge: DatedPrice = NO_PRICE


@dataclass(frozen=True, slots=True)
class Service:
    """One row of the table: a product of a carrier to one zone, up to a weight. 0 is no limit.

    The girth is the longest side + 2 × width + 2 × height, of a roll its length + circumference. Without `roll` a roll
    is measured as the box around it. `by_arrangement` is a forwarder or the own van: the price is agreed, and it is
    proposed only where no parcel goes.
    """

    code: str
    name: str
    zone: str
    carrier: str = ""
    max_weight_grams: int = 0
    max_length_mm: int = 0
    max_width_mm: int = 0
    max_height_mm: int = 0
    max_girth_mm: int = 0
    min_length_mm: int = 0
    min_width_mm: int = 0
    min_height_mm: int = 0
    roll: RollRule | None = None
    bulky: Bulky | None = None
    price: DatedPrice = NO_PRICE
    tracked: bool = False
    by_arrangement: bool = False
    limits_source: str = ""
    note: str = ""


ANYWHERE = "all"
"""The zone of a service that goes everywhere."""

ZONES: Mapping[str, str] = {
    "de": N_("Germany"),
    "eu": N_("European Union"),
    "europe": N_("Europe outside the Union"),
    "world": N_("World"),
    ANYWHERE: N_("everywhere"),
}


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The rows in the order of the table, and which countries a zone holds; `world` is every other one."""

    services: tuple[Service, ...]
    zones: Mapping[str, frozenset[str]]

    def zone_of(self, country: str) -> str:
        """The zone of a country (ISO 3166)."""
        return next((zone for zone, countries in self.zones.items() if country in countries), "world")

    def to(self, country: str) -> tuple[Service, ...]:
        """What goes there."""
        wanted = {self.zone_of(country), ANYWHERE}
        return tuple(service for service in self.services if service.zone in wanted)
