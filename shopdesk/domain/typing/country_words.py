"""Countries by the names people really use; the official ones in every language are handed in."""

from __future__ import annotations

from collections.abc import Mapping

_SPOKEN = {
    "großbritannien": "GB", "grossbritannien": "GB", "great britain": "GB", "england": "GB", "schottland": "GB",
    "scotland": "GB", "wales": "GB", "uk": "GB", "u.k": "GB", "holland": "NL", "tschechei": "CZ",
    "czech republic": "CZ",
    "tschechische republik": "CZ", "slowakische republik": "SK", "amerika": "US", "america": "US", "usa": "US",
    "u.s.a": "US", "brd": "DE", "suisse": "CH", "svizzera": "CH", "eire": "IE", "südkorea": "KR", "russland": "RU",
}  # fmt: skip
# also given or family names, fabrics and tableware
_OTHER_MEANINGS = frozenset(
    "jordan georgia chad israel malta china jersey panama wales guinea turkey niger".split()
)
_NEVER = frozenset("jersey panama".split())


def country_of(name: str, country_names: Mapping[str, str], *, sure: bool = True) -> str:
    """The ISO code of a country's name, or "". `sure` is False where the word could well mean something else."""
    spelled = name.strip(" .,!?()")
    folded = spelled.casefold()
    if folded in _NEVER or (not sure and folded in _OTHER_MEANINGS):
        return ""
    for form in (folded, folded.removesuffix("n"), folded.removesuffix("s")):
        code = country_names.get(form) or _SPOKEN.get(form)
        if code:
            return code
    return ""


def country_of_code(code: str, country_names: Mapping[str, str]) -> str:
    """Two capitals that are an ISO code, or ""."""
    return code if len(code) == 2 and code.isupper() and code in country_names.values() else ""
