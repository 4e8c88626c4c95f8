"""File names that every system takes and no reader is fooled by."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST = 120


def safe_file_name(name: str, fallback: str = "file") -> str:
    """The name for Windows, macOS and Linux alike: no folders, no invisible or turning characters (Unicode Cf),
    no leading `.-~`, no reserved Windows name, at most 120 characters with its ending kept.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C" or char == "\t")
    text = " ".join(_FORBIDDEN.sub("_", text).split()).lstrip(" .-~").rstrip(" .")
    if not text.strip("_"):
        text = fallback
    if _RESERVED.match(text):
        text = f"_{text}"
    stem, dot, ending = text.rpartition(".")
    if len(text) > _LONGEST and dot and len(ending) <= 10:
        return f"{stem[: _LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"
    return text[:_LONGEST].rstrip(" .")
