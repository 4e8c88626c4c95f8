"""Heute: one ranked list of what needs the owner now. The rank is a pure rule with a table of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Literal

from shopdesk.domain.countdowns import Interval, has_begun, time_left
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.promises import Standing, deadline, standing

if TYPE_CHECKING:
    from shopdesk.domain.money import Money
    from shopdesk.domain.turnover import Meter

Tone = Literal["ok", "warn", "bad", "info"]
_MINUTE, _HOUR = 60, 3600


class TodayKind(StrEnum):
    """What can need the owner; within the same urgency the first of these stands first."""

    INQUIRY = "inquiry"
    PROMISE = "promise"
    LATE_SHIPMENT = "late_shipment"
    MAIL_FETCH = "mail_fetch"
    MAIL_FAILED = "mail_failed"
    MAIL_UNCLEAR = "mail_unclear"
    NOT_SENT = "not_sent"
    MISSED_CALL = "missed_call"
    APPOINTMENT = "appointment"
    PURCHASE_DELAY = "purchase_delay"
    PURCHASE_READY = "purchase_ready"
    PURCHASE_UNWANTED = "purchase_unwanted"
    PROMISE_BROKEN = "promise_broken"
    VAT_ID_REFUSED = "vat_id_refused"
    PURCHASE_LATE = "purchase_late"
    PURCHASE_OPEN = "purchase_open"
    UNSHIPPED = "unshipped"
    FOLLOW_UP = "follow_up"
    BANK_FILE = "bank_file"
    BANK_ENTRIES = "bank_entries"
    PAYMENT_REMINDERS = "payment_reminders"
    OVERDUE = "overdue"
    ADVANCE_MISSING = "advance_missing"
    STANDING_ORDER_HELD_BACK = "standing_order_held_back"
    STANDING_ORDERS = "standing_orders"
    MAIL_WAITING = "mail_waiting"
    VAT_ID = "vat_id"
    MONTH_END = "month_end"
    LIMIT = "limit"
    MORE = "more"


class Urgency(IntEnum):
    """The bands of the list: what loses money or a promise soonest stands first."""

    WAITED_TOO_LONG = 0  # an inquiry over its target (S11: always first)
    PROMISE_LATE = 1
    DOES_NOT_GO = 2  # mails that do not come or go, and a bill that was to be sent
    NOW = 3  # a clock near its target, a complaint, a missed call, a promise at risk, an appointment within the hour
    SOON = 4  # an inquiry with time left, a promise of later, an appointment of today, a broken promise
    WRONG = 5  # a bill to be put right
    FOLLOW_UP = 6
    OVERDUE = 7  # a bill that should have been paid
    WAITS = 8  # goes by itself
    HINT = 9
    REST = 10


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One row. `due` is a day; `reference` is the id of the follow-up, mail or document behind it.

    `times` is how often a missed call was tried, how many more rows there are, or how many working days paid goods are
    late; of these `due` is the day of the payment. `due_at`, `warn_at` and `bad_at` are
    moments of a clock (aware): when it runs out, from when it is amber and red; of a mailbox that cannot be read
    `warn_at` is since when the owner should know. `at_risk` and `is_untold` are about
    promises; `about` is the kind that a row of more is about, `channel` the one over which an inquiry came,
    `amount` what is open of a bill;
    `last_hours` are the open hours before `due_at`, `back_at` is until when it was put off. `ends_at`, `is_ready`
    (to be fetched) and `is_invited` (the customer, by mail) are about appointments, `is_complaint` about inquiries.
    """

    kind: TodayKind
    reference: int
    title: str
    detail: str = ""
    due: dt.date | None = None
    due_time: str = ""
    since: dt.datetime | None = None
    customer_id: int | None = None
    document_id: int | None = None
    version: int = 0
    meter: Meter | None = None
    times: int = 1
    due_at: dt.datetime | None = None
    warn_at: dt.datetime | None = None
    bad_at: dt.datetime | None = None
    at_risk: bool = False
    is_untold: bool = False
    repeats: bool = False
    about: TodayKind | None = None
    channel: str = ""
    amount: Money | None = None
    last_hours: tuple[Interval, ...] = ()
    back_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    is_ready: bool = False
    is_invited: bool = False
    new_due: dt.date | None = None
    is_complaint: bool = False


