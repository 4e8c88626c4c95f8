"""Reading the order file (contracts/ORDER.md): strict JSON in, frozen values out.

Everything that exit code 2 stands for is found here: unknown fields, wrong JSON types, text that is no decimal or date,
values outside the printed lists. Rules of the shop (exit 3) are checked later.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

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
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import PersonName, Salutation

Choice = TypeVar("Choice", bound=StrEnum)

# ASCII figures only: \d and Decimal would read other scripts' figures, too. What is too large is a rule's no, not this
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_DAYS = re.compile(r"\+([0-9]{1,4})")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # no database and no paper takes these
_LINE_CASES = frozenset({TaxCase.MARGIN_SCHEME, TaxCase.EXEMPT})
MAX_BYTES = 2_000_000
MAX_KEY = 64


class OrderUnreadable(ShopError):
    """Exit 2: the file is not what the contract describes."""

    code = "unreadable"


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
    """The order in the bytes of a file; raises OrderUnreadable with the field it stumbled over."""
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


def parse_json(data: bytes) -> Mapping[str, Any]:
    """A JSON object; twice the same name, NaN and anything else than an object are refused."""
    if len(data) > MAX_BYTES:
        raise OrderUnreadable(Message(N_("The file is larger than 2 MB; an order is not.")))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OrderUnreadable(Message(N_("The file is not UTF-8 text."))) from None
    try:
        raw = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of figures
        where = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "…"
        text_ = N_("This is not JSON: it breaks off at {where}.")
        raise OrderUnreadable(Message(text_, {"where": where})) from None
    if not isinstance(raw, dict):
        raise OrderUnreadable(Message(N_("The file holds no JSON object.")))
    return raw


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            text = N_("“{field}” stands there twice.")
            raise OrderUnreadable(Message(text, {"field": name}), field=name)
        values[name] = value
    return values


def _no_constant(name: str) -> None:
    raise OrderUnreadable(Message(N_("{value} is no JSON value."), {"value": name}))


class Fields:
    """One JSON object, read field by field; `finish` refuses what nobody asked for."""

    def __init__(self, raw: Mapping[str, Any], path: str) -> None:
        self._raw = raw
        self._path = path
        self._read: set[str] = set()

    def at(self, name: str) -> str:
        """The full name of a field: lines[1].unit_price."""
        return f"{self._path}{name}"

    def wrong(self, name: str, text: str, **values: object) -> OrderUnreadable:
        """The error for a field."""
        return OrderUnreadable(Message(text, {"field": self.at(name), **values}), field=self.at(name))

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        self._read.add(name)
        return self._raw.get(name) is not None

    def raw(self, name: str) -> Any:
        """The JSON value as it stands, for a field that may have several types."""
        self._read.add(name)
        return self._raw.get(name)

    def _typed(self, name: str, kind: type, expected: str) -> Any:
        self._read.add(name)
        value = self._raw.get(name)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.wrong(name, N_("“{field}” must be {expected}."), expected=expected)
        if isinstance(value, str):
            self._refuse_no_text(name, value)
        return value

    def _refuse_no_text(self, name: str, value: str) -> None:
        if _NO_TEXT.search(value):
            raise self.wrong(name, N_("“{field}” holds a character that no text has."))

    def text(self, name: str, default: str = "") -> str:
        """A text; missing or null gives the default."""
        value = self._typed(name, str, "text")
        return default if value is None else str(value)

    def boolean(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self._typed(name, bool, "true or false")
        return default if value is None else bool(value)

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole JSON number in a range."""
        value: int | None = self._typed(name, int, "a whole number")
        if value is not None and not least <= value <= most:
            raise self.wrong(
                name, N_("“{field}” must lie between {least} and {most}."), least=least, most=most
            )
        return value

    def decimal(self, name: str) -> Decimal | None:
        """Decimal text; never a JSON number, which may have lost digits already."""
        value = self._typed(name, str, 'decimal text such as "12.50"')
        if value is None:
            return None
        if not _DECIMAL.fullmatch(value):
            raise self.wrong(
                name, N_("“{field}” is no decimal number: {value}. It looks like 12.50."), value=value
            )
        return Decimal(value)

    def date(self, name: str) -> dt.date | None:
        """An ISO date; missing or null gives None."""
        return self.to_date(name, self.text(name)) if self.has(name) else None

    def to_date(self, name: str, value: str) -> dt.date:
        """The ISO date in a text."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                pass
        raise self.wrong(name, N_("“{field}” is no date: {value}. It looks like 2026-11-23."), value=value)

    def choice(self, name: str, kind: type[Choice], default: Choice | None) -> Choice:
        """One of a printed list."""
        value = self._typed(name, str, "text")
        if value is None and default is not None:
            return default
        if value is None:
            raise self.wrong(name, N_("“{field}” is missing."))
        try:
            return kind(value)
        except ValueError:
            expected = ", ".join(kind)
            text = N_("“{field}” is “{value}”; it must be one of: {expected}.")
            raise self.wrong(name, text, value=value, expected=expected) from None

    def object(self, name: str) -> Fields | None:
        """An object inside."""
        value = self._typed(name, dict, "an object")
        return None if value is None else Fields(value, f"{self.at(name)}.")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._typed(name, list, "a list") or []
        for i, entry in enumerate(value):
            if not isinstance(entry, str):
                raise self.wrong(f"{name}[{i}]", N_("“{field}” must be {expected}."), expected="text")
            self._refuse_no_text(f"{name}[{i}]", entry)
        return tuple(value)

    def objects(self, name: str) -> list[Fields]:
        """A list of objects."""
        value = self._typed(name, list, "a list") or []
        for i, entry in enumerate(value):
            if not isinstance(entry, dict):
                raise self.wrong(f"{name}[{i}]", N_("“{field}” must be {expected}."), expected="an object")
        return [Fields(entry, f"{self.at(name)}[{i}].") for i, entry in enumerate(value)]

    def finish(self) -> None:
        """Refuse unknown fields: a misspelled one must not be lost silently."""
        for name in self._raw:
            if name not in self._read:
                raise self.wrong(name, N_("“{field}” is not a field of the order file."))


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
            raise fields.wrong("service_period", N_("“{field}” must be {expected}."), expected="two dates")
        return fields.to_date("service_period", days[0]), fields.to_date("service_period", days[1])
    inner = fields.object("service_period")
    if inner is None:
        return None
    first, last = _finished(lambda f: (f.date("start"), f.date("end")), inner)
    if first is None or last is None:
        raise fields.wrong("service_period", N_("“{field}” must be {expected}."), expected="two dates")
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
        language=fields.text("language", "de"),
        vat_id=fields.text("vat_id"),
        buyer_reference=fields.text("buyer_reference"),
    )


def address_of(fields: Fields, name: str) -> Address | None:
    """An address object of the contract, or None."""
    inner = fields.object(name)
    if inner is None:
        return None

    def make(f: Fields) -> Address:
        return Address(f.texts("lines"), f.text("postal_code"), f.text("city"), f.text("country", "DE"))

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
