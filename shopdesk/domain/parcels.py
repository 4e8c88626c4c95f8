"""Can this be shipped? Pieces become parcels, each with the service that takes it, the reason and the next option."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.packed_sizes import NOT_PACKED, PackedSize
from shopdesk.domain.parcel_limits import Fit, Outside, Refusal
from shopdesk.domain.shipping_services import DatedPrice, PriceState, Shape

MOST_PIECES = 200
"""More go on a pallet: nobody packs so many parcels out of one document."""


class Wanted(StrEnum):
    """What must be known before a piece can be packed."""

    WEIGHT = "weight"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Question:
    """A line whose weight or packed size nobody knows: it is asked, never guessed. `line` is its place."""

    line: int
    name: str
    wanted: frozenset[Wanted]
    weight_grams: int = 0
    packed: PackedSize = NOT_PACKED


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be packed. `line` is the document line it is of; grams and whole millimetres."""

    line: int
    name: str
    weight_grams: int
    packed: PackedSize
    packaging_grams: int = 0

    @property
    def outside(self) -> Outside:
        """What it measures as a parcel of its own."""
        return Outside(self.packed.shape, self.packed.sides, self.weight_grams + self.packaging_grams)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pieces that go in one parcel, and what it measures."""

    pieces: tuple[Piece, ...]
    outside: Outside

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """What is in it: name and number, in the order of the lines."""
        found: dict[str, int] = {}
        for piece in sorted(self.pieces, key=lambda piece: piece.line):
            found[piece.name] = found.get(piece.name, 0) + 1
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class PlannedParcel:
    """A parcel with the service that takes it best, the other ones that would, and those that refuse it."""

    parcel: Parcel
    fit: Fit | None
    others: tuple[Fit, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def states(self, today: dt.date) -> tuple[PriceState, ...]:
        """What may be done with each part of its price."""
        return () if self.fit is None else tuple(price.state(today) for price in self.fit.prices)


@dataclass(frozen=True, slots=True)
class ParcelPlan:
    """The answer to "can I ship this?". With questions it holds only what is known so far.

    `country` is the destination (ISO 3166), `today` the day whose prices are meant; `pieces` how many there are.
    """

    country: str
    zone: str
    today: dt.date
    parcels: tuple[PlannedParcel, ...] = ()
    questions: tuple[Question, ...] = ()
    pieces: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every piece has a parcel and every parcel a service."""
        return bool(self.parcels) and not self.questions and all(entry.fit for entry in self.parcels)

    @property
    def by_parcel(self) -> bool:
        """Whether all of it goes as parcels, nothing by a forwarder or the own van."""
        return self.is_complete and not any(
            entry.fit.service.by_arrangement for entry in self.parcels if entry.fit
        )

    @property
    def is_too_much(self) -> bool:
        """Whether it was not planned at all since there are too many pieces."""
        return self.pieces > MOST_PIECES

    @property
    def weight_grams(self) -> int:
        """What all parcels weigh together."""
        return sum(entry.parcel.outside.weight_grams for entry in self.parcels)

    @property
    def total(self) -> Decimal | None:
        """What the postage comes to, whatever the date of the prices; None where a price is not known."""
        amounts = [entry.fit.amount if entry.fit else None for entry in self.parcels]
        if not self.is_complete or None in amounts:
            return None
        return sum((amount for amount in amounts if amount is not None), Decimal(0))

    @property
    def doubtful(self) -> tuple[tuple[str, DatedPrice, PriceState], ...]:
        """The prices that must be asked about: code of the service, price, why; each once."""
        found: dict[tuple[str, DatedPrice], PriceState] = {}
        for entry in self.parcels:
            if entry.fit is None:
                continue
            for price, state in zip(entry.fit.prices, entry.states(self.today), strict=True):
                if state != PriceState.VALID:
                    found.setdefault((entry.fit.service.code, price), state)
        return tuple((code, price, state) for (code, price), state in found.items())

    @property
    def ready_price(self) -> Decimal | None:
        """The postage that may stand in a document without asking; None where any price is old or unconfirmed."""
        return None if self.doubtful else self.total


def preferring(plan: ParcelPlan, code: str) -> ParcelPlan:
    """The same parcels with the service of this code wherever it takes one."""
    return replace(plan, parcels=tuple(_preferring(entry, code) for entry in plan.parcels))


def _preferring(entry: PlannedParcel, code: str) -> PlannedParcel:
    wanted = next((fit for fit in entry.others if fit.service.code == code), None)
    if wanted is None or entry.fit is None:
        return entry
    others = (entry.fit, *(fit for fit in entry.others if fit is not wanted))
    return replace(entry, fit=wanted, others=others)


def as_box(piece: Piece) -> tuple[int, int, int]:
    """The sides of the box around a piece, the longest first: how it lies beside others."""
    longest, middle, shortest = sorted(piece.packed.sides, reverse=True)
    return (longest, middle, shortest)


def alone(piece: Piece) -> Parcel:
    """A piece as a parcel of its own."""
    return Parcel((piece,), piece.outside)


def together(pieces: tuple[Piece, ...], sides: tuple[int, int, int]) -> Parcel:
    """Several pieces in a box of these sides."""
    flat = all(piece.packed.shape == Shape.LETTER for piece in pieces)
    weight = sum(piece.weight_grams + piece.packaging_grams for piece in pieces)
    return Parcel(pieces, Outside(Shape.LETTER if flat else Shape.BOX, sides, weight))
