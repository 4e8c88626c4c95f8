"""Phone numbers as people write them, and what two of them have in common.

Phone libraries read letters as keypad digits ("privat" becomes 774828), so words are taken out first. The library
is imported on first use: it costs more than a window's first paint may (PERFORMANCE.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shopdesk.domain import german_phones
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

LONGEST_TEXT = 200
LONGEST_EXTENSION = 4

_LABELS = {
    "fax": "fax telefax факс",
    "mobile": "mobil mobile mobiltelefon mobilnummer handy cell mob gsm natel portable мобилен моб",
    "home": "privat priv p home zuhause daheim private prive",
    "work": "büro buero dienstlich dienst geschäftlich geschäft arbeit firma g work office",
}
_WORD_LABELS = {word: label for label, words in _LABELS.items() for word in words.split()}
_PHONE_WORDS = frozenset(_WORD_LABELS) | frozenset(
    "tel telefon telefonnummer telephone phone fon nr nummer no dw durchwahl ext zentrale und u oder od or and "
    "rufnummer ruf anruf call тел телефон".split()
)
_LABEL_WORDS = r"(?:tele(?:fon|fax)|tel|fon|phone|fax|mobil\w{0,8}|handy|privat|büro|телефон|тел|факс)\b"

_WORD = re.compile(r"[^\W\d_]+\.?")
_EXTENSION_WORD = re.compile(
    r"(?i)[\s,;/-]*\b(?:dw|durchwahl|nebenstelle|apparat|app|ext|extension|x)\b[.:=\s-]*([0-9]{1,5})\b"
)
_BETWEEN = re.compile(
    r"(?i)[;,\n|]|\b(?:oder|od|und|u|or|and|bzw)\b\.?|\s/\s(?=[+0(])|\s(?=" + _LABEL_WORDS + r")"
)
_NEW_NUMBER = re.compile(r"\s(?=\+[1-9]|00[1-9]|01[567][0-9])")
_TWO_EXTENSIONS = re.compile(r"(.*[0-9] ?- ?)([0-9]{1,4}) ?/ ?-? ?([0-9]{1,4})")
_SHORT_END = re.compile(r"(.*[0-9]) ?/ ?[0-9]{1,3}")
_SHORTEST_BEFORE_EXTENSION = 7
_NOT_DIALLED = re.compile(r"[^0-9+()/ -]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"\u00a0": " ", "\u202f": " ", "\t": " ", "⁄": "/"})
_TRUNK_AND_EXTENSION = re.compile(rf"(.*[0-9)]) ?- ?([0-9]{{1,{LONGEST_EXTENSION}}})")
_COUNTRY_AHEAD = re.compile(r"^(?:\+|00) ?[1-9][0-9]{0,2}[ /-]?(?:\( ?0 ?\))?[ /-]?")
_PLAUSIBLE = re.compile(r"(?:\+|\(?0)?[0-9()/. -]{3,28}[0-9]")
# only here is the dash before the last digits a switchboard's
_SWITCHBOARD_COUNTRIES = frozenset({"DE", "AT"})


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that can be dialled: `e164` is its identity, the others are for people.

    `extension_of`: E.164 of the trunk when the number was written as an extension (9219-12), else None.
    `label`: "mobile", "home", "work", "fax" or "".
    """

    e164: str
    international: str
    national: str
    region: str
    extension_of: str | None = None
    label: str = ""


class NotAPhoneNumber(ShopError):
    """A typed text that cannot be dialled."""

    code = "not-a-phone-number"

    def __init__(self, text: str, field: str = "") -> None:
        shown = " ".join(text.split())
        super().__init__(
            Message(
                N_("“{text}” cannot be dialled. Try 0551 123456 or +359 88 712 3456."),
                {"text": shown if len(shown) <= 40 else shown[:39] + "…"},
            ),
            field=field,
        )
        self.text = text


def parse_phone(text: str, country: str, area_code: str = "") -> PhoneNumber:
    """The first number in the text; `country` and `area_code` ("0551") are the shop's own, for local numbers.

    Raises NotAPhoneNumber.
    """
    return parse_phones(text, country, area_code)[0]


def parse_phones(text: str, country: str, area_code: str = "") -> tuple[PhoneNumber, ...]:
    """All numbers of one field ("0551/123456 (privat), Handy 0171 1234567"), at least one.

    Raises NotAPhoneNumber when one of them cannot be dialled.
    """
    if len(text) > LONGEST_TEXT:
        raise NotAPhoneNumber(text)
    return _plain(text, country) or _parse_all(text, country, area_code)


def _plain(text: str, country: str) -> tuple[PhoneNumber, ...]:
    plain = german_phones.read(text, country)
    if plain is None:
        return ()
    label = "mobile" if plain.is_mobile else ""
    return (PhoneNumber(plain.e164, plain.international, plain.national, "DE", None, label),)


