"""A row of a price list becomes an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from shopdesk.domain.articles import Article
from shopdesk.domain.customs import checked_origin, parse_hs_code
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.customer_rows import RowRefused
from shopdesk.domain.measures import parse_packed_size, parse_size, parse_weight
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import round_half_up
from shopdesk.domain.packed_sizes import NOT_PACKED, PackedSize
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.country_words import country_of
from shopdesk.domain.typing.unit_words import CODES, PIECE
from shopdesk.domain.units import UNITS

_LONGEST = 500
_YES = frozenset({"ja", "yes", "j", "y", "1", "x", "wahr", "true"})
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
    """Turns cells into articles. `prices`: whether a bare price is net or gross in this shop.

    `country_codes`: casefolded names → ISO codes.
    """

    fields: tuple[str, ...]
    prices: Prices = Prices.GROSS
    country_codes: Mapping[str, str] = field(default_factory=dict)

    def read(self, cells: Sequence[str]) -> ReadArticle:
        """The article of a row. Raises RowRefused."""
        found: dict[str, str] = {}
        for name, cell in zip(self.fields, cells, strict=False):
            text = cell.strip()
            if name and text:
                found[name] = f"{found[name]}\n{text}" if name in found else text
        for name, text in found.items():
            most = _LONGEST_DESCRIPTION if name == "description" else _LONGEST
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
        named |= self._shipping(found)
        if "packs_together" in named:
            packed = named.get("packed", NOT_PACKED)
            assert isinstance(packed, PackedSize)
            named["packed"] = replace(packed, together=bool(named.pop("packs_together")))
            return self._read(named, frozenset(named) | {"packs_together"})
        return self._read(named, frozenset(named))

    @staticmethod
    def _read(named: dict[str, object], fields: frozenset[str]) -> ReadArticle:
        return ReadArticle(Article(kind=LineKind.GOODS, **named), fields)  # type: ignore[arg-type]

    def _shipping(self, found: dict[str, str]) -> dict[str, object]:
        """Packed size, packaging, and what customs want to know."""
        named: dict[str, object] = {}
        try:
            if found.get("packed_size"):
                named["packed"] = parse_packed_size(found["packed_size"])
            if found.get("hs_code"):
                named["hs_code"] = parse_hs_code(found["hs_code"])
            if found.get("origin"):
                typed = found["origin"]
                code = country_of(typed, self.country_codes) or typed.upper()
                named["origin"] = checked_origin(code, typed)
        except ShopError as error:
            raise RowRefused(error.message) from None
        if found.get("packaging"):
            named["packaging_code"] = found["packaging"]
        if found.get("together"):
            named["packs_together"] = found["together"].strip().casefold() in _YES
        return named

    def _price(self, found: dict[str, str]) -> tuple[Decimal | None, Prices]:
        # who sells with gross prices takes the gross one where the list has both
        order = [("net_price", Prices.NET), ("gross_price", Prices.GROSS)]
        if self.prices is Prices.GROSS:
            order.reverse()
        for name, prices in (("price", self.prices), *order):
            if found.get(name):
                return _amount(found[name], _NO_PRICE), prices
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
    for name in ("width", "length", "height"):
        if found.get(name):
            amount = _amount(found[name].lower().removesuffix("cm").strip(), _NO_MEASURE)
            if amount > 100_000:
                raise RowRefused(Message(_NO_MEASURE, {"text": found[name][:40]}))
            sizes[f"{name}_mm"] = int(amount * 10)
    return sizes


def _unit(text: str) -> str:
    word = text.strip().rstrip(".").casefold()
    return CODES.get(word) or (text.strip().upper() if text.strip().upper() in UNITS else PIECE)
