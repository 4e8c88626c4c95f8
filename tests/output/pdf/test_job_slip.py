"""The job slip says who, when and what, on one page whatever was typed."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from shopdesk.i18n import Texts
from shopdesk.output.pdf.job_slip import JobSlip, job_slip

NOW = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
SLIP = JobSlip(
    "Schlafgut Lindner", "Desislava Ivanova", "Dienstag, 24.11.2026, 10:00 bis 11:00 Uhr", "Lattenrost anpassen",
    ("+359 88 7123456",), "Marktstraße 9, Göttingen", "Quietscht links.\nFedern prüfen",
)  # fmt: skip


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_everything_stands_on_one_page() -> None:
    (text,) = pages(job_slip(SLIP, Texts("de"), NOW))
    for words in (
        SLIP.customer,
        SLIP.when,
        SLIP.subject,
        SLIP.phones[0],
        SLIP.place,
        "Federn prüfen",
        "Auftragszettel",
    ):
        assert words in text


@pytest.mark.parametrize("job", ["", "x" * 20_000, "Wort " * 4000, "\n" * 500, "日本 \U0001f6cf\x00"])
def test_one_page_whatever_was_typed(job: str) -> None:
    slip = JobSlip(
        SLIP.shop * 9, SLIP.customer * 9, SLIP.when, SLIP.subject * 20, SLIP.phones * 3, SLIP.place * 9, job
    )
    assert len(pages(job_slip(slip, Texts("de"), NOW))) == 1


def test_the_same_slip_is_the_same_file() -> None:
    assert job_slip(SLIP, Texts("de"), NOW) == job_slip(SLIP, Texts("de"), NOW)
