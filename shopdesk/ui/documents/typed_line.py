"""What is typed into the name cell of a line: `4 latt 90x200`, `2,5 m Stoff`, `Porto 42,99` (S2, S3, S13)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.articles import Article, line_of
from shopdesk.domain.documents import Line, LineKind, Prices
from shopdesk.domain.errors import ShopError
from shopdesk.domain.folding import words
from shopdesk.domain.messages import N_
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.line_cells import parse_line_cell
from shopdesk.domain.typing.sizes import FoundSize, find_size
from shopdesk.domain.typing.wrong import TypedWrong
from shopdesk.ui.documents.units import CODES, PIECE, code_of

_UNIT = "|".join(sorted((re.escape(word) for word in CODES), key=len, reverse=True))
_PRICE = re.compile(
    r"(?<=\S)\s+(?:(?:à|je|zu|@|at)\s*)?(\d[\d.]*,(?:\d\d|-)\s*(?:€|euro?)?|\d[\d.,]*\s*(?:€|euro?))\s*$",
    re.IGNORECASE,
)
_KINDS = {
    LineKind.POSTAGE: "porto versand versandkosten fracht postage shipping",
    LineKind.PACKAGING: "verpackung packaging",
    LineKind.DISCOUNT: "rabatt nachlass discount",
}
_KIND_OF = {word: kind for kind, names in _KINDS.items() for word in names.split()}
MOST = 999_999
"""A larger quantity was meant for another field, such as a bar code that was scanned."""
_SUBTOTAL = frozenset({"zwischensumme", "subtotal", "="})
_NOTE = re.compile(r"(?:hinweis|notiz|text|note)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """The parts of a typed line. `words` is the middle, which completion works on; `text` stands on a free line."""

    text: str
    words: str
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    size: FoundSize | None = None
    kind: LineKind = LineKind.GOODS

    @property
    def millimetres(self) -> tuple[int, int] | None:
        """Width and length for an article's custom size."""
        if self.size is None or self.size.kind != "dimensions" or len(self.size.numbers) < 2:
            return None
        width, length = (int(number * 10) for number in self.size.numbers[:2])
        return width, length


def read(typed: str) -> TypedLine:
    """Take the typed text apart; whatever is not understood stays in the text, verbatim."""
    rest = " ".join(typed.split())
    if rest.casefold().rstrip(":") in _SUBTOTAL:
        return TypedLine("", "", kind=LineKind.SUBTOTAL)
    note = _NOTE.match(rest)
    if note:
        return TypedLine(rest[note.end() :], "", kind=LineKind.NOTE)
    price, rest = _price_at_the_end(rest)
    cell = parse_line_cell(rest)
    is_custom = cell.size is not None and cell.size.kind == "dimensions"
    middle = cell.search if is_custom else cell.text
    first = middle.split(" ", 1)[0].casefold().rstrip(":,")
    kind = _KIND_OF.get(first, LineKind.GOODS)
    return TypedLine(cell.text, middle, cell.quantity, cell.unit, price, cell.size, kind)


def _price_at_the_end(text: str) -> tuple[Decimal | None, str]:
    found = _PRICE.search(text)
    if found is None:
        return None, text
    try:
        return parse_amount(found[1]), text[: found.start()]
    except ShopError:
        return None, text


def is_meant(typed: TypedLine, name: str, code: str) -> bool:
    """Whether each typed word begins a word of the article, so that ⏎ may take it without asking."""
    theirs = (*words(name), *words(code))
    mine = words(typed.words)
    return bool(mine) and all(any(_begins(word, their) for their in theirs) for word in mine)


def _begins(typed: str, word: str) -> bool:
    """Beginnings count, and so do plurals: Rollmatratzen → Rollmatratze."""
    return word.startswith(typed) or (len(typed) >= 5 and len(word) >= 4 and word.startswith(typed[:-1]))


def article_line(article: Article, typed: TypedLine, prices: Prices, rate: Decimal) -> Line:
    """The line of a completed article: typed quantity, price and size count before the article's own."""
    size = typed.millimetres
    own = (article.width_mm, article.length_mm)
    if size is not None and article.has_size and size != own:
        named = find_size(article.name)
        if named is not None:
            bare = f"{article.name[: named.span[0]]} {article.name[named.span[1] :]}"
            article = replace(article, name=" ".join(bare.split()))
    elif size is not None and article.has_size:
        size = None
    line = line_of(article, typed.quantity or Decimal(1), prices, rate, size)
    if typed.price is not None:
        line = replace(line, unit_price=typed.price)
    return replace(line, unit=typed.unit) if typed.unit else line


def free_line(typed: TypedLine, before: Line | None = None) -> Line:
    """A line of free text; of a line that was there, what was not typed anew is kept."""
    line = before or Line()
    if typed.kind != LineKind.GOODS:
        line = replace(line, kind=typed.kind)
    line = replace(line, text=typed.text)
    if typed.quantity is not None:
        line = replace(line, quantity=typed.quantity)
    if typed.unit:
        line = replace(line, unit=typed.unit)
        if typed.unit == "HUR" and line.kind == LineKind.GOODS:
            line = replace(line, kind=LineKind.SERVICE)
    return replace(line, unit_price=typed.price) if typed.price is not None else line


def read_quantity(typed: str, unit: str = PIECE) -> tuple[Decimal, str]:
    """`2,5 m` → (2.5, MTR); without a unit the one that was there. Raises TypedWrong."""
    found = re.fullmatch(rf"\s*(.+?)\s*(?<![a-zäöü])({_UNIT})\.?\s*", typed, re.IGNORECASE)
    if found and code_of(found[2]):
        quantity, unit = parse_amount(found[1]), code_of(found[2]) or unit
    else:
        quantity = parse_amount(typed)
    if quantity > MOST:
        raise TypedWrong(N_("“{text}” is no quantity."), typed.strip())
    return quantity, unit
