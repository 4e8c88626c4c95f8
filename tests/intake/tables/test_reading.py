"""Lists from elsewhere are read or refused in words, row by row, whatever is in them."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.imports.values import ImportProblem, ReadFile
from shopdesk.domain.long_work import Stopped
from shopdesk.intake.tables import door, reading, separated, text, workbooks
from shopdesk.intake.worker import Worker

HEAD = "Vorname;Nachname;Ort"


def read(data: str | bytes, encoding: str = "utf-8") -> ReadFile:
    return reading.read(data.encode(encoding) if isinstance(data, str) else data)


def cells(found: ReadFile) -> list[tuple[str, ...]]:
    return [row.cells for row in found.rows]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_umlauts_survive_in_each_encoding(encoding: str, told: str) -> None:
    found = read(f"{HEAD}\r\nJürgen;Möller;Göttingen\r\n", encoding)
    assert cells(found)[1] == ("Jürgen", "Möller", "Göttingen")
    assert found.encoding == told


def test_the_encoding_of_old_dos_programs_is_known_by_its_umlaut() -> None:
    assert cells(read(f"{HEAD}\nJürgen;M;O\n", "cp850"))[1][0] == "Jürgen"


def test_japanese_is_read_and_german_is_never_taken_for_it() -> None:
    assert text.decode("山田,たろう,東京".encode("cp932")) == ("山田,たろう,東京", "cp932")
    german = "Jäger;Bäcker;Großefehn;Übelöhr;Käß".encode("cp1252")
    assert text.decode(german) == ("Jäger;Bäcker;Großefehn;Übelöhr;Käß", "cp1252")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_guessed(separator: str) -> None:
    rows = [
        ["Vorname", "Nachname", "Ort"],
        ["Petra", "Schulz", "Bad Gandersheim"],
        ["Jens", "L.", "Göttingen"],
    ]
    found = read("\n".join(separator.join(row) for row in rows))
    assert found.separator == separator
    assert [list(row) for row in cells(found)] == rows


def test_excels_own_line_names_the_separator() -> None:
    found = read("sep=|\na;b|c,d\n")
    assert cells(found) == [("a;b", "c,d")]
    assert found.rows[0].number == 2


def test_line_ends_and_quotation_marks_stand_within_cells() -> None:
    found = read('Name;Notiz\n"Müller ""Eck""";"erste\r\nzweite; dritte"\nMeier;x\n')
    assert cells(found)[1] == ('Müller "Eck"', "erste\r\nzweite; dritte")
    assert [row.number for row in found.rows] == [1, 2, 4]


def test_a_lost_quotation_mark_costs_its_own_row_alone() -> None:
    found = read('Name;Notiz\nMeier;"offen\nSchulz;gut\nLang;gut\n')
    assert cells(found) == [("Name", "Notiz"), ("Schulz", "gut"), ("Lang", "gut")]
    assert [(bad.number, bad.reason.id) for bad in found.refused] == [(2, separated.OPEN_QUOTE)]


def test_rows_with_what_is_no_text_are_refused_and_the_others_read() -> None:
    found = read(b"Name;Ort\nMei\0er;X\nSchulz;Y\n")
    assert cells(found) == [("Name", "Ort"), ("Schulz", "Y")]
    assert [bad.number for bad in found.refused] == [2]


def test_a_line_of_ten_megabytes_is_refused_and_the_next_one_read() -> None:
    found = read("Name;Ort\n" + "x" * 10_000_000 + ";Y\nSchulz;Y\n")
    assert cells(found) == [("Name", "Ort"), ("Schulz", "Y")]
    assert found.refused[0].reason.id == separated.TOO_LONG


def test_a_row_of_a_thousand_cells_is_refused() -> None:
    found = read("Name;Ort\n" + ";" * 1000 + "x\nSchulz;Y\n")
    assert found.refused[0].reason.id == separated.TOO_MANY


@pytest.mark.parametrize("data", [b"", b"  \r\n\n ", b"\xef\xbb\xbf", b";;;\n;;;\n"])
def test_an_empty_file_is_refused_whole(data: bytes) -> None:
    with pytest.raises(ImportProblem) as refused:
        reading.read(data)
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b"<?xml version='1.0'?><a/>",
        b"\xff\xd8\xff\xe0",
        b'{"customers": [{"name": "Anna"},\n{"name": "Otto"}]}',
        b' [\n {"name": "Anna"}\n]',
        b"From: Anna <anna@example.org>\r\nSubject: Hallo; wie geht's\r\n\r\nText, noch einer\r\n",
        "Von: Anna\nGesendet: heute\nBetreff: Hallo\n\nText".encode("utf-16"),
        random.Random(4).randbytes(3000),
        random.Random(5).randbytes(30_000),
    ],
)
def test_what_is_no_list_is_named_so(data: bytes) -> None:
    with pytest.raises(ImportProblem) as refused:
        reading.read(data)
    assert refused.value.code == "foreign"


