"""vCard 2.1, 3.0 and 4.0 as phones and mail programs write them (RFC 2426, RFC 6350, versit 2.1).

Line by line and without looking back: no file can make it slow. What a customer's card has no place for (photos, keys,
sounds) is never decoded.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from shopdesk.domain.imports.fields import BETWEEN_VALUES, CustomerField
from shopdesk.domain.imports.values import BadRow, ReadRow
from shopdesk.domain.messages import N_, Message
from shopdesk.intake.tables.separated import UNREADABLE_LETTERS

F = CustomerField
COLUMNS: tuple[str, ...] = tuple(
    one.value
    for one in (
        F.DISPLAY_NAME, F.SALUTATION, F.TITLE, F.GIVEN_NAME, F.MIDDLE_NAME, F.FAMILY_NAME, F.COMPANY, F.EMAIL, F.MOBILE,
        F.PHONE_WORK, F.PHONE_HOME, F.FAX, F.PHONE, F.WORK_STREET, F.WORK_CITY, F.WORK_STATE, F.WORK_POSTAL_CODE,
        F.WORK_COUNTRY, F.HOME_STREET, F.HOME_CITY, F.HOME_STATE, F.HOME_POSTAL_CODE, F.HOME_COUNTRY, F.STREET,
        F.CITY, F.STATE, F.POSTAL_CODE, F.COUNTRY, F.DELIVERY_STREET, F.DELIVERY_CITY, F.DELIVERY_STATE,
        F.DELIVERY_POSTAL_CODE, F.DELIVERY_COUNTRY, F.NOTE, F.LANGUAGE, F.BIRTHDAY, F.TAGS,
    )
)  # fmt: skip
MOST_LINES_OF_A_CARD = 20_000
LONGEST_VALUE = 20_000

_BEGIN = re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE)
_END = re.compile(r"^[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE)
_FIRST = re.compile(r"^\s*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_QUOTED = re.compile(r"QUOTED-PRINTABLE", re.IGNORECASE)
_SKIPPED = frozenset("PHOTO LOGO SOUND KEY AGENT X-MS-CARDPICTURE X-MS-OL-DESIGN".split())
_ESCAPED = re.compile(r"\\(.)")
_PLACES = {"DELIVERY": "delivery", "WORK": "work", "HOME": "home"}
_GENDERS = {"M": "Herr", "F": "Frau"}
_TEL_EXTENSION = re.compile(r";ext=([0-9]{1,5})", re.IGNORECASE)
_ADDRESS_PARTS = ("", "", "street", "city", "state", "postal_code", "country")

_NO_END = N_("The card is not finished: its END:VCARD is missing.")
_TOO_LARGE = N_("The card has more than {most} lines.")
_NO_PERSON = N_("This card is a group of others and no person.")


@dataclass(slots=True)
class _Card:
    number: int
    lines: list[str] = field(default_factory=list)
    is_too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    types: frozenset[str]
    value: str


def is_vcard(text: str) -> bool:
    """Whether the text begins like a card."""
    return _FIRST.match(text[:1000].lstrip("\ufeff")) is not None


def read(text: str) -> tuple[list[ReadRow], list[BadRow]]:
    """One row per card, in the order of `COLUMNS`; several values of a column stand behind each other."""
    rows: list[ReadRow] = []
    refused: list[BadRow] = []
    for card, is_finished in _cards(text):
        reason = _wrong(card, is_finished=is_finished)
        cells = () if reason else _cells(card)
        if cells is None:
            reason = Message(_NO_PERSON)
        elif not reason and any("\ufffd" in cell or "\0" in cell for cell in cells):
            reason = Message(UNREADABLE_LETTERS)
        if reason or cells is None:
            assert reason is not None
            refused.append(BadRow(card.number, reason))
        else:
            rows.append(ReadRow(card.number, cells))
    return rows, refused


def _wrong(card: _Card, *, is_finished: bool) -> Message | None:
    if card.is_too_large:
        return Message(_TOO_LARGE, {"most": MOST_LINES_OF_A_CARD})
    return None if is_finished else Message(_NO_END)


def _cards(text: str) -> Iterator[tuple[_Card, bool]]:
    """Each card and whether it is finished; a card within a card (AGENT) belongs to nobody."""
    card: _Card | None = None
    number = depth = 0
    for line in re.split(r"\r\n|\n|\r", text):
        if _BEGIN.match(line):
            # a card that begins where another is open: nested under AGENT:, else the other was cut off
            if card is not None and card.lines and card.lines[-1].upper().startswith("AGENT"):
                depth += 1
                continue
            if card is not None:
                yield card, False
            number, depth = number + 1, 0
            card = _Card(number)
        elif card is None:
            continue
        elif _END.match(line):
            if depth:
                depth -= 1
                continue
            yield card, True
            card = None
        elif not depth:
            _take(card, line)
    if card is not None:
        yield card, False


def _take(card: _Card, line: str) -> None:
    if len(card.lines) >= MOST_LINES_OF_A_CARD:
        card.is_too_large = True
    else:
        card.lines.append(line)


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Logical lines: a blank continues the line before, in quoted-printable a = at its end."""
    parts: list[str] = []
    is_soft = False
    for line in lines:
        if is_soft:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
        else:
            if parts:
                yield "".join(parts)
            parts = [line]
            is_quoted = _QUOTED.search(line.partition(":")[0]) is not None
            is_soft = is_quoted and line.endswith("=")
            continue
        is_soft = is_soft and line.endswith("=")
    if parts:
        yield "".join(parts)


