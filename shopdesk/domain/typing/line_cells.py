"""Quantity and size typed inside the name cell of a document line: `4 latt 90x200`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.typing.sizes import FoundSize, find_size
from shopdesk.domain.typing.unit_words import CODES
from shopdesk.domain.typing.wish_words import NUMBER_WORDS

READ_LENGTH = 500

_PIECES = r"(?:x|×|\*|mal|stk\.?|stck\.?|stück|st\.|pcs\.?)"
_NUMBER = r"[0-9]{1,6}(?:[.,][0-9]{1,3})?"
_UNITS = "|".join(sorted((re.escape(word) for word in CODES), key=len, reverse=True))
_MEASURED = re.compile(rf"(?i)^({_NUMBER}) ?({_UNITS})(?:\. ?| )(?=\S)")
_AHEAD = re.compile(rf"(?i)^({_NUMBER})(?: ?{_PIECES} ?(?=[^\W_]|$| )| +)(?!(?:cm|mm|er|zonen)\b)")
_WORD = re.compile(rf"(?i)^({'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?: {_PIECES})? +(?=\S)")
_BEHIND = re.compile(rf"(?i)(?:^|\s)([0-9]{{1,6}}) ?{_PIECES}$|(?:^|\s)[x×*] ?([0-9]{{1,6}})$")
_ONLY_BEFORE_SIZE = re.compile(rf"^({_NUMBER}) ?(?:[x×*] ?)?$")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


@dataclass(frozen=True, slots=True)
class LineCell:
    """What was typed into the cell. `search` is what the article list is asked for; completion replaces only it.

    `quantity_text` and `size_text` are the typed spellings around it, `unit` is the code of a typed unit (UN/ECE
    Rec 20), and `text` is the whole cell without its quantity: the words of a free line.
    """

    quantity: Decimal | None = None
    search: str = ""
    size: FoundSize | None = None
    quantity_text: str = ""
    size_text: str = ""
    unit: str = ""
    text: str = ""

    @property
    def query(self) -> str:
        """What the search is asked: a tyre is found by its size, a custom size is in no catalogue."""
        return (
            f"{self.search} {self.size.text}".strip()
            if self.size and self.size.kind == "tyre"
            else self.search
        )

    def completed(self, name: str) -> str:
        """The cell's text with the searched words replaced by the article's name: quantity and size stay as typed."""
        return " ".join(part for part in (self.quantity_text, name, self.size_text) if part)


def parse_line_cell(text: str) -> LineCell:
    """Split `4 latt 90x200` into 4, "latt" and 90 × 200 cm; a number alone is searched for. Never raises."""
    typed = " ".join(text[:READ_LENGTH].split())
    size = find_size(typed)
    size_text = typed[slice(*size.span)] if size else ""
    rest = typed[: size.span[0]] + "\x1f" + typed[size.span[1] :] if size else typed
    quantity_text, rest = _quantity(rest, has_size=size is not None)
    quantity = _number(quantity_text)
    words = " ".join(text.split())
    if quantity:  # what stands beyond the read length is kept, too
        words = " ".join(f"{rest.replace(chr(31), size_text)}{text[READ_LENGTH:]}".split())
    return LineCell(
        quantity,
        " ".join(rest.replace("\x1f", " ").split()),
        size,
        quantity_text,
        size_text,
        _unit(quantity_text) if quantity else "",
        words,
    )


def _number(quantity_text: str) -> Decimal | None:
    """How many; None for nothing or zero. `1.000` is a thousand, `0.125` an eighth."""
    word = NUMBER_WORDS.get(quantity_text.partition(" ")[0].casefold())
    if word is not None:
        return Decimal(word)
    found = re.search(_NUMBER, quantity_text)
    if found is None:
        return None
    digits = found[0]
    digits = digits.replace(".", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    return Decimal(digits) or None


def _unit(quantity_text: str) -> str:
    """The code of the unit in `2,5 m`, "" without one."""
    letters = re.sub(rf"^{_NUMBER}", "", quantity_text).strip().rstrip(".").casefold()
    return CODES.get(letters, "")


def _quantity(rest: str, *, has_size: bool) -> tuple[str, str]:
    """The quantity as typed and the text without it."""
    if has_size:
        before, _, behind = rest.partition("\x1f")
        alone = _ONLY_BEFORE_SIZE.match(before)
        if alone:
            return before.strip(), f"\x1f{behind}"
    found = _MEASURED.match(rest) or _WORD.match(rest) or _AHEAD.match(rest)
    if found and rest[found.end() :].strip():
        return found[0].strip(), rest[found.end() :]
    found = _BEHIND.search(rest.replace("\x1f", " ").rstrip())
    if found:
        return f"{found[2]} x" if found[2] else found[0].strip(), rest[: found.start()]
    return "", rest
