"""How pieces are packed into few parcels. Only packings that exist are claimed: things stand beside or on each other.

Up to EXACT pieces that may share a parcel every division is compared, beyond it first-fit-decreasing is taken; the
outcome is never worse than a parcel for each piece.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shopdesk.domain.parcel_limits import Fit, Outside, Refusal, judge
from shopdesk.domain.parcels import (
    MOST_PIECES,
    Parcel,
    ParcelPlan,
    Piece,
    PlannedParcel,
    Question,
    alone,
    as_box,
    together,
)
from shopdesk.domain.shipping_services import Service, ServiceTable

EXACT = 7
_OPEN = 3  # first-fit looks into so many begun parcels
_SHAPES = 3  # so many ways to stack the same pieces are kept

Sides = tuple[int, int, int]
_Cost = tuple[int, int, int, Decimal, int]
_Rank = tuple[bool, bool, Decimal, int, int]
_NOTHING: _Cost = (0, 0, 0, Decimal(0), 0)


def plan(
    pieces: Sequence[Piece],
    table: ServiceTable,
    country: str,
    today: dt.date,
    questions: tuple[Question, ...] = (),
    *,
    tracked_only: bool = False,
) -> ParcelPlan:
    """The parcels for these pieces to a country, with the services of the table."""
    zone = table.zone_of(country)
    if len(pieces) > MOST_PIECES:
        return ParcelPlan(country, zone, today, (), questions, len(pieces))
    packer = _Packer(table.to(country), tracked_only)
    planned = tuple(packer.planned(parcel) for parcel in packer.packed(tuple(pieces)))
    return ParcelPlan(country, zone, today, planned, questions, len(pieces))


@dataclass(slots=True)
class _Packer:
    """Packs for one destination; what a size and weight costs is worked out once."""

    services: tuple[Service, ...]
    tracked_only: bool
    _known: dict[Outside, _Cost] = field(default_factory=dict)

    def packed(self, pieces: tuple[Piece, ...]) -> list[Parcel]:
        """The parcels, those with the earliest line first."""
        apart = [alone(piece) for piece in pieces if not piece.packed.together]
        shared = [piece for piece in pieces if piece.packed.together]
        parcels = apart + (self._divided(shared) if len(shared) <= EXACT else self._first_fit(shared))
        return sorted(parcels, key=lambda parcel: min(piece.line for piece in parcel.pieces))

    def planned(self, parcel: Parcel) -> PlannedParcel:
        """The parcel with its services, the best first."""
        verdicts = self._verdicts(parcel.outside)
        fits = [fit for _, fit in _ranked(verdicts)]
        refusals = tuple(verdict for verdict in verdicts if isinstance(verdict, Refusal))
        return PlannedParcel(parcel, fits[0] if fits else None, tuple(fits[1:]), refusals)

    def _verdicts(self, outside: Outside) -> list[Fit | Refusal]:
        return [judge(service, outside, tracked_only=self.tracked_only) for service in self.services]

    def cost(self, outside: Outside) -> _Cost:
        """What speaks against a parcel, the worst first: nobody takes it, no parcel service, no price, the price."""
        known = self._known.get(outside)
        if known is None:
            ranked = _ranked(self._verdicts(outside))
            if ranked:
                by_arrangement, unknown, amount, *_ = ranked[0][0]
                known = (0, int(by_arrangement), int(unknown), amount, 1)
            else:
                known = (1, 0, 0, Decimal(0), 1)
            self._known[outside] = known
        return known

    # every division of a few pieces

    def _divided(self, pieces: list[Piece]) -> list[Parcel]:
        boxes = self._all_boxes(pieces)
        whole = (1 << len(pieces)) - 1
        best: dict[int, tuple[_Cost, tuple[int, ...]]] = {0: (_NOTHING, ())}
        for left in range(1, whole + 1):
            first = left & -left
            rest, found = left ^ first, None
            part = rest
            while True:
                chosen = part | first
                if chosen in boxes:
                    before, parts = best[left ^ chosen]
                    cost = _sum(before, self.cost(boxes[chosen].outside))
                    if found is None or cost < found[0]:
                        found = (cost, (*parts, chosen))
                if not part:
                    break
                part = (part - 1) & rest
            assert found is not None
            best[left] = found
        return [boxes[chosen] for chosen in best[whole][1]]

    def _all_boxes(self, pieces: list[Piece]) -> dict[int, Parcel]:
        """For each set of pieces the parcel it makes; sets that nobody takes as one parcel are left out."""
        ways: dict[int, tuple[Sides, ...]] = {}
        found: dict[int, Parcel] = {}
        for chosen in range(1, 1 << len(pieces)):
            last = chosen.bit_length() - 1
            piece, others = pieces[last], chosen ^ (1 << last)
            if not others:
                ways[chosen], found[chosen] = (as_box(piece),), alone(piece)
                continue
            if others not in ways:
                continue
            members = tuple(pieces[at] for at in range(len(pieces)) if chosen >> at & 1)
            stacked = _stacked(ways[others], as_box(piece))
            parcel = self._best(members, stacked)
            if self.cost(parcel.outside)[0] == 0:
                ways[chosen], found[chosen] = stacked, parcel
        return found

    def _best(self, members: tuple[Piece, ...], ways: tuple[Sides, ...]) -> Parcel:
        parcels = [together(members, sides) for sides in ways]
        return min(parcels, key=lambda parcel: (self.cost(parcel.outside), parcel.outside.girth_mm))

    # many pieces

    def _first_fit(self, pieces: list[Piece]) -> list[Parcel]:
        """The largest first, each into the first begun parcel that gets no worse by it than a parcel of its own."""
        begun: list[tuple[tuple[Piece, ...], tuple[Sides, ...], Parcel]] = []
        for piece in sorted(pieces, key=lambda one: (_volume(as_box(one)), one.weight_grams), reverse=True):
            own = self.cost(alone(piece).outside)
            for place in range(max(0, len(begun) - _OPEN), len(begun)):
                members, ways, parcel = begun[place]
                more = (*members, piece)
                stacked = _stacked(ways, as_box(piece))
                larger = self._best(more, stacked)
                if self.cost(larger.outside) < _sum(self.cost(parcel.outside), own):
                    begun[place] = (more, stacked, larger)
                    break
            else:
                begun.append(((piece,), (as_box(piece),), alone(piece)))
        return [parcel for _, _, parcel in begun]


def _ranked(verdicts: list[Fit | Refusal]) -> list[tuple[_Rank, Fit]]:
    """The services that take a parcel, the best first: parcels before forwarders, then the price.

    A price that nobody knows is taken to be no higher than that of a service for more weight, so that it comes before
    that one and is asked about.
    """
    fits = [verdict for verdict in verdicts if isinstance(verdict, Fit)]
    ranked = []
    for place, fit in enumerate(fits):
        amount = fit.amount
        if amount is None:
            most = fit.service.max_weight_grams
            heavier = [one.amount for one in fits if one.service.max_weight_grams >= most]
            amount = min((one for one in heavier if one is not None), default=None)
        unknown = amount is None
        rank = (
            fit.service.by_arrangement, unknown, amount or Decimal(0), fit.service.max_weight_grams, place,
        )  # fmt: skip
        ranked.append((rank, fit))
    return sorted(ranked, key=lambda one: one[0])


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return (
        one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3], one[4] + other[4],
    )  # fmt: skip


def _volume(sides: Sides) -> int:
    return sides[0] * sides[1] * sides[2]


def _stacked(ways: tuple[Sides, ...], added: Sides) -> tuple[Sides, ...]:
    """The boxes around what was there and one more thing on, before or beside it; the smallest girths are kept."""
    found: set[Sides] = set()
    for sides in ways:
        for axis in range(3):
            grown = [max(one, other) for one, other in zip(sides, added, strict=True)]
            grown[axis] = sides[axis] + added[axis]
            longest, middle, shortest = sorted(grown, reverse=True)
            found.add((longest, middle, shortest))
    return tuple(sorted(found, key=lambda s: (s[0] + 2 * (s[1] + s[2]), s))[:_SHAPES])
