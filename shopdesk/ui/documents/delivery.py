"""When the goods are delivered, as people type it: a day, a month, "wie Rechnungsdatum" (§ 14 (4) No. 6 UStG)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from shopdesk.domain.documents import Document
from shopdesk.domain.typing.date_words import MONTHS
from shopdesk.domain.typing.dates import parse_date
from shopdesk.i18n import Texts

_MONTH = re.compile(r"(?P<number>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<year>20\d\d)")
_NAMED = re.compile(r"(?P<name>[a-zäöü]{3,9})\.?(?:\s+(?P<year>20\d\d))?", re.IGNORECASE)
_AS_DATED = frozenset(
    "wie rechnungsdatum|rechnungsdatum|wie datum|wie angebotsdatum|wie belegdatum|as dated|=".split("|")
)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """A day, or a month ("2026-11")."""

    day: dt.date | None = None
    month: str = ""

    def into(self, document: Document) -> Document:
        """The document delivered then."""
        return replace(document, delivery_date=self.day, delivery_month=self.month, service_period=None)


def delivery_of(document: Document) -> Delivery | None:
    """What stands on the document, None for nothing."""
    if document.delivery_date or document.delivery_month:
        return Delivery(document.delivery_date, document.delivery_month)
    return None


def read_delivery(text: str, dated: dt.date, today: dt.date) -> Delivery:
    """Read `11/2026`, `November`, `wie Rechnungsdatum` or any day. Raises TypedWrong."""
    plain = " ".join(text.casefold().split())
    if plain in _AS_DATED:
        return Delivery(dated)
    found = _MONTH.fullmatch(plain)
    if found:
        return Delivery(month=f"{found['year']}-{int(found['number']):02}")
    named = _NAMED.fullmatch(plain)
    month = MONTHS.get(named["name"].translate(_FOLD)) if named else None
    if named and month:
        # without a year: this month or the next one of its name
        year = int(named["year"]) if named["year"] else today.year + (month < today.month)
        return Delivery(month=f"{year}-{month:02}")
    return Delivery(parse_date(text, today))


def show_delivery(delivery: Delivery, dated: dt.date | None, texts: Texts) -> str:
    """The way the field shows it."""
    if delivery.month:
        year, month = delivery.month.split("-")
        return f"{month}/{year}"
    if delivery.day is None:
        return ""
    return texts.gettext("as dated") if delivery.day == dated else texts.date(delivery.day)
