"""What the contact card says of the rarer fields."""

from __future__ import annotations

from shopdesk.domain.consents import CHANNEL_NAMES
from shopdesk.domain.customers import Customer
from shopdesk.i18n import Texts


def card_rows(texts: Texts, customer: Customer) -> list[tuple[str, str]]:
    """Names and values; an empty value is not shown."""
    gettext = texts.gettext
    return [
        (gettext("Best reached by"), " · ".join(_channels(texts, customer))),
        (gettext("Birthday"), texts.date(customer.birthday) if customer.birthday else ""),
        # a customer who recommended the shop is a button of his own
        (gettext("Recommended by"), "" if customer.recommended_by_id else customer.recommended_by),
        (gettext("Agreed terms"), " · ".join(_terms(texts, customer))),
    ]


def _channels(texts: Texts, customer: Customer) -> list[str]:
    """For orders first; what is said of nothing else counts for all."""
    gettext, found = texts.gettext, []
    if customer.preferred_channel:
        found.append(gettext(CHANNEL_NAMES[customer.preferred_channel]))
    if customer.service_channel:
        words = gettext("service by {channel}")
        found.append(words.format(channel=gettext(CHANNEL_NAMES[customer.service_channel])))
    if customer.advertising_channel:
        words = gettext("offers by {channel}")
        found.append(words.format(channel=gettext(CHANNEL_NAMES[customer.advertising_channel])))
    return found


def _terms(texts: Texts, customer: Customer) -> list[str]:
    gettext, ngettext = texts.gettext, texts.ngettext
    found = []
    if customer.discount_percent:
        found.append(gettext("{percent} discount").format(percent=texts.percent(customer.discount_percent)))
    cash = customer.cash_discount
    if cash is not None:
        words = ngettext("{percent} Skonto within {n} day", "{percent} Skonto within {n} days", cash.days)
        found.append(words.format(percent=texts.percent(cash.percent), n=cash.days))
    days = customer.payment_days
    if days is not None:
        found.append(ngettext("{n} day until payment", "{n} days until payment", days).format(n=days))
    return found
