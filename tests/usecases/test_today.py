"""Heute with 5,000 open things: as fast as with five, and with few questions to the database."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import insert

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.outbox import NewMail
from shopdesk.domain.promises import Promise
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.store import first_rows, first_rows_contacts, outbox
from shopdesk.store.connection import open_for_reading
from shopdesk.store.first_rows_parts import LIMIT
from shopdesk.store.tables import follow_up, promise
from shopdesk.usecases import customers, inquiry_steps, promises, timeline, today
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
MANY = 2500
MOST_SECONDS = 0.05
SLOW_MACHINE = 4
"""Tests run beside others: a regression to reading everything costs far more than this."""


@pytest.fixture
def busy_shop(open_shop: Shop) -> Shop:
    """2,500 follow-ups and 2,500 promises that are late, of ten customers."""
    ids = [customers.create(open_shop, Customer(company=f"Kunde {number}")).id for number in range(10)]
    days = [(TODAY - dt.timedelta(number % 90)).isoformat() for number in range(MANY)]
    with open_shop.writing() as connection:
        connection.execute(
            insert(follow_up),
            [{"customer_id": ids[n % 10], "due": day, "text": f"F{n}"} for n, day in enumerate(days)],
        )
        connection.execute(
            insert(promise),
            [
                {
                    "customer_id": ids[n % 10], "kind": "other", "due": day, "first_due": day, "text": f"P{n}",
                    "state": "open", "made_at": "2026-11-01T00:00:00.000000+00:00",
                }
                for n, day in enumerate(days)
            ],
        )  # fmt: skip
    return open_shop


def of_kind(items: tuple[TodayItem, ...], kind: TodayKind) -> list[TodayItem]:
    return [item for item in items if item.kind == kind]


def test_each_kind_shows_its_most_urgent_and_says_how_many_more_there_are(busy_shop: Shop) -> None:
    items = today.items(busy_shop)
    assert len(of_kind(items, TodayKind.FOLLOW_UP)) == len(of_kind(items, TodayKind.PROMISE)) == LIMIT
    assert {item.about: item.times for item in of_kind(items, TodayKind.MORE)} == {
        TodayKind.FOLLOW_UP: MANY - LIMIT,
        TodayKind.PROMISE: MANY - LIMIT,
    }
    shown = of_kind(items, TodayKind.PROMISE)
    assert all(item.due is not None and (TODAY - item.due).days > 80 for item in shown)
    wider = today.items(busy_shop, limits={TodayKind.PROMISE: 3000})
    assert len(of_kind(wider, TodayKind.PROMISE)) == MANY
    assert [item.about for item in of_kind(wider, TodayKind.MORE)] == [TodayKind.FOLLOW_UP]


def test_five_thousand_open_things_are_listed_in_a_blink(busy_shop: Shop) -> None:
    today.items(busy_shop)
    times = []
    for _ in range(7):
        before = time.perf_counter()
        today.items(busy_shop)
        times.append(time.perf_counter() - before)
    assert median(times) < MOST_SECONDS * SLOW_MACHINE


def test_the_number_of_statements_does_not_grow_with_the_rows(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def traced(path: Path | str) -> Any:
        connection = open_for_reading(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(first_rows, "open_for_reading", traced)
    today.items(busy_shop)
    assert 0 < len(asked) <= 2 * len(first_rows.SOURCES)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (first_rows_contacts._PROMISES, ("2026-11-23", "2026-11-23T10:00:00+00:00", 200)),
        (first_rows_contacts._FOLLOW_UPS, ("2026-11-23", "2026-11-23", "10:00", "2026-11-23", 200)),
        (first_rows_contacts._MISSED_CALLS, ("2026-11-23", "2026-11-23", "10:00", 200)),
        (first_rows_contacts._FACTS, ("2026-11-23", "[1, 2]")),
    ],
)
def test_no_source_reads_a_whole_table(busy_shop: Shop, statement: str, values: tuple[Any, ...]) -> None:
    connection = open_for_reading(busy_shop.place)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.close()
    scanned = [line for line in plan if line.startswith("SCAN") and "VIRTUAL TABLE" not in line]
    assert scanned == [], plan


def test_a_mail_that_waits_without_a_reason_is_a_row(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        outbox.add(
            connection, NewMail("<a@b>", "d.ivanova@example.org", "Angebot", "", b""), open_shop.clock.now()
        )
    assert [item.kind for item in today.items(open_shop)] == [TodayKind.MAIL_WAITING]


def test_a_row_tells_of_its_customer_without_being_opened(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="Weber", phones=(Phone("0551 77 88 99"),)))
    assert customer.id is not None
    promises.create(open_shop, Promise(customer.id, "Matratze", TODAY))
    at = open_shop.clock.now()
    for minutes, text in ((10, "will weich liegen"), (5, "doch lieber hart")):
        moment = at - dt.timedelta(minutes=minutes)
        timeline.add(
            open_shop, TimelineEntry(customer.id, EntryKind.CALL, moment, text=text, direction=Direction.IN)
        )
    (facts,) = today.facts(open_shop, {customer.id}).values()
    assert (facts.phone, facts.note) == (customer.phones[0].number, "doch lieber hart")
    assert (facts.bought_on, facts.offered) == (None, None)
    assert today.facts(open_shop, ()) == {}


def test_the_first_answers_of_a_week_at_a_glance(open_shop: Shop) -> None:
    assert today.at_a_glance(open_shop).answers is None
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    for minutes in (5, 10, 30, 18):
        asked, _ = inquiry_steps.create(
            open_shop,
            IncomingMessage(InquiryChannel.MAIL, clock.now(), "Preis?", sender_address="a@example.org"),
        )
        assert asked.id is not None
        clock.advance(dt.timedelta(minutes=minutes))
        inquiry_steps.answered_by_hand(open_shop, asked.id, InquiryChannel.MAIL)
    answers = today.at_a_glance(open_shop).answers
    assert answers is not None
    assert (answers.median, answers.count, answers.share_in_time) == (14, 4, 75)
    clock.advance(dt.timedelta(days=8))
    assert today.at_a_glance(open_shop).answers is None
