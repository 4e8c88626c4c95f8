"""How long complaints took to be solved, and who answered: only counted by person where the owner wants it (S14)."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import inquiries, inquiry_steps, service_figures
from shopdesk.usecases.service_figures import FigureRules, Measure
from shopdesk.usecases.shop import Shop

MONDAY_NOON = dt.datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - the shop's own clock


@pytest.fixture
def clock(open_shop: Shop) -> FixedClock:
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(MONDAY_NOON)
    return open_shop.clock


def asked(shop: Shop, subject: str, *, is_complaint: bool = True) -> int:
    incoming = IncomingMessage(
        InquiryChannel.MAIL, shop.clock.now(), subject, subject, sender_address="a@b.de"
    )
    made, _ = inquiry_steps.create(shop, incoming, is_complaint=is_complaint)
    return made.id or 0


def test_a_complaint_counts_from_its_arrival_to_its_end(open_shop: Shop, clock: FixedClock) -> None:
    first, second = asked(open_shop, "Matratze hat ein Loch"), asked(open_shop, "Falsche Farbe")
    asked(open_shop, "Haben Sie 80x190?", is_complaint=False)
    clock.advance(dt.timedelta(minutes=90))
    inquiry_steps.close(open_shop, first)
    report = service_figures.report(open_shop, Measure.COMPLAINT_SOLVED, 4)
    assert report.found.whole is not None
    assert (report.found.whole.count, report.found.whole.median, report.unanswered) == (1, 90, 1)
    clock.advance(dt.timedelta(minutes=30))
    inquiry_steps.won(open_shop, second)
    report = service_figures.report(open_shop, Measure.COMPLAINT_SOLVED, 4)
    assert report.found.whole is not None
    assert (report.found.whole.count, report.found.whole.median, report.unanswered) == (2, 105, 0)


def test_an_answer_is_no_solution_and_one_opened_again_waits_again(
    open_shop: Shop, clock: FixedClock
) -> None:
    complaint = asked(open_shop, "Matratze hat ein Loch")
    clock.advance(dt.timedelta(minutes=10))
    inquiry_steps.answered_by_hand(open_shop, complaint, InquiryChannel.PHONE)
    assert inquiries.get(open_shop, complaint).closed_at is None
    inquiry_steps.close(open_shop, complaint)
    assert inquiries.get(open_shop, complaint).closed_at == clock.now()
    inquiry_steps.open_again(open_shop, complaint)
    assert inquiries.get(open_shop, complaint).closed_at is None
    assert service_figures.report(open_shop, Measure.COMPLAINT_SOLVED, 4).unanswered == 1


def test_marking_keeps_when_it_was_over_and_can_be_taken_back(open_shop: Shop, clock: FixedClock) -> None:
    complaint = asked(open_shop, "Matratze hat ein Loch", is_complaint=False)
    inquiry_steps.close(open_shop, complaint)
    closed_at = clock.now()
    clock.advance(dt.timedelta(minutes=30))
    undo = inquiry_steps.complaint(open_shop, complaint, is_one=True)
    marked = inquiries.get(open_shop, complaint)
    assert (marked.is_complaint, marked.closed_at, marked.state) == (True, closed_at, InquiryState.CLOSED)
    undo.run(open_shop)
    assert not inquiries.get(open_shop, complaint).is_complaint


def test_nobody_is_counted_by_name_until_the_owner_says_so(open_shop: Shop, clock: FixedClock) -> None:
    question = asked(open_shop, "Haben Sie 80x190?", is_complaint=False)
    clock.advance(dt.timedelta(minutes=12))
    inquiry_steps.answered_by_hand(open_shop, question, InquiryChannel.PHONE)
    assert service_figures.report(open_shop, Measure.FIRST_ANSWER, 4).found.people == {}
    undo = service_figures.save_rules(open_shop, FigureRules(per_person=True))
    people = service_figures.report(open_shop, Measure.FIRST_ANSWER, 4).found.people
    assert {name: found.median for name, found in people.items()} == {open_shop.who: 12}
    undo.run(open_shop)
    assert service_figures.report(open_shop, Measure.FIRST_ANSWER, 4).found.people == {}
