"""What a customer allowed, by which channel and for what (PRODUCT.md, S27; RULES.md 7; § 7 UWG, Art. 7 and 21 GDPR)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class Channel(StrEnum):
    """How somebody is reached."""

    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    MESSENGER = "messenger"


class Purpose(StrEnum):
    """Why somebody is contacted, beyond orders and service: those need no consent."""

    ADVERTISING = "advertising"
    SATISFACTION = "satisfaction"  # advertising before the law, too (BGH VI ZR 225/17)


CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.PHONE: N_("Phone"),
    Channel.MAIL: N_("Mail"),
    Channel.LETTER: N_("Letter"),
    Channel.MESSENGER: N_("Messenger"),
}
PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.ADVERTISING: N_("offers and news"),
    Purpose.SATISFACTION: N_("asking whether all is well"),
}
SOURCES: Mapping[str, str] = {
    "phone": N_("on the phone"),
    "shop": N_("in the shop"),
    "mail": N_("by mail"),
    "letter": N_("by letter"),
    "form": N_("on a form"),
}
"""How it was said, by the code that is stored."""

QUESTIONS: Mapping[Purpose, str] = {
    Purpose.ADVERTISING: N_("May we tell you about offers and news by {channel}?"),
    Purpose.SATISFACTION: N_("May we ask you by {channel} whether you are content?"),
}
CALL_BACK = N_("May I call you in three weeks and ask whether all is well?")
"""The question at the end of a call."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer of a customer: given on a day, perhaps withdrawn on a later one; never changed, never deleted.

    Without `given_on` it is an objection, said on `withdrawn_on`. Days are the shop's; `who` noted it; the sources are
    keys of `SOURCES`; `text` is the question that was asked.
    """

    customer_id: int
    channel: Channel
    purpose: Purpose
    text: str = ""
    given_on: dt.date | None = None
    source: str = ""
    who: str = ""
    withdrawn_on: dt.date | None = None
    withdrawn_source: str = ""
    id: int | None = None
    version: int = 0

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it allows anything on that day; on the day of its withdrawal it no longer does."""
        given = self.given_on is not None and self.given_on <= day
        return given and (self.withdrawn_on is None or day < self.withdrawn_on)

    def is_objection(self, day: dt.date) -> bool:
        """Whether the customer said no, at first or later, by that day."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day


class ConsentRefused(ShopError):
    """The answer cannot be noted."""

    code = "consent"


def may_contact(consents: Iterable[Consent], channel: Channel, purpose: Purpose, day: dt.date) -> bool:
    """Whether the shop may contact a customer that way for that purpose on that day.

    Phone, mail and messenger need a consent for exactly this channel and purpose. A letter needs none; an objection
    ends it (Art. 21 (2) GDPR), and one against advertising ends the satisfaction question, too, as that is advertising.
    """
    of_channel = [each for each in consents if each.channel == channel]
    if any(each.purpose == purpose and each.is_in_force(day) for each in of_channel):
        return True
    ending = {purpose, Purpose.ADVERTISING}
    return channel == Channel.LETTER and not any(
        each.purpose in ending and each.is_objection(day) and not _said_yes_since(each, of_channel, day)
        for each in of_channel
    )


def _said_yes_since(objection: Consent, others: Iterable[Consent], day: dt.date) -> bool:
    return any(each.purpose == objection.purpose and each.is_in_force(day) for each in others)


def allowed_channels(consents: Iterable[Consent], purpose: Purpose, day: dt.date) -> tuple[Channel, ...]:
    """The channels that may be used for a purpose, in their usual order."""
    values = tuple(consents)
    return tuple(channel for channel in Channel if may_contact(values, channel, purpose, day))


def check(consent: Consent, today: dt.date) -> None:
    """Refuse an answer without a day, or of a day that has not come; raises ConsentRefused."""
    day = consent.given_on or consent.withdrawn_on
    if day is None:
        raise ConsentRefused(Message(N_("On which day was it said?")), field="day")
    if day > today:
        raise ConsentRefused(Message(N_("The day on which it was said has not come yet.")), field="day")
