"""The day of delivery on a bill: on which the goods left, never a planned one that went by (§ 14 (4) No. 6 UStG)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.supply_dates import month_days
from shopdesk.domain.unshipped import GOODS_BILLS, goods_lines

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_STILL_HERE = N_("{day} is over, and the goods have not left yet. Please enter the day of the delivery.")


def with_day(connection: Connection, shop: Shop, draft: Document, origin: Document) -> Document:
    """The draft of a bill with the day on which the goods of its story left.

    While they are still here, a planned day or month that is over is taken out: the owner is asked for the real one.
    What the story does not know stays as it was planned.
    """
    if draft.kind not in GOODS_BILLS or origin.id is None or draft.service_period or not goods_lines(draft):
        return draft
    left = _left_on(connection, shop, origin)
    if left is not None:
        # what has left is not paid in advance any more
        return replace(draft, delivery_date=left, delivery_month="", prepay=False)
    if _is_over(draft, shop.clock.today()) and _is_here(connection, origin):
        return replace(draft, delivery_date=None, delivery_month="")
    return draft


def doubts(connection: Connection, draft: Document) -> Iterator[Problem]:
    """A draft that still carries a planned day which is over."""
    origin_id = draft.follows_id
    if (
        draft.kind not in GOODS_BILLS
        or origin_id is None
        or draft.date is None
        or draft.delivery_date is None
    ):
        return
    from shopdesk.store import references, waiting_goods

    if draft.delivery_date < draft.date and waiting_goods.of_papers(
        connection, references.connected(connection, origin_id)
    ):
        words = Message(_STILL_HERE, {"day": draft.delivery_date})
        yield Problem("goods-still-here", "delivery_date", words, is_warning=True)


def _is_over(draft: Document, today: dt.date) -> bool:
    month = month_days(draft.delivery_month)
    planned = draft.delivery_date or (month[1] if month else None)
    return planned is not None and planned < today


def _is_here(connection: Connection, origin: Document) -> bool:
    from shopdesk.store import references, waiting_goods

    if waiting_goods.of_papers(connection, references.connected(connection, origin.id or 0)):
        return True
    return origin.kind == DocumentKind.QUOTE  # nothing was ever to be shipped for it: its day was a proposal


def _left_on(connection: Connection, shop: Shop, origin: Document) -> dt.date | None:
    """The last day on which goods of the story left, once all have; of a delivery note the day of its shipment."""
    from shopdesk.store import references, shipments, waiting_goods

    ids = references.connected(connection, origin.id or 0)
    found = shipments.of_documents(connection, ids)
    if origin.kind == DocumentKind.DELIVERY_NOTE:
        found = tuple(each for each in found if each.delivery_note_id == origin.id)
    elif waiting_goods.of_papers(connection, ids):
        return None
    days = [day for each in found if (day := each.left_on(shop.clock.zone)) is not None]
    return max(days, default=None)
