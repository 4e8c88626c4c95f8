"""Follow-ups that know the contact: repeating, ending with a call, set and closed by a quote's story."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import (
    BY_QUOTE,
    FollowUp,
    FollowUpPurpose,
    FollowUpRules,
    NoConsent,
    Repeat,
    RepeatUnit,
)
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, LostReason
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.store import inquiries as stored_inquiries
from shopdesk.usecases import (
    chains,
    consents,
    customers,
    documents,
    follow_ups,
    inquiry_steps,
    issuing,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
SIX_WEEKS = Repeat(6, RepeatUnit.WEEK)


@pytest.fixture
def weber(open_shop: Shop) -> int:
    customer = customers.create(open_shop, Customer(company="Weber", emails=("w@example.org",)))
    assert customer.id is not None
    return customer.id


def due(shop: Shop, customer_id: int) -> list[tuple[str, dt.date]]:
    return [(each.text, each.due) for each in follow_ups.of_customer(shop, customer_id)]


def contact(shop: Shop, customer_id: int, kind: EntryKind, days_ago: int = 0) -> TimelineEntry:
    at = shop.clock.now() - dt.timedelta(days=days_ago)
    return TimelineEntry(customer_id, kind, at, text="gesprochen", direction=Direction.IN)


def test_one_that_repeats_comes_again_and_undo_takes_both_back(open_shop: Shop, weber: int) -> None:
    noted, _ = follow_ups.create(open_shop, FollowUp(TODAY, "Bürste bringen", weber, repeat=SIX_WEEKS))
    undo = follow_ups.done(open_shop, noted)
    assert due(open_shop, weber) == [("Bürste bringen", TODAY + dt.timedelta(weeks=6))]
    undo.run(open_shop)
    assert due(open_shop, weber) == [("Bürste bringen", TODAY)]


def test_every_month_on_the_31st_stays_on_the_31st(open_shop: Shop, weber: int) -> None:
    value = FollowUp(dt.date(2026, 10, 31), "Zählerstand", weber, repeat=Repeat(1, RepeatUnit.MONTH))
    noted, _ = follow_ups.create(open_shop, value)
    for day in (dt.date(2026, 11, 30), dt.date(2026, 12, 31)):
        follow_ups.done(open_shop, noted)
        (noted,) = follow_ups.of_customer(open_shop, weber)
        assert noted.due == day


@pytest.mark.parametrize("kind", [EntryKind.CALL, EntryKind.VISIT, EntryKind.EMAIL, EntryKind.MESSAGE])
def test_stay_in_touch_begins_anew_with_each_contact(open_shop: Shop, weber: int, kind: EntryKind) -> None:
    value = FollowUp(TODAY + dt.timedelta(3), "In Kontakt bleiben", weber, repeat=SIX_WEEKS, on_contact=True)
    follow_ups.create(open_shop, value)
    _, undo = timeline.add(open_shop, contact(open_shop, weber, kind))
    assert due(open_shop, weber) == [("In Kontakt bleiben", TODAY + dt.timedelta(weeks=6))]
    undo.run(open_shop)
    assert due(open_shop, weber) == [("In Kontakt bleiben", TODAY + dt.timedelta(3))]


def test_a_contact_noted_late_counts_from_its_own_day(open_shop: Shop, weber: int) -> None:
    follow_ups.create(
        open_shop, FollowUp(TODAY, "In Kontakt bleiben", weber, repeat=SIX_WEEKS, on_contact=True)
    )
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL, days_ago=7))
    assert due(open_shop, weber)[0][1] == TODAY + dt.timedelta(weeks=5)


def test_a_note_inside_the_shop_is_no_contact(open_shop: Shop, weber: int) -> None:
    follow_ups.create(
        open_shop, FollowUp(TODAY, "In Kontakt bleiben", weber, repeat=SIX_WEEKS, on_contact=True)
    )
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.NOTE))
    assert due(open_shop, weber)[0][1] == TODAY


def test_a_contact_closes_what_waits_for_one_and_nothing_else(open_shop: Shop, weber: int) -> None:
    follow_ups.create(open_shop, FollowUp(TODAY, "einfach mal melden", weber, on_contact=True))
    follow_ups.create(open_shop, FollowUp(TODAY, "Katalog schicken", weber))
    _, undo = timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL))
    assert due(open_shop, weber) == [("Katalog schicken", TODAY)]
    undo.run(open_shop)
    assert len(due(open_shop, weber)) == 2


def test_taking_a_contact_back_leaves_alone_what_was_changed_since(open_shop: Shop, weber: int) -> None:
    follow_ups.create(
        open_shop, FollowUp(TODAY, "In Kontakt bleiben", weber, repeat=SIX_WEEKS, on_contact=True)
    )
    _, undo = timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL))
    (moved,) = follow_ups.of_customer(open_shop, weber)
    follow_ups.later(open_shop, moved, TODAY + dt.timedelta(1))
    undo.run(open_shop)
    assert due(open_shop, weber)[0][1] == TODAY + dt.timedelta(1)


def test_a_follow_up_is_not_done_in_two_windows(open_shop: Shop, weber: int) -> None:
    noted, _ = follow_ups.create(open_shop, FollowUp(TODAY, "Bürste bringen", weber, repeat=SIX_WEEKS))
    follow_ups.done(open_shop, noted)
    with pytest.raises(ChangedElsewhere):
        follow_ups.done(open_shop, noted)
    assert len(due(open_shop, weber)) == 1


# A quote's own follow-up


def issued(shop: Shop, kind: str, customer_id: int) -> int:
    line = Line(text="Matratze", unit_price=Decimal(100))
    draft = documents.save_draft(shop, replace(documents.start(shop, kind, customer_id), lines=(line,)))
    assert draft.id is not None
    return issuing.issue(shop, draft.id, send=False).document.id or 0


def test_a_quote_is_asked_about_after_three_working_days_until_it_is_answered(
    open_shop: Shop, weber: int
) -> None:
    quote = issued(open_shop, "quote", weber)
    (asked,) = follow_ups.of_customer(open_shop, weber)
    assert (asked.due, asked.origin, asked.document_id) == (dt.date(2026, 11, 26), BY_QUOTE, quote)
    order = chains.follow_up(open_shop, quote, "order_confirmation")
    assert len(follow_ups.of_customer(open_shop, weber)) == 1  # a draft answers nothing
    assert order.id is not None
    issuing.issue(open_shop, order.id, send=False)
    assert follow_ups.of_customer(open_shop, weber) == ()


def test_the_owners_own_follow_up_about_a_quote_stays(open_shop: Shop, weber: int) -> None:
    quote = issued(open_shop, "quote", weber)
    follow_ups.create(open_shop, FollowUp(TODAY, "Lieferzeit klären", weber, quote))
    bill = chains.follow_up(open_shop, quote, "invoice")
    assert bill.id is not None
    issuing.issue(open_shop, bill.id, send=False)
    assert [text for text, _day in due(open_shop, weber)] == ["Lieferzeit klären"]


def test_the_owner_chooses_the_days_or_none(open_shop: Shop, weber: int) -> None:
    follow_ups.save_rules(open_shop, FollowUpRules(quote_days=1))
    issued(open_shop, "quote", weber)
    assert due(open_shop, weber)[0][1] == dt.date(2026, 11, 24)
    follow_ups.save_rules(open_shop, FollowUpRules(ask_about_quotes=False))
    issued(open_shop, "quote", weber)
    assert len(due(open_shop, weber)) == 1


# Questions that need a consent


def test_the_chip_during_the_call_stores_the_consent_and_the_call(open_shop: Shop, weber: int) -> None:
    yes = Consent(weber, Channel.PHONE, Purpose.SATISFACTION, "Darf ich?", given_on=TODAY, source="phone")
    undo = follow_ups.ask_in_three_weeks(open_shop, yes, "Zufrieden?")
    (asked,) = follow_ups.of_customer(open_shop, weber)
    assert (asked.purpose, asked.due) == (FollowUpPurpose.SATISFACTION, TODAY + dt.timedelta(weeks=3))
    assert consents.may(open_shop, weber, Channel.PHONE, Purpose.SATISFACTION)
    undo.run(open_shop)
    assert follow_ups.of_customer(open_shop, weber) == ()
    assert not consents.may(open_shop, weber, Channel.PHONE, Purpose.SATISFACTION)


def test_without_consent_no_satisfaction_question_and_none_in_heute_after_a_withdrawal(
    open_shop: Shop, weber: int
) -> None:
    question = FollowUp(TODAY, "Zufrieden?", weber, purpose=FollowUpPurpose.SATISFACTION)
    with pytest.raises(NoConsent):
        follow_ups.create(open_shop, question)
    yes = Consent(weber, Channel.PHONE, Purpose.SATISFACTION, given_on=TODAY, source="phone")
    stored, _ = consents.note(open_shop, yes)
    follow_ups.create(open_shop, question)
    assert [item.kind for item in today.items(open_shop)] == [TodayKind.FOLLOW_UP]
    consents.withdraw(open_shop, stored, "phone")
    assert today.items(open_shop) == ()


@pytest.mark.parametrize("ending", ["won", "lost"])
def test_a_quote_whose_inquiry_is_decided_is_not_asked_about(
    open_shop: Shop, weber: int, ending: str
) -> None:
    incoming = IncomingMessage(InquiryChannel.MAIL, open_shop.clock.now(), "Matratze?", "Preis?", weber)
    asked, _ = inquiry_steps.create(open_shop, incoming)
    assert asked.id is not None
    quote = issued(open_shop, "quote", weber)
    with open_shop.writing() as connection:
        stored_inquiries.link_document(connection, asked.id, quote)
    assert len(follow_ups.of_customer(open_shop, weber)) == 1
    if ending == "won":
        undo = inquiry_steps.won(open_shop, asked.id)
    else:
        undo = inquiry_steps.lost(open_shop, asked.id, LostReason.PRICE)
    assert follow_ups.of_customer(open_shop, weber) == ()
    undo.run(open_shop)
    assert len(follow_ups.of_customer(open_shop, weber)) == 1
