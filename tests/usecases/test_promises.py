"""A promise from the note to its end: kept, moved and told, or broken; all of it undoable, all of it remembered."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import FollowUp, Repeat, RepeatUnit
from shopdesk.domain.journal import JournalFilter
from shopdesk.domain.mail import MailState, NoEmailAddress
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.promises import Promise, PromiseInThePast, PromiseKind, PromiseSettled, PromiseState
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.store import privacy
from shopdesk.usecases import (
    customer_merges,
    customers,
    follow_ups,
    journal,
    outbox,
    phone_calls,
    promise_messages,
    promises,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.working_days import holidays_at
from tests.usecases.test_phone_calls import later

TODAY = dt.date(2026, 11, 23)
FRIDAY = dt.date(2026, 11, 27)


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    customer = customers.create(
        open_shop,
        Customer(
            person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
            phones=(Phone("+359 88 712 3456"),),
            emails=("d.ivanova@example.org",),
            address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
        ),
    )
    assert customer.id is not None
    return customer.id


@pytest.fixture
def mattress(open_shop: Shop, ivanova: int) -> int:
    """Promised for Friday."""
    noted, _ = promises.create(open_shop, Promise(ivanova, "Matratze", FRIDAY, kind=PromiseKind.DELIVERY))
    assert noted.id is not None
    return noted.id


def rows(shop: Shop, days: int = 0) -> list[tuple[TodayKind, str]]:
    kinds = {TodayKind.PROMISE, TodayKind.PROMISE_BROKEN}
    return [(item.kind, item.title) for item in today.items(shop, days) if item.kind in kinds]


def titles(shop: Shop, customer_id: int) -> list[str]:
    return [entry.title for entry in timeline.page(shop, customer_id) if entry.title]


def test_a_note_offers_and_the_press_stores(open_shop: Shop, ivanova: int) -> None:
    (found,) = promises.recognised(open_shop, "ruf Fr 15:00 zurück", holidays_at(open_shop))
    assert promises.of_customer(open_shop, ivanova) == ()  # offered only
    noted, undo = promises.create(open_shop, promises.from_note(ivanova, found))
    (stored,) = promises.of_customer(open_shop, ivanova)
    assert stored == noted
    assert (stored.text, stored.due, stored.due_time) == ("Ruf zurück", FRIDAY, "15:00")
    assert (stored.first_due, stored.first_time, stored.customer_name) == (
        FRIDAY,
        "15:00",
        "Desislava Ivanova",
    )
    undo.run(open_shop)
    assert promises.of_customer(open_shop, ivanova) == ()


def test_it_stands_in_heute_from_the_day_before(open_shop: Shop, mattress: int) -> None:
    assert mattress
    assert rows(open_shop) == []
    assert rows(open_shop, 7) == [(TodayKind.PROMISE, "Matratze")]
    later(open_shop, 3 * 24 * 60)
    assert rows(open_shop) == [(TodayKind.PROMISE, "Matratze")]


def test_kept_with_undo(open_shop: Shop, ivanova: int, mattress: int) -> None:
    undo = promises.kept(open_shop, mattress)
    assert promises.of_customer(open_shop, ivanova) == ()
    assert promises.get(open_shop, mattress).state == PromiseState.KEPT
    with pytest.raises(PromiseSettled):
        promises.broken(open_shop, mattress)
    undo.run(open_shop)
    (open_again,) = promises.of_customer(open_shop, ivanova)
    assert open_again.is_open


def test_broken_is_seen_before_the_customer_calls_until_somebody_spoke_with_her(
    open_shop: Shop, ivanova: int, mattress: int
) -> None:
    promises.broken(open_shop, mattress)
    assert rows(open_shop) == [(TodayKind.PROMISE_BROKEN, "Matratze")]
    known = phone_calls.recognise(open_shop, "+359887123456").known
    assert known is not None
    assert known.broken == ("Matratze",)
    assert titles(open_shop, ivanova) == ["Zusage nicht gehalten: Matratze, fällig 27.11.2026"]
    later(open_shop, 5)
    entry = TimelineEntry(
        ivanova, EntryKind.CALL, open_shop.clock.now(), text="entschuldigt, neue Lieferung am Mo"
    )
    timeline.add(open_shop, entry)
    assert rows(open_shop) == []
    known = phone_calls.recognise(open_shop, "+359887123456").known
    assert known is not None
    assert known.broken == ()
    (remembered,) = promises.of_customer(open_shop, ivanova)  # the card does not forget
    assert remembered.state == PromiseState.BROKEN


def test_broken_with_undo_leaves_nothing_on_the_timeline(
    open_shop: Shop, ivanova: int, mattress: int
) -> None:
    promises.broken(open_shop, mattress).run(open_shop)
    assert titles(open_shop, ivanova) == []
    assert promises.get(open_shop, mattress).is_open


def test_moved_without_a_word_is_a_risk_until_the_customer_knows(
    open_shop: Shop, ivanova: int, mattress: int
) -> None:
    promises.move(open_shop, mattress, dt.date(2026, 11, 24), "14:00")
    (row,) = [item for item in today.items(open_shop) if item.kind == TodayKind.PROMISE]
    assert row.is_untold
    moved = promises.get(open_shop, mattress)
    assert (moved.state, moved.due_time, moved.first_due) == (PromiseState.MOVED, "14:00", FRIDAY)
    promises.customer_told(open_shop, mattress)
    assert not promises.get(open_shop, mattress).is_untold
    assert titles(open_shop, ivanova)[0].startswith(
        "Zusage auf 24.11.2026 14:00 verschoben, der Kunde weiß Bescheid"
    )


def test_nobody_moves_a_promise_into_the_past(open_shop: Shop, mattress: int) -> None:
    with pytest.raises(PromiseInThePast):
        promises.move(open_shop, mattress, TODAY, "10:00")
    assert promises.get(open_shop, mattress).due == FRIDAY


def test_the_delay_is_mailed_before_the_date_and_both_stand_on_the_timeline(
    open_shop: Shop, ivanova: int, mattress: int
) -> None:
    new = dt.date(2026, 12, 1)
    message = promise_messages.delay(open_shop, promises.get(open_shop, mattress), new)
    assert message.subject == "Neuer Termin: Matratze"
    assert message.body.startswith("Guten Tag, Frau Ivanova,")
    assert "für Freitag, 27.11.2026 zugesagt: Matratze" in message.body
    assert "Der neue Termin ist Dienstag, 01.12.2026" in message.body
    mail_id, undo = promise_messages.move_and_tell(open_shop, mattress, new, "", message)
    mail = outbox.entry(open_shop, mail_id)
    assert (mail.state, mail.recipient) == (MailState.QUEUED, "d.ivanova@example.org")
    moved = promises.get(open_shop, mattress)
    assert (moved.due, moved.is_untold) == (new, False)
    assert titles(open_shop, ivanova) == [
        "Zusage auf 01.12.2026 verschoben, der Kunde weiß Bescheid: Matratze"
    ]
    undo.run(open_shop)
    assert promises.get(open_shop, mattress).due == FRIDAY
    assert outbox.entry(open_shop, mail_id).state == MailState.CANCELLED
    assert titles(open_shop, ivanova) == []


@pytest.mark.parametrize("language", ["de", "en", "fr", "bg"])
def test_the_message_is_whole_in_each_language(open_shop: Shop, language: str) -> None:
    customer = customers.create(
        open_shop, Customer(company="Weber", emails=("w@example.org",), language=language)
    )
    assert customer.id is not None
    value = Promise(customer.id, "Bett", FRIDAY, "15:00")
    message = promise_messages.delay(open_shop, value, dt.date(2026, 12, 1), "09:00")
    for text in (message.subject, message.body):
        assert "{" not in text
        assert "Bett" in text
    assert "15:00" in message.body
    assert "09:00" in message.body


def test_without_an_address_nothing_is_moved(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="Ohne Mail"))
    assert customer.id is not None
    noted, _ = promises.create(open_shop, Promise(customer.id, "Bett", FRIDAY))
    assert noted.id is not None
    message = promise_messages.delay(open_shop, noted, dt.date(2026, 12, 1))
    with pytest.raises(NoEmailAddress):
        promise_messages.move_and_tell(open_shop, noted.id, dt.date(2026, 12, 1), "", message)
    assert promises.get(open_shop, noted.id).due == FRIDAY


def test_the_mail_about_a_delay_is_a_contact(open_shop: Shop, ivanova: int, mattress: int) -> None:
    touch = FollowUp(TODAY, "in Kontakt bleiben", ivanova, repeat=Repeat(6, RepeatUnit.WEEK), on_contact=True)
    follow_ups.create(open_shop, touch)
    new = dt.date(2026, 12, 1)
    message = promise_messages.delay(open_shop, promises.get(open_shop, mattress), new)
    mail_id, _ = promise_messages.move_and_tell(open_shop, mattress, new, "", message)
    assert follow_ups.of_customer(open_shop, ivanova)[0].due == TODAY  # it has not gone yet
    outbox.hand_to_mail_program(open_shop, mail_id)
    outbox.mark_sent(open_shop, mail_id)
    (moved,) = follow_ups.of_customer(open_shop, ivanova)
    assert moved.due == TODAY + dt.timedelta(weeks=6)


def test_two_windows_do_not_settle_the_same_promise_twice(open_shop: Shop, mattress: int) -> None:
    undo = promises.mark_at_risk(open_shop, mattress)
    promises.kept(open_shop, mattress)
    with pytest.raises(ChangedElsewhere):
        undo.run(open_shop)


def test_promises_go_with_the_customer_into_merges_and_answers(
    open_shop: Shop, ivanova: int, mattress: int
) -> None:
    other = customers.create(open_shop, Customer(company="Ivanova Hotel"))
    assert other.id is not None
    with open_shop.reading() as connection:
        assert [row["text"] for row in privacy.about(connection, ivanova)["promise"]] == ["Matratze"]
    into = customers.get(open_shop, other.id)
    customer_merges.merge(open_shop, into, customers.get(open_shop, ivanova), {})
    assert promises.get(open_shop, mattress).customer_id == other.id
    shown = journal.page(open_shop, JournalFilter(subjects=("promise",))).entries
    assert [entry.action for entry in shown] == ["create"]


def test_a_promise_for_monday_morning_is_in_heute_on_saturday(open_shop: Shop) -> None:
    """Two opening hours before, not at half past seven on Monday."""
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(dt.datetime(2026, 11, 20, 10, 0))  # noqa: DTZ001 - the shop's own clock
    customer = customers.create(open_shop, Customer(company="Weber"))
    promises.create(open_shop, Promise(customer.id or 0, "Ruf zurück", dt.date(2026, 11, 23), "09:30"))

    def shown() -> list[str]:
        return [item.title for item in today.items(open_shop) if item.kind == TodayKind.PROMISE]

    open_shop.clock.set(dt.datetime(2026, 11, 21, 11, 29))  # noqa: DTZ001
    assert shown() == []
    open_shop.clock.set(dt.datetime(2026, 11, 21, 11, 31))  # noqa: DTZ001
    assert shown() == ["Ruf zurück"]
