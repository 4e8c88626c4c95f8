"""The customers on the owner's telephones: every number once, named, as the box dials it; nothing internal."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.names import PersonName
from shopdesk.output.phone_books import BookEntry, BookNumber, fritz_box
from shopdesk.usecases import customers, erasure, phone_books
from shopdesk.usecases.exports import ExportRefused
from shopdesk.usecases.phone_books import BookFormat, dialled, entries_of
from shopdesk.usecases.shop import Shop

HOTEL = Customer(
    company='Hotel "Stadt" & <Blick>',
    phones=(Phone("0551 9219-0"), Phone("0551 9219-99", label="fax"), Phone("0551/92190")),
    contact_persons=(
        ContactPerson(PersonName(given_name="Sabine", family_name="Öztürk"), "Einkauf", "0551 9219-12"),
        ContactPerson(PersonName(family_name="Ohne"), "Küche"),
    ),
    note="zahlt langsam",
)


@pytest.fixture
def people(open_shop: Shop) -> Shop:
    customers.create(open_shop, HOTEL)
    customers.create(
        open_shop, Customer(person=PersonName(family_name="Ivanova"), phones=(Phone("+359 88 712 3456"),))
    )
    customers.create(
        open_shop, Customer(person=PersonName(family_name="Brandt"), phones=(Phone("0170 1234567"),))
    )
    customers.create(open_shop, Customer(person=PersonName(family_name="Stumm"), emails=("s@example.org",)))
    return open_shop


def contacts(data: bytes) -> dict[str, list[tuple[str, str, str]]]:
    """Name → (kind, prio, number)."""
    book = ET.fromstring(data)
    assert book.tag == "phonebooks"
    return {
        entry.findtext("person/realName") or "": [
            (n.get("type") or "", n.get("prio") or "", n.text or "")
            for n in entry.findall("telephony/number")
        ]
        for entry in book.findall("phonebook/contact")
    }


def test_the_box_gets_names_and_numbers_as_it_dials_them(people: Shop, tmp_path: Path) -> None:
    saved = phone_books.save(people, BookFormat.FRITZ_BOX, tmp_path / "t.xml")
    data = saved.path.read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert contacts(data) == {
        "Brandt": [("mobile", "1", "01701234567")],
        'Hotel "Stadt" & <Blick>': [("work", "1", "055192190"), ("fax_work", "0", "0551921999")],
        'Sabine Öztürk (Hotel "Stadt" & <Blick>)': [("work", "1", "0551921912")],
        "Ivanova": [("mobile", "1", "00359887123456")],
    }
    assert (saved.customers, saved.without_phone) == (3, 1)
    assert ET.fromstring(data)[0].get("name") == "Schlafgut Lindner"


@pytest.mark.parametrize(
    ("number", "home", "shown"),
    [
        ("+49551123456", "DE", "0551123456"),
        ("+49551123456", "AT", "0049551123456"),
        ("+43662123456", "AT", "0662123456"),
        ("+390612345678", "IT", "00390612345678"),
        ("110", "DE", "110"),
    ],
)
def test_home_numbers_have_a_zero_all_others_their_country(number: str, home: str, shown: str) -> None:
    assert dialled(number, home) == shown


def test_more_numbers_than_a_contact_holds_go_on_in_another() -> None:
    numbers = tuple(BookNumber(f"055112345{n}", "home") for n in range(10, 31))
    book = ET.fromstring(fritz_box([BookEntry("Viele", numbers)], "x"))
    counts = [len(entry.findall("telephony/number")) for entry in book.iter("contact")]
    assert counts == [9, 9, 3]


@given(st.text(), st.text())
def test_whatever_a_customer_is_called_the_book_can_be_read(name: str, number: str) -> None:
    customer = Customer(
        number="K-1", company=name, phones=(Phone(number), Phone("0551 123456", "+49551123456"))
    )
    data = fritz_box(entries_of(customer, "DE"), name)
    book = ET.fromstring(data)
    found = [number.text or "" for number in book.iter("number")]
    assert "0551123456" in found
    assert all(each.isdigit() for each in found)


def test_vcards_carry_no_internal_note(people: Shop, tmp_path: Path) -> None:
    one = phone_books.save(people, BookFormat.ONE_VCARD, tmp_path / "k.vcf").path.read_text(encoding="utf-8")
    assert one.count("BEGIN:VCARD") == 5  # two contact persons
    assert "zahlt langsam" not in one
    assert "TYPE=fax" in one


def test_a_folder_has_a_file_for_each_and_is_never_mixed(people: Shop, tmp_path: Path) -> None:
    saved = phone_books.save(people, BookFormat.VCARD_FOLDER, tmp_path / "cards")
    names = sorted(path.name for path in saved.path.iterdir())
    assert len(names) == saved.customers == 3
    assert all(name.endswith(".vcf") and "<" not in name for name in names)
    with pytest.raises(ExportRefused) as refused:
        phone_books.save(people, BookFormat.VCARD_FOLDER, tmp_path / "cards")
    assert refused.value.code == "file-exists"


def test_only_the_marked_ones(people: Shop, tmp_path: Path) -> None:
    brandt = customers.page(people)[0]
    saved = phone_books.save(people, BookFormat.FRITZ_BOX, tmp_path / "t.xml", (brandt.id,))
    assert list(contacts(saved.path.read_bytes())) == ["Brandt"]


def test_who_was_forgotten_is_in_no_book(people: Shop, tmp_path: Path) -> None:
    brandt = customers.page(people)[0]
    erasure.erase(people, brandt.id)
    everybody = phone_books.save(people, BookFormat.FRITZ_BOX, tmp_path / "t.xml")
    assert "Brandt" not in contacts(everybody.path.read_bytes())
    with pytest.raises(phone_books.NobodyHasAPhone):
        phone_books.save(people, BookFormat.FRITZ_BOX, tmp_path / "only.xml", (brandt.id,))


@pytest.mark.parametrize("book", list(BookFormat))
def test_an_empty_book_never_replaces_one(open_shop: Shop, tmp_path: Path, book: BookFormat) -> None:
    with pytest.raises(phone_books.NobodyHasAPhone):
        phone_books.save(open_shop, book, tmp_path / "t")
    assert not list(tmp_path.glob("t*"))


@pytest.mark.parametrize("book", [BookFormat.FRITZ_BOX, BookFormat.ONE_VCARD])
def test_a_place_that_is_not_there_is_said(people: Shop, tmp_path: Path, book: BookFormat) -> None:
    with pytest.raises(ExportRefused):
        phone_books.save(people, book, tmp_path / "gone" / "t")
