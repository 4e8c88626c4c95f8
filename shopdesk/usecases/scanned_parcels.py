"""A scanned or pasted tracking number read as a parcel, with what the owner should know before it is believed (S7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shipments import Parcel
from shopdesk.domain.tracking_numbers import CARRIER_NAMES, Carrier, TrackingNumber, WrongDigit, recognise

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_LONGEST = 60
_UNKNOWN = N_(
    "No carrier known here has such numbers. With ⏎ once more it is taken as it is, for the carrier chosen above."
)
_USED = N_(
    "This number belongs to the shipment of {number} already. With ⏎ once more it is taken all the same."
)
_TWICE = N_("This number stands here already.")
_KEEP = N_("{problem} With ⏎ once more it is taken all the same.")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read. With a `warning` the owner is asked first; `is_refused`: it cannot be taken at all."""

    parcel: Parcel
    warning: Message | None = None
    is_refused: bool = False


def read(shop: Shop, text: str, carrier: str, here: Collection[str] = ()) -> Scan | None:
    """What was scanned or typed, for the carrier that was chosen; `here` are the numbers of this shipment.

    None: nothing was typed.
    """
    from shopdesk.usecases import shipments

    plain = "".join(text.split())[:_LONGEST]
    if not plain:
        return None
    usual = next((each for each in Carrier if each.value == carrier), None)
    found = recognise(text, usual)
    if found is None:
        return Scan(Parcel(plain, carrier), Message(_UNKNOWN))
    parcel = Parcel(found.number, _carrier(found, carrier))
    if parcel.tracking_number in here:
        return Scan(parcel, Message(_TWICE), is_refused=True)
    if isinstance(found, WrongDigit):
        return Scan(parcel, Message(_KEEP, {"problem": found.message}))
    used = [each for each in shipments.with_number(shop, found.number) if not each.is_in_the_house]
    return Scan(parcel, Message(_USED, {"number": used[0].document_number}) if used else None)


def _carrier(found: TrackingNumber | WrongDigit, chosen: str) -> str:
    """Whose it is; a forwarder's number does not say whose, then it is who was chosen."""
    return chosen if found.carrier == Carrier.FREIGHT and chosen not in CARRIER_NAMES else found.carrier.value


def looks_like_one(text: str) -> TrackingNumber | None:
    """Whether the universal input holds a tracking number that can be believed without asking."""
    compact = "".join(text.split())
    if len(compact) < 8 or sum(each.isdigit() for each in compact) < 7:
        return None
    found = recognise(text)
    return found if isinstance(found, TrackingNumber) and (found.is_checked or len(compact) > 13) else None
