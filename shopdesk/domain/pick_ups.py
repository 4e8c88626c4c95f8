"""Pick-ups (Abholungen): what lies ready in the shop and is handed over the counter (PRODUCT.md, S35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.folding import fold
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import Shipment
from shopdesk.domain.unshipped import Clearance, OpenLine, PackingItem

FEWEST_DIGITS = 3
"""So many digits of a phone number at least say something."""


class NotPaidYet(ShopError):
    """The goods wait for money."""

    code = "not-paid-yet"

    def __init__(self, number: str, amount: Money) -> None:
        words = N_(
            "{amount} of {number} are still open. Please book the payment first, or hand it out on account "
            "(menu key or right mouse button)."
        )
        super().__init__(Message(words, {"number": number, "amount": amount}), field="pick_up")


@dataclass(frozen=True, slots=True)
class PickUp:
    """One order to be fetched. `shipment` is what lies ready; `told` whether its customer knows."""

    item: PackingItem
    phones: tuple[str, ...] = ()
    names: str = ""
    shipment: Shipment | None = None

    @property
    def document_id(self) -> int:
        """The order or bill."""
        return self.item.document_id

    @property
    def is_ready(self) -> bool:
        """Whether it was laid ready."""
        return self.shipment is not None

    @property
    def is_told(self) -> bool:
        """Whether the customer was told that he may come."""
        return self.shipment is not None and self.shipment.told_at is not None

    @property
    def waits(self) -> bool:
        """Whether it has to be paid first."""
        return self.item.clearance == Clearance.WAITS


@dataclass(frozen=True, slots=True)
class PickUpDetail:
    """The same with its goods that are still here, and what is to be paid of its bills."""

    pick_up: PickUp
    lines: tuple[OpenLine, ...] = ()
    owed: Money | None = None
    bill_ids: tuple[int, ...] = ()


def found(pick_ups: Iterable[PickUp], hint: str) -> tuple[PickUp, ...]:
    """Those that every word of the hint says something of, the best first.

    A word is a part of a name, a town, the order's number or, from three digits on, of a phone number. Without a hint
    all of them, as they come.
    """
    words = hint.split()
    fitting = [(each, _fit(each, words)) for each in pick_ups]
    return tuple(
        each
        for each, _ in sorted((one for one in fitting if one[1] is not None), key=lambda one: one[1] or 0)
    )


def _fit(pick_up: PickUp, words: Iterable[str]) -> int | None:
    ranks = [_rank(pick_up, word) for word in words]
    known = [rank for rank in ranks if rank is not None]
    return sum(known) if len(known) == len(ranks) else None


def _rank(pick_up: PickUp, word: str) -> int | None:
    """0: the end of the number, as customers read it out; 1: of a phone; 2: within a name; 3: within anything else."""
    item = pick_up.item
    digits = "".join(one for one in word if one.isdecimal())
    if digits and _digits(item.number).endswith(digits):
        return 0
    if len(digits) >= FEWEST_DIGITS:
        phones = [_digits(phone) for phone in pick_up.phones]
        national = digits.lstrip("0")
        if any(phone.endswith(digits) for phone in phones):
            return 1
        if len(national) >= FEWEST_DIGITS and any(national in phone for phone in phones):
            return 3
    folded = fold(word)
    if folded and any(part.startswith(folded) for part in fold(f"{item.recipient} {pick_up.names}").split()):
        return 2
    rest = fold(f"{item.recipient} {pick_up.names} {item.city} {item.title}")
    return 3 if folded and (folded in rest or word.casefold() in item.number.casefold()) else None


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal())
