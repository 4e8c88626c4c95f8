"""The letter's own paper: the shop's name and logo at the head, marks, the head of further pages, the word "Draft"."""

from __future__ import annotations

from shopdesk.domain.addresses import Address
from shopdesk.domain.letterheads import HeadStyle
from shopdesk.domain.messages import N_, Message
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import WIDTH, Align, Canvas
from shopdesk.output.pdf.layout import GREY, LEFT, LINE, RIGHT, fitting, wrap
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.pictures import Picture, UnreadablePicture, picture

MIDDLE = (LEFT + RIGHT) / 2
_SENDER = 8.5
_BAND = 34.0


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
    """The shop's name, the line below it and its logo, above 45 mm."""
    draw = {HeadStyle.LEFT: _left, HeadStyle.CENTRED: _centred, HeadStyle.BAND: _band}[pen.look.head]
    with canvas.artifact():
        draw(canvas, pen, image)


def _left(canvas: Canvas, pen: Pen, image: Picture | None) -> None:
    """The name at the left, the logo at the right."""
    room = RIGHT - LEFT
    if image:
        width, height = _fitted(image, 62, 24)
        canvas.picture(image, RIGHT - width, 12 + (24 - height) / 2, width, height)
        room -= width + 8
    _name(canvas, pen, LEFT, 24, 17, room)
    line = _sender_line(pen)
    canvas.text(LEFT, 29.6, line, fitting(line, _SENDER, room), colour=GREY)


def _centred(canvas: Canvas, pen: Pen, image: Picture | None) -> None:
    """All in the middle, two rules below."""
    room, accent = RIGHT - LEFT, pen.look.accent
    if image:
        width, height = _fitted(image, 80, 15)
        canvas.picture(image, MIDDLE - width / 2, 7, width, height)
    base, size = (29.5, 15.0) if image else (23.0, 22.0)
    _name(canvas, pen, MIDDLE, base, size, room, bold=False, align="center")
    line = _sender_line(pen)
    canvas.text(MIDDLE, base + 6, line, fitting(line, _SENDER, room), align="center", colour=GREY)
    canvas.rule(LEFT, base + 9.4, RIGHT, base + 9.4, width=1.2, colour=accent)
    canvas.rule(LEFT, base + 10.3, RIGHT, base + 10.3, width=0.4, colour=accent)


def _band(canvas: Canvas, pen: Pen, image: Picture | None) -> None:
    """The name on a band of colour from edge to edge; the logo beside it on white, as it was drawn."""
    end = WIDTH
    if image:
        width, height = _fitted(image, 52, 24)
        canvas.picture(image, RIGHT - width, (_BAND - height) / 2, width, height)
        end = RIGHT - width - 7
    canvas.area(0, 0, end, _BAND, colour=pen.look.accent)
    room = min(end - 6, RIGHT) - LEFT
    _name(canvas, pen, LEFT, 20, 23, room, colour=pen.look.on_accent)
    line = _sender_line(pen)
    canvas.text(LEFT, 27, line, fitting(line, _SENDER, room), colour=pen.look.on_accent)


def _name(  # noqa: PLR0913 - where and how
    canvas: Canvas,
    pen: Pen,
    x: float,
    y: float,
    size: float,
    room: float,
    *,
    bold: bool = True,
    align: Align = "left",
    colour: str = "",
) -> None:
    """The shop's name on one line, or on two where it would become small."""
    name = pen.line(pen.document.seller.name)
    fitted = fitting(name, size, room, bold=bold)
    lines = [name]
    if fitted < 0.7 * size:
        fitted = 0.65 * size
        lines = wrap(name, fitted, room, bold=bold)
        lines = [lines[0], " ".join(lines[1:])]
    for number, line in enumerate(lines):
        base = y - fitted * 0.4 * (len(lines) - 1 - number)
        canvas.text(
            x,
            base,
            line,
            fitting(line, fitted, room, bold=bold),
            bold=bold,
            align=align,
            colour=colour or pen.look.words,
        )


def _fitted(image: Picture, width: float, height: float) -> tuple[float, float]:
    scale = min(width / image.width, height / image.height)
    return image.width * scale, image.height * scale


def _sender_line(pen: Pen) -> str:
    seller = pen.document.seller
    parts = [
        *one_line(pen, seller.address),
        pen.line(seller.phone),
        pen.line(seller.website or seller.email),
    ]
    return pen.line(pen.letterhead.sender_line) or " · ".join(part for part in parts if part)


def one_line(pen: Pen, address: Address) -> list[str]:
    """The lines of an address and its town, each clean and none empty."""
    town = f"{address.postal_code} {address.city}".strip()
    return [pen.line(part) for part in (*address.lines, town) if part.strip()]


def marks(canvas: Canvas) -> None:
    """Fold marks at 105 and 210 mm, the punch mark at 148.5 mm."""
    with canvas.artifact():
        for y, length in ((105.0, 3.5), (148.5, 5.5), (210.0, 3.5)):
            canvas.rule(4.5, y, 4.5 + length, y, width=0.3, colour="#9A9A94")


def following_head(canvas: Canvas, pen: Pen, subject: str | None = None) -> None:
    """On the pages after the first: whose letter this is and which; a letter has a subject of its own."""
    document = pen.document
    left = pen.line(document.seller.name)
    title = words.subject(document, pen.texts) if subject is None else subject
    parts = [title, pen.texts.date(document.date) if document.date else ""]
    parts.append(document.recipient.name)
    right = " · ".join(pen.short(part, 60) for part in parts if part)
    with canvas.artifact():
        if pen.look.head == HeadStyle.BAND:
            canvas.area(0, 0, WIDTH, 7, colour=pen.look.accent)
        canvas.text(LEFT, 19, left, fitting(left, 9, 52, bold=True), bold=True, colour=pen.look.words)
        canvas.text(RIGHT, 19, right, fitting(right, 8, 110), align="right", colour=GREY)
        colour = LINE if pen.look.head == HeadStyle.LEFT else pen.look.accent
        canvas.rule(LEFT, 21.5, RIGHT, 21.5, width=0.4, colour=colour)


def draft_mark(canvas: Canvas, pen: Pen) -> None:
    """A draft says so across the page."""
    with canvas.artifact():
        canvas.slanted(105, 165, words.draft_word(pen.texts), 120, colour="#F0F0EC")
