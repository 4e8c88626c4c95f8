"""Around the content: letterhead, address, information block, footer, marks (DIN 5008 form B, RULES.md 5)."""

from __future__ import annotations

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import DocumentKind, Fulfilment, Seller, TaxCase
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import Salutation
from shopdesk.i18n import Texts
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import GREY, INK, LEFT, LINE, RIGHT, fitting, wrap
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.pictures import Picture, UnreadablePicture, picture

INFO_LEFT = 125.0
_VAT_IDS = frozenset({TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY})


def logo(pen: Pen) -> Picture | None:
    """The shop's logo; one that cannot be read is left out with a warning."""
    if not pen.letterhead.logo:
        return None
    try:
        return picture(pen.letterhead.logo)
    except UnreadablePicture:
        text = N_("The logo cannot be read and was left out. Please choose a PNG or JPEG picture.")
        pen.others.append(Message(text))
        return None


def letterhead(canvas: Canvas, pen: Pen, image: Picture | None) -> None:
    """The shop's name and line at the left, its logo at the right, above 45 mm."""
    seller = pen.document.seller
    room = RIGHT - LEFT
    with canvas.artifact():
        if image:
            scale = min(62.0 / image.width, 24.0 / image.height)
            width, height = image.width * scale, image.height * scale
            canvas.picture(image, RIGHT - width, 12 + (24 - height) / 2, width, height)
            room -= width + 8
        name = pen.line(seller.name)
        size = fitting(name, 17, room, bold=True)
        canvas.text(LEFT, 24, name, size, bold=True, colour=pen.letterhead.colour)
        line = pen.line(pen.letterhead.sender_line) or _sender_line(pen)
        canvas.text(LEFT, 29.6, line, fitting(line, SENDER, room), colour=GREY)


SENDER = 8.5


def _sender_line(pen: Pen) -> str:
    seller = pen.document.seller
    parts = [
        *_one_line(pen, seller.address),
        pen.line(seller.phone),
        pen.line(seller.website or seller.email),
    ]
    return " · ".join(part for part in parts if part)


def _one_line(pen: Pen, address: Address) -> list[str]:
    town = f"{address.postal_code} {address.city}".strip()
    return [pen.line(part) for part in (*address.lines, town) if part.strip()]


def address_lines(pen: Pen) -> list[str]:
    """The recipient as printed: company, person, street, town and, abroad, the country in German capitals."""
    recipient = pen.document.recipient
    person = recipient.person.full
    if recipient.person.salutation == Salutation.FAMILY and person and not recipient.person.given_name:
        person = pen.texts.pgettext("paper", "Family {name}").format(name=person)
    lines = [recipient.company, person, *postal_lines(pen, recipient.address)]
    return [line for line in (pen.line(line, 200) for line in lines) if line]


def postal_lines(pen: Pen, address: Address) -> tuple[str, ...]:
    """Street, town and country. The country's name is for the post of the seller's country, so in its language."""
    home = pen.document.seller.address.country or "DE"
    if address.is_empty:
        return ()
    country = (
        Texts("de" if home in {"DE", "AT"} else "en").country(address.country)
        if address.country != home
        else ""
    )
    return address.letter_lines(home, country)


def address_field(canvas: Canvas, pen: Pen) -> None:
    """Return line at 49 mm, the recipient from 62.7 mm in at most 27.3 mm (field 45–90 mm, 85 mm wide)."""
    seller = pen.document.seller
    back = " · ".join([part for part in (pen.line(seller.name), *_one_line(pen, seller.address)) if part])
    if back:
        with canvas.artifact():
            canvas.text(LEFT, 49, back, fitting(back, 6.5, 78), colour=GREY)
            canvas.rule(LEFT, 50.2, 103, 50.2, width=0.25, colour=LINE)
    size, lines = _fitted_address(address_lines(pen))
    leading = size * 0.467
    start = 62.7 if leading * len(lines) <= 27.3 else max(52.0, 90 - leading * len(lines))
    with canvas.tagged("P"):
        for number, line in enumerate(lines):
            canvas.text(LEFT, start + leading * (number + 0.8), line, size, colour=INK)


