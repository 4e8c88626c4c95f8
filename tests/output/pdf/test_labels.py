"""Address labels: each address within its own label on every sheet, from the label that is still free."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2
import pytest
from pypdf import PdfReader

from shopdesk.domain.label_sheets import SHEETS, LabelPlaceUnknown, LabelSheet, LabelWish
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.output.pdf.labels import Label, Labels, labels

MM = 25.4 / 72
MOMENT = dt.datetime(2026, 11, 23)  # noqa: DTZ001 - a file's own time
USUAL = Label(
    "Hotel Stadtblick",
    ("Hotel Stadtblick OHG", "Dr. Sabine Öztürk", "Lange Geismarstraße 20", "37073 Göttingen"),
)
LONG = Label(
    "Nederlandse",
    (
        "Nederlandse Vereniging voor Slaapcomfort en Beddentechniek in Internationale Samenwerking B.V.",
        "Prof. Dr. Dr. Johannes-Alexander van den Bovenkamp-Wolfeschlegelstein",
        "Prinsengracht 263 hoog-achter, ingang aan de Keizersgracht",
        "1016 GV AMSTERDAM",
        "NIEDERLANDE",
    ),
)  # fmt: skip


def drawn(values: list[Label], wish: LabelWish) -> Labels:
    return labels(
        values, wish, "Schlafgut Lindner · Marktstraße 9 · 37073 Göttingen", ("Etiketten", "S", "de"), MOMENT
    )


def boxes(pdf: bytes) -> list[list[tuple[str, float, float, float, float]]]:
    """Of each page the pieces of text: words, left, top, right, bottom in mm from the upper left corner."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        height = page.get_height()
        text = page.get_textpage()
        page_boxes = []
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            page_boxes.append((words, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
        found.append(page_boxes)
    document.close()
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_has_room_for_its_labels(sheet: LabelSheet) -> None:
    x, y = sheet.corner(sheet.count - 1)
    assert sheet.left >= 0
    assert sheet.top >= 0
    assert x + sheet.width <= sheet.paper[0] + 0.01
    assert y + sheet.height <= sheet.paper[1] + 0.01
    assert sheet.is_roll == (sheet.count == 1)


def test_the_usual_sheets_have_the_makers_margins() -> None:
    """What Avery prints on its own templates, in mm."""
    by_name = {sheet.name: sheet for sheet in SHEETS}
    assert by_name["3x7"].corner(0) == pytest.approx((7.21, 15.15), abs=0.1)
    assert by_name["3x8"].corner(0) == pytest.approx((7.21, 12.9), abs=0.1)
    assert by_name["2x7"].corner(1) == pytest.approx((106.27, 15.15), abs=0.1)
    assert by_name["2x4"].corner(2) == pytest.approx((4.63, 80.8), abs=0.1)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("label", [USUAL, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("sender", [False, True])
def test_every_address_stands_within_its_label(sheet: LabelSheet, label: Label, sender: bool) -> None:
    count = min(sheet.count + 1, 8)
    made = drawn([label] * count, LabelWish(sheet.name, sender=sender))
    for number, page in enumerate(boxes(made.pdf)):
        assert page
        for _words, left, top, right, bottom in page:
            inside = [
                x + 2 <= left
                and right <= x + sheet.width - 2
                and y + 2 <= top
                and bottom <= y + sheet.height - 2
                for x, y in (sheet.corner(place) for place in range(sheet.count))
            ]
            assert inside.count(True) == 1, (number, _words)


def test_it_begins_at_the_free_label_and_goes_on_with_a_new_sheet() -> None:
    made = drawn(
        [Label(str(n), (f"Nummer {n}", "37073 Göttingen")) for n in range(1, 24)], LabelWish(first=20)
    )
    pages = boxes(made.pdf)
    assert made.pages == len(pages) == 2
    sheet = SHEETS[0]
    first = next(box for box in pages[0] if box[0].startswith("Nummer"))
    x, y = sheet.corner(19)
    assert x < first[1] < x + sheet.width
    assert y < first[2] < y + sheet.height
    assert sum(box[0].startswith("Nummer") for box in pages[0]) == 2
    assert sum(box[0].startswith("Nummer") for box in pages[1]) == 21


def test_the_paper_is_as_large_as_the_sheet() -> None:
    page = PdfReader(io.BytesIO(drawn([USUAL], LabelWish("roll-62x29")).pdf)).pages[0]
    assert float(page.mediabox.width) * MM == pytest.approx(62, abs=0.1)
    assert float(page.mediabox.height) * MM == pytest.approx(29, abs=0.1)


def test_a_label_that_is_not_there_is_refused() -> None:
    with pytest.raises(LabelPlaceUnknown) as refused:
        drawn([USUAL], LabelWish(first=22))
    assert refused.value.field == "labels.first"


def test_the_test_print_draws_the_borders_and_nothing_else_changes() -> None:
    plain, test = drawn([USUAL], LabelWish()), drawn([USUAL], LabelWish(borders=True))
    assert boxes(plain.pdf) == boxes(test.pdf)
    assert len(test.pdf) > len(plain.pdf)


def test_what_cannot_be_printed_or_does_not_fit_is_said() -> None:
    tall = Label(
        "Lang", tuple(f"Zeile {n} mit noch mehr Wörtern als sonst üblich und gut ist" for n in range(12))
    )
    made = drawn([tall, Label("X", ("?",), frozenset("語"))], LabelWish("3x8"))
    told = [message.values for message in made.warnings]
    assert any("語" in str(values.get("characters")) for values in told)
    assert any(values.get("names") == "Lang" for values in told)
    assert any(box[0].startswith("Zeile 11") for box in boxes(made.pdf)[0])  # the town, of a real address


def test_cancelling_stops_it() -> None:
    with pytest.raises(Stopped):
        labels([USUAL] * 3, LabelWish(), "", ("", "", "de"), MOMENT, LongWork(cancelled=lambda: True))
