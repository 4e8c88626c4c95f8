"""What a message of a customer says: his own words, what he asks for, and whether he only thanks."""

from __future__ import annotations

import re

from shopdesk.domain.folding import words

_NEEDED = "danke dankeschön dankeschoen dank merci thanks thank thx"
_AROUND = (
    "vielen besten herzlichen lieben schönen vielmals sehr nochmals noch mal you a lot many so much super prima toll "
    "wunderbar für die schnelle rasche prompte nette ihre deine antwort rückmeldung auskunft info information "
    "informationen hilfe nachricht mail und auch hallo guten tag morgen abend wochenende ihnen dir euch "
    "for the your quick reply answer help dear hello hi"
)
_QUOTE = re.compile(
    r"^\s*(-{2,}\s*(Ursprüngliche|Original)|(Am|On)\s.{6,120}(schrieb|wrote)\b|(Von|From):\s)", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^--\s*$")
_CLOSING = re.compile(
    r"^\s*((mit|freundliche|liebe|viele|beste|herzliche|schöne|kind|best|warm)\w*\s+)*"
    r"(gr(u|ü|ue)(ß|ss)\w*|regards|mfg|lg|vg)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^\s*(sehr geehrte\w*|liebe\w*|dear|hallo|hello|hi|moin|servus|guten (tag|morgen|abend)|grüß gott)\b"
    r"[^.?!\d]{0,50}[,!.]?\s*$",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"^\s*([^\W\d_][\w.'-]*\s*){1,3}$")


def own_text(text: str) -> str:
    """What somebody wrote himself: without the quoted mail below it and without a signature behind "-- "."""
    lines = []
    for line in text.splitlines():
        if _SIGNATURE.match(line) or _QUOTE.match(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line)
    return "\n".join(lines).strip()


def asked_text(text: str) -> str:
    """What somebody asks for: his own text without the salutation line above and the greetings and address below."""
    lines = own_text(text).splitlines()
    if lines and _SALUTATION.match(lines[0]):
        lines = lines[1:]
    last = next((number for number, line in enumerate(lines) if number and _CLOSING.match(line)), len(lines))
    return "\n".join(lines[:last]).strip()


def is_mere_thanks(text: str) -> bool:
    """Whether a message says thank you and nothing else; a question or a figure always says more.

    Doubtful words such as "passt" or "gern" may accept a quote, so they are no mere thanks.
    """
    own = own_text(text)
    if not own or "?" in own:
        return False
    lines = [line for line in own.splitlines() if words(line)]
    said: list[str] = []
    for number, line in enumerate(lines):
        if said and (_CLOSING.match(line) or (number == len(lines) - 1 and _is_name(line))):
            break  # what follows is who thanks
        said += words(line)
    return any(word in _THANKS for word in said) and all(word in _KNOWN for word in said)


def _is_name(line: str) -> bool:
    return bool(_NAME_LINE.match(line)) and all(word[:1].isupper() for word in line.split())


_THANKS = frozenset(words(_NEEDED))
_KNOWN = _THANKS | frozenset(words(_AROUND))
