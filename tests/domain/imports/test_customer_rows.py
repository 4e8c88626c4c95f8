"""What becomes of the cells of a row: nothing is merged or lost in silence, one bad value spoils no customer."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer
from shopdesk.domain.documents import CashDiscount
from shopdesk.domain.folding import compact
from shopdesk.domain.imports.customer_rows import CustomerReader, TakenCustomer
from shopdesk.domain.imports.fields import HEADERS
from shopdesk.domain.imports.values import ImportKind
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts, country_codes


def taken(area_code: str = "0551", **cells: str) -> TakenCustomer:
    row = {"family_name": "Vogel", **cells}
    return CustomerReader(tuple(row), "DE", country_codes(), area_code=area_code).taken(tuple(row.values()))


def read(**cells: str) -> Customer:
    found = taken(**cells)
    assert (found.doubt, found.left_out) == (None, None)
    return found.customer


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("66 77 88", ["+49551667788"]),
        ("0171-1234567, 0551/22333", ["+491711234567", "+4955122333"]),
        ("0171 1234567\n0551 22333", ["+491711234567", "+4955122333"]),
        ("0551/4711-25/26", ["+49551471125", "+49551471126"]),
        ("0551 22333 oder 22334", ["+4955122333", "+4955122334"]),
        ("+49-551-4711 ext 5102", ["+4955147115102"]),
        ("1711234567", ["+491711234567"]),  # a spreadsheet took the zero
        ("5512233344", ["+495512233344"]),
    ],
)
def test_every_number_of_a_cell_comes_in(cell: str, numbers: list[str]) -> None:
    assert [phone.e164 for phone in read(phone=cell, city="Göttingen").phones] == numbers


@pytest.mark.parametrize(
    "cell", ["0171-123, 0551/22", "0551/4711-25/126", "0551/471100/26", "0551/4711, 25", "0551/22333 und 9"]
)
def test_numbers_that_cannot_be_told_are_asked_about(cell: str) -> None:
    found = taken(phone=cell)
    assert found.doubt is not None
    assert (
        Texts("de").say(found.doubt) == f"Welche Telefonnummern mit „{cell}“ gemeint sind, ist nicht sicher."
    )
    assert [(phone.number, phone.e164) for phone in found.customer.phones] == [(cell, "")]


def test_a_local_number_of_an_unknown_town_is_kept_as_it_is_written() -> None:
    assert [phone.e164 for phone in taken("", phone="66 77 88").customer.phones] == [""]
    assert [phone.e164 for phone in read(phone="66 77 88", country="BG").phones] != ["+49551667788"]


def test_an_extension_abroad_is_not_lost() -> None:
    (phone,) = read(phone="+1 212 736 5000 ext 5102", country="US").phones
    assert (phone.number, phone.e164) == ("+1 212-736-5000 ext. 5102", "+12127365000")


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("email", "hans@", "E-Mail-Adresse „hans@“"),
        ("country", "OtherCountry", "Land „OtherCountry“"),
        ("vat_id", "DE123", "USt-IdNr. „DE123“"),
        ("birthday", "3/4/1970", "Geburtstag „3/4/1970“"),
        ("birthday", "31.2.1970", "Geburtstag „31.2.1970“"),
        ("birthday", "--0312", "Geburtstag „--0312“"),
        ("payment_days", "bar", "Zahlungsziel in Tagen „bar“"),
        ("discount", "120", "Rabatt in % „120“"),
        ("salutation", "Sehr geehrte", "Anrede „Sehr geehrte“"),
        ("channel", "Rauchzeichen", "Am liebsten per „Rauchzeichen“"),
    ],
)
def test_one_bad_value_is_left_out_and_named(field: str, cell: str, said: str) -> None:
    found = taken(**{field: cell, "city": "Kassel"})
    assert found.customer == Customer(
        person=PersonName(family_name="Vogel"), address=Address(city="Kassel"), language="de"
    )
    assert found.left_out is not None
    assert Texts("de").say(found.left_out) == f"Nicht übernommen: {said}."


@pytest.mark.parametrize("word", ["none", "neutral", "Divers", "Firma", ""])
def test_a_word_that_is_no_salutation_becomes_no_title(word: str) -> None:
    assert read(salutation=word).person == PersonName(family_name="Vogel")
    assert read(salutation=f"Frau Dr. {word}").person == PersonName(Salutation.MRS, "Dr.", "", "Vogel")


def test_what_a_card_has_is_taken_over() -> None:
    one = read(
        birthday="12.3.1970", tags="* myContacts ::: Hotel, #Stammkunde; hotel", recommended_by="Jens  Lindner",
        payment_days="30", cash_discount="2,5 %", cash_discount_days="10", discount="5", facts="Nur montags\nHund",
    )  # fmt: skip
    assert (one.birthday, one.tags) == (dt.date(1970, 3, 12), ("Hotel", "Stammkunde"))
    assert (one.recommended_by, one.facts) == ("Jens Lindner", ("Nur montags", "Hund"))
    assert (one.payment_days, one.cash_discount) == (30, CashDiscount(Decimal("2.5"), 10))
    assert one.discount_percent == 5


@pytest.mark.parametrize("company", ["", "Gasthof Vogel"])
def test_the_other_address_is_where_to_deliver(company: str) -> None:
    one = read(
        company=company, home_street="Hof 1", home_city="Rosdorf", work_street="Ringweg 8", work_city="Kassel"
    )
    home, work = Address(("Hof 1",), "", "Rosdorf"), Address(("Ringweg 8",), "", "Kassel")
    assert (one.address, one.delivery_address) == ((work, home) if company else (home, work))
    named = read(street="Hof 1", work_street="Ringweg 8", delivery_street="Lager 3")
    assert (named.address.lines, named.delivery_address) == (("Hof 1",), Address(("Lager 3",)))


def test_several_contact_persons_stay_apart() -> None:
    columns = [
        HEADERS[ImportKind.CUSTOMERS][compact(header)]
        for header in (
            "Firma", "Ansprechpartner 1", "Ansprechpartner 1 Telefon", "Ansprechpartner 2", "Ansprechpartner 2 Telefon",
        )
    ]  # fmt: skip
    cells = ("Hotel Vogel", "Frau Dr. Ana Öz", "", "Max Roth", "0551 4711")
    found = CustomerReader(tuple(columns), "DE", country_codes()).read(cells)
    assert found.contact_persons == (
        ContactPerson(PersonName(Salutation.MRS, "Dr.", "Ana", "Öz")),
        ContactPerson(PersonName(given_name="Max", family_name="Roth"), phone="0551 4711"),
    )
