"""Leitweg-IDs: how a German authority says where an invoice goes (BT-10)."""

from __future__ import annotations

import re
from functools import lru_cache

# the state (99 is the federation, 90 the official examples), its offices, a part of their own choice, check digits
_SHAPE = re.compile(r"(0[1-9]|1[0-6]|90|99)[0-9]{0,10}(-[0-9A-Za-z]{1,30})?-[0-9]{2}")


@lru_cache(maxsize=64)  # rules, writer and mail ask for the same few
def leitweg_id_is_valid(value: str) -> bool:
    """Whether it has the format of a Leitweg-ID and its check digits are right (ISO 7064, mod 97-10)."""
    from stdnum.iso7064 import mod_97_10

    compact = value.strip().upper()
    return bool(_SHAPE.fullmatch(compact)) and bool(mod_97_10.is_valid(compact.replace("-", "")))


def looks_like_leitweg_id(value: str) -> bool:
    """Whether somebody meant a Leitweg-ID, right or mistyped: its shape, with three parts or a long first one."""
    parts = value.strip().split("-")
    return bool(_SHAPE.fullmatch(value.strip())) and (len(parts) == 3 or len(parts[0]) > 4)
