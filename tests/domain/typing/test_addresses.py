from __future__ import annotations

import itertools
import time
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.names import Salutation
from shopdesk.domain.typing import PastedContact, parse_contact

COUNTRIES = {
    "bulgarien": "BG", "bulgaria": "BG", "българия": "BG", "deutschland": "DE", "germany": "DE",
    "österreich": "AT", "schweiz": "CH",
    "frankreich": "FR", "france": "FR", "united kingdom": "GB", "niederlande": "NL", "luxemburg": "LU",
    "belgien": "BE", "dänemark": "DK",
}  # fmt: skip
THE_CALL = ["Desislava Ivanova", "ul. Hristo Botev 14", "5300 Gabrovo", "d.ivanova@example.org"]


def read(text: str, country: str = "DE") -> dict[str, object]:
    """Only what was recognised, for short tables."""
    contact = parse_contact(text, COUNTRIES, country, "0551")
    found: dict[str, object] = {}
    for name in (field.name for field in fields(contact)):
        value = getattr(contact, name)
        if name == "phones":
            value = [(phone.e164, phone.label) for phone in value]
        if value and value != Salutation.NONE:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


MATTRESS = {
    "given_name": "Desislava", "family_name": "Ivanova", "lines": ["ul. Hristo Botev 14"],
    "postal_code": "5300", "city": "Gabrovo",
    "country": "BG", "emails": ["d.ivanova@example.org"],
}  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(THE_CALL)))
def test_the_mattress_call_is_understood_in_any_order(order: tuple[str, ...]) -> None:
    assert read("\n".join(order), "BG") == MATTRESS


@pytest.mark.parametrize("between", ["\n", "\r\n", ", ", "; ", " | ", "\n\n", "\t", " "])
def test_the_mattress_call_is_understood_in_one_line_or_four(between: str) -> None:
    assert read(between.join(THE_CALL), "BG") == MATTRESS


@pytest.mark.parametrize("between", ["\n", ", ", " "])
def test_the_callers_number_above_tells_the_country(between: str) -> None:
    found = read("+359 88 712 3456\n" + between.join(THE_CALL), "DE")
    assert found == MATTRESS | {"phones": [("+359887123456", "mobile")]}


def test_the_mattress_call_is_understood_while_it_is_typed() -> None:
    text = "\n".join(THE_CALL)
    seen = [read(text[:length], "BG") for length in range(len(text) + 1)]
    lengths = list(itertools.accumulate(len(line) + 1 for line in THE_CALL))
    assert seen[lengths[0]] == {"given_name": "Desislava", "family_name": "Ivanova", "country": "BG"}
    assert seen[lengths[1]] == seen[lengths[0]] | {"lines": ["ul. Hristo Botev 14"]}
    assert seen[lengths[2]] == seen[lengths[1]] | {"postal_code": "5300", "city": "Gabrovo"}
    assert all(after["family_name"] == "Ivanova" for after in seen[lengths[0] :])
    assert all("company" not in now for now in seen)


def test_a_bulgarian_town_is_not_put_into_germany() -> None:
    assert "country" not in read("\n".join(THE_CALL), "DE")
    assert read("\n".join([*THE_CALL, "Bulgarien"]), "DE")["country"] == "BG"
    assert read("\n".join([*THE_CALL, "+359 88 712 3456"]), "DE")["country"] == "BG"
    assert read("\n".join([*THE_CALL[:2], "BG-5300 Gabrovo"]), "DE")["country"] == "BG"
    assert read("\n".join([*THE_CALL[:3], "desi@example.bg"]), "DE")["country"] == "BG"


