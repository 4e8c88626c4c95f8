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
from shopdesk.intake.mails import door
from shopdesk.store import inquiries as stored_inquiries
from shopdesk.usecases import (
    chains,
    consents,
    customers,
    documents,
    follow_ups,
    inquiry_steps,
    issuing,
    mail_intake,
    outbox,
    timeline,
    today,
)
from shopdesk.usecases.mail_intake import Arrival
from shopdesk.usecases.shop import Shop
from tests.mailbox.mails import mail

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


def sent(shop: Shop, customer_id: int) -> int:
    """A quote that has reached the customer."""
    quote = issued(shop, "quote", customer_id)
    outbox.mark_sent(shop, outbox.hand_to_mail_program(shop, outbox.queue_document(shop, quote)).id)
    return quote


def test_a_quote_is_asked_about_after_three_working_days_until_it_is_answered(
    open_shop: Shop, weber: int
) -> None:
    quote = sent(open_shop, weber)
    (asked,) = follow_ups.of_customer(open_shop, weber)
    assert (asked.due, asked.origin, asked.document_id) == (dt.date(2026, 11, 26), BY_QUOTE, quote)
    order = chains.follow_up(open_shop, quote, "order_confirmation")
    assert len(follow_ups.of_customer(open_shop, weber)) == 1  # a draft answers nothing
    assert order.id is not None
    issuing.issue(open_shop, order.id, send=False)
    assert follow_ups.of_customer(open_shop, weber) == ()


def test_the_owners_own_follow_up_about_a_quote_stays(open_shop: Shop, weber: int) -> None:
    quote = sent(open_shop, weber)
    follow_ups.create(open_shop, FollowUp(TODAY, "Lieferzeit klären", weber, quote))
    bill = chains.follow_up(open_shop, quote, "invoice")
    assert bill.id is not None
    issuing.issue(open_shop, bill.id, send=False)
    assert [text for text, _day in due(open_shop, weber)] == ["Lieferzeit klären"]


def test_the_owner_chooses_the_days_or_none(open_shop: Shop, weber: int) -> None:
    follow_ups.save_rules(open_shop, FollowUpRules(quote_days=1))
    sent(open_shop, weber)
    assert due(open_shop, weber)[0][1] == dt.date(2026, 11, 24)
    follow_ups.save_rules(open_shop, FollowUpRules(ask_about_quotes=False))
    sent(open_shop, weber)
    assert len(due(open_shop, weber)) == 1


def test_a_quote_that_nobody_got_is_not_asked_about(open_shop: Shop, weber: int) -> None:
    quote = issued(open_shop, "quote", weber)
    outbox.queue_document(open_shop, quote)
    assert due(open_shop, weber) == []


def test_a_quote_that_was_ordered_already_is_not_asked_about_when_it_is_mailed_again(
    open_shop: Shop, weber: int
) -> None:
    quote = sent(open_shop, weber)
    order = chains.follow_up(open_shop, quote, "order_confirmation")
    issuing.issue(open_shop, order.id or 0, send=False)
    outbox.mark_sent(
        open_shop, outbox.hand_to_mail_program(open_shop, outbox.queue_document(open_shop, quote)).id
    )
    assert due(open_shop, weber) == []


def test_a_second_quote_takes_the_place_of_the_first(open_shop: Shop, weber: int) -> None:
    sent(open_shop, weber)
    second = sent(open_shop, weber)
    assert [each.document_id for each in follow_ups.of_customer(open_shop, weber)] == [second]


@pytest.mark.parametrize(
    ("kind", "direction", "open_ones"),
    [
        (EntryKind.CALL, Direction.IN, 0),
        (EntryKind.CALL, Direction.OUT, 0),
        (EntryKind.VISIT, Direction.IN, 0),
        (EntryKind.EMAIL, Direction.IN, 0),
        (EntryKind.MESSAGE, Direction.IN, 0),
        (EntryKind.EMAIL, Direction.OUT, 1),
        (EntryKind.NOTE, Direction.INTERNAL, 1),
    ],
)
def test_the_customers_answer_ends_the_question_about_his_quote(
    open_shop: Shop, weber: int, kind: EntryKind, direction: Direction, open_ones: int
) -> None:
    sent(open_shop, weber)
    entry = replace(contact(open_shop, weber, kind), direction=direction)
    _, undo = timeline.add(open_shop, entry)
    assert len(due(open_shop, weber)) == open_ones
    undo.run(open_shop)
    assert len(due(open_shop, weber)) == 1


@pytest.mark.parametrize("sender", ["w@example.org", "privat@elsewhere.example"])
def test_no_thank_you_too_expensive_by_mail_ends_it(open_shop: Shop, weber: int, sender: str) -> None:
    quote = sent(open_shop, weber)
    (ours,) = outbox.of_document(open_shop, quote)
    more = {} if sender.startswith("w@") else {"In_Reply_To": ours.message_id}
    data = mail("Ihr Angebot", sender, "Nein danke, zu teuer", **more)
    arrival = Arrival(data, door.read_one(data), open_shop.clock.now(), len(data))
    with open_shop.writing() as connection:
        mail_intake.take_in(open_shop, connection, arrival)
    assert due(open_shop, weber) == []


def test_what_the_customer_said_before_the_quote_answers_nothing(open_shop: Shop, weber: int) -> None:
    sent(open_shop, weber)
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL, days_ago=3))
    assert len(due(open_shop, weber)) == 1


def test_a_contact_from_before_does_not_end_what_was_noted_after_it(open_shop: Shop, weber: int) -> None:
    follow_ups.create(open_shop, FollowUp(TODAY, "Rückruf", weber, on_contact=True))
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL, days_ago=3))
    assert len(due(open_shop, weber)) == 1
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL))
    assert due(open_shop, weber) == []


def test_a_month_after_the_contact_is_counted_from_its_day_for_good(open_shop: Shop, weber: int) -> None:
    monthly = Repeat(1, RepeatUnit.MONTH)
    value = FollowUp(dt.date(2026, 10, 31), "In Kontakt bleiben", weber, repeat=monthly, on_contact=True)
    follow_ups.create(open_shop, value)
    timeline.add(open_shop, contact(open_shop, weber, EntryKind.CALL, days_ago=13))  # 10 November
    (noted,) = follow_ups.of_customer(open_shop, weber)
    assert noted.due == dt.date(2026, 12, 10)
    follow_ups.done(open_shop, noted)
    assert due(open_shop, weber)[0][1] == dt.date(2027, 1, 10)


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
    quote = sent(open_shop, weber)
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
