"""What is fuzzed: everything that reads bytes of strangers or of people's fingers.

A reader gives a value or raises a ShopError; anything else is a finding. What it gives back here is the *kind* of the
outcome: an input whose kind is new is worth mutating further.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from shopdesk.domain.documents import Prices
from shopdesk.domain.errors import ShopError

WORDS = Path(__file__).parent / "words"
TODAY = dt.date(2026, 11, 23)
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Reader:
    """`native` says that the library behind it may give up: then a worker process ends, and never the program."""

    read: Callable[[bytes], str]
    native: bool = False


def table(data: bytes) -> str:
    """A list from outside, down to customers, articles and old invoices."""
    from shopdesk.domain.imports import columns
    from shopdesk.domain.imports.values import ImportKind
    from shopdesk.intake.tables import reading

    file = reading.read(data)
    kinds = [f"{file.form} {file.encoding} {file.separator} {len(file.columns)}"]
    kinds += sorted({bad.reason.id for bad in file.refused})
    mappings = [columns.guess(file)]
    if not file.columns:
        mappings += [columns.guess(file, kind) for kind in ImportKind]
    for mapping in mappings:
        read = _row_reader(mapping.kind.value, mapping.fields)
        for row in islice(columns.data_rows(file, mapping), _MOST_ROWS):
            kinds.append(_kind(partial(_read_shape, read), row.cells))
    return "|".join(dict.fromkeys(kinds))


def _row_reader(kind: str, fields: tuple[str, ...]) -> Callable[[tuple[str, ...]], object]:
    if kind == "articles":
        from shopdesk.domain.imports.article_rows import ArticleReader

        return ArticleReader(fields, Prices.GROSS).read
    if kind == "old_invoices":
        from shopdesk.domain.imports.invoice_rows import InvoiceReader

        return InvoiceReader(fields, "EUR").read
    from shopdesk.domain.imports.customer_rows import CustomerReader

    return CustomerReader(fields, "DE", _countries()).read


def _shape(value: object) -> str:
    slots = getattr(type(value), "__slots__", ())
    return type(value).__name__ + "".join(str(int(bool(getattr(value, name)))) for name in slots)


def _kind(read: Callable[[Any], str], given: Any) -> str:
    try:
        return read(given)
    except ShopError as error:
        return f"{type(error).__name__} {error.code} {error.field[:30]} {error.message.id}"


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from shopdesk.i18n import country_codes

    return dict(country_codes())


def e_invoice(data: bytes) -> str:
    """An invoice that came in."""
    from shopdesk.intake.einvoice import reading

    return _shape(reading.read(data))


def calls(data: bytes) -> str:
    """What a telephone says over the network, in pieces of any length."""
    from shopdesk.domain.phone_calls import CallBook, parse_line
    from shopdesk.outside.call_monitor import LineReader

    lines, book, kinds = LineReader(), CallBook(), set()
    for piece in _pieces(data):
        for line in lines.feed(piece):
            event = parse_line(line)
            call = book.follow(event) if event is not None else None
            kinds.add(f"{event and event.kind.value}{_shape(event)}{call and call.state.value}")
    return "|".join(sorted(kinds))


def _pieces(data: bytes) -> Iterator[bytes]:
    size = 1 + len(data) % 97
    return (data[at : at + size] for at in range(0, len(data), size))


def typed(data: bytes) -> str:
    """Whatever is typed or pasted into a field."""
    from shopdesk.domain import links, measures, phones, search, typing

    text = data.decode("utf-8", "replace")
    contact = typing.parse_contact(text, _countries(), area_code="0551")
    catalogue: list[typing.CatalogueName] = []
    readers: tuple[Callable[[str], object], ...] = (
        lambda it: phones.parse_phones(it, "DE", "0551"),
        lambda it: phones.parse_phones(it, "BG"),
        phones.looks_like_phone,
        phones.typed_digits,
        search.hint_of,
        links.link_of,
        lambda it: typing.parse_date(it, TODAY),
        lambda it: typing.parse_due(it, TODAY, TODAY),
        typing.parse_amount,
        typing.parse_line_cell,
        typing.parse_person,
        typing.find_size,
        lambda it: typing.parse_wishes(it, catalogue, _countries()),
        measures.parse_weight,
        measures.parse_size,
    )
    kinds = [_shape(contact)]
    kinds += [_kind(partial(_read_shape, read), text) for read in readers]
    return "|".join(kinds)


def _read_shape(read: Callable[[Any], object], given: Any) -> str:
    return _shape(read(given))


def order(data: bytes) -> str:
    """An order file (JSON)."""
    from shopdesk.usecases import order_file

    return _shape(order_file.read(data))


def outlook_file(data: bytes) -> str:
    """An Outlook file that somebody drops on the window."""
    from shopdesk.intake.mails import outlook, reading

    mail = reading.read(outlook.converted(data))
    return f"{_shape(mail)} {len(mail.attachments)} {bool(mail.text)}"


def words_of(name: str) -> tuple[bytes, ...]:
    """What is worth putting in anywhere: a line of words/ is one in brackets, other bytes are written as \\x00."""
    lines = (WORDS / f"{name}.txt").read_text("ascii").splitlines()
    return tuple(line[1:-1].encode().decode("unicode_escape").encode("latin-1") for line in lines)


READERS: dict[str, Reader] = {
    "csv": Reader(table),
    "xlsx": Reader(table, native=True),
    "vcard": Reader(table),
    "einvoice-xml": Reader(e_invoice),
    "einvoice-pdf": Reader(e_invoice, native=True),
    "calls": Reader(calls),
    "typed": Reader(typed),
    "order": Reader(order),
    "msg": Reader(outlook_file),
}
