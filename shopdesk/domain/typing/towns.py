"""Postal code, town and country inside a line, as the countries around write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shopdesk.domain.typing.address_words import HOUSE_NUMBER, VEHICLE_CODES
from shopdesk.domain.typing.country_words import country_of

_CODE = r"[0-9]{5}(?:-[0-9]{4})?|[0-9]{4} ?[A-Z]{2}(?= )|[0-9]{4}-[0-9]{3}|[0-9]{4}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}"
_CITY = r"[^\W\d_][^\d|@:]{1,60}"
_TOWN = re.compile(
    rf"^(?:(?P<prefix>[A-Z]{{1,2}}) ?[-–] ?|(?P<letters>[A-Z]{{1,2}}) )?(?P<code>{_CODE}) +(?P<city>{_CITY})$"
)
_STREET_AND_TOWN = re.compile(
    rf"^(?P<street>[^\d@:]{{2,60}} {HOUSE_NUMBER}),? +(?:(?P<prefix>[A-Z]{{1,2}})-)?(?P<code>[0-9]{{4,5}}) +"
    rf"(?P<city>{_CITY})$"
)
_BRITISH = re.compile(
    r"^(?:(?P<city>[^\W\d_][^\W\d_ .'-]*(?:[ .'-][^\W\d_]+)*),? )?(?P<code>[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})$"
)
_TOWN_FIRST = re.compile(rf"^(?P<city>{_CITY}?),? (?P<code>[0-9]{{4,5}})$")
_ONLY_CODE = re.compile(r"^(?:(?P<prefix>[A-Z]{1,2})-)?(?P<code>[0-9]{4,5})$")
_TOWN_WORD = re.compile(r"(?i)^(?:гр\.|gr\.|с\.|град|grad) ?(?=[^\W\d_])")
_DUTCH = re.compile(r"[0-9]{4} ?[A-Z]{2}")


@dataclass(slots=True)
class Town:
    """Postal code, town and country as far as they are known."""

    postal_code: str = ""
    city: str = ""
    country: str = ""

    @property
    def found(self) -> bool:
        """Whether a line with a postal code was seen."""
        return bool(self.postal_code)


def take_country(piece: str, country_names: Mapping[str, str], *, first: bool = False) -> str:
    """The ISO code when the piece is a country's name and nothing else, or ""; the first line may be a Mr Jordan."""
    return country_of(piece, country_names, sure=not first)


def take_town(piece: str, town: Town, country_names: Mapping[str, str], *, last_chance: bool) -> str | None:
    """Fill `town` from "D-37073 Göttingen", "… 14, 5300 Gabrovo", "London SW1A 2AA" and give back what is left.

    `last_chance`: also a lone postal code or "Gabrovo 5300", which might be something else. None: no town here.
    """
    if town.found:
        return None
    patterns = (_TOWN_FIRST, _ONLY_CODE) if last_chance else (_TOWN, _STREET_AND_TOWN, _BRITISH)
    for pattern in patterns:
        found = pattern.match(piece)
        if found:
            groups = found.groupdict()
            _fill(town, groups, country_names)
            return groups.get("street") or ""
    return None


def _fill(town: Town, groups: Mapping[str, str | None], country_names: Mapping[str, str]) -> None:
    town.postal_code = groups["code"] or ""
    city, country = _city_and_country(groups.get("city") or "", country_names)
    town.city = _TOWN_WORD.sub("", city)
    prefix = groups.get("prefix") or groups.get("letters") or ""
    known = VEHICLE_CODES.get(prefix) or (prefix if prefix in set(country_names.values()) else "")
    town.country = town.country or known or country or _country_of_form(town.postal_code)


def _city_and_country(city: str, country_names: Mapping[str, str]) -> tuple[str, str]:
    """A country may stand behind its town in the same line."""
    city = city.strip(" ,.-")
    for count in (1, 2, 3):
        parts = city.rsplit(" ", count)
        country = country_of(" ".join(parts[1:]), country_names) if len(parts) > count else ""
        if country:
            return parts[0].strip(" ,-–/"), country
    return city, ""


def _country_of_form(code: str) -> str:
    if _DUTCH.fullmatch(code):
        return "NL"
    return "GB" if code[:1].isalpha() else ""