def _properties(card: _Card) -> Iterator[_Property]:
    for line in _unfolded(card.lines):
        head, colon, value = _split(line)
        if not colon:
            continue
        name, *parameters = _cut(head, ";")
        name = name.rpartition(".")[2].strip().upper()
        if name in _SKIPPED:
            continue
        types, charset, is_quoted = _told(parameters)
        value = value[:LONGEST_VALUE]
        if is_quoted:
            value = _decoded(value, charset)
        yield _Property(name, types, value)


def _split(line: str) -> tuple[str, str, str]:
    """At the first colon outside quotation marks."""
    if '"' not in line.partition(":")[0]:
        return line.partition(":")
    is_open = False
    for at, letter in enumerate(line):
        if letter == '"':
            is_open = not is_open
        elif letter == ":" and not is_open:
            return line[:at], ":", line[at + 1 :]
    return line.partition(":")


def _told(parameters: list[str]) -> tuple[frozenset[str], str, bool]:
    types: set[str] = set()
    charset, is_quoted = "utf-8", False
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        name = name.strip().upper()
        if not equals:
            is_quoted = is_quoted or name == "QUOTED-PRINTABLE"
            types.add(name)
        elif name == "TYPE":
            types |= {one.strip().upper() for one in value.strip('"').split(",")}
        elif name == "CHARSET":
            charset = value.strip()
        elif name == "ENCODING":
            is_quoted = is_quoted or value.strip().upper() == "QUOTED-PRINTABLE"
    return frozenset(types), charset, is_quoted


def _decoded(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _cut(text: str, separator: str) -> list[str]:
    """Parts between separators that no backslash and no quotation mark protects."""
    if "\\" not in text and '"' not in text:
        return text.split(separator)
    parts, now, is_open, is_escaped = [], "", False, False
    for letter in text:
        if is_escaped:
            now, is_escaped = now + letter, False
        elif letter == "\\":
            now, is_escaped = now + letter, True
        elif letter == separator and not is_open:
            parts.append(now)
            now = ""
        else:
            is_open = is_open != (letter == '"' and separator == ";" and ":" not in text)
            now += letter
    return [*parts, now]


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in _cut(value, ";")]


class _Cells:
    """The values of one card, column by column."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, column: str, value: str) -> None:
        """One value more; the same one counts once."""
        values = self.found.setdefault(column, [])
        if value and value not in values:
            values.append(value)

    def first(self, column: str, value: str) -> None:
        """Only where nothing stands yet."""
        if value and not self.found.get(column):
            self.found[column] = [value]


def _cells(card: _Card) -> tuple[str, ...] | None:
    cells = _Cells()
    for one in _properties(card):
        if one.name == "KIND" and one.value.strip().lower() == "group":
            return None
        if one.name in _READERS:
            _READERS[one.name](cells, one)
    return tuple(BETWEEN_VALUES.join(cells.found.get(column, ())) for column in COLUMNS)


def _name(cells: _Cells, one: _Property) -> None:
    parts = [*_parts(one.value), "", "", "", ""]
    columns = (F.FAMILY_NAME, F.GIVEN_NAME, F.MIDDLE_NAME, F.TITLE)
    for column, part in zip(columns, parts, strict=False):
        cells.first(column, part.replace("\n", " "))


def _company(cells: _Cells, one: _Property) -> None:
    cells.first(F.COMPANY, _parts(one.value)[0])


def _phone(cells: _Cells, one: _Property) -> None:
    number = _plain(one.value)
    if number.lower().startswith("tel:"):
        extension = _TEL_EXTENSION.search(number)
        number = number[4:].partition(";")[0] + (f" ext {extension[1]}" if extension else "")
    if "PAGER" in one.types:
        return
    for mark, column in (("FAX", F.FAX), ("CELL", F.MOBILE), ("WORK", F.PHONE_WORK), ("HOME", F.PHONE_HOME)):
        if mark in one.types:
            cells.add(column, number)
            return
    cells.add(F.PHONE, number)


def _address(cells: _Cells, one: _Property) -> None:
    parts = [*_parts(one.value), "", "", "", "", "", "", ""][:7]
    place = next((name for mark, name in _PLACES.items() if mark in one.types), "")
    prefix = f"{place}_" if place else ""
    if not any(parts):
        return
    if _is_filled(cells, prefix):
        prefix = "delivery_"  # the second of a place: not lost, where no other is for deliveries
    if _is_filled(cells, prefix):
        return
    street = "\n".join(part for part in (parts[2], parts[1], parts[0]) if part)
    for name, value in zip(_ADDRESS_PARTS, (*parts[:2], street, *parts[3:]), strict=True):
        if name:
            cells.first(f"{prefix}{name}", value)


def _is_filled(cells: _Cells, prefix: str) -> bool:
    return any(cells.found.get(f"{prefix}{name}") for name in _ADDRESS_PARTS if name)


def _gender(cells: _Cells, one: _Property) -> None:
    cells.first(F.SALUTATION, _GENDERS.get(one.value.strip()[:1].upper(), ""))


def _categories(cells: _Cells, one: _Property) -> None:
    for category in _cut(one.value, ","):
        cells.add(F.TAGS, _plain(category))


def _simple(column: CustomerField) -> _Reader:
    def read_it(cells: _Cells, one: _Property) -> None:
        cells.first(column, _plain(one.value))

    return read_it


def _email(cells: _Cells, one: _Property) -> None:
    cells.add(F.EMAIL, _plain(one.value).removeprefix("mailto:"))


_Reader = Callable[[_Cells, _Property], None]
_READERS: dict[str, _Reader] = {
    "N": _name,
    "FN": _simple(F.DISPLAY_NAME),
    "ORG": _company,
    "EMAIL": _email,
    "TEL": _phone,
    "ADR": _address,
    "NOTE": _simple(F.NOTE),
    "LANG": _simple(F.LANGUAGE),
    "BDAY": _simple(F.BIRTHDAY),
    "CATEGORIES": _categories,
    "GENDER": _gender,
}
