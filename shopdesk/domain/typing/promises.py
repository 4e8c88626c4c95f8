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
from shopdesk.domain.typing.dates import NO_DAYS, parse_date
from shopdesk.domain.typing.moments import FoundSpan, day_spans, moment_in, time_spans
from shopdesk.domain.typing.wrong import TypedWrong

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
    for sentence in _sentences(text[:LONGEST_NOTE]):
        promise = _promise(sentence, now, holidays)
        if promise is not None:
            found.setdefault((promise.text.casefold(), promise.due, promise.due_time), promise)
    return tuple(found.values())


def without_calls(text: str) -> str:
    """A note without the sentences about calling back: they name no goods, however much they look like some."""
    parts = _SENTENCE.split(text)
    kept = [part for part in parts if not words.CALL_BACK.search(folded_words(part))]
    return "\n".join(kept) if len(kept) < len(parts) else text


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        sentence = part.strip()
        if 4 <= len(sentence) <= _LONGEST_SENTENCE:
            yield sentence


def _promise(sentence: str, now: datetime, holidays: Container[date]) -> FoundPromise | None:
    folded = folded_words(sentence)
    if any(pattern.search(folded) for pattern in words.NOT_OURS):
        return None
    day, day_span = _day(sentence, now, holidays)
    time, time_span = _time(sentence, day_span)
    if day is None and time is None:
        moment, span = moment_in(sentence, now)  # in 2 Stunden
        if moment is None or span is None:
            return None
        day, time, day_span = moment.date(), f"{moment:%H:%M}", span
    if day is None:
        assert time is not None
        day = now.date() if time > f"{now:%H:%M}" else now.date() + timedelta(1)
    if day < now.date() or (day == now.date() and time is not None and time <= f"{now:%H:%M}"):
        return None
    kind = _kind(folded, has_day=day_span is not None)
    what = _what(sentence, [span for span in (day_span, time_span) if span is not None])
    return FoundPromise(what, day, time or "", kind, sentence) if kind is not None and what else None


def folded_words(text: str) -> str:
    """Lower case, ä → ae, no ß: as the tables of words are written."""
    lowered = text.lower().replace("ß", "ss")
    for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        lowered = lowered.replace(letter, two)
    return " ".join(lowered.split())


def _kind(folded: str, *, has_day: bool) -> PromiseKind | None:
    for pattern, kind in words.CUES:
        if pattern.search(folded):
            return kind
    return PromiseKind.DELIVERY if has_day and words.BY.search(folded) else None


def _day(sentence: str, now: datetime, holidays: Container[date]) -> tuple[date | None, FoundSpan | None]:
    """The longest part of the sentence that is a day; the last one where several are as long."""
    best: tuple[date | None, FoundSpan | None] = (None, None)
    for span in day_spans(sentence):
        try:
            day = parse_date(span.text, now.date(), holidays)
        except TypedWrong:
            continue
        if best[1] is None or len(span.text) >= len(best[1].text):
            best = (day, span)
    return best


def _time(sentence: str, taken: FoundSpan | None) -> tuple[str | None, FoundSpan | None]:
    for span, time in time_spans(sentence):
        if taken is None or span.end <= taken.start or taken.end <= span.start:
            return time, span
    return None, None


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
    rest = _SPACES.sub(" ", rest).strip(_EDGES)
    return rest[:1].upper() + rest[1:]


def folded_to_length(text: str) -> str:
    """Lower case and without dots above, letter for letter, so that places stay the same."""
    return text.lower().translate(_FOLD)
