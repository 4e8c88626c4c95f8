"""The finished designs: each is a DIN letter and PDF/A, says the same, and cuts nothing off."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pypdfium2
import pytest

from shopdesk.domain.errors import ShopError
from shopdesk.domain.letterheads import (
    STANDARD_FOOTER,
    Design,
    Font,
    FooterBlock,
    FooterColumn,
    HeadStyle,
    InformationPlace,
    Letterhead,
    TableStyle,
    check,
)
from shopdesk.i18n import PAPER_LANGUAGES, Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.document import Paper, render
from shopdesk.output.pdf.look import look
from tests.output.pdf.conftest import words
from tools.paper_designs import BASES, designs
from tools.paper_samples import BASE, SELLER, logo

POINT = 25.4 / 72
NAMES = sorted(designs())
Letter = tuple[str, float, float, float, float]  # the letter, left, top, right, bottom in mm


@lru_cache(maxsize=128)
def drawn(name: str) -> Paper:
    document, letterhead, language = designs()[name]
    return render(document, letterhead, Texts(language))


def letters(paper: Paper, page: int) -> Iterator[Letter]:
    """What is printed, with its place in millimetres from the top left corner."""
    file = pypdfium2.PdfDocument(paper.pdf)
    sheet = file[page]
    text = sheet.get_textpage()
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(index)
            yield char, left * POINT, 297 - top * POINT, right * POINT, 297 - bottom * POINT
    file.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_design_is_pdf_a_3b_and_always_the_same_bytes(name: str) -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="needs pikepdf[pdfa]", exc_type=ImportError)
    paper = drawn(name)
    report = pdfa.validate_written(io.BytesIO(paper.pdf), "3b")
    assert [str(finding) for finding in report.findings] == []
    document, letterhead, language = designs()[name]
    assert render(document, letterhead, Texts(language)).pdf == paper.pdf


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
@pytest.mark.parametrize("prices", list(BASES))
def test_every_design_says_the_same(prices: str, language: str) -> None:
    found = []
    for design in Design:
        document, letterhead, _ = designs()[f"{design}-{prices}-{language}"]
        lines = document.lines[:1]  # one page: what is repeated on others is no difference
        paper = render(replace(document, lines=lines), letterhead, Texts(language))
        assert paper.pages == 1
        assert not paper.warnings
        found.append(Counter(char for char, *_ in letters(paper, 0)))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_off_or_printed_over_the_margin(name: str) -> None:
    paper = drawn(name)
    for page in range(paper.pages):
        for char, left, top, right, bottom in letters(paper, page):
            assert left >= 24, char
            assert right <= 201, char
            assert top >= 5, char
            assert bottom <= 296, char


@pytest.mark.parametrize("name", NAMES)
def test_the_address_alone_stands_in_the_window(name: str) -> None:
    """DIN 5008 form B: the window shows 20 to 105 mm and 45 to 90 mm."""
    document = designs()[name][0]
    inside = [
        (char, left, top, right, bottom)
        for char, left, top, right, bottom in letters(drawn(name), 0)
        if left < 120 and bottom > 45 and top < 91
    ]
    assert all(
        left >= 24.5 and right <= 105 and top >= 45 and bottom <= 90 for _, left, top, right, bottom in inside
    )
    shown = "".join(char for char, *_ in inside)
    for line in (document.recipient.name, *document.recipient.address.lines):
        assert "".join(line.split()) in shown


@pytest.mark.parametrize("design", list(Design))
def test_long_names_are_all_there(design: Design) -> None:
    name = f"{design}-long-names"
    document = designs()[name][0]
    text = "".join(words(drawn(name)).split())
    for value in (
        document.seller.name,
        document.seller.email,
        document.seller.website,
        document.seller.bank,
        document.recipient.company,
        document.recipient.buyer_reference,
        *document.recipient.address.lines,
    ):
        assert "".join(value.split()) in text


@pytest.mark.parametrize("place", list(InformationPlace))
def test_the_text_begins_below_subject_and_information(place: InformationPlace) -> None:
    paper = render(BASE, replace(Letterhead(), information=place), Texts("de"))
    tops = dict(_line_tops(paper))
    number, subject = tops["23.11.2026"], tops["RechnungR-2026-0001"]
    greeting = tops["GutenTag,FrauIvanova,"]
    assert (number < subject) == (place != InformationPlace.BELOW)
    assert greeting > max(number, subject) + 3


def _line_tops(paper: Paper) -> Iterator[tuple[str, float]]:
    """Runs of letters on one baseline without a wide gap."""
    run, last = "", None
    for letter in letters(paper, 0):
        char, left, _, _, bottom = letter
        if last is not None and (abs(bottom - last[4]) > 2 or left - last[3] > 2.4 or left < last[1] - 1):
            yield run, last[2]
            run = ""
        run, last = run + char, letter
    if last is not None:
        yield run, last[2]


def test_a_design_is_known_by_its_parts_and_keeps_colour_and_words() -> None:
    own = Letterhead(logo=b"x", accent="#7A2E2E", sender_line="Betten seit 1984")
    assert own.design == Design.CALM
    for design in Design:
        changed = own.with_design(design)
        assert changed.design == design
        assert (changed.logo, changed.accent, changed.sender_line) == (b"x", "#7A2E2E", "Betten seit 1984")
    assert replace(own, font=Font.SERIF).design is None


def test_the_serif_prints_what_the_sans_prints() -> None:
    covered = fonts.weight().coverage
    for font in Font:
        with fonts.printing(font):
            for bold in (False, True):
                weight = fonts.weight(bold=bold)
                assert weight.coverage >= covered
                assert len({weight.widths[digit] for digit in "0123456789"}) == 1
    assert fonts.weight().name == fonts.REGULAR


@pytest.mark.parametrize("accent", ["#FFE800", "#FFFFFF", "#000000", "#7A2E2E", "#88CCEE", "#1F5FBF"])
def test_words_can_be_read_on_any_colour(accent: str) -> None:
    from shopdesk.output.pdf.look import _contrast

    colours = look(HeadStyle.BAND, TableStyle.FILLED, accent)
    assert _contrast(colours.words) >= 3
    high, low = sorted((_contrast(accent), _contrast(colours.on_accent)), reverse=True)
    assert high / low >= 3


def test_the_footer_holds_the_blocks_where_the_owner_put_them() -> None:
    columns = (
        FooterColumn((FooterBlock.TEXT, FooterBlock.REGISTER), "Montag bis Samstag\nParkplätze im Hof"),
        FooterColumn((FooterBlock.BANK,)),
    )
    text = words(render(BASE, Letterhead(footer=columns), Texts("de")))
    assert "Montag bis Samstag\nParkplätze im Hof\nUSt-IdNr. DE123456788\nSteuernummer 20/123/45678" in text
    assert "Inhaber" not in text
    assert text.count("Deutsche Kreditbank") == 2  # at the payment, too


def test_a_footer_without_tax_number_and_register_is_refused() -> None:
    check(Letterhead())
    check(Letterhead(footer=STANDARD_FOOTER))
    with pytest.raises(ShopError) as refused:
        check(Letterhead(footer=(FooterColumn((FooterBlock.ADDRESS, FooterBlock.BANK)),)))
    assert refused.value.field == "footer"


def test_too_much_text_in_a_footer_is_told() -> None:
    own = (
        FooterColumn((FooterBlock.REGISTER, FooterBlock.TEXT), "\n".join(f"Zeile {n}" for n in range(20))),
    )
    paper = render(BASE, Letterhead(footer=own), Texts("de"))
    assert [message.values["start"] for message in paper.warnings] == ["Zeile 9"]


@pytest.mark.parametrize("head", list(HeadStyle))
def test_the_logo_stands_on_white_above_the_window(head: HeadStyle) -> None:
    paper = render(replace(BASE, seller=SELLER), Letterhead(logo=logo(), head=head), Texts("de"))
    file = pypdfium2.PdfDocument(paper.pdf)
    pictures = [thing for thing in file[0].get_objects() if thing.type == 3]
    assert len(pictures) == 1
    left, bottom, right, top = pictures[0].get_bounds()
    assert 25 <= left * POINT < right * POINT <= 190.1
    assert 297 - bottom * POINT <= 45
    assert 297 - top * POINT >= 4
    file.close()


@pytest.mark.parametrize(
    "text", ["W" * 50_000, "@-." * 20_000, "😀" * 500, "שלום مرحبا", "\n" * 3_000, "a b " * 10_000]
)
@pytest.mark.parametrize("design", list(Design))
def test_any_text_in_any_design_renders_in_bounded_time(design: Design, text: str) -> None:
    seller = replace(SELLER, name=text, owner=text, email=text, website=text, bank=text, register_court=text)
    recipient = replace(BASE.recipient, company=text, buyer_reference=text, customer_number=text)
    document = replace(BASE, seller=seller, recipient=recipient, number=text)
    own = FooterColumn((FooterBlock.REGISTER, FooterBlock.TEXT), text)
    for place in InformationPlace:
        head = Letterhead(sender_line=text, footer=(own, *STANDARD_FOOTER[:3])).with_design(design)
        start = time.process_time()
        paper = render(document, replace(head, information=place), Texts("de"))
        assert time.process_time() - start < 1
        assert paper.pages < 5


@pytest.mark.parametrize("design", list(Design))
def test_a_design_costs_no_time(design: Design) -> None:
    """Measured 3–5 ms; the limit leaves room for a busy machine (PERFORMANCE.md: 10 ms warm)."""
    head = Letterhead().with_design(design)
    best = 1.0
    for _ in range(12):
        start = time.process_time()
        render(BASE, head, Texts("de"))
        best = min(best, time.process_time() - start)
    assert best < 0.03
