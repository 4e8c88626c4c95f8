"""What stands on the paper: sums, words, both languages of the law, the code that a bank's app reads."""

from __future__ import annotations

import io
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import (
    CashDiscount,
    Discount,
    Document,
    DocumentKind,
    Line,
    LineKind,
    Means,
    Prepayment,
    Prices,
    Recipient,
    TaxCase,
)
from shopdesk.domain.letterheads import FooterBlock, FooterColumn, Letterhead, LetterTexts
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.pdf import giro_code
from shopdesk.output.pdf.document import Paper, render
from tools.paper_samples import BASE, HOTEL, LOCAL, MATTRESS, SELLER, Sample, logo, samples

D = Decimal
TextOf = Callable[..., str]
Papers = Callable[[str], Paper]
GERMAN = [
    name
    for name, (document, _l, language) in samples().items()
    if language == "de" and document.kind != DocumentKind.DELIVERY_NOTE and name != "18-empty-draft"
]


def _pages(paper: Paper) -> list[str]:
    pages = PdfReader(io.BytesIO(paper.pdf)).pages
    return [page.extract_text().replace("\u00a0", " ") for page in pages]


@pytest.mark.parametrize("name", GERMAN)
def test_the_printed_sums_are_those_of_the_totals(name: str, paper: Papers) -> None:
    document = samples()[name][0]
    sums, texts, text = totals(document), Texts("de"), "\n".join(_pages(paper(name)))
    wanted = [sums.gross, sums.payable, *(vat.amount for vat in sums.vat if vat.category == "S")]
    wanted += [line.shown(document.shown) for line in sums.lines if line]
    for money in wanted:
        assert texts.amount(Money(abs(money.minor))) in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            ("Rechnung R-2026-0001", "Guten Tag, Frau Ivanova,", "Menge", "Seite 1 von 1", "23.11.2026"),
        ),
        ("en", ("Invoice R-2026-0001", "Dear Mrs Ivanova,", "Quantity", "Page 1 of 1", "23/11/2026")),
        ("fr", ("Facture R-2026-0001", "Madame Ivanova,", "Quantité", "Page 1 sur 1", "23/11/2026")),
        (
            "bg",
            (
                "Фактура R-2026-0001",
                "Уважаема г-жо Ivanova,",
                "Количество",
                "Страница 1 от 1",
                "23.11.2026 г.",
            ),
        ),
    ],
)
def test_the_paper_speaks_the_customers_language(
    language: str, words: tuple[str, ...], text_of: TextOf
) -> None:
    text = text_of(BASE, language)
    for word in words:
        assert word in text


def test_a_foreign_town_and_country_are_in_capitals_and_the_country_in_german(text_of: TextOf) -> None:
    assert "5300 GABROVO\nBULGARIEN" in text_of(BASE, "fr")


def test_payment_in_advance_names_the_week_and_no_due_date(text_of: TextOf) -> None:
    text = text_of(replace(BASE, prepay=True))
    assert "Lieferung nach Zahlungseingang, voraussichtlich KW 48." in text
    assert "in Verzug" not in text