def test_a_file_put_together_from_two_is_cut_by_each_lines_own_separator() -> None:
    assert cells(read("1,2,3@host\n4\t5\t6@host\n")) == [("1", "2", "3@host"), ("4", "5", "6@host")]


WORDS = st.text(
    st.characters(exclude_characters="\0\ufffd\ufeff", exclude_categories=("Cs", "Cc")), max_size=12
)


@given(
    st.lists(st.lists(WORDS.filter(str.strip), min_size=2, max_size=5), min_size=2, max_size=6),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
@settings(max_examples=60)
def test_what_a_csv_writer_wrote_comes_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    width = max(map(len, rows))
    rows = [row + ["-"] * (width - len(row)) for row in rows]
    out = io.StringIO()
    out.write(f"sep={separator}\r\n")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [list(row) for row in cells(read(out.getvalue(), encoding))] == rows


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    head, *lines = map(json.loads, reading.answer(data).split("\n"))
    assert ("problem" in head) != bool(lines)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append([])
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_read_with_numbers_as_people_see_them() -> None:
    import datetime as dt

    found = read(workbook(("PLZ", "Preis", "Tag", "Name"), (37073, 19.9, dt.date(2024, 12, 31), "Möller")))
    assert cells(found)[-1] == ("37073", "19.9", "2024-12-31", "Möller")
    assert found.form == "xlsx"


Rows = Sequence[tuple[str, ...]]
INFO: Rows = [("Export vom 1.1.2026",)]
PEOPLE: Rows = [
    ("Kundenliste",),
    (),
    ("Stand", "1.1.2026"),
    ("Vorname", "Nachname", "Ort"),
    ("Anna", "Lang", "Bonn"),
]


def sheets(**named: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("order", [("Info", "Kunden"), ("Kunden", "Info")])
def test_of_several_sheets_the_one_with_the_known_header_is_read_and_the_others_are_named(
    order: tuple[str, str],
) -> None:
    named: dict[str, Rows] = {"Info": INFO, "Kunden": PEOPLE}
    found = read(sheets(**{"Leer": [], **{name: named[name] for name in order}}))
    assert cells(found) == [PEOPLE[3], PEOPLE[4]]
    assert [row.number for row in found.rows] == [4, 5]
    assert (found.sheet, found.left_out) == ("Kunden", ("Info",))


def test_where_no_header_is_known_the_sheet_with_most_rows_is_read() -> None:
    found = read(sheets(Info=INFO, Werte=[("a", "b", "c"), ("1", "2", "3")]))
    assert (len(found.rows), found.sheet, found.left_out) == (2, "Werte", ("Info",))


def test_a_title_above_the_header_is_no_row() -> None:
    found = read("Kundenliste;;\nStand: 1.1.2026;;\nVorname;Nachname;Ort\nAnna;Lang;Bonn\n")
    assert cells(found) == [("Vorname", "Nachname", "Ort"), ("Anna", "Lang", "Bonn")]


def test_rows_without_a_header_all_stay() -> None:
    found = read("Anna Lang;;\nOtto Vogel;Bonn;\nEva;Bonn;53111\n")
    assert len(found.rows) == 3


def test_the_end_of_a_dos_file_is_no_row() -> None:
    assert len(read("Vorname;Nachname\r\nAnna;Lang\r\n\x1a").rows) == 2


def test_formulas_are_never_computed() -> None:
    found = read(workbook(("Name", "Wert"), ("Meier", '=HYPERLINK("http://127.0.0.1","x")')))
    assert cells(found)[-1][0] == "Meier"
    assert "HYPERLINK" not in "".join(cells(found)[-1])


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused_unread() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", b"0" * (60 << 20))
    with pytest.raises(ImportProblem) as refused:
        workbooks.read(out.getvalue())
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("cut", [4, 100, 1000, 3000])
def test_a_damaged_spreadsheet_is_refused_in_words(cut: int) -> None:
    with pytest.raises(ImportProblem) as refused:
        reading.read(workbook(("a", "b"), (1, 2))[:cut])
    assert refused.value.code == "damaged"


def test_the_worker_reads_what_the_window_asks_for() -> None:
    assert [row.cells for row in door.read(f"{HEAD}\nPetra;Schulz;Ö\n".encode()).rows][1] == (
        "Petra",
        "Schulz",
        "Ö",
    )
    assert door.read(workbook(("a", "b"), ("c", "d"))).rows[1].cells == ("c", "d")


def test_a_reading_that_is_cancelled_says_so_and_a_slow_one_is_given_up() -> None:
    worker = Worker()
    worker.stop()
    with pytest.raises(Stopped):
        door.read(b"a;b\n", worker)
    with pytest.raises(ImportProblem) as refused:
        door.read(b"a;b\n", Worker(seconds=0.0001))
    assert refused.value.code == "too-slow"
