"""A person's name in one line: salutation, title, given and family name, in the orders people write them."""

from __future__ import annotations

import re

from shopdesk.domain.names import PersonName, Salutation

LONGEST_NAME = 80
MOST_WORDS = 7

_SALUTATIONS = {
    Salutation.MR: "herr herrn hr hrn mr mister monsieur m sig signor sr señor г-н господин",
    Salutation.MRS: "frau fr fräulein mrs ms miss madame mme mlle sig.ra signora sra señora г-жа госпожа",
    Salutation.FAMILY: "familie fam family eheleute ehepaar famille семейство",
}
_SALUTATION_WORDS = {word: said for said, words in _SALUTATIONS.items() for word in words.split()}
_COUPLE = re.compile(
    r"(?i)^(?:herrn?|hr\.?|mr\.?) (?:und|u\.|&|and) (?:frau|fr\.?|mrs\.?) |^(?:frau|mrs\.?) (?:und|&|"
    r"and) (?:herrn?|mr\.?) "
)
_TITLE = re.compile(
    r"(?i)^(?:prof|dr|mag|dipl|ing|priv|doz|pd|ra|rain|h\.? ?c|med|dent|vet|phil|jur|rer|nat|pol|oec|"
    r"e\.? ?h|habil|theol|techn|"
    r"iur|д-р|проф|инж)\.?(?:-[a-zäöüа-я.]{2,8})*\.?$"
)
_FIRST_TITLE = re.compile(
    r"(?i)^(?:prof|dr|mag|dipl|ing|priv|pd|ra|rain|д-р|проф|инж|rechtsanwalt|rechtsanwältin|pfarrer(?:in)?|notar(?:in)?|"
    r"bürgermeister(?:in)?|steuerberater(?:in)?)\.?(?:-[a-zäöüа-я.]{2,8})*\.?$"
)
_DEGREE = re.compile(r"(?i)^(?:m\.?a|b\.?a|m\.?sc|b\.?sc|mba|ll\.?m|ph\.?d|m\.?eng|b\.?eng|bba|mbl|md)\.?$")
_PARTICLES = frozenset(
    "von vom van zu zum zur der den dem de del della "
    "di da das dos du des la le el al bin ter ten freiherr freifrau graf gräfin".split()
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?|[^\W\d_]\.")
_NO_NAMES = frozenset("tel fon fax mobil mobile handy telefon telefax email e-mail mail web an von".split())
_JOINTS = frozenset(("und", "u.", "&", "and", "+"))


def parse_person(line: str, *, lower_case: bool = False) -> PersonName | None:
    """Read "Frau Dr. Petra Müller-Lüdenscheidt", "Müller, Petra" or "Familie Schulz"; None if it is no name.

    A family name stands last or before a comma. `lower_case`: names typed without capitals are names, too.
    """
    if len(line) > LONGEST_NAME:
        return None
    line = " ".join(line.replace("\u00a0", " ").split()).strip(" ,;:-")
    salutation, rest = _salutation(line)
    title, rest = _title(rest)
    if salutation is Salutation.NONE and not title and rest == line and len(rest.split()) > 5:
        return None
    return _named(salutation, title, rest, lower_case=lower_case)


def has_salutation(line: str) -> bool:
    """Whether the line starts like "Herrn", "Frau" or "Dr."."""
    salutation, rest = _salutation(line.strip())
    return salutation is not Salutation.NONE or bool(_title(rest)[0])


def is_title(word: str) -> bool:
    """Whether the word is one of an academic title: Dr., Prof., h.c., med."""
    return bool(_FIRST_TITLE.match(word) or _TITLE.match(word) or _DEGREE.match(word))


def _salutation(line: str) -> tuple[Salutation, str]:
    couple = _COUPLE.match(line)
    if couple:
        return Salutation.FAMILY, line[couple.end() :]
    first, _, rest = line.partition(" ")
    said = _SALUTATION_WORDS.get(first.lower().rstrip("."))
    if said and (rest or len(first) > 3) and not (first == first.lower() and len(first) < 3):
        return said, rest
    return Salutation.NONE, line


def _title(text: str) -> tuple[str, str]:
    words = text.split()
    count = 0
    while count < len(words) and (_TITLE if count else _FIRST_TITLE).match(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _named(salutation: Salutation, title: str, rest: str, *, lower_case: bool) -> PersonName | None:
    reversed_name = re.fullmatch(r"([^,]{2,40}), ?([^,]{2,40})", rest)
    if reversed_name and not _DEGREE.match(reversed_name[2]):
        behind_title, first_names = _title(reversed_name[2])
        if not (
            _are_names(reversed_name[1].split(), lower_case) and _are_names(first_names.split(), lower_case)
        ):
            return None
        return PersonName(salutation, title or behind_title, first_names, reversed_name[1].strip())
    words = [word for word in rest.replace(",", " ").split() if not _DEGREE.match(word)]
    if not words or len(words) > MOST_WORDS or not _are_names(words, lower_case or bool(title)):
        return None
    given, family = _split(words)
    return PersonName(salutation, title, " ".join(given), " ".join(family))


def _are_names(words: list[str], lower_case: bool) -> bool:
    if (
        not words
        or not any(len(word) > 1 for word in words)
        or words[0].lower().rstrip(".") in _NO_NAMES - _PARTICLES
    ):
        return False
    for word in words:
        if word.lower() in _PARTICLES or word in _JOINTS:
            continue
        if not _WORD.fullmatch(word) or not (lower_case or word[0].isupper()):
            return False
    return words[-1].lower() not in _PARTICLES and words[-1] not in _JOINTS


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Given and family name; the family name starts at "von", after the last joint, or is in capitals in front."""
    if len(words) == 1:
        return [], words
    if len(words) == 2 and len(words[0]) > 2 and words[0].isupper() and not words[1].isupper():
        return words[1:], words[:1]
    particle = next((position for position, word in enumerate(words) if word.lower() in _PARTICLES), -1)
    if particle >= 0:
        return words[:particle], words[particle:]
    return words[:-1], words[-1:]
