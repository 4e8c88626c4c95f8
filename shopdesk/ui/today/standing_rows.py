"""Heute's rows about standing orders: the drafts that are ready, and what did not go by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """How many drafts are ready; for whom where it is one, and whether prices are others than last time."""
    ready = texts.ngettext(
        "{n} standing order: draft ready", "{n} standing orders: drafts ready", item.times
    ).format(n=texts.number(item.times))
    changed = texts.ngettext("{n} with changed prices", "{n} with changed prices", item.version).format(
        n=texts.number(item.version)
    )
    parts = (item.title if item.times == 1 else "", changed if item.version else "")
    return ready, " · ".join(part for part in parts if part)


def open_drafts(item: TodayItem, shell: Shell) -> None:
    """⏎: the draft, or all of them to be looked over and issued at once."""
    if item.times == 1:
        shell.open_document(item.reference)
    else:
        shell.open_page("standing_orders", "drafts")


def noted(item: TodayItem, shop: Shop) -> Undo:
    """E: seen; from now on it is one of the drafts that are ready."""
    from shopdesk.usecases import standing_order_runs

    return standing_order_runs.held_back_noted(shop, item.reference)
