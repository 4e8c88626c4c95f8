"""From a pasted text to the parts of its lines, each most likely one field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shopdesk.domain.typing import address_words as words
from shopdesk.domain.typing.people import parse_person

READ_LENGTH, READ_LINES, READ_LINE_LENGTH = 6000, 120, 200
_EDGES = re.compile(r"^[\s>*•|·]{1,20}|[\s|]{1,20}$")
_SEPARATORS = re.compile(r"\s[|•·]\s|\t|;\s|\s[–—]\s(?=[+0(])")
_COMMA = re.compile(r",\s+|,$")
_ALONE = re.compile(r"(?i)(?:herrn?|frau|familie|firma|eheleute|an(?: die| den| das)?)[:,]?")


def signature(text: str) -> tuple[list[str], list[str]]:
    """The lines after the last "Mit freundlichen Grüßen", and those before; quoted mails below are left out."""
    raw = (
        text[:READ_LENGTH]
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u00a0", " ")
    )
    lines: list[str] = []
    for typed in raw.split("\n")[:READ_LINES]:
        if lines and words.QUOTED.match(typed[:READ_LINE_LENGTH].strip()):
            break
        line = _EDGES.sub("", " ".join(re.split(r" +", typed[:READ_LINE_LENGTH])))
        if line:
            lines.append(line)
    closings = [number for number, line in enumerate(lines) if words.CLOSING.match(line)]
    closings = [number for number in closings if number + 1 < len(lines)]
    if not closings:
        return [line for line in lines if not words.CLOSING.match(line)], []
    before = [line for line in lines[: closings[-1]] if not words.CLOSING.match(line)]
    return lines[closings[-1] + 1 :], before


def joined_salutations(lines: list[str]) -> list[str]:
    """A line that only says "Herrn", "Frau" or "Firma" belongs to the next one; "An" and headings say nothing."""
    joined: list[str] = []
    ahead = ""
    for line in lines:
        if _ALONE.fullmatch(line):
            ahead = "" if line.lower().startswith("an") else line + " "
        elif not words.HEADING.match(line):
            joined.append(ahead + line)
            ahead = ""
    return joined


def pieces(line: str, country_names: Mapping[str, str]) -> list[str]:
    """The parts of a line, each most likely one field; a comma stays inside "Müller, Petra"."""
    parts: list[str] = []
    for part in _SEPARATORS.split(line):
        if (
            words.OWNER.match(part)
            or words.OTHER_BUSINESS.search(part)
            or _is_reversed_name(part, country_names)
        ):
            parts.append(part)
        else:
            parts += _COMMA.split(part)
    return [piece.strip() for piece in parts if has_content(piece)]


def _is_reversed_name(part: str, country_names: Mapping[str, str]) -> bool:
    family, comma, given = part.partition(", ")
    if not comma or "," in given or len(family.split()) != 1 or len(given.split()) > 2:
        return False
    if given.casefold() in country_names or words.LEGAL_FORM.search(part):
        return False
    return parse_person(part) is not None


def has_content(text: str) -> bool:
    """Whether there is more than punctuation."""
    return any(character.isalnum() for character in text)