TABLE = [
    (
        (
            "Frau Dr. Petra Müller-Lüdenscheidt\nMarktstraße 9\nD-37073 Göttingen\n"
            "Tel. 0551/123456 (privat), Handy 0171 1234567"
        ),
        {
            "salutation": "mrs", "title": "Dr.", "given_name": "Petra", "family_name": "Müller-Lüdenscheidt",
            "lines": ["Marktstraße 9"],
            "postal_code": "37073", "city": "Göttingen", "country": "DE", "phones": [("+49551123456", "home"),
            ("+491711234567", "mobile")],
        },
    ),
    (
        "Familie Schulz\nAm Graben 12a\n37073 Göttingen",
        {"salutation": "family", "family_name": "Schulz", "lines": ["Am Graben 12a"], "postal_code": "37073",
        "city": "Göttingen", "country": "DE"},
    ),
    (
        (
            "Schlafgut Lindner\nInhaber: Jens Lindner\nMarktstraße 9\n37073 Göttingen\nTel.: 0551 123456\n"
            "USt-IdNr.: DE136695976\nwww.schlafgut-lindner.de"
        ),
        {
            "company": "Schlafgut Lindner", "given_name": "Jens", "family_name": "Lindner",
            "lines": ["Marktstraße 9"], "postal_code": "37073",
            "city": "Göttingen", "country": "DE", "phones": [("+49551123456", "")],
            "website": "www.schlafgut-lindner.de",
            "vat_id": "DE136695976", "vat_id_valid": True,
        },
    ),
    (
        ("Hallo,\nbitte ein Angebot.\n\nMit freundlichen Grüßen\n\nPetra Müller\nLeiterin Einkauf\n\n"
        "Reifen Huber GmbH & Co. KG | Industriestr. 5-7 | 86150 Augsburg\nTel.: +49 (0) 821 9219-12\n"
        "p.mueller@reifen-huber.de | www.reifen-huber.de\nGeschäftsführer: Max Huber, Amtsgericht Augsburg HRB 1234"),
        {
            "company": "Reifen Huber GmbH & Co. KG", "given_name": "Petra", "family_name": "Müller",
            "lines": ["Industriestr. 5-7"],
            "postal_code": "86150", "city": "Augsburg", "country": "DE",
            "emails": ["p.mueller@reifen-huber.de"],
            "phones": [("+49821921912", "")], "website": "www.reifen-huber.de",
            "leftovers": ["Hallo,", "bitte ein Angebot.", "Leiterin Einkauf",
            "Geschäftsführer: Max Huber, Amtsgericht Augsburg HRB 1234"],
        },
    ),
    (
        "Herrn\nProf. Dr. med. Hans von der Heide\nc/o Klinikum Nord\nRobert-Koch-Str. 40\n37075 Göttingen",
        {
            "salutation": "mr", "title": "Prof. Dr. med.", "given_name": "Hans", "family_name": "von der Heide",
            "lines": ["c/o Klinikum Nord", "Robert-Koch-Str. 40"], "postal_code": "37075", "city": "Göttingen",
            "country": "DE",
        },
    ),
    (
        (
            "Name: Jens Lindner\nStraße: Marktstraße 9\nPLZ: 37073\nOrt: Göttingen\nE-Mail: jens@example.org\n"
            "Telefon: 0551 123456"
        ),
        {
            "given_name": "Jens", "family_name": "Lindner", "lines": ["Marktstraße 9"], "postal_code": "37073",
            "city": "Göttingen",
            "country": "DE", "emails": ["jens@example.org"], "phones": [("+49551123456", "")],
        },
    ),
    (
        (
            "Anrede: Frau\nVorname: Anna\nNachname: Becker\nFirma: Bettenhaus Becker\nPLZ/Ort: 37073 Göttingen\n"
            "Land: Deutschland"
        ),
        {
            "salutation": "mrs", "given_name": "Anna", "family_name": "Becker", "company": "Bettenhaus Becker",
            "postal_code": "37073",
            "city": "Göttingen", "country": "DE",
        },
    ),
    (
        "Десислава Иванова\nул. Христо Ботев 14\n5300 Габрово\nБългария\n+359 88 712 3456",
        {
            "given_name": "Десислава", "family_name": "Иванова", "lines": ["ул. Христо Ботев 14"],
            "postal_code": "5300", "city": "Габрово",
            "country": "BG", "phones": [("+359887123456", "mobile")],
        },
    ),
    (
        "Mr John Smith\n221b Baker Street\nLondon NW1 6XE\nUnited Kingdom",
        {
            "salutation": "mr", "given_name": "John", "family_name": "Smith", "lines": ["221b Baker Street"],
            "postal_code": "NW1 6XE",
            "city": "London", "country": "GB",
        },
    ),
    (
        "Hans Huber\nHauptplatz 3/4\nA-8010 Graz",
        {"given_name": "Hans", "family_name": "Huber", "lines": ["Hauptplatz 3/4"], "postal_code": "8010",
        "city": "Graz", "country": "AT"},
    ),
    (
        "Jan de Vries\nKerkstraat 5\n1012 AB Amsterdam",
        {"given_name": "Jan", "family_name": "de Vries", "lines": ["Kerkstraat 5"], "postal_code": "1012 AB",
        "city": "Amsterdam", "country": "NL"},
    ),
    (
        "14 rue de la Paix\n75002 Paris\nMme Claire Dubois\nFrance",
        {
            "salutation": "mrs", "given_name": "Claire", "family_name": "Dubois",
            "lines": ["14 rue de la Paix"], "postal_code": "75002",
            "city": "Paris", "country": "FR",
        },
    ),
    (
        "Bettenhaus Sonne\nFrau Anna Becker\nLange Straße 3\n37073 Göttingen",
        {
            "company": "Bettenhaus Sonne", "salutation": "mrs", "given_name": "Anna", "family_name": "Becker",
            "lines": ["Lange Straße 3"],
            "postal_code": "37073", "city": "Göttingen", "country": "DE",
        },
    ),
    (
        "Herr und Frau Weber\nWeg 3, 3. Stock\n37073 Göttingen, Deutschland",
        {"salutation": "family", "family_name": "Weber", "lines": ["Weg 3", "3. Stock"], "postal_code": "37073",
        "city": "Göttingen", "country": "DE"},
    ),
    (
        "Anna und Peter Schulz\nUnter den Linden 5\n10117 Berlin",
        {
            "given_name": "Anna und Peter", "family_name": "Schulz", "lines": ["Unter den Linden 5"],
            "postal_code": "10117", "city": "Berlin",
            "country": "DE",
        },
    ),
    (
        "Müller, Petra\nHauptstr. 5\n12345 Berlin",
        {"given_name": "Petra", "family_name": "Müller", "lines": ["Hauptstr. 5"], "postal_code": "12345",
        "city": "Berlin", "country": "DE"},
    ),
    (
        "Petra Müller Marktstraße 9 37073 Göttingen petra@example.org 0551 123456",
        {
            "given_name": "Petra", "family_name": "Müller", "lines": ["Marktstraße 9"], "postal_code": "37073",
            "city": "Göttingen",
            "country": "DE", "emails": ["petra@example.org"], "phones": [("+49551123456", "")],
        },
    ),
    (
        "petra müller\nmarktstr 9\n37073 göttingen",
        {"given_name": "petra", "family_name": "müller", "lines": ["marktstr 9"], "postal_code": "37073",
        "city": "göttingen", "country": "DE"},
    ),
    (
        "Postfach 12 34\n37073 Göttingen\nStadtwerke Göttingen AG",
        {"company": "Stadtwerke Göttingen AG", "lines": ["Postfach 12 34"], "postal_code": "37073",
        "city": "Göttingen", "country": "DE"},
    ),
    (
        "Autohaus Kern e.K., Max Kern, Ringstraße 2, 37120 Bovenden, kern@example.org",
        {
            "company": "Autohaus Kern e.K.", "given_name": "Max", "family_name": "Kern",
            "lines": ["Ringstraße 2"], "postal_code": "37120",
            "city": "Bovenden", "country": "DE", "emails": ["kern@example.org"],
        },
    ),
    ("Ivanova\n+359 88 712 3456", {"family_name": "Ivanova", "country": "BG", "phones": [("+359887123456",
    "mobile")]}),
    ("Lena Fuchs <Lena.Fuchs@example.org>", {"given_name": "Lena", "family_name": "Fuchs", "country": "DE",
    "emails": ["lena.fuchs@example.org"]}),
    ("info (at) schlafgut-lindner (dot) de", {"country": "DE", "emails": ["info@schlafgut-lindner.de"]}),
    ("Göttingen 37073", {"postal_code": "37073", "city": "Göttingen", "country": "DE"}),
    ("5300", {"postal_code": "5300"}),
    ("", {"country": "DE"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_pasted_texts_become_fields(text: str, expected: dict[str, object]) -> None:
    assert read(text) == expected


COMPANIES = [
    "Reifen Huber GmbH & Co. KG", "Reifen Huber GmbH", "Huber UG (haftungsbeschränkt)", "Bäckerei Kern e.K.",
    "Kern & Söhne OHG",
    "Muster AG", "Sportverein 05 e.V.", "Anwälte Braun GbR", "Lindner KG", "Ivanov EOOD", "Иванов ЕООД",
    "Dubois S.A.R.L.", "Smith Ltd.",
    "Novák s.r.o.", "De Vries B.V.", "Rossi S.r.l.", "Apotheke am Markt", "Hotel Krone", "Kfz-Werkstatt Otto",
    "Firma Meier",
]  # fmt: skip


@pytest.mark.parametrize("company", COMPANIES)
def test_a_company_is_not_a_person(company: str) -> None:
    contact = parse_contact(f"{company}\nFrau Eva Maier\nMarktstraße 9\n37073 Göttingen", COUNTRIES)
    assert contact.company == company.removeprefix("Firma ")
    assert (contact.given_name, contact.family_name) == ("Eva", "Maier")


STREETS = [
    "Marktstraße 9", "Marktstr. 9a", "Markstrasse 12-14", "Am Graben 12", "Unter den Linden 5",
    "An der Alten Mühle 3 b", "Weg 3",
    "Konrad-Adenauer-Allee 100", "Hauptplatz 3/4", "Ringstraße 5 – 7", "ul. Hristo Botev 14", "bul. Vitosha 1",
    "бул. Витоша 1", "Kerkstraat 5",
    "14 rue de la Paix", "via Roma 12", "Calle Mayor 3", "221b Baker Street", "Vestergade 7",
    "Straße des 17. Juni 135",
]  # fmt: skip


@pytest.mark.parametrize("street", STREETS)
def test_a_street_is_found_between_name_and_town(street: str) -> None:
    contact = parse_contact(f"Eva Maier\n{street}\n37073 Göttingen", COUNTRIES)
    assert contact.lines == (street,)
    assert contact.name.full == "Eva Maier"


TOWNS = [
    ("37073 Göttingen", "37073", "Göttingen", "DE"),
    ("D-37073 Göttingen", "37073", "Göttingen", "DE"),
    ("DE-37073 Göttingen", "37073", "Göttingen", "DE"),
    ("37073 Göttingen, Deutschland", "37073", "Göttingen", "DE"),
    ("37073 Göttingen Germany", "37073", "Göttingen", "DE"),
    ("61348 Bad Homburg v. d. Höhe", "61348", "Bad Homburg v. d. Höhe", "DE"),
    ("01067 Dresden", "01067", "Dresden", "DE"),
    ("A-1010 Wien", "1010", "Wien", "AT"),
    ("1010 Wien, Österreich", "1010", "Wien", "AT"),
    ("CH-8001 Zürich", "8001", "Zürich", "CH"),
    ("L-1111 Luxembourg", "1111", "Luxembourg", "LU"),
    ("BG-5300 Gabrovo", "5300", "Gabrovo", "BG"),
    ("5300 гр. Габрово, България", "5300", "Габрово", "BG"),
    ("75002 Paris, Frankreich", "75002", "Paris", "FR"),
    ("1012 AB Amsterdam", "1012 AB", "Amsterdam", "NL"),
    ("London SW1A 2AA", "SW1A 2AA", "London", "GB"),
    ("1010 Wien", "1010", "Wien", ""),
]


@pytest.mark.parametrize(("line", "code", "city", "country"), TOWNS)
def test_a_town_is_read_as_its_country_writes_it(line: str, code: str, city: str, country: str) -> None:
    contact = parse_contact(f"Eva Maier\nHof 1\n{line}", COUNTRIES)
    assert (contact.postal_code, contact.city, contact.country) == (code, city, country)


VAT_IDS = [
    ("USt-IdNr.: DE136695976", "DE136695976", True),
    ("USt-IdNr. DE 136 695 976", "DE136695976", True),
    ("Umsatzsteuer-Identifikationsnummer gemäß § 27 a UStG: DE136695976", "DE136695976", True),
    ("UID-Nr.: ATU13585627", "ATU13585627", True),
    ("VAT No. BG831650349", "BG831650349", True),
    ("DE136695976", "DE136695976", True),
    ("USt-ID: DE136695977", "DE136695977", False),
    ("Rechnung 136695976", "", False),
]


@pytest.mark.parametrize(("line", "vat_id", "valid"), VAT_IDS)
def test_a_vat_id_is_taken_with_its_check_digit(line: str, vat_id: str, valid: bool) -> None:
    contact = parse_contact(f"Muster GmbH\n{line}\nMarktstraße 9\n37073 Göttingen", COUNTRIES)
    assert (contact.vat_id, contact.vat_id_valid) == (vat_id, valid)
    assert contact.company == "Muster GmbH"


@pytest.mark.parametrize(
    "line",
    [
        "IBAN: DE02 1203 0000 0000 2020 51",
        "Amtsgericht Göttingen HRB 1234",
        "Steuernummer 20/123/45678",
        "Gesendet von meinem iPhone",
    ],
)
def test_other_lines_of_an_imprint_are_left_over_not_lost(line: str) -> None:
    contact = parse_contact(f"Eva Maier\n{line}\nMarktstraße 9\n37073 Göttingen", COUNTRIES, "DE", "0551")
    assert contact.leftovers == (line,)
    assert contact.phones == ()
    assert contact.vat_id == ""


PERSONS_AND_SHOPS = [
    (
        (
            "Impressum\nSchlafgut Lindner\nJens Lindner\nMarktstraße 9\n37073 Göttingen\nKontakt\n"
            "E-Mail: post@schlafgut-lindner.example"
        ),
        "Schlafgut Lindner|none||Jens|Lindner",
    ),
    ("Schlafgut Lindner\nJens Lindner\nUSt-ID: DE136695976", "Schlafgut Lindner|none||Jens|Lindner"),
    ("Anna Weber\nPeter Weber\nMarktstraße 9", "|none||Anna|Weber"),
    ("LG\nDesi\n\nDesislava Ivanova\nul. Hristo Botev 14", "|none||Desislava|Ivanova"),
    ("LIEFERADRESSE\nDesislava Ivanova", "|none||Desislava|Ivanova"),
    ("Kunde: Petra Müller, Tel 0551-123456", "|none||Petra|Müller"),
    ("An\nFirma Reifen Huber\nz. Hd. Frau Huber", "Reifen Huber|mrs|||Huber"),
    (
        "Herrn Rechtsanwalt Dr. Karl Weiß\nKanzlei Weiß & Partner mbB",
        "Kanzlei Weiß & Partner mbB|mr|Rechtsanwalt Dr.|Karl|Weiß",
    ),
    (
        "Kirchengemeinde St. Johannis\nPfarrer Hans Klein",
        "Kirchengemeinde St. Johannis|none|Pfarrer|Hans|Klein",
    ),
    ("John Smith | Sales Manager\nSmith & Sons Ltd.", "Smith & Sons Ltd.|none||John|Smith"),
    ("Schlafgut Lindner\nInh. Jens Lindner", "Schlafgut Lindner|none||Jens|Lindner"),
    ("Autohaus Kern\nAnsprechpartnerin: Frau Eva Maier", "Autohaus Kern|mrs||Eva|Maier"),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS_AND_SHOPS)
def test_the_person_and_the_shop_are_told_apart(text: str, expected: str) -> None:
    found = parse_contact(text, COUNTRIES)
    person = f"{found.salutation}|{found.title}|{found.given_name}|{found.family_name}"
    assert f"{found.company}|{person}" == expected


@pytest.mark.parametrize("name", ["Jordan", "Eva Jordan", "Georgia"])
def test_a_person_may_be_called_like_a_country(name: str) -> None:
    contact = parse_contact(
        f"{name}\nMarktstraße 9\n37073 Göttingen", {**COUNTRIES, "jordan": "JO", "georgia": "GE"}
    )
    assert contact.name.full == name
    assert contact.country == "DE"


def test_quoted_mails_below_a_signature_are_not_read() -> None:
    contact = parse_contact(
        "Viele Grüße\nEva Maier\n\nAm 22.11.2026 schrieb Jens Lindner:\n> Guten Tag\n> 0551 123456", COUNTRIES
    )
    assert contact == PastedContact(given_name="Eva", family_name="Maier", country="DE")


PIECES = [
    "Desislava Ivanova", "Frau Dr. Petra Müller", "ul. Hristo Botev 14", "5300 Gabrovo", "37073 Göttingen",
    "Muster GmbH & Co. KG", "0551/123456",
    "a@example.org", "USt-IdNr.: DE136695976", "www.example.org", "Mit freundlichen Grüßen",
    "Inhaber: Jens Lindner", "Name:", "Ort: X", "c/o", "> x",
]  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).flatmap(
        lambda lines: st.sampled_from(["\n", ", ", " ", " | "]).map(lambda sep: sep.join(lines))
    )
    | st.text(max_size=120)
)
def test_any_text_is_sorted_without_an_error(text: str) -> None:
    contact = parse_contact(text, COUNTRIES, "DE", "0551")
    assert contact.country in {*COUNTRIES.values(), "", "DE"} or len(contact.country) == 2


LONG = [
    "a" * 10_000, "a " * 5000, "1 " * 5000, "a@" * 5000, "a," * 5000, "\n" * 10_000, "(at)" * 2500,
    "DE 1 " * 2000, "Müller Straße " * 700,
    "+49 " * 2500, "a.b." * 2500, "www." * 2500, "Am " * 3000, "A-" * 5000, "Dr. " * 2500,
    "\n".join(["Petra Müller, Markt 9, 37073 Ort, a@b.de, 0551 123456"] * 200),
]  # fmt: skip


@pytest.mark.parametrize("text", LONG)
def test_no_text_takes_long(text: str) -> None:
    parse_contact("0551 123456, DE136695976", COUNTRIES)
    began = time.process_time()
    parse_contact(text, COUNTRIES, "DE", "0551")
    assert time.process_time() - began < 0.5
