"""Promises in a note: “ruf Fr 15:00 zurück”, “Matratze bis Freitag”, “Reparatur Mi fertig”.

What is found is offered, never taken by itself: rather none too many than one too few. German first, then English.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shopdesk.domain.promises import PromiseKind
from shopdesk.domain.typing import promise_words as words
from shopdesk.domain.typing.dates import NO_DAYS
from shopdesk.domain.typing.moments import FoundSpan, hours_behind, hours_until, moment_in, time_spans
from shopdesk.domain.typing.promise_days import promised_day
from shopdesk.domain.typing.promise_goods import thing_promised

LONGEST_NOTE = 4000
_LONGEST_SENTENCE = 200
# a point ends a sentence unless it belongs to a figure ("24.12.", "15.30") or a short word ("Fr.", "ca.")
_SENTENCE = re.compile(
    r"\n+|;|(?<=[!?])\s+|(?<=[^\s\d.]{3})\.\s+(?=[A-ZÄÖÜ0-9])|(?<=[^\s\d.]{3})\.$"
    r"|(?<=\d{3})\.\s+(?=[^\W\d])|,\s+(?!\d)"
)
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_SPACES = re.compile(r"\s{2,}")
_EDGES = " \t,.;:-–—!"


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """What was promised in a sentence of a note; `due_time` is HH:MM or empty; `sentence` is the place it stood."""

    text: str
    due: date
    due_time: str
    kind: PromiseKind
    sentence: str


def find_promises(text: str, now: datetime, holidays: Container[date] = NO_DAYS) -> tuple[FoundPromise, ...]:
    """The promises in a note, each once, in their order. `now` is the shop's own time. Never raises."""
    found: dict[tuple[str, date, str], FoundPromise] = {}
    for sentence, ahead in _sentences(text[:LONGEST_NOTE]):
        promise = _promise(sentence, ahead, now, holidays)
        if promise is not None:
            found.setdefault((promise.text.casefold(), promise.due, promise.due_time), promise)
    return tuple(found.values())


def without_calls(text: str) -> str:
    """A note without the sentences about calling back: they name no goods, however much they look like some."""
    parts = _SENTENCE.split(text)
    kept = [part for part in parts if not words.CALL_BACK.search(folded_words(part))]
    return "\n".join(kept) if len(kept) < len(parts) else text


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a note, each with the part before it where just a comma stands between them."""
    start, ahead = 0, ""
    ends = [(found.start(), found.end(), found[0]) for found in _SENTENCE.finditer(text)]
    for end, following, mark in (*ends, (len(text), len(text), "")):
        sentence = text[start:end].strip()
        if 4 <= len(sentence) <= _LONGEST_SENTENCE:
            yield sentence, ahead
        start, ahead = following, sentence if mark.startswith(",") else ""


def _promise(sentence: str, ahead: str, now: datetime, holidays: Container[date]) -> FoundPromise | None:
    folded = folded_words(sentence)
    before = folded_words(ahead)
    if words.CONDITION.search(before):
        return None
    by_staff = next(
        ((found[0], kind) for pattern, kind in words.STAFF if (found := pattern.search(folded))), None
    )
    said = (
        folded.replace(by_staff[0], words.WE_CALL if by_staff[1] == PromiseKind.CALL_BACK else "")
        if by_staff
        else folded
    )
    if any(pattern.search(said) for pattern in words.NOT_OURS):
        return None
    moment = _moment(sentence, now, holidays)
    if moment is None:
        return None
    day, time, spans = moment
    what = _what(sentence, spans)
    kind = by_staff[1] if by_staff else _kind(folded)
    if kind is None and not words.WISH.search(before):
        kind = thing_promised(what, folded)
    return FoundPromise(what, day, time, kind, sentence) if kind is not None and what else None


def _moment(
    sentence: str, now: datetime, holidays: Container[date]
) -> tuple[date, str, list[FoundSpan]] | None:
    """When, and the places where it stands; None where no day and time is named, or it is over."""
    day, day_span = promised_day(sentence, now.date(), holidays)
    time, time_span = _time(sentence, day_span)
    if day is None and time is None:
        moment, day_span = moment_in(sentence, now)  # in 2 Stunden
        if moment is None:
            return None
        day, time = moment.date(), f"{moment:%H:%M}"
    if day is None:
        assert time is not None
        day = now.date() if time > f"{now:%H:%M}" else now.date() + timedelta(1)
    if day < now.date() or (day == now.date() and time is not None and time <= f"{now:%H:%M}"):
        return None
    return day, time or "", [span for span in (day_span, time_span) if span is not None]


def folded_words(text: str) -> str:
    """Lower case, ä → ae, no ß: as the tables of words are written."""
    lowered = text.lower().replace("ß", "ss")
    for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        lowered = lowered.replace(letter, two)
    return " ".join(lowered.split())


def _kind(folded: str) -> PromiseKind | None:
    return next((kind for pattern, kind in words.CUES if pattern.search(folded)), None)


def _time(sentence: str, day: FoundSpan | None) -> tuple[str | None, FoundSpan | None]:
    """The time of day and its place; a “from … to” stays in the words, for its begin would be lost otherwise."""
    until = hours_until(sentence)
    if until is not None and _is_apart(until[0], day):
        return until[1], None
    for span, time in time_spans(sentence):
        if _is_apart(span, day):
            return time, span
    bare = hours_behind(sentence, day) if day is not None else None
    return (bare[1], bare[0]) if bare is not None else (None, None)


def _is_apart(span: FoundSpan, taken: FoundSpan | None) -> bool:
    return taken is None or span.end <= taken.start or taken.end <= span.start


def _what(sentence: str, spans: list[FoundSpan]) -> str:
    """The sentence without its day and time, and without the little words before them."""
    rest = sentence
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        ahead, behind = rest[: span.start], rest[span.end :]
        while True:
            cut = words.WHAT_FILLS.search(folded_to_length(ahead).rstrip() + " ")
            if cut is None:
                break
            ahead = ahead[: cut.start()]
        rest = f"{ahead.rstrip()} {behind.lstrip()}"
    rest = _SPACES.sub(" ", rest).replace(" ,", ",").strip(_EDGES)
    return rest[:1].upper() + rest[1:]


def folded_to_length(text: str) -> str:
    """Lower case and without dots above, letter for letter, so that places stay the same."""
    return text.lower().translate(_FOLD)
