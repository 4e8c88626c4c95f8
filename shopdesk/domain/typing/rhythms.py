"""How often, as people type it: `alle 6 Wochen`, `monatlich`, `every 2 weeks`, `3m`."""

from __future__ import annotations

import re

from shopdesk.domain.follow_ups import MOST_UNITS, Repeat, RepeatUnit
from shopdesk.domain.messages import N_
from shopdesk.domain.typing import date_words
from shopdesk.domain.typing.wrong import TypedWrong

_NOT_A_RHYTHM = N_("“{text}” is no rhythm. Try every 6 weeks, monthly or 10 days.")
_WHOLE = {
    "taeglich": (1, RepeatUnit.DAY), "daily": (1, RepeatUnit.DAY),
    "woechentlich": (1, RepeatUnit.WEEK), "weekly": (1, RepeatUnit.WEEK),
    "monatlich": (1, RepeatUnit.MONTH), "monthly": (1, RepeatUnit.MONTH),
    "vierteljaehrlich": (3, RepeatUnit.MONTH), "quarterly": (3, RepeatUnit.MONTH), "quartal": (3, RepeatUnit.MONTH),
    "quartalsweise": (3, RepeatUnit.MONTH), "quartalweise": (3, RepeatUnit.MONTH),
    "jedes quartal": (3, RepeatUnit.MONTH), "einmal im quartal": (3, RepeatUnit.MONTH),
    "every quarter": (3, RepeatUnit.MONTH),
    "wochenweise": (1, RepeatUnit.WEEK), "monatsweise": (1, RepeatUnit.MONTH), "zweiwoechentlich": (2, RepeatUnit.WEEK),
    "14-taegig": (2, RepeatUnit.WEEK), "vierzehntaegig": (2, RepeatUnit.WEEK), "zweimonatlich": (2, RepeatUnit.MONTH),
    "jedes halbe jahr": (6, RepeatUnit.MONTH), "jedes jahr": (12, RepeatUnit.MONTH),
    "halbjaehrlich": (6, RepeatUnit.MONTH), "jaehrlich": (12, RepeatUnit.MONTH), "yearly": (12, RepeatUnit.MONTH),
    "annually": (12, RepeatUnit.MONTH),
}  # fmt: skip
_COUNTED = re.compile(r"(?:(?:alle|every|jede[nrs]?|each|\+) ?)?(?:([0-9]{1,4}|[a-z]+(?= )) ?)?([a-z]+)")
_UNITS = {"day": (1, RepeatUnit.DAY), "week": (1, RepeatUnit.WEEK), "month": (1, RepeatUnit.MONTH),
          "year": (12, RepeatUnit.MONTH)}  # fmt: skip
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def parse_rhythm(text: str) -> Repeat:
    """Read how often something comes back. Raises TypedWrong."""
    folded = " ".join(text.lower().translate(_FOLD).split())
    if folded in _WHOLE:
        return Repeat(*_WHOLE[folded])
    found = _COUNTED.fullmatch(folded)
    unit = _UNITS.get(date_words.UNITS.get(found[2], "")) if found else None
    if found is None or unit is None:
        raise TypedWrong(_NOT_A_RHYTHM, text)
    said = found[1] or "1"
    count = int(said) if said.isdigit() else date_words.NUMBERS.get(said, 0)
    if not 1 <= count * unit[0] <= MOST_UNITS:
        raise TypedWrong(_NOT_A_RHYTHM, text)
    return Repeat(count * unit[0], unit[1])
