"""Notices: what the system tells the owner while he looks elsewhere, each moment once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.promises import deadline
from shopdesk.domain.today import TodayItem, TodayKind, rank

AHEAD_OF_APPOINTMENT = dt.timedelta(minutes=15)
AHEAD_OF_PROMISE = dt.timedelta(minutes=30)
MORNING = dt.time(9)
"""When something about a whole day is told."""
TOLD_ONE_BY_ONE = 3
"""More than these at once, after a sleep or at the next start, are one notice that counts them."""


class NoticeKind(StrEnum):
    """Why a moment is told."""

    NEAR = "near"  # the time is running out
    NOW = "now"  # it is time
    LATE = "late"  # it is over


@dataclass(frozen=True, slots=True)
class Notice:
    """One moment of one row of Heute."""

    item: TodayItem
    kind: NoticeKind
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when until when nothing is told, on the shop's clock; over midnight where the end is the smaller one."""

    begin: dt.time
    end: dt.time

    def has(self, moment: dt.time) -> bool:
        """Whether it is quiet then."""
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end


def notices(items: Iterable[TodayItem], told_until: dt.datetime, now: dt.datetime) -> tuple[Notice, ...]:
    """What came up after `told_until`, up to now; of each row the last moment only, the most urgent row first.

    `now` is the shop's own time. What came up while the program slept or was closed is among them.
    """
    found = []
    for item in items:
        passed = [notice for notice in _moments(item, now) if told_until < notice.at <= now]
        if passed:
            found.append(max(passed, key=lambda notice: notice.at))
    return tuple(sorted(found, key=lambda notice: rank(notice.item, now)))


def _moments(item: TodayItem, now: dt.datetime) -> Iterable[Notice]:
    if item.back_at is not None:
        yield Notice(item, NoticeKind.NOW, item.back_at)
    match item.kind:
        case TodayKind.INQUIRY | TodayKind.MISSED_CALL:
            if item.warn_at is not None:
                yield Notice(item, NoticeKind.NEAR, item.warn_at)
            if item.due_at is not None:
                yield Notice(item, NoticeKind.LATE, item.due_at)
        case TodayKind.APPOINTMENT if item.due_at is not None:
            yield Notice(item, NoticeKind.NEAR, item.due_at - AHEAD_OF_APPOINTMENT)
        case TodayKind.PROMISE if item.due is not None:
            yield from _of_promise(item, item.due, now)
        case TodayKind.FOLLOW_UP if item.due is not None and item.due_time:
            yield Notice(item, NoticeKind.NOW, deadline(item.due, item.due_time, now.tzinfo))
        case TodayKind.MAIL_FETCH if item.warn_at is not None:
            yield Notice(
                item, NoticeKind.NOW, item.warn_at
            )  # not since it fails: the first failures mostly pass
        case TodayKind.MAIL_FAILED | TodayKind.MAIL_UNCLEAR if item.since is not None:
            yield Notice(item, NoticeKind.NOW, item.since)
        case _:
            return


def _of_promise(item: TodayItem, due: dt.date, now: dt.datetime) -> Iterable[Notice]:
    """From when the customer must be told if it does not hold: where nothing else is known, half an hour before.

    What is promised for a whole day is told in the morning: its days begin and end at midnight.
    """
    until = deadline(due, item.due_time, now.tzinfo)
    if item.due_time:
        near = item.warn_at or until - AHEAD_OF_PROMISE
        yield Notice(item, NoticeKind.NEAR, near)
        yield Notice(item, NoticeKind.LATE, until)
        return
    if item.warn_at is not None:
        day = item.warn_at.astimezone(now.tzinfo).date()
        yield Notice(item, NoticeKind.NEAR, dt.datetime.combine(day, MORNING, now.tzinfo))
    after = due + dt.timedelta(1)
    yield Notice(item, NoticeKind.LATE, dt.datetime.combine(after, MORNING, now.tzinfo))


_HEADINGS = {
    (TodayKind.INQUIRY, NoticeKind.NEAR): N_("Somebody waits for an answer"),
    (TodayKind.MISSED_CALL, NoticeKind.NOW): N_("You wanted to call back now"),
    (TodayKind.INQUIRY, NoticeKind.LATE): N_("An answer is late"),
    (TodayKind.MISSED_CALL, NoticeKind.NEAR): N_("Please call back"),
    (TodayKind.MISSED_CALL, NoticeKind.LATE): N_("Calling back is late"),
    (TodayKind.APPOINTMENT, NoticeKind.NEAR): N_("Appointment in a quarter of an hour"),
    (TodayKind.PROMISE, NoticeKind.NEAR): N_("Promised for soon"),
    (TodayKind.PROMISE, NoticeKind.LATE): N_("A promise is late"),
    (TodayKind.FOLLOW_UP, NoticeKind.NOW): N_("Follow-up"),
    (TodayKind.MAIL_FETCH, NoticeKind.NOW): N_("Mails cannot be fetched"),
    (TodayKind.MAIL_FAILED, NoticeKind.NOW): N_("A mail was not delivered"),
    (TodayKind.MAIL_UNCLEAR, NoticeKind.NOW): N_("Did the mail go?"),
}
_PUT_OFF = N_("You wanted to see this now")


def heading(notice: Notice, now: dt.datetime) -> Message:
    """The notice's first line."""
    is_over = notice.item.due_at is not None and notice.item.due_at <= now
    if notice.item.kind == TodayKind.APPOINTMENT and is_over:
        return Message(N_("An appointment has begun"))  # told after a sleep
    return Message(_HEADINGS.get((notice.item.kind, notice.kind), _PUT_OFF))
