"""Dates, amounts and sentences that all readers of statements share."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import CURRENCIES, Money
from shopdesk.domain.statements import StatementProblem

MOST_ENTRIES = 100_000
LONGEST_TEXT = 2_000
_LARGEST = Decimal(10) ** 13
_PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")


def damaged(where: str) -> StatementProblem:
    """Something stands there that no bank writes."""
    text = N_(
        "The file is damaged or incomplete at “{where}”. Nothing was taken from it. "
        "Please fetch it from the bank once more."
    )
    return StatementProblem(Message(text, {"where": where[:60]}), "statement-damaged")


def too_many() -> StatementProblem:
    """The one sentence for every limit."""
    text = N_("The file holds more than any statement does and was not read. Please fetch a shorter period.")
    return StatementProblem(Message(text), "statement-too-large")


def money(amount: str, currency: str) -> Money:
    """A decimal with a point as money. Raises StatementProblem, also for parts of a cent."""
    if currency not in CURRENCIES:
        raise damaged(currency or amount)
    if not _PLAIN.fullmatch(amount):
        raise damaged(amount)
    try:
        number = Decimal(amount)
    except InvalidOperation:
        raise damaged(amount) from None
    found = Money.of(number, currency) if abs(number) < _LARGEST else None
    if found is None:
        raise damaged(amount)
    if found.amount != number:
        text = N_(
            "The file holds the amount {amount} {currency}, which is no whole number of cents. "
            "Nothing was taken from it."
        )
        values = {"amount": amount, "currency": currency}
        raise StatementProblem(Message(text, values), "statement-fraction")
    return found


def local_amount(text: str, currency: str) -> Money:
    """An amount as German or English lists write it: "1.234,56", "-12,5 €", "1,234.56"."""
    plain = re.sub(r"[\s€'\u00a0\u202f]|EUR", "", text).replace("\u2212", "-")
    if plain.endswith("-"):
        plain = f"-{plain[:-1]}"
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point:
        plain = plain.replace(".", "").replace(",", ".")
    elif point >= 0 and (comma >= 0 or plain.count(".") > 1 or _is_grouped(plain)):
        plain = plain.replace(",", "") if comma >= 0 else plain.replace(".", "")
    return money(plain, currency)


def _is_grouped(plain: str) -> bool:
    """Like 1.234 of a German list: a thousand; no bank writes three decimals of a euro."""
    return bool(re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", plain))


def day(text: str) -> dt.date:
    """A date as ISO, "31.12.2026" or "31.12.26". Raises StatementProblem."""
    text = text.strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return dt.date.fromisoformat(text[:10])
        parts = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)", text, re.ASCII)
        if parts:
            year = int(parts[3])
            return dt.date(year if year > 99 else 2000 + year, int(parts[2]), int(parts[1]))
    except ValueError:
        raise damaged(text) from None
    raise damaged(text)


def tidy(text: str) -> str:
    """One line, without control characters, never endless."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[
        :LONGEST_TEXT
    ]


def account(text: str) -> str:
    """An account number without spaces, in capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:40]
