"""Whether a carrier takes a parcel, at which surcharge, and if not, which limit forbids it (S5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shipping_services import Bulky, DatedPrice, PriceState, Service, Shape

_WEIGHT = N_("{value} kg, at most {limit} kg")
_LENGTH = N_("{value} cm long, at most {limit} cm")
_SIZE = N_("{value} cm, at most {limit} cm")
_GIRTH = N_("girth {value} cm, at most {limit} cm")
_DIAMETER = N_("diameter {value} cm, at most {limit} cm")
_NO_TRACKING = N_("no tracking number")
_ROLL_HEAVY = N_("a roll over {limit} kg is bulky goods")
_ROLL_LONG = N_("a roll over {limit} cm long is bulky goods")
_ROLL_THICK = N_("a roll over {limit} cm in diameter is bulky goods")
_BULKY_SIZE = N_("over {limit} cm it is bulky goods")
_BULKY_GIRTH = N_("with a girth over {limit} cm it is bulky goods")
_TOO_SMALL = N_("smaller than {limit} cm: please take a larger packaging")


@dataclass(frozen=True, slots=True)
class Outside:
    """What a carrier measures: shape, sides in millimetres (the longest first; a roll: length, diameter), grams."""

    shape: Shape
    sides: tuple[int, int, int]
    weight_grams: int

    @property
    def girth_mm(self) -> int:
        """Longest side + twice the others; of a roll its length + circumference, rounded up."""
        if self.shape == Shape.ROLL:
            return self.sides[0] + math.ceil(self.sides[1] * math.pi)
        return self.sides[0] + 2 * (self.sides[1] + self.sides[2])


@dataclass(frozen=True, slots=True)
class Fit:
    """A service that takes the parcel; `bulky` says why it costs the surcharge, `hint` what to mind."""

    service: Service
    bulky: Message | None = None
    hint: Message | None = None

    @property
    def prices(self) -> tuple[DatedPrice, ...]:
        """What is to be paid, each with its date: the postage, and the surcharge for bulky goods."""
        if self.bulky is None or self.service.bulky is None:
            return (self.service.price,)
        return (self.service.price, self.service.bulky.surcharge)

    @property
    def amount(self) -> Decimal | None:
        """The sum of the prices, whatever their date; None where one is not known at all."""
        amounts = [price.amount for price in self.prices]
        return None if None in amounts else sum((a for a in amounts if a is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A service that does not take the parcel, and the limit that forbids it."""

    service: Service
    reason: Message


def judge(service: Service, parcel: Outside, *, tracked_only: bool = False) -> Fit | Refusal:
    """Whether the service takes the parcel."""
    if tracked_only and not service.tracked and not service.by_arrangement:
        return Refusal(service, Message(_NO_TRACKING))
    if service.max_weight_grams and parcel.weight_grams > service.max_weight_grams:
        return Refusal(
            service, _over(_WEIGHT, Decimal(parcel.weight_grams) / 1000, _kg(service.max_weight_grams))
        )
    if parcel.shape == Shape.ROLL and service.roll is not None:
        beyond = _roll_beyond(service, parcel)
    else:
        beyond = _box_beyond(service, parcel)
    hint = _too_small(service, parcel)
    if beyond is None:
        return Fit(service, None, hint)
    refused, bulky = beyond
    if service.bulky is None:
        return Refusal(service, refused)
    too_much = _beyond_bulky(service.bulky, parcel)
    return Refusal(service, too_much) if too_much else Fit(service, bulky, hint)


def _roll_beyond(service: Service, parcel: Outside) -> tuple[Message, Message] | None:
    """Why a roll is refused without bulky goods, and why it is bulky goods; None where it is neither."""
    rule = service.roll
    assert rule is not None
    length, diameter, _ = parcel.sides
    if rule.max_length_mm and length > rule.max_length_mm:
        return _over(_LENGTH, _cm(length), _cm(rule.max_length_mm)), _limit(
            _ROLL_LONG, _cm(rule.max_length_mm)
        )
    if rule.max_diameter_mm and diameter > rule.max_diameter_mm:
        limit = _cm(rule.max_diameter_mm)
        return _over(_DIAMETER, _cm(diameter), limit), _limit(_ROLL_THICK, limit)
    if rule.max_weight_grams and parcel.weight_grams > rule.max_weight_grams:
        limit = _kg(rule.max_weight_grams)
        return _over(_WEIGHT, _kg(parcel.weight_grams), limit), _limit(_ROLL_HEAVY, limit)
    return None


def _box_beyond(service: Service, parcel: Outside) -> tuple[Message, Message] | None:
    limits = sorted(
        (service.max_length_mm, service.max_width_mm, service.max_height_mm), key=lambda side: -side
    )
    sides = sorted(parcel.sides, reverse=True)
    if any(limit and side > limit for side, limit in zip(sides, limits, strict=True)):
        most = _sides(limits)
        if limits[0] and sides[0] > limits[0]:
            reason = _over(_LENGTH, _cm(sides[0]), _cm(limits[0]))
        else:
            reason = _over(_SIZE, _sides(sides), most)
        return reason, _limit(_BULKY_SIZE, most)
    if service.max_girth_mm and parcel.girth_mm > service.max_girth_mm:
        limit = _cm(service.max_girth_mm)
        return _over(_GIRTH, _cm(parcel.girth_mm), limit), _limit(_BULKY_GIRTH, limit)
    return None


def _beyond_bulky(rule: Bulky, parcel: Outside) -> Message | None:
    length, diameter, _ = parcel.sides
    if rule.max_length_mm and length > rule.max_length_mm:
        return _over(_LENGTH, _cm(length), _cm(rule.max_length_mm))
    if parcel.shape == Shape.ROLL and rule.max_diameter_mm and diameter > rule.max_diameter_mm:
        return _over(_DIAMETER, _cm(diameter), _cm(rule.max_diameter_mm))
    if rule.max_girth_mm and parcel.girth_mm > rule.max_girth_mm:
        return _over(_GIRTH, _cm(parcel.girth_mm), _cm(rule.max_girth_mm))
    return None


def _too_small(service: Service, parcel: Outside) -> Message | None:
    least = sorted((service.min_length_mm, service.min_width_mm, service.min_height_mm), reverse=True)
    sides = sorted(parcel.sides, reverse=True)
    if any(side < limit for side, limit in zip(sides, least, strict=True)):
        return _limit(_TOO_SMALL, _sides(least))
    return None


def _over(text: str, value: object, limit: object) -> Message:
    return Message(text, {"value": value, "limit": limit})


def _limit(text: str, limit: object) -> Message:
    return Message(text, {"limit": limit})


def _cm(millimetres: int) -> Decimal:
    return Decimal(millimetres) / 10


def _kg(grams: int) -> Decimal:
    return Decimal(grams) / 1000


def _sides(sides: list[int]) -> Message:
    return Message(
        N_("{length} × {width} × {height}"),
        {"length": _cm(sides[0]), "width": _cm(sides[1]), "height": _cm(sides[2])},
    )


def may_be_filled_in(prices: tuple[DatedPrice, ...], states: tuple[PriceState, ...]) -> bool:
    """Whether the price goes into a document without asking: every part of it is valid that day."""
    return len(prices) == len(states) and all(state == PriceState.VALID for state in states)
