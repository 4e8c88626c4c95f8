"""Mails come in once, each with its inquiry; nothing is lost, doubled or changed on the server."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.inquiries import InquiryChannel, InquiryState
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail import MailState
from shopdesk.domain.mail_in import FetchPostponed, FetchRefused, FetchState, MailInAccount
from shopdesk.domain.names import PersonName
from shopdesk.domain.received_mails import KeptAway, MailPlace, SenderRule, StoredMail
from shopdesk.domain.timeline import Direction
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.inbox import ImapInbox
from shopdesk.usecases import customers, inquiries, mail_in, mail_in_settings, received_mails, timeline, today
from shopdesk.usecases.mail_in import Fetched
from shopdesk.usecases.shop import Shop
from tests.mailbox.dovecot import PASSWORD, Mailbox, server
from tests.mailbox.mails import bounce, mail

__all__ = ["server"]


@pytest.fixture
def shop(open_shop: Shop, server: Mailbox) -> Iterator[Shop]:
    """A shop that reads the server's mailbox, on the day on which the server lives."""
    open_shop.inbox = ImapInbox(5)
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5))
    read(open_shop, server.account())
    yield open_shop
    open_shop.inbox = None


def read(shop: Shop, account: MailInAccount, password: str = PASSWORD) -> None:
    early = replace(account, since=account.since or dt.date(2026, 1, 1))
    mail_in_settings.save_account(shop, early, password, replaces=account.keychain_name)


def fetch(shop: Shop, work: LongWork | None = None) -> Fetched:
    """From the only mailbox."""
    return mail_in.fetch(shop, the_key(shop), work)


def the_key(shop: Shop) -> str:
    (account,) = mail_in_settings.accounts(shop)
    return account.keychain_name


def the_state(shop: Shop) -> FetchState:
    return mail_in_settings.state(shop, the_key(shop))


def stored(shop: Shop, place: MailPlace = MailPlace.TAKEN) -> tuple[StoredMail, ...]:
    return received_mails.page(shop, place)


def desislava(shop: Shop) -> int:
    created = customers.create(
        shop, Customer(person=PersonName(family_name="Ivanova"), emails=("desi@ivanova.example",))
    )
    assert created.id is not None
    return created.id


def test_a_mail_of_a_stranger_becomes_an_inquiry_with_its_clock(shop: Shop, server: Mailbox) -> None:
    server.put(mail("Rollmatratzen", text="Haben Sie 80x190?"))
    assert fetch(shop).taken == 1
    (found,) = stored(shop)
    assert found.inquiry_id is not None
    inquiry = inquiries.get(shop, found.inquiry_id)
    assert (inquiry.state, inquiry.channel, inquiry.subject) == (
        InquiryState.OPEN, InquiryChannel.MAIL, "Rollmatratzen",
    )  # fmt: skip
    assert (inquiry.sender_name, inquiry.sender_address) == ("Desislava Ivanova", "desi@ivanova.example")
    assert inquiry.due_at is not None


def test_a_known_customers_mail_stands_on_his_timeline(shop: Shop, server: Mailbox) -> None:
    customer_id = desislava(shop)
    server.put(mail("Rollmatratzen", sender="DESI@Ivanova.example"))
    fetch(shop)
    (found,) = stored(shop)
    (entry,) = timeline.page(shop, customer_id)
    assert (found.customer_id, entry.title) == (customer_id, "Rollmatratzen")
    assert received_mails.of_entry(shop, entry) == found.id


def test_fetching_again_doubles_nothing_and_marks_nothing(shop: Shop, server: Mailbox) -> None:
    server.put_many([mail("eins"), mail("zwei")])
    assert fetch(shop).taken == 2
    assert fetch(shop) == Fetched()
    assert server.flags() == [(), ()]
    assert the_state(shop).last_success_at == shop.clock.now()


