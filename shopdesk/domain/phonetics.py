"""Kölner Phonetik: names that sound alike in German have one code (Hans Joachim Postel, IBM-Nachrichten 19, 1969)."""

from __future__ import annotations

from functools import lru_cache

from shopdesk.domain.folding import fold

_CODES = {
    **dict.fromkeys("aeijouy", "0"), **dict.fromkeys("bp", "1"), **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"), **dict.fromkeys("gkq", "4"), "l": "5", **dict.fromkeys("mn", "6"), "r": "7",
    **dict.fromkeys("sz", "8"),
}  # fmt: skip
_HARD_C_AT_THE_START = frozenset("ahkloqrux")
_HARD_C = frozenset("ahkoqux")


@lru_cache(maxsize=50_000)
def cologne(word: str) -> str:
    """The code of one word: "Müller-Lüdenscheidt" gives 65752682, "Meier" and "Mayr" are near each other (67)."""
    letters = [sign for sign in fold(word) if "a" <= sign <= "z"]
    code = ""
    last = ""
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        for digit in _code(letter, before, after):
            if digit != last:
                code += digit
            last = digit
    return code[:1] + code[1:].replace("0", "")


def _code(letter: str, before: str, after: str) -> str:
    if letter == "p" and after == "h":
        return "3"
    if letter in "dt" and after and after in "csz":
        return "8"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        return _code_of_c(before, after)
    return _CODES.get(letter, "")  # h has none


def _code_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _HARD_C_AT_THE_START else "8"
    if before in "sz":
        return "8"
    return "4" if after in _HARD_C else "8"