def urgency(item: TodayItem, now: dt.datetime) -> Urgency:
    """The band of a row at `now`, in the shop's own time."""
    match item.kind:
        case TodayKind.INQUIRY:
            waits = _clock(item, now, Urgency.WAITED_TOO_LONG)
            return min(Urgency.NOW, waits) if item.is_complaint else waits
        case TodayKind.MISSED_CALL if item.due_at is not None:
            return min(Urgency.NOW, _clock(item, now, Urgency.WAITED_TOO_LONG))
        case TodayKind.APPOINTMENT if _is_over(item, now):
            return Urgency.FOLLOW_UP
        case TodayKind.APPOINTMENT:
            return _clock(item, now, Urgency.NOW)
        case TodayKind.PROMISE:
            return _PROMISES[_standing(item, now)]
        case TodayKind.LATE_SHIPMENT:
            return _goods(item, now)
        case _:
            return _BANDS[item.kind]


def _goods(item: TodayItem, now: dt.datetime) -> Urgency:
    """Goods that are still here: past their day, on it, or before it."""
    if item.due is not None and item.due > now.date():
        return Urgency.SOON
    return Urgency.NOW if item.due == now.date() else Urgency.PROMISE_LATE


def _is_over(item: TodayItem, now: dt.datetime) -> bool:
    """Whether an appointment is over and nobody has said what became of it."""
    return item.ends_at is not None and item.ends_at <= now


def _clock(item: TodayItem, now: dt.datetime, over: Urgency) -> Urgency:
    if item.due_at is not None and item.due_at <= now:
        return over
    return Urgency.NOW if item.warn_at is not None and item.warn_at <= now else Urgency.SOON


def _standing(item: TodayItem, now: dt.datetime) -> Standing:
    assert item.due is not None
    at_risk = item.at_risk or item.is_untold
    return standing(item.due, item.due_time, now, at_risk=at_risk, risk_from=item.warn_at)


_PROMISES = {
    Standing.LATE: Urgency.PROMISE_LATE, Standing.AT_RISK: Urgency.NOW, Standing.FINE: Urgency.SOON,
}  # fmt: skip
_BANDS = {
    TodayKind.MAIL_FETCH: Urgency.DOES_NOT_GO,
    TodayKind.MAIL_FAILED: Urgency.DOES_NOT_GO,
    TodayKind.MAIL_UNCLEAR: Urgency.DOES_NOT_GO,
    TodayKind.NOT_SENT: Urgency.DOES_NOT_GO,
    TodayKind.MISSED_CALL: Urgency.NOW,
    TodayKind.PURCHASE_DELAY: Urgency.NOW,
    TodayKind.PURCHASE_READY: Urgency.NOW,
    TodayKind.PURCHASE_UNWANTED: Urgency.NOW,
    TodayKind.PURCHASE_LATE: Urgency.WRONG,
    TodayKind.PURCHASE_OPEN: Urgency.FOLLOW_UP,
    TodayKind.PROMISE_BROKEN: Urgency.SOON,
    TodayKind.VAT_ID_REFUSED: Urgency.WRONG,
    TodayKind.UNSHIPPED: Urgency.WRONG,
    TodayKind.FOLLOW_UP: Urgency.FOLLOW_UP,
    TodayKind.BANK_FILE: Urgency.OVERDUE,
    TodayKind.BANK_ENTRIES: Urgency.OVERDUE,
    TodayKind.PAYMENT_REMINDERS: Urgency.OVERDUE,
    TodayKind.OVERDUE: Urgency.OVERDUE,
    TodayKind.ADVANCE_MISSING: Urgency.OVERDUE,
    TodayKind.STANDING_ORDER_HELD_BACK: Urgency.DOES_NOT_GO,
    TodayKind.STANDING_ORDERS: Urgency.FOLLOW_UP,
    TodayKind.MAIL_WAITING: Urgency.WAITS,
    TodayKind.VAT_ID: Urgency.WAITS,
    TodayKind.MONTH_END: Urgency.HINT,
    TodayKind.LIMIT: Urgency.HINT,
    TodayKind.MORE: Urgency.REST,
}
_PLACES = {kind: place for place, kind in enumerate(TodayKind)}
_ONE_LIST = frozenset({Urgency.NOW, Urgency.SOON})
"""Bands of moments: what runs out first stands first, whatever it is. In the others each kind stands together."""