def _parse_all(text: str, country: str, area_code: str) -> tuple[PhoneNumber, ...]:
    pieces = [one for piece in _pieces(text.translate(_DASHES)) for one in _with_both_extensions(piece)]
    if not pieces:
        raise NotAPhoneNumber(text)
    return tuple(dict.fromkeys(_parse_one(piece, country, area_code) for piece in pieces))


def parse_cell(text: str, country: str, area_code: str = "") -> tuple[PhoneNumber, ...]:
    """All numbers somebody wrote into one cell, none of them lost: what a list or a form gives to be stored.

    Raises NotAPhoneNumber where it cannot be told which numbers are meant ("0551/4711, 25").
    """
    if len(text) > LONGEST_TEXT:
        raise NotAPhoneNumber(text)
    plain = _plain(text, country)
    if plain:
        return plain
    found = _parse_all(text, country, area_code)
    pieces = _pieces(text.translate(_DASHES))
    spelled = sum(len(_digits(part)) for part in _parts(text.translate(_DASHES)))
    taken = sum(len(_digits(piece)) for piece in pieces)
    if taken < spelled or (len(pieces) > 1 and not all(map(_is_real, found))):
        raise NotAPhoneNumber(text)
    return found


def written_extension(text: str) -> str:
    """The extension behind its word ("ext 5102", "Durchwahl 12"), else nothing."""
    found = _EXTENSION_WORD.search(text)
    return found[1] if found else ""


def are_several(text: str) -> bool:
    """Whether more than one number seems to stand in the text, read or not."""
    parts = _BETWEEN.split(text.translate(_DASHES))
    return sum(bool(_digits(part)) for part in parts) > 1 or text.count("/") > 1


def _is_real(number: PhoneNumber) -> bool:
    import phonenumbers as library

    return library.is_valid_number(library.parse(number.e164))


def _with_both_extensions(piece: str) -> tuple[str, ...]:
    """“0551/4711-25/26” are two numbers; “0551/471100/26” could be anything and is none. Raises NotAPhoneNumber."""
    plain = _without_words(piece)
    both = _TWO_EXTENSIONS.fullmatch(plain)
    if both and len(_local_digits(both[1])) >= _SHORTEST_BEFORE_EXTENSION:
        if len(both[2]) != len(both[3]):
            raise NotAPhoneNumber(piece)
        label = piece[: piece.find(plain[:1])] if plain else ""
        return (f"{label}{both[1]}{both[2]}", f"{label}{both[1]}{both[3]}")
    short = _SHORT_END.fullmatch(plain)
    if short and len(_local_digits(short[1])) >= _SHORTEST_BEFORE_EXTENSION:
        raise NotAPhoneNumber(piece)
    return (piece,)


def _local_digits(text: str) -> str:
    return _digits(_COUNTRY_AHEAD.sub("0", text.strip(), count=1))


def looks_like_phone(text: str) -> bool:
    """Whether a universal input should read this as a phone number and not as a date, amount or document number."""
    spelled = text.strip().lower().translate(_DASHES) if len(text) <= LONGEST_TEXT else ""
    if re.search(r"[^\W\d_][0-9]|[0-9][^\W\d_]", spelled) or not _PHONE_WORDS.issuperset(_words(spelled)):
        return False
    plain = _without_words(spelled)
    digits = _digits(plain)
    if not _PLAUSIBLE.fullmatch(plain) or re.fullmatch(r"(?:19|20)[0-9]{2}[-/][0-9]+", plain):
        return False
    if re.fullmatch(
        r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,3}(\.[0-9]{3})+", plain
    ):
        return False
    if plain.startswith(("+", "00")):
        return 5 <= len(digits) <= 17
    if plain.startswith(("0", "(0")):
        return 5 <= len(digits) <= 13 and not re.match(r"0[.,]", plain)
    return 6 <= len(digits) <= 11


def search_digits(e164: str) -> str:
    """The national number a search index keeps: "+49821123456" → "821123456"; its reverse finds "ends in 3456"."""
    digits = _digits(e164)
    if not e164.startswith("+"):
        return digits.lstrip("0")
    return digits[len(_country_code(digits)) :].lstrip("0")


def typed_digits(text: str) -> str:
    """The digits of a number still being typed, comparable with `search_digits`: "0049 (0) 821/12" → "82112"."""
    plain = _without_words(text[:LONGEST_TEXT].translate(_DASHES)).replace("(0)", "")
    digits = _digits(plain)
    if plain.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        return digits[len(_country_code(digits)) :].lstrip("0")
    return digits.lstrip("0")


def same_trunk(one: PhoneNumber | str, other: PhoneNumber | str) -> bool:
    """Whether both ring in the same house: the same number, or extensions of one trunk (9219, 9219-0, 9219-12).

    Numbers given as E.164 text match when one only adds an extension to the other.
    """
    first, second = _e164(one), _e164(other)
    if first == second:
        return True
    trunks = {number.extension_of for number in (one, other) if isinstance(number, PhoneNumber)} - {None}
    if not trunks:
        trunks = {min(first, second, key=len)}
    return any(trunk and _within(first, trunk) and _within(second, trunk) for trunk in trunks)


def _e164(number: PhoneNumber | str) -> str:
    return number if isinstance(number, str) else number.e164


def _within(number: str, trunk: str) -> bool:
    return len(trunk) >= 7 and number.startswith(trunk) and len(number) - len(trunk) <= LONGEST_EXTENSION


def _country_code(digits: str) -> str:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for length in (1, 2, 3):
        if digits[:length] and int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE:
            return digits[:length]
    return ""


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _without_words(text: str) -> str:
    return " ".join(re.sub(r"\(\s*\)|[:*]", " ", _WORD.sub(" ", text)).split()).strip("-/ ")


def _words(text: str) -> list[str]:
    return [word.rstrip(".") for word in _WORD.findall(text.lower())]


def _label(text: str) -> str:
    for word in _words(text):
        label = _WORD_LABELS.get(word)
        if label:
            return label
    return ""


def _pieces(text: str) -> list[str]:
    """One text per number. Words without a number belong to the number before, the first ones to the first number."""
    pieces: list[str] = []
    ahead = ""
    for part in _parts(text):
        digits = _digits(part)
        if not digits:
            if pieces and not part.rstrip().endswith(":"):
                pieces[-1] += " " + part
            else:
                ahead += part + " "
        elif pieces and len(digits) <= LONGEST_EXTENSION and part.strip().startswith("-"):
            pieces.append(pieces[-1].rpartition("-")[0] + part.strip())
        elif len(digits) >= 3:
            pieces.append(ahead + part)
            ahead = ""
    return pieces


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    extension = _EXTENSION_WORD.search(text)
    rough = [text] if extension and extension.end() == len(text.rstrip()) else _BETWEEN.split(text)
    for part in rough:
        cut = next(
            (found for found in _NEW_NUMBER.finditer(part) if len(_digits(part[: found.start()])) >= 8), None
        )
        parts += [part[: cut.start()], part[cut.end() :]] if cut else [part]
    return [part for part in parts if part.strip()]


def _parse_one(piece: str, country: str, area_code: str) -> PhoneNumber:
    label = _label(piece)
    extension = _EXTENSION_WORD.search(piece)
    if extension:
        piece = piece[: extension.start()] + piece[extension.end() :]
    dialled = _NOT_DIALLED.sub(" ", _without_words(piece.removeprefix("tel:").replace(".", " ")))
    dialled = re.sub(r" {2,}", " ", re.sub(r"\++", "+", dialled)).strip(" -/")
    if dialled.startswith("("):
        dialled = re.sub(r"^\( ?\+", "+", dialled)
    if extension and country in _SWITCHBOARD_COUNTRIES:
        dialled = re.sub(r" ?- ?0$", "", dialled) + "-" + extension[1]
    complete = _with_area_code(dialled, area_code)
    if country in _SWITCHBOARD_COUNTRIES and complete == dialled and dialled[:1] not in {"+", "0", "("}:
        raise NotAPhoneNumber(piece)  # a number of a town that nobody named
    number = _looked_up(complete, country, piece)
    if number.region in _SWITCHBOARD_COUNTRIES and number.label != "mobile":
        trunk = _trunk(complete, was_local=complete != dialled)
        if trunk:
            number = replace(number, extension_of=_looked_up(trunk, country, piece).e164)
    return replace(number, label=label or number.label)


def _with_area_code(dialled: str, area_code: str) -> str:
    """A number without area code is one of the shop's own town; twelve digits are a country code without its +."""
    if not dialled or dialled[0] in "+0(":
        return dialled
    if len(_digits(dialled)) >= 11:
        return "+" + dialled
    return f"{area_code} {dialled}" if area_code else dialled


def _trunk(complete: str, *, was_local: bool) -> str:
    """`05531 9219-12` → `05531 9219`; `0821-1234` has no trunk, its dash ends the area code."""
    found = _TRUNK_AND_EXTENSION.fullmatch(complete)
    if not found:
        return ""
    subscriber = _COUNTRY_AHEAD.sub("", found[1], count=1).strip("( ")
    if was_local or (re.search(r"[0-9)][ /()-]+[0-9]", subscriber) and len(_digits(subscriber)) >= 5):
        return found[1]
    return ""


def _looked_up(dialled: str, country: str, piece: str) -> PhoneNumber:
    import phonenumbers as library

    try:
        number = library.parse(dialled, country or None)
    except library.NumberParseException as unreadable:
        raise NotAPhoneNumber(piece) from unreadable
    reason = library.is_possible_number_with_reason(number)
    if reason != library.ValidationResult.IS_POSSIBLE or len(str(number.national_number)) < 5:
        raise NotAPhoneNumber(piece)
    mobile = library.number_type(number) == library.PhoneNumberType.MOBILE
    return PhoneNumber(
        e164=library.format_number(number, library.PhoneNumberFormat.E164),
        international=library.format_number(number, library.PhoneNumberFormat.INTERNATIONAL),
        national=library.format_number(number, library.PhoneNumberFormat.NATIONAL),
        region=library.region_code_for_number(number) or country,
        label="mobile" if mobile else "",
    )