@pytest.mark.parametrize(
    ("case", "german"),
    [
        (TaxCase.SMALL_BUSINESS, "Steuerfrei nach § 19 UStG (Kleinunternehmer)"),
        (TaxCase.REVERSE_CHARGE, "Steuerschuldnerschaft des Leistungsempfängers"),
        (TaxCase.INTRA_COMMUNITY, "Steuerfreie innergemeinschaftliche Lieferung"),
        (TaxCase.EXPORT, "Steuerfreie Ausfuhrlieferung"),
        (TaxCase.MARGIN_SCHEME, "Gebrauchtgegenstände/Sonderregelung"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en", "fr", "bg"])
def test_the_german_wording_of_the_law_stands_on_every_language(
    case: TaxCase, german: str, language: str, text_of: TextOf
) -> None:
    text = text_of(replace(BASE, tax_case=case), language)
    assert text.count(german) == 1
    assert not re.search(r"(USt|VAT|TVA|ДДС) 19", text)


def test_both_vat_ids_stand_on_a_supply_within_the_union(text_of: TextOf) -> None:
    buyer = replace(BASE.recipient, company="Сън ООД", vat_id="BG175074752")
    text = text_of(replace(BASE, recipient=buyer, tax_case=TaxCase.INTRA_COMMUNITY))
    assert "Ihre USt-IdNr." in text
    assert "Unsere USt-IdNr." in text
    assert "BG175074752" in text


def test_an_exempt_note_is_printed_as_it_was_written(text_of: TextOf) -> None:
    note = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG."
    assert note in text_of(replace(BASE, tax_case=TaxCase.EXEMPT, tax_note=note), "fr")


def test_forty_lines_carry_their_sum_from_page_to_page(paper: Papers) -> None:
    pages = _pages(paper("03-forty-lines"))
    document = samples()["03-forty-lines"][0]
    lines = [line.shown(document.shown) for line in totals(document).lines if line]
    assert len(pages) == 3
    count = 0
    for number, page in enumerate(pages[:-1]):
        count += len(re.findall(r"Spannbetttuch Jersey Nr\.", page))
        running = Texts("de").amount(Money(sum(line.minor for line in lines[:count])))
        assert re.search(rf"Übertrag\s+{re.escape(running)}", page)
        assert re.search(rf"Übertrag\s+{re.escape(running)}", pages[number + 1])
    for number, page in enumerate(pages, 1):
        assert "Bezeichnung" in page
        assert f"Seite {number} von 3" in page


@pytest.mark.parametrize("count", range(1, 60))
def test_totals_and_last_words_never_stand_alone(count: int) -> None:
    lines = tuple(Line(text=f"Ware {number}", unit_price=D(10)) for number in range(count))
    pages = _pages(render(replace(BASE, lines=lines, recipient=LOCAL), Letterhead(), Texts("de")))
    assert "Rechnungsbetrag" not in pages[-1] or "Ware" in pages[-1]
    assert "Zahlung" in pages[-1]
    assert sum(page.count("Rechnungsbetrag") for page in pages) == 1
    assert sum(len(re.findall(r"Ware \d+", page)) for page in pages) == count
    for page in pages:
        assert ("Bezeichnung" in page) == bool(re.search(r"Ware \d+", page))


def test_a_gift_shows_what_it_is_worth(text_of: TextOf) -> None:
    gift = Line(text="Schoner", unit_price=D("24.90"), discount_percent=D(100))
    assert "auf Kosten des Hauses (Wert 24,90 €)" in text_of(replace(BASE, lines=(*MATTRESS, gift)))


def test_a_line_discount_is_shown_with_its_amount(text_of: TextOf) -> None:
    line = Line(text="Bett", quantity=D(2), unit_price=D(100), discount_percent=D(10))
    text = text_of(replace(BASE, lines=(line,)))
    assert "abzüglich 10 % Rabatt −20,00 €" in text
    assert "180,00" in text


def test_net_and_gross_paper_explain_the_tax_in_their_own_way(text_of: TextOf) -> None:
    gross = text_of(BASE)
    assert "enthält USt 19 % auf 248,36 €" in gross
    assert "Nettobetrag" not in gross
    net = text_of(replace(BASE, recipient=HOTEL))
    assert "Nettobetrag" in net
    assert "zzgl. USt 19 % auf 248,36 €" in net
    assert "295,55 €" in net


def test_the_vat_column_appears_only_when_rates_differ(text_of: TextOf) -> None:
    assert "19 / 7 %" in text_of(samples()["08-mixed-vat-gross"][0])
    assert "19 %" not in text_of(BASE).split("Rechnungsbetrag")[0]


def test_a_document_discount_and_payments_lead_to_what_is_left(text_of: TextOf) -> None:
    paid = (Prepayment(D(100), Means.CARD, None, "Beleg 7"), Prepayment(D(20), Means.VOUCHER))
    document = replace(BASE, discount=Discount(amount=D("5.55"), reason="Treue"), prepaid=paid)
    text = text_of(document)
    assert "Treue −5,55 €" in re.sub(r"\s+", " ", text)
    assert "Bereits mit Karte bezahlt (Beleg 7)" in text
    assert re.search(r"Noch zu zahlen\s+170,00 €", text)


def test_a_paid_invoice_says_so_and_has_no_code(text_of: TextOf) -> None:
    text = text_of(replace(BASE, prepaid=(Prepayment(D("295.55"), Means.CARD),)))
    assert "Der Betrag ist bereits bezahlt." in text
    assert "GiroCode" not in text


def test_a_draft_says_so_instead_of_a_number(text_of: TextOf) -> None:
    text = text_of(replace(BASE, number=""))
    assert "Rechnung – Entwurf" in text
    assert "Entwurf" not in text_of(BASE)


def test_a_quote_has_its_date_and_a_line_to_sign_but_no_payment(text_of: TextOf) -> None:
    text = text_of(replace(BASE, kind=DocumentKind.QUOTE, number="A-2026-0001"))
    assert "Dieses Angebot gilt bis zum 30.11.2026." in text
    assert "Unterschrift" in text
    assert "Verwendungszweck" not in text


def test_own_words_come_before_ours_and_empty_ones_print_nothing(text_of: TextOf) -> None:
    head = Letterhead(texts=(LetterTexts(DocumentKind.INVOICE, "de", "hier die Rechnung:", ""),))
    text = text_of(BASE, "de", head)
    assert "hier die Rechnung:" in text
    assert "Vielen Dank für Ihr Vertrauen" not in text
    assert "eigener Satz" in text_of(replace(BASE, intro="eigener Satz"), "de", head)


def test_the_footer_names_form_directors_and_register_of_a_company(text_of: TextOf) -> None:
    text = text_of(samples()["09-mixed-vat-net"][0])
    for word in (
        "Geschäftsführung: Jens Lindner",
        "Amtsgericht Göttingen HRB 204711",
        "USt-IdNr. DE123456788",
    ):
        assert word in text


def test_the_shops_own_footer_and_line_replace_ours(text_of: TextOf) -> None:
    own = [FooterColumn((FooterBlock.TEXT,), text) for text in ("Spalte eins\nzweite Zeile", "Spalte zwei")]
    head = Letterhead(sender_line="Betten seit 1984", footer=tuple(own))
    text = text_of(BASE, "de", head)
    for word in ("Betten seit 1984", "Spalte eins", "zweite Zeile", "Spalte zwei"):
        assert word in text
    assert "Steuernummer" not in text


@pytest.mark.parametrize(("currency", "words"), [("CHF", "295,55 CHF"), ("JPY", "296 JPY")])
def test_other_currencies_have_their_own_decimals_and_no_code(
    currency: str, words: str, text_of: TextOf
) -> None:
    text = text_of(replace(BASE, currency=currency))
    assert words in text
    assert f"Betrag {currency}" in text
    assert "GiroCode" not in text


def test_a_thousand_lines_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = tuple(Line(text=f"Ware {number}", unit_price=D(number)) for number in range(count))
        start = time.process_time()
        render(replace(BASE, lines=lines), Letterhead(), Texts("de"))
        return time.process_time() - start

    seconds(10)
    assert seconds(1_000) < 30 * max(seconds(100), 0.005)


def test_notes_and_subtotals_stand_between_the_lines(text_of: TextOf) -> None:
    text = text_of(samples()["08-mixed-vat-gross"][0])
    assert re.search(r"Zwischensumme\s+325,52", text)
    assert "Altmatratzen nehmen wir bei Lieferung kostenlos mit." in text


@pytest.mark.parametrize(
    "document",
    [
        Document(),
        Document(kind=DocumentKind.QUOTE),
        Document(lines=(Line(),)),
        Document(lines=(Line(kind=LineKind.NOTE), Line(kind=LineKind.SUBTOTAL))),
        Document(lines=(Line(kind=LineKind.POSTAGE, unit_price=D(5)),), recipient=Recipient(company="x")),
        Document(seller=SELLER, discount=Discount(percent=D(10)), prices=Prices.NET),
        Document(lines=(Line(kind=LineKind.NOTE, text="nur ein Wort"),)),
        replace(
            BASE, lines=(Line(text="x", unit_price=None), Line(text="y", quantity=D(0), unit_price=D(1)))
        ),
        *(replace(BASE, kind=kind) for kind in DocumentKind),
    ],
)
def test_what_is_not_typed_yet_is_no_reason_to_fail(document: Document) -> None:
    assert render(document, Letterhead(), Texts("de")).pages == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("W" * 200_000, ""),
        ("\x00\x01\x1f\x7f\u200b\u202e", ""),
        ("שלום مرحبا", "ש"),
        ("a" + "\u0301" * 5_000, ""),
        ("😀👨‍👩‍👧" * 500, "😀"),
        ("漢字", "漢"),
        ("\ud800 x", "U+D800"),
        ("\n" * 5_000, ""),
        ("(\\) %s {x} <b>", ""),
    ],
)
def test_any_text_renders_in_bounded_time(text: str, named: str) -> None:
    recipient = Recipient(
        text, PersonName(Salutation.MR, text, text, text), Address((text,) * 9, text, text), email=text
    )
    seller = replace(SELLER, name=text, owner=text, account_holder=text, iban=text, bank=text)
    lines = (
        Line(text=text, description=text, article_code=text, unit=text, unit_price=D(1)),
        Line(LineKind.NOTE, text),
    )
    document = replace(
        BASE, recipient=recipient, seller=seller, lines=lines, intro=text, closing=text, tax_note=text
    )
    start = time.process_time()
    paper = render(document, Letterhead(), Texts("de"))
    assert time.process_time() - start < 2
    assert paper.pages < 60
    warned = " ".join(str(message.values.get("characters", "")) for message in paper.warnings)
    assert named in warned
    PdfReader(io.BytesIO(paper.pdf)).pages[0].extract_text()


def _jpeg_logo() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(logo())).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def test_an_unreadable_logo_is_left_out_with_a_word() -> None:
    broken = (b"nonsense", b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff\xe0 broken")
    for data in (*broken, logo()[:200], _jpeg_logo()[:700]):
        paper = render(BASE, Letterhead(logo=data), Texts("de"))
        assert [message.id for message in paper.warnings] == [
            "The logo cannot be read and was left out. Please choose a PNG or JPEG picture."
        ]


def test_png_and_jpeg_logos_are_printed() -> None:
    for data in (logo(), _jpeg_logo()):
        paper = render(BASE, Letterhead(logo=data), Texts("de"))
        assert len(PdfReader(io.BytesIO(paper.pdf)).pages[0].images) == 1
        assert not paper.warnings


@pytest.mark.parametrize("name", ["01-mattress-prepay", "09-mixed-vat-net", "06-cyrillic-bg", "16-prepaid"])
def test_a_reader_reads_the_code_back(
    name: str, paper: Papers, needs_program: Callable[[str], str], tmp_path: Path
) -> None:
    document = samples()[name][0]
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper(name).pdf)
    subprocess.run([needs_program("pdftoppm"), "-r", "150", "-png", file, tmp_path / "page"], check=True)
    page = max(tmp_path.glob("page*.png"))
    read = subprocess.run(
        [needs_program("zbarimg"), "-q", "--raw", page], capture_output=True, text=True, check=True
    ).stdout.strip("\n")
    assert read == giro_code.payload(document, totals(document).payable, document.number)
    assert read.split("\n")[5:8] == [
        document.seller.payee,
        "DE02120300000000202051",
        f"EUR{totals(document).payable.amount}",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "CHF"},
        {"seller": replace(SELLER, iban="")},
        {"kind": DocumentKind.QUOTE},
        {"lines": ()},
        {"prepaid": (Prepayment(D(1000), Means.TRANSFER),)},
    ],
)
def test_no_code_where_no_transfer_is_wanted(change: dict[str, object]) -> None:
    document = replace(BASE, **change)  # type: ignore[arg-type]
    assert giro_code.payload(document, totals(document).payable, "x") == ""


def test_one_page_costs_little_time() -> None:
    """Measured 4–6 ms; the limit leaves room for a busy machine (PERFORMANCE.md: 10 ms warm)."""
    render(BASE, Letterhead(), Texts("de"))
    best = 1.0
    for _ in range(10):
        start = time.process_time()
        render(BASE, Letterhead(), Texts("de"))
        best = min(best, time.process_time() - start)
    assert best < 0.03


def test_a_quote_tells_its_cash_discount(
    sample: Callable[[str], Sample], text_of: Callable[[Document], str]
) -> None:
    quote = replace(sample("10-quote-de")[0], cash_discount=CashDiscount(Decimal(2), 7))
    assert "innerhalb von 7 Tagen" in text_of(quote)
    assert "289,64 €" in text_of(quote)
