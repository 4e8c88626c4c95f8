"""Single cells of a customer as values. A cell that cannot be one is left out, and it is said which."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from shopdesk.domain.consents import Channel
from shopdesk.domain.documents import CashDiscount
from shopdesk.domain.imports.fields import FIELD_NAMES
from shopdesk.domain.imports.values import ImportKind
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import Salutation
from shopdesk.domain.typing.people import is_title
from shopdesk.domain.vat_ids import vat_id_compact, vat_id_is_valid

LONGEST = 200
MOST_EMAILS = 20
_SHOWN = 60
_LEFT_OUT = N_("{field} “{text}”")

_BETWEEN_EMAILS = re.compile(r"[;,\s]+")
_BETWEEN_TAGS = re.compile(r"[;,\n]")
_EMAIL = re.compile(r"[^@\s<>(),;\"]{1,64}@[^@\s<>(),;\"]{1,190}")
_SALUTATIONS = {
    word: salutation
    for salutation, words in (
        (Salutation.MR, "herr herrn hr mr mister monsieur m"),
        (Salutation.MRS, "frau fr mrs ms miss madame mme"),
        (Salutation.FAMILY, "familie fam family eheleute"),
    )
    for word in words.split()
}
_NO_WORDS = frozenset("firma company an und none neutral ohne keine divers".split())
_LANGUAGES = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en", "fr": "fr",
              "französisch": "fr", "french": "fr", "bg": "bg", "bulgarisch": "bg", "bulgarian": "bg"}  # fmt: skip
_CHANNELS = {
    word: channel
    for channel, words in (
        (Channel.PHONE, "phone telefon anruf"),
        (Channel.MAIL, "mail e-mail email"),
        (Channel.LETTER, "letter brief post"),
        (Channel.MESSENGER, "messenger whatsapp signal"),
    )
    for word in words.split()
}
_YES = frozenset("ja yes x 1 true wahr j y".split())
_NO = frozenset("nein no 0 false falsch n".split())
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)(?:[T ].*)?|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?:T.*)?"
    r"|(?P<d3>\d\d?)\.(?P<m3>\d\d?)\.(?P<y3>\d{4})(?: .*)?"
)
_SLASHES = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?: .*)?")
_NO_DAY = re.compile(r"[0./: -]*")
_OLDEST = 1880
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))? ?(?:%|Tage|days)?", re.IGNORECASE)
_LONGEST_DAYS = 365


class LeftOut(list[Message]):
    """What of a row is not taken over, to be said."""

    def note(self, field: str, text: str) -> None:
        """One value of a field more."""
        words = " ".join(text.split())
        shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
        name = Message(FIELD_NAMES[ImportKind.CUSTOMERS][field])
        self.append(Message(_LEFT_OUT, {"field": name, "text": shown}))


def addressed(salutation: str, title: str, left: LeftOut) -> tuple[Salutation, str]:
    """Outlook's title is the salutation, "Herr Dr." is both; other words are no title where a salutation belongs."""
    if not (salutation or title):
        return Salutation.NONE, ""
    said, rest, odd = Salutation.NONE, list[str](), list[str]()
    for text, may_be_any in ((salutation, False), (title, True)):
        for word in text.split():
            plain = word.strip(".,/").casefold()
            if found := _SALUTATIONS.get(plain):
                said = found
            elif plain and plain not in _NO_WORDS and word not in rest:
                (rest if may_be_any or is_title(word) else odd).append(word)
    if odd:
        left.note("salutation", " ".join(odd))
    return said, " ".join(rest)[:LONGEST]


def emails(texts: Sequence[str], left: LeftOut) -> tuple[str, ...]:
    """All mail addresses, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in _BETWEEN_EMAILS.split(text):
            word = piece.strip("<>").removeprefix("mailto:").lower()
            if not word:
                continue
            if _EMAIL.fullmatch(word):
                found[word] = None
            else:
                left.note("email", word)
    return tuple(found)[:MOST_EMAILS]


def vat_id(text: str, left: LeftOut) -> str:
    """A VAT id whose figures are right."""
    compact = vat_id_compact(text) if text else ""
    if compact and not vat_id_is_valid(compact):
        left.note("vat_id", text)
        return ""
    return compact


def language(text: str, default: str) -> str:
    """One of the languages of our papers."""
    return (
        _LANGUAGES.get(text.casefold()[:20], _LANGUAGES.get(text.casefold()[:2], default))
        if text
        else default
    )


def tags(texts: Sequence[str]) -> tuple[str, ...]:
    """Without Google's own groups, which begin with a star."""
    found: dict[str, str] = {}
    for text in texts:
        for piece in _BETWEEN_TAGS.split(text):
            tag = " ".join(piece.strip().removeprefix("#").split())
            if tag and not tag.startswith("*"):
                found.setdefault(tag.casefold(), tag[:LONGEST])
    return tuple(found.values())


def facts(texts: Sequence[str]) -> tuple[str, ...]:
    """One in each line."""
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def birthday(text: str, left: LeftOut) -> dt.date | None:
    """A day with its year; 3/4/1970 is a different day in London and New York and no birthday."""
    if not text or _NO_DAY.fullmatch(text):  # Outlook writes 0.0.00
        return None
    found = _day(text)
    if found is None or found.year < _OLDEST:
        left.note("birthday", text)
        return None
    return found


def _day(text: str) -> dt.date | None:
    slashes = _SLASHES.fullmatch(text)
    if slashes:
        one, two, of = map(int, slashes.groups())
        if one <= 12 and two <= 12 and one != two:
            return None
        parts = (of, one, two) if two > 12 else (of, two, one)
    else:
        found = _DAY.fullmatch(text)
        if found is None:
            return None
        year, month, day = (found[name] or found[f"{name}2"] or found[f"{name}3"] for name in "ymd")
        parts = (int(year), int(month), int(day))
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def percent(field: str, text: str, left: LeftOut) -> Decimal | None:
    """More than 0 and less than 100, else nothing."""
    found = _NUMBER.fullmatch(text)
    value = Decimal(f"{found[1]}.{found[2] or 0}").normalize() if found else Decimal(-1)
    if 0 < value < 100:
        return Decimal(int(value)) if value == int(value) else value
    if text and value:
        left.note(field, text)
    return None


def days(field: str, text: str, left: LeftOut) -> int | None:
    """0 to 365, else nothing."""
    found = _NUMBER.fullmatch(text)
    if found and not found[2] and int(found[1]) <= _LONGEST_DAYS:
        return int(found[1])
    if text:
        left.note(field, text)
    return None


def cash_discount(rate: str, within: str, left: LeftOut) -> CashDiscount | None:
    """Both, else none."""
    percentage, count = percent("cash_discount", rate, left), days("cash_discount_days", within, left)
    if percentage is not None and count:
        return CashDiscount(percentage, count)
    if percentage is not None:
        left.note("cash_discount", rate)
    return None


def channel(field: str, text: str, left: LeftOut) -> Channel | None:
    """One of the ways to reach somebody."""
    found = _CHANNELS.get(text.casefold())
    if text and found is None:
        left.note(field, text)
    return found


def yes(field: str, text: str, left: LeftOut) -> bool:
    """Whether it says yes."""
    word = text.casefold()
    if word and word not in _YES | _NO:
        left.note(field, text)
    return word in _YES
