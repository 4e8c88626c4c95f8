"""Sizes, weights, services and prices of parcels in the words of the window."""

from __future__ import annotations

from decimal import Decimal

from shopdesk.domain.messages import N_
from shopdesk.domain.money import Money
from shopdesk.domain.packed_sizes import PackedSize
from shopdesk.domain.parcel_limits import Fit, Outside, Refusal
from shopdesk.domain.parcels import ParcelPlan
from shopdesk.domain.shipping_services import ZONES, DatedPrice, PriceState, Service, Shape
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.chips import ChipKind

_STATES = {
    PriceState.OLD: N_("of {year}: please check"),
    PriceState.COMING: N_("valid from {day}"),
    PriceState.UNCONFIRMED: N_("please check"),
    PriceState.MISSING: N_("price not known"),
}


def weight(grams: int, texts: Texts) -> str:
    """9400 → "9,4 kg"."""
    return f"{texts.number(Decimal(grams) / 1000)} kg"


def centimetres(millimetres: int, texts: Texts) -> str:
    """850 → "85"."""
    return texts.number(Decimal(millimetres) / 10)


def packed_size(packed: PackedSize, texts: Texts) -> str:
    """How it can be typed, too: "60 × 40 × 30 cm", "Rolle 85 × 25 cm"."""
    if not packed.is_known:
        return ""
    return _shaped(packed.shape, (packed.length_mm, packed.width_mm, packed.height_mm), texts)


def outside(value: Outside, texts: Texts) -> str:
    """Size and weight of a parcel."""
    return f"{_shaped(value.shape, value.sides, texts)}, {weight(value.weight_grams, texts)}"


def _shaped(shape: Shape, sides: tuple[int, int, int], texts: Texts) -> str:
    shown = sides[:2] if shape == Shape.ROLL else sides
    size = f"{' × '.join(centimetres(side, texts) for side in shown)} cm"
    if shape == Shape.ROLL:
        return texts.gettext("Roll {size}").format(size=size)
    return texts.gettext("Letter {size}").format(size=size) if shape == Shape.LETTER else size


def zone(code: str, texts: Texts) -> str:
    """Where a service goes."""
    return texts.gettext(ZONES.get(code, code))


def limits(service: Service, texts: Texts) -> str:
    """What the service takes, in one line."""
    gettext, parts = texts.gettext, []
    if service.max_weight_grams:
        parts.append(gettext("up to {weight}").format(weight=weight(service.max_weight_grams, texts)))
    sides = (service.max_length_mm, service.max_width_mm, service.max_height_mm)
    if any(sides):
        size = " × ".join(centimetres(side, texts) for side in sides)
        parts.append(f"{size} cm")
    if service.max_girth_mm:
        parts.append(gettext("girth {size} cm").format(size=centimetres(service.max_girth_mm, texts)))
    if not parts:
        parts.append(gettext("by arrangement") if service.by_arrangement else gettext("without limits"))
    return " · ".join(parts)


def refusal(value: Refusal, texts: Texts) -> str:
    """Service and reason: "DHL Paket bis 5 kg: 9 kg, höchstens 5 kg"."""
    return f"{value.service.name}: {texts.say(value.reason)}"


def amount(value: Decimal | None, texts: Texts) -> str:
    """A price, or that there is none."""
    return texts.gettext("price open") if value is None else texts.money(Money.of(value))


def price_chip(price: DatedPrice, state: PriceState, texts: Texts) -> tuple[str, ChipKind]:
    """What is to be said about a price, and how it looks; nothing about a valid one."""
    if state == PriceState.VALID:
        return "", "ok"
    words = texts.gettext(_STATES[state])
    until, start = price.valid_until, price.valid_from
    return words.format(year=until.year if until else "", day=texts.date(start) if start else ""), "warn"


def short_price_chip(price: DatedPrice, state: PriceState, texts: Texts) -> tuple[str, ChipKind]:
    """The same in a list: “price 2025”."""
    if state != PriceState.OLD or price.valid_until is None:
        return price_chip(price, state, texts)
    return texts.gettext("price {year}").format(year=price.valid_until.year), "warn"


def price_source(price: DatedPrice, texts: Texts) -> str:
    """Where a price was read, when, and until when it is believed."""
    parts = []
    if price.read_on:
        parts.append(texts.gettext("as of {day}").format(day=texts.date(price.read_on)))
    if price.valid_until:
        parts.append(texts.gettext("until {day}").format(day=texts.date(price.valid_until)))
    return " · ".join([*parts, price.source] if price.source else parts)


def other(fit: Fit, texts: Texts) -> str:
    """Another service that would take the parcel, with its price."""
    if fit.service.by_arrangement:
        told = texts.gettext("by arrangement")
        return f"{fit.service.name} ({told})"
    words, bulky = f"{fit.service.name} {amount(fit.amount, texts)}", texts.gettext("bulky goods")
    return f"{words} ({bulky})" if fit.bulky else words


def summary(plan: ParcelPlan, texts: Texts) -> str:
    """The whole answer in one line."""
    gettext = texts.gettext
    if plan.is_too_much:
        words = gettext("{n} pieces are too many to plan: please ask a forwarder.")
        return words.format(n=plan.pieces)
    if not plan.parcels:
        return gettext("There are still answers missing.") if plan.questions else ""
    count = len(plan.parcels)
    words = texts.ngettext("{n} parcel", "{n} parcels", count).format(n=count)
    answer = f"{words}, {weight(plan.weight_grams, texts)}"
    if plan.is_complete and plan.by_parcel:
        answer = f"{answer} · {amount(plan.total, texts)}"
    return answer
