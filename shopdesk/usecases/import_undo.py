"""A whole import is taken back; what has a life of its own since stays and is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.values import Stay
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.imports import Brought
    from shopdesk.usecases.shop import Shop

_CHUNK = 400


class AlreadyTakenBack(ShopError):
    """An import is taken back once."""

    code = "import-undone"

    def __init__(self) -> None:
        super().__init__(Message(N_("This import was taken back already.")))


def take_back(
    shop: Shop,
    import_id: int,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> tuple[Stay, ...]:
    """Undo a whole import, in one transaction. What was used, changed or merged since stays; gives those.

    Raises AlreadyTakenBack, or Stopped: everything is as it was then.
    """
    from shopdesk.store import imports

    with shop.writing() as connection:
        if imports.is_undone(connection, import_id):
            raise AlreadyTakenBack
        stays: list[Stay] = []
        brought = imports.brought(connection, import_id)
        for first in range(0, len(brought), _CHUNK):
            work.step(first, len(brought))
            stays += _take_back(connection, shop, brought[first : first + _CHUNK])
        imports.end(connection, import_id, shop.clock.now())
        shop.record(connection, "take-back", "import_run", import_id, new={"stays": len(stays)})
        work.step(len(brought), len(brought))
    return tuple(stays)


def _take_back(connection: Connection, shop: Shop, brought: Sequence[Brought]) -> list[Stay]:
    from shopdesk.usecases import import_articles, import_customers, import_invoices

    def of(*subjects: str) -> list[Brought]:
        return [one for one in brought if one.subject in subjects]

    stays: list[Stay] = []
    if people := of("customer"):
        stays += import_customers.take_back(connection, shop, people)
    if goods := of("article"):
        stays += import_articles.take_back(connection, goods)
    if old := of("old_invoice", "timeline_entry"):
        import_invoices.take_back(connection, old)
    return stays
