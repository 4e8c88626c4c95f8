"""Heute's rows about purchase orders: what they say and what their keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def open_order(item: TodayItem, shell: Shell) -> None:
    """⏎: the order."""
    shell.open_page("purchase_orders", item.reference)


def delay_words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """What was promised, and the day that the supplier's confirmation allows."""
    assert item.due is not None
    assert item.new_due is not None
    words = texts.gettext("{name} · promised for {old}, possible on {new}")
    return item.title, words.format(name=item.detail, old=texts.date(item.due), new=texts.date(item.new_due))


def all_there(item: TodayItem, shop: Shop) -> Undo:
    """E on what should have come: it is there."""
    from shopdesk.usecases import purchase_orders

    return purchase_orders.arrived(shop, item.reference)


def called_off(item: TodayItem, shop: Shop) -> Undo:
    """E on goods that the customer does not want any more: they are called off; the owner tells the supplier."""
    from shopdesk.usecases import purchase_orders

    return purchase_orders.call_off(shop, item.reference)


def told(item: TodayItem, shop: Shop, shell: Shell) -> None:
    """E on goods that are there: the message goes, where there is an address; else say how to tell."""
    from shopdesk.ui.purchases.telling import tell

    tell(shop, shell, item.reference)


def later(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S."""
    from shopdesk.usecases import purchase_orders

    return purchase_orders.later(shop, item.reference, until)
