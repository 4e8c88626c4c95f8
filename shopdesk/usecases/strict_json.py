"""Reading JSON strictly: what nobody asked for, has another type or is no decimal is refused (exit 2)."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

Choice = TypeVar("Choice", bound=StrEnum)

# ASCII figures only: \d and Decimal would read other scripts' figures, too. What is too large is a rule's no, not this
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # no database and no paper takes these
MAX_BYTES = 2_000_000


class Unreadable(ShopError):
    """Exit 2: the file is not what the contract describes."""

    code = "unreadable"


def parse_json(data: bytes) -> Mapping[str, Any]:
    """A JSON object; twice the same name, NaN and anything else than an object are refused."""
    if len(data) > MAX_BYTES:
        raise Unreadable(Message(N_("The file is larger than 2 MB; an order is not.")))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Message(N_("The file is not UTF-8 text."))) from None
    try:
        raw = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of figures
        where = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "…"
        text_ = N_("This is not JSON: it breaks off at {where}.")
        raise Unreadable(Message(text_, {"where": where})) from None
    if not isinstance(raw, dict):
        raise Unreadable(Message(N_("The file holds no JSON object.")))
    return raw


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            text = N_("“{field}” stands there twice.")
            raise Unreadable(Message(text, {"field": name}), field=name)
        values[name] = value
    return values


def _no_constant(name: str) -> None:
    raise Unreadable(Message(N_("{value} is no JSON value."), {"value": name}))


class Fields:
    """One JSON object, read field by field; `finish` refuses what nobody asked for."""

    def __init__(self, raw: Mapping[str, Any], path: str) -> None:
        self._raw = raw
        self._path = path
        self._read: set[str] = set()

    def at(self, name: str) -> str:
        """The full name of a field: lines[1].unit_price."""
        return f"{self._path}{name}"

    def wrong(self, name: str, text: str, **values: object) -> Unreadable:
        """The error for a field."""
        return Unreadable(Message(text, {"field": self.at(name), **values}), field=self.at(name))

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
            raise self.wrong(name, N_("“{field}” must be {expected}."), expected=Message(expected))
        if isinstance(value, str):
            self._refuse_no_text(name, value)
        return value

    def _refuse_no_text(self, name: str, value: str) -> None:
        if _NO_TEXT.search(value):
            raise self.wrong(name, N_("“{field}” holds a character that no text has."))

    def text(self, name: str, default: str = "") -> str:
        """A text; missing or null gives the default."""
        value = self._typed(name, str, N_("text"))
        return default if value is None else str(value)

    def boolean(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self._typed(name, bool, N_("true or false"))
        return default if value is None else bool(value)

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole JSON number in a range."""
        value: int | None = self._typed(name, int, N_("a whole number"))
        if value is not None and not least <= value <= most:
            raise self.wrong(
                name, N_("“{field}” must lie between {least} and {most}."), least=least, most=most
            )
        return value

    def decimal(self, name: str) -> Decimal | None:
        """Decimal text; never a JSON number, which may have lost digits already."""
        value = self._typed(name, str, N_('decimal text such as "12.50"'))
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
        value = self._typed(name, str, N_("text"))
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
        value = self._typed(name, dict, N_("an object"))
        return None if value is None else Fields(value, f"{self.at(name)}.")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._typed(name, list, N_("a list")) or []
        for i, entry in enumerate(value):
            if not isinstance(entry, str):
                raise self.wrong(
                    f"{name}[{i}]", N_("“{field}” must be {expected}."), expected=Message(N_("text"))
                )
            self._refuse_no_text(f"{name}[{i}]", entry)
        return tuple(value)

    def objects(self, name: str) -> list[Fields]:
        """A list of objects."""
        value = self._typed(name, list, N_("a list")) or []
        for i, entry in enumerate(value):
            if not isinstance(entry, dict):
                raise self.wrong(
                    f"{name}[{i}]", N_("“{field}” must be {expected}."), expected=Message(N_("an object"))
                )
        return [Fields(entry, f"{self.at(name)}[{i}].") for i, entry in enumerate(value)]

    def finish(self) -> None:
        """Refuse unknown fields: a misspelled one must not be lost silently."""
        for name in self._raw:
            if name not in self._read:
                raise self.wrong(name, N_("“{field}” is not a field of this file."))
