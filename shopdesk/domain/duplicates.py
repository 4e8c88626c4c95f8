"""Whether two customers are one and the same, how sure that is, and why. Only the owner decides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from shopdesk.domain.customers import Customer
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.phones import same_trunk
from shopdesk.domain.same_names import SameName, SamePlace, same_name, same_place


class Level(IntEnum):
    """How sure it is."""

    POSSIBLE = 1
    PROBABLE = 2
    CERTAIN = 3


LEVEL_NAMES = {
    Level.CERTAIN: N_("certainly the same"),
    Level.PROBABLE: N_("probably the same"),
    Level.POSSIBLE: N_("possibly the same"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is that two customers are one, and why; `score` orders within a level and over all of them."""

    level: Level
    score: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two customers have in common."""

    vat_id: bool
    email: bool
    phone: bool
    trunk: bool
    name: SameName
    place: SamePlace


def likeness(one: Customer, other: Customer) -> Likeness | None:
    """None: nothing says that they are the same. Both are tidied (E.164, mail addresses in lower case)."""
    shared = shared_by(one, other)
    level = _level(shared)
    if level is None:
        return None
    return Likeness(level, 100 * level + _points(shared), _reasons(shared))


def shared_by(one: Customer, other: Customer) -> Shared:
    """Compare everything that tells people apart."""
    first, second = _numbers(one), _numbers(other)
    same = bool(first & second)
    return Shared(
        vat_id=bool(one.vat_id) and one.vat_id == other.vat_id,
        email=bool({*one.emails} & {*other.emails}),
        phone=same,
        trunk=not same and any(same_trunk(a, b) for a in first for b in second),
        name=same_name(one, other),
        place=same_place(one.address, other.address),
    )


def _numbers(customer: Customer) -> frozenset[str]:
    return frozenset(phone.e164 for phone in customer.phones if phone.e164)


def _level(shared: Shared) -> Level | None:
    if shared.vat_id:  # branches of a company share theirs
        same = shared.name >= SameName.LIKE and shared.place not in {SamePlace.OTHER, SamePlace.NEARBY}
        return Level.CERTAIN if same else Level.PROBABLE
    if shared.email or shared.phone:
        return _level_reached(shared)
    if shared.name >= SameName.PART:
        level = _level_named(shared)
        if level is None and shared.trunk:
            return Level.PROBABLE if shared.name >= SameName.LIKE else Level.POSSIBLE
        return level
    return Level.POSSIBLE if shared.trunk else None


def _level_reached(shared: Shared) -> Level:
    """The same mail address or number: a couple shares one, too, and so do colleagues."""
    both = shared.email and shared.phone
    if shared.name == SameName.OTHER:
        return Level.PROBABLE if both else Level.POSSIBLE
    sure = shared.name == SameName.SAME or (shared.name == SameName.LIKE and shared.place == SamePlace.STREET)
    return Level.CERTAIN if sure or both else Level.PROBABLE


def _level_named(shared: Shared) -> Level | None:
    """Only name and place: there are many of the same name in one town."""
    if shared.place == SamePlace.STREET:
        return Level.CERTAIN if shared.name == SameName.SAME else Level.PROBABLE
    if shared.place == SamePlace.TOWN:
        return Level.PROBABLE if shared.name == SameName.SAME else Level.POSSIBLE
    if shared.place == SamePlace.NEARBY and shared.name >= SameName.LIKE:
        return Level.POSSIBLE
    return None


def _points(shared: Shared) -> int:
    return (
        30 * shared.vat_id + 20 * shared.email + 20 * shared.phone + 5 * shared.trunk
        + 4 * shared.name + 3 * max(0, shared.place - SamePlace.UNKNOWN)
    )  # fmt: skip


_NAMES = {
    SameName.SAME: N_("same name"),
    SameName.LIKE: N_("similar name"),
    SameName.PART: N_("a part of the name is the same"),
    SameName.OTHER: N_("but another name"),
}
_PLACES = {
    SamePlace.STREET: N_("same address"),
    SamePlace.TOWN: N_("same postal code"),
    SamePlace.NEARBY: N_("same postal code, another street"),
}


def _reasons(shared: Shared) -> tuple[Message, ...]:
    found = (
        N_("same VAT id") if shared.vat_id else "",
        N_("same mail address") if shared.email else "",
        N_("same phone number") if shared.phone else "",
        N_("an extension of the same number") if shared.trunk else "",
        _NAMES.get(shared.name, ""),
        _PLACES.get(shared.place, ""),
    )
    return tuple(Message(text) for text in found if text)