def rank(item: TodayItem, now: dt.datetime) -> tuple[int, int, float, float, int, int]:
    """Smaller is sooner: the band, then what runs out first, or has waited longest."""
    band = urgency(item, now)
    place = _PLACES[item.kind]
    waits = item.since.timestamp() if item.since is not None else 0.0
    moment = _moment(item, now, band)
    return (band, 0 if band in _ONE_LIST else place, moment, waits, place, item.reference)


def _moment(item: TodayItem, now: dt.datetime, band: Urgency) -> float:
    """Seconds since the beginning of time: when it is due, else since when it waits.

    A question for which no clock runs has time until the day ends, however old it is; so have goods that are there
    beside clocks that run out.
    """
    if item.due_at is not None:
        return item.due_at.timestamp()
    if item.due is not None:
        return deadline(item.due, item.due_time, now.tzinfo).timestamp()
    if band == Urgency.NOW or item.kind == TodayKind.INQUIRY:
        return deadline(now.date(), "", now.tzinfo).timestamp()
    return item.since.timestamp() if item.since is not None else 0.0


def ranked(items: Iterable[TodayItem], now: dt.datetime) -> tuple[TodayItem, ...]:
    """The list in the order in which it needs the owner at `now`, the shop's own time."""
    return tuple(sorted(items, key=lambda item: rank(item, now)))


def tone(item: TodayItem, now: dt.datetime) -> Tone | None:
    """The colour of a row's clock: red is late, amber is near; None where the kind alone tells."""
    if item.kind == TodayKind.PROMISE:
        return {Standing.LATE: "bad", Standing.AT_RISK: "warn", Standing.FINE: "info"}[_standing(item, now)]  # type: ignore[return-value]
    if item.kind == TodayKind.LATE_SHIPMENT:
        return {Urgency.SOON: "info", Urgency.NOW: "warn"}.get(_goods(item, now), "bad")  # type: ignore[return-value]
    if item.kind == TodayKind.APPOINTMENT and _is_over(item, now):
        return "warn"
    if item.due_at is not None:
        if item.kind != TodayKind.APPOINTMENT and (item.bad_at or item.due_at) <= now:
            return "bad"
        return "warn" if item.warn_at is not None and item.warn_at <= now else "info"
    if (
        item.kind in {TodayKind.FOLLOW_UP, TodayKind.OVERDUE, TodayKind.PURCHASE_LATE}
        and item.due is not None
        and item.due < now.date()
    ):
        return "bad"
    return None


def when(item: TodayItem, now: dt.datetime) -> Message:
    """The chip at the right: how soon."""
    if item.kind == TodayKind.PROMISE and item.is_untold:
        return Message(N_("customer not told"))
    if item.kind == TodayKind.APPOINTMENT and _is_over(item, now):
        return _after_its_time(item, now)
    if item.due_at is not None:
        return _on_the_clock(item, now)
    if item.due is None:
        return _STATE[item.kind]
    if item.kind == TodayKind.UNSHIPPED:
        text = N_("{n} working days late") if item.times > 1 else N_("one working day late")
        return Message(text, {"n": item.times})
    days = (item.due - now.date()).days
    if days == 0:
        is_over = item.kind == TodayKind.PROMISE and _standing(item, now) == Standing.LATE
        text = N_("since {time}") if is_over else N_("today {time}")
        return Message(text, {"time": item.due_time}) if item.due_time else Message(N_("today"))
    if days > 0:
        text = N_("tomorrow {time}")
        if days == 1 and item.due_time:
            return Message(text, {"time": item.due_time})
        return Message(N_("in {n} days"), {"n": days}) if days > 1 else Message(N_("tomorrow"))
    return Message(N_("{n} days late"), {"n": -days}) if days < -1 else Message(N_("since yesterday"))


