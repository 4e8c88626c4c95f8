"""Heute's rows about goods that are paid and still here: ⏎ opens the packing list, E says that nothing is to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Customer and number, then what it is and since when it is paid."""
    paid = texts.gettext("paid on {date}").format(date=texts.date(item.due)) if item.due else ""
    name, _, goods = item.detail.partition(" · ")
    return " · ".join(part for part in (name, item.title) if part), " · ".join(
        part for part in (goods, paid) if part
    )


def open_packing(item: TodayItem, shell: Shell) -> None:
    """⏎: its card on the packing list."""
    shell.open_page("packing", item.reference)


def settled(item: TodayItem, shop: Shop) -> Undo:
    """E: nothing is to be shipped here."""
    from shopdesk.usecases import packing

    return packing.settle(shop, item.reference)