def _fitted_address(lines: list[str]) -> tuple[float, list[str]]:
    """The size at which the address fits: six lines of the address zone, else nine with the zone above it."""
    for size, most in ((10.5, 6), (9.5, 7), (9.0, 9), (8.0, 10), (7.0, 11)):
        wrapped = [part for line in lines for part in wrap(line, size, 78)]
        if len(wrapped) <= most:
            return size, wrapped
    return 7.0, wrapped[:11]


def information(pen: Pen) -> list[tuple[str, str]]:
    """The rows of the information block."""
    document, texts = pen.document, pen.texts
    rows = [(words.number_label(document, texts), words.number(document, texts))]
    if document.date:
        rows.append((texts.pgettext("paper", "Date"), texts.date(document.date)))
    if document.recipient.customer_number:
        rows.append((texts.pgettext("paper", "Customer number"), document.recipient.customer_number))
    if document.recipient.buyer_reference:
        rows.append((texts.pgettext("paper", "Your reference"), document.recipient.buyer_reference))
    if document.refers_to:
        rows.append((texts.pgettext("paper", "Refers to"), ", ".join(document.refers_to)))
    rows += _delivery(pen)
    if document.due:
        rows.append((_due_label(pen), texts.date(document.due)))
    return rows + _vat_ids(pen) + _contact(pen)


def _due_label(pen: Pen) -> str:
    if pen.document.kind == DocumentKind.QUOTE:
        return pen.texts.pgettext("paper", "Valid until")
    return pen.texts.pgettext("paper", "Payable by")


def _delivery(pen: Pen) -> list[tuple[str, str]]:
    document, texts = pen.document, pen.texts
    service = document.fulfilment == Fulfilment.SERVICE
    if document.service_period:
        start, end = map(texts.date, document.service_period)
        return [(texts.pgettext("paper", "Service period"), f"{start} – {end}")]
    if document.delivery_date:
        day = texts.date(document.delivery_date)
        if service:
            return [(texts.pgettext("paper", "Date of service"), day)]
        return [(texts.pgettext("paper", "Delivery date"), day)]
    if document.delivery_month:
        value = words.month(document.delivery_month, texts)
        if service:
            return [(texts.pgettext("paper", "Month of service"), value)]
        return [(texts.pgettext("paper", "Delivery month"), value)]
    return []


def _vat_ids(pen: Pen) -> list[tuple[str, str]]:
    """Both VAT ids where the case asks for them (RULES.md 2), the buyer's whenever it is known."""
    document, texts = pen.document, pen.texts
    rows = []
    if document.recipient.vat_id:
        rows.append((texts.pgettext("paper", "Your VAT ID"), document.recipient.vat_id))
    if document.seller.vat_id and _VAT_IDS.intersection(words.tax_cases(document)):
        rows.append((texts.pgettext("paper", "Our VAT ID"), document.seller.vat_id))
    return rows


def _contact(pen: Pen) -> list[tuple[str, str]]:
    seller, texts = pen.document.seller, pen.texts
    rows = [
        (texts.pgettext("paper", "Contact"), seller.owner),
        (texts.pgettext("paper", "Phone"), seller.phone),
        (texts.pgettext("paper", "E-mail"), seller.email),
    ]
    return [(label, value) for label, value in rows if value]


def information_block(canvas: Canvas, pen: Pen) -> None:
    """At 125 mm from the left and 50 mm from the top; labels and values in two columns."""
    rows = [(pen.line(label), pen.line(value, 80)) for label, value in information(pen)]
    column = min(max(canvas.width(label, 8) for label, _ in rows) + 4, 34.0)
    pitch = min(4.6, 44.0 / len(rows))
    for number, (label, value) in enumerate(rows):
        y = 53.2 + pitch * number
        with canvas.tagged("P"):
            canvas.text(INFO_LEFT, y, label, fitting(label, 8, column - 2), colour=GREY)
            size = fitting(value, 9, RIGHT - INFO_LEFT - column, bold=number == 0)
            canvas.text(INFO_LEFT + column, y, value, size, bold=number == 0, colour=INK)


