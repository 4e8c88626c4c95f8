"""Marking several customers with the keyboard, and what is done with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.list_page import CustomersPage
from shopdesk.ui.customers.recommendations_page import RecommendationsPage
from shopdesk.ui.letters.labels_page import LabelsPage
from shopdesk.ui.letters.letters_page import LettersPage
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.phone_book_section import PhoneBookSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import consents, customers, timeline
from shopdesk.usecases.phone_books import BookFormat
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, press, type_text

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def people(shop: Shop, gruber: Customer) -> dict[str, int]:
    """Gruber in Salzburg, Ahrens and Beck in Göttingen, Cohn without address."""
    here = Address(("Weg 1",), "37073", "Göttingen")
    made = {"Gruber": gruber.id or 0}
    for name, address in (("Ahrens", here), ("Beck", here), ("Cohn", Address())):
        value = Customer(person=PersonName(family_name=name), address=address, phones=(Phone("0551 123456"),))
        made[name] = customers.create(shop, value).id or 0
    return made


@pytest.fixture
def page(window: MainWindow, people: dict[str, int]) -> CustomersPage:
    window.open_page("customers")
    found = window.navigation.page
    assert isinstance(found, CustomersPage)
    found.rows.setFocus()
    return found


def test_space_marks_and_shift_goes_on(page: CustomersPage, people: dict[str, int]) -> None:
    ids = [people[name] for name in ("Ahrens", "Beck", "Cohn")]
    press(Qt.Key.Key_Space)
    assert list(page.marked) == ids[:1]
    assert page.bar.words.text() == "1 markiert"
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    assert list(page.marked) == ids
    press(Qt.Key.Key_Space)
    assert list(page.marked) == ids[:2]
    assert page.rows.rows.data(page.rows.rows.index(0)).endswith("markiert")


def test_ctrl_a_marks_everybody_and_esc_nobody(page: CustomersPage, people: dict[str, int]) -> None:
    control(Qt.Key.Key_A)
    assert set(page.marked) == set(people.values())
    press(Qt.Key.Key_Escape)
    assert page.marked == ()
    assert not page.bar.isVisible()


def test_ctrl_a_marks_whom_the_filter_leaves(
    page: CustomersPage, people: dict[str, int], qtbot: QtBot
) -> None:
    page.toggle_filter()
    type_text("gött")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 2)
    assert page.bar.words.text() == "2 passen"
    page.rows.setFocus()
    control(Qt.Key.Key_A)
    assert page.marked == (people["Ahrens"], people["Beck"])
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert page.rows.rows.rowCount() == 4


def test_ctrl_a_marks_whom_the_search_finds(
    page: CustomersPage, people: dict[str, int], qtbot: QtBot
) -> None:
    page.search.setFocus()
    type_text("beck")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 1)
    page.rows.setFocus()
    control(Qt.Key.Key_A)
    assert page.marked == (people["Beck"],)


def test_a_thousand_rows_are_marked_though_they_were_not_read(page: CustomersPage, shop: Shop) -> None:
    with shop.writing() as connection:
        for number in range(300):
            customers.create_in(
                connection, shop, Customer(person=PersonName(family_name=f"Muster {number:03}"))
            )
    page.reload()
    control(Qt.Key.Key_A)
    assert len(page.marked) == 304
    assert page.rows.rows.rowCount() < 304


def test_days_without_a_year_have_been(page: CustomersPage) -> None:
    page.toggle_filter()
    page.filter.nothing_since.setFocus()
    type_text("24.12.")
    press(Qt.Key.Key_Return)
    assert page.filter.value().nothing_since == dt.date(2025, 12, 24)


def test_labels_name_who_has_no_address_and_lead_to_the_card(
    page: CustomersPage, people: dict[str, int], window: MainWindow, tmp_path: Path
) -> None:
    control(Qt.Key.Key_A)
    page.bar.to_do[0].click()
    labels = window.navigation.page
    assert isinstance(labels, LabelsPage)
    assert labels.header.subtitle.text() == "3 Etiketten · 1 Bogen"
    assert [one.name for one in labels.left_out.people] == ["Cohn"]
    labels.save(tmp_path / "e.pdf")
    assert (tmp_path / "e.pdf").read_bytes().startswith(b"%PDF")
    assert "3 Etiketten gespeichert" in labels.outcome.words.text()
    labels.left_out.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert isinstance(window.navigation.page, CustomerPage)


def test_a_begun_sheet_is_counted(page: CustomersPage, window: MainWindow, people: dict[str, int]) -> None:
    window.open_page("labels", (people["Ahrens"], people["Beck"]))
    labels = window.navigation.page
    assert isinstance(labels, LabelsPage)
    labels.first.setFocus()
    labels.first.selectAll()
    type_text("21")
    assert labels.header.subtitle.text() == "2 Etiketten · 2 Bögen"
    labels.sheet.set_value("roll-62")
    labels.sheet.chosen.emit()
    assert not labels.first_field.isVisible()
    assert labels.header.subtitle.text() == "2 Etiketten"


@pytest.fixture
def letter(page: CustomersPage, window: MainWindow, people: dict[str, int]) -> LettersPage:
    """A letter to all of them, its words typed."""
    control(Qt.Key.Key_A)
    page.bar.to_do[1].click()
    found = window.navigation.page
    assert isinstance(found, LettersPage)
    found.subject.setFocus()
    type_text("Ferien")
    found.text.setFocus()
    type_text("Wir haben zu.")
    return found


def test_a_letter_says_who_gets_it_and_who_not(
    letter: LettersPage, shop: Shop, people: dict[str, int], qtbot: QtBot
) -> None:
    day = dt.date(2026, 11, 3)
    consents.note(
        shop,
        Consent(
            people["Beck"], Channel.LETTER, Purpose.ADVERTISING, withdrawn_on=day, withdrawn_source="shop"
        ),
    )
    qtbot.waitUntil(lambda: letter.header.subtitle.text() == "3 Briefe · 1 bleibt weg")
    letter.purpose.set_value("advertising")
    letter.purpose.chosen.emit()
    qtbot.waitUntil(lambda: letter.header.subtitle.text() == "2 Briefe · 2 bleiben weg")
    assert {one.name: one.why for one in letter.left_out.people} == {
        "Beck": "möchte keine Werbung per Brief, gesagt am 03.11.2026",
        "Cohn": "hat noch keine Adresse",
    }


def test_written_they_are_noted_and_ctrl_z_takes_all_back(
    letter: LettersPage, shop: Shop, people: dict[str, int], tmp_path: Path
) -> None:
    letter.write(tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").is_file()
    assert "3 Briefe geschrieben" in letter.outcome.words.text()
    assert timeline.page(shop, people["Ahrens"])[0].title == "Ferien"
    control(Qt.Key.Key_Z)
    assert timeline.page(shop, people["Ahrens"]) == ()
    assert timeline.page(shop, people["Gruber"]) == ()


def test_an_unknown_gap_is_said_at_the_text(letter: LettersPage, qtbot: QtBot) -> None:
    letter.text.setFocus()
    type_text(" {{ numer }}")
    qtbot.waitUntil(lambda: "numer" in letter.text_field.problem.text())
    assert not letter.save_button.isEnabled()


def test_a_click_puts_a_gap_where_the_cursor_was(letter: LettersPage) -> None:
    letter.subject.setFocus()
    letter.insert_gap("town")
    assert letter.subject.text() == "Ferien{{ town }}"


def test_words_in_another_language_are_kept_apart_and_come_back(
    letter: LettersPage, window: MainWindow, people: dict[str, int]
) -> None:
    letter.language.set_value("fr")
    letter.language.chosen.emit()
    letter.subject.setFocus()
    type_text("Vacances")
    window.open_page("customers")
    window.open_page("letters", (people["Beck"],))
    assert letter.subject.text() == "Ferien"
    assert [(one.language, one.subject) for one in letter.draft.texts] == [
        ("de", "Ferien"),
        ("fr", "Vacances"),
    ]


def test_the_phone_book_of_the_marked_ones(page: CustomersPage, tmp_path: Path) -> None:
    press(Qt.Key.Key_Space)
    page.save_phone_book(tmp_path / "t.xml")
    assert (tmp_path / "t.xml").read_text(encoding="utf-8").count("<contact>") == 1
    page.save_phone_book(tmp_path / "t.vcf")
    assert "BEGIN:VCARD" in (tmp_path / "t.vcf").read_text(encoding="utf-8")


@pytest.mark.parametrize("book", list(BookFormat))
def test_the_settings_write_the_phone_book_of_all(
    window: MainWindow, people: dict[str, int], tmp_path: Path, book: BookFormat
) -> None:
    window.open_page("settings", "phone_book")
    settings = window.navigation.page
    assert isinstance(settings, SettingsPage)
    section = settings.sections["phone_book"]
    assert isinstance(section, PhoneBookSection)
    section.write(book, tmp_path / "book")
    assert (tmp_path / "book").exists()
    assert "4 Kunden mit 4 Nummern" in section.result.words.text()


def test_recommendations_open_the_customer_and_come_out_as_a_table(
    window: MainWindow, shop: Shop, people: dict[str, int], tmp_path: Path
) -> None:
    number = customers.get(shop, people["Ahrens"]).number
    customers.create(shop, Customer(company="Neu", recommended_by=number))
    window.open_page("recommendations")
    page = window.navigation.page
    assert isinstance(page, RecommendationsPage)
    assert page.header.subtitle.text() == "1 Kunde kam auf Empfehlung"
    page.save(tmp_path / "r.csv")
    assert "Ahrens" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    shown = window.navigation.page
    assert isinstance(shown, CustomerPage)
    assert shown.existing.customer.name == "Ahrens"
