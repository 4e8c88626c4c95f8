"""Who is calling, as the owner wants to see it before picking up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName, Salutation


@dataclass(frozen=True, slots=True)
class LastPurchase:
    """The newest bill."""

    date: dt.date
    number: str
    gross: Money


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """One customer for certain. `company` is set where a person calls for one; `missed` counts unanswered calls.

    `photo` is a JPEG, empty without one.
    """

    customer_id: int
    name: str
    greeting: Message
    company: str = ""
    town: str = ""
    country: str = ""
    last_purchase: LastPurchase | None = None
    open_quotes: int = 0
    follow_ups: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    missed: int = 0
    facts: tuple[str, ...] = ()
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class MaybeCaller:
    """Somebody who may be calling, and why one thinks so."""

    customer_id: int
    name: str
    detail: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is behind a number: one for certain, or several who may be, or nobody known.

    `number` is as people write it, "" where it is withheld; `country` comes from its prefix, "" when that tells none;
    `home` is the shop's own country, which needs no naming; `heard` is the number as the line told it.
    """

    number: str
    country: str = ""
    known: KnownCaller | None = None
    maybe: tuple[MaybeCaller, ...] = ()
    home: str = ""
    heard: str = ""


def spoken_greeting(person: PersonName) -> Message:
    """What one says first on the telephone; neutral, with the whole name, where the gender is not known."""
    if person.is_empty:
        return Message(N_("Good day"))
    if not person.family_name or person.salutation == Salutation.NONE:
        return Message(N_("Good day, {name}"), {"name": person.full})
    return Message(_SPOKEN[person.salutation], {"name": person.titled_family_name})


_SPOKEN = {
    Salutation.MR: N_("Good day, Mr {name}"),
    Salutation.MRS: N_("Good day, Mrs {name}"),
    Salutation.FAMILY: N_("Good day, family {name}"),
}
