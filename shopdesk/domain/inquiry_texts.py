"""What a message of a customer says: his own words, what he asks for, and whether he only thanks."""

from __future__ import annotations

import re

from shopdesk.domain.folding import words

_NEEDED = "danke dankeschön dankeschoen dank merci thanks thank thx"
_AROUND = (
    "vielen besten herzlichen lieben schönen schön vielmals sehr nochmals noch mal you a lot many so much super prima "
    "toll wunderbar für die das den schnelle rasche prompte nette ausführliche ihre ihr deine dein antwort rückmeldung "
    "auskunft info information informationen hilfe beratung bestätigung zusendung mühe bemühungen angebot rechnung "
    "nachricht mail und auch hallo ihnen dir euch ok okay alles klar for the your quick reply answer help quote dear "
    "hello hi"
)
_WISHES = re.compile(
    r"\b(einen |ein |eine |noch |und |auch |guten |gute |schöne[nrs]? |liebe[nr]? |have a |nice |good ){1,4}"
    r"(tag|morgen|abend|wochenende|woche|feierabend|zeit|day|weekend|evening)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mrs?\.?)\s+(?:Dr\.\s+|Prof\.\s+)*[A-ZÄÖÜ][\w'-]+")
_GREETED = re.compile(
    r"^\s*(?i:sehr geehrte[rs]?|liebe[rs]?|dear|hallo|hello|hi|moin|servus|guten (?:tag|morgen|abend))"
    r"(?:\s+(?i:zusammen|team|damen und herren)|\s+[A-ZÄÖÜ][\w.'-]+){0,4}\s*[,!.]?\s*$"
)
_DEVICE = re.compile(
    r"^\W*(?:(?:von meinem|gesendet|verschickt|versendet|sent|diese (?:nachricht|mail|e-mail) wurde|get|download)\b"
    r".{0,60}\b(?:iphone|ipad|android\w*|smartphone|handy|mobil\w*|samsung|galaxy|huawei|xiaomi|outlook|gmx|web\.de|"
    r"t-online|telekom|yahoo|gmail|proton\w*|thunderbird|blackberry|windows|mail[- ]app|e-?mail[- ]app|avast|avg)\b"
    r"|outlook (?:für|for) (?:ios|android|mac)|virenfrei\b).{0,80}$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^\s*(?:(?:tel|telefon|fon|phone|mobil|mobile|handy|fax|e-?mail|mail|web|internet|t|m|f)\b[.:]?\s*[:/]?\s*"
    r"(?:[+\d(][\d\s()/.+-]{4,}|\S+@\S+|\S+\.\w{2,})"
    r"|[+0(][\d\s()/.-]{5,}|\S+@\S+\.\w+|(?:https?://|www\.)\S+"
    r"|(?:D-)?\d{5}\s+[^\W\d_][\w .()/-]{1,40}|[^\W\d_][\w .-]{2,40}\s\d{1,4}\s?[a-zA-Z]?"
    r"|[\w &.,-]{1,60}\b(?:GmbH|KG|OHG|AG|e\.\s?K\.|GbR|UG|Ltd)\b.{0,20})\s*$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?|nachtrag)\s*[:.]?\s", re.IGNORECASE)
_LONGEST_CONTACT = 120
_NO_NAMES = frozenset(
    words(
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute morgen ja nein bitte gern gerne "
        "einverstanden angenommen bestellt passt termin angebot okay ok januar februar märz april mai juni juli august "
        "september oktober november dezember monday tuesday wednesday thursday friday saturday sunday yes no please"
    )
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
    """What somebody wrote himself: without the quoted mail, a signature behind "-- " and what a telephone adds."""
    lines = []
    for line in text.splitlines():
        if _SIGNATURE.match(line) or _QUOTE.match(line) or _DEVICE.match(line):
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
    if lines and _GREETED.match(lines[0]):
        lines = lines[1:]
    said: list[str] = []
    for number, line in enumerate(lines):
        if said and (_CLOSING.match(line) or _is_signature(lines[number:])):
            # what follows is who thanks, unless he adds something
            if any(_POSTSCRIPT.match(later) for later in lines[number:]):
                return False
            break
        said += words(_WISHES.sub(" ", _ADDRESSED.sub(" ", line)))
    return any(word in _THANKS for word in said) and all(word in _KNOWN for word in said)


def _is_signature(lines: list[str]) -> bool:
    """A name, and below it nothing but where he is reached."""
    return _is_name(lines[0]) and all(_is_name(line) or _is_contact(line) for line in lines[1:])


def _is_contact(line: str) -> bool:
    return len(line) <= _LONGEST_CONTACT and bool(_CONTACT.match(line))


def _is_name(line: str) -> bool:
    names = line.split()
    return (
        bool(_NAME_LINE.match(line))
        and all(word[:1].isupper() for word in names)
        and not any(word in _NO_NAMES for word in words(line))
    )


_THANKS = frozenset(words(_NEEDED))
_KNOWN = _THANKS | frozenset(words(_AROUND))
