"""How much two names, or two addresses, are the same: spellings, typing mistakes, "Dr." and "GmbH" left out."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.folding import fold, words
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phonetics import cologne

_LEGAL_FORMS = frozenset(
    "gmbh mbh ggmbh ug haftungsbeschrankt ag kg kgaa ohg gbr eg ev ek ekfr ekfm inh inhaber inhaberin co cie se ltd "
    "limited inc sarl sas srl bv eood ood ead firma fa und u and et der die das the".split()
)
_TITLES = frozenset("dr prof dipl ing med dent vet jur phil rer nat h c mag herr frau familie fam".split())
_LETTER_AND_DOT = re.compile(r"\b(\w)\.\s?(?=\w\b)")
_STREET_END = re.compile(r"str(?:asse|\.)?(?=\s|\d|$)")
_HOUSE_NUMBER = re.compile(r"(\d+)\s*([a-z]?)\b")
_LEAST_FOR_A_MISTAKE = 4
_LEAST_FOR_TWO_MISTAKES = 9


class SameName(IntEnum):
    """How much two names are the same; `PART` is one that lacks something: "J. Lindner", "Lindner"."""

    OTHER = 0
    UNKNOWN = 1
    PART = 2
    LIKE = 3
    SAME = 4


class SamePlace(IntEnum):
    """How much two addresses are the same; `TOWN`: the postal code agrees and a street is missing."""

    OTHER = 0
    UNKNOWN = 1
    NEARBY = 2
    TOWN = 3
    STREET = 4


def company_words(text: str) -> tuple[str, ...]:
    """The words of a company's name without its legal form; of "GmbH" alone nothing is left out."""
    found = words(_LETTER_AND_DOT.sub(r"\1", text))
    return tuple(word for word in found if word not in _LEGAL_FORMS) or found


def sounds_of(company: str, given_name: str, family_name: str) -> frozenset[str]:
    """What sounds alike shares one of these: the first word of the company, of the family and of the given name."""
    first = company_words(company)[:1] if company else ()
    return frozenset({*map(_sound, first), _sound_of_name(given_name), _sound_of_name(family_name)} - {""})


@lru_cache(maxsize=50_000)
def _sound_of_name(name: str) -> str:
    return next((_sound(word) for word in words(name) if word not in _TITLES), "")


def _sound(word: str) -> str:
    return cologne(word) or word


def same_name(one: Customer, other: Customer) -> SameName:
    """Compare the companies where both have one, else the persons."""
    if not (one.name and other.name):
        return SameName.UNKNOWN
    if one.company and other.company:
        return _same_company(one.company, other.company)
    if one.person.is_empty or other.person.is_empty:
        return _company_and_person(one, other)
    return same_person(one.person, other.person)


def _same_company(one: str, other: str) -> SameName:
    first, second = company_words(one), company_words(other)
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return SameName.SAME
    if _alike(" ".join(sorted(first)), " ".join(sorted(second))):
        return SameName.LIKE
    return (
        SameName.PART
        if first and second and set(first) & set(second) in ({*first}, {*second})
        else SameName.OTHER
    )


def _company_and_person(one: Customer, other: Customer) -> SameName:
    """The company is called like the person: "Lindner GmbH" and Jens Lindner are a part at most."""
    company = one.company or other.company
    person = other.person if one.person.is_empty else one.person
    family = words(person.family_name)
    return SameName.PART if family and set(family) <= set(company_words(company)) else SameName.OTHER


def same_person(one: PersonName, other: PersonName) -> SameName:
    """Family and given name, in either order; a missing one or an initial makes a part."""
    # each turned round once: an initial counts as a given name only, so that it matters which of them is turned
    return max(_in_order(one, other), _in_order(_turned(one), other), _in_order(one, _turned(other)))


def _turned(name: PersonName) -> PersonName:
    return PersonName(name.salutation, name.title, name.family_name, name.given_name)


def _in_order(one: PersonName, other: PersonName) -> SameName:
    family = _same_word(one.family_name, other.family_name)
    given = _same_given(one.given_name, other.given_name)
    if SameName.OTHER in (family, given) or family == given == SameName.UNKNOWN:
        return SameName.OTHER
    if SameName.UNKNOWN in (family, given):
        met = {one.salutation, other.salutation}
        return SameName.OTHER if met == {Salutation.MR, Salutation.MRS} else SameName.PART
    return min(family, given)


def _plain(text: str) -> str:
    return " ".join(word for word in words(text) if word not in _TITLES)


def _same_word(one: str, other: str) -> SameName:
    first, second = _plain(one), _plain(other)
    if not (first and second):
        return SameName.UNKNOWN
    if first.replace(" ", "") == second.replace(" ", ""):
        return SameName.SAME
    if _alike(first, second) or _sounds_alike(first, second):
        return SameName.LIKE
    shorter, longer = sorted((first.split(), second.split()), key=len)
    return SameName.PART if len(shorter) < len(longer) and set(shorter) <= set(longer) else SameName.OTHER


def _same_given(one: str, other: str) -> SameName:
    first, second = _plain(one), _plain(other)
    if first and second and min(len(first), len(second)) == 1:
        return SameName.PART if first[0] == second[0] else SameName.OTHER
    return _same_word(one, other)


def _sounds_alike(first: str, second: str) -> bool:
    """Equal codes of some length, and not much longer: short codes are shared by half the telephone book."""
    code = cologne(first)
    return len(code) >= 2 and code == cologne(second) and abs(len(first) - len(second)) <= 2


def _alike(first: str, second: str) -> bool:
    """One typing mistake (two in a long word); letters that changed places count as one."""
    from rapidfuzz.distance import OSA

    shorter = min(len(first), len(second))
    if shorter < _LEAST_FOR_A_MISTAKE:
        return False
    allowed = 2 if shorter >= _LEAST_FOR_TWO_MISTAKES else 1
    return OSA.distance(first, second, score_cutoff=allowed) <= allowed


def same_place(one: Address, other: Address) -> SamePlace:
    """Compare country, postal code and street with its house number."""
    if (
        one.is_empty
        or other.is_empty
        or not (one.postal_code or one.city)
        or not (other.postal_code or other.city)
    ):
        return SamePlace.UNKNOWN
    if one.country and other.country and one.country != other.country:
        return SamePlace.OTHER
    if one.postal_code and other.postal_code:
        same_town = one.postal_code.replace(" ", "") == other.postal_code.replace(" ", "")
    else:
        same_town = bool(one.city) and fold(one.city) == fold(other.city)
    if not same_town:
        return SamePlace.OTHER
    first, second = _streets(one), _streets(other)
    if not (first and second):
        return SamePlace.TOWN
    return SamePlace.STREET if any(_same_street(a, b) for a in first for b in second) else SamePlace.NEARBY


def _streets(address: Address) -> list[tuple[str, str]]:
    """(name, house number) of each line that has one: "Marktstr. 9 a" gives ("marktstr", "9a")."""
    found = []
    for line in address.lines:
        text = fold(line)
        number = _HOUSE_NUMBER.search(text)
        if number:
            name = _STREET_END.sub("str", text[: number.start()])
            found.append(("".join(words(name)), number[1] + number[2]))
    return found


def _same_street(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or _alike(one[0], other[0]))
