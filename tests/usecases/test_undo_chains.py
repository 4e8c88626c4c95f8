"""Undo after undo: each takes its own act back, and none overwrites what somebody else has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.articles import Article
from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import FollowUp, Repeat, RepeatUnit
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState
from shopdesk.domain.later import Later
from shopdesk.domain.names import PersonName
from shopdesk.domain.promises import Promise
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.usecases import (
    appointments,
    articles,
    consents,
    customers,
    follow_ups,
    inquiries,
    inquiry_steps,
    phone_calls,
    promises,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.undo import Undo
from tests.usecases.test_missed_inquiries import call

Seen = Callable[[], object]
Acts = tuple[Seen, tuple[Callable[[], Undo], ...]]
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def weber(open_shop: Shop) -> int:
    stored = customers.create(open_shop, Customer(person=PersonName(given_name="Hanna", family_name="Weber")))
    assert stored.id is not None
    return stored.id


def of_follow_up(shop: Shop, weber: int) -> Acts:
    day = shop.clock.today()
    noted, _ = follow_ups.create(shop, FollowUp(day, "Angebot", weber, repeat=Repeat(1, RepeatUnit.WEEK)))
    key = noted.id or 0

    def now() -> FollowUp:
        return follow_ups.get(shop, key)

    return (
        lambda: (now().due, now().done_at, [one.due for one in follow_ups.of_customer(shop, weber)]),
        (
            lambda: follow_ups.later(shop, now(), day + dt.timedelta(2)),
            lambda: follow_ups.later(shop, now(), day + dt.timedelta(3), "14:30"),
            lambda: follow_ups.done(shop, now()),
        ),
    )


def of_promise(shop: Shop, weber: int) -> Acts:
    day = shop.clock.today() + dt.timedelta(1)
    made, _ = promises.create(shop, Promise(weber, "Matratze", day))
    key = made.id or 0
    return (
        lambda: replace(promises.get(shop, key), version=0),
        (
            lambda: promises.mark_at_risk(shop, key),
            lambda: promises.move(shop, key, day + dt.timedelta(2)),
            lambda: promises.customer_told(shop, key),
            lambda: promises.broken(shop, key),
            lambda: promises.broken_later(shop, key, Later(day)),
        ),
    )


def of_appointment(shop: Shop, weber: int) -> Acts:
    starts = shop.clock.now()
    made, _ = appointments.create(
        shop, Appointment(starts, starts + dt.timedelta(hours=1), "Reifen", customer_id=weber)
    )
    key = made.id or 0

    def now() -> Appointment:
        return appointments.get(shop, key)

    return (
        lambda: replace(now(), version=0, sequence=0),
        (
            lambda: appointments.move(shop, now(), starts + dt.timedelta(1)),
            lambda: appointments.move(shop, now(), starts + dt.timedelta(2)),
            lambda: appointments.done(shop, now()),
        ),
    )


def of_inquiry(shop: Shop, weber: int) -> Acts:
    asked = IncomingMessage(InquiryChannel.MAIL, shop.clock.now(), "Frage", customer_id=weber)
    made, _ = inquiry_steps.create(shop, asked)
    key = made.id or 0

    return (
        lambda: replace(inquiries.get(shop, key), version=0),
        (
            lambda: inquiry_steps.later(shop, key, Later(TODAY, "14:30")),
            lambda: inquiry_steps.close(shop, key),
            lambda: inquiry_steps.open_again(shop, key),
            lambda: inquiry_steps.won(shop, key),
        ),
    )


def of_missed_call(shop: Shop, _weber: int) -> Acts:
    call(shop)
    row = next(item for item in today.items(shop) if item.kind == TodayKind.MISSED_CALL).reference
    inquiry_id = inquiries.page(shop)[0].id or 0

    def seen() -> object:
        found = inquiries.get(shop, inquiry_id)
        return found.state == InquiryState.OPEN, found.later

    day = shop.clock.today()
    return (
        seen,
        (
            lambda: phone_calls.missed_later(shop, row, Later(day + dt.timedelta(1))),
            lambda: phone_calls.missed_later(shop, row, Later(day + dt.timedelta(2), "09:30")),
            lambda: phone_calls.missed_done(shop, row),
        ),
    )


def of_entry(shop: Shop, weber: int) -> Acts:
    written = TimelineEntry(weber, EntryKind.NOTE, shop.clock.now(), text="a", direction=Direction.INTERNAL)
    key = timeline.add(shop, written)[0].id or 0

    def now() -> TimelineEntry:
        return next(one for one in timeline.page(shop, weber) if one.id == key)

    return (
        lambda: [(one.id, one.text) for one in timeline.page(shop, weber)],
        (
            lambda: timeline.change(shop, replace(now(), text="b")),
            lambda: timeline.change(shop, replace(now(), text="c")),
            lambda: timeline.delete(shop, key),
        ),
    )


def of_consent(shop: Shop, weber: int) -> Acts:
    day = shop.clock.today()
    given = Consent(weber, Channel.MAIL, Purpose.ADVERTISING, "Ja bitte", day, "shop")

    def standing() -> Consent:
        return consents.of_customer(shop, weber)[0]

    return (
        lambda: [(one.text, one.withdrawn_on) for one in consents.of_customer(shop, weber)],
        (
            lambda: consents.note(shop, given)[1],
            lambda: consents.withdraw(shop, standing(), "phone")[1],
        ),
    )


def of_customer(shop: Shop, weber: int) -> Acts:
    def rename(name: str) -> Undo:
        return customers.save(shop, replace(customers.get(shop, weber), company=name))[1]

    return (
        lambda: [one.name for one in customers.page(shop)],
        (lambda: rename("Webers"), lambda: rename("Weberin"), lambda: customers.delete(shop, weber)),
    )


def of_article(shop: Shop, _weber: int) -> Acts:
    key = articles.save(shop, Article(code="M-1", name="Matratze"))[0].id or 0

    def rename(name: str) -> Undo:
        return articles.save(shop, replace(articles.get(shop, key), name=name))[1]

    return (
        lambda: [one.name for one in articles.page(shop)],
        (lambda: rename("Kissen"), lambda: rename("Bett"), lambda: articles.delete(shop, key)),
    )


ALL = (
    of_follow_up, of_promise, of_appointment, of_inquiry, of_missed_call, of_entry, of_consent, of_customer, of_article,
)  # fmt: skip


@pytest.mark.parametrize("acts_of", ALL)
def test_each_undo_brings_back_what_its_act_found(
    open_shop: Shop, weber: int, acts_of: Callable[[Shop, int], Acts]
) -> None:
    seen, acts = acts_of(open_shop, weber)
    found, undos = [], []
    for act in acts:
        found.append(seen())
        undos.append(act())
    assert seen() != found[-1]
    for before, undo in zip(reversed(found), reversed(undos), strict=True):
        undo.run(open_shop)
        assert seen() == before


@pytest.mark.parametrize("acts_of", ALL)
def test_a_new_act_after_an_undo_is_taken_back_like_the_first(
    open_shop: Shop, weber: int, acts_of: Callable[[Shop, int], Acts]
) -> None:
    seen, (first, second, *_) = acts_of(open_shop, weber)
    at_first = seen()
    one = first()
    second().run(open_shop)
    second().run(open_shop)
    one.run(open_shop)
    assert seen() == at_first


def test_what_another_window_changed_in_between_is_not_overwritten(open_shop: Shop, weber: int) -> None:
    seen, (first, second, _) = of_follow_up(open_shop, weber)
    one, two = first(), second()
    two.run(open_shop)
    changed = follow_ups.of_customer(open_shop, weber)[0]
    follow_ups.save(open_shop, replace(changed, text="Von der anderen Seite geändert"))
    before = seen()
    with pytest.raises(ChangedElsewhere):
        one.run(open_shop)
    assert seen() == before
