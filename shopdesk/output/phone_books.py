"""The phone book of a FRITZ!Box, as its own export writes it: `phonebooks/phonebook/contact`, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from shopdesk.domain.xml_text import xml_text

MOST_NUMBERS = 9
"""What the box keeps of one contact; further numbers get a contact of their own."""


@dataclass(frozen=True, slots=True)
class BookNumber:
    """A number as the box dials it, and what it is: "home", "mobile", "work" or "fax_work"."""

    digits: str
    kind: str


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One contact of the book: the name that the telephone shows, and the numbers in their order."""

    name: str
    numbers: tuple[BookNumber, ...]


def fritz_box(entries: Iterable[BookEntry], name: str) -> bytes:
    """The whole book; `name` is what the box calls it."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<phonebooks><phonebook name="{_text(name)}">']
    for entry in entries:
        parts = range(0, len(entry.numbers), MOST_NUMBERS)
        lines += [_contact(entry.name, entry.numbers[start : start + MOST_NUMBERS]) for start in parts]
    lines.append("</phonebook></phonebooks>\n")
    return "\n".join(lines).encode("utf-8")


def _contact(name: str, numbers: Sequence[BookNumber]) -> str:
    first = next((at for at, number in enumerate(numbers) if number.kind != "fax_work"), 0)
    told = "".join(
        f'<number type="{number.kind}" prio="{int(at == first)}" id="{at}">{number.digits}</number>'
        for at, number in enumerate(numbers)
    )
    person = f"<person><realName>{_text(name)}</realName></person>"
    return (
        f'<contact><category>0</category>{person}<telephony nid="{len(numbers)}">{told}</telephony></contact>'
    )


def _text(value: str) -> str:
    return escape(" ".join(xml_text(value).split()))
