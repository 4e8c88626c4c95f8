"""German phone numbers in plain spellings, read without the library's long way round.

A list of customers holds a hundred thousand of them, and the library takes 180 µs for each. Here the same metadata
of the library answers in a tenth of that; whatever is spelled in any other way, or looks odd, is left to the library
(tests/domain/test_german_phones.py holds both against each other).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_REGION = "DE"
# 0551 123456, (0551) 12 34 56, 0551/123456, +49 (0) 551-123456, 0049 (551) 123456
_PLAIN = re.compile(
    r"(?:(?P<abroad>\+49|0049) ?(?:\(0\) ?)?(?:(?P<one>[1-9][0-9]{1,4})|\((?P<two>[1-9][0-9]{1,4})\))"
    r"|0(?P<three>[1-9][0-9]{1,4})|\(0(?P<four>[1-9][0-9]{1,4})\))"
    r"(?P<between>(?: / |[ /-])?)(?P<own>[0-9]+(?: [0-9]+)*)"
)
_NEXT_NUMBER = re.compile(r" (?:00[1-9]|01[567])|/ 0")
_SHORTEST, _LONGEST = 6, 14
_SHORTEST_BEHIND_DASH = 5
_BEFORE_MOBILE = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail", "fixed_line",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GermanPhone:
    """A number as PhoneNumber has it."""

    e164: str
    international: str
    national: str
    is_mobile: bool


def read(text: str, country: str) -> GermanPhone | None:
    """The number in a plain spelling; None leaves it to the library. `country` is where it would be dialled."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    abroad, own = found["abroad"], found["own"]
    if country != _REGION and abroad != "+49":
        return None
    # behind a dash four digits may be an extension
    if _NEXT_NUMBER.search(text) or (
        found["between"] == "-" and len(own.replace(" ", "")) < _SHORTEST_BEHIND_DASH
    ):
        return None
    digits = (found["one"] or found["two"] or found["three"] or found["four"]) + own.replace(" ", "")
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return None
    return _rules().of(digits)


class _Rules:
    """The library's metadata of one country, put into a few patterns."""

    def __init__(self) -> None:
        from phonenumbers import PhoneMetadata

        known: Any = PhoneMetadata.metadata_for_region(_REGION)
        self._national = _Forms(known.number_format)
        self._international = _Forms(known.intl_number_format or known.number_format)
        self._mobile = _Kind(known, "mobile")
        self._others = [_Kind(known, name) for name in _BEFORE_MOBILE]

    def of(self, digits: str) -> GermanPhone | None:
        shown, national = self._international.of(digits), self._national.of(digits)
        if shown is None or national is None:
            return None
        mobile = self._mobile.has(digits) and not any(kind.has(digits) for kind in self._others)
        return GermanPhone(f"+49{digits}", f"+49 {shown[0]}", f"{national[1]}{national[0]}", mobile)


class _Kind:
    """Which numbers are of one kind: mobile, free of charge …"""

    def __init__(self, known: Any, name: str) -> None:
        description = getattr(known, name)
        pattern = description.national_number_pattern if description is not None else None
        self._lengths = frozenset(description.possible_length if pattern else ())
        self._pattern = re.compile(pattern or "")

    def has(self, digits: str) -> bool:
        return len(digits) in self._lengths and self._pattern.fullmatch(digits) is not None


class _Forms:
    """How numbers are put into groups, by their first digits."""

    def __init__(self, forms: Iterable[Any]) -> None:
        self._groups: dict[str, tuple[re.Pattern[str], str | None]] = {}
        choices = []
        for at, form in enumerate(forms):
            name = f"f{at}"
            leading = form.leading_digits_pattern[-1] if form.leading_digits_pattern else ""
            choices.append(f"(?P<{name}>(?={leading})(?:{form.pattern})$)")
            self._groups[name] = (re.compile(form.pattern), _prefix(form))
        self._choice = re.compile("|".join(choices))

    def of(self, digits: str) -> tuple[str, str] | None:
        """The groups, and what stands before them at home; None where this is not known."""
        found = self._choice.match(digits)
        if found is None:
            return None
        pattern, prefix = self._groups[found.lastgroup or ""]
        parts = pattern.fullmatch(digits)
        if parts is None or prefix is None:
            return None
        return " ".join(parts.groups()), prefix


def _prefix(form: Any) -> str | None:
    """The trunk zero or nothing; None for a form that is not simply its groups with blanks between them."""
    groups = re.compile(form.pattern).groups
    if form.format.replace("$", "\\") != " ".join(f"\\{at}" for at in range(1, groups + 1)):
        return None
    rules: dict[str | None, str] = {None: "", "": "", "0\\1": "0", "0$1": "0"}
    return rules.get(form.national_prefix_formatting_rule)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()
