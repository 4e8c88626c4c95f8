"""Heute's rows about calls that nobody answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Who to call back, and the number with how often it was tried."""
    tried = texts.ngettext("called once", "called {n} times", item.times).format(n=item.times)
    if item.due_at is not None and item.due_time:  # then the chip tells the clock, not the call
        tried = f"{tried}, {item.due_time}"
    if item.detail:
        return item.detail, f"{item.title} · {tried}"
    return item.title, f"{texts.gettext('Unknown number')} · {tried}"


def open_item(item: TodayItem, shell: Shell) -> None:
    """⏎: the customer's page, else whoever the number may belong to or becomes."""
    if item.customer_id is not None:
        shell.open_customer(item.customer_id)
    else:
        shell.open_palette(item.title)


def done(item: TodayItem, shop: Shop) -> Undo:
    """E: nothing is left to call back."""
    from shopdesk.usecases import phone_calls

    return phone_calls.missed_done(shop, item.reference)


def later(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S: call back on another day, or at another time."""
    from shopdesk.usecases import phone_calls

    return phone_calls.missed_later(shop, item.reference, until)
