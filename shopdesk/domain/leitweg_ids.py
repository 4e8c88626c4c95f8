"""Leitweg-IDs: how a German authority says where an invoice goes (BT-10)."""

from __future__ import annotations

import re
from functools import lru_cache

_SHAPE = re.compile(r"[0-9]{2,12}(-[0-9A-Za-z]{1,30})?-[0-9]{2}")


@lru_cache(maxsize=64)  # rules, writer and mail ask for the same few
def leitweg_id_is_valid(value: str) -> bool:
    """Whether it has the format of a Leitweg-ID and its check digits are right (ISO 7064, mod 97-10)."""
    from stdnum.de import leitweg

    return bool(leitweg.is_valid(value))


def looks_like_leitweg_id(value: str) -> bool:
    """Whether somebody meant a Leitweg-ID, right or mistyped: parts with hyphens, two check digits at the end."""
    parts = value.strip().split("-")
    known_state = parts[0][:2] == "99" or "01" <= parts[0][:2] <= "16"
    return bool(_SHAPE.fullmatch(value.strip())) and known_state and (len(parts) == 3 or len(parts[0]) > 4)
