"""When the shop is open and how fast it wants to answer: the owner's settings, and the clock made of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain import opening_hours
from shopdesk.domain.countdowns import LAST_HOUR
from shopdesk.domain.inquiries import AnswerTargets, Inquiry, InquiryChannel, checked_targets
from shopdesk.domain.opening_hours import OpeningClock, OpeningHours, Span
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.shop import Shop

HOURS = "opening_hours"
TARGETS = "answer_targets"


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Everything a clock is read with: the opening hours as a clock, and the targets."""

    clock: OpeningClock
    targets: AnswerTargets


def answer_times(shop: Shop) -> AnswerTimes:
    """What is set now."""
    with shop.reading() as connection:
        return answer_times_in(connection, shop)


def answer_times_in(connection: Connection, shop: Shop) -> AnswerTimes:
    """The same within a transaction that is open already."""
    from shopdesk.store import settings
    from shopdesk.usecases.shop_settings import load_profile

    hours = settings.load(connection, HOURS, OpeningHours, OpeningHours())
    targets = settings.load(connection, TARGETS, AnswerTargets, AnswerTargets())
    return AnswerTimes(clock_of(shop, hours, load_profile(connection)), targets)


def clock_of(shop: Shop, hours: OpeningHours, profile: ShopProfile) -> OpeningClock:
    """The clock of these hours, with the public holidays where the shop is."""
    from shopdesk.usecases.working_days import holidays_of

    return OpeningClock(hours, holidays_of(profile), shop.clock.zone)


def hours(shop: Shop) -> OpeningHours:
    """The stored opening hours, or the usual ones."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, HOURS, OpeningHours, OpeningHours())


def targets(shop: Shop) -> AnswerTargets:
    """The stored targets, or 20 minutes for mail, web form and missed calls."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, TARGETS, AnswerTargets, AnswerTargets())


def save_hours(shop: Shop, value: OpeningHours) -> Undo:
    """Store the opening hours; clocks that run keep their due moment. Raises WrongHours."""
    from shopdesk.store import settings

    value = opening_hours.checked(value)
    with shop.writing() as connection:
        old = settings.load(connection, HOURS, OpeningHours, OpeningHours())
        settings.save(connection, HOURS, value)
        shop.record(connection, "save", "setting", HOURS, _journalled(old), _journalled(value))
    return Undo(lambda s: save_hours(s, old))


def save_targets(shop: Shop, value: AnswerTargets) -> Undo:
    """Store the targets; they count for what comes in from now on. Raises ShopError at the field."""
    from shopdesk.store import settings

    value = checked_targets(value)
    with shop.writing() as connection:
        old = settings.load(connection, TARGETS, AnswerTargets, AnswerTargets())
        settings.save(connection, TARGETS, value)
        shop.record(connection, "save", "setting", TARGETS, _told(old), _told(value))
    return Undo(lambda s: save_targets(s, old))


def due(
    times: AnswerTimes, channel: InquiryChannel, since: dt.datetime
) -> tuple[int | None, dt.datetime | None]:
    """Target and due moment of somebody who begins to wait now, both None where no clock runs."""
    target = times.targets.of(channel)
    due_at = times.clock.due_after(since, target) if target else None
    return (target, due_at) if due_at else (None, None)


def last_hours(
    times: AnswerTimes, since: dt.datetime, due_at: dt.datetime | None
) -> tuple[opening_hours.Interval, ...]:
    """The open hours before the due moment in which the minutes are counted and shown in yellow and red."""
    if due_at is None:
        return ()
    return times.clock.open_before(since, due_at, max(LAST_HOUR, times.targets.amber))


def minutes_until(times: AnswerTimes, inquiry: Inquiry, at: dt.datetime) -> int:
    """How many minutes of opening time the answer took since somebody waits for it."""
    return times.clock.opening_minutes_between(min(inquiry.waiting_since, at), at)


_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")  # schema.org


def _journalled(value: OpeningHours) -> dict[str, object]:
    week = [f"{day} {_spans(spans)}" for day, spans in zip(_DAYS, value.week, strict=True) if spans]
    special = [
        f"{days.first.isoformat()}/{days.last.isoformat()} {_spans(days.spans)} {days.name}".strip()
        for days in value.special
    ]
    return {HOURS: "; ".join(week), "special_days": "; ".join(special)}


def _spans(spans: tuple[Span, ...]) -> str:
    return ",".join(f"{clock_text(span.start)}-{clock_text(span.end)}" for span in spans) or "-"


def clock_text(minutes: int) -> str:
    """A time of the day: 540 is 09:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _told(value: AnswerTargets) -> dict[str, object]:
    each = [f"{channel.value} {value.of(channel)}" for channel in InquiryChannel if value.of(channel)]
    return {"targets": "; ".join((*each, f"{value.amber}/{value.red}"))}
