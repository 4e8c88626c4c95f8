"""Letters on the shop's letterhead, one behind the other in one file, each with pages of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from shopdesk.domain.documents import Document, Recipient, Seller
from shopdesk.domain.letterheads import InformationPlace, Letterhead
from shopdesk.domain.messages import Message
from shopdesk.domain.totals import Totals, totals
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts, head, stationery
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.footer import footer
from shopdesk.output.pdf.information import InformationBlock
from shopdesk.output.pdf.layout import (
    BODY,
    GREY,
    LEADING,
    LEFT,
    RIGHT,
    Block,
    Frame,
    fitting,
    paginate,
    paragraph,
    space,
)
from shopdesk.output.pdf.metadata import Information
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.pictures import Picture

_LONG = 20_000
_SIGNATURE = 14.0  # mm to sign by hand


@dataclass(frozen=True, slots=True)
class Letter:
    """One filled letter. `greets` adds the salutation; `advertises` the words on the right to object."""

    recipient: Recipient
    language: str
    subject: str
    body: str
    greets: bool = True
    advertises: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """A finished PDF: its pages in all, and what the owner should know."""

    pdf: bytes
    pages: int
    warnings: tuple[Message, ...]


@dataclass(slots=True)
class _Run:
    """What all letters of a file share."""

    canvas: Canvas
    seller: Seller
    letterhead: Letterhead
    day: dt.date
    sums: Totals
    warnings: list[Message] = field(default_factory=list)


def letters(
    values: Iterable[Letter],
    seller: Seller,
    letterhead: Letterhead,
    day: dt.date,
    about: tuple[str, str],
    step: Callable[[int], None] = lambda _done: None,
) -> Letters:
    """Draw them in their order; `about` is title and language of the file. `step` may raise Stopped."""
    with fonts.printing(letterhead.font):
        run = _Run(Canvas(), seller, letterhead, day, totals(Document()))
        for at, letter in enumerate(values):
            step(at)
            _draw(run, letter)
        title, language = about
        moment = dt.datetime.combine(day, dt.time())
        information = Information(fonts.clean(title), fonts.clean(seller.name), "", language, moment)
        pdf = run.canvas.finish(information)
    return Letters(pdf, run.canvas.pages, tuple(run.warnings)[:10])


def _draw(run: _Run, letter: Letter) -> None:
    document = Document(seller=run.seller, recipient=letter.recipient, date=run.day)
    pen = Pen(document, run.letterhead, Texts(letter.language), run.sums)
    information = InformationBlock(pen, _rows(pen))
    pages = paginate(_blocks(pen, letter), Frame(first_top=information.first_top))
    subject = pen.line(letter.subject)
    image = stationery.logo(pen)
    run.canvas.begin("Sect", language=letter.language)
    for number, page in enumerate(pages, 1):
        run.canvas.new_page()
        if number == 1:
            _first(run.canvas, pen, information, subject, image)
        else:
            stationery.following_head(run.canvas, pen, subject)
        for block, y in page.blocks:
            block.draw(run.canvas, y)
        footer(run.canvas, pen, number, len(pages))
    run.canvas.end()
    run.warnings += [one for one in pen.warnings() if one not in run.warnings]


def _rows(pen: Pen) -> list[tuple[str, str]]:
    texts, document = pen.texts, pen.document
    rows = [(texts.pgettext("paper", "Date"), texts.date(document.date))] if document.date else []
    if document.recipient.customer_number:
        rows.append((texts.pgettext("paper", "Customer number"), document.recipient.customer_number))
    return rows


def _first(
    canvas: Canvas, pen: Pen, information: InformationBlock, subject: str, image: Picture | None
) -> None:
    stationery.letterhead(canvas, pen, image)
    stationery.marks(canvas)
    head.address_field(canvas, pen)
    information.draw_block(canvas)
    if pen.letterhead.information == InformationPlace.ABOVE:
        information.draw_columns(canvas)
    wished, colour = pen.look.subject
    with canvas.tagged("H1"):
        size = fitting(subject, wished, RIGHT - LEFT, bold=True)
        canvas.text(LEFT, information.subject, subject, size, bold=True, colour=colour)
    if pen.letterhead.information == InformationPlace.BELOW:
        information.draw_columns(canvas)


def _blocks(pen: Pen, letter: Letter) -> Sequence[Block]:
    texts = pen.texts
    found: list[Block] = []
    if letter.greets:
        greeting = texts.say(letter.recipient.person.greeting())
        found += [*paragraph(pen.line(greeting), keep=True), _kept(2.0)]
    for number, part in enumerate(pen.clean(letter.body.strip(), _LONG).split("\n\n")):
        found += [*([space(2.4)] if number else []), *paragraph(part)]
    found += [space(5), *paragraph(pen.clean(texts.pgettext("paper", "Kind regards")), keep=True)]
    name = pen.line(pen.document.seller.owner or pen.document.seller.name)
    found += [_kept(_SIGNATURE), *paragraph(name, size=BODY, leading=LEADING + 0.6)]
    if letter.advertises:
        found += [space(6), *paragraph(pen.clean(_right_to_object(pen)), size=7.5, leading=3.6, colour=GREY)]
    return found


def _kept(height: float) -> Block:
    return Block(height, lambda _canvas, _y: None, keep=True, space=True)


def _right_to_object(pen: Pen) -> str:
    """Art. 21 (4) GDPR: the right to object is told with the advertising, clearly and apart from the rest."""
    text = pen.texts.pgettext(
        "paper",
        "You can object at any time to our using your address for advertising, free of charge and without reasons: a "
        "short message to {contact} is enough.",
    )
    seller = pen.document.seller
    return text.format(contact=seller.email or seller.phone or seller.name)
