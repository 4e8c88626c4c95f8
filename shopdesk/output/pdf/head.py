"""Above the content: the address field and the information that belongs to it (DIN 5008 form B, RULES.md 5)."""

from __future__ import annotations

from shopdesk.domain.addresses import Address
from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.documents import DocumentKind, Fulfilment, TaxCase
from shopdesk.domain.names import Salutation
from shopdesk.domain.supply_dates import is_dated_by_itself, month_days
from shopdesk.i18n import Texts
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import GREY, INK, LEFT, LINE, fitting, wrap
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.stationery import one_line

_VAT_IDS = frozenset({TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY})

_RETURN = 6.5


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
    back = " · ".join([part for part in (pen.line(seller.name), *one_line(pen, seller.address)) if part])
    if back:
        with canvas.artifact():
            _return_line(canvas, back)
            canvas.rule(LEFT, 50.2, 103, 50.2, width=0.25, colour=LINE)
    size, lines = _fitted_address(address_lines(pen))
    leading = size * 0.467
    start = 62.7 if leading * len(lines) <= 27.3 else max(52.0, 90 - leading * len(lines))
    with canvas.tagged("P"):
        for number, line in enumerate(lines):
            canvas.text(LEFT, start + leading * (number + 0.8), line, size, colour=INK)


def _return_line(canvas: Canvas, text: str) -> None:
    """One line, or two small ones where it would be unreadable."""
    size = fitting(text, _RETURN, 78)
    lines = [text]
    if size < 0.8 * _RETURN:
        size = 0.8 * _RETURN
        lines = wrap(text, size, 78)[:3]
    for number, line in enumerate(reversed(lines)):
        canvas.text(LEFT, 49 - 2.2 * number, line, size, colour=GREY)


def _fitted_address(lines: list[str]) -> tuple[float, list[str]]:
    """The size at which the address fits: six lines of the address zone, else nine with the zone above it."""
    for size, most in ((10.5, 6), (9.5, 7), (9.0, 9), (8.0, 10), (7.0, 11)):
        wrapped = [part for line in lines for part in wrap(line, size, 78)]
        if len(wrapped) <= most:
            return size, wrapped
    return 7.0, wrapped[:11]


def information(pen: Pen) -> list[tuple[str, str]]:
    """The rows of the information block that are about the document."""
    document, texts = pen.document, pen.texts
    rows = [(words.number_label(document, texts), words.number(document, texts))]
    if document.date:
        rows.append((texts.pgettext("paper", "Date"), texts.date(document.date)))
    if document.recipient.customer_number:
        rows.append((texts.pgettext("paper", "Customer number"), document.recipient.customer_number))
    if document.recipient.buyer_reference:
        rows.append((texts.pgettext("paper", "Your reference"), document.recipient.buyer_reference))
    if document.order_reference.strip():
        rows.append((texts.pgettext("paper", "Your order"), document.order_reference))
    if document.contract_reference.strip():
        rows.append((texts.pgettext("paper", "Contract"), document.contract_reference))
    if document.numbers:
        rows.append((texts.pgettext("paper", "Refers to"), ", ".join(document.numbers)))
    rows += _delivery(pen)
    if document.due and _is_asked(pen):
        rows.append((_due_label(pen), texts.date(document.due)))
    return rows + _vat_ids(pen)


def _is_asked(pen: Pen) -> bool:
    """Whether the due date asks for anything: not of a bill that is wholly paid before, nor of what is given back."""
    document = pen.document
    if document.kind in CORRECTIONS:
        return False
    return document.kind not in BILLS or not document.lines or pen.sums.payable.minor > 0


def _due_label(pen: Pen) -> str:
    if pen.document.kind == DocumentKind.QUOTE:
        return pen.texts.pgettext("paper", "Valid until")
    return pen.texts.pgettext("paper", "Payable by")


def _delivery(pen: Pen) -> list[tuple[str, str]]:
    document, texts = pen.document, pen.texts
    service = document.fulfilment == Fulfilment.SERVICE
    if document.service_period:
        first, last = document.service_period
        span = f"{texts.date(first)} – {texts.date(last)}"
        if document.service_period == month_days(f"{first:%Y-%m}"):
            span = words.month(f"{first:%Y-%m}", texts)
        return [(texts.pgettext("paper", "Service period"), span)]
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
    if is_dated_by_itself(document):
        label = (
            texts.pgettext("paper", "Date of service")
            if service
            else texts.pgettext("paper", "Delivery date")
        )
        return [(label, texts.pgettext("paper", "is the invoice date"))]
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


def contact(pen: Pen) -> list[tuple[str, str]]:
    """Its rows about whom to ask."""
    seller, texts = pen.document.seller, pen.texts
    rows = [
        (texts.pgettext("paper", "Contact"), seller.owner),
        (texts.pgettext("paper", "Phone"), seller.phone),
        (texts.pgettext("paper", "E-mail"), seller.email),
    ]
    return [(label, value) for label, value in rows if value]
