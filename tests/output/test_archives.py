"""ZIP files: the same bytes again, names that every system takes, nothing twice."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from shopdesk.output.archives import Archive

DAY = dt.date(2026, 10, 5)


def packed(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with Archive(stream) as archive:
        for name, data in files:
            archive.add(name, data, DAY)
    return stream.getvalue()


def test_the_same_files_give_the_same_bytes() -> None:
    files = (("R-1.pdf", b"%PDF" * 99), ("R-1.xml", b"<a/>" * 99))
    assert packed(*files) == packed(*files)


def test_every_file_comes_out_as_it_went_in() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(("R-1.pdf", b"%PDF"), ("R-1.xml", b"<a/>")))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {"R-1.pdf": b"%PDF", "R-1.xml": b"<a/>"}
        assert read.getinfo("R-1.pdf").date_time == (2026, 10, 5, 0, 0, 0)


def test_names_lead_nowhere_else_and_stand_once() -> None:
    with zipfile.ZipFile(
        io.BytesIO(packed(("../a/R-1.pdf", b"1"), ("R-1.pdf", b"2"), ("r-1.PDF", b"3")))
    ) as read:
        names = read.namelist()
    assert names == ["_a_R-1.pdf", "R-1.pdf", "r-1-2.PDF"]


def test_a_year_that_the_format_cannot_say_is_no_fault() -> None:
    stream = io.BytesIO()
    with Archive(stream) as archive:
        archive.add("old.pdf", b"x", dt.date(1969, 1, 1))
    assert zipfile.ZipFile(stream).getinfo("old.pdf").date_time[0] == 1980
