"""The figures of service equal a hand count over a seeded month, and their charts stay inside their frames (S14)."""

from __future__ import annotations

import datetime as dt
import io
import random
import statistics
from collections import defaultdict
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from shopdesk.domain.charts import Bar, BarChart, Rectangle, Stroke, Words
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Line
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.names import PersonName
from shopdesk.domain.service_figures import BUCKETS, median
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import customers, documents, inquiries, issuing, service_report_files, timeline
from shopdesk.usecases import service_figures as figures
from shopdesk.usecases import service_report_words as words
from shopdesk.usecases.service_figures import Measure
from shopdesk.usecases.shop import Shop

FIRST = dt.datetime(2026, 10, 26, 9, 0)  # noqa: DTZ001 - the shop's own clock
CHANNELS = (InquiryChannel.MAIL, InquiryChannel.WEB_FORM, InquiryChannel.MESSENGER)


def clock(shop: Shop) -> FixedClock:
    assert isinstance(shop.clock, FixedClock)
    return shop.clock


def ivanova(shop: Shop) -> int:
    person = PersonName(given_name="Desislava", family_name="Ivanova")
    return customers.create(shop, Customer(person=person)).id or 0


def a_month(shop: Shop) -> list[tuple[dt.date, InquiryChannel, int]]:
    """Inquiries on working days within one span of opening hours, so that a watch would show the same minutes."""
    chance, answered = random.Random(4711), []
    for day in range(28):
        date = FIRST + dt.timedelta(days=day)
        if date.weekday() > 4:
            continue
        for number in range(chance.randrange(0, 4)):
            channel, minutes = chance.choice(CHANNELS), chance.choice((3, 5, 6, 12, 20, 21, 45, 70))
            clock(shop).set(date + dt.timedelta(minutes=number))
            key = f"{day}-{number}"
            with shop.writing() as connection:
                incoming = IncomingMessage(channel, shop.clock.now(), "Frage", "Haben Sie …?", thread_key=key)
                inquiries.received(shop, connection, incoming)
            clock(shop).advance(dt.timedelta(minutes=minutes))
            if chance.random() < 0.9:
                with shop.writing() as connection:
                    inquiries.answered(shop, connection, thread_key=key, channel=channel, at=shop.clock.now())
                answered.append((date.date(), channel, minutes))
    clock(shop).set(FIRST + dt.timedelta(days=25, hours=3))
    return answered


def test_first_answers_equal_a_hand_count(open_shop: Shop) -> None:
    counted = a_month(open_shop)
    report = figures.report(open_shop, Measure.FIRST_ANSWER, 4)
    assert report.found.whole is not None
    assert report.found.whole.count == len(counted)
    assert report.found.whole.median == ceil(statistics.median(minutes for _, _, minutes in counted))
    by_week, by_channel = defaultdict(list), defaultdict(list)
    for day, channel, minutes in counted:
        by_week[day.isocalendar().week].append(minutes)
        by_channel[channel].append(minutes)
    for monday, found in report.found.weeks:
        its = by_week[monday.isocalendar().week]
        told = (found.count, found.median) if found else (0, 0)
        assert told == (len(its), ceil(statistics.median(its)) if its else 0)
    assert {channel: found.count for channel, found in report.found.channels.items()} == {
        channel: len(minutes) for channel, minutes in by_channel.items()
    }
    aimed = [minutes for _, channel, minutes in counted if channel != InquiryChannel.MESSENGER]
    assert report.found.whole.in_time == 100 * sum(minutes <= 20 for minutes in aimed) // len(aimed)
    assert sum(report.found.distribution) == len(counted)
    assert report.found.distribution[0] == sum(minutes <= BUCKETS[0] for _, _, minutes in counted)


