"""What postcodes look like in the countries a shop here writes to: to warn of a slip, never to refuse an address.

Source: the country leaves of the Universal Postal Union (Postal addressing systems): the member states of the EU,
Switzerland, Liechtenstein, Norway, the United Kingdom and the United States.
"""

from __future__ import annotations

import re

from shopdesk.domain.addresses import Country
from shopdesk.domain.messages import N_, Message

# country: what it looks like in capitals, and an example for the warning
_FORMS = {
    "AT": (r"[1-9]\d{3}", "1010"),
    "BE": (r"[1-9]\d{3}", "1000"),
    "BG": (r"[1-9]\d{3}", "5300"),
    "CH": (r"[1-9]\d{3}", "8001"),
    "CY": (r"\d{4}", "1010"),
    "CZ": (r"[1-7]\d{2} ?\d{2}", "110 00"),
    "DE": (r"(?!00)\d{5}", "37073"),
    "DK": (r"\d{4}", "1050"),
    "EE": (r"\d{5}", "10111"),
    "ES": (r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}", "28013"),
    "FI": (r"\d{5}", "00100"),
    "FR": (r"(?!00)\d{5}", "67000"),
    "GB": (r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0AA", "SW1A 1AA"),
    "GR": (r"[1-8]\d{2} ?\d{2}", "105 57"),
    "HR": (r"[1-5]\d{4}", "10000"),
    "HU": (r"[1-9]\d{3}", "1051"),
    "IE": (r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "D02 AF30"),
    "IT": (r"\d{5}", "39100"),
    "LI": (r"94[89]\d", "9490"),
    "LT": (r"\d{5}", "01100"),
    "LU": (r"\d{4}", "1136"),
    "LV": (r"\d{4}", "LV-1050"),
    "MT": (r"[A-Z]{3} ?\d{4}", "VLT 1117"),
    "NL": (r"[1-9]\d{3} ?[A-Z]{2}", "1012 JS"),
    "NO": (r"\d{4}", "0150"),
    "PL": (r"\d{2}-\d{3}", "00-950"),
    "PT": (r"[1-9]\d{3}-\d{3}", "1100-148"),
    "RO": (r"\d{6}", "010011"),
    "SE": (r"[1-9]\d{2} ?\d{2}", "111 20"),
    "SI": (r"[1-9]\d{3}", "1000"),
    "SK": (r"[089]\d{2} ?\d{2}", "811 01"),
    "US": (r"\d{5}(?:-\d{4})?", "10001"),
}  # fmt: skip
_PREFIX = re.compile(r"[A-Z]{1,2}-(?=\d)")  # D-37073, LV-1050, which people write in front


def postcode_doubt(postal_code: str, country: str) -> Message | None:
    """The warning where a postcode does not look like one of its country; None when it does, or nobody can tell."""
    form = _FORMS.get(country)
    code = " ".join(postal_code.upper().split())
    if form is None or not code or re.fullmatch(form[0], _PREFIX.sub("", code, count=1)):
        return None
    text = N_("{country} writes its postcodes like {example}. Please check.")
    return Message(text, {"country": Country(country), "example": form[1]})
