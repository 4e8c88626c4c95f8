"""How fast the shop is: figures over weeks and channels, to be seen, printed and exported (S14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import InquiryChannel
from shopdesk.domain.service_figures import Channel, ServiceFigures, Timed, figures, monday_of
from shopdesk.domain.shipments import ShipmentKind
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.opening_hours import OpeningClock
    from shopdesk.usecases.shop import Shop

RULES = "service_figures"


class Measure(StrEnum):
    """What is measured."""

    FIRST_ANSWER = "first_answer"
    CALL_TO_INVOICE = "call_to_invoice"
    PAID_TO_SHIPPED = "paid_to_shipped"
    COMPLAINT_SOLVED = "complaint_solved"


@dataclass(frozen=True, slots=True)
class FigureRules:
    """What the owner wants counted; figures per person are off until he says so (§ 26 BDSG, RULES.md 7)."""

    per_person: bool = False


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """One measure over `weeks` whole weeks up to this one.

    `unanswered` inquiries (or unsolved complaints) are in no median, nor are those that were `closed_unanswered`.
    `target` is today's most common one, for the line in the picture.
    """

    measure: Measure
    first: dt.date
    weeks: int
    found: ServiceFigures
    unanswered: int = 0
    target: int | None = None
    closed_unanswered: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """What is counted in, and with which clock."""

    begin: dt.datetime
    end: dt.datetime
    clock: OpeningClock
    target: int | None

    def timed(self, began: dt.datetime, ended: dt.datetime, channel: Channel, *, day: dt.datetime) -> Timed:
        """Something that took opening time, counted for the local day of `day`."""
        minutes = self.clock.opening_minutes_between(began, ended)
        return Timed(day.astimezone(self.begin.tzinfo).date(), channel, minutes)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a measure found, before it is summed up."""

    values: Iterable[Timed]
    unanswered: int = 0
    target: int | None = None
    closed_unanswered: int = 0


def report(shop: Shop, measure: Measure, weeks: int = 12) -> ServiceReport:
    """The figures of the last weeks, this one included."""
    from shopdesk.store import settings
    from shopdesk.usecases import opening_hours

    zone = shop.clock.zone
    first = monday_of(shop.clock.today()) - dt.timedelta(weeks=weeks - 1)
    begin = dt.datetime.combine(first, dt.time(), zone)
    end = dt.datetime.combine(first + dt.timedelta(weeks=weeks), dt.time(), zone)
    with shop.reading() as connection:
        times = opening_hours.answer_times_in(connection, shop)
        counted = _COUNTED[measure](connection, _Span(begin, end, times.clock, times.targets.mail))
        rules = settings.load(connection, RULES, FigureRules, FigureRules())
    values = list(counted.values)
    if not rules.per_person:
        values = [replace(value, person="") for value in values]
    found = figures(values, first, weeks)
    return ServiceReport(
        measure, first, weeks, found, counted.unanswered, counted.target, counted.closed_unanswered
    )


def _first_answers(connection: Connection, span: _Span) -> _Counted:
    from shopdesk.store import service_figures as stored

    zone = span.begin.tzinfo
    values = [
        Timed(
            one.received_at.astimezone(zone).date(),
            InquiryChannel(one.channel),
            one.minutes,
            one.target,
            one.person,
        )
        for one in stored.first_answers(connection, span.begin, span.end)
    ]
    waiting = stored.unanswered(connection, span.begin, span.end)
    closed = stored.closed_unanswered(connection, span.begin, span.end)
    return _Counted(values, waiting, span.target, closed)


def _ways_to_bills(connection: Connection, span: _Span) -> _Counted:
    from shopdesk.store import service_figures as stored

    ways = stored.ways_to_bills(connection, span.begin, span.end)
    return _Counted(
        [
            span.timed(way.contact_at, way.issued_at, InquiryChannel(way.channel), day=way.issued_at)
            for way in ways
        ]
    )


def _paid_and_sent(connection: Connection, span: _Span) -> _Counted:
    from shopdesk.store import service_figures as stored

    sent = stored.paid_and_sent(connection, span.begin, span.end)
    return _Counted(
        [span.timed(one.paid_at, one.sent_at, ShipmentKind(one.kind), day=one.sent_at) for one in sent]
    )


def _complaints(connection: Connection, span: _Span) -> _Counted:
    from shopdesk.store import service_figures as stored

    solved = stored.solved_complaints(connection, span.begin, span.end)
    values = [
        span.timed(one.received_at, one.closed_at, InquiryChannel(one.channel), day=one.received_at)
        for one in solved
    ]
    return _Counted(values, stored.unsolved_complaints(connection, span.begin, span.end))


_COUNTED: dict[Measure, Callable[[Connection, _Span], _Counted]] = {
    Measure.FIRST_ANSWER: _first_answers,
    Measure.CALL_TO_INVOICE: _ways_to_bills,
    Measure.PAID_TO_SHIPPED: _paid_and_sent,
    Measure.COMPLAINT_SOLVED: _complaints,
}


def rules(shop: Shop) -> FigureRules:
    """What the owner wants counted."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, RULES, FigureRules, FigureRules())


def save_rules(shop: Shop, value: FigureRules) -> Undo:
    """Store what is counted; the journal keeps who switched figures per person on."""
    from shopdesk.store import settings

    with shop.writing() as connection:
        old = settings.load(connection, RULES, FigureRules, FigureRules())
        settings.save(connection, RULES, value)
        shop.record(
            connection, "save", "setting", RULES,
            {"figures_per_person": old.per_person}, {"figures_per_person": value.per_person},
        )  # fmt: skip
    return Undo(lambda again: save_rules(again, old))
