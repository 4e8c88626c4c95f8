"""Sample papers: every case that the page must bear and every design, as PDF and PNG to look at.

python -m tools.paper_samples [FOLDER]

Writes the pictures of the designs in docs/images anew, too.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

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
    Seller,
    TaxCase,
)
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts
from shopdesk.output.pdf.document import render
from tools.paper_kinds import kinds

D = Decimal
Sample = tuple[Document, Letterhead, str]  # with the language of the paper
SELLER = Seller(
    name="Schlafgut Lindner",
    owner="Jens Lindner",
    address=Address(("Marktstraße 9",), "37073", "Göttingen"),
    email="post@schlafgut-lindner.example",
    phone="+49 551 4711-0",
    website="www.schlafgut-lindner.example",
    tax_number="20/123/45678",
    vat_id="DE123456788",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    bank="Deutsche Kreditbank",
    account_holder="Jens Lindner Schlafgut",
)
HOSTILE = Line(
    text="W" * 200_000,
    description="Abc " * 3000,
    unit_price=D("9999999999.999999"),
    quantity=D("123456789.123"),
)
COMPANY = replace(
    SELLER,
    name="Schlafgut Lindner GmbH",
    owner="",
    account_holder="Schlafgut Lindner GmbH",
    legal_form="GmbH, Sitz Göttingen",
    managing_directors="Jens Lindner",
    register_court="Amtsgericht Göttingen",
    register_number="HRB 204711",
)
IVANOVA = Recipient(
    person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
    address=Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
    email="d.ivanova@example.org",
    customer_number="K-1042",
)
LOCAL = Recipient(
    person=PersonName(Salutation.MR, "Dr.", "Karl", "Wagner"),
    address=Address(("Weender Straße 3",), "37073", "Göttingen"),
    customer_number="K-0017",
)
HOTEL = Recipient(
    company="Hotel Harzblick Betriebsgesellschaft mbH",
    person=PersonName(Salutation.MRS, "", "Petra", "Ohlsen"),
    address=Address(("Am Rohn 22", "Gebäude B"), "38700", "Braunlage"),
    vat_id="DE987654321",
    buyer_reference="Bestellung 2026/118",
    customer_number="K-0203",
)
MATTRESS = (
    Line(
        text="Rollmatratze 80 × 190 cm",
        description="Sondermaß",
        article_code="RM-80190",
        quantity=D(2),
        unit_price=D("123.03"),
    ),
    Line(kind=LineKind.POSTAGE, text="Versandkosten DHL Paket Bulgarien", unit_price=D("42.99")),
    Line(kind=LineKind.PACKAGING, text="Verpackung Rollware", unit_price=D("6.50")),
)
BASE = Document(
    number="R-2026-0001",
    date=dt.date(2026, 11, 23),
    seller=SELLER,
    recipient=IVANOVA,
    lines=MATTRESS,
    delivery_date=dt.date(2026, 11, 25),
    due=dt.date(2026, 11, 30),
    tax_case=TaxCase.DOMESTIC,
)


def _many(count: int) -> tuple[Line, ...]:
    lines = []
    for number in range(1, count + 1):
        wordy = number % 5 == 0
        lines.append(
            Line(
                text=f"Spannbetttuch Jersey Nr. {number:02d}",
                description="Farbe nach Wahl, mit Rundumgummi, "
                "für Matratzen bis 25 cm Höhe, waschbar bei 60 °C"
                if wordy
                else "",
                article_code=f"SB-{1000 + number}" if number % 3 == 0 else "",
                quantity=D(number % 4 + 1),
                unit_price=D("12.90") + number,
                discount_percent=D(10) if number % 7 == 3 else D(0),
            )
        )
    return tuple(lines)


def logo() -> bytes:
    """A plain sample logo with transparent corners."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (900, 360), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((10, 60, 890, 300), 120, fill=(31, 95, 191, 255))
    for number in range(4):
        draw.ellipse(
            (120 + number * 180, 120, 240 + number * 180, 240), fill=(255, 255, 255, 255 - number * 50)
        )
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def samples() -> dict[str, Sample]:
    """Name → document, letterhead and language."""
    plain = Letterhead()
    one = (Line(text="Kopfkissen Daune 80 × 80 cm", quantity=D(1), unit_price=D("89.90")),)
    mixed = (
        *MATTRESS,
        Line(text="Buch „Gesund schlafen“", quantity=D(3), unit_price=D("9.99"), vat_rate=D(7)),
        Line(kind=LineKind.SUBTOTAL),
        Line(
            kind=LineKind.NOTE,
            text="Die Bücher liegen dem Paket bei. Altmatratzen nehmen wir bei Lieferung kostenlos mit.",
        ),
        Line(
            text="Lattenrost Buche",
            quantity=D("2.5"),
            unit="MTR",
            unit_price=D("48.0525"),
            discount_percent=D("12.5"),
        ),
        Line(kind=LineKind.DISCOUNT, text="Treuebonus", unit_price=D(10)),
    )
    house = (
        *one,
        Line(
            text="Montage vor Ort", kind=LineKind.SERVICE, quantity=D("1.5"), unit="HUR", unit_price=D("58")
        ),
        Line(text="Matratzenschoner Molton", quantity=D(1), unit_price=D("24.90"), discount_percent=D(100)),
        Line(text="Pflegeset (Beigabe)", quantity=D(1), unit_price=D(0)),
    )
    long_names = replace(
        BASE,
        recipient=replace(
            HOTEL,
            company="Internationale Beherbergungs- und Gaststättenbetriebsgesellschaft "
            "Oberharz-Südniedersachsen mbH & Co. KG",
            address=Address(
                (
                    "Zentraleinkauf, z. Hd. Frau Dr. Ohlsen-Wickenburg",
                    "Johann-Wolfgang-von-Goethe-Allee 128 c",
                ),
                "38700",
                "Braunlage",
            ),
        ),
        lines=(
            Line(
                text="Boxspringbett „Königstraum Exklusiv“ 180 × 200 cm "
                "mit motorisch verstellbarem Kopf- und Fußteil, "
                "Topper aus Kaltschaum, Bezug Webstoff anthrazit",
                description="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft-"
                "Sonderausführung nach Ihrer Zeichnung vom 12.11.2026, "
                "einschließlich Lieferung frei Verwendungsstelle, Aufbau und Entsorgung der Verpackung.",
                quantity=D(12),
                unit_price=D("123456.78"),
            ),
            *MATTRESS,
        ),
    )
    cyrillic = replace(
        BASE,
        recipient=replace(
            IVANOVA,
            person=PersonName(Salutation.MRS, "", "Десислава", "Иванова"),
            address=Address(("бул. „Витоша“ 100, ет. 3",), "1000", "София", "BG"),
            language="bg",
        ),
    )
    net = replace(
        BASE,
        recipient=HOTEL,
        lines=mixed,
        prices=Prices.NET,
        discount=Discount(percent=D(3), reason="Mengenrabatt"),
        cash_discount=CashDiscount(D(2), 7),
        seller=COMPANY,
        due=dt.date(2026, 12, 23),
    )
    quote = replace(
        BASE, kind=DocumentKind.QUOTE, number="A-2026-0007", due=dt.date(2026, 12, 7), delivery_date=None
    )
    supply = replace(
        BASE,
        recipient=replace(
            IVANOVA,
            company="Сън ООД",
            vat_id="BG175074752",
            language="bg",
            delivery_address=Address(("ul. Opalchenska 5",), "5300", "Gabrovo", "BG"),
        ),
        prices=Prices.NET,
        tax_case=TaxCase.INTRA_COMMUNITY,
    )
    return kinds(BASE) | {
        "01-mattress-prepay": (replace(BASE, prepay=True), plain, "de"),
        "02-one-line": (replace(BASE, recipient=LOCAL, lines=one), plain, "de"),
        "03-forty-lines": (replace(BASE, recipient=LOCAL, lines=_many(40)), plain, "de"),
        "04-forty-lines-net-logo": (
            replace(net, lines=_many(44), discount=None),
            Letterhead(logo=logo(), accent="#0B6B4F"),
            "de",
        ),
        "05-long-names": (long_names, plain, "de"),
        "06-cyrillic-bg": (cyrillic, plain, "bg"),
        "07-free-lines": (replace(BASE, recipient=LOCAL, lines=house), plain, "de"),
        "08-mixed-vat-gross": (
            replace(BASE, lines=mixed, discount=Discount(amount=D(25))),
            Letterhead(logo=logo()),
            "de",
        ),
        "09-mixed-vat-net": (net, plain, "de"),
        "10-quote-de": (quote, plain, "de"),
        "11-quote-fr": (replace(quote, recipient=replace(IVANOVA, language="fr")), plain, "fr"),
        "12-invoice-en": (replace(BASE, recipient=replace(IVANOVA, language="en")), plain, "en"),
        "13-invoice-fr-prepay": (
            replace(BASE, prepay=True, recipient=replace(IVANOVA, language="fr")),
            plain,
            "fr",
        ),
        "14-supply-bg": (supply, plain, "bg"),
        "15-small-business-en": (
            replace(
                BASE, seller=replace(SELLER, small_business=True, vat_id=""), tax_case=TaxCase.SMALL_BUSINESS
            ),
            plain,
            "en",
        ),
        "16-prepaid": (
            replace(
                BASE,
                recipient=LOCAL,
                prepaid=(
                    Prepayment(D("100"), Means.CARD, dt.date(2026, 11, 23), "Beleg 471"),
                    Prepayment(D("20"), Means.VOUCHER, None, "GS-8Q2"),
                ),
            ),
            plain,
            "de",
        ),
        "17-draft": (replace(BASE, number=""), plain, "de"),
        "18-empty-draft": (Document(), plain, "de"),
        "19-hostile": (
            replace(
                BASE,
                intro="Zeichen: \u0007 😀 שלום مرحبا e\u0301 ☎ ✓ ㎡ 漢字 \u202egnol",
                lines=(HOSTILE,),
            ),
            plain,
            "de",
        ),
        "21-margin-and-taxed": (
            replace(
                BASE,
                recipient=LOCAL,
                lines=(
                    Line(text="Gebrauchtes Fahrrad", unit_price=D(450), tax_case=TaxCase.MARGIN_SCHEME),
                    Line(text="Schloss", unit_price=D("39.90")),
                    Line(
                        text="Probefahrt-Pauschale",
                        kind=LineKind.SERVICE,
                        quantity=D("0.75"),
                        unit="HUR",
                        unit_price=D(40),
                    ),
                ),
                intro="wie besprochen berechnen wir Ihnen das Rad und das Zubehör.\n"
                "Die Inspektion nach 300 km ist im Preis enthalten.",
            ),
            plain,
            "de",
        ),
        "22-reverse-charge-en": (
            replace(
                BASE,
                recipient=replace(
                    HOTEL,
                    company="Harbour Inn Ltd",
                    address=Address(("1 Quay Street",), "D01 AB12", "Dublin", "IE"),
                    vat_id="IE6388047V",
                ),
                prices=Prices.NET,
                tax_case=TaxCase.REVERSE_CHARGE,
                service_period=(dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
            ),
            plain,
            "en",
        ),
        "20-month-tax-note": (
            replace(
                BASE,
                delivery_date=None,
                delivery_month="2026-11",
                tax_case=TaxCase.EXEMPT,
                tax_note="Umsatzsteuerfrei nach § 4 Nr. 14 UStG.",
            ),
            plain,
            "fr",
        ),
    }


def main(arguments: list[str]) -> int:
    """Write all samples."""
    from tools.paper_designs import designs, write_images

    folder = Path(arguments[0] if arguments else "shots/paper")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (document, letterhead, language) in (samples() | designs()).items():
        paper = render(document, letterhead, Texts(language))
        file = folder / f"{name}.pdf"
        file.write_bytes(paper.pdf)
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(file), str(folder / name)], check=True)
        print(f"{file}: {paper.pages} pages, {len(paper.pdf) / 1024:.0f} KB {[m.id for m in paper.warnings]}")
    for file in write_images():
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
