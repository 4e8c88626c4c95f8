"""Articles: what the shop sells, with sizes, weights and what a custom size costs (S3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.documents import Line, LineKind, Prices
from shopdesk.domain.money import round_half_up
from shopdesk.domain.packed_sizes import NOT_PACKED, PackedSize, scaled
from shopdesk.domain.shipping_services import Shape


@dataclass(frozen=True, slots=True)
class Article:
    """An article. Sizes in whole millimetres, weight in grams; a price of None is asked for when used.

    A custom size costs `price_per_square_metre` × area where that is set, else the unit price in proportion of the
    area; `custom_surcharge` percent comes on top. `packed` is its size on its way, `packaging_code` the packaging
    article it goes in; `hs_code` and `origin` (ISO 3166) stand on a customs note.
    """

    code: str = ""
    name: str = ""
    kind: LineKind = LineKind.GOODS
    description: str = ""
    unit: str = "C62"
    unit_price: Decimal | None = None
    prices: Prices = Prices.GROSS
    vat_rate: Decimal | None = None
    weight_grams: int = 0
    width_mm: int = 0
    length_mm: int = 0
    height_mm: int = 0
    price_per_square_metre: Decimal | None = None
    custom_surcharge: Decimal = Decimal(0)
    packed: PackedSize = NOT_PACKED
    packaging_code: str = ""
    hs_code: str = ""
    origin: str = ""
    id: int | None = None
    version: int = 0

    @property
    def has_size(self) -> bool:
        """Whether width and length are known, so that a custom size can be computed."""
        return bool(self.width_mm and self.length_mm)

    def custom(self, width_mm: int, length_mm: int) -> tuple[Decimal | None, int]:
        """Unit price (rounded to cents) and weight in grams of the article made to another size."""
        if not self.has_size:
            return self.unit_price, self.weight_grams
        share = Decimal(width_mm * length_mm) / Decimal(self.width_mm * self.length_mm)
        weight = int(round_half_up(self.weight_grams * share, 0))
        if (width_mm, length_mm) == (self.width_mm, self.length_mm):
            return self.unit_price, weight
        if self.price_per_square_metre is not None:
            price = self.price_per_square_metre * width_mm * length_mm / 1_000_000
        elif self.unit_price is not None:
            price = self.unit_price * share
        else:
            return None, weight
        return round_half_up(price * (100 + self.custom_surcharge) / 100), weight

    def packed_at(self, size: tuple[int, int] | None = None) -> PackedSize:
        """Its size on its way, made to `size` where given; its own size where nobody said how it is packed."""
        packed = self.packed
        if not packed.is_known and self.has_size and self.height_mm:
            packed = PackedSize(Shape.BOX, self.length_mm, self.width_mm, self.height_mm, packed.together)
        return scaled(packed, (self.width_mm, self.length_mm), size) if size and self.has_size else packed


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One row of a list of articles or of the completion in a document."""

    id: int
    code: str
    name: str
    kind: LineKind
    unit: str
    unit_price: Decimal | None
    prices: Prices
    vat_rate: Decimal | None
    sort_key: str


def size_text(width_mm: int, length_mm: int, height_mm: int = 0) -> str:
    """The size in centimetres: “80 × 190 cm”, with a comma only where needed."""
    parts = [_centimetres(value) for value in (width_mm, length_mm, height_mm) if value]
    return f"{' × '.join(parts)} cm" if parts else ""


def _centimetres(millimetres: int) -> str:
    whole, rest = divmod(millimetres, 10)
    return f"{whole},{rest}" if rest else str(whole)


def in_prices(price: Decimal, of: Prices, to: Prices, rate: Decimal) -> Decimal:
    """A unit price turned from net to gross or back, to four decimals."""
    if of == to:
        return price
    factor = (100 + rate) / Decimal(100)
    return round_half_up(price * factor if to == Prices.GROSS else price / factor, 4)


def line_of(
    article: Article, quantity: Decimal, prices: Prices, rate: Decimal, size: tuple[int, int] | None = None
) -> Line:
    """A document line of the article, made to `size` (width and length in mm) where given."""
    price, weight = article.custom(*size) if size else (article.unit_price, article.weight_grams)
    own_rate = rate if article.vat_rate is None else article.vat_rate
    is_custom = size is not None and article.has_size and size != (article.width_mm, article.length_mm)
    name = f"{article.name} {size_text(*size)}" if size else article.name
    return Line(
        kind=article.kind,
        text=name,
        description=article.description,
        article_code="" if is_custom else article.code,
        quantity=quantity,
        unit=article.unit,
        unit_price=None if price is None else in_prices(price, article.prices, prices, own_rate),
        vat_rate=article.vat_rate,
        weight_grams=weight,
    )
