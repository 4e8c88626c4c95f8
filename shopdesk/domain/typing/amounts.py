"""Amounts and quantities as people type them, sums included (design/UX.md, "Typing like a person")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shopdesk.domain.messages import N_
from shopdesk.domain.typing.wrong import TooLong, TypedWrong

LONGEST_TEXT = 80
LARGEST_AMOUNT = Decimal(10) ** 12
SMALLEST_STEP = Decimal("0.000001")

_NOT_AN_AMOUNT = N_("“{text}” is not an amount. Try 12,50 or 3*24,99.")
_DIVIDED_BY_ZERO = N_("“{text}” divides by zero. Please change the divisor.")
_TOO_LARGE = N_("“{text}” is larger than this program counts. Please check the digits.")

_PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
        "−": "-", "–": "-", "—": "-", "×": "*", "x": "*", "X": "*", "·": "*", "÷": "/",
        "’": "'", "‘": "'", "´": "'", "`": "'",
    }
)  # fmt: skip
_UNIT = re.compile(r"(?i)(?<![a-zäöü])(?:eur|euros?|stk|stck|stück|stueck|st|pcs|pc|pieces?)\b\.?|€")
_EURO_AND_CENT = re.compile(r"(?i)([0-9]{1,9}) ?(?:euros?|eur|€) ?(?:und ?|and ?)?([0-9]{2})(?: ?cents?)?")
_ONLY_CENT = re.compile(r"(?i)([0-9]{1,9}) ?(?:cents?|ct)\.?")
_NO_CENTS = re.compile(r"([0-9])[.,] ?-{1,2}(?= ?(?:$|[-+*/)]))")
_NO_EUROS = re.compile(r"(?:^|(?<=[+*/( ]))-{1,2}(?=,[0-9]{2}(?![0-9]))")
_SPACED_THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_TOKEN = re.compile(r"(?P<number>[0-9.,'][0-9.,']*)|(?P<sign>[-+*/()%])")
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}

_GERMAN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?")
_ENGLISH_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]*")
_SWISS_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]*)?")
_ONE_POINT = re.compile(r"[0-9]*[.,]?[0-9]+|[0-9]+[.,]")


def parse_amount(text: str) -> Decimal:
    """Read `1.234,50`, `89,-`, `3*24,99`, `100-10%` or `=7,5*4` as a number with at most six decimals.

    One dot followed by exactly three digits after 1–999 groups thousands, any other single dot or comma is the
    decimal point. A percentage belongs to the sum before it. Raises TypedWrong.
    """
    if len(text.strip()) > LONGEST_TEXT:
        raise TooLong(text)
    plain = _without_words(text.strip())
    result = _Sum(text, list(_tokens(plain, text))).value()
    if abs(result) >= LARGEST_AMOUNT:
        raise TypedWrong(_TOO_LARGE, text)
    if -result.as_tuple().exponent > 6:  # type: ignore[operator]  # never NaN or infinite
        result = result.quantize(SMALLEST_STEP, ROUND_HALF_UP)
    return result


def _without_words(text: str) -> str:
    both = _EURO_AND_CENT.fullmatch(text)
    if both:
        return f"{both[1]},{both[2]}"
    cents = _ONLY_CENT.fullmatch(text)
    if cents:
        return f"{cents[1]}/100"
    plain = text.removeprefix("=")
    for sign, decimals in _FRACTIONS.items():
        plain = re.sub(rf"([0-9]) ?{sign}", rf"\1,{decimals}", plain).replace(sign, f"0,{decimals}")
    plain = _UNIT.sub(" ", plain.translate(_PLAIN))
    plain = " ".join(plain.split())
    plain = _NO_CENTS.sub(r"\1", plain)
    plain = _NO_EUROS.sub("0", plain)
    return _SPACED_THOUSANDS.sub("'", plain)


def _tokens(plain: str, text: str) -> Iterator[str]:
    position = 0
    while position < len(plain):
        if plain[position] == " ":
            position += 1
            continue
        found = _TOKEN.match(plain, position)
        if not found:
            raise TypedWrong(_NOT_AN_AMOUNT, text)
        yield found[0]
        position = found.end()


def _number(token: str) -> Decimal | None:
    if _GERMAN_GROUPS.fullmatch(token):
        token = token.replace(".", "").replace(",", ".")
    elif _ENGLISH_GROUPS.fullmatch(token):
        token = token.replace(",", "")
    elif _SWISS_GROUPS.fullmatch(token):
        token = token.replace("'", "").replace(",", ".")
    elif _ONE_POINT.fullmatch(token):
        token = token.replace(",", ".")
    else:
        return None
    return Decimal(token)


@dataclass(slots=True)
class _Sum:
    """Reads tokens from left to right: sums of products, brackets, percentages of the sum so far."""

    text: str
    tokens: list[str]
    position: int = 0

    def value(self) -> Decimal:
        result = self.terms()
        if self.position < len(self.tokens):
            raise self.wrong()
        return result

    def wrong(self) -> TypedWrong:
        return TypedWrong(_NOT_AN_AMOUNT, self.text)

    def ahead(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        token = self.ahead()
        self.position += 1
        return token

    def terms(self) -> Decimal:
        result, percentage = self.product()
        if percentage:
            raise self.wrong()
        while self.ahead() in {"+", "-"}:
            sign = self.take()
            term, percentage = self.product(signed=False)
            if percentage:
                term *= result
            result = result + term if sign == "+" else result - term
        return result

    def product(self, *, signed: bool = True) -> tuple[Decimal, bool]:
        """A product and whether it is a bare percentage, to be taken of what stands before it."""
        result, percentage = self.factor(signed=signed)
        while self.ahead() in {"*", "/"}:
            operator = self.take()
            factor, percent_factor = self.factor()
            if operator == "/" and not factor:
                raise TypedWrong(_DIVIDED_BY_ZERO, self.text)
            result = result * factor if operator == "*" else result / factor
            percentage = percentage and percent_factor
            self.check_size(result)
        return result, percentage

    def check_size(self, value: Decimal) -> None:
        if abs(value) >= LARGEST_AMOUNT * 1000:
            raise TypedWrong(_TOO_LARGE, self.text)

    def factor(self, *, signed: bool = True) -> tuple[Decimal, bool]:
        negative = signed and self.ahead() in {"+", "-"} and self.take() == "-"
        taken = self.take()
        if taken == "(":
            value = self.terms()
            if self.take() != ")":
                raise self.wrong()
        else:
            number = _number(taken) if taken else None
            if number is None:
                raise self.wrong()
            value = number
        percentage = self.ahead() == "%"
        if percentage:
            self.take()
            value /= 100
        return (-value if negative else value), percentage
