"""Number ranges in the settings: set apart, started in mid-year, refused in words; and their report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from shopdesk.domain.number_ranges import NumberRange
from shopdesk.store import number_ranges as stored
from shopdesk.ui.settings.number_report_page import NumberReportPage
from shopdesk.ui.settings.numbers_section import NumbersSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.range_fields import ApartFields
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import number_ranges, number_reports
from shopdesk.usecases.shop import Shop


@pytest.fixture
def section(page: SettingsPage) -> NumbersSection:
    found = page.sections["numbers"]
    assert isinstance(found, NumbersSection)
    return found


def apart(section: NumbersSection, name: str) -> ApartFields:
    fields = section.fields[name]
    assert isinstance(fields, ApartFields)
    return fields


def test_corrections_are_set_apart_and_put_back(
    section: NumbersSection, shop: Shop, window: MainWindow
) -> None:
    fields = apart(section, "credit_note")
    assert not fields.apart.isChecked()
    fields.apart.setChecked(True)
    assert fields.pattern.text() == "RK-{year}-{number:0000}"
    assert "RK-2026-0001" in fields.next.text()
    assert section.save()
    assert number_ranges.next_number(shop, "credit_note") == "RK-2026-0001"
    window.toasts.undo()
    assert number_ranges.next_number(shop, "credit_note") == "R-2026-0001"
    assert not fields.apart.isChecked()


def test_a_pattern_of_another_range_is_refused_while_typing(section: NumbersSection, shop: Shop) -> None:
    section.fields["quote"].pattern.setText("R-{year}-{number}")
    assert "R-{year}-{number:0000}" in section.fields["quote"].field.problem.text()
    assert not section.save()
    assert number_ranges.next_number(shop, "quote") == "A-2026-0001"


def test_a_start_in_mid_year_counts_for_this_year_unless_the_owner_wants_it_each_year(
    section: NumbersSection, shop: Shop
) -> None:
    fields = section.fields["invoice"]
    assert fields.this_year.isHidden()
    fields.start.setText("412")
    fields.start.editingFinished.emit()
    assert not fields.this_year.isHidden()
    assert section.save()
    assert number_ranges.number_range(shop, "invoice").start_year == 2026
    fields.this_year.setChecked(False)
    assert section.save()
    assert number_ranges.number_range(shop, "invoice").start_year == 0


def test_a_start_below_the_last_number_is_refused_in_words(section: NumbersSection, shop: Shop) -> None:
    with shop.writing() as connection:
        for _ in range(7):
            stored.take(connection, stored.load(connection, "quote"), shop.clock.today())
    section.reload()
    fields = section.fields["quote"]
    assert "A-2026-0007" in fields.next.text()
    assert "A-2026-0008" in fields.next.text()
    fields.start.set_value(5)
    section.touched()
    assert "8" in fields.field.problem.text()
    assert not section.save()


def test_a_chip_puts_its_gap_where_the_cursor_stands(section: NumbersSection) -> None:
    fields = section.fields["invoice"]
    fields.pattern.setText("R-{number:0000}")
    fields.pattern.setCursorPosition(2)
    fields.insert_gap("{yy}")
    assert fields.pattern.text() == "R-{yy}{number:0000}"
    fields.pattern.setText("R{number}-{year}")
    fields.insert_gap("{number:0000}")
    assert fields.pattern.text() == "R{number:0000}-{year}"
    fields.entered.emit("invoice")
    assert not fields.gaps.isHidden()
    assert section.fields["quote"].gaps.isHidden()


def test_the_report_shows_saves_and_follows_the_year(window: MainWindow, shop: Shop, tmp_path: Path) -> None:
    number_ranges.save(shop, NumberRange("quote", "A-{year}-{number:0000}", 3, start_year=2026))
    with shop.writing() as connection:
        stored.take(connection, stored.load(connection, "quote"), shop.clock.today())
    window.open_page("number_report")
    page = window.navigation.page
    assert isinstance(page, NumberReportPage)
    words = "\n".join(label.text() for label in page.scroller.inner.findChildren(QLabel))
    assert "Angebote 2026" in words
    assert "Nummern fehlen" in words  # nobody carries A-2026-0003
    assert "A-2026-0003" in words
    page.year.set_value("2026")
    page._show()
    assert len(page.shown) == 1
    page.save(tmp_path / "report.csv", lambda wanted: number_reports.as_csv(wanted, page.texts))
    assert "A-2026-0003" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    page.save(tmp_path / "report.pdf", lambda wanted: number_reports.as_pdf(shop, wanted, page.texts))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
