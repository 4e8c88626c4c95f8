"""Units of quantities as they are read and shown in the window; the codes are UN/ECE Rec 20."""

from __future__ import annotations

from shopdesk.domain.messages import N_
from shopdesk.domain.typing.unit_words import CODES, PIECE
from shopdesk.i18n import Texts

__all__ = ["CODES", "PIECE", "code_of", "shown"]

_SHOWN = {
    "C62": N_("pcs"),
    "H87": N_("pcs"),
    "HUR": N_("hrs"),
    "MIN": N_("min"),
    "DAY": N_("days"),
    "MON": N_("months"),
    "MTR": N_("m"),
    "MTK": N_("m²"),
    "MTQ": N_("m³"),
    "KGM": N_("kg"),
    "GRM": N_("g"),
    "LTR": N_("l"),
    "SET": N_("sets"),
    "PR": N_("pairs"),
    "KMT": N_("km"),
    "CMT": N_("cm"),
}


def code_of(word: str) -> str | None:
    """The code of a typed unit ("Std." → HUR), None for anything else; a code itself is understood, too."""
    plain = word.strip().rstrip(".").casefold()
    return CODES.get(plain) or (word.strip().upper() if word.strip().upper() in _SHOWN else None)


def shown(code: str, texts: Texts) -> str:
    """The unit in words; a code nobody has a word for stands as it is."""
    return texts.gettext(_SHOWN[code]) if code in _SHOWN else code
