"""One letter to many customers: what it is for, what it says, and who must not get it (RULES.md 7; § 7 UWG)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.consents import Channel, Consent, Purpose, may_contact
from shopdesk.domain.customers import Customer
from shopdesk.domain.messages import N_, Message


class LetterPurpose(StrEnum):
    """Why the shop writes. Orders and service need no consent; what only wants to sell is advertising.

    So is, before the law, the question whether all is well (BGH VI ZR 225/17); some object to it alone.
    """

    SERVICE = "service"
    ORDER = "order"
    ADVERTISING = "advertising"
    SATISFACTION = "satisfaction"

    @property
    def consent_purpose(self) -> Purpose | None:
        """What the customer may have objected to; None: nothing stands against such a letter."""
        return {
            LetterPurpose.ADVERTISING: Purpose.ADVERTISING,
            LetterPurpose.SATISFACTION: Purpose.SATISFACTION,
        }.get(self)


PURPOSE_NAMES: Mapping[LetterPurpose, str] = {
    LetterPurpose.SERVICE: N_("Service: opening hours, a recall, what was agreed"),
    LetterPurpose.ORDER: N_("About an order or a delivery"),
    LetterPurpose.ADVERTISING: N_("Advertising: offers and news"),
    LetterPurpose.SATISFACTION: N_("Asking whether all is well (counts as advertising)"),
}

GAPS: Mapping[str, Message] = {
    "greeting": Message(N_("the salutation line in the customer's language")),
    "customer": Message(N_("the customer's name")),
    "first_name": Message(N_("the customer's first name")),
    "last_name": Message(N_("the customer's last name")),
    "company": Message(N_("the customer's company")),
    "customer_number": Message(N_("the customer's number")),
    "town": Message(N_("the customer's town")),
    "date": Message(N_("the date of the letter")),
    "owner": Message(N_("the owner's name")),
    "shop": Message(N_("the shop's name")),
    "phone": Message(N_("the shop's phone number")),
}
"""What a letter may ask for."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and body of a letter in one language, with gaps like `{{ customer }}`.

    Salutation and regards stand on the paper by themselves; a body that names `{{ greeting }}` has its own salutation.
    """

    language: str
    subject: str = ""
    body: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.subject.strip() or self.body.strip())


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What the owner is writing: the first text is for everybody whose language has none."""

    purpose: LetterPurpose = LetterPurpose.SERVICE
    texts: tuple[LetterText, ...] = (LetterText("de"),)

    def text_for(self, language: str) -> LetterText:
        """The text in this language, else the first one."""
        written = (text for text in self.texts if text.language == language and not text.is_empty)
        return next(written, self.texts[0])

    def with_text(self, text: LetterText) -> LetterDraft:
        """The draft with this text in place of the one in its language; an empty one in a further language goes."""
        if text.language == self.texts[0].language:
            return LetterDraft(self.purpose, (text, *self.texts[1:]))
        others = tuple(one for one in self.texts[1:] if one.language != text.language)
        return LetterDraft(self.purpose, (self.texts[0], *others, *(() if text.is_empty else (text,))))


class WhyNot(StrEnum):
    """Why somebody of the selection gets no letter."""

    NO_ADDRESS = "no-address"
    OBJECTION = "objection"
    EMPTY_GAP = "empty-gap"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A customer who gets no letter, and the reason."""

    customer_id: int
    name: str
    why: WhyNot
    reason: Message


_OBJECTIONS: Mapping[LetterPurpose, str] = {
    LetterPurpose.ADVERTISING: N_("wants no advertising by letter, said on {day}"),
    LetterPurpose.SATISFACTION: N_("does not want to be asked by letter, said on {day}"),
}


def objection_to(consents: Iterable[Consent], purpose: LetterPurpose, day: dt.date) -> dt.date | None:
    """Since when the customer wants no such letter; None: may be written to.

    A letter may advertise without consent until the customer objects (Art. 21 (2), (3) GDPR). What an order or a
    service needs is no advertising.
    """
    values, about = tuple(consents), purpose.consent_purpose
    if about is None or may_contact(values, Channel.LETTER, about, day):
        return None
    days = [
        one.withdrawn_on
        for one in values
        if one.channel == Channel.LETTER
        and one.purpose in {about, Purpose.ADVERTISING}
        and one.withdrawn_on is not None
        and one.is_objection(day)
    ]
    return max(days, default=day)


def why_not(
    customer: Customer, consents: Iterable[Consent], purpose: LetterPurpose, day: dt.date
) -> tuple[WhyNot, Message] | None:
    """Why this customer gets no letter of that purpose; None: gets one."""
    since = objection_to(consents, purpose, day)
    if since is not None:
        text = _OBJECTIONS[purpose]
        return WhyNot.OBJECTION, Message(text, {"day": since})
    if customer.address.is_empty:
        return WhyNot.NO_ADDRESS, Message(N_("has no address yet"))
    return None
