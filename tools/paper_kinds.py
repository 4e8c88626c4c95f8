"""Sample papers of the kinds that follow a quote or an invoice, and of what the law wants around a sale."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Line,
    LineKind,
    LineOption,
    OpenBill,
    Reference,
    Reminder,
)
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.money import Money
from shopdesk.domain.sales import Sale
from shopdesk.domain.successors import deducted

D = Decimal
DAY = dt.date(2026, 11, 2)
INVOICE = Reference("R-2026-0031", DocumentKind.INVOICE, DAY)
_TERMS = """1. Geltung
Für alle Aufträge gelten diese Bedingungen, soweit nichts anderes schriftlich vereinbart ist.

2. Lieferung
Wir liefern frei Bordsteinkante, nach Absprache bis ins Schlafzimmer. Teillieferungen sagen wir vorher an.

3. Zahlung
Die Anzahlung ist mit dem Auftrag fällig, der Rest bei Lieferung.

4. Eigentum
Die Ware bleibt bis zur vollständigen Zahlung unser Eigentum."""


def kinds(job: Document) -> dict[str, tuple[Document, Letterhead, str]]:
    """Name → document, letterhead and language; `job` is an invoice whose lines and people are used."""
    plain, language = Letterhead(), job.language
    first = replace(
        job, kind=DocumentKind.DEPOSIT_INVOICE, number="R-2026-0028", date=DAY, delivery_date=None,
        lines=(Line(text="Anzahlung 30 % zu AB-2026-0012", unit_price=D("88.67")),),
    )  # fmt: skip
    second = replace(first, number="R-2026-0030", lines=(Line(text="Zweiter Abschlag", unit_price=D("50")),))
    topper = Line(
        text="Topper 90 × 200 cm", description="Gelschaum", unit_price=D("189.00"), option=LineOption.OPTIONAL
    )
    other = Line(
        text="Rollmatratze Premium", unit_price=D("171.50"), quantity=D(2), option=LineOption.ALTERNATIVE
    )
    bills = (
        OpenBill(INVOICE, DAY + dt.timedelta(14), Money(295_55), Money(275_55)),
        OpenBill(replace(INVOICE, number="R-2026-0034"), DAY + dt.timedelta(20), Money(49_49), Money(49_49)),
    )

    def of(kind: DocumentKind, number: str, **changes: object) -> tuple[Document, Letterhead, str]:
        return replace(job, kind=kind, number=number, **changes), plain, language  # type: ignore[arg-type]

    signed = of(
        DocumentKind.ORDER_CONFIRMATION, "AB-2026-0012", due=None, sale=Sale(to_sign=True, custom_made=True)
    )
    return {
        "40-quote-with-options": of(DocumentKind.QUOTE, "A-2026-0021", lines=(*job.lines, topper, other)),
        "41-order-to-sign": (signed[0], plain.with_terms("de", _TERMS), language),
        "42-order-paid-in-advance": of(DocumentKind.ORDER_CONFIRMATION, "AB-2026-0013", prepay=True),
        "43-delivery-note": of(DocumentKind.DELIVERY_NOTE, "L-2026-0008", due=None),
        "44-deposit-invoice": (first, plain, language),
        "45-final-invoice": of(
            DocumentKind.FINAL_INVOICE, "R-2026-0035", deposits=(deducted(first), deducted(second)),
            refers_to=(first.as_reference(), second.as_reference()),
        ),
        "46-correction": of(
            DocumentKind.CREDIT_NOTE, "R-2026-0036", due=None, refers_to=(INVOICE,), reason="Kratzer im Bezug",
            lines=(Line(text="Nachlass Bezug", unit_price=D(20)),),
        ),
        "47-cancellation": of(
            DocumentKind.CANCELLATION, "R-2026-0037", due=None, refers_to=(INVOICE,), reason="Falscher Kunde"
        ),
        "48-reminder": of(
            DocumentKind.PAYMENT_REMINDER, "M-2026-0003", lines=(), delivery_date=None, reminder=Reminder(2, bills),
            refers_to=tuple(bill.reference for bill in bills),
        ),
        "49-work-at-the-house": of(
            DocumentKind.INVOICE, "R-2026-0038", sale=Sale(building_work=True),
            lines=(*job.lines, Line(LineKind.SERVICE, "Aufbau und Entsorgung", unit_price=D("59.50"))),
        ),
    }  # fmt: skip
