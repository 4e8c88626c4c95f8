"""Check digits of parcel and letter numbers, each after its published rule."""

from __future__ import annotations

from itertools import cycle

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_FEDEX_WEIGHTS = (3, 1, 7)


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, cycle(weights), strict=False))


def _to_next_ten(total: int) -> str:
    return str(-total % 10)


def gs1_digit(body: str) -> str:
    """GS1 General Specifications 7.9.1: from the right 3, 1, 3, … and up to the next ten (SSCC; Hermes too)."""
    return _to_next_ten(_weighted(body[::-1], (3, 1)))


def gls_digit(body: str) -> str:
    """GLS: as GS1, with one added to the sum (GLS Uni-Box description, "Prüfziffer")."""
    return _to_next_ten(_weighted(body[::-1], (3, 1)) + 1)


def german_post_digit(body: str) -> str:
    """Identcode and Leitcode of Deutsche Post: from the left 4, 9, 4, … and up to the next ten."""
    return _to_next_ten(_weighted(body, (4, 9)))


def s10_digit(body: str) -> str:
    """UPU S10: eight digits with 8 6 4 2 3 5 9 7; 11 less the rest of eleven; 10 is written 0, and 11 is written 5."""
    digit = 11 - _weighted(body, _S10_WEIGHTS) % 11
    return {10: "0", 11: "5"}.get(digit, str(digit))


def ups_digit(body: str) -> str:
    """UPS, the 15 characters after 1Z: 1, 2, 1, … and up to the next ten; letters count 2 to 9, 0, 1, … from A on."""
    digits = "".join(one if one.isdecimal() else str((ord(one) - ord("A") + 2) % 10) for one in body)
    return _to_next_ten(_weighted(digits, (1, 2)))


def dpd_character(body: str) -> str:
    """ISO 7064 MOD 37,36 (DPD "Paketschein Spezifikation" 2.4): one more digit or letter."""
    rest = 36
    for one in body:
        rest = (rest + _ALPHABET.index(one)) % 36 or 36
        rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36]


def airway_bill_digit(body: str) -> str:
    """IATA air waybill, so also DHL Express: the rest of seven."""
    return str(int(body) % 7)


def fedex_digit(body: str) -> str:
    """FedEx Express, twelve digits: from the right 1, 3, 7, …, the rest of eleven, of it the last digit."""
    return str(_weighted(body, _FEDEX_WEIGHTS) % 11 % 10)
