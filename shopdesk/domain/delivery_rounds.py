"""The delivery round (Lieferrunde): what the shop's own van brings on a day, stop by stop (PRODUCT.md, S40)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import IN_THE_HOUSE, ShipmentLine, ShipmentState

LONGEST_WORDS = 200
"""So much of one field is kept: more does not fit on the list."""
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?:\s*(?:uhr|h))?", re.IGNORECASE)


class Lift(StrEnum):
    """Whether there is one."""

    UNKNOWN = ""
    YES = "yes"
    NO = "no"


LIFT_NAMES: Mapping[Lift, str] = {
    Lift.UNKNOWN: N_("not known"),
    Lift.YES: N_("with a lift"),
    Lift.NO: N_("no lift"),
}


class WrongWindow(ShopError):
    """The time of the stop cannot be."""

    code = "delivery-window"


class NothingPlanned(ShopError):
    """A round without stops cannot be printed."""

    code = "delivery-round-empty"

    def __init__(self) -> None:
        super().__init__(Message(N_("Nothing is planned for this day yet. Please choose an order first.")))


@dataclass(frozen=True, slots=True)
class Stop:
    """What the driver needs at one door. Times are HH:MM or empty, in the shop's own time.

    `extras` are free words such as "Altmatratze mitnehmen"; `reason` tells why the goods came back on `tried_on`.
    """

    shipment_id: int
    customer_id: int
    position: int = 0
    from_time: str = ""
    to_time: str = ""
    floor: str = ""
    lift: Lift = Lift.UNKNOWN
    extras: tuple[str, ...] = ()
    tried_on: dt.date | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RoundStop:
    """One stop as it is shown and printed; `open` is what is still to be paid of the order's bills."""

    stop: Stop
    document_id: int
    number: str
    name: str
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    lines: tuple[ShipmentLine, ...] = ()
    open: Money | None = None
    state: ShipmentState = ShipmentState.PLANNED
    note: str = ""
    bill_ids: tuple[int, ...] = ()

    @property
    def shipment_id(self) -> int:
        """The shipment it brings."""
        return self.stop.shipment_id

    @property
    def is_done(self) -> bool:
        """Whether the goods were handed over."""
        return self.state not in IN_THE_HOUSE

    @property
    def is_wanted(self) -> bool:
        """Whether anything of it is to be brought; not when all was cancelled or credited, or left in another way."""
        return bool(self.lines)

    @property
    def window(self) -> str:
        """The time window as one reads it, such as 10:00–12:00; empty without one."""
        begin, end = self.stop.from_time, self.stop.to_time
        return f"{begin}–{end}" if begin and end else begin or (f"–{end}" if end else "")


def time_of(text: str) -> str:
    """A time of day as HH:MM from "9", "9.30", "930" or "9 Uhr"; empty stays empty. Raises WrongWindow."""
    typed = text.strip()
    if not typed:
        return ""
    digits = re.fullmatch(r"(\d{1,2})(\d{2})", typed)
    found = digits or _TIME.fullmatch(typed)
    hour, minute = (int(found.group(1)), int(found.group(2) or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        words = N_("“{text}” is no time of day. Please write it like 9:30.")
        raise WrongWindow(Message(words, {"text": typed}), field="from_time")
    return f"{hour:02}:{minute:02}"


def checked(value: Stop) -> Stop:
    """The stop with tidy times and words; raises WrongWindow."""
    begin, end = time_of(value.from_time), time_of(value.to_time)
    if begin and end and end <= begin:
        raise WrongWindow(
            Message(N_("The window ends before it begins. Please look at the times.")), field="to_time"
        )
    return Stop(
        value.shipment_id,
        value.customer_id,
        value.position,
        begin,
        end,
        _line(value.floor),
        value.lift,
        tuple(dict.fromkeys(words for each in value.extras if (words := _line(each)))),
        value.tried_on,
        _line(value.reason),
        value.version,
    )


def moved(shipment_ids: Sequence[int], shipment_id: int, steps: int) -> tuple[int, ...]:
    """The order of the stops after one was moved so many places down (up, below zero); it stays within the round."""
    rest = [each for each in shipment_ids if each != shipment_id]
    if len(rest) == len(shipment_ids):
        return tuple(shipment_ids)
    place = max(0, min(len(rest), shipment_ids.index(shipment_id) + steps))
    return (*rest[:place], shipment_id, *rest[place:])


def by_time(stops: Iterable[RoundStop]) -> tuple[int, ...]:
    """The order of the stops by their windows; those without one keep their place at the end."""
    ordered = sorted(stops, key=lambda each: each.stop.from_time or each.stop.to_time or "~")
    return tuple(each.shipment_id for each in ordered)


def still_open(stops: Iterable[RoundStop]) -> Money | None:
    """What is to be paid at the doors, summed; None where nothing is or currencies differ.

    Bills that come with several stops are counted once; where nothing is brought, nothing is asked for.
    """
    once = {each.bill_ids or (-each.shipment_id,): each.open for each in stops if each.is_wanted}
    open_ = [each for each in once.values() if each is not None and each.minor > 0]
    if not open_ or len({each.currency for each in open_}) > 1:
        return None
    return Money(sum(each.minor for each in open_), open_[0].currency)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORDS]
