"""What somebody means who types a number or an amount to say that it was paid: "412", "R-2026-421", "295,55"."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum

from rapidfuzz.distance import OSA

from shopdesk.domain.folding import compact
from shopdesk.domain.search import number_keys
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.wrong import TypedWrong

_AMOUNT = re.compile(
    r"(?i)(?:€|eur)? ?(?:\d{1,9}|\d{1,3}(?:[.' ]\d{3})+)(?:[.,](?:\d\d|-{1,2}))? ?(?:€|eur|euro)?"
)
_SAYS_MONEY = re.compile(r"(?i)[.,](?:\d\d|-{1,2})(?!\d)|€|eur")
_NUMBER = re.compile(r"[A-Za-z]{0,8}[-/. ]?\d[\d\-/. ]{0,24}")
_FEWEST_DIGITS = 3
"""Fewer are a quantity or the beginning of something else."""
_SHORTEST_MISTYPED = 5
"""Shorter ones are one mistake away from every other number."""


class Fit(IntEnum):
    """How well a number fits what was typed."""

    NOT = 0
    NEARLY = 1
    EXACTLY = 2


def amount_typed(text: str) -> Decimal | None:
    """The amount that was typed, where the text is one: with cents or a currency; a bare number is none."""
    plain = text.strip()
    if not (_AMOUNT.fullmatch(plain) and _SAYS_MONEY.search(plain)):
        return None
    try:
        found = parse_amount(plain)
    except TypedWrong:
        return None
    return found if found > 0 else None


def number_typed(text: str) -> str:
    """The number of a document that was typed, in small letters without what stands between; "" where it is none."""
    plain = text.strip()
    if not _NUMBER.fullmatch(plain) or sum(map(str.isdigit, plain)) < _FEWEST_DIGITS:
        return ""
    return compact(plain)


def fits(typed: str, number: str) -> Fit:
    """How well a document's number fits what `number_typed` gave: whole, its last digits, or with one mistake."""
    if not typed:
        return Fit.NOT
    keys = number_keys(number)
    if typed in keys or typed.lstrip("0") in keys:
        return Fit.EXACTLY
    if len(typed) < _SHORTEST_MISTYPED:
        return Fit.NOT
    long_keys = (key for key in keys if len(key) >= _SHORTEST_MISTYPED)
    is_near = any(OSA.distance(typed, key, score_cutoff=1) == 1 for key in long_keys)
    return Fit.NEARLY if is_near else Fit.NOT
