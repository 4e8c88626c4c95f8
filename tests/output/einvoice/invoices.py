"""Invoices of every tax case, and baskets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D

from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import (
    CashDiscount,
    Discount,
    Document,
    Fulfilment,
    Line,
    LineKind,
    Means,
    Prepayment,
    Prices,
    Recipient,
    Reference,
    TaxCase,
)
from tools.paper_samples import BASE, COMPANY, IVANOVA, LOCAL, SELLER

HOTEL = Recipient(
    company="Hotel Harzblick GmbH & Co. <KG>",
    person=IVANOVA.person,
    address=Address(("Am Rohn 22", "Gebäude B", "Hof", "Tor 2"), "38700", "Braunlage"),
    vat_id="DE136695976",
    email="einkauf@harzblick.example",
    buyer_reference="Bestellung 2026/118",
    customer_number="K-0203",
)
SOFIA = replace(
    HOTEL, company="Сън ООД", vat_id="BG175074752", address=Address(("ul. 5",), "1000", "Sofia", "BG")
)
ZURICH = replace(HOTEL, vat_id="", address=Address(("Seeweg 1",), "8001", "Zürich", "CH"))
PRISTINA = replace(LOCAL, address=Address(("Rruga 1",), "10000", "Prishtina", "XK"))
SMALL = replace(SELLER, small_business=True, vat_id="")
GOODS = (
    Line(text="Rollmatratze & Co. <weich>", description="Sondermaß", quantity=D(2), unit_price=D("123.03")),
    Line(text="Kissen", quantity=D(3), unit_price=D("9.99"), article_code="KI-1"),
)
BOOK = Line(text="Buch", quantity=D(7), unit_price=D("4.33"), vat_rate=D(7))
CASES: dict[str, Document] = {
    "domestic": BASE,
    "domestic business": replace(BASE, recipient=HOTEL, seller=COMPANY, refers_to=(Reference("A-2026-0007"),)),
    "photovoltaics": replace(BASE, lines=(replace(GOODS[0], vat_rate=D(0)),)),
    "mixed rates": replace(BASE, recipient=LOCAL, lines=(*GOODS, BOOK)),
    "three rates": replace(BASE, lines=(*GOODS, BOOK, replace(BOOK, vat_rate=D(0)))),
    "small business": replace(BASE, seller=SMALL, tax_case=TaxCase.SMALL_BUSINESS),
    "small business, en": replace(
        BASE, seller=replace(SMALL, vat_id="DE123456788"), tax_case=TaxCase.SMALL_BUSINESS,
        recipient=replace(IVANOVA, language="en"),
    ),
    "reverse charge": replace(
        BASE, recipient=SOFIA, tax_case=TaxCase.REVERSE_CHARGE, fulfilment=Fulfilment.SERVICE, delivery_date=None,
        service_period=(dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    ),
    "intra-community": replace(BASE, recipient=replace(SOFIA, language="bg"), tax_case=TaxCase.INTRA_COMMUNITY),
    "intra-community in a month": replace(
        BASE, recipient=SOFIA, tax_case=TaxCase.INTRA_COMMUNITY, delivery_date=None, delivery_month="2026-11"
    ),
    "export": replace(BASE, recipient=ZURICH, tax_case=TaxCase.EXPORT),
    "export to Kosovo": replace(BASE, recipient=PRISTINA, tax_case=TaxCase.EXPORT),
    "oss": replace(BASE, tax_case=TaxCase.OSS, default_rate=D(20)),
    "margin scheme": replace(BASE, recipient=LOCAL, tax_case=TaxCase.MARGIN_SCHEME),
    "margin scheme and taxed": replace(
        BASE, recipient=LOCAL, lines=(*GOODS, replace(GOODS[0], tax_case=TaxCase.MARGIN_SCHEME))
    ),
    "margin scheme and exempt": replace(
        BASE, recipient=LOCAL, tax_case=TaxCase.MARGIN_SCHEME, tax_note="§ 4 Nr. 14 UStG",
        lines=(*GOODS, replace(GOODS[0], tax_case=TaxCase.EXEMPT)),
    ),
    "exempt": replace(BASE, recipient=HOTEL, tax_case=TaxCase.EXEMPT, tax_note="Umsatzsteuerfrei, § 4 Nr. 14"),
    "voucher": replace(BASE, lines=(Line(LineKind.VOUCHER, "Gutschein", unit_price=D(50)),)),
    "francs": replace(BASE, recipient=ZURICH, tax_case=TaxCase.EXPORT, currency="CHF"),
    "yen": replace(BASE, recipient=ZURICH, tax_case=TaxCase.EXPORT, currency="JPY"),
    "pickup without a date": replace(
        BASE, recipient=LOCAL, fulfilment=Fulfilment.PICKUP, delivery_date=None
    ),
    "no bank": replace(BASE, seller=replace(SELLER, iban="", bic="")),
    "nothing but a name": replace(
        BASE, recipient=Recipient(company="X"), lines=(Line(text="Kissen", unit_price=D(9)),)
    ),
}  # fmt: skip
CASES = {
    name: value if value.lines != BASE.lines else replace(value, lines=GOODS) for name, value in CASES.items()
}

PARCEL = (
    Line(LineKind.POSTAGE, "Porto", unit_price=D("5.99")),
    Line(LineKind.PACKAGING, "Verpackung", quantity=D("1.5"), unit_price=D("2.31"), discount_percent=D(10)),
)
FREE = Line(text="Molton auf Kosten des Hauses", unit_price=D("24.90"), discount_percent=D(100))
FREE_PARCEL = Line(LineKind.POSTAGE, "Porto geschenkt", unit_price=D("9.99"), discount_percent=D(100))


def _reduced(value: Document) -> Document:
    return replace(value, lines=tuple(replace(line, discount_percent=D("12.5")) for line in value.lines))


def _with(value: Document, *lines: Line) -> Document:
    if any(line.kind == LineKind.VOUCHER for line in value.lines):
        return value  # stands alone
    return replace(value, lines=(*value.lines, *lines))


def variants(value: Document) -> dict[str, Document]:
    """The case with everything that can stand around it, each pair of things at least once."""
    notes = (Line(LineKind.NOTE, "Hinweis: 1 < 2 & 3"), Line(LineKind.SUBTOTAL))
    thanks = Line(LineKind.DISCOUNT, "Entschuldigung", unit_price=D("7.50"))
    percent, amount = Discount(percent=D(3), reason="Mengenrabatt"), Discount(amount=D(5))
    skonto = CashDiscount(D(2), 7)
    paid = (Prepayment(D(20), Means.CARD, dt.date(2026, 11, 23), "Beleg 4711"),)
    voucher = (*paid, Prepayment(D(5), Means.VOUCHER, None, "GS-8Q2"))
    found = {
        "plain": value,
        "parcel": _with(value, *PARCEL),
        "parcel, percent, skonto": replace(_with(value, *PARCEL), discount=percent, cash_discount=skonto),
        "lines reduced, amount, free": replace(_with(_reduced(value), FREE), discount=amount),
        "free parcel, thanks": _with(value, *PARCEL, FREE_PARCEL, thanks, *notes),
        "lines reduced, percent, thanks": replace(_with(_reduced(value), *PARCEL, thanks), discount=percent),
        "in advance": replace(
            _with(value, FREE, *notes), prepay=True, intro="Wie besprochen\x0b:", closing=""
        ),
    }
    if value.lines[0].quantity * value.lines[0].unit_price > 30:  # type: ignore[operator]
        found["paid"] = replace(_with(value, *PARCEL), prepaid=paid, cash_discount=skonto)
        found["paid, amount"] = replace(value, prepaid=voucher, discount=amount)
    return found


quantities = st.decimals("0.001", 99, places=3) | st.sampled_from([D(1), D(2), D(3), D(1000), D("1E+2")])
goods = st.builds(
    Line,
    kind=st.sampled_from([LineKind.GOODS, LineKind.SERVICE]),
    text=st.text(min_size=1).map(lambda text: f"x{text}"),
    quantity=quantities | st.just(D("99999.999")),
    unit=st.sampled_from(["C62", "HUR", "MTR"]),
    unit_price=st.decimals(0, 5000, places=2) | st.decimals(0, 10, places=6),
    discount_percent=st.sampled_from([D(0), D(0), D(10), D("33.3"), D(100)]),
    vat_rate=st.sampled_from([D(19), D(7), D(0)]),
    tax_case=st.sampled_from([None, None, None, TaxCase.MARGIN_SCHEME]),
).map(lambda line: replace(line, vat_rate=None) if line.tax_case else line)
ancillary = st.builds(
    Line,
    kind=st.sampled_from([LineKind.POSTAGE, LineKind.PACKAGING, LineKind.DISCOUNT]),
    text=st.just("p"),
    quantity=quantities,
    unit_price=st.decimals(0, 50, places=2),
    discount_percent=st.sampled_from([D(0), D(0), D(50), D(100)]),
)
discounts = st.none() | st.builds(Discount, percent=st.sampled_from([D(3), D("12.5"), D(50), D(99)]))
baskets = st.builds(
    lambda lines, more, **values: replace(BASE, recipient=HOTEL, lines=(*lines, *more), **values),
    st.lists(goods, min_size=1, max_size=6),
    st.lists(ancillary, max_size=3),
    prices=st.sampled_from(Prices),
    discount=discounts,
)
