"""Heute's order: what loses money or a promise soonest stands first; and how soon each row says it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.countdowns import moment_with_left
from shopdesk.domain.today import TodayItem, TodayKind, rank, ranked, tone, urgency, when
from shopdesk.i18n import Texts

ZONE = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 23, 10, 50, tzinfo=ZONE)
TODAY = NOW.date()
K = TodayKind


def at(minutes: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


def inquiry(minutes: float, reference: int = 1) -> TodayItem:
    due = at(minutes)
    return TodayItem(
        K.INQUIRY, reference, "Anfrage", due_at=due, warn_at=due - dt.timedelta(minutes=10),
        bad_at=due - dt.timedelta(minutes=5),
    )  # fmt: skip


def promise(days: int, time: str = "", *, at_risk: bool = False, is_untold: bool = False) -> TodayItem:
    return TodayItem(
        K.PROMISE, 2, "Zusage", due=day(days), due_time=time, at_risk=at_risk, is_untold=is_untold
    )


def follow_up(days: int, time: str = "", reference: int = 3) -> TodayItem:
    return TodayItem(K.FOLLOW_UP, reference, "Wiedervorlage", due=day(days), due_time=time)


def other(kind: TodayKind, hours: int = 1) -> TodayItem:
    return TodayItem(kind, 4, kind.value, since=NOW - dt.timedelta(hours=hours))


def appointment(minutes: float, length: float = 30, *, is_ready: bool = False) -> TodayItem:
    return TodayItem(
        K.APPOINTMENT, 5, "Termin", due_at=at(minutes), warn_at=at(minutes - 60), ends_at=at(minutes + length),
        is_ready=is_ready,
    )  # fmt: skip


def clock(*hours: tuple[float, float]) -> TodayItem:
    """An inquiry whose last open hours are these, in minutes from now: amber at 10, red at 5 minutes."""
    spans = tuple((at(begin), at(end)) for begin, end in hours)
    return TodayItem(
        K.INQUIRY, 1, "Anfrage", due_at=spans[-1][1], warn_at=moment_with_left(spans, 10),
        bad_at=moment_with_left(spans, 5), last_hours=spans,
    )  # fmt: skip


# from top to bottom: each row stands before the next one
IN_ORDER = [
    ("an inquiry long over its target", inquiry(-90)),
    ("an inquiry just over its target", inquiry(-1)),
    ("a missed call over its target", TodayItem(K.MISSED_CALL, 9, "0551", due=TODAY, due_at=at(-1))),
    ("a promise of yesterday", promise(-1)),
    ("a promise of this morning", promise(0, "10:00")),
    ("mails that do not come in", other(K.MAIL_FETCH)),
    ("a mail that was not delivered", other(K.MAIL_FAILED)),
    ("a mail that may have gone", other(K.MAIL_UNCLEAR)),
    ("a bill that was not sent", other(K.NOT_SENT)),
    ("a missed call of this morning", TodayItem(K.MISSED_CALL, 6, "0551", due=TODAY, due_time="10:05")),
    ("an inquiry in the red", inquiry(4)),
    ("an inquiry in the amber", inquiry(8)),
    ("an appointment in half an hour", appointment(30)),
    ("a promise in an hour", promise(0, "11:50")),
    ("a promise of today", promise(0)),
    ("goods that came for an order of long ago", other(K.PURCHASE_READY, 500)),
    ("a promise of tomorrow", promise(1)),
    ("a promise that the owner marked as at risk", promise(3, at_risk=True)),
    ("a moved promise that the customer does not know of", promise(5, is_untold=True)),
    ("a broken promise", other(K.PROMISE_BROKEN)),
    ("an inquiry with time left", inquiry(50)),
    ("an appointment of the afternoon", appointment(200)),
    ("a promise of the evening", promise(0, "18:00")),
    ("a review of a month ago, for which no clock runs", other(K.INQUIRY, 24 * 30)),
    ("a letter of yesterday, for which no clock runs", other(K.INQUIRY, 24)),
    ("an appointment of tomorrow", appointment(60 * 24)),
    ("a bill whose VAT id is not valid", other(K.VAT_ID_REFUSED)),
    ("a late follow-up", follow_up(-2)),
    ("a follow-up of today with a time", follow_up(0, "11:00")),
    ("a follow-up of today", follow_up(0)),
    ("a follow-up of tomorrow", follow_up(1)),
    ("an invoice overdue for long", TodayItem(K.OVERDUE, 12, "R-2026-0001", due=day(-20))),
    ("an invoice overdue since yesterday", TodayItem(K.OVERDUE, 11, "R-2026-0002", due=day(-1))),
    ("a mail that goes by itself", other(K.MAIL_WAITING)),
    ("a VAT id nobody confirmed", other(K.VAT_ID)),
    ("the month's end", TodayItem(K.MONTH_END, 202610, "10/2026")),
    ("a limit", TodayItem(K.LIMIT, 0, "OSS")),
    ("what is not shown", TodayItem(K.MORE, 200, "follow_up", times=4800, about=K.FOLLOW_UP)),
]


@pytest.mark.parametrize(("first", "second"), list(pairwise(IN_ORDER)), ids=lambda pair: pair[0])
def test_the_order_of_the_list(first: tuple[str, TodayItem], second: tuple[str, TodayItem]) -> None:
    assert rank(first[1], NOW) < rank(second[1], NOW)


def test_whatever_order_the_rows_come_in_the_list_is_the_same() -> None:
    items = [item for _words, item in IN_ORDER]
    assert ranked(reversed(items), NOW) == tuple(items)


def test_time_alone_moves_an_inquiry_to_the_top() -> None:
    waiting, late_promise = inquiry(30), promise(-1)
    assert ranked((waiting, late_promise), NOW) == (late_promise, waiting)
    assert ranked((waiting, late_promise), at(31)) == (waiting, late_promise)


SAID = [
    (inquiry(12), "noch 12 min", "info"),
    (inquiry(9.5), "noch 10 min", "warn"),
    (inquiry(4), "noch 4 min", "bad"),
    (inquiry(90), "heute 12:20", "info"),
    (inquiry(60 * 23), "morgen 09:50", "info"),
    (inquiry(60 * 60), "in 2 Tagen", "info"),
    (inquiry(-40), "seit 10:10", "bad"),
    (inquiry(-60 * 24), "seit gestern", "bad"),
    (inquiry(-60 * 24 * 3), "3 Tage überfällig", "bad"),
    (promise(0, "15:00"), "heute 15:00", "info"),
    (promise(0, "12:30"), "heute 12:30", "warn"),
    (promise(0, "10:00"), "seit 10:00", "bad"),
    (promise(0), "heute", "warn"),
    (promise(1), "morgen", "warn"),
    (promise(1, "09:00"), "morgen 09:00", "info"),
    (promise(4), "in 4 Tagen", "info"),
    (promise(4, at_risk=True), "in 4 Tagen", "warn"),
    (promise(4, is_untold=True), "Kunde weiß es nicht", "warn"),
    (promise(-1), "seit gestern", "bad"),
    (follow_up(0, "11:00"), "heute 11:00", None),
    (follow_up(-1), "seit gestern", "bad"),
    (TodayItem(K.OVERDUE, 12, "R-2026-0001", due=day(-20)), "20 Tage überfällig", "bad"),
    (other(K.PROMISE_BROKEN), "nicht gehalten", None),
    (other(K.MAIL_FETCH), "keine Mail kommt an", None),
    (appointment(-5), "seit 10:45", "warn"),
    (appointment(-50), "war 10:00, stattgefunden?", "warn"),
    (appointment(-60 * 24), "stattgefunden? War gestern", "warn"),
    (appointment(-60 * 24 * 4), "stattgefunden? Vor 4 Tagen", "warn"),
    (appointment(-60 * 24 * 4, is_ready=True), "noch nicht abgeholt", "warn"),
    (clock((-30, 10), (85, 95)), "noch 20 min", "info"),
    (clock((-30, 2), (900, 903)), "noch 5 min", "bad"),
    (clock((-30, 5), (900, 903)), "noch 8 min", "warn"),
    (clock((-60, -3), (900, 903)), "noch 3 min", "bad"),
    (clock((5, 65)), "heute 11:55", "info"),
]


@pytest.mark.parametrize(("item", "words", "colour"), SAID)
def test_how_soon_is_said_and_coloured(item: TodayItem, words: str, colour: str | None) -> None:
    assert Texts("de").say(when(item, NOW)) == words
    assert tone(item, NOW) == colour


def test_a_complaint_stands_before_a_question_without_a_clock() -> None:
    question = TodayItem(TodayKind.INQUIRY, 1, "Haben Sie 80x190?", since=NOW)
    complaint = replace(question, is_complaint=True)
    assert urgency(complaint, NOW) < urgency(question, NOW)
