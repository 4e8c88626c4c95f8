"""What is typed into the name cell of a line: `4 latt 90x200`, `2,5 m Stoff`, `Porto 42,99` (S2, S3, S13)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.articles import Article, line_of
from shopdesk.domain.documents import Line, LineKind, Prices
from shopdesk.domain.errors import ShopError
from shopdesk.domain.folding import words
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.sizes import FoundSize, find_size
from shopdesk.ui.documents.units import CODES, PIECE, code_of

_COUNT_WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(word) for word in CODES), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"\s*(?P<number>\d{{1,6}}(?:[.,]\d{{1,3}})?)(?:\s*(?P<unit>{_UNIT})\.?(?![\w]))?\s+(?=\S)"
    rf"|\s*(?P<times>\d{{1,6}})\s*[x×*]\s*(?=\S)"
    rf"|\s*(?P<word>{'|'.join(_COUNT_WORDS)})\s+(?=\S)",
    re.IGNORECASE,
)
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
    quantity, unit, rest = _quantity_ahead(rest)
    size = find_size(rest)
    middle = rest
    if size is not None and size.kind == "dimensions":
        middle = f"{rest[: size.span[0]]} {rest[size.span[1] :]}"
    middle = " ".join(middle.split())
    first = middle.split(" ", 1)[0].casefold().rstrip(":,")
    kind = _KIND_OF.get(first, LineKind.GOODS)
    return TypedLine(rest, middle, quantity, unit, price, size, kind)


def _price_at_the_end(text: str) -> tuple[Decimal | None, str]:
    found = _PRICE.search(text)
    if found is None:
        return None, text
    try:
        return parse_amount(found[1]), text[: found.start()]
    except ShopError:
        return None, text


def _quantity_ahead(text: str) -> tuple[Decimal | None, str, str]:
    size = find_size(text)
    found = _QUANTITY.match(text)
    if found is None or (size is not None and size.span[0] < found.end()):
        return None, "", text
    if found["word"]:
        return Decimal(_COUNT_WORDS[found["word"].casefold()]), "", text[found.end() :]
    number = Decimal((found["number"] or found["times"]).replace(",", "."))
    if not number:
        return None, "", text
    return number, code_of(found["unit"] or "") or "", text[found.end() :]


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
        return parse_amount(found[1]), code_of(found[2]) or unit
    return parse_amount(typed), unit
