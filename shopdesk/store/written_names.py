"""Names looked for in a column however they are written: SQLite takes Ü and ü for two letters."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, or_

_SPELT_OUT = re.compile("ae|oe|ue|ss", re.IGNORECASE)
_ESCAPE = "\\"


def holds(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Whether the word is a part of the column; any letter stands for ä or ß, and for ae, oe, ue and ss."""
    plain = "".join(f"{_ESCAPE}{sign}" if sign in "%_\\" else sign for sign in word)
    loose = "".join(sign if sign.isascii() else "_" for sign in plain)
    patterns = dict.fromkeys((loose, _SPELT_OUT.sub("_", loose)))
    return or_(*(column.like(f"%{pattern}%", escape=_ESCAPE) for pattern in patterns))
