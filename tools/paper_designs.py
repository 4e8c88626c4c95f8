"""The finished designs of the letterhead: each with gross and net prices, in every language, with hard cases."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from dataclasses import replace
from pathlib import Path

from PIL import Image

from shopdesk.domain.documents import Document, DocumentKind, Reference
from shopdesk.domain.letterheads import (
    Design,
    FooterBlock,
    FooterColumn,
    InformationPlace,
    Letterhead,
)
from shopdesk.i18n import PAPER_LANGUAGES, Texts
from shopdesk.output.pdf.document import render
from tools.paper_samples import BASE, Sample, logo, samples

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
ACCENTS = {Design.CALM: "#1F5FBF", Design.CLASSIC: "#7A2E2E", Design.STRONG: "#0B6B4F"}
BASES = {"gross": "08-mixed-vat-gross", "net": "09-mixed-vat-net"}
KINDS = (
    "40-quote-with-options",
    "41-order-to-sign",
    "43-delivery-note",
    "44-deposit-invoice",
    "45-final-invoice",
    "46-correction",
    "47-cancellation",
    "48-reminder",
)
_GAP = 16
OWN_FOOTER = (
    FooterColumn((FooterBlock.ADDRESS, FooterBlock.CONTACT)),
    FooterColumn((FooterBlock.BANK, FooterBlock.REGISTER)),
    FooterColumn((FooterBlock.TEXT,), "Montag bis Freitag 9–18 Uhr\nSamstag 9–14 Uhr\nParkplätze im Hof"),
)


def head_of(design: Design) -> Letterhead:
    """A letterhead in this design and its own colour."""
    return Letterhead(accent=ACCENTS[design]).with_design(design)


def designs() -> dict[str, Sample]:
    """Name → document, letterhead and language."""
    found: dict[str, Sample] = {}
    known, picture = samples(), logo()
    for design in Design:
        head = head_of(design)
        for prices, base in BASES.items():
            for language in PAPER_LANGUAGES:
                document = known[base][0]
                recipient = replace(document.recipient, language=language)
                document = replace(document, recipient=recipient)
                found[f"{design}-{prices}-{language}"] = (document, head, language)
        found[f"{design}-logo"] = (known["08-mixed-vat-gross"][0], replace(head, logo=picture), "de")
        found[f"{design}-long-names"] = (_long_names(known["05-long-names"][0]), head, "de")
        found[f"{design}-forty-lines"] = (known["03-forty-lines"][0], head, "de")
        found[f"{design}-own-footer"] = (known["10-quote-de"][0], replace(head, footer=OWN_FOOTER), "de")
        for kind in DocumentKind:
            found[f"{design}-{kind}"] = (_of_kind(kind), head, "de")
        for place in InformationPlace:
            found[f"{design}-{place}"] = (known["14-supply-bg"][0], replace(head, information=place), "bg")
    return found


def _of_kind(kind: DocumentKind) -> Document:
    corrects = kind in {DocumentKind.CREDIT_NOTE, DocumentKind.CANCELLATION, DocumentKind.PAYMENT_REMINDER}
    earlier = (Reference("R-2026-0001", DocumentKind.INVOICE, dt.date(2026, 11, 2)),) if corrects else ()
    return replace(BASE, kind=kind, number="X-2026-0014", refers_to=earlier)


def _long_names(document: Document) -> Document:
    seller = replace(
        document.seller,
        name="Bettenfachgeschäft und Polsterwerkstatt Schlafgut Lindner & Söhne, Inhaber Jens Lindner e. K.",
        email="auftragsbearbeitung.fachhandel@schlafgut-lindner-goettingen.example",
        website="www.bettenfachgeschaeft-schlafgut-lindner-goettingen.example",
        bank="Kreis- und Stadtsparkasse Göttingen-Osterode am Harz",
    )
    buyer = replace(
        document.recipient, buyer_reference="Rahmenvertrag 2026/118-Oberharz, Abruf 14 vom 12.11.2026"
    )
    return replace(document, seller=seller, recipient=buyer)


def write_images() -> list[Path]:
    """The pictures for README and handbook: each design, all of them beside each other, and every kind."""
    known = samples()
    invoice = replace(known["01-mattress-prepay"][0], prepay=False)
    pages = {f"design-{design}": _picture(invoice, head_of(design)) for design in Design}
    pictures = pages | {"designs": _mosaic(list(pages.values()), 3, 0.58)}
    pictures["kinds"] = _mosaic([_picture(known[name][0], Letterhead()) for name in KINDS], 4, 0.5)
    for name, picture in pictures.items():
        file = IMAGES / f"{name}.png"
        picture.quantize(256, Image.Quantize.MAXCOVERAGE).save(file, optimize=True)
    return [IMAGES / f"{name}.png" for name in pictures]


def _picture(document: Document, letterhead: Letterhead) -> Image.Image:
    """The first page with a thin frame."""
    command = ["pdftoppm", "-r", "72", "-png", "-singlefile", "-"]
    pdf = render(document, letterhead, Texts("de")).pdf
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    page = Image.open(io.BytesIO(drawn)).convert("RGB")
    framed = Image.new("RGB", (page.width + 2, page.height + 2), "#C8C8C2")
    framed.paste(page, (1, 1))
    return framed


def _mosaic(pages: list[Image.Image], columns: int, scale: float) -> Image.Image:
    width, height = (round(side * scale) for side in pages[0].size)
    rows = -(-len(pages) // columns)
    found = Image.new("RGB", ((width + _GAP) * columns - _GAP, (height + _GAP) * rows - _GAP), "#FFFFFF")
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        small = page.resize((width, height), Image.Resampling.LANCZOS)
        found.paste(small, ((width + _GAP) * column, (height + _GAP) * row))
    return found
