"""Money in whole smallest units, and the one rounding function of the house."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

# ISO 4217: currencies whose smallest unit is not the hundredth
_EXPONENTS = {"JPY": 0, "KRW": 0, "ISK": 0, "HUF": 2, "TND": 3, "KWD": 3, "BHD": 3}

# ISO 4217, the ones an owner-run shop in Europe can meet; BR-CL-04 refuses the rest before a number is taken
CURRENCIES = frozenset(
    "EUR USD GBP CHF DKK SEK NOK PLN CZK HUF RON ISK TRY UAH RSD ALL BAM MKD MDL GEL JPY CNY KRW HKD SGD AUD NZD CAD "
    "MXN BRL ZAR ILS AED SAR INR THB TND KWD BHD".split()
)


# a sum that somebody mistyped is refused by a rule, not by a fault in rounding
_WIDE = Context(prec=100)


def exponent(currency: str) -> int:
    """How many decimals the currency's smallest unit has: 2 for EUR, 0 for JPY."""
    return _EXPONENTS.get(currency, 2)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round commercially: 0.005 becomes 0.01, −0.005 becomes −0.01."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount as a whole number of the currency's smallest unit (cents)."""

    minor: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(
                f"Money counts whole smallest units, not {type(self.minor).__name__} {self.minor!r}"
            )

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "EUR") -> Money:
        """Round a decimal amount ("12.345") half up to the smallest unit."""
        if isinstance(amount, float):
            raise TypeError("Money is never made from a float")
        places = exponent(currency)
        return cls(int(round_half_up(Decimal(amount), places).scaleb(places)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency, with its fixed number of decimals: Decimal('12.30')."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __gt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor > other.minor

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.minor <= other.minor


def distribute(total: int, weights: Sequence[int | Decimal]) -> tuple[int, ...]:
    """Split `total` in proportion to `weights` by largest remainder, so that the parts sum to it exactly.

    Weights are zero or more; where all are zero the first part takes everything.
    """
    if not weights:
        return ()
    whole = sum(Decimal(weight) for weight in weights)
    if whole == 0:
        return (total, *(0 for _ in weights[1:]))
    return fitted(total, [Decimal(total) * Decimal(weight) / whole for weight in weights])


def fitted(total: int, exact: Sequence[Decimal]) -> tuple[int, ...]:
    """Round each part down or up, by largest remainder, so that they sum to `total`, the rounded sum of all."""
    parts = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(exact[i] - parts[i]), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)