def test_a_server_that_numbers_anew_doubles_nothing(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins"))
    fetch(shop)
    server.stop()
    server.new_validity()
    server.start()
    server.put(mail("zwei"))
    assert fetch(shop).taken == 1
    assert [one.subject for one in stored(shop)] == ["zwei", "eins"]


def test_the_same_mail_in_two_folders_is_taken_once(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins"))
    server.put(mail("eins"), "Junk")
    assert fetch(shop) == Fetched(taken=1)


def test_two_mails_under_one_message_id_are_both_taken(shop: Shop, server: Mailbox) -> None:
    server.put_many([mail("eins", message_id="<same@shop>"), mail("zwei", message_id="<same@shop>")])
    assert fetch(shop).taken == 2
    server.stop()
    server.new_validity()
    server.start()
    assert fetch(shop).taken == 0


def test_mails_from_before_the_chosen_day_are_left_alone(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins"))
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    read(shop, server.account(since=tomorrow))
    assert fetch(shop).taken == 0
    read(shop, server.account(since=tomorrow - dt.timedelta(days=2)))
    assert fetch(shop).taken == 1


def test_a_thread_stays_one_inquiry_and_opens_it_again(shop: Shop, server: Mailbox) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.timedelta(hours=-3))
    server.put(mail("Matratze", message_id="<one@ivanova.example>"), at=shop.clock.now())
    fetch(shop)
    (first,) = stored(shop)
    assert first.inquiry_id is not None
    with shop.writing() as connection:
        inquiries.answered(
            shop, connection, thread_key=first.thread, channel=InquiryChannel.PHONE, at=shop.clock.now()
        )
    assert inquiries.get(shop, first.inquiry_id).state == InquiryState.ANSWERED
    shop.clock.advance(dt.timedelta(hours=2))
    again = mail("Re: Matratze", text="Geht auch 90x200?", In_Reply_To="<one@ivanova.example>")
    server.put(again, at=shop.clock.now() - dt.timedelta(minutes=5))
    fetch(shop)
    second, _ = stored(shop)
    assert second.inquiry_id == first.inquiry_id
    assert inquiries.get(shop, first.inquiry_id).state == InquiryState.OPEN


@pytest.mark.parametrize(
    ("headers", "folder", "reason"),
    [
        ({"List_Unsubscribe": "<https://news.example>"}, "INBOX", KeptAway.NEWSLETTER),
        ({"List_Id": "<news.example>"}, "INBOX", KeptAway.NEWSLETTER),
        ({"Precedence": "bulk"}, "INBOX", KeptAway.NEWSLETTER),
        ({"X_Spam_Flag": "YES"}, "INBOX", KeptAway.SPAM),
        ({"Auto_Submitted": "auto-replied"}, "INBOX", KeptAway.AUTOMATIC),
        ({}, "Junk", KeptAway.JUNK_FOLDER),
        ({"sender": "post@schlafgut-lindner.example"}, "INBOX", KeptAway.OWN),
    ],
)
def test_what_is_no_inquiry_is_kept_away_with_its_reason(
    shop: Shop, server: Mailbox, headers: dict[str, str], folder: str, reason: KeptAway
) -> None:
    read(shop, server.account())
    from shopdesk.domain.mail import MailAccount
    from shopdesk.usecases import mail_settings

    mail_settings.save_account(
        shop, MailAccount("localhost", 465, sender_address="post@schlafgut-lindner.example")
    )
    server.put(mail("Angebote!", **headers), folder)
    assert fetch(shop).kept_away == 1
    (found,) = stored(shop, MailPlace.KEPT_AWAY)
    assert (found.reason, found.inquiry_id) == (reason, None)


def test_a_customers_mail_comes_even_out_of_the_spam_folder(shop: Shop, server: Mailbox) -> None:
    desislava(shop)
    server.put(mail("Bestellung", X_Spam_Flag="YES"), "Junk")
    assert fetch(shop).taken == 1


def test_what_was_kept_away_is_taken_in_by_a_key_and_back(shop: Shop, server: Mailbox) -> None:
    server.put(mail("Anfrage", X_Spam_Flag="YES"))
    fetch(shop)
    (found,) = stored(shop, MailPlace.KEPT_AWAY)
    undo = received_mails.admit(shop, found.id)
    (taken,) = stored(shop)
    assert taken.inquiry_id is not None
    assert inquiries.get(shop, taken.inquiry_id).state == InquiryState.OPEN
    undo.run(shop)
    assert [one.id for one in stored(shop, MailPlace.KEPT_AWAY)] == [found.id]
    assert inquiries.get(shop, taken.inquiry_id).state == InquiryState.CLOSED


def test_always_and_never_hold_for_the_next_mail_too(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins", X_Spam_Flag="YES"))
    fetch(shop)
    (found,) = stored(shop, MailPlace.KEPT_AWAY)
    received_mails.decide_on_sender(shop, found.id, SenderRule.ALWAYS)
    server.put(mail("zwei", X_Spam_Flag="YES"))
    assert fetch(shop).taken == 1
    received_mails.decide_on_sender(shop, stored(shop)[0].id, SenderRule.NEVER)
    server.put(mail("drei"))
    assert fetch(shop).kept_away == 1
    assert {one.reason for one in stored(shop, MailPlace.KEPT_AWAY)} == {KeptAway.NEVER}


def test_a_returned_mail_is_not_delivered_any_more(shop: Shop, server: Mailbox) -> None:
    from shopdesk.domain.outbox import NewMail
    from shopdesk.store import outbox

    with shop.writing() as connection:
        sent = NewMail("<ours@schlafgut.example>", "desi@ivanova.example", "Rechnung", "", b"")
        mail_id = outbox.add(connection, sent, shop.clock.now())
        outbox.move(connection, mail_id, {MailState.QUEUED}, MailState.SENT, shop.clock.now())
    server.put_many(
        [bounce("<ours@schlafgut.example>", action="delayed"), bounce("<ours@schlafgut.example>")]
    )
    assert fetch(shop) == Fetched(bounced=2)
    with shop.reading() as connection:
        entry = outbox.load(connection, mail_id)
    assert entry.state == MailState.FAILED
    assert entry.reason is not None
    assert entry.reason.code == "bounced"
    assert entry.reason.message.values["words"] == "550 5.1.1 User unknown"


def test_somebody_elses_bounce_changes_nothing(shop: Shop, server: Mailbox) -> None:
    server.put(bounce("<stranger@elsewhere.example>"))
    assert fetch(shop).kept_away == 1


def test_a_web_form_is_answered_to_who_filled_it_in(shop: Shop, server: Mailbox) -> None:
    server.put(
        mail(
            "Kontakt", sender="lindner@schlafgut.example", Reply_To="Desislava Ivanova <desi@ivanova.example>"
        )
    )
    fetch(shop)
    (found,) = stored(shop)
    assert found.inquiry_id is not None
    inquiry = inquiries.get(shop, found.inquiry_id)
    assert (inquiry.channel, inquiry.sender_address) == (InquiryChannel.WEB_FORM, "desi@ivanova.example")


def test_a_mail_that_cannot_be_read_is_kept_and_not_lost(shop: Shop, server: Mailbox) -> None:
    server.put_many([b"%PDF-1.4 this is no mail\r\n", mail("danach")])
    assert fetch(shop) == Fetched(taken=1, kept_away=1)
    (found,) = stored(shop, MailPlace.KEPT_AWAY)
    assert found.reason == KeptAway.UNREADABLE
    assert received_mails.eml(shop, found.id).startswith(b"%PDF")


def test_of_a_huge_mail_the_beginning_is_fetched(
    shop: Shop, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_in, "LARGEST_MAIL", 1000)
    server.put(mail("Riesig", text="Anfang\n" + "x" * 70 + "\n" + "y" * 5000))
    assert fetch(shop).taken == 1
    (found,) = stored(shop)
    assert (found.is_cut, found.text[:6]) == (True, "Anfang")


def test_a_wrong_password_is_told_at_once_and_in_words(shop: Shop, server: Mailbox) -> None:
    read(shop, server.account(), "falsch")
    with pytest.raises(FetchRefused) as refused:
        fetch(shop)
    assert refused.value.field == "mail_in.user"
    state = the_state(shop)
    assert state.alarm
    assert state.reason is not None
    assert state.reason.code == "mail-in-login"
    read(shop, server.account())
    fetch(shop)
    assert not the_state(shop).alarm


def test_a_wrong_certificate_is_refused_before_the_password_goes(shop: Shop, server: Mailbox) -> None:
    read(shop, server.account(ca_file=""))
    with pytest.raises(FetchRefused) as refused:
        fetch(shop)
    assert refused.value.code == "mail-in-certificate"


def test_a_server_that_is_away_for_an_hour_loses_nothing(shop: Shop, server: Mailbox) -> None:
    assert isinstance(shop.clock, FixedClock)
    server.put(mail("vorher"))
    fetch(shop)
    server.stop()
    began, alarmed = shop.clock.now(), []
    since: dt.datetime | None = None
    while shop.clock.now() < began + dt.timedelta(hours=1):
        if mail_in.wants_fetching(shop, the_key(shop)):
            with pytest.raises(FetchPostponed):
                fetch(shop)
            alarmed.append(the_state(shop).alarm)
            since = since or the_state(shop).alarm_at
        shop.clock.advance(dt.timedelta(minutes=1))
    assert alarmed[0] is False
    assert alarmed[-1] is True
    (row,) = [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]
    assert row.title == "lindner@schlafgut.example"
    assert row.warn_at == since  # the alarm's own moment, not that of the first failure
    assert since is not None
    assert since >= began + dt.timedelta(minutes=10)
    assert "cannot be reached" in row.detail
    assert len(alarmed) < 15
    server.start()
    server.put(mail("nachher"))
    shop.clock.advance(dt.timedelta(minutes=20))
    assert mail_in.wants_fetching(shop, the_key(shop))
    assert fetch(shop).taken == 1
    assert the_state(shop).reason is None
    assert not [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]


@pytest.mark.slow
def test_a_thousand_mails_come_in_portions_and_can_be_stopped(shop: Shop, server: Mailbox) -> None:
    server.put_many(
        [mail(f"Anfrage {number}", message_id=f"<{number}@many.example>") for number in range(1000)]
    )
    calls = 0

    def stop_after_some() -> bool:
        nonlocal calls
        calls += 1
        return calls > 30

    with pytest.raises(Stopped):
        fetch(shop, LongWork(cancelled=stop_after_some))
    taken, begun, portions = len(received_mails.page(shop, limit=2000)), time.monotonic(), 0
    assert 0 < taken < 1000
    more = True
    while more:
        fetched = fetch(shop)
        taken, more, portions = taken + fetched.taken, fetched.more, portions + 1
    assert taken == len({one.message_id for one in received_mails.page(shop, limit=2000)}) == 1000
    assert portions >= 4
    assert time.monotonic() - begun < 60


def test_a_dropped_mail_is_the_same_as_a_fetched_one(shop: Shop, server: Mailbox) -> None:
    data = mail("Rollmatratzen", X_Spam_Flag="YES")
    dropped = received_mails.take_file(shop, data)
    assert dropped.place == MailPlace.TAKEN
    server.put(data)
    assert fetch(shop) == Fetched()
    assert received_mails.take_file(shop, data).id == dropped.id


def test_an_answer_from_the_telephone_stops_the_clock(shop: Shop, server: Mailbox) -> None:
    customer_id = desislava(shop)
    server.put(mail("Matratze", message_id="<asked@ivanova.example>"))
    fetch(shop)
    (asked,) = stored(shop)
    server.put(
        mail(
            "Re: Matratze", "Lindner <lindner@schlafgut.example>", "Ja, haben wir.", "<phone@schlafgut.example>",
            In_Reply_To="<asked@ivanova.example>",
        ),
        "Sent",
    )  # fmt: skip
    fetch(shop)
    assert asked.inquiry_id is not None
    answered = inquiries.get(shop, asked.inquiry_id)
    assert (answered.state, answered.first_answer is not None) == (InquiryState.ANSWERED, True)
    newest = timeline.page(shop, customer_id)[0]
    assert (newest.direction, newest.text) == (Direction.OUT, "Ja, haben wir.")
    assert fetch(shop) == Fetched()
    again = mail("Re: Matratze", sender="x@elsewhere.example", In_Reply_To="<phone@schlafgut.example>")
    server.put(again)
    fetch(shop)
    assert stored(shop)[0].inquiry_id == asked.inquiry_id


def test_private_mails_that_were_sent_are_not_stored(shop: Shop, server: Mailbox) -> None:
    server.put(mail("Geburtstag", "Lindner <lindner@schlafgut.example>", "Hallo Mutti"), "Sent")
    fetch(shop)
    assert stored(shop, MailPlace.SENT) == ()


def test_what_the_outbox_sent_is_known_in_the_folder_of_sent_mails(shop: Shop, server: Mailbox) -> None:
    from shopdesk.domain.outbox import NewMail
    from shopdesk.store import outbox

    customer_id = desislava(shop)
    with shop.writing() as connection:
        ours = NewMail("<ours@schlafgut.example>", "desi@ivanova.example", "Rechnung", "", b"")
        outbox.add(connection, ours, shop.clock.now())
    sent = mail("Rechnung", "lindner@schlafgut.example", message_id="<ours@schlafgut.example>")
    server.put(sent.replace(b"post@schlafgut-lindner.example", b"desi@ivanova.example"), "Sent")
    fetch(shop)
    assert timeline.page(shop, customer_id) == ()
