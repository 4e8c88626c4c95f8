"""A row of an old program's list of invoices becomes an archive entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.customer_rows import RowRefused
from shopdesk.domain.imports.values import OldInvoice
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.typing.amounts import parse_amount

_LONGEST = 1000
_DAY = re.compile(
    r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4}|\d{2})|(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d)"
)
_CURRENCY = re.compile(r"[A-Z]{3}")

_NO_NUMBER = N_("The invoice number is missing.")
_NO_DAY = N_("“{text}” is no date. Try 31.12.2024.")
_NO_AMOUNT = N_("“{text}” is no amount.")
_TOO_LONG = N_("A cell is longer than {most} characters.")


@dataclass(frozen=True, slots=True)
class InvoiceReader:
    """Turns cells into old invoices; `currency` is the shop's own."""

    fields: tuple[str, ...]
    currency: str = "EUR"

    def read(self, cells: Sequence[str]) -> OldInvoice:
        """The invoice of a row. Raises RowRefused."""
        found: dict[str, str] = {}
        for field, cell in zip(self.fields, cells, strict=False):
            text = " ".join(cell.split())
            if len(text) > _LONGEST:
                raise RowRefused(Message(_TOO_LONG, {"most": _LONGEST}))
            if field and text:
                found.setdefault(field, text)
        if not found.get("number"):
            raise RowRefused(Message(_NO_NUMBER))
        named = found.get("currency", "").upper().replace("€", "EUR")
        currency = named if _CURRENCY.fullmatch(named) else self.currency
        return OldInvoice(
            number=found["number"],
            day=_day(found.get("day", "")),
            recipient=found.get("recipient", ""),
            customer_number=found.get("customer_number", ""),
            gross_minor=_minor(found.get("gross", ""), currency),
            currency=currency,
            text=found.get("text", ""),
            file_name=found.get("file", "").replace("\\", "/").rpartition("/")[2],
        )


def _day(text: str) -> str:
    found = _DAY.match(text)
    wrong = RowRefused(Message(_NO_DAY, {"text": text[:40]}))
    if found is None:
        raise wrong
    year = int(found["y"] or found["y2"])
    try:
        return dt.date(
            year + 2000 if year < 100 else year,
            int(found["m"] or found["m2"]),
            int(found["d"] or found["d2"]),
        ).isoformat()
    except ValueError:
        raise wrong from None


def _minor(text: str, currency: str) -> int | None:
    if not text:
        return None
    try:
        return Money.of(parse_amount(text), currency).minor
    except ShopError:
        raise RowRefused(Message(_NO_AMOUNT, {"text": text[:40]})) from None
