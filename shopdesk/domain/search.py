"""What was found, and what a hint may mean: words, a number, a telephone (S13, S36)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shopdesk.domain.folding import compact, fold, words

FoundType = Literal[
    "customer", "contact_person", "document", "article", "old_invoice", "timeline", "inquiry", "purchase_order",
    "supplier",
]  # fmt: skip
FOUND_TYPES: tuple[FoundType, ...] = (
    "customer", "contact_person", "document", "article", "old_invoice", "timeline",
)  # fmt: skip
"""What the index holds (inquiries are looked up beside it), in the order in which equally good hits stand."""

PAST: frozenset[FoundType] = frozenset({"old_invoice", "timeline"})
"""What lies behind: found by any part of its text, newest first."""

# Nobody remembers more of it; what is longer was pasted by mistake
HINT_LENGTH = 200
HINT_WORDS = 12

# Shorter ones are one mistake away from every other number
_SHORTEST_MISTYPED = 5
_LONGEST_MISTYPED = 24

# How people call the kinds of documents when they look for one
KIND_WORDS = {
    "quote": "Angebot Kostenvoranschlag quote offer",
    "order_confirmation": "Auftragsbestätigung Auftrag order confirmation",
    "delivery_note": "Lieferschein delivery note",
    "invoice": "Rechnung invoice",
    "deposit_invoice": "Anzahlungsrechnung Rechnung deposit invoice",
    "final_invoice": "Schlussrechnung Rechnung final invoice",
    "cancellation": "Stornorechnung Storno cancellation",
    "credit_note": "Gutschrift credit note",
    "payment_reminder": "Zahlungserinnerung Mahnung payment reminder",
}

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ue000]+")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_PHONE_RUN = re.compile(r"(?<!\w)\+?[0-9(][0-9\s()/.\-–]*[0-9](?!\w)")
_DIGIT_GROUP = re.compile(r"\d+")
_ZEROS_BEFORE = re.compile(r"(?<!\d)0+(?=\d)")
# ITU-T E.164: country codes of one and of two digits; all others have three
_ONE_DIGIT_CODES = frozenset("17")
_TWO_DIGIT_CODES = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 "
    "90 91 92 93 94 95 98".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """One hit. `id` is the row's own id; `customer_id` says whose page opens where there is a customer.

    `number` of an entry of the timeline is its day (ISO 8601).

    A higher `score` is a better hit.
    """

    type: FoundType
    id: int
    number: str
    title: str
    subtitle: str
    email: str
    score: int
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class PhoneHint:
    """Digits of a phone number as far as typed: without +, 00, the trunk 0 and (0).

    `ends` are the digits by which a number may end; empty for international ones.
    """

    digits: str
    ends: str = ""

    @property
    def is_international(self) -> bool:
        """Whether the digits begin with a country code."""
        return not self.ends


@dataclass(frozen=True, slots=True)
class Hint:
    """What was typed, taken apart. `words` are folded and stand without `phone` when that is set.

    `pieces` are the compacted parts between blanks, `numbers` the spellings under which a whole number is known,
    `email` is set when something with an @ was typed.
    """

    text: str
    words: tuple[str, ...]
    pieces: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    phone: PhoneHint | None = None
    phone_words: tuple[str, ...] = ()
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no letter and no digit in it."""
        return not (self.words or self.phone)

    @property
    def has_digits(self) -> bool:
        """Whether it can be a number of a customer or document."""
        return any(map(str.isdigit, self.text))

    @property
    def is_short(self) -> bool:
        """One or two letters: too few for anything but the beginning of a name."""
        return self.phone is None and len(self.words) == 1 and len(self.words[0]) <= 2


def hint_of(text: str) -> Hint:
    """Take apart what was typed; anything may come in, of any length."""
    clean = _CONTROL.sub(" ", text[: HINT_LENGTH * 2]).strip()[:HINT_LENGTH]
    rest, run = _split_phone(clean)
    phone = _phone_typed(run)
    if phone is None:
        rest, run = clean, ""
    return Hint(
        text=clean,
        words=words(rest)[:HINT_WORDS],
        pieces=_pieces(clean),
        numbers=_numbers_typed(clean),
        phone=phone,
        phone_words=words(run)[:HINT_WORDS],
        email=clean.lower() if "@" in clean.strip("@") and " " not in clean else "",
    )


