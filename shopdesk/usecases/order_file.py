"""Reading the order file (contracts/ORDER.md): strict JSON in, frozen values out.

Everything that exit code 2 stands for is found here: unknown fields, wrong JSON types, text that is no decimal or date,
values outside the printed lists. Rules of the shop (exit 3) are checked later.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import (
    CashDiscount,
    Discount,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Means,
    Prepayment,
    Prices,
    TaxCase,
)
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.usecases.strict_json import Fields, parse_json

_DAYS = re.compile(r"\+([0-9]{1,4})")
_LINE_CASES = frozenset({TaxCase.MARGIN_SCHEME, TaxCase.EXEMPT})
MAX_KEY = 64


@dataclass(frozen=True, slots=True)
class Order:
    """An order as read. `customer_number` names an existing customer; `due_days` is the +N form."""

    kind: DocumentKind
    request_key: str = ""
    refers_to: tuple[str, ...] = ()
    customer: Customer | None = None
    customer_number: str = ""
    date: dt.date | None = None
    delivery_date: dt.date | None = None
    service_period: tuple[dt.date, dt.date] | None = None
    due: dt.date | None = None
    due_days: int | None = None
    fulfilment: Fulfilment = Fulfilment.SHIP
    prices: Prices | None = None
    tax_case: TaxCase = TaxCase.AUTO
    tax_note: str = ""
    currency: str = ""
    lines: tuple[Line, ...] = ()
    discount: Discount | None = None
    cash_discount: CashDiscount | None = None
    prepaid: tuple[Prepayment, ...] = ()
    intro: str | None = None
    closing: str | None = None
    level: int | None = None


def read(data: bytes) -> Order:
    """The order in the bytes of a file; raises Unreadable with the field it stumbled over."""
    raw = parse_json(data)
    fields = Fields(raw, "")
    kind = fields.choice("kind", DocumentKind, None)
    customer_number, customer = _customer(fields)
    due, due_days = _due(fields)
    order = Order(
        kind=kind,
        request_key=_request_key(fields),
        refers_to=_refers_to(fields),
        customer=customer,
        customer_number=customer_number,
        date=fields.date("date"),
        delivery_date=fields.date("delivery_date"),
        service_period=_period(fields),
        due=due,
        due_days=due_days,
        fulfilment=fields.choice("fulfilment", Fulfilment, Fulfilment.SHIP),
        prices=fields.choice("prices", Prices, None) if fields.has("prices") else None,
        tax_case=fields.choice("tax_case", TaxCase, TaxCase.AUTO),
        tax_note=fields.text("tax_note"),
        currency=fields.text("currency"),
        lines=tuple(_line(entry) for entry in fields.objects("lines")),
        discount=_discount(fields),
        cash_discount=_cash_discount(fields),
        prepaid=tuple(_prepayment(entry) for entry in fields.objects("prepaid")),
        intro=fields.text("intro") if fields.has("intro") else None,
        closing=fields.text("closing") if fields.has("closing") else None,
        level=fields.whole("level", 1, 3),
    )
    fields.finish()
    return order


def _finished(make: Callable[[Fields], Any], fields: Fields) -> Any:
    value = make(fields)
    fields.finish()
    return value


def _request_key(fields: Fields) -> str:
    key = fields.text("request_key")
    if len(key) > MAX_KEY:
        raise fields.wrong("request_key", N_("“{field}” has more than {n} characters."), n=MAX_KEY)
    return key


def _refers_to(fields: Fields) -> tuple[str, ...]:
    if isinstance(fields.raw("refers_to"), list):  # text or list, as the contract allows
        return fields.texts("refers_to")
    number = fields.text("refers_to")
    return (number,) if number else ()


def _due(fields: Fields) -> tuple[dt.date | None, int | None]:
    if not fields.has("due"):
        return None, None
    text = fields.text("due")
    days = _DAYS.fullmatch(text)
    if days:
        return None, int(days[1])
    if text.startswith("+"):
        raise fields.wrong("due", N_("“{field}” is neither a date nor days such as +7: {value}."), value=text)
    return fields.to_date("due", text), None


def _period(fields: Fields) -> tuple[dt.date, dt.date] | None:
    if isinstance(fields.raw("service_period"), list):  # list or object
        days = fields.texts("service_period")
        if len(days) != 2:
            raise fields.wrong(
                "service_period", N_("“{field}” must be {expected}."), expected=Message(N_("two dates"))
            )
        return fields.to_date("service_period", days[0]), fields.to_date("service_period", days[1])
    inner = fields.object("service_period")
    if inner is None:
        return None
    first, last = _finished(lambda f: (f.date("start"), f.date("end")), inner)
    if first is None or last is None:
        raise fields.wrong(
            "service_period", N_("“{field}” must be {expected}."), expected=Message(N_("two dates"))
        )
    return first, last


def _customer(fields: Fields) -> tuple[str, Customer | None]:
    inner = fields.object("customer")
    if inner is None:
        return "", None
    if inner.has("number"):
        return _finished(lambda f: f.text("number"), inner), None
    return "", _finished(customer_of, inner)


def customer_of(fields: Fields) -> Customer:
    """A customer object of the contract."""
    salutation = fields.choice("salutation", Salutation, Salutation.NONE)
    person = PersonName(
        salutation, fields.text("title"), fields.text("given_name"), fields.text("family_name")
    )
    email = fields.text("email")
    return Customer(
        company=fields.text("company"),
        person=person,
        phones=tuple(Phone(number) for number in fields.texts("phones")),
        emails=(email,) if email else (),
        address=address_of(fields, "address") or Address(),
        delivery_address=address_of(fields, "delivery_address"),
        language=_language(fields),
        vat_id=fields.text("vat_id"),
        buyer_reference=fields.text("buyer_reference"),
    )


def _language(fields: Fields) -> str:
    """The language alone: web shops say de-DE, de_AT or DE."""
    return re.split("[-_]", fields.text("language").strip(), maxsplit=1)[0].lower() or "de"


def address_of(fields: Fields, name: str, country: str = "DE") -> Address | None:
    """An address object of the contract, or None; `country` is that of one which names none."""
    inner = fields.object(name)
    if inner is None:
        return None

    def make(f: Fields) -> Address:
        return Address(f.texts("lines"), f.text("postal_code"), f.text("city"), f.text("country", country))

    return _finished(make, inner)  # type: ignore[no-any-return]


def _line(fields: Fields) -> Line:
    def make(f: Fields) -> Line:
        quantity = f.decimal("quantity")
        return Line(
            kind=f.choice("kind", LineKind, LineKind.GOODS),
            text=f.text("text"),
            description=f.text("description"),
            article_code=f.text("article"),
            quantity=Decimal(1) if quantity is None else quantity,
            unit=f.text("unit", "C62"),
            unit_price=f.decimal("unit_price"),
            discount_percent=f.decimal("discount_percent") or Decimal(0),
            vat_rate=f.decimal("vat_rate"),
            tax_case=_line_case(f),
        )

    return _finished(make, fields)  # type: ignore[no-any-return]


def _line_case(fields: Fields) -> TaxCase | None:
    if not fields.has("tax_case"):
        return None
    case = fields.choice("tax_case", TaxCase, None)
    if case not in _LINE_CASES:
        text = N_("“{field}” is “{value}”; it must be one of: {expected}.")
        raise fields.wrong("tax_case", text, value=case, expected=", ".join(sorted(_LINE_CASES)))
    return case


def _discount(fields: Fields) -> Discount | None:
    inner = fields.object("discount")
    if inner is None:
        return None
    return _finished(  # type: ignore[no-any-return]
        lambda f: Discount(f.decimal("percent"), f.decimal("amount"), f.text("reason")), inner
    )


def _cash_discount(fields: Fields) -> CashDiscount | None:
    inner = fields.object("cash_discount")
    if inner is None:
        return None

    def make(f: Fields) -> CashDiscount:
        percent, days = f.decimal("percent"), f.whole("days", 0, 365)
        if percent is None or days is None:
            missing = "percent" if percent is None else "days"
            raise f.wrong(missing, N_("“{field}” is missing."))
        return CashDiscount(percent, days)

    return _finished(make, inner)  # type: ignore[no-any-return]


def _prepayment(fields: Fields) -> Prepayment:
    def make(f: Fields) -> Prepayment:
        amount = f.decimal("amount")
        if amount is None:
            raise f.wrong("amount", N_("“{field}” is missing."))
        return Prepayment(amount, f.choice("means", Means, None), f.date("date"), f.text("reference"))

    return _finished(make, fields)  # type: ignore[no-any-return]