def _on_the_clock(item: TodayItem, now: dt.datetime) -> Message:
    """The minutes that are left in the last hour, before it the time, then since when it is over."""
    assert item.due_at is not None
    if item.due_at > now:
        spans = item.last_hours
        counts = has_begun(spans, now) or not spans
        left = time_left(spans, now) if has_begun(spans, now) else item.due_at - now
        seconds = left.total_seconds()
        if counts and seconds <= _HOUR:
            return Message(N_("{n} min left"), {"n": int(-(-seconds // _MINUTE))})
        return _at(item.due_at.astimezone(now.tzinfo), now)
    return _since(item.due_at.astimezone(now.tzinfo), now)


def _after_its_time(item: TodayItem, now: dt.datetime) -> Message:
    """What is asked about an appointment that is over."""
    assert item.due_at is not None
    if item.is_ready:
        return Message(N_("not fetched yet"))
    began = item.due_at.astimezone(now.tzinfo)
    days = (now.date() - began.date()).days
    if days == 0:
        return Message(N_("was {time}, did it take place?"), {"time": f"{began:%H:%M}"})
    if days == 1:
        return Message(N_("was yesterday, did it take place?"))
    return Message(N_("was {n} days ago, did it take place?"), {"n": days})


def _since(moment: dt.datetime, now: dt.datetime) -> Message:
    """A moment and no count: the night does not count as waiting, and a clock on the wall is understood at once."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return Message(N_("since {time}"), {"time": f"{moment:%H:%M}"})
    return Message(N_("since yesterday")) if days == 1 else Message(N_("{n} days late"), {"n": days})


def _at(moment: dt.datetime, now: dt.datetime) -> Message:
    days = (moment.date() - now.date()).days
    text = N_("today {time}") if days == 0 else N_("tomorrow {time}")
    if days > 1:
        return Message(N_("in {n} days"), {"n": days})
    return Message(text, {"time": f"{moment:%H:%M}"})


_STATE = {
    TodayKind.INQUIRY: Message(N_("no clock")),
    TodayKind.MAIL_FETCH: Message(N_("no mail comes in")),
    TodayKind.MAIL_FAILED: Message(N_("not delivered")),
    TodayKind.MAIL_UNCLEAR: Message(N_("please check")),
    TodayKind.STANDING_ORDER_HELD_BACK: Message(N_("not sent")),
    TodayKind.STANDING_ORDERS: Message(N_("look over, send")),
    TodayKind.MAIL_WAITING: Message(N_("waiting")),
    TodayKind.MISSED_CALL: Message(N_("today")),
    TodayKind.APPOINTMENT: Message(N_("today")),
    TodayKind.PROMISE: Message(N_("today")),
    TodayKind.PROMISE_BROKEN: Message(N_("not kept")),
    TodayKind.PURCHASE_DELAY: Message(N_("will be late")),
    TodayKind.PURCHASE_READY: Message(N_("customer not told")),
    TodayKind.PURCHASE_UNWANTED: Message(N_("customer cancelled")),
    TodayKind.PURCHASE_LATE: Message(N_("not there")),
    TodayKind.PURCHASE_OPEN: Message(N_("not confirmed")),
    TodayKind.NOT_SENT: Message(N_("not sent")),
    TodayKind.VAT_ID_REFUSED: Message(N_("not valid")),
    TodayKind.VAT_ID: Message(N_("not confirmed")),
    TodayKind.LIMIT: Message(N_("please note")),
    TodayKind.MONTH_END: Message(N_("by the 10th")),
    TodayKind.FOLLOW_UP: Message(N_("today")),
    TodayKind.BANK_FILE: Message(N_("to be read")),
    TodayKind.BANK_ENTRIES: Message(N_("to be booked")),
    TodayKind.OVERDUE: Message(N_("today")),
    TodayKind.ADVANCE_MISSING: Message(N_("not paid")),
    TodayKind.MORE: Message(N_("show")),
}
