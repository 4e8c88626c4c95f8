"""The report says what every number is: given, cancelled with its reason, left out on purpose, or missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.number_ranges import BadNumberPattern, NumberRange, NumberTaken, together
from shopdesk.domain.number_reports import Cancelled, RangeYear
from shopdesk.i18n import Texts
from shopdesk.output.spreadsheets.csv_table import csv_bytes, safe_cell
from shopdesk.outside.clock import FixedClock
from shopdesk.store import documents as stored_documents
from shopdesk.store import number_check
from shopdesk.store import number_ranges as stored_ranges
from shopdesk.usecases import chains, documents, issuing, number_ranges, number_reports
from shopdesk.usecases.number_ranges import StartTooLow
from shopdesk.usecases.shop import Shop
from tests.usecases.test_numbers import YEARLY, issued_number

GERMAN = Texts("de")


def report(shop: Shop, name: str = "invoice", year: int = 2026) -> RangeYear:
    return next(one for one in number_reports.reports(shop) if (one.name, one.year) == (name, year))


def test_first_last_and_count_are_told_per_year(open_shop: Shop) -> None:
    for _ in range(3):
        issued_number(open_shop)
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC))
    issued_number(open_shop)
    of_2026, of_2027 = report(open_shop), report(open_shop, year=2027)
    assert (of_2026.first, of_2026.last, of_2026.count) == ("R-2026-0001", "R-2026-0003", 3)
    assert (of_2027.first, of_2027.last, of_2027.count) == ("R-2027-0001", "R-2027-0001", 1)
    assert of_2026.is_whole
    assert not of_2026.explained


def test_a_start_of_one_year_is_explained_and_the_next_year_begins_with_one(open_shop: Shop) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 412, start_year=2026))
    assert issued_number(open_shop) == "R-2026-0412"
    found = report(open_shop)
    assert found.is_whole
    assert [(gap.first, gap.last, gap.count) for gap in found.explained] == [
        ("R-2026-0001", "R-2026-0411", 411)
    ]
    assert found.explained[0].who == open_shop.who
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC))
    assert issued_number(open_shop) == "R-2027-0001"


def test_the_day_of_a_raised_start_is_the_shops_day(open_shop: Shop) -> None:
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC))  # half past midnight in Göttingen
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 3))
    issued_number(open_shop)
    assert any("24.11.2026" in fact for fact in number_reports.in_words(report(open_shop), GERMAN).facts)


def test_a_pattern_that_changes_in_mid_year_loses_no_number(open_shop: Shop) -> None:
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", "RE{number:00000}/{year}"))
    assert issued_number(open_shop) == "RE00002/2026"
    found = report(open_shop)
    assert (found.first, found.last, found.count, found.is_whole) == ("R-2026-0001", "RE00002/2026", 2, True)


def test_a_number_that_nobody_carries_is_missing_although_a_start_was_raised_elsewhere(
    open_shop: Shop,
) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 3))
    issued_number(open_shop)
    with open_shop.writing() as connection:
        stored_ranges.take(connection, stored_ranges.load(connection, "invoice"), open_shop.clock.today())
    issued_number(open_shop)
    found = report(open_shop)
    assert [gap.first for gap in found.missing] == ["R-2026-0004"]
    assert [gap.last for gap in found.explained] == ["R-2026-0002"]
    with open_shop.reading() as connection:
        assert [finding.code for finding in number_check.verify(connection)] == ["number-missing"]


def test_a_spelling_that_nobody_knows_any_more_is_no_false_alarm(open_shop: Shop) -> None:
    with open_shop.writing() as connection:  # an earlier program took a pattern with two running numbers
        stored_ranges.save(connection, NumberRange("invoice", "R{number}-{year}-{number:0000}"))
    assert issued_number(open_shop) == "R1-2026-0001"
    assert issued_number(open_shop) == "R2-2026-0002"
    with open_shop.reading() as connection:
        assert number_check.verify(connection) == []
    assert report(open_shop).is_whole
    assert any("2 Nummern" in fact for fact in number_reports.in_words(report(open_shop), GERMAN).facts)


def test_a_counter_without_any_document_is_found(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        stored_ranges.take(connection, stored_ranges.load(connection, "quote"), open_shop.clock.today())
    assert [gap.first for gap in report(open_shop, "quote").missing] == ["A-2026-0001"]
    with open_shop.reading() as connection:
        assert [finding.code for finding in number_check.verify(connection)] == ["number-missing"]


def test_a_range_switched_to_run_on_over_the_years_stays_whole(open_shop: Shop) -> None:
    issued_number(open_shop)
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 3, restart_yearly=False))
    assert issued_number(open_shop) == "R-2026-0003"
    with open_shop.reading() as connection:
        assert number_check.verify(connection) == []
    assert report(open_shop, year=0).first == "R-2026-0003"


def test_a_kind_set_apart_counts_by_itself_and_goes_back_behind_the_invoices(open_shop: Shop) -> None:
    issued_number(open_shop)
    apart = NumberRange("credit_note", "RK-{year}-{number:0000}")
    assert number_ranges.next_number(open_shop, "credit_note") == "R-2026-0002"
    number_ranges.save(open_shop, apart)
    assert number_ranges.next_number(open_shop, "credit_note") == "RK-2026-0001"
    with open_shop.reading() as connection:
        assert stored_ranges.for_kind(connection, DocumentKind.CREDIT_NOTE) == replace(apart, version=1)
    number_ranges.save(open_shop, together("credit_note"))
    assert number_ranges.next_number(open_shop, "credit_note") == "R-2026-0002"
    assert number_ranges.number_range(open_shop, "credit_note").pattern == ""


def test_a_cancelled_invoice_is_told_with_its_cancellation_and_reason(open_shop: Shop) -> None:
    issued_number(open_shop)
    with open_shop.reading() as connection:
        invoice = stored_documents.by_number(connection, "R-2026-0001")
    assert invoice is not None
    assert invoice.id is not None
    draft = chains.follow_up(open_shop, invoice.id, DocumentKind.CANCELLATION)
    draft = documents.save_draft(open_shop, replace(draft, reason="Falsche Matratze bestellt"))
    assert draft.id is not None
    issuing.issue(open_shop, draft.id, send=False)
    found = report(open_shop)
    today = open_shop.clock.today()
    assert found.cancelled == (
        Cancelled("R-2026-0001", today, "R-2026-0002", today, "Falsche Matratze bestellt"),
    )
    assert found.kinds == {DocumentKind.INVOICE: 1, DocumentKind.CANCELLATION: 1}
    sentence = number_reports.in_words(found, GERMAN).cancelled[0]
    assert sentence == (
        "R-2026-0001 vom 23.11.2026, storniert durch R-2026-0002 am 23.11.2026: Falsche Matratze bestellt"
    )


def test_several_ranges_are_stored_together_or_not_at_all(open_shop: Shop) -> None:
    swapped = (
        NumberRange("quote", "AB-{year}-{number}"),
        NumberRange("order_confirmation", "A-{year}-{number}"),
    )
    with pytest.raises(BadNumberPattern):
        number_ranges.save(open_shop, swapped[0])
    number_ranges.save(open_shop, *swapped)
    assert number_ranges.next_number(open_shop, "quote") == "AB-2026-1"
    with pytest.raises(BadNumberPattern):
        number_ranges.save(
            open_shop, NumberRange("quote", "Q-{year}-{number}"), NumberRange("invoice", "{year}")
        )
    assert number_ranges.next_number(open_shop, "quote") == "AB-2026-1"


def test_a_start_goes_upward_only_in_words(open_shop: Shop) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 40))
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 1))
    with pytest.raises(StartTooLow) as refused:
        number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 12))
    assert refused.value.message.values == {"number": "R-2026-0040", "start": 41}
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 41))


def test_a_pattern_that_would_meet_a_number_of_another_kind_later_is_refused_now(open_shop: Shop) -> None:
    for _ in range(3):
        issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", "RE-{year}-{number:0000}"))
    with pytest.raises(NumberTaken) as refused:  # R-2026-0002 stands, although R-2026-0005 would be free
        number_ranges.save(open_shop, NumberRange("quote", "R-{year}-{number:0000}", 2))
    assert refused.value.field == "number_ranges.quote"
    number_ranges.save(open_shop, NumberRange("quote", "R-{year}-{number:0000}", 4))


def test_words_pdf_and_table_say_the_same(open_shop: Shop, tmp_path: Path) -> None:
    issued_number(open_shop)
    cancelled = Cancelled(
        "R-2026-0001", dt.date(2026, 11, 23), "R-2026-0002", dt.date(2026, 11, 24), "=Tippfehler"
    )
    found = replace(report(open_shop), cancelled=(cancelled,) * 90)
    words = number_reports.in_words(found, GERMAN)
    assert words.title == "Rechnungen 2026"
    number_reports.write(tmp_path / "report.pdf", number_reports.as_pdf(open_shop, [found], GERMAN))
    pages = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) > 1
    for sentence in (words.title, words.facts[0]):
        assert sentence in text
    assert text.count("R-2026-0002") == 90
    rows = list(
        csv.reader(io.StringIO(number_reports.as_csv([found], GERMAN).decode("utf-8-sig")), delimiter=";")
    )
    assert rows[1][:6] == ["Rechnungen", "2026", "vergeben", "R-2026-0001", "R-2026-0001", "1"]
    assert rows[2][3] == "R-2026-0001"
    assert rows[2][7:] == ["R-2026-0002", "2026-11-24", "'=Tippfehler"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+49 551 123456", "+49 551 123456"), ("-5,00", "-5,00"),
        ("-cmd|'/C calc'!A0", "'-cmd|'/C calc'!A0"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("A=1", "A=1"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_of_a_table_is_a_formula(text: str, written: str) -> None:
    assert safe_cell(text) == written


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_a_table_is_read_back_as_it_was(cells: list[str]) -> None:
    text = csv_bytes([f"c{i}" for i in range(len(cells))], [cells]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[1] == [safe_cell(cell) for cell in cells]
