"""VAT rates of the member states, dated by the day of supply: an invoice dated before a change keeps the old rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Dated = tuple[tuple[dt.date, Decimal], ...]  # (first day, percent), ascending


@dataclass(frozen=True, slots=True)
class VatRates:
    """Standard and reduced rates per country."""

    standard: Mapping[str, Dated]
    reduced: Mapping[str, Dated]

    def standard_on(self, country: str, day: dt.date) -> Decimal | None:
        """The standard rate on that day, None for a country that is not in the table."""
        return _on(self.standard.get(country, ()), day)

    def all_standard_on(self, day: dt.date) -> Mapping[str, Decimal]:
        """Country → standard rate on that day."""
        rates = {country: _on(dated, day) for country, dated in self.standard.items()}
        return {country: rate for country, rate in rates.items() if rate is not None}

    def domestic_on(self, country: str, day: dt.date) -> frozenset[Decimal]:
        """All rates a domestic line may carry on that day; 0 is zero rated (photovoltaics, § 12 (3) UStG)."""
        rates = {
            _on(self.standard.get(country, ()), day),
            _on(self.reduced.get(country, ()), day),
            Decimal(0),
        }
        return frozenset(rate for rate in rates if rate is not None)


def _on(dated: Dated, day: dt.date) -> Decimal | None:
    valid = [rate for first, rate in dated if first <= day]
    return valid[-1] if valid else None


def read(raw: Mapping[str, Mapping[str, list[list[str]]]]) -> VatRates:
    """The table out of its JSON."""

    def dated(rows: list[list[str]]) -> Dated:
        return tuple(sorted((dt.date.fromisoformat(first), Decimal(rate)) for first, rate in rows))

    return VatRates(
        {country: dated(rows) for country, rows in raw["standard"].items()},
        {country: dated(rows) for country, rows in raw["reduced"].items()},
    )
