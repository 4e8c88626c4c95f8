"""What is said about two customers who may be one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import CHANNEL_NAMES, Channel
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.documents import CashDiscount
from shopdesk.domain.duplicates import LEVEL_NAMES, Level, Likeness
from shopdesk.domain.messages import N_
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import PAPER_LANGUAGES, Texts, language_name
from shopdesk.ui.customers.choices import SALUTATIONS
from shopdesk.ui.customers.phone_lines import phone_line
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.labels import shortened

LEVEL_KINDS: dict[Level, ChipKind] = {Level.CERTAIN: "ok", Level.PROBABLE: "warn", Level.POSSIBLE: "info"}
_MOST_OF_A_NAME = 40
_MOST_OF_A_VALUE = 160
_IT_IS = {
    Salutation.MR: N_("That is him"),
    Salutation.MRS: N_("That is her"),
    Salutation.FAMILY: N_("That is them"),
    Salutation.NONE: N_("That is the one"),
}


def name_of(customer: Customer) -> str:
    """One name, else the number."""
    return shortened(customer.name or customer.number, _MOST_OF_A_NAME)


def place_of(customer: Customer) -> str:
    """Name and town."""
    return ", ".join(part for part in (name_of(customer), customer.address.city) if part)


def reasons(texts: Texts, likeness: Likeness) -> str:
    """Why the two may be one."""
    return ", ".join(texts.say(reason) for reason in likeness.reasons)


def level(texts: Texts, likeness: Likeness) -> str:
    """How sure that is."""
    return texts.gettext(LEVEL_NAMES[likeness.level])


def it_is(texts: Texts, customer: Customer) -> str:
    """What the button says that takes this customer."""
    return texts.gettext(_IT_IS[Salutation.NONE if customer.company else customer.person.salutation])


def value_lines(texts: Texts, value: Any) -> str:
    """A field's value as it is compared, one line for each entry; "–" for none."""
    if isinstance(value, tuple):
        lines = [_line(texts, item) for item in value]
    elif isinstance(value, Address):
        lines = [*value.lines, f"{value.postal_code} {value.city}".strip()]
        lines += [texts.country(value.country)] if value.country and not value.is_empty else []
    else:
        lines = _line(texts, value).split("\n")
    return "\n".join(shortened(line, _MOST_OF_A_VALUE) for line in lines if line) or "–"


def _line(texts: Texts, value: Any) -> str:
    if isinstance(value, bool):
        return texts.gettext("yes") if value else texts.gettext("no")
    if isinstance(value, Phone):
        return phone_line(texts, value)
    if isinstance(value, PersonName):
        has_salutation = value.salutation != Salutation.NONE
        salutation = texts.gettext(SALUTATIONS[value.salutation]) if has_salutation else ""
        return f"{salutation} {value.full}".strip()
    if isinstance(value, ContactPerson):
        return ", ".join(part for part in (value.person.full, value.role, value.phone, value.email) if part)
    if isinstance(value, Channel):
        return texts.gettext(CHANNEL_NAMES[value])
    if isinstance(value, dt.date):
        return texts.date(value)
    return _agreed(texts, value)


def _agreed(texts: Texts, value: Any) -> str:
    if isinstance(value, CashDiscount):
        return f"{texts.percent(value.percent)}, {texts.number(value.days)}"
    if isinstance(value, Decimal):
        return texts.number(value)
    if value in PAPER_LANGUAGES:
        return language_name(value)
    return "" if value is None else str(value)
