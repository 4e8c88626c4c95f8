"""A row of a price list becomes an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.articles import Article
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.customer_rows import RowRefused
from shopdesk.domain.measures import parse_size, parse_weight
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import round_half_up
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.unit_words import CODES, PIECE
from shopdesk.domain.units import UNITS

_LONGEST = 500
_LONGEST_DESCRIPTION = 10_000

_NO_NAME = N_("The article's name is missing.")
_NO_PRICE = N_("“{text}” is not a price.")
_NO_RATE = N_("“{text}” is not a VAT rate.")
_NO_MEASURE = N_("“{text}” is not a size in centimetres.")
_TOO_LONG = N_("A cell is longer than {most} characters.")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """The article of a row and which of its fields the row names: an empty cell changes nothing."""

    value: Article
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """Turns cells into articles. `prices`: whether a bare price is net or gross in this shop."""

    fields: tuple[str, ...]
    prices: Prices = Prices.GROSS

    def read(self, cells: Sequence[str]) -> ReadArticle:
        """The article of a row. Raises RowRefused."""
        found: dict[str, str] = {}
        for field, cell in zip(self.fields, cells, strict=False):
            text = cell.strip()
            if field and text:
                found[field] = f"{found[field]}\n{text}" if field in found else text
        for field, text in found.items():
            most = _LONGEST_DESCRIPTION if field == "description" else _LONGEST
            if len(text) > most:
                raise RowRefused(Message(_TOO_LONG, {"most": most}))
        if not found.get("name"):
            raise RowRefused(Message(_NO_NAME))
        return self._article(found)

    def _article(self, found: dict[str, str]) -> ReadArticle:
        named: dict[str, object] = {"name": " ".join(found["name"].split())}
        if found.get("code"):
            named["code"] = " ".join(found["code"].split())
        if found.get("description"):
            named["description"] = found["description"]
        if found.get("unit"):
            named["unit"] = _unit(found["unit"])
        price, prices = self._price(found)
        if price is not None:
            named |= {"unit_price": price, "prices": prices}
        if found.get("vat_rate"):
            named["vat_rate"] = _rate(found["vat_rate"])
        if found.get("weight"):
            named["weight_grams"] = _weight(found["weight"])
        named |= _sizes(found)
        return ReadArticle(Article(kind=LineKind.GOODS, **named), frozenset(named))  # type: ignore[arg-type]

    def _price(self, found: dict[str, str]) -> tuple[Decimal | None, Prices]:
        # who sells with gross prices takes the gross one where the list has both
        order = [("net_price", Prices.NET), ("gross_price", Prices.GROSS)]
        if self.prices is Prices.GROSS:
            order.reverse()
        for field, prices in (("price", self.prices), *order):
            if found.get(field):
                return _amount(found[field], _NO_PRICE), prices
        return None, self.prices


def _amount(text: str, wrong: str) -> Decimal:
    try:
        amount = parse_amount(text)
    except ShopError:
        raise RowRefused(Message(wrong, {"text": text[:40]})) from None
    if amount < 0:
        raise RowRefused(Message(wrong, {"text": text[:40]}))
    return round_half_up(amount, 4).normalize() + Decimal("0.00")


def _rate(text: str) -> Decimal:
    rate = _amount(text.replace("%", "").strip(), _NO_RATE)
    if rate and rate < 1:
        rate *= 100  # a spreadsheet's 19 % is 0.19
    if rate > 50:
        raise RowRefused(Message(_NO_RATE, {"text": text[:40]}))
    return rate.normalize() if rate % 1 else Decimal(int(rate))


def _weight(text: str) -> int:
    try:
        return parse_weight(text)
    except ShopError as error:
        raise RowRefused(error.message) from None


def _sizes(found: dict[str, str]) -> dict[str, object]:
    if found.get("size"):
        try:
            width, length, height = parse_size(found["size"])
        except ShopError as error:
            raise RowRefused(error.message) from None
        return {"width_mm": width, "length_mm": length, "height_mm": height}
    sizes: dict[str, object] = {}
    for field in ("width", "length", "height"):
        if found.get(field):
            amount = _amount(found[field].lower().removesuffix("cm").strip(), _NO_MEASURE)
            if amount > 100_000:
                raise RowRefused(Message(_NO_MEASURE, {"text": found[field][:40]}))
            sizes[f"{field}_mm"] = int(amount * 10)
    return sizes


def _unit(text: str) -> str:
    word = text.strip().rstrip(".").casefold()
    return CODES.get(word) or (text.strip().upper() if text.strip().upper() in UNITS else PIECE)