def test_what_nobody_answered_is_in_no_median_but_is_told(open_shop: Shop) -> None:
    clock(open_shop).set(FIRST)
    with open_shop.writing() as connection:
        incoming = IncomingMessage(InquiryChannel.MAIL, open_shop.clock.now(), "Frage", "?")
        inquiries.received(open_shop, connection, incoming)
    report = figures.report(open_shop, Measure.FIRST_ANSWER, 4)
    assert (report.found.whole, report.unanswered) == (None, 1)


def bill(shop: Shop, customer_id: int) -> None:
    from dataclasses import replace
    from decimal import Decimal

    draft = documents.start(shop, DocumentKind.INVOICE, customer_id)
    line = Line(text="Rollmatratze", quantity=Decimal(1), unit_price=Decimal(100), vat_rate=Decimal(19))
    day = shop.clock.today()
    draft = documents.save_draft(shop, replace(draft, lines=(line,), date=day, due=day, delivery_date=day))
    issuing.issue(shop, draft.id or 0, send=False)


def call(shop: Shop, customer_id: int) -> None:
    timeline.add(
        shop,
        TimelineEntry(customer_id, EntryKind.CALL, shop.clock.now(), text="Anruf", direction=Direction.IN),
    )


def test_from_the_call_to_the_invoice(open_shop: Shop) -> None:
    customer_id = ivanova(open_shop)
    clock(open_shop).set(FIRST)
    call(open_shop, customer_id)
    clock(open_shop).advance(dt.timedelta(minutes=5))
    bill(open_shop, customer_id)
    clock(open_shop).advance(dt.timedelta(minutes=2))
    bill(open_shop, customer_id)  # no call of its own
    clock(open_shop).advance(dt.timedelta(minutes=3))
    call(open_shop, customer_id)
    clock(open_shop).advance(dt.timedelta(days=20))
    bill(open_shop, customer_id)  # that call was too long ago
    found = figures.report(open_shop, Measure.CALL_TO_INVOICE, 4).found
    assert found.whole is not None
    assert (found.whole.count, found.whole.median, found.whole.in_time) == (1, 5, None)
    assert list(found.channels) == [InquiryChannel.PHONE]


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_the_median_is_never_better_than_the_true_one(minutes: list[int]) -> None:
    assert median(minutes) == ceil(statistics.median(minutes))


@given(
    st.lists(st.none() | st.integers(0, 10**7), max_size=60),
    st.none() | st.integers(1, 10**7),
    st.integers(60, 2000),
    st.integers(60, 600),
)
def test_a_chart_stays_in_its_frame(
    values: list[int | None], target: int | None, width: int, height: int
) -> None:
    chart = BarChart([Bar(str(at), value) for at, value in enumerate(values)], str, target)
    for part in chart.parts(width, height, 10):
        match part:
            case Rectangle(x, y, wide, high):
                assert x >= 0
                assert x + wide <= width + 0.01
                assert -0.01 <= y <= y + high <= height
            case Stroke(x1, y1, x2, y2):
                assert 0 <= min(x1, x2) <= max(x1, x2) <= width
                assert 0 <= min(y1, y2) <= max(y1, y2) <= height
            case Words(x, y):
                assert 0 <= x <= width
                assert 0 <= y <= height


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_files_say_what_the_screen_says(open_shop: Shop, language: str) -> None:
    a_month(open_shop)
    texts = Texts(language)
    reports = [figures.report(open_shop, measure, 4) for measure in Measure]
    sentence = words.headline(reports[0], texts)
    book = load_workbook(io.BytesIO(service_report_files.as_xlsx(open_shop, reports, texts)))
    assert sentence in {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
    pages = PdfReader(io.BytesIO(service_report_files.as_pdf(open_shop, reports, texts))).pages
    assert sentence.split(",")[0] in pages[0].extract_text()
    assert len(pages) == len(reports)
    table = service_report_files.as_csv(reports, texts).decode("utf-8-sig")
    assert len(table.splitlines()) == 1 + sum(len(words.table(report, texts)[1]) for report in reports)
