"""Links that open the program: `tel:+49551123456`, `shopdesk:call/0551 123456`, `shopdesk:find/Ivanova`.

Any page of the web can offer one, so a link only ever looks something up: nothing is dialled, stored or changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST_LINK = 512
LONGEST_TEXT = 100
SCHEMES = ("tel", "shopdesk")

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks for: who has this number, or what is found under this text."""

    action: Literal["call", "find"]
    text: str


def is_link(text: str) -> bool:
    """Whether it begins like one of our links."""
    return text.partition(":")[0].strip().lower() in SCHEMES and ":" in text


def link_of(text: str) -> Link | None:
    """What the link asks for; None for what is none of ours, whatever it is."""
    if len(text) > LONGEST_LINK or not is_link(text):
        return None
    scheme, _colon, rest = text.strip().partition(":")
    if scheme.lower() == "tel":  # RFC 3966: parameters follow after a semicolon
        return _link("call", rest.lstrip("/").partition(";")[0])
    action, _slash, value = rest.lstrip("/").partition("/")
    if action.lower() == "call":
        return _link("call", value)
    return _link("find", value) if action.lower() == "find" else None


def _link(action: Literal["call", "find"], value: str) -> Link | None:
    shown = " ".join(_NOT_SHOWN.sub(" ", _unescaped(value)).split())[:LONGEST_TEXT]
    return Link(action, shown) if shown else None


def _unescaped(value: str) -> str:
    escaped = value.encode("utf-8", "replace").decode("latin-1")
    return (
        _ESCAPED.sub(lambda found: chr(int(found[1], 16)), escaped)
        .encode("latin-1")
        .decode("utf-8", "replace")
    )
