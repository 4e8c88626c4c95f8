"""Postal addresses as they are written and printed."""

from __future__ import annotations

from dataclasses import dataclass

# Member states of the European Union (ISO 3166; Greece is GR here and EL in VAT ids), RULES.md 2
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a value in a message: `Texts` says its name in the reader's language."""

    code: str


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. `lines`: street and additions (BT-50, BT-51); `country`: ISO 3166 alpha-2 (BT-55)."""

    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    country: str = "DE"

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a country is known."""
        return not (any(self.lines) or self.postal_code or self.city)

    def letter_lines(self, home_country: str, country_name: str) -> tuple[str, ...]:
        """Street, town and, abroad, the country: foreign town and country in capitals (DIN 5008)."""
        abroad = self.country != home_country
        city = self.city.upper() if abroad else self.city
        lines = postal_lines(self.lines, self.postal_code, city, self.country)
        return (*lines, *((country_name.upper(),) if abroad else ()))


# Countries that write the postal code behind the town (UPU S42)
_CODE_LAST = frozenset("GB IE US CA AU NZ IN MT LV HU".split())
# … on a line of its own
_CODE_BELOW = frozenset({"GB", "IE"})


def is_code_last(country: str) -> bool:
    """Whether a country writes the town before the postal code."""
    return country in _CODE_LAST


def postal_lines(lines: tuple[str, ...], postal_code: str, city: str, country: str) -> tuple[str, ...]:
    """Street, postal code and town in the order of the country, without empty lines.

    Hungary writes the town above the street and the postal code below it (UPU, Postal addressing systems).
    """
    if country == "HU":
        found: tuple[str, ...] = (city, *lines, postal_code)
    elif country in _CODE_BELOW:
        found = (*lines, city, postal_code)
    else:
        found = (*lines, town_line(postal_code, city, country))
    return tuple(line for line in found if line)


def town_line(postal_code: str, city: str, country: str) -> str:
    """Postal code and town in the order of the country, on one line."""
    parts = (city, postal_code) if country in _CODE_LAST else (postal_code, city)
    return (", " if country == "LV" else " ").join(part for part in parts if part)
