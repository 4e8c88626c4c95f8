"""Words, numbers, money and dates in a language. The window's and the paper's language may differ."""

from __future__ import annotations

import datetime as dt
import gettext as gettext_module
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from shopdesk import paths
from shopdesk.domain.addresses import Country
from shopdesk.domain.messages import Message
from shopdesk.domain.money import Money

WINDOW_LANGUAGES = ("de", "en")
_SHIPPED = ("de", "en", "fr", "bg")


def paper_languages() -> tuple[str, ...]:
    """The shipped languages first, then every other one whose catalog lies in resources/locale."""
    found = {file.stem for file in (paths.resources() / "locale").glob("*.mo")}
    return (*_SHIPPED, *sorted(found - set(_SHIPPED)))


PAPER_LANGUAGES = paper_languages()
COUNTRY_LANGUAGES = (*PAPER_LANGUAGES, "it", "nl", "es", "pl", "cs")

# Separators and patterns of the shipped languages (CLDR), so that the first paint needs no Babel; a test compares
# every one of them with Babel
_NARROW = "\u202f"
_HARD = "\u00a0"
_SEPARATORS = {"de": (".", ","), "en": (",", "."), "fr": (_NARROW, ","), "bg": (_HARD, ",")}
_DATES = {
    "de": "{d:02}.{m:02}.{y}",
    "en": "{d:02}/{m:02}/{y}",
    "fr": "{d:02}/{m:02}/{y}",
    "bg": "{d}.{m:02}.{y} г.",
}
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


@lru_cache(maxsize=8)
def _separators(language: str) -> tuple[str, str]:
    """Between thousands and before decimals; Babel knows those of a language whose catalog was added."""
    if language in _SEPARATORS or language not in PAPER_LANGUAGES:
        return _SEPARATORS.get(language, _SEPARATORS["en"])
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_group_symbol(language), get_decimal_symbol(language)


@lru_cache(maxsize=8)
def _date_pattern(language: str) -> str:
    """Day, month and four figures of the year in the language's order."""
    if language in _DATES or language not in PAPER_LANGUAGES:
        return _DATES.get(language, _DATES["en"])
    from babel.dates import format_skeleton

    sample = format_skeleton("yMMdd", dt.date(3333, 11, 22), locale=language)
    return sample.replace("3333", "{y}").replace("11", "{m:02}").replace("22", "{d:02}")


_LANGUAGE = re.compile(r"[a-z]{2,3}")


@lru_cache(maxsize=16)
def _catalog(language: str) -> gettext_module.NullTranslations:
    file = paths.resources() / "locale" / f"{language}.mo"
    # a language comes out of order files and imports, too: it must not lead to another folder
    if not _LANGUAGE.fullmatch(language) or not file.is_file():
        return gettext_module.NullTranslations()
    with file.open("rb") as stream:
        return gettext_module.GNUTranslations(stream)


class Texts:
    """One language: its catalog and its ways to write numbers, money and dates.

    The message ids are the English texts, so English needs no catalog. `language` is an ISO 639-1 code; a language
    without a catalog speaks English.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _catalog(language)
        self._thousands, self._decimal = _separators(language)

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self._catalog.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The text for this number of things (the gap {n} is left to the caller)."""
        return self._catalog.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """The text in its context ("paper")."""
        return self._catalog.pgettext(context, message)

    def say(self, message: Message) -> str:
        """A message of the domain in words, its gaps filled; money, dates and decimals in the language's way."""
        text = self.pgettext(message.context, message.id) if message.context else self.gettext(message.id)
        return text.format(**{name: self._value(value) for name, value in message.values.items()})

    def _value(self, value: object) -> str:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, tuple):
            return ", ".join(self._value(item) for item in value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Decimal):
            return self.number(value)
        if isinstance(value, dt.date):
            return self.date(value)
        return self.country(value.code) if isinstance(value, Country) else str(value)

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """1234.5 → "1.234,5"; with `places` exactly so many decimals, else as many as the value has."""
        text = f"{Decimal(value):,.{places}f}" if places is not None else f"{_plain(Decimal(value)):,f}"
        return text.replace(",", "\0").replace(".", self._decimal).replace("\0", self._thousands)

    def amount(self, value: Money) -> str:
        """The amount without its currency: "1.234,50"."""
        return self.number(value.amount, -value.amount.as_tuple().exponent)  # type: ignore[operator]

    def money(self, value: Money) -> str:
        """The amount with its currency as the language writes it: "1.234,50 €", "€1,234.50"."""
        symbol = _SYMBOLS.get(value.currency, value.currency)
        if self.language == "en" and value.currency in _SYMBOLS:
            sign = "-" if value.minor < 0 else ""
            return f"{sign}{symbol}{self.amount(Money(abs(value.minor), value.currency))}"
        return f"{self.amount(value)}{_HARD}{symbol}"

    def percent(self, value: Decimal) -> str:
        """19 → "19 %" ("19%" in English)."""
        return f"{self.number(value)}{'' if self.language == 'en' else _HARD}%"

    def date(self, value: dt.date) -> str:
        """A date in figures, day first, four-figure year."""
        return _date_pattern(self.language).format(d=value.day, m=value.month, y=value.year)

    def country(self, code: str) -> str:
        """A country's name in this language (CLDR)."""
        return country_names(self.language).get(code, code)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 100 stays 100, 12.50 becomes 12.5."""
    normal = value.normalize()
    return normal if normal.as_tuple().exponent <= 0 else normal.quantize(Decimal(1))  # type: ignore[operator]


@lru_cache(maxsize=1)
def _shipped_names() -> Mapping[str, Mapping[str, str]]:
    """Language → code → name, out of CLDR once (tools/country_names.py): Babel would need most of a second."""
    file = paths.resources() / "data" / "country_names.json"
    names: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return names


def country_names(language: str) -> Mapping[str, str]:
    """ISO 3166 code → name in the language, for two-letter countries; English for a language that nobody knows."""
    names = _shipped_names()
    return names.get(language) or _names_by_babel(language) or names["en"]


@lru_cache(maxsize=8)
def _names_by_babel(language: str) -> Mapping[str, str]:
    """Any other language, read when it is wanted."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}


@lru_cache(maxsize=1)
def country_codes() -> Mapping[str, str]:
    """Casefolded country name in the languages of our customers → ISO code, for typed wishes and addresses."""
    codes: dict[str, str] = {}
    for language in COUNTRY_LANGUAGES:
        for code, name in country_names(language).items():
            codes.setdefault(name.casefold(), code)
    return codes | {"uk": "GB", "england": "GB", "holland": "NL", "tschechien": "CZ", "usa": "US"}


_NAMES = {
    "de": "Deutsch", "en": "English", "fr": "Français", "bg": "Български", "nl": "Nederlands", "it": "Italiano",
    "es": "Español", "pl": "Polski", "cs": "Čeština", "da": "Dansk", "ro": "Română", "tr": "Türkçe",
}  # fmt: skip


def language_name(code: str) -> str:
    """What the language calls itself; the code of one that nobody entered here."""
    return _NAMES.get(code, code)


def system_language() -> str:
    """The language of the window where none was chosen: the system's, if we speak it, else English."""
    import locale
    import os

    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    short = name.replace("German", "de")[:2].lower()
    return short if short in WINDOW_LANGUAGES else "en"
