"""Follow-ups (Wiedervorlagen): what is to be done for whom on which day, once or again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain import consents
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.timeline import EntryKind

MOST_UNITS = 999


class FollowUpPurpose(StrEnum):
    """Why the customer is contacted; the last two need his consent (§ 7 UWG, RULES.md 7)."""

    ORDER = "order"
    SERVICE = "service"
    SATISFACTION = "satisfaction"
    ADVERTISING = "advertising"


class RepeatUnit(StrEnum):
    """In what a follow-up that repeats is counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every so many units. `day` is the wanted day of the month, 0: that of the first date."""

    every: int
    unit: RepeatUnit
    day: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpRules:
    """What the program sets by itself: asking about a quote so many working days after it was sent."""

    ask_about_quotes: bool = True
    quote_days: int = 3


BY_QUOTE = "quote"
"""The origin of a follow-up that the program set when a quote was issued."""
CONTACTS = frozenset({EntryKind.CALL, EntryKind.EMAIL, EntryKind.VISIT, EntryKind.MESSAGE})
"""Entries by which shop and customer spoke; a note inside the shop is none."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up; open until `done_at` is set.

    With `on_contact` any contact with the customer closes it, or, where it repeats, starts its time anew.
    """

    due: dt.date
    text: str
    customer_id: int | None = None
    document_id: int | None = None
    due_time: str = ""
    purpose: FollowUpPurpose = FollowUpPurpose.SERVICE
    repeat: Repeat | None = None
    on_contact: bool = False
    origin: str = ""
    done_at: dt.datetime | None = None
    id: int | None = None
    version: int = 0
    customer_name: str = ""


class NoConsent(ShopError):
    """What is advertising before the law needs a consent first."""

    code = "no-consent"

    def __init__(self) -> None:
        text = N_(
            "This customer has not allowed such questions. Ask at the next contact and note the answer under "
            "“Consents”, or write a letter."
        )
        super().__init__(Message(text), field="purpose")


_NEEDS: dict[FollowUpPurpose, consents.Purpose] = {
    FollowUpPurpose.SATISFACTION: consents.Purpose.SATISFACTION,
    FollowUpPurpose.ADVERTISING: consents.Purpose.ADVERTISING,
}


def check(value: FollowUp, given: Iterable[consents.Consent], today: dt.date) -> None:
    """Refuse a question that the customer did not allow by phone, mail or messenger; raises NoConsent."""
    needed = _NEEDS.get(value.purpose)
    if needed is None or value.customer_id is None:
        return
    if not set(consents.allowed_channels(given, needed, today)) - {consents.Channel.LETTER}:
        raise NoConsent


def step(repeat: Repeat, day: dt.date, times: int = 1) -> dt.date:
    """The date `times` rounds after `day`; the 31st of a shorter month is its last day."""
    count = repeat.every * times
    if repeat.unit == RepeatUnit.MONTH:
        from shopdesk.domain.typing.dates import add_months

        later = add_months(day.replace(day=1), count)
        last = add_months(later, 1) - dt.timedelta(1)
        return later.replace(day=min(repeat.day or day.day, last.day))
    return day + dt.timedelta(count * (7 if repeat.unit == RepeatUnit.WEEK else 1))


def next_due(value: FollowUp, today: dt.date) -> dt.date:
    """The first date of its rhythm after today; rounds that were missed are not made up for."""
    assert value.repeat is not None
    times = 1
    while (found := step(value.repeat, value.due, times)) <= today:
        times += 1
    return found


def begun_anew(value: FollowUp, day: dt.date) -> FollowUp:
    """The follow-up after a contact on that day: due one whole round later, and counted from there from now on."""
    assert value.repeat is not None
    repeat = replace(value.repeat, day=day.day)
    due = step(repeat, day)
    return (
        replace(value, due=due, due_time="", repeat=repeat)
        if due > value.due
        else replace(value, due_time="")
    )
