"""The few pieces of XML that an invoice needs: elements as text, in order, the same bytes each time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape  # the same for XML; xml.sax loads half of the network library

from shopdesk.domain.money import Money
from shopdesk.domain.xml_text import xml_text


def leaf(name: str, text: str, **attributes: str) -> str:
    """An element with text, or nothing where there is no text: empty elements are forbidden (PEPPOL-EN16931-R008)."""
    clean = xml_text(text)
    if not clean:
        return ""
    given = "".join(f' {key}="{escape(xml_text(value))}"' for key, value in attributes.items())
    return f"<ram:{name}{given}>{escape(clean, quote=False)}</ram:{name}>"


def node(name: str, *parts: str) -> str:
    """An element around others, or nothing where all of them are empty."""
    inside = "".join(parts)
    return f"<ram:{name}>{inside}</ram:{name}>" if inside else ""


def day(name: str, value: dt.date | None) -> str:
    """A day (format 102, the only one the profile allows)."""
    if value is None:
        return ""
    text = f"{value.year:04}{value.month:02}{value.day:02}"
    return f'<ram:{name}><udt:DateTimeString format="102">{text}</udt:DateTimeString></ram:{name}>'


def reference_day(name: str, value: dt.date | None) -> str:
    """The day of a document that is named (BT-26), whose element is of another type than the others."""
    return day(name, value).replace("udt:", "qdt:")


def indicator(*, charge: bool) -> str:
    """Whether the group is a charge or an allowance."""
    value = "true" if charge else "false"
    return f"<ram:ChargeIndicator><udt:Indicator>{value}</udt:Indicator></ram:ChargeIndicator>"


def money(name: str, value: Money, **attributes: str) -> str:
    """An amount with the decimals of its currency."""
    return leaf(name, format(value.amount, "f"), **attributes)


def number(value: Decimal, places: int = 0) -> str:
    """A decimal without exponent and without zeros at the end, but with at least so many places."""
    whole, _, fraction = format(value, "f").partition(".")
    fraction = fraction.rstrip("0").ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole
