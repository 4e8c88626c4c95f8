"""Standing orders (Daueraufträge): what a customer gets again and again until told to stop (S34)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.documents import (
    WITHOUT_AMOUNT,
    Document,
    DocumentKind,
    DocumentState,
    Line,
    Recipient,
    Seller,
)
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.standing_dates import Pause, Schedule, ServicePeriod

KINDS = (
    DocumentKind.INVOICE,
    DocumentKind.ORDER_CONFIRMATION,
    DocumentKind.QUOTE,
    DocumentKind.DELIVERY_NOTE,
)
"""What a standing order can make, the most usual first."""

MOST_TIMES = 999
_LONGEST_YEARS = 100
_GAP = re.compile(r"\{([^{}]{1,20})\}")
PLACEHOLDERS: dict[str, str] = {
    "month": "month", "monat": "month", "period": "period", "zeitraum": "period", "year": "year", "jahr": "year",
    "date": "date", "datum": "date",
}  # fmt: skip
"""What stands between braces in a line, and what is meant by it."""


class Pricing(StrEnum):
    """Whether each document has the articles' prices of its day, or those that were agreed."""

    TODAY = "today"
    FIXED = "fixed"


class MadeState(StrEnum):
    """What became of a date: a draft, one that is to go by itself, gone, or held back for a reason."""

    DRAFT = "draft"
    WAITING = "waiting"
    ISSUED = "issued"
    HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A standing order; `customer_id` is 0 before one was chosen.

    `content` is the draft that is made each time, without customer and seller.

    With `by_itself` documents are issued and mailed without another word, unless something is not as it was.
    """

    customer_id: int
    schedule: Schedule
    content: Document
    name: str = ""
    pricing: Pricing = Pricing.TODAY
    period: ServicePeriod = ServicePeriod.NONE
    by_itself: bool = False
    id: int | None = None
    version: int = 0
    customer_name: str = ""

    @property
    def kind(self) -> DocumentKind:
        """What is made."""
        return self.content.kind

    def pause_on(self, day: dt.date) -> Pause | None:
        """The pause in which a day lies, or that begins later."""
        waiting = (pause for pause in self.schedule.pauses if pause.until is None or pause.until > day)
        return next(waiting, None)


@dataclass(frozen=True, slots=True)
class MadeDate:
    """What became of one date; `document_id` is None when the draft was thrown away."""

    standing_order_id: int
    due: dt.date
    state: MadeState
    document_id: int | None = None
    reason: str = ""
    id: int | None = None


class StandingOrderRefused(ShopError):
    """A standing order that cannot be kept as it is."""

    code = "standing-order"


def checked(value: StandingOrder, today: dt.date) -> StandingOrder:
    """The standing order as it can be stored; raises StandingOrderRefused at the field that is wrong."""
    schedule = value.schedule
    if not value.customer_id:
        raise StandingOrderRefused(
            Message(N_("For whom is it? Please choose the customer.")), field="customer"
        )
    if not any(line.text.strip() for line in value.content.lines if line.kind not in WITHOUT_AMOUNT):
        raise StandingOrderRefused(
            Message(N_("What is delivered each time? Please enter a line.")), field="lines"
        )
    if value.pricing == Pricing.FIXED and any(_lacks_price(line) for line in value.content.lines):
        text = N_("With fixed prices each line needs one. Please enter what is missing.")
        raise StandingOrderRefused(Message(text), field="lines")
    if not today.year - 1 <= schedule.starts.year <= today.year + _LONGEST_YEARS:
        text = N_("From which day? Please check the year of “from”.")
        raise StandingOrderRefused(Message(text), field="starts")
    if schedule.ends is not None and schedule.ends < schedule.starts:
        text = N_("The last day is before the first. Please correct one of them.")
        raise StandingOrderRefused(Message(text), field="ends")
    if not 0 <= schedule.times <= MOST_TIMES:
        text = N_("How often? Between 1 and {most} times, or until told to stop.")
        raise StandingOrderRefused(Message(text, {"most": MOST_TIMES}), field="ends")
    return replace(value, name=" ".join(value.name.split()))


def _lacks_price(line: Line) -> bool:
    return line.kind not in WITHOUT_AMOUNT and line.unit_price is None


def template(document: Document) -> Document:
    """What of a document comes again each time: no customer, seller, date, payment or number."""
    return replace(
        document,
        id=None,
        version=0,
        state=DocumentState.DRAFT,
        number="",
        request_key="",
        date=None,
        due=None,
        customer_id=None,
        seller=Seller(),
        recipient=Recipient(),
        tax_reason="",
        delivery_date=None,
        delivery_month="",
        service_period=None,
        prepaid=(),
        prepay=False,
        follows_id=None,
        refers_to=(),
        deposits=(),
        reminder=None,
        vat_id_reason="",
        issued_at=None,
        sending=False,
    )


def with_schedule(before: StandingOrder, value: StandingOrder, made: int, today: dt.date) -> StandingOrder:
    """The changed order: by another rhythm nothing of the past is made up for, and what was made keeps counting."""
    old, new = before.schedule, value.schedule
    if (old.repeat, old.starts) == (new.repeat, new.starts):
        return value
    return replace(value, schedule=replace(new, counts_from=max(new.starts, today), made_before=made))


def filled(text: str, words: Callable[[str], str]) -> str:
    """A text with its placeholders filled; what is none of ours stays as it was typed."""

    def put(found: re.Match[str]) -> str:
        meant = PLACEHOLDERS.get(found[1].strip().lower())
        return found[0] if meant is None else words(meant)

    return _GAP.sub(put, text)


def unknown_placeholders(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """What stands between braces and means nothing: mostly mistyped."""
    return tuple(dict.fromkeys(_unknown(lines)))


def _unknown(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        for found in _GAP.finditer(f"{line.text}\n{line.description}"):
            if found[1].strip().lower() not in PLACEHOLDERS:
                yield found[0]


def paused(value: StandingOrder, first: dt.date, until: dt.date | None) -> StandingOrder:
    """The order with a pause from `first`; a pause that has not ended yet is replaced by it."""
    if until is not None and until <= first:
        text = N_("The pause ends before it begins. Please enter a later day.")
        raise StandingOrderRefused(Message(text), field="until")
    return _with_pauses(value, (*_over(value, first), Pause(first, until)))


def continued(value: StandingOrder, day: dt.date) -> StandingOrder:
    """The order without the pause that lies before it, or ended today; what was left out is not made up for."""
    ended = tuple(
        replace(pause, until=day) for pause in value.schedule.pauses if day in pause and pause.first < day
    )
    return _with_pauses(value, (*_over(value, day), *ended))


def _over(value: StandingOrder, day: dt.date) -> tuple[Pause, ...]:
    return tuple(pause for pause in value.schedule.pauses if pause.until is not None and pause.until <= day)


def _with_pauses(value: StandingOrder, pauses: tuple[Pause, ...]) -> StandingOrder:
    return replace(value, schedule=replace(value.schedule, pauses=pauses))
