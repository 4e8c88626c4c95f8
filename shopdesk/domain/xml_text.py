"""What of a text an XML file can hold (XML 1.0, 2.2), so that rules and e-invoice agree on what is empty."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text without characters that XML forbids, line ends as LF, without blanks at both ends."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
