"""Two records of one customer put together field by field, and taken apart again after further changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.messages import N_
from shopdesk.domain.names import PersonName


class Side(StrEnum):
    """Whose value is kept. `LEFT` is the customer that stays."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


# What belongs to the row, not to the person: never chosen
OF_THE_ROW = frozenset({"id", "version", "number", "created_at"})
# goes with the field it belongs to
_FOLLOWS = {"electronic_scheme": "electronic_address", "recommended_by_id": "recommended_by"}
TITLES: Mapping[str, str] = {
    "company": N_("Company"),
    "person": N_("Person"),
    "phones": N_("Phones"),
    "emails": N_("Mail addresses"),
    "address": N_("Address"),
    "delivery_address": N_("Delivery address"),
    "contact_persons": N_("Contact persons"),
    "language": N_("Language"),
    "vat_id": N_("VAT id"),
    "buyer_reference": N_("Buyer reference"),
    "note": N_("Note about the customer"),
    "facts": N_("Agreed"),
    "electronic_address": N_("Electronic address"),
    "xrechnung": N_("XRechnung"),
    "preferred_channel": N_("Preferred way"),
    "service_channel": N_("Preferred way for service"),
    "advertising_channel": N_("Preferred way for offers"),
    "birthday": N_("Birthday"),
    "recommended_by": N_("Recommended by"),
    "payment_days": N_("Days to pay"),
    "cash_discount": N_("Cash discount"),
    "discount_percent": N_("Discount in percent"),
    "tags": N_("Tags"),
}


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field that differs; `usual` is what is proposed, `has_both` whether both values can be kept."""

    name: str
    left: Any
    right: Any
    usual: Side
    has_both: bool


def is_nothing(value: Any) -> bool:
    """Whether a field says nothing."""
    return value in ("", (), None, False) or (isinstance(value, Address | PersonName) and value.is_empty)


def differing(left: Customer, right: Customer) -> tuple[FieldPair, ...]:
    """The fields in which the two differ, in the order of the record."""
    found = []
    for field in fields(Customer):
        if field.name in OF_THE_ROW or field.name in _FOLLOWS:
            continue
        one, other = getattr(left, field.name), getattr(right, field.name)
        if one != other:
            has_both = _has_both(field.name, one, other)
            usual = Side.BOTH if has_both else Side.RIGHT if is_nothing(one) else Side.LEFT
            found.append(FieldPair(field.name, one, other, usual, has_both))
    return tuple(found)


def _has_both(name: str, one: Any, other: Any) -> bool:
    if is_nothing(one) or is_nothing(other):
        return False
    return isinstance(one, tuple) or name == "note"


def combined(left: Customer, right: Customer, sides: Mapping[str, Side]) -> Customer:
    """The left customer with what was chosen; a field that is not named takes what is usual."""
    values: dict[str, Any] = {}
    for pair in differing(left, right):
        side = sides.get(pair.name, pair.usual)
        if side == Side.RIGHT:
            values[pair.name] = pair.right
        elif side == Side.BOTH and pair.has_both:
            values[pair.name] = _both(pair.left, pair.right)
    for name, owner in _FOLLOWS.items():
        if owner in values:
            values[name] = getattr(right, name)
    return replace(left, **values)


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, tuple):
        known = {_identity(item) for item in one}
        return (*one, *(item for item in other if _identity(item) not in known))
    return one if other in one else f"{one}\n{other}"


def _identity(item: Any) -> Any:
    """The same number twice is one, whatever its label."""
    return getattr(item, "e164", "") or item


def separated(before: Customer, after: Customer, now: Customer) -> Customer:
    """`now` without what a merge brought: `before` it and `after` it; what was changed since stays."""
    values: dict[str, Any] = {}
    for field in fields(Customer):
        name = field.name
        was, became, stands = getattr(before, name), getattr(after, name), getattr(now, name)
        if name in OF_THE_ROW or was == became:
            continue
        if stands == became:
            values[name] = was
        elif isinstance(stands, tuple):
            kept = tuple(item for item in stands if item not in became or item in was)
            values[name] = (*kept, *(item for item in was if item not in became and item not in kept))
    return replace(now, **values)
