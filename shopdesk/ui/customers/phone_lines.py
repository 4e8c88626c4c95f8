"""Phones as lines of text and back: the number, and what kind of number it is as a word behind it."""

from __future__ import annotations

import re

from shopdesk.domain.customers import Phone
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts

_LABELS = {"mobile": N_("mobile"), "home": N_("at home"), "work": N_("office"), "fax": N_("fax")}
_NUMBER_AND_WORD = re.compile(r"(?P<number>[+(\d][\d\s()/.\-]*\d)\s*[,:]?\s*\(?(?P<word>[^\d()]+)\)?")


def label_words(texts: Texts, label: str) -> str:
    """The word for a kind of phone; a word of the owner's own as it is."""
    return texts.gettext(_LABELS[label]) if label in _LABELS else label


def phone_line(texts: Texts, phone: Phone) -> str:
    """The number and the word for its kind, as one line."""
    return f"{phone.number} {label_words(texts, phone.label)}".strip()


def phone_of(texts: Texts, line: str, known: tuple[Phone, ...]) -> Phone:
    """The phone that a line means; one of the known ones keeps what was read of it (E.164)."""
    for phone in known:
        if phone_line(texts, phone) == line:
            return phone
    found = _NUMBER_AND_WORD.fullmatch(line)
    if found is None:
        return Phone(line)
    number, word = found["number"], found["word"].strip()
    label = next((key for key in _LABELS if label_words(texts, key).casefold() == word.casefold()), word)
    same = next((phone for phone in known if phone.number == number), None)
    return Phone(number, same.e164 if same else "", label)
