"""Every moment is told once: while the program runs, after a sleep, at the next start, after the quiet hours."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.notices import NoticeKind, QuietHours, heading, notices
from shopdesk.domain.today import TodayItem, TodayKind

ZONE = ZoneInfo("Europe/Berlin")
TEN = dt.datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
MINUTE = dt.timedelta(minutes=1)
MIDNIGHT = TEN - 600 * MINUTE


def inquiry(reference: int = 1, due: dt.datetime = TEN) -> TodayItem:
    return TodayItem(
        TodayKind.INQUIRY,
        reference,
        "Rollmatratze?",
        due_at=due,
        warn_at=due - 10 * MINUTE,
        bad_at=due - 5 * MINUTE,
    )


def promise(time: str) -> TodayItem:
    return TodayItem(TodayKind.PROMISE, 2, "Rückruf", due=TEN.date(), due_time=time)


@pytest.mark.parametrize(
    ("item", "minutes", "kinds"),
    [
        (inquiry(), -11, []),
        (inquiry(), -10, [NoticeKind.NEAR]),
        (inquiry(), 0, [NoticeKind.LATE]),
        (promise("10:00"), -31, []),
        (promise("10:00"), -30, [NoticeKind.NEAR]),
        (promise("10:00"), 0, [NoticeKind.LATE]),
        (promise(""), 0, []),
        (replace(promise("10:00"), warn_at=TEN - 60 * MINUTE), -60, [NoticeKind.NEAR]),  # opening hours say it
        (replace(promise("10:00"), warn_at=TEN - 60 * MINUTE), -30, []),
        (replace(promise(""), warn_at=MIDNIGHT - 1440 * MINUTE), -600, []),  # nobody is told at midnight
        (replace(promise(""), warn_at=MIDNIGHT - 1440 * MINUTE), -1500, [NoticeKind.NEAR]),  # at nine the day before
        (promise(""), 1380, [NoticeKind.LATE]),  # and at nine the day after
        (TodayItem(TodayKind.PROMISE_BROKEN, 7, "Matratze", since=TEN, back_at=TEN), 0, [NoticeKind.NOW]),
        (TodayItem(TodayKind.PURCHASE_READY, 8, "B-1", since=TEN - MINUTE, back_at=TEN), 0, [NoticeKind.NOW]),
        (TodayItem(TodayKind.FOLLOW_UP, 3, "Nachfassen", due=TEN.date(), due_time="10:00"), 0, [NoticeKind.NOW]),
        (TodayItem(TodayKind.FOLLOW_UP, 3, "Nachfassen", due=TEN.date()), 0, []),
        (TodayItem(TodayKind.APPOINTMENT, 4, "Aufmaß", due_at=TEN), -16, []),
        (TodayItem(TodayKind.APPOINTMENT, 4, "Aufmaß", due_at=TEN), -15, [NoticeKind.NEAR]),
        (TodayItem(TodayKind.MAIL_FAILED, 5, "R-2026-0001", since=TEN), 0, [NoticeKind.NOW]),
        (TodayItem(TodayKind.MONTH_END, 6, "10/2026"), 0, []),
    ],
)  # fmt: skip
def test_when_something_is_told(item: TodayItem, minutes: int, kinds: list[NoticeKind]) -> None:
    now = TEN + minutes * MINUTE
    assert [notice.kind for notice in notices([item], now - MINUTE, now)] == kinds
    assert notices([item], now, now) == ()  # told once


def test_a_mailbox_that_fails_is_told_when_it_becomes_an_alarm_whatever_was_told_since() -> None:
    since = TEN - 10 * MINUTE
    row = TodayItem(TodayKind.MAIL_FETCH, 1, "info@schlafgut.example", since=since, warn_at=TEN)
    told_until = TEN - 5 * MINUTE  # an appointment was told in between
    assert [notice.at for notice in notices([row], told_until, TEN)] == [TEN]
    assert notices([row], TEN, TEN + MINUTE) == ()


def test_after_a_sleep_only_the_last_moment_of_each_counts() -> None:
    (notice,) = notices([inquiry()], TEN - dt.timedelta(days=2), TEN + dt.timedelta(hours=1))
    assert notice.kind == NoticeKind.LATE


def test_the_most_urgent_first() -> None:
    found = notices([promise("10:00"), inquiry(7, TEN - MINUTE), inquiry()], TEN - dt.timedelta(hours=1), TEN)
    assert [notice.item.reference for notice in found] == [7, 1, 2]


@given(st.lists(st.integers(-300, 300), max_size=8), st.lists(st.integers(-400, 400), min_size=2, max_size=9))
def test_however_often_one_looks_each_moment_is_told_once(dues: list[int], looks: list[int]) -> None:
    items = [inquiry(at, TEN + due * MINUTE) for at, due in enumerate(dues)]
    moments = [TEN + minutes * MINUTE for minutes in sorted(set(looks))]
    told = [
        (notice.item.reference, notice.kind)
        for before, now in itertools.pairwise(moments)
        for notice in notices(items, before, now)
    ]
    assert len(told) == len(set(told))
    late = {at for at, due in enumerate(dues) if moments[0] < TEN + due * MINUTE <= moments[-1]}
    assert {reference for reference, kind in told if kind == NoticeKind.LATE} == late


@pytest.mark.parametrize(
    ("begin", "end", "quiet", "loud"),
    [("20:00", "08:00", ["20:00", "23:59", "00:00", "07:59"], ["08:00", "12:00", "19:59"]),
     ("12:00", "13:00", ["12:00", "12:59"], ["11:59", "13:00", "00:00"])],
)  # fmt: skip
def test_quiet_hours(begin: str, end: str, quiet: list[str], loud: list[str]) -> None:
    hours = QuietHours(dt.time.fromisoformat(begin), dt.time.fromisoformat(end))
    assert all(hours.has(dt.time.fromisoformat(time)) for time in quiet)
    assert not any(hours.has(dt.time.fromisoformat(time)) for time in loud)


def test_every_notice_has_a_heading() -> None:
    items = [
        inquiry(), promise("10:00"), TodayItem(TodayKind.MISSED_CALL, 8, "4711", due_at=TEN, warn_at=TEN - MINUTE),
        *(TodayItem(kind, 9, "x", since=TEN, due_at=TEN, due=TEN.date(), due_time="10:00") for kind in TodayKind
          if kind not in {TodayKind.INQUIRY, TodayKind.PROMISE, TodayKind.MISSED_CALL}),
    ]  # fmt: skip
    for minutes in (-30, -15, -10, -1, 0, 1):
        now = TEN + minutes * MINUTE
        for notice in notices(items, now - MINUTE, now):
            assert heading(notice, now).id