def number_keys(number: str) -> frozenset[str]:
    """The spellings under which a number ("R-2026-0412") is found whole: "2026-0412", "R-412", "412", …"""
    groups = _DIGIT_GROUP.findall(number)
    if not groups:
        return frozenset({compact(number)} - {""})
    letters = compact(re.split(r"\d", number, maxsplit=1)[0])
    last = groups[-1].lstrip("0") or "0"
    bare = _ZEROS_BEFORE.sub("", number)
    whole = {compact(number), compact(bare)}
    without_letters = {key.removeprefix(letters) for key in whole}
    return frozenset(whole | without_letters | {last, letters + last})


def near_numbers(key: str) -> tuple[str, ...]:
    """The keys one typing mistake away from a mistyped "r20260412": two changed places, one left out, wrong, too many.

    Empty for what is no number, too short to tell, or too long to be one of ours.
    """
    if not _SHORTEST_MISTYPED <= len(key) <= _LONGEST_MISTYPED or not any(map(str.isdigit, key)):
        return ()
    signs = "0123456789" if key.isdigit() else "0123456789abcdefghijklmnopqrstuvwxyz"
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    near = dict.fromkeys(before + rest[1] + rest[0] + rest[2:] for before, rest in cuts if len(rest) > 1)
    near |= dict.fromkeys(before + rest[1:] for before, rest in cuts if rest)
    for sign in signs:
        near |= dict.fromkeys(before + sign + rest[1:] for before, rest in cuts if rest)
        near |= dict.fromkeys(before + sign + rest for before, rest in cuts)
    near.pop(key, None)
    return tuple(near)


def phone_words(shown: str, e164: str = "") -> tuple[str, ...]:
    """The digits by which a stored phone number is found from its beginning: international, national, as shown."""
    found = list(words(_TRUNK_ZERO.sub(" ", shown)))
    phone = _phone_typed(e164 or shown)
    if phone is not None:
        found.append(phone.digits)
        if phone.is_international:
            found.append(national_digits(phone.digits))
    return tuple(dict.fromkeys(word for word in found if word))


def phone_ends(shown: str, e164: str = "") -> str:
    """The digits of a stored number backwards, for "ends in 4711"."""
    return "".join(_DIGIT_GROUP.findall(e164 or shown))[::-1]


def national_digits(international: str) -> str:
    """International digits without the country code and a zero after it."""
    if international[:1] in _ONE_DIGIT_CODES:
        length = 1
    else:
        length = 2 if international[:2] in _TWO_DIGIT_CODES else 3
    return international[length:].lstrip("0")


def _split_phone(text: str) -> tuple[str, str]:
    """The text around the longest row of digits, and that row where it can be (part of) a phone number."""
    text = _TRUNK_ZERO.sub(" ", text) if "+" in text or "00" in text else text
    runs = [match for match in _PHONE_RUN.finditer(text) if sum(map(str.isdigit, match[0])) >= 3]
    if not runs or not text.isascii() or "@" in text:
        return text, ""
    run = max(runs, key=lambda match: match.end() - match.start())
    return f"{text[: run.start()]} {text[run.end() :]}", run[0]


def _phone_typed(run: str) -> PhoneHint | None:
    typed = "".join(_DIGIT_GROUP.findall(_TRUNK_ZERO.sub("", run)))
    digits = typed.lstrip("0")
    if not digits:
        return None
    if run.lstrip("( ").startswith("+") or typed.startswith("00"):
        return PhoneHint(digits)
    return PhoneHint(digits, ends=typed)


def _pieces(text: str) -> tuple[str, ...]:
    """Compacted parts; when one is too short for a search by three characters, all together: "60 r16" is "60r16"."""
    pieces = [piece for piece in map(compact, text.split()) if piece]
    if len(pieces) > 1 and any(len(piece) < 3 for piece in pieces):
        pieces = ["".join(pieces)]
    return tuple(piece for piece in pieces if len(piece) >= 3)[:HINT_WORDS]


def _numbers_typed(text: str) -> tuple[str, ...]:
    whole = fold(text)
    if len(whole) > 40:
        return ()
    keys = dict.fromkeys((compact(whole), compact(_ZEROS_BEFORE.sub("", whole))))
    return tuple(key for key in keys if key)
