"""Letters in one file: DIN places in every design, each with its own pages, an archivable and readable file."""

from __future__ import annotations

import datetime as dt
import io
from itertools import product

import pikepdf
import pypdfium2
import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Recipient
from shopdesk.domain.label_sheets import LabelWish
from shopdesk.domain.letterheads import HeadStyle, InformationPlace, Letterhead
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.output.pdf.labels import Label, labels
from shopdesk.output.pdf.letters import Letter, Letters, letters
from tools.paper_samples import SELLER, logo

MM = 25.4 / 72
DAY = dt.date(2026, 11, 23)
MOMENT = dt.datetime(2026, 11, 23)  # noqa: DTZ001 - a file's own time
PETROVA = Recipient(
    company="Hotel Stadtblick OHG",
    person=PersonName(Salutation.MRS, "Dr.", "Maria", "Petrova"),
    address=Address(("Theaterplatz 7",), "37073", "Göttingen"),
    customer_number="K-1004",
)
IVANOVA = Recipient(
    person=PersonName(Salutation.MRS, "", "Десислава", "Иванова"),
    address=Address(("ул. Брянска 30",), "5300", "Габрово", "BG"),
)
LONG = "\n\n".join(f"Absatz {n}: " + "viele Wörter " * 40 for n in range(20))
STYLES = list(product(HeadStyle, InformationPlace))


def written(letterhead: Letterhead, body: str = "Wir haben zu.") -> Letters:
    values = (
        Letter(PETROVA, "de", "Unsere Ferien", body, advertises=True),
        Letter(IVANOVA, "bg", "Почивка", "Затворено е."),
    )
    return letters(values, SELLER, letterhead, DAY, ("Ferien", "de"))


def pieces(pdf: bytes, page: int) -> list[tuple[str, float, float, float, float]]:
    """Words with left, top, right, bottom in mm from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        found.append((words, left * MM, 297 - top * MM, right * MM, 297 - bottom * MM))
    document.close()
    return found


@pytest.mark.parametrize(("head", "place"), STYLES)
def test_every_design_is_a_din_letter(head: HeadStyle, place: InformationPlace) -> None:
    made = written(Letterhead(head=head, information=place, logo=logo()))
    found = pieces(made.pdf, 0)
    name = next(piece for piece in found if piece[0].startswith("Dr. Maria Petrova"))
    assert name[1] == pytest.approx(25, abs=1)
    assert 45 <= name[2] <= 90
    subject = next(piece for piece in found if piece[0].startswith("Unsere Ferien"))
    assert subject[2] > 92
    assert all(piece[1] >= 15 and piece[3] <= 205 and piece[4] <= 297 for piece in found)
    assert not any("Rechnung" in piece[0] or "Entwurf" in piece[0] for piece in found)


def test_each_letter_has_pages_of_its_own() -> None:
    made = written(Letterhead(), LONG)
    told = [" ".join(piece[0] for piece in pieces(made.pdf, page)) for page in range(made.pages)]
    count = made.pages - 1
    assert count > 1
    assert f"Seite {count} von {count}" in told[count - 1]
    assert "Брянска" in told[-1]
    assert "Unsere Ferien" in told[1]  # the head of the second page
    assert "widersprechen" in told[count - 1]


@pytest.mark.parametrize("pdf", ["letters", "labels"])
def test_the_file_is_whole_and_archivable(pdf: str) -> None:
    label = Label("Hotel", ("Hotel Stadtblick", "37073 Göttingen"))
    data = (
        written(Letterhead(logo=logo())).pdf
        if pdf == "letters"
        else labels([label] * 30, LabelWish(sender=True), "S", ("E", "S", "de"), MOMENT).pdf
    )
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.Root.MarkInfo.Marked
        for page in opened.pages:
            depth = 0
            for step in pikepdf.parse_content_stream(page):
                operator = str(step.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                assert depth in {0, 1}
                assert operator not in {"Tj", "S", "f", "Do"} or depth == 1
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="needs pikepdf[pdfa]", exc_type=ImportError)
    assert [str(finding) for finding in pdfa.validate_written(io.BytesIO(data), "3b").findings] == []


def test_the_same_letters_give_the_same_bytes() -> None:
    assert written(Letterhead()).pdf == written(Letterhead()).pdf


def test_the_logo_is_in_the_file_once() -> None:
    one = len(written(Letterhead(logo=logo())).pdf)
    plain = len(written(Letterhead()).pdf)
    many = letters(
        [Letter(PETROVA, "de", "Ferien", "Zu.")] * 20, SELLER, Letterhead(logo=logo()), DAY, ("F", "de")
    )
    assert len(many.pdf) < 20 * (one - plain)


def test_what_cannot_be_printed_is_said() -> None:
    made = letters([Letter(PETROVA, "de", "語", "Zu.")], SELLER, Letterhead(), DAY, ("F", "de"))
    assert any("語" in str(message.values.get("characters")) for message in made.warnings)
