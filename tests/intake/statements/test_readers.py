"""Bank files become statements, or one sentence: CAMT of all versions, MT940, the lists of German banks."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.money import Money
from shopdesk.domain.statements import Statement, StatementProblem, fingerprints
from shopdesk.i18n import Texts
from shopdesk.intake.statements import door, plain, reading
from tests.statement_files import ACCOUNT, DAY, Booking, camt, mt940
from tools import conformance_statements

ROWS = (
    Booking(129_900, text="Rechnung R-2026-0042 Müller & Söhne"),
    Booking(-4_250, name="Stadtwerke", text="Abschlag November"),
)

SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";'
    '"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";'
    '"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";'
    '"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
    '"DE22260500010000123456";"23.11.26";"23.11.26";"GUTSCHR. UEBERWEISUNG";"R-2026-0042";"";"";"NOTPROVIDED";"";"";'
    '"";"Desislava Ivanova";"DE89370400440532013000";"COBADEFFXXX";"1.299,00";"EUR";"Umsatz gebucht"\n'
    '"DE22260500010000123456";"24.11.26";"24.11.26";"KARTENZAHLUNG";"Tanken";"";"";"";"";"";"";"Aral";"";"";"-50,00";'
    '"EUR";"Umsatz vorgemerkt"\n'
)
VOLKSBANK = (
    "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;"
    "Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;"
    "Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung\n"
    "Konto;DE22260500010000123456;GENODEF1;VR-Bank;23.11.2026;23.11.2026;Desislava Ivanova;DE89370400440532013000;"
    "COBADEFF;Gutschrift;R-2026-0042;1299,00;EUR;2299,00\n"
)
DKB = (
    '"Girokonto";"DE22 2605 0001 0000 1234 56"\n"Kontostand vom 23.11.2026:";"2.299,00 €"\n""\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";'
    '"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"\n'
    '"23.11.26";"23.11.26";"Gebucht";"Desislava Ivanova";"Jens Lindner";"R-2026-0042";"Eingang";'
    '"DE89370400440532013000";"1.299,00 €";"";"";""\n'
)
ING = (
    "Umsatzanzeige;Datei erstellt am: 24.11.2026\n\nIBAN;DE22 2605 0001 0000 1234 56\nKontoname;Girokonto\nBank;ING\n\n"
    "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n"
    "23.11.2026;23.11.2026;Desislava Ivanova;Gutschrift;R-2026-0042;2.299,00;EUR;1.299,00;EUR\n"
)
COMMERZBANK = (
    "Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie\n"
    "23.11.2026;23.11.2026;Gutschrift;Desislava Ivanova R-2026-0042;1299,00;EUR;DE22260500010000123456;\n"
)
N26 = (
    '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)",'
    '"Original Amount","Original Currency","Exchange Rate"\n'
    '2026-11-23,2026-11-23,"Desislava Ivanova",DE89370400440532013000,"Credit Transfer",R-2026-0042,Hauptkonto,1299.00,'
    '"","",""\n'
)
PAYPAL = (
    '"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben","Transaktionscode",'
    '"Absender E-Mail-Adresse","Name","Name der Bank","Bankkonto","Versand- und Bearbeitungsgebühr","Umsatzsteuer",'
    '"Rechnungsnummer","Zugehöriger Transaktionscode"\n'
    '"23.11.2026","10:00:00","Europe/Berlin","Website-Zahlung","EUR","1.299,00","-32,72","1.266,28","1.266,28",'
    '"8AB12345CD","d@example.org","Desislava Ivanova","","","0,00","0,00","R-2026-0042",""\n'
)


@pytest.mark.parametrize("version", range(2, 9))
def test_camt_of_every_version_gives_account_balances_and_entries(version: int) -> None:
    (found,) = reading.read(camt(ROWS, version=version))
    assert (found.account, found.currency, found.opening) == (ACCOUNT, "EUR", Money(100_000))
    assert found.difference == Money(0)
    first, second = found.entries
    assert (first.amount, first.booked, first.iban) == (Money(129_900), DAY, ROWS[0].iban)
    assert first.text == ROWS[0].text
    assert (second.amount, second.name) == (Money(-4_250), "Stadtwerke")


def test_mt940_of_a_german_bank_gives_the_same() -> None:
    (found,) = reading.read(mt940(ROWS))
    assert (found.account, found.difference) == (ACCOUNT, Money(0))
    assert [one.amount.minor for one in found.entries] == [129_900, -4_250]
    assert found.entries[0].text == ROWS[0].text
    assert (found.entries[0].name, found.entries[0].iban) == (ROWS[0].name, ROWS[0].iban)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Sparkasse", SPARKASSE),
        ("Volksbank", VOLKSBANK),
        ("DKB", DKB),
        ("ING", ING),
        ("Commerzbank", COMMERZBANK),
        ("N26", N26),
        ("PayPal", PAYPAL),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_lists_of_the_banks_are_known_by_their_columns(form: str, text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert door.looks_like_one(data)
    (found,) = reading.read(data)
    assert found.form == form
    entry = found.entries[0]
    assert (entry.amount, entry.booked) == (Money(129_900), DAY)
    assert "R-2026-0042" in entry.text
    assert "Desislava Ivanova" in f"{entry.name} {entry.text}"
    if form not in {"N26", "PayPal"}:
        assert found.account == ACCOUNT
    if form == "PayPal":
        assert [one.amount.minor for one in found.entries] == [129_900, -3_272]
    else:
        assert len(found.entries) == 1  # what is only foreseen is left out


def test_a_zip_of_several_days_is_read_whole() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.xml", camt(ROWS))
        archive.writestr("2.xml", camt([Booking(5)]))
    found = reading.read(packed.getvalue())
    assert [len(one.entries) for one in found] == [2, 1]


def test_a_collective_booking_becomes_its_parts_where_they_add_up() -> None:
    parts = "".join(
        f'<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf>'
        "</TxDtls>"
        for amount, text in (("10.00", "A"), ("20.50", "B"))
    )
    xml = camt([Booking(3050)]).decode()
    begin, end = xml.index("<TxDtls>"), xml.index("</NtryDtls>")
    (found,) = reading.read(f"{xml[:begin]}{parts}{xml[end:]}".encode())
    assert [(one.amount.minor, one.text, one.part) for one in found.entries] == [
        (1000, "A", 1),
        (2050, "B", 2),
    ]
    (whole,) = reading.read(f"{xml[:begin]}{parts.replace('20.50', '20.00')}{xml[end:]}".encode())
    assert [(one.amount.minor, one.text) for one in whole.entries] == [(3050, "A B")]


def test_the_thirtieth_of_february_is_the_last_day_of_the_month_and_a_new_year_is_seen() -> None:
    (found,) = reading.read(mt940([Booking(100)]).replace(b":61:2611231123", b":61:2602301231"))
    assert found.entries[0].value == dt.date(2026, 2, 28)
    assert found.entries[0].booked == dt.date(2025, 12, 31)


def test_equal_bookings_of_a_day_stay_two_and_have_names_that_last() -> None:
    (found,) = reading.read(camt([Booking(100, text="A"), Booking(100, text="A"), Booking(100, text="B")]))
    names = fingerprints(found.account, found.entries)
    assert len(set(names)) == 3
    assert fingerprints(found.account, found.entries[:2]) == names[:2]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"<html><body>Kontoauszug</body></html>",
        b"Name;Ort\nMeier;Kassel\n",
        b"PK\x03\x04nothing",
        camt(ROWS)[:-40],
        camt(ROWS).replace(b"1299.00", b"1299.005"),
        camt(ROWS).replace(b"1299.00", b"NaN"),
        camt(ROWS).replace(b"<Document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><Document"),
        mt940(ROWS).replace(b":61:261123", b":61:261323"),
        SPARKASSE.replace("1.299,00", "viel").encode(),
        SPARKASSE.replace("23.11.26", "31.02.26").encode(),
        b"\0" * 5000,
    ],
)
def test_what_is_no_statement_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(StatementProblem) as refused:
        reading.read(data)
    for language in ("de", "en"):
        assert Texts(language).say(refused.value.message).endswith(".")


def test_what_comes_out_of_the_worker_is_what_was_read() -> None:
    assert door.read(camt(ROWS)) == reading.read(camt(ROWS))
    with pytest.raises(StatementProblem):
        door.read(b"nothing")


SAMPLES = (camt(ROWS), mt940(ROWS), SPARKASSE.encode(), DKB.encode(), PAYPAL.encode())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60), st.binary(max_size=12)), max_size=5),
)
def test_a_damaged_file_gives_values_or_a_sentence(data: bytes, damage: list[tuple[int, int, bytes]]) -> None:
    for at, length, new in damage:
        data = data[:at] + new + data[at + length :]
    assert isinstance(outcome(data), tuple | str)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=':0123456789CDEUR,.NTRF\n?86125FM;"/', max_size=300))
def test_any_text_gives_values_or_a_sentence(text: str) -> None:
    assert isinstance(outcome(f":20:X\n:25:1\n{text}".encode()), tuple | str)


def outcome(data: bytes) -> tuple[Statement, ...] | str:
    try:
        found = reading.read(data)
    except StatementProblem as problem:
        return Texts("de").say(problem.message)
    assert plain.loaded(plain.dumped(found).encode().split(b"\n")) == found
    return found


def test_every_statement_of_the_corpora_is_read_or_refused_in_words() -> None:
    files = conformance_statements.files()
    if not files:
        pytest.skip("no corpora: set SHOPDESK_CORPORA")
    results = [conformance_statements.result(path) for path in files]
    assert len(results) == len(files) >= 60
    assert all(one.refused.endswith(".") for one in results if not one.statements)
    assert sum(one.statements > 0 for one in results) >= 50


def test_every_statement_of_the_corpora_taken_in_twice_adds_nothing_the_second_time(tmp_path: Path) -> None:
    if not conformance_statements.files():
        pytest.skip("no corpora: set SHOPDESK_CORPORA")
    found = conformance_statements.taken_twice(tmp_path)
    assert found.files >= 50
    assert 0 < found.added <= found.bookings
    assert found.again == 0
