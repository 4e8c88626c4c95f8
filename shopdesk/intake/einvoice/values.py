"""Small readers for both syntaxes: text, amounts, days; what is unreadable is remembered, never guessed."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from shopdesk.domain.received_invoices import Unreadable

LONGEST_TEXT = 10_000
"""Characters of one text that are kept; the bytes on disk stay whole."""
MOST_UNREADABLE = 100
# xs:decimal has no exponent, and no real amount has more digits
_DECIMAL = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})", re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_NOTHING = Element("nothing")


def child(node: Element, *paths: str) -> Element:
    """The first element below one of the paths, an empty one where there is none."""
    for path in paths:
        found = node.find(path)
        if found is not None:
            return found
    return _NOTHING


def children(node: Element, *paths: str) -> Iterator[Element]:
    """All elements below the paths."""
    for path in paths:
        yield from node.findall(path)


def text(node: Element, *paths: str) -> str:
    """The words of the first element that has some."""
    for path in paths:
        for found in node.findall(path):
            words = own_text(found)
            if words:
                return words
    return ""


def own_text(node: Element) -> str:
    """The element's own words."""
    words = (node.text or "").strip()
    return words if len(words) <= LONGEST_TEXT else words[:LONGEST_TEXT] + " …"


def texts(node: Element, *paths: str) -> tuple[str, ...]:
    """The words of all of them, without the empty ones."""
    return tuple(words for found in children(node, *paths) if (words := own_text(found)))


class Reader:
    """Reads numbers and days and keeps what could not be read."""

    def __init__(self) -> None:
        self.unreadable: list[Unreadable] = []

    def number(self, node: Element, *paths: str) -> Decimal | None:
        """An amount, quantity or rate; None where there is none or it is unreadable."""
        for path in paths:
            found = node.find(path)
            if found is not None:
                return self.own_number(found)
        return None

    def own_number(self, node: Element) -> Decimal | None:
        """The element's own number."""
        words = (node.text or "").strip()
        if _DECIMAL.fullmatch(words):
            return Decimal(words)
        self._missed(node.tag, words)
        return None

    def day(self, node: Element, *paths: str) -> dt.date | None:
        """A day as 20261123 (format 102) or 2026-11-23."""
        for path in paths:
            for found in node.findall(path):
                return self._day(found)
        return None

    def _day(self, node: Element) -> dt.date | None:
        words = (node.text or "").strip()
        match = _DAY.match(words)
        try:
            if match:
                return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass  # the 31st of February
        self._missed(node.tag, words)
        return None

    def _missed(self, place: str, words: str) -> None:
        if len(self.unreadable) < MOST_UNREADABLE:
            self.unreadable.append(Unreadable(place, words[:60]))


def embedded_size(node: Element) -> int | None:
    """How many bytes a base64 text stands for; None when it is empty or none."""
    data = embedded_bytes(node)
    return None if data is None else len(data)


def embedded_bytes(node: Element) -> bytes | None:
    """The bytes a base64 text stands for; None when it is empty or none."""
    words = (node.text or "").strip()
    try:
        return base64.b64decode(words) if words else None
    except (binascii.Error, ValueError):
        return None
