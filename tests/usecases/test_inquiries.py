"""No inquiry is forgotten, and its clock tells the truth (PRODUCT.md, S10–S13)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.inquiries import (
    AnswerTargets,
    IncomingMessage,
    InquiryChannel,
    InquiryState,
    LostReason,
)
from shopdesk.domain.later import Later
from shopdesk.domain.names import PersonName
from shopdesk.domain.opening_hours import OpeningHours, Span
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import customers, inquiries, inquiry_steps, opening_hours, timeline
from shopdesk.usecases.shop import Shop

BERLIN = ZoneInfo("Europe/Berlin")
MAIL = InquiryChannel.MAIL
TYRES = "Guten Tag,\n\nich brauche vier Winterreifen 235/60 R16 100H.\n\nGruß, T. Weber"


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def at(shop: Shop, text: str) -> dt.datetime:
    """Put the shop's clock to a local moment and give it."""
    clock = shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(local(text))
    return clock.now()


def mail(shop: Shop, text: str = TYRES, **more: object) -> int:
    values: dict[str, object] = {
        "channel": MAIL, "at": shop.clock.now(), "subject": "Winterreifen", "text": text,
        "sender_name": "Thomas Weber", "sender_address": "t.weber@example.org", "thread_key": "<1@example.org>",
    }  # fmt: skip
    with shop.writing() as connection:
        return inquiries.received(shop, connection, IncomingMessage(**(values | more)))  # type: ignore[arg-type]


def answer(shop: Shop, **more: object) -> int:
    values: dict[str, object] = {"thread_key": "<1@example.org>", "channel": MAIL, "at": shop.clock.now()}
    with shop.writing() as connection:
        return inquiries.answered(shop, connection, **(values | more))  # type: ignore[arg-type]


@pytest.fixture
def desislava(open_shop: Shop) -> int:
    made = customers.create(
        open_shop,
        Customer(person=PersonName(given_name="Desislava", family_name="Ivanova"), emails=("d@example.org",)),
    )
    assert made.id is not None
    return made.id


@pytest.fixture
def until_six(open_shop: Shop) -> Shop:
    """Open till 18:00, on Saturday from 9 to 13."""
    opening_hours.save_hours(open_shop, OpeningHours())
    return open_shop


def test_a_mail_of_friday_evening_is_due_on_saturday_morning(until_six: Shop) -> None:
    at(until_six, "2026-11-27T17:50")
    found = inquiries.get(until_six, mail(until_six))
    assert found.due_at == local("2026-11-28T09:10")
    assert (found.target, found.state) == (20, InquiryState.OPEN)


def test_the_text_is_kept_word_for_word(open_shop: Shop) -> None:
    inquiry_id = mail(open_shop)
    assert [message.text for message in inquiries.messages(open_shop, inquiry_id)] == [TYRES]


def test_a_message_that_comes_twice_is_taken_once(open_shop: Shop) -> None:
    assert mail(open_shop, reference="<a@x>") == mail(open_shop, reference="<a@x>")
    assert len(inquiries.page(open_shop)) == 1


