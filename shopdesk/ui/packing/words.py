"""How the packing list speaks of carriers and of what may leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.domain.shipments import Shipment
from shopdesk.domain.tracking_numbers import CARRIER_NAMES, Carrier
from shopdesk.domain.unshipped import Clearance, PackingItem
from shopdesk.ui.widgets.chips import ChipKind

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

OTHER = ""
_NAMELESS = {Carrier.POST_ABROAD: N_("Post of another country"), Carrier.FREIGHT: N_("Forwarder")}


def carriers(texts: Texts) -> list[tuple[str, str]]:
    """The carriers to choose from: name, code."""
    return [(carrier_name(each.value, texts), each.value) for each in Carrier]


def carrier_name(code: str, texts: Texts) -> str:
    """How a carrier is called in the window."""
    found = next((each for each in Carrier if each.value == code), None)
    if found is None:
        return code
    return CARRIER_NAMES.get(found) or texts.gettext(_NAMELESS[found])


def chip(
    item: PackingItem, texts: Texts, today: dt.date, holidays: Container[dt.date]
) -> tuple[str, ChipKind]:
    """Whether it may leave, in a word and a colour; red is what lies here too long."""
    gettext = texts.gettext
    if item.clearance == Clearance.WAITS:
        return gettext("waits for money"), "info"
    if item.is_late(today, holidays):
        return gettext("late"), "bad"
    if item.packed:
        return gettext("packed"), "warn"
    return (gettext("paid"), "ok") if item.clearance == Clearance.PAID else (gettext("on account"), "warn")


def caption(item: PackingItem, texts: Texts) -> str:
    """What is in it, for when it was promised and since when it is paid."""
    gettext = texts.gettext
    parts = [item.number, item.title]
    if item.promised is not None:
        parts.append(gettext("promised for {date}").format(date=texts.date(item.promised)))
    if item.clearance == Clearance.PAID and item.paid_on is not None:
        parts.append(gettext("paid on {date}").format(date=texts.date(item.paid_on)))
    elif item.open.minor > 0:
        parts.append(gettext("{amount} open").format(amount=texts.money(item.open)))
    return " · ".join(part for part in parts if part)


def numbers(shipment: Shipment, texts: Texts) -> str:
    """Carrier and numbers of a shipment on one line."""
    found = [
        " ".join(part for part in (carrier_name(each.carrier, texts), each.tracking_number) if part)
        for each in shipment.parcels
    ]
    return ", ".join(found) or texts.gettext("without a number")
