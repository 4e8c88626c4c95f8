"""How fast the shop is: figures over weeks and channels, to be seen, printed and exported (S14)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import InquiryChannel
from shopdesk.domain.service_figures import ServiceFigures, Timed, figures, monday_of

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class Measure(StrEnum):
    """What is measured."""

    FIRST_ANSWER = "first_answer"
    CALL_TO_INVOICE = "call_to_invoice"


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """One measure over `weeks` whole weeks up to this one; `unanswered` inquiries are in no median, nor are those that
    were `closed_unanswered`.

    `target` is today's most common one, for the line in the picture.
    """

    measure: Measure
    first: dt.date
    weeks: int
    found: ServiceFigures
    unanswered: int = 0
    target: int | None = None
    closed_unanswered: int = 0


def report(shop: Shop, measure: Measure, weeks: int = 12) -> ServiceReport:
    """The figures of the last weeks, this one included."""
    from shopdesk.store import service_figures as stored
    from shopdesk.usecases import opening_hours

    zone = shop.clock.zone
    first = monday_of(shop.clock.today()) - dt.timedelta(weeks=weeks - 1)
    begin = dt.datetime.combine(first, dt.time(), zone)
    end = dt.datetime.combine(first + dt.timedelta(weeks=weeks), dt.time(), zone)
    with shop.reading() as connection:
        if measure == Measure.FIRST_ANSWER:
            answers = stored.first_answers(connection, begin, end)
            values = [
                Timed(
                    one.received_at.astimezone(zone).date(),
                    InquiryChannel(one.channel),
                    one.minutes,
                    one.target,
                )
                for one in answers
            ]
            waiting = stored.unanswered(connection, begin, end)
            closed = stored.closed_unanswered(connection, begin, end)
            target = opening_hours.answer_times_in(connection, shop).targets.mail
        else:
            clock = opening_hours.answer_times_in(connection, shop).clock
            values = [
                Timed(
                    way.issued_at.astimezone(zone).date(),
                    InquiryChannel(way.channel),
                    clock.opening_minutes_between(way.contact_at, way.issued_at),
                )
                for way in stored.ways_to_bills(connection, begin, end)
            ]
            waiting, closed, target = 0, 0, None
    return ServiceReport(measure, first, weeks, figures(values, first, weeks), waiting, target, closed)
