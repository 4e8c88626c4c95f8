"""Heute's rows about the bank: files that were found in the watched folder, and money that waits to be booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def read_file(item: TodayItem, shell: Shell) -> None:
    """Read it in; what it brought is shown."""
    shell.open_page("bank_files", (item.detail,))


def left_aside(item: TodayItem, shop: Shop) -> Undo:
    """It is not wanted; the file stays where it is."""
    from shopdesk.usecases import bank_folder

    return bank_folder.leave_aside(shop, item.reference)


def open_waiting(_item: TodayItem, shell: Shell) -> None:
    """What came in stands there, each with its proposal."""
    shell.open_page("bank_files")


def waiting_words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """How many, and how much."""
    words = texts.ngettext(
        "{n} payment of the bank waits to be booked", "{n} payments of the bank wait to be booked", item.times
    )
    return words.format(n=texts.number(item.times)), texts.money(
        item.amount
    ) if item.amount is not None else ""
