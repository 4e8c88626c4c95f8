"""What programs write is understood without a question: header by header, and without one by its content."""

from __future__ import annotations

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.imports import columns
from shopdesk.domain.imports.customer_rows import CustomerReader
from shopdesk.domain.imports.matching import completed, same_name
from shopdesk.domain.imports.values import ImportKind, ReadFile, ReadRow
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import country_codes

OUTLOOK_DE = {
    "Anrede": "Frau", "Vorname": "Petra", "Weitere Vornamen": "Eva", "Nachname": "Schulz", "Suffix": "",
    "Firma": "Gasthof Möller", "Abteilung": "Einkauf", "Straße geschäftlich": "Am Markt 1",
    "Ort geschäftlich": "Duderstadt", "Postleitzahl geschäftlich": "37115", "Land/Region geschäftlich": "Deutschland",
    "Straße privat": "Lange Gasse 4", "Ort privat": "Göttingen", "Postleitzahl privat": "37073",
    "Telefon geschäftlich": "05527 1234", "Mobiltelefon": "0171 1234567", "Fax geschäftlich": "05527 1235",
    "E-Mail-Adresse": "petra@example.org", "E-Mail 2: Adresse": "p2@example.org", "E-Mail-Typ": "SMTP",
    "Notizen": "nett",
}  # fmt: skip
OUTLOOK_EN = {
    "Title": "Mrs.", "First Name": "Petra", "Middle Name": "Eva", "Last Name": "Schulz", "Company": "Gasthof Möller",
    "Department": "Einkauf", "Job Title": "Chefin", "Business Street": "Am Markt 1", "Business City": "Duderstadt",
    "Business Postal Code": "37115", "Business Country/Region": "Germany", "Home Street": "Lange Gasse 4",
    "Home City": "Göttingen", "Home Postal Code": "37073", "Business Phone": "05527 1234", "Business Fax": "05527 1235",
    "Mobile Phone": "0171 1234567", "E-mail Address": "petra@example.org", "E-mail Type": "SMTP",
    "E-mail 2 Address": "p2@example.org", "Notes": "nett",
}  # fmt: skip
GOOGLE_NEW = {
    "First Name": "Petra", "Middle Name": "Eva", "Last Name": "Schulz", "Phonetic First Name": "",
    "Name Prefix": "Frau",
    "Organization Name": "Gasthof Möller", "Organization Title": "Chefin", "Notes": "nett", "Labels": "* myContacts",
    "E-mail 1 - Label": "* Work", "E-mail 1 - Value": "petra@example.org ::: p2@example.org",
    "Phone 1 - Label": "Mobile", "Phone 1 - Value": "0171 1234567", "Phone 2 - Label": "Work",
    "Phone 2 - Value": "05527 1234", "Phone 3 - Label": "Work Fax", "Phone 3 - Value": "05527 1235",
    "Address 1 - Label": "Work", "Address 1 - Formatted": "Am Markt 1 37115 Duderstadt",
    "Address 1 - Street": "Am Markt 1", "Address 1 - City": "Duderstadt", "Address 1 - Postal Code": "37115",
    "Address 1 - Country": "DE",
}  # fmt: skip
GOOGLE_OLD = {
    "Name": "Petra Eva Schulz", "Given Name": "Petra", "Additional Name": "Eva", "Family Name": "Schulz",
    "Name Prefix": "Frau", "Group Membership": "* My Contacts", "E-mail 1 - Type": "*", "E-mail 1 - Value":
    "petra@example.org", "E-mail 2 - Type": "", "E-mail 2 - Value": "p2@example.org", "Phone 1 - Type": "Mobile",
    "Phone 1 - Value": "0171 1234567", "Phone 2 - Type": "Work", "Phone 2 - Value": "05527 1234",
    "Phone 3 - Type": "Home Fax", "Phone 3 - Value": "05527 1235",
    "Address 1 - Street": "Am Markt 1", "Address 1 - City": "Duderstadt", "Address 1 - Postal Code": "37115",
    "Address 1 - Country": "Germany", "Organization 1 - Name": "Gasthof Möller", "Notes": "nett",
}  # fmt: skip
THUNDERBIRD_DE = {
    "Vorname": "Petra Eva", "Nachname": "Schulz", "Anzeigename": "Petra Schulz", "Spitzname": "Pe", "Anrede": "Frau",
    "Primäre E-Mail-Adresse": "petra@example.org", "Sekundäre E-Mail-Adresse": "p2@example.org",
    "Tel. dienstlich": "05527 1234", "Fax-Nummer": "05527 1235", "Mobil-Tel.-Nr.": "0171 1234567",
    "Dienstlich: Adresse": "Am Markt 1", "Dienstlich: Ort": "Duderstadt", "Dienstlich: PLZ": "37115",
    "Dienstlich: Land": "Deutschland", "Organisation": "Gasthof Möller", "Notizen": "nett",
}  # fmt: skip
LEXWARE = {
    "Kundennummer": "10023", "Anrede": "Frau", "Firma": "Gasthof Möller", "Vorname": "Petra Eva", "Nachname": "Schulz",
    "Straße": "Am Markt 1", "Land": "D", "PLZ": "37115", "Ort": "Duderstadt", "Telefon 1": "", "Mobil": "0171 1234567",
    "Telefon geschäftlich": "05527 1234", "Telefax": "05527 1235", "E-Mail": "petra@example.org;p2@example.org",
    "Matchcode": "MOEL", "Bemerkung": "nett",
}  # fmt: skip


