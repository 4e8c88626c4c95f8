"""Pairs as they stand in German lists of customers: who is one person, and who is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.duplicates import Level, likeness
from shopdesk.domain.names import PersonName, Salutation


def person(
    name: str = "", street: str = "", town: str = "", phone: str = "", mail: str = "", **more: str
) -> Customer:
    """`name` is "Given Family", `town` begins with its postal code."""
    given, _, family = name.rpartition(" ")
    code, _, city = town.partition(" ")
    return Customer(
        company=more.get("company", ""),
        person=PersonName(Salutation(more.get("salutation", "none")), "", given, family),
        address=Address((street,) if street else (), code, city),
        phones=(Phone(phone, phone),) if phone else (),
        emails=(mail,) if mail else (),
        vat_id=more.get("vat_id", ""),
    )


def company(name: str, street: str = "", town: str = "", **more: str) -> Customer:
    return person("", street, town, company=name, **more)


HOME = ("Marktstraße 9", "37073 Göttingen")

SAME_PERSON_SAME_ADDRESS = [
    (person("Jens Lindner", *HOME), person("Jens Lindner", "Marktstr. 9", "37073 Goettingen")),
    (person("Jürgen Müller", *HOME), person("Juergen Mueller", "Markt-Straße 9", "37073 Göttingen")),
    (person("Eva Weiß", *HOME), person("Eva Weiss", "Marktstrasse 9", "37073 Göttingen")),
    (person("Lindner Jens", *HOME), person("Jens Lindner", *HOME)),
    (person("Dr. Jens Lindner", *HOME), person("Jens Lindner", *HOME)),
    (company("Lindner GmbH", *HOME), company("Lindner G.m.b.H.", "Marktstr. 9", "37073 Göttingen")),
    (company("Bettenhaus Lindner e.K.", *HOME), company("Bettenhaus Lindner", *HOME)),
    (company("Lindner GmbH & Co. KG", *HOME), company("Fa. Lindner", *HOME)),
    (company("Betten Lindner", *HOME), company("Lindner Betten", *HOME)),
    (person("Jens Lindner", "Marktstr. 9 a", HOME[1]), person("Jens Lindner", "Marktstraße 9a", HOME[1])),
    (person("Desislava Ivanova", *HOME), person("Десислава Иванова", *HOME)),
]
NEARLY_THE_SAME_NAME_SAME_ADDRESS = [
    (person("Peter Meier", *HOME), person("Peter Mayer", *HOME)),
    (person("Desislava Ivanova", *HOME), person("Desislava Ivanowa", *HOME)),
    (person("Desislava Ivanova", *HOME), person("Desilsava Ivanova", *HOME)),
    (person("J. Lindner", *HOME), person("Jens Lindner", *HOME)),
    (person(" Meier", *HOME), person("Meier ", *HOME)),
    (person(" Lindner", *HOME), person("Jens Lindner", *HOME)),
    (person("Hans-Peter Kunz", *HOME), person("Hans Kunz", *HOME)),
    (person("Eva Müller-Kunz", *HOME), person("Eva Müller", *HOME)),
    (company("Bettenhaus Lindner GmbH", *HOME), company("Bettenhaus Linder", *HOME)),
]
NOT_THE_SAME = [
    (person("Peter Meier", *HOME), person("Anna Meier", *HOME)),
    (person("Peter Meier", *HOME), person("Peter Meier", "Hauptstr. 1", "10115 Berlin")),
    (person("Peter Meier", *HOME), person("Peter Kunz", *HOME)),
    (person(" Meier", *HOME, salutation="mr"), person(" Meier", *HOME, salutation="mrs")),
    (person("Robert Lang", *HOME), person("Bob Lang", *HOME)),
    (person("Peter Meier"), person("Peter Meier")),
    (person("J. Lindner", *HOME), person("Karl Lindner", *HOME)),
    (person(), person()),
    (person(" Meier", *HOME), person(" Kunz", *HOME)),
]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON_SAME_ADDRESS)
def test_the_same_name_at_the_same_address_is_certain_however_it_is_spelled(
    one: Customer, other: Customer
) -> None:
    assert level(one, other) == Level.CERTAIN


@pytest.mark.parametrize(("one", "other"), NEARLY_THE_SAME_NAME_SAME_ADDRESS)
def test_nearly_the_same_name_at_the_same_address_is_probable(one: Customer, other: Customer) -> None:
    assert level(one, other) == Level.PROBABLE


@pytest.mark.parametrize(("one", "other"), NOT_THE_SAME)
def test_who_only_shares_a_name_or_a_house_is_somebody_else(one: Customer, other: Customer) -> None:
    assert level(one, other) is None


PHONE, MAIL, VAT_ID = "+49551123456", "info@example.org", "DE136695976"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (person("Jens Lindner", phone=PHONE), person("Jens Lindner", phone=PHONE), Level.CERTAIN),
        (person("Jens Lindner", phone=PHONE), person("Jens Linder", phone=PHONE), Level.PROBABLE),
        (person("Jens Lindner", phone=PHONE), person("", phone=PHONE), Level.PROBABLE),
        (person("Jens Lindner", phone=PHONE), person("Eva Lindner", phone=PHONE), Level.POSSIBLE),
        (person("Jens Lindner", mail=MAIL), person("Jens Lindner", mail=MAIL), Level.CERTAIN),
        (person("Jens Lindner", mail=MAIL), person("Eva Kunz", mail=MAIL), Level.POSSIBLE),
        (person("Jens Lindner", phone=PHONE, mail=MAIL), person("", phone=PHONE, mail=MAIL), Level.CERTAIN),
        (person("Jens Lindner", phone=PHONE), person("Eva Kunz", phone=PHONE + "12"), Level.POSSIBLE),
        (person("Jens Lindner", phone=PHONE), person("Jens Lindner", phone=PHONE + "12"), Level.PROBABLE),
        (company("Lindner GmbH", vat_id=VAT_ID), company("Lindner", vat_id=VAT_ID), Level.CERTAIN),
        (company("Lindner GmbH", vat_id=VAT_ID), company("Kunz AG", vat_id=VAT_ID), Level.PROBABLE),
        (
            company("Lindner GmbH", *HOME, vat_id=VAT_ID),
            company("Lindner GmbH", "Hauptstr. 1", "10115 Berlin", vat_id=VAT_ID),
            Level.PROBABLE,
        ),
        (person("Jens Lindner", "", HOME[1]), person("Jens Lindner", *HOME), Level.PROBABLE),
        (person("Jens Lindner", "Weg 1", HOME[1]), person("Jens Lindner", *HOME), Level.POSSIBLE),
    ],
)
def test_numbers_mail_addresses_and_vat_ids(one: Customer, other: Customer, expected: Level) -> None:
    assert level(one, other) == expected
    assert level(other, one) == expected


def test_the_reasons_are_said() -> None:
    one = person("Jens Lindner", *HOME, phone=PHONE)
    other = person("Jens Linder", "Marktstr. 9", HOME[1], phone=PHONE)
    found = likeness(one, other)
    assert found is not None
    assert [reason.id for reason in found.reasons] == ["same phone number", "similar name", "same address"]


def level(one: Customer, other: Customer) -> Level | None:
    found = likeness(one, other)
    return found.level if found is not None else None


WORDS = st.sampled_from(
    ["", "Jens", "J.", "Lindner", "Linder", "Müller", "Mueller-Kunz", "GmbH", "Иванова", "Dr. Eva"]
)
ANYBODY = st.builds(
    Customer,
    company=WORDS,
    person=st.builds(PersonName, st.sampled_from(Salutation), WORDS, WORDS, WORDS),
    address=st.builds(
        Address,
        st.tuples(st.sampled_from(["", "Markt 1", "Marktstr. 9", "9", "Straße"])),
        st.sampled_from(["", "37073", "10115"]),
        st.sampled_from(["", "Göttingen"]),
    ),
    phones=st.lists(st.builds(Phone, st.just("x"), st.sampled_from(["", PHONE, PHONE + "1"]))).map(tuple),
    emails=st.lists(st.just(MAIL), max_size=1).map(tuple),
)


@given(one=ANYBODY, other=ANYBODY)
def test_it_makes_no_difference_who_stands_left(one: Customer, other: Customer) -> None:
    assert likeness(one, other) == likeness(other, one)
