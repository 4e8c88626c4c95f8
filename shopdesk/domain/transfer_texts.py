"""The text of a transfer, cut into runs that may be a number of a document: without its days and times of day.

Banks break lines anywhere, so neighbouring pieces are joined; what stands before figures tells whose number they are.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PIECES = re.compile(r"[A-Z]+|\d+")
_MOST_PIECES = 6
"""A number is found though the bank cut it into so many pieces."""
_LONGEST = 40
_TIGHT = frozenset({"", "-", "/", ".", "_"})
_BREAK = re.compile(r"[,;+&()=|!?]")
_NUMBER_WORDS = frozenset("NR N NO NUM NUMMER NUMMERN NUMERO".split())
_SMALL_WORDS = frozenset(
    "UND VOM VON AM AN ZU ZUR ZUM FUER FUR F DIE DER DAS DEN DES DEM IM IN MIT PER BIS AUS UEB EUR THE AND FOR OF TO "
    "ET DE DU LA LE POUR NA ZA DANK MFG".split()
)
_BILL_WORDS = frozenset("R RE RG RN RNR RNG RGNR RENR RECH RECHN INV FA FAC".split())
_BILL_STEMS = ("RECHNUNG", "RECHN", "INVOICE", "FACTURE", "FAKTUR")
_ORDER_WORDS = frozenset({"AB"})
_ORDER_STEMS = ("AUFTRAG", "AUFTR", "BESTELL", "ORDER")
_OTHER_STEMS = (
    "ANGEBOT", "QUOTE", "OFFER", "LIEFER", "MAHN", "ZAHLUNGSERINN", "KUNDE", "KDNR", "VERTRAG", "MANDAT", "GUTSCHRIFT",
    "STORNO", "REFERENZ",
)  # fmt: skip
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "AE", "Ö": "OE", "Ü": "UE"})

_TIMES = re.compile(
    r"(?<![\d.])(?:[01]?\d|2[0-3])[.:][0-5]\d(?:[.:][0-5]\d)?\s?(?:UHR|H)\b"
    r"|(?<![\d:])(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
)
_POINT_DAYS = re.compile(
    r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])\.\s?(?P<m>0?[1-9]|1[0-2])\.\s?(?P<y>20\d\d|\d\d)(?!\d)"
)
_OTHER_DAYS = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<sep>[-/.])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![-/]?\d)"
    r"|(?<!\d)(?<!\d[-/])(?P<d2>0?[1-9]|[12]\d|3[01])(?P<sep2>[-/])(?P<m2>0?[1-9]|1[0-2])(?P=sep2)(?P<y2>20\d\d)(?![-/]?\d)"
)
_PLAIN_DAYS = re.compile(r"\b(?P<word>DATUM|DAT|VOM|AM)[.:]?\s?(?P<figures>\d{8})(?!\d)")
_PREFIX = re.compile(r"([A-Z]+)[-/._]?$")
_DAY_WORDS = frozenset("VOM AM DAT DATUM DEN TAG".split())


def plain(text: str) -> str:
    """Capitals without accents, umlauts spelled out as banks do."""
    if text.isascii():
        return text.upper()
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).upper()


def without_days(text: str) -> str:
    """A plain text with a break in place of each day and time of day; a number that looks like a day stays."""
    text = _TIMES.sub(" ; ", text)
    text = _POINT_DAYS.sub(_break_unless_number, text)
    text = _OTHER_DAYS.sub(_break_unless_number, text)
    return _PLAIN_DAYS.sub(lambda found: " ; " if _is_day(found["figures"]) else found[0], text)


def _break_unless_number(found: re.Match[str]) -> str:
    before = _PREFIX.search(found.string[max(found.start() - 8, 0) : found.start()])
    is_number = before is not None and len(before[1]) <= 3 and before[1] not in _DAY_WORDS
    return found[0] if is_number else " ; "


def _is_day(figures: str) -> bool:
    for year, month, day in (
        (figures[:4], figures[4:6], figures[6:]),
        (figures[4:], figures[2:4], figures[:2]),
    ):
        try:
            if 2000 <= dt.date(int(year), int(month), int(day)).year < 2100:
                return True
        except ValueError:
            continue
    return False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces without what stood between them.

    `letters` are those that it begins with, else those that stand before its figures as a prefix or a word for a kind
    of document; "" where nothing there says whose number it is.
    """

    text: str
    letters: str

    @property
    def is_figures_first(self) -> bool:
        """Whether its letters stand before it, not in it."""
        return self.text[0].isdigit()

    def may_be(self, letters: str, *, is_order: bool) -> bool:
        """Whether the letters before its figures allow it to be a number with these letters."""
        if self.letters in ("", letters):
            return True
        if is_order:
            return self.letters in _ORDER_WORDS or self.letters.startswith(_ORDER_STEMS)
        return self.letters in _BILL_WORDS or self.letters.startswith(_BILL_STEMS)


@lru_cache(maxsize=1 << 15)
def runs(text: str) -> tuple[Run, ...]:
    """All runs of a text that hold figures, in its order."""
    words = without_days(plain(text))
    pieces = list(_PIECES.finditer(words))[:200]
    gaps = [words[one.end() : two.start()] for one, two in itertools.pairwise(pieces)]
    found: dict[tuple[str, str], Run] = {}
    for begin, first in enumerate(pieces):
        letters = _before(pieces, gaps, begin) if first[0].isdigit() else first[0]
        for run in _from(pieces, gaps, begin):
            found.setdefault((run, letters), Run(run, letters))
    return tuple(found.values())


def _from(pieces: list[re.Match[str]], gaps: list[str], begin: int) -> list[str]:
    """The runs that begin here; none goes over a break."""
    run, found = "", []
    for at in range(begin, min(begin + _MOST_PIECES, len(pieces))):
        if at > begin and _BREAK.search(gaps[at - 1]):
            break
        run += pieces[at][0]
        if len(run) > _LONGEST:
            break
        if any(letter.isdigit() for letter in run):
            found.append(run)
    return found


def _before(pieces: list[re.Match[str]], gaps: list[str], at: int) -> str:
    """What stands before figures and says whose number they are; "" where nothing does."""
    while at and gaps[at - 1] in _TIGHT and pieces[at - 1][0].isdigit():
        at -= 1
    while at and pieces[at - 1][0] in _NUMBER_WORDS:
        at -= 1
        if at == 0 or _BREAK.search(gaps[at - 1]):
            return ""
    if not at or pieces[at - 1][0].isdigit():
        return ""
    word, gap = pieces[at - 1][0], gaps[at - 1]
    if _BREAK.search(gap) or word in _SMALL_WORDS:
        return ""
    is_known = word in _BILL_WORDS or word.startswith((*_BILL_STEMS, *_ORDER_STEMS, *_OTHER_STEMS))
    return word if is_known or len(word) <= (4 if gap in _TIGHT else 3) else ""