def read(*rows: tuple[str, ...]) -> ReadFile:
    return ReadFile("csv", tuple(ReadRow(number, row) for number, row in enumerate(rows, 1)))


def customer_of(file: ReadFile) -> Customer:
    mapping = columns.guess(file)
    assert mapping.kind is ImportKind.CUSTOMERS
    (row,) = columns.data_rows(file, mapping)
    return CustomerReader(mapping.fields, "DE", country_codes()).read(row.cells)


@pytest.mark.parametrize(
    "program", [OUTLOOK_DE, OUTLOOK_EN, GOOGLE_NEW, GOOGLE_OLD, THUNDERBIRD_DE, LEXWARE],
    ids=["Outlook de", "Outlook en", "Google", "Google old", "Thunderbird", "Lexware"],
)  # fmt: skip
def test_the_same_customer_comes_out_of_each_program(program: dict[str, str]) -> None:
    one = customer_of(read(tuple(program), tuple(program.values())))
    assert (one.company, one.person) == (
        "Gasthof Möller",
        PersonName(Salutation.MRS, "", "Petra Eva", "Schulz"),
    )
    assert one.address == Address(("Am Markt 1",), "37115", "Duderstadt", "DE")
    assert one.emails == ("petra@example.org", "p2@example.org")
    assert [(phone.e164, phone.label) for phone in one.phones] == [
        ("+491711234567", "mobile"), ("+4955271234", "work"), ("+4955271235", "fax"),
    ]  # fmt: skip
    assert one.note == "nett"


def test_a_person_lives_at_home_and_a_company_at_work() -> None:
    with_company = dict(OUTLOOK_DE)
    private = with_company | {"Firma": ""}
    assert customer_of(read(tuple(private), tuple(private.values()))).address.city == "Göttingen"


def test_without_a_header_the_columns_are_known_by_what_they_hold() -> None:
    one = customer_of(read(("Petra Schulz", "37073", "0551 4711", "petra@example.org")))
    assert (one.person.full, one.address.postal_code, one.email) == (
        "Petra Schulz",
        "37073",
        "petra@example.org",
    )


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("Artikelnummer", "Bezeichnung", "VK netto", "MwSt"), ImportKind.ARTICLES),
        (("SKU", "Product name", "Price", "Weight"), ImportKind.ARTICLES),
        (("Rechnungsnummer", "Datum", "Kunde", "Brutto"), ImportKind.OLD_INVOICES),
        (("Name", "Telefon", "Ort"), ImportKind.CUSTOMERS),
    ],
)
def test_what_the_rows_are_is_read_off_the_header(header: tuple[str, ...], kind: ImportKind) -> None:
    mapping = columns.guess(read(header, tuple("x1" for _cell in header)))
    assert (mapping.kind, mapping.has_header) == (kind, True)
    assert all(mapping.fields)


def person(given: str, family: str, company: str = "") -> Customer:
    return Customer(company=company, person=PersonName(given_name=given, family_name=family))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (person("Petra", "Schulz"), person("petra", "SCHULZ"), True),
        (person("Jürgen", "Müller"), person("Juergen", "Mueller"), True),
        (person("", "Schulz"), person("Petra", "Schulz"), True),
        (person("Petra", "Schulz"), person("Schulz", "Petra"), True),
        (person("Petra", "Schulz"), person("Bernd", "Schulz"), False),
        (person("Petra", "Schulz", "Gasthof"), person("Petra", "Schulz"), True),
        (person("", "", "Gasthof Möller"), person("", "", "Gasthof Möller GmbH"), True),
        (person("", "", "Gasthof Möller"), person("", "", "Hotel Sonne"), False),
        (person("", ""), person("Petra", "Schulz"), True),
    ],
)
def test_names_are_the_same_or_not(one: Customer, other: Customer, same: bool) -> None:
    assert (same_name(one, other), same_name(other, one)) == (same, same)


def test_completing_twice_is_completing_once() -> None:
    known = Customer(person=PersonName(family_name="Schulz"), phones=(Phone("0551 4711", "+495514711"),))
    row = Customer(person=PersonName(given_name="Petra", family_name="Schulz"), emails=("p@example.org",),
                   phones=(Phone("+49 551 4711", "+495514711"), Phone("Zentrale")), note="x")  # fmt: skip
    once = completed(known, row)
    assert completed(once, row) == once
    assert [phone.number for phone in once.phones] == ["0551 4711", "Zentrale"]
