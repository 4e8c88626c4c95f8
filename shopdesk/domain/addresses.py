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
        town = town_line(self.postal_code, self.city.upper() if abroad else self.city, self.country)
        return (
            *(ln for ln in self.lines if ln),
            *((town,) if town else ()),
            *((country_name.upper(),) if abroad else ()),
        )


# Countries that write the postal code behind the town (UPU S42)
_CODE_LAST = frozenset("GB IE US CA AU NZ IN".split())


def town_line(postal_code: str, city: str, country: str) -> str:
    """Postal code and town in the order of the country."""
    parts = (city, postal_code) if country in _CODE_LAST else (postal_code, city)
    return " ".join(part for part in parts if part)
