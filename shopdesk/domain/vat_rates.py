"""VAT rates of the member states, dated by the day of supply: an invoice dated before a change keeps the old rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Dated = tuple[tuple[dt.date, frozenset[Decimal]], ...]  # (first day, percents), ascending


@dataclass(frozen=True, slots=True)
class VatRates:
    """Standard and reduced rates per country; a standard entry holds one rate, a reduced one any number."""

    standard: Mapping[str, Dated]
    reduced: Mapping[str, Dated]

    def standard_on(self, country: str, day: dt.date) -> Decimal | None:
        """The standard rate on that day, None for a country that is not in the table."""
        return next(iter(_on(self.standard, country, day)), None)

    def all_standard_on(self, day: dt.date) -> Mapping[str, Decimal]:
        """Country → standard rate on that day."""
        rates = {country: self.standard_on(country, day) for country in self.standard}
        return {country: rate for country, rate in rates.items() if rate is not None}

    def reduced_on(self, country: str, day: dt.date) -> frozenset[Decimal]:
        """The reduced rates on that day; which goods they are for is the owner's to know."""
        return _on(self.reduced, country, day)

    def of_country(self, country: str, day: dt.date) -> frozenset[Decimal]:
        """The standard and reduced rates of that day; 0 only where the country has it."""
        return _on(self.standard, country, day) | self.reduced_on(country, day)

    def domestic_on(self, country: str, day: dt.date) -> frozenset[Decimal]:
        """All rates a domestic line may carry on that day; 0 is zero rated (photovoltaics, § 12 (3) UStG)."""
        return self.of_country(country, day) | {Decimal(0)}


def _on(table: Mapping[str, Dated], country: str, day: dt.date) -> frozenset[Decimal]:
    valid = [rates for first, rates in table.get(country, ()) if first <= day]
    return valid[-1] if valid else frozenset()


def read(raw: Mapping[str, Mapping[str, list[list[str]]]]) -> VatRates:
    """The table out of its JSON: per country rows of a first day and the rates from then on."""

    def dated(rows: list[list[str]]) -> Dated:
        days = ((dt.date.fromisoformat(first), frozenset(map(Decimal, rates))) for first, *rates in rows)
        return tuple(sorted(days, key=lambda entry: entry[0]))

    return VatRates(
        {country: dated(rows) for country, rows in raw["standard"].items()},
        {country: dated(rows) for country, rows in raw["reduced"].items()},
    )
