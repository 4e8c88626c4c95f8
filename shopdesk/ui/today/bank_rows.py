"""Heute's rows about bank files that were found in the watched folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem

if TYPE_CHECKING:
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
