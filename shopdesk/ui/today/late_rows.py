"""Heute's rows about goods that should have left: what they say and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.promises import Promise
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Customer and number, and why it stands here."""
    gettext = texts.gettext
    title = " · ".join(part for part in (item.detail, item.title) if part)
    day = gettext("promised for {date}").format(date=texts.date(item.due)) if item.due else ""
    return title, day


def open_late(item: TodayItem, shell: Shell) -> None:
    """⏎: the late list, on this order."""
    shell.open_page("late_shipments", item.reference)


def promise_about(item: TodayItem, shop: Shop) -> Promise | None:
    """N: the promise that the message is about."""
    from shopdesk.usecases import late_shipments

    return late_shipments.promise_about(shop, item.reference)
