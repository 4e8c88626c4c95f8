"""S on rows of Heute that have no day of their own: remembered for the row, undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.put_off import FORGOTTEN, PutOff
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.domain.today import TodayItem
    from shopdesk.usecases.shop import Shop

SETTING = "put_off"


def later(shop: Shop, item: TodayItem, until: Later) -> Undo:
    """The row is wanted again then."""
    return _put(shop, PutOff(item.kind, item.reference, until.text))


def _put(shop: Shop, value: PutOff) -> Undo:
    from shopdesk.store import settings

    oldest = (shop.clock.today() - FORGOTTEN).isoformat()
    row = (value.kind, value.reference)
    with shop.writing() as connection:
        known: tuple[PutOff, ...] = settings.load(connection, SETTING, tuple[PutOff, ...], ())
        before = next((each for each in known if (each.kind, each.reference) == row), PutOff(*row, ""))
        others = tuple(each for each in known if (each.kind, each.reference) != row and each.until > oldest)
        settings.save(connection, SETTING, (*others, value) if value.until else others)
    return Undo(lambda s: _put(s, before))
