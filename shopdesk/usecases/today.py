"""Heute: what needs the owner now, and "Heute im Blick". Imports nothing heavy: it is the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.money import Money
from shopdesk.domain.periods import asked_for
from shopdesk.domain.today import TodayItem, TodayKind, ranked

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.later import Later
    from shopdesk.domain.today_facts import ContactFacts
    from shopdesk.store.service_figures import FirstAnswer
    from shopdesk.usecases.shop import Shop


ANSWER_SPAN = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AnswersAtAGlance:
    """First answers of the last days: the median in opening minutes, how many, and how many of a hundred in time."""

    median: int
    count: int
    share_in_time: int


@dataclass(frozen=True, slots=True)
class MoneyAtAGlance:
    """What is open in bills, what of it is overdue, and what came in today; known once payments are booked here."""

    open: Money
    overdue: Money
    received_today: Money


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """Today at a glance (Heute im Blick): what went out today and what is still being worked on.

    `appointments` are those of today that were not called off, `next_appointment` is when the next one begins, in the
    shop's own time.
    """

    issued_today: int
    sum_today: Money
    drafts: int
    open_quotes: int
    open_quotes_sum: Money
    answers: AnswersAtAGlance | None = None
    appointments: int = 0
    next_appointment: dt.datetime | None = None
    money: MoneyAtAGlance | None = None


def items(
    shop: Shop, days_ahead: int = 0, limits: Mapping[TodayKind, int] | None = None
) -> tuple[TodayItem, ...]:
    """The ranked list up to today (or some days ahead); `limits` are other numbers of rows by kind."""
    from shopdesk.store import first_rows
    from shopdesk.store.first_rows_parts import Wanted

    now = local_now(shop)
    until = now.date() + dt.timedelta(days=days_ahead)
    found = first_rows.today_items(shop.place, Wanted(until, now, asked_for(now.date()), limits or {}))
    return ranked(_without_holidays(shop, found, now.date()), now)


def _without_holidays(shop: Shop, found: tuple[TodayItem, ...], today: dt.date) -> tuple[TodayItem, ...]:
    """What was paid before a holiday is later late; holidays are looked up only where something may be late."""
    if not any(each.kind == TodayKind.UNSHIPPED for each in found):
        return found
    from shopdesk.domain.unshipped import too_long, working_days_late
    from shopdesk.usecases.working_days import holidays_at

    holidays = holidays_at(shop)
    paid = [each.due for each in found if each.kind == TodayKind.UNSHIPPED and each.due is not None]
    late = working_days_late(paid, today, holidays)
    kept = []
    for each in found:
        if each.kind == TodayKind.UNSHIPPED and each.due is not None:
            if not too_long(each.due, today, holidays):
                continue
            each = replace(each, times=late[each.due])
        kept.append(each)
    return tuple(kept)


def next_return(shop: Shop) -> Later | None:
    """When the next row that was put off is wanted again."""
    from shopdesk.store import first_rows

    return first_rows.next_return(shop.place, local_now(shop))


def local_now(shop: Shop) -> dt.datetime:
    """This moment where the shop is."""
    return shop.clock.now().astimezone(shop.clock.zone)


def facts(shop: Shop, customer_ids: Collection[int]) -> dict[int, ContactFacts]:
    """What one wants to know of these customers before dialling."""
    from shopdesk.store import first_rows_contacts

    return first_rows_contacts.facts(shop.place, customer_ids, shop.clock.today())


def at_a_glance(shop: Shop) -> AtAGlance:
    """The figures beside the list, computed."""
    from shopdesk.domain.appointments import AppointmentState
    from shopdesk.store import appointments, figures, service_figures
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        currency = load_profile(connection).currency
        now = shop.clock.now()
        answers = service_figures.first_answers(connection, now - ANSWER_SPAN, now + dt.timedelta(minutes=1))
        todays = appointments.between(connection, *_whole_day(shop))
        held = [one for one in todays if one.state != AppointmentState.CANCELLED]
        following = min((one.starts for one in held if one.is_open and one.starts > now), default=None)
        return AtAGlance(
            *figures.of_the_day(connection, shop.clock.today(), currency), _answers(answers), len(held),
            following.astimezone(shop.clock.zone) if following is not None else None,
            _money(connection, shop.clock.today(), currency),
        )  # fmt: skip


def _whole_day(shop: Shop) -> tuple[dt.datetime, dt.datetime]:
    begin = dt.datetime.combine(shop.clock.today(), dt.time(), shop.clock.zone)
    return begin, dt.datetime.combine(shop.clock.today() + dt.timedelta(1), dt.time(), shop.clock.zone)


def _money(connection: Connection, today: dt.date, currency: str) -> MoneyAtAGlance | None:
    from shopdesk.store import payments as stored
    from shopdesk.usecases import payments

    if not stored.any_booked(connection):
        return None
    since = payments.load_rules(connection).since
    opened, late = stored.open_sums(connection, since, today, currency, with_orders=False)
    return MoneyAtAGlance(opened, late, stored.received_on(connection, today, currency))


def _answers(answers: tuple[FirstAnswer, ...]) -> AnswersAtAGlance | None:
    """Of inquiries whose clock ran: counted as in the report, so that the two never differ."""
    from shopdesk.domain.inquiries import InquiryChannel
    from shopdesk.domain.service_figures import Timed, figure

    aimed = [each for each in answers if each.target is not None]
    found = figure(
        [
            Timed(each.received_at.date(), InquiryChannel(each.channel), each.minutes, each.target)
            for each in aimed
        ]
    )
    return AnswersAtAGlance(found.median, found.count, found.in_time or 0) if found is not None else None
