"""A mail about something else answers no question; figures count from when somebody waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState
from shopdesk.domain.mail import MailAccount, MailState
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    appointments,
    customers,
    documents,
    inquiries,
    inquiry_answers,
    inquiry_steps,
    issuing,
    mail_settings,
    outbox,
    service_figures,
    service_report_words,
    timeline,
)
from shopdesk.usecases.service_figures import Measure
from shopdesk.usecases.shop import Shop


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    account = MailAccount(host="mail.example.org", user="info", sender_address="info@example.org")
    mail_settings.save_account(open_shop, account, "secret")
    made = customers.create(open_shop, Customer(company="Ivanova", emails=("d.ivanova@example.org",)))
    assert made.id is not None
    return made.id


def ask(shop: Shop, customer_id: int, thread: str = "<1@a.b>", **more: object) -> int:
    incoming = IncomingMessage(
        InquiryChannel.MAIL, shop.clock.now(), "Matratze", "Haben Sie 80 × 190?", customer_id,
        sender_address="d.ivanova@example.org", thread_key=thread,
    )  # fmt: skip
    with shop.writing() as connection:
        return inquiries.received(shop, connection, replace(incoming, **more))  # type: ignore[arg-type]


def mailed(shop: Shop, kind: str, customer_id: int) -> None:
    line = Line(text="Matratze", unit_price=Decimal(100), vat_rate=Decimal(19))
    day = shop.clock.today()
    draft = replace(documents.start(shop, kind, customer_id), lines=(line,), date=day, delivery_date=day)
    issued = issuing.issue(shop, documents.save_draft(shop, draft).id or 0)
    assert outbox.send(shop, issued.outbox_id or 0).state == MailState.SENT


def is_open(shop: Shop, inquiry_id: int) -> bool:
    return inquiries.get(shop, inquiry_id).is_open


def wait(shop: Shop, **span: int) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.timedelta(**span))


def test_ready_for_collection_leaves_an_open_question_open(open_shop: Shop, ivanova: int) -> None:
    asked = ask(open_shop, ivanova)
    begin = dt.datetime(2026, 11, 27, 10, 0, tzinfo=open_shop.clock.zone)
    value = Appointment(begin, begin + dt.timedelta(hours=1), "Lattenrost", customer_id=ivanova)
    mail_id, _ = appointments.ready(open_shop, appointments.create(open_shop, value)[0])
    assert outbox.send(open_shop, mail_id).state == MailState.SENT
    assert is_open(open_shop, asked)


@pytest.mark.parametrize(("kind", "stays_open"), [("quote", False), ("invoice", True)])
def test_a_quote_answers_the_only_question_and_a_bill_none(
    open_shop: Shop, ivanova: int, kind: str, *, stays_open: bool
) -> None:
    asked = ask(open_shop, ivanova)
    mailed(open_shop, kind, ivanova)
    assert is_open(open_shop, asked) == stays_open


def test_of_two_questions_a_reply_answers_its_own_and_a_quote_of_its_own_neither(
    open_shop: Shop, ivanova: int
) -> None:
    first, second = ask(open_shop, ivanova), ask(open_shop, ivanova, "<2@a.b>")
    mailed(open_shop, "quote", ivanova)
    assert (is_open(open_shop, first), is_open(open_shop, second)) == (True, True)
    outbox.send(open_shop, inquiry_answers.reply(open_shop, second, "Ja."))
    assert (is_open(open_shop, first), is_open(open_shop, second)) == (True, False)
    entry = TimelineEntry(
        ivanova, EntryKind.CALL, open_shop.clock.now(), text="geklärt", direction=Direction.OUT
    )
    timeline.add(open_shop, entry)
    assert not is_open(open_shop, first)


def test_the_quote_that_was_made_from_a_question_answers_that_one(open_shop: Shop, ivanova: int) -> None:
    first, second = ask(open_shop, ivanova), ask(open_shop, ivanova, "<2@a.b>")
    draft = inquiry_answers.quote(open_shop, second)
    priced = replace(draft, lines=tuple(replace(each, unit_price=Decimal(100)) for each in draft.lines))
    issued = issuing.issue(open_shop, documents.save_draft(open_shop, priced).id or 0)
    outbox.send(open_shop, issued.outbox_id or 0)
    assert (is_open(open_shop, first), is_open(open_shop, second)) == (True, False)


def test_the_minutes_count_from_the_real_question_in_an_automatic_thread(
    open_shop: Shop, ivanova: int
) -> None:
    inquiry_id = ask(open_shop, ivanova, automatic=True)
    wait(open_shop, days=2)
    assert ask(open_shop, ivanova) == inquiry_id
    wait(open_shop, minutes=5)
    outbox.send(open_shop, inquiry_answers.reply(open_shop, inquiry_id, "Ja."))
    first = inquiries.get(open_shop, inquiry_id).first_answer
    assert first is not None
    assert first.minutes == 5


def test_the_minutes_count_anew_when_it_was_closed_and_he_asked_again(open_shop: Shop, ivanova: int) -> None:
    inquiry_id = ask(open_shop, ivanova)
    inquiry_steps.close(open_shop, inquiry_id)
    wait(open_shop, days=2)
    ask(open_shop, ivanova)
    wait(open_shop, minutes=7)
    outbox.send(open_shop, inquiry_answers.reply(open_shop, inquiry_id, "Ja."))
    found = service_figures.report(open_shop, Measure.FIRST_ANSWER).found.whole
    assert found is not None
    assert found.median == 7


def test_what_was_closed_without_an_answer_is_told(open_shop: Shop, ivanova: int) -> None:
    ask(open_shop, ivanova, "<3@a.b>", automatic=True)  # nobody asked anything
    inquiry_steps.close(open_shop, ask(open_shop, ivanova))
    report = service_figures.report(open_shop, Measure.FIRST_ANSWER)
    assert (report.found.whole, report.unanswered, report.closed_unanswered) == (None, 0, 1)
    assert "1 wurde ohne Antwort geschlossen." in service_report_words.headline(report, Texts("de"))
    assert inquiries.page(open_shop, (InquiryState.CLOSED,))


def test_a_missed_call_does_not_begin_the_way_to_an_invoice(open_shop: Shop, ivanova: int) -> None:
    missed = TimelineEntry(
        ivanova, EntryKind.CALL, open_shop.clock.now(), "Anruf in Abwesenheit", direction=Direction.IN
    )
    timeline.add(open_shop, missed)
    wait(open_shop, minutes=5)
    mailed(open_shop, "invoice", ivanova)
    assert service_figures.report(open_shop, Measure.CALL_TO_INVOICE).found.whole is None