def footer_columns(pen: Pen) -> list[list[str]]:
    """Who we are, how to reach us, tax and register (§ 35a GmbHG, § 37a HGB), the bank; empty ones are left out."""
    if pen.letterhead.footer:
        return [[pen.line(line, 80) for line in column] for column in pen.letterhead.footer if any(column)]
    seller, texts = pen.document.seller, pen.texts
    iban = pen.iban()
    columns = [
        [seller.name, _owner(pen), *_one_line(pen, seller.address)],
        [_labelled(texts.pgettext("paper", "Phone"), seller.phone), seller.email, seller.website],
        [*_register(seller, texts), *_tax_numbers(seller, texts)],
        [
            seller.payee if iban else "",
            seller.bank,
            _labelled("IBAN", iban),
            _labelled("BIC", seller.bic if iban else ""),
        ],
    ]
    cleaned = [[pen.line(line, 80) for line in column if line.strip()] for column in columns]
    return [column for column in cleaned if column]


def _owner(pen: Pen) -> str:
    seller = pen.document.seller
    if not seller.owner or seller.managing_directors:
        return ""
    return pen.texts.pgettext("paper", "Owner: {name}").format(name=seller.owner)


def _labelled(label: str, value: str) -> str:
    return f"{label} {value}" if value else ""


def _register(seller: Seller, texts: Texts) -> list[str]:
    directors = seller.managing_directors
    return [
        seller.legal_form,
        texts.pgettext("paper", "Managing directors: {names}").format(names=directors) if directors else "",
        " ".join(part for part in (seller.register_court, seller.register_number) if part),
    ]


def _tax_numbers(seller: Seller, texts: Texts) -> list[str]:
    return [
        _labelled(texts.pgettext("paper", "VAT ID"), seller.vat_id),
        _labelled(texts.pgettext("paper", "Tax number"), seller.tax_number),
    ]


def footer(canvas: Canvas, pen: Pen, page: int, pages: int) -> None:
    """The page number above it, then up to four columns from 269 mm."""
    with canvas.artifact():
        text = pen.texts.pgettext("paper", "Page {page} of {pages}").format(page=page, pages=pages)
        canvas.text(RIGHT, 265.2, text, 7.5, align="right", colour=GREY)
        columns = footer_columns(pen)
        if not columns:
            return
        canvas.rule(LEFT, 268, RIGHT, 268, width=0.4, colour=LINE)
        _columns(canvas, columns)


def _columns(canvas: Canvas, columns: list[list[str]]) -> None:
    """Columns as wide as their words, the space between them even."""
    gap = 5.0
    room = RIGHT - LEFT - gap * (len(columns) - 1)
    widths = [max(canvas.width(line, 7) for line in column) for column in columns]
    if sum(widths) > room:
        scale = room / sum(widths)
        widths = [width * scale for width in widths]
    else:
        gap += (room - sum(widths)) / max(len(columns) - 1, 1)
    x = LEFT
    for column, width in zip(columns, widths, strict=True):
        for number, line in enumerate(column[:7]):
            canvas.text(x, 272 + 3.15 * number, line, fitting(line, 7, width), colour=GREY)
        x += width + gap


def marks(canvas: Canvas) -> None:
    """Fold marks at 105 and 210 mm, the punch mark at 148.5 mm."""
    with canvas.artifact():
        for y, length in ((105.0, 3.5), (148.5, 5.5), (210.0, 3.5)):
            canvas.rule(4.5, y, 4.5 + length, y, width=0.3, colour="#9A9A94")


def following_head(canvas: Canvas, pen: Pen) -> None:
    """On the pages after the first: whose letter this is and which."""
    document = pen.document
    left = pen.line(document.seller.name)
    parts = [words.subject(document, pen.texts), pen.texts.date(document.date) if document.date else ""]
    parts.append(document.recipient.name)
    right = " · ".join(pen.short(part, 60) for part in parts if part)
    with canvas.artifact():
        canvas.text(LEFT, 19, left, 9, bold=True, colour=pen.letterhead.colour)
        canvas.text(RIGHT, 19, right, fitting(right, 8, 110), align="right", colour=GREY)
        canvas.rule(LEFT, 21.5, RIGHT, 21.5, width=0.4, colour=LINE)


def draft_mark(canvas: Canvas, pen: Pen) -> None:
    """A draft says so across the page."""
    with canvas.artifact():
        canvas.slanted(105, 165, words.draft_word(pen.texts), 120, colour="#F0F0EC")