def test_an_answer_stops_the_clock_and_says_how_long_it_took(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    inquiry_id = mail(open_shop)
    at(open_shop, "2026-11-23T10:12")
    assert answer(open_shop) == 1
    found = inquiries.get(open_shop, inquiry_id)
    assert found.state == InquiryState.ANSWERED
    assert found.first_answer is not None
    assert (found.first_answer.channel, found.first_answer.minutes) == (MAIL, 12)


def test_an_automatic_answer_stops_nothing(open_shop: Shop) -> None:
    mail(open_shop)
    assert answer(open_shop, automatic=True) == 0
    assert inquiries.count_open(open_shop) == 1


def test_an_answer_from_before_the_question_stops_nothing(open_shop: Shop) -> None:
    mail(open_shop)
    assert answer(open_shop, at=open_shop.clock.now() - dt.timedelta(minutes=1)) == 0


@pytest.mark.parametrize(
    ("kind", "direction", "title", "stops"),
    [
        (EntryKind.CALL, Direction.OUT, "", InquiryChannel.PHONE),
        (EntryKind.CALL, Direction.IN, "", InquiryChannel.PHONE),
        (EntryKind.CALL, Direction.IN, "Missed call", None),
        (EntryKind.VISIT, Direction.IN, "", InquiryChannel.SHOP),
        (EntryKind.EMAIL, Direction.OUT, "Re: Winterreifen", InquiryChannel.MAIL),
        (EntryKind.EMAIL, Direction.IN, "", None),
        (EntryKind.LETTER, Direction.OUT, "", InquiryChannel.LETTER),
        (EntryKind.MESSAGE, Direction.OUT, "", InquiryChannel.MESSENGER),
        (EntryKind.MESSAGE, Direction.IN, "", None),
        (EntryKind.NOTE, Direction.INTERNAL, "", None),
        (EntryKind.NOTE, Direction.OUT, "", None),
        (EntryKind.DOCUMENT, Direction.OUT, "Quote", None),
    ],
)
def test_only_a_real_answer_stops_the_clock(
    open_shop: Shop,
    desislava: int,
    kind: EntryKind,
    direction: Direction,
    title: str,
    stops: InquiryChannel | None,
) -> None:
    inquiry_id = mail(open_shop, customer_id=desislava)
    timeline.add(open_shop, TimelineEntry(desislava, kind, open_shop.clock.now(), title, "x", direction))
    found = inquiries.get(open_shop, inquiry_id)
    assert found.is_open == (stops is None)
    assert (found.first_answer.channel if found.first_answer else None) == stops


def test_a_call_that_is_taken_back_lets_the_clock_run_again(open_shop: Shop, desislava: int) -> None:
    inquiry_id = mail(open_shop, customer_id=desislava)
    before = inquiries.get(open_shop, inquiry_id)
    entry = TimelineEntry(
        desislava, EntryKind.CALL, open_shop.clock.now(), text="rief an", direction=Direction.IN
    )
    _entry, undo = timeline.add(open_shop, entry)
    undo.run(open_shop)
    again = inquiries.get(open_shop, inquiry_id)
    assert (again.state, again.due_at, again.first_answer) == (InquiryState.OPEN, before.due_at, None)


def test_a_clock_that_was_put_back_does_not_keep_an_answer_from_counting(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    inquiry_id = mail(open_shop)
    at(open_shop, "2026-11-23T08:00")
    assert answer(open_shop) == 1
    found = inquiries.get(open_shop, inquiry_id)
    assert found.first_answer is not None
    assert found.first_answer.minutes == 0


def test_a_changed_target_is_not_retroactive(open_shop: Shop) -> None:
    first = inquiries.get(open_shop, mail(open_shop))
    opening_hours.save_targets(open_shop, AnswerTargets(mail=120))
    opening_hours.save_hours(open_shop, OpeningHours(((Span(600, 660),),) * 7))
    assert first.id is not None
    assert inquiries.get(open_shop, first.id).due_at == first.due_at
    second = inquiries.get(open_shop, mail(open_shop, thread_key="<2@example.org>"))
    assert (second.target, second.due_at != first.due_at) == (120, True)


@pytest.mark.parametrize(
    ("text", "setting", "opens"),
    [
        ("Vielen Dank!", True, False),
        ("Vielen Dank!", False, True),
        ("Danke, und was kostet die Montage?", True, True),
        ("Danke\n\n> Wollen Sie 235/60 R16?\n> Was kostet das?", True, False),
    ],
)
def test_the_next_message_opens_it_again_but_not_a_mere_thank_you(
    open_shop: Shop, text: str, setting: bool, opens: bool
) -> None:
    opening_hours.save_targets(open_shop, AnswerTargets(thanks_stay_answered=setting))
    at(open_shop, "2026-11-23T10:00")
    inquiry_id = mail(open_shop)
    at(open_shop, "2026-11-23T10:05")
    answer(open_shop)
    now = at(open_shop, "2026-11-23T11:00")
    assert mail(open_shop, text) == inquiry_id
    found = inquiries.get(open_shop, inquiry_id)
    assert found.is_open == opens
    assert len(inquiries.messages(open_shop, inquiry_id)) == 2
    if opens:
        assert (found.waiting_since, found.due_at) == (now, local("2026-11-23T11:20"))
        assert found.first_answer is not None
        assert found.first_answer.minutes == 5


def test_a_second_message_while_he_waits_does_not_start_the_clock_anew(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    inquiry_id = mail(open_shop)
    due = inquiries.get(open_shop, inquiry_id).due_at
    at(open_shop, "2026-11-23T10:15")
    mail(open_shop, "Hallo?")
    assert inquiries.get(open_shop, inquiry_id).due_at == due


def test_an_automatic_message_starts_no_clock_and_opens_nothing(open_shop: Shop) -> None:
    inquiry_id = mail(open_shop)
    answer(open_shop)
    mail(open_shop, "Ich bin nicht im Büro.", automatic=True)
    assert not inquiries.get(open_shop, inquiry_id).is_open
    other = inquiries.get(open_shop, mail(open_shop, thread_key="<9@x>", automatic=True))
    assert (other.is_open, other.due_at) == (False, None)


def test_a_won_inquiry_that_is_answered_once_more_is_won_again(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    inquiry_id = mail(open_shop)
    inquiry_steps.won(open_shop, inquiry_id)
    at(open_shop, "2026-11-23T11:00")
    mail(open_shop, "Wann kommt die Ware?")
    assert inquiries.get(open_shop, inquiry_id).is_open
    answer(open_shop)
    assert inquiries.get(open_shop, inquiry_id).state == InquiryState.WON


def test_everything_the_owner_does_can_be_taken_back(open_shop: Shop, desislava: int) -> None:
    inquiry_id = mail(open_shop)
    before = inquiries.get(open_shop, inquiry_id)
    for act in (
        lambda: inquiry_steps.close(open_shop, inquiry_id),
        lambda: inquiry_steps.won(open_shop, inquiry_id),
        lambda: inquiry_steps.lost(open_shop, inquiry_id, LostReason.PRICE, "beim Discounter gekauft"),
        lambda: inquiry_steps.answered_by_hand(open_shop, inquiry_id, InquiryChannel.MESSENGER),
        lambda: inquiry_steps.open_again(open_shop, inquiry_id),
        lambda: inquiry_steps.later(open_shop, inquiry_id, Later(dt.date(2026, 11, 30))),
        lambda: inquiry_steps.assign(open_shop, inquiry_id, desislava),
    ):
        act().run(open_shop)
        now = inquiries.get(open_shop, inquiry_id)
        assert (now.state, now.due_at, now.first_answer, now.later, now.customer_id) == (
            before.state, before.due_at, before.first_answer, before.later, before.customer_id,
        )  # fmt: skip


def test_what_was_entered_by_hand_and_taken_back_is_gone(open_shop: Shop, desislava: int) -> None:
    incoming = IncomingMessage(
        InquiryChannel.SHOP, open_shop.clock.now(), "", "2 Matratzen 90x200", desislava
    )
    made, undo = inquiry_steps.create(open_shop, incoming)
    assert (made.subject, made.due_at, made.is_open) == ("2 Matratzen 90x200", None, True)
    assert [entry.text for entry in timeline.page(open_shop, desislava)] == ["2 Matratzen 90x200"]
    undo.run(open_shop)
    assert inquiries.page(open_shop) == ()
    assert timeline.page(open_shop, desislava) == ()


def test_who_comes_into_the_shop_is_answered_there_and_waits_only_for_what_he_asks_now(
    open_shop: Shop, desislava: int
) -> None:
    by_mail = mail(open_shop, customer_id=desislava)
    visit = IncomingMessage(InquiryChannel.SHOP, open_shop.clock.now(), "", "und ein Kissen", desislava)
    made, undo = inquiry_steps.create(open_shop, visit)
    assert [one.id for one in inquiries.page(open_shop)] == [made.id]
    undo.run(open_shop)
    assert [one.id for one in inquiries.page(open_shop)] == [by_mail]


def test_a_typed_number_is_known_again_when_its_owner_becomes_a_customer(open_shop: Shop) -> None:
    incoming = IncomingMessage(
        InquiryChannel.PHONE, open_shop.clock.now(), text="Preis?", sender_phone="0551 99887"
    )
    made, _undo = inquiry_steps.create(open_shop, incoming)
    assert (made.sender_phone, made.who) == ("+4955199887", "+49 551 99887")
    customer = Customer(person=PersonName(family_name="Brandt"), phones=(Phone("0551/99887"),))
    owner = customers.create(open_shop, customer)
    assert made.id is not None
    assert inquiries.get(open_shop, made.id).customer_id == owner.id


def test_whoever_asked_before_he_was_a_customer_is_answered_as_one(open_shop: Shop, desislava: int) -> None:
    inquiry_id = mail(open_shop, sender_address="D@Example.org")
    entry = TimelineEntry(desislava, EntryKind.CALL, open_shop.clock.now(), text="x", direction=Direction.OUT)
    timeline.add(open_shop, entry)
    assert not inquiries.get(open_shop, inquiry_id).is_open


def test_the_list_shows_who_is_due_first_and_pages_without_gaps(open_shop: Shop) -> None:
    ids = []
    for minute in range(7):
        at(open_shop, f"2026-11-23T10:{minute:02}")
        ids.append(mail(open_shop, thread_key=f"<{minute}>"))
    with open_shop.writing() as connection:
        letter = IncomingMessage(InquiryChannel.LETTER, open_shop.clock.now() - dt.timedelta(days=3), "Brief")
        ids.append(inquiries.received(open_shop, connection, letter))
    states = (InquiryState.OPEN,)
    seen: list[int | None] = []
    cursor = None
    while rows := inquiries.page(open_shop, states, None, cursor, 3):
        seen += [row.id for row in rows]
        cursor = inquiries.cursor_of(rows[-1], states)
    assert seen == ids  # what has no clock stands last
    only = inquiries.page(open_shop, states, InquiryChannel.LETTER)
    assert [row.id for row in only] == [ids[-1]]


def test_a_date_from_the_future_does_not_give_the_shop_more_time(open_shop: Shop) -> None:
    now = at(open_shop, "2026-11-23T10:00")
    found = inquiries.get(open_shop, mail(open_shop, at=now + dt.timedelta(days=3)))
    assert found.due_at == local("2026-11-23T10:20")


def test_who_becomes_a_customer_brings_what_he_asked_before(open_shop: Shop) -> None:
    inquiry_id = mail(open_shop)
    made = customers.create(
        open_shop, Customer(person=PersonName(family_name="Weber"), emails=("T.Weber@example.org",))
    )
    assert made.id is not None
    assert inquiries.get(open_shop, inquiry_id).customer_id == made.id
    assert [entry.title for entry in timeline.page(open_shop, made.id)] == ["Winterreifen"]
