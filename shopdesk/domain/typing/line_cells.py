"""Quantity and size typed inside the name cell of a document line: `4 latt 90x200`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.typing.sizes import FoundSize, find_size

READ_LENGTH = 500

_PIECES = r"(?:x|×|\*|mal|stk\.?|stck\.?|stück|st\.|pcs\.?)"
_AHEAD = re.compile(
    rf"(?i)^([0-9]{{1,5}}(?:[.,][0-9]{{1,3}})?)(?: ?{_PIECES} ?(?=[^\W_]|$| )| +)(?!(?:cm|"
    rf"mm|kg|er|zonen)\b)"
)
_BEHIND = re.compile(rf"(?i)(?:^|\s)([0-9]{{1,5}}) ?{_PIECES}$|(?:^|\s)[x×*] ?([0-9]{{1,5}})$")
_ONLY_BEFORE_SIZE = re.compile(r"^([0-9]{1,5}(?:[.,][0-9]{1,3})?) ?(?:[x×*] ?)?$")


@dataclass(frozen=True, slots=True)
class LineCell:
    """What was typed into the cell. `search` is what the article list is asked for; completion replaces only it.

    `quantity_text` and `size_text` are the typed spellings around it.
    """

    quantity: Decimal | None = None
    search: str = ""
    size: FoundSize | None = None
    quantity_text: str = ""
    size_text: str = ""

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
    digits = re.sub(r"[^0-9.,]", "", quantity_text).strip(".,")
    quantity = Decimal(digits.replace(",", ".")) if digits else None
    return LineCell(
        quantity or None, " ".join(rest.replace("\x1f", " ").split()), size, quantity_text, size_text
    )


def _quantity(rest: str, *, has_size: bool) -> tuple[str, str]:
    """The quantity as typed and the text without it."""
    if has_size:
        before, _, behind = rest.partition("\x1f")
        alone = _ONLY_BEFORE_SIZE.match(before)
        if alone:
            return before.strip(), behind
    found = _AHEAD.match(rest)
    if found and rest[found.end() :].strip():
        return found[0].strip(), rest[found.end() :]
    found = _BEHIND.search(rest.replace("\x1f", " ").rstrip())
    if found:
        return f"{found[2]} x" if found[2] else found[0].strip(), rest[: found.start()]
    return "", rest
