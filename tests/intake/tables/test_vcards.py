"""vCards of phones and mail programs, in all three versions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.imports.values import ReadFile
from shopdesk.intake.tables import reading, vcards


def read(*lines: str, end: str = "\r\n") -> ReadFile:
    return reading.read(end.join(lines).encode())


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> dict[str, str]:
    found = read("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", end=end)
    assert found.form == "vcard"
    return {name: cell for name, cell in zip(found.columns, found.rows[0].cells, strict=True) if cell}


def test_a_name_is_taken_apart_and_its_signs_are_read() -> None:
    found = card(r"N:Müller\, geb. Meier;Anna\;Lena;;Frau;", "FN:Anna")
    assert (found["family_name"], found["given_name"], found["title"]) == (
        "Müller, geb. Meier", "Anna;Lena", "Frau",
    )  # fmt: skip


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_are_put_together(end: str) -> None:
    assert (
        card("NOTE:Liefert nur", "  dienstags", "\tund mittwochs", end=end)["note"]
        == "Liefert nur dienstagsund mittwochs"
    )


def test_quoted_printable_of_old_phones_goes_over_lines() -> None:
    found = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=", "ler;J=C3=BCrgen;;;", "TEL;CELL:0171 1234567",
        version="2.1",
    )  # fmt: skip
    assert (found["family_name"], found["given_name"], found["mobile"]) == (
        "Müller",
        "Jürgen",
        "0171 1234567",
    )


def test_quoted_printable_in_latin_letters_is_read_too() -> None:
    assert (
        card("FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller", version="2.1")["display_name"]
        == "Müller"
    )


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("TEL;TYPE=CELL:1", "mobile"),
        ("TEL;type=WORK;type=FAX:1", "fax"),
        ("TEL;WORK;VOICE:1", "phone_work"),
        ('TEL;VALUE=uri;TYPE="home,voice":tel:1;phone-context=+49', "phone_home"),
        ("item2.TEL:1", "phone"),
    ],
)
def test_phones_keep_their_kind(line: str, column: str) -> None:
    assert card("FN:X", line) == {"display_name": "X", column: "1"}


def test_a_pager_is_no_phone() -> None:
    assert card("FN:X", "TEL;TYPE=PAGER:1") == {"display_name": "X"}


def test_addresses_at_work_and_at_home_stay_apart() -> None:
    found = card(
        "FN:X",
        r"ADR;TYPE=HOME:;;Lange Gasse 4;Göttingen;;37073;Germany",
        r"ADR;WORK:;Hof;Markt 1\nTor 2;Bovenden;;37120;",
    )
    assert (found["home_street"], found["home_postal_code"], found["home_country"]) == (
        "Lange Gasse 4",
        "37073",
        "Germany",
    )
    assert (found["work_street"], found["work_city"]) == ("Markt 1\nTor 2\nHof", "Bovenden")


def test_a_second_address_and_the_one_for_deliveries_are_kept() -> None:
    second = card("ADR;TYPE=WORK:;;Ringweg 8;Hannover;;30159;", "ADR;TYPE=WORK:;;Lager 3;Kassel;;34117;")
    assert (second["work_city"], second["delivery_street"], second["delivery_city"]) == (
        "Hannover",
        "Lager 3",
        "Kassel",
    )
    assert card("ADR;TYPE=delivery:;;Lager 3;Kassel;;34117;")["delivery_postal_code"] == "34117"


def test_birthday_categories_gender_and_an_extension_are_kept() -> None:
    found = card(
        "BDAY:19700312",
        r"CATEGORIES:Hotel,Gäste\, treue",
        "GENDER:F",
        "TEL;VALUE=uri:tel:+49-551-4711;ext=5102",
    )
    assert (found["birthday"], found["tags"]) == ("19700312", "Hotel ::: Gäste, treue")
    assert (found["salutation"], found["phone"]) == ("Frau", "+49-551-4711 ext 5102")


def test_a_photo_of_many_megabytes_is_left_out_and_never_decoded() -> None:
    found = card("FN:X", "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 5_000_000, "EMAIL:x@example.org")
    assert found == {"display_name": "X", "email": "x@example.org"}


def test_a_card_within_a_card_belongs_to_nobody() -> None:
    found = card("FN:Chef", "AGENT:", "BEGIN:VCARD", "FN:Sekretärin", "END:VCARD", "EMAIL:chef@example.org")
    assert found == {"display_name": "Chef", "email": "chef@example.org"}


def test_broken_cards_are_refused_one_by_one() -> None:
    found = read("BEGIN:VCARD", "FN:Ohne Ende", "BEGIN:VCARD", "FN:Gut", "END:VCARD", "BEGIN:VCARD", "KIND:group",
                 "FN:Verein", "END:VCARD", "BEGIN:VCARD", "FN:Auch ohne Ende")  # fmt: skip
    assert [row.number for row in found.rows] == [2]
    assert [bad.number for bad in found.refused] == [1, 3, 4]


PIECES = st.sampled_from([
    "BEGIN:VCARD", "END:VCARD", "N:", "TEL;", "ENCODING=QUOTED-PRINTABLE:", "=", "=C3", " ", "\t", "\\", "\\n", ";",
    ",", ":", '"', "\r\n", "\n", "ü", "AGENT:", "PHOTO:", "x",
])  # fmt: skip


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=200)
def test_any_lines_are_read_or_refused(pieces: list[str]) -> None:
    rows, refused = vcards.read("BEGIN:VCARD\n" + "".join(pieces))
    assert len(rows) + len(refused) >= 1
    assert all(len(row.cells) == len(vcards.COLUMNS) for row in rows)


@pytest.mark.parametrize(
    "rubbish", ["\\" * 200_000, '"' * 200_000, ";" * 200_000, "=\n" * 20_000, "\n " * 20_000]
)
def test_no_card_makes_the_reader_slow(rubbish: str) -> None:
    begin = time.process_time()
    vcards.read(f"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:{rubbish}\nX{rubbish}:1\nEND:VCARD\n")
    assert time.process_time() - begin < 5
