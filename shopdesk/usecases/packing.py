"""The packing list: what is to be shipped, what waits for money, and what the owner set about it (S6, S38)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.errors import NotFound
from shopdesk.domain.unshipped import LEAVES, PackingItem, ShippingRules, late_before
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document, Fulfilment
    from shopdesk.domain.shipments import Shipment
    from shopdesk.domain.unshipped import OpenLine
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop

RULES = "shipping"
"""The name of the setting."""


@dataclass(frozen=True, slots=True)
class Packing:
    """One paper with what is to be packed of it; `shipment` is the one that lies packed and has not left."""

    item: PackingItem
    document: Document
    lines: tuple[OpenLine, ...]
    shipments: tuple[Shipment, ...]

    @property
    def shipment(self) -> Shipment | None:
        """What is planned or packed already."""
        return next((each for each in self.shipments if each.is_in_the_house), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers may leave, how many wait for money, and how many of the first are late."""

    ready: int
    waiting: int
    late: int


def rules(shop: Shop) -> ShippingRules:
    """What the owner set about shipping."""
    with shop.reading() as connection:
        return rules_in(connection)


def rules_in(connection: Connection) -> ShippingRules:
    """The same within a transaction."""
    from shopdesk.store import settings

    return settings.load(connection, RULES, ShippingRules, ShippingRules())


def save_rules(shop: Shop, value: ShippingRules) -> Undo:
    """Store what the owner set, journalled."""
    from shopdesk.store import plain, settings

    with shop.writing() as connection:
        old = rules_in(connection)
        settings.save(connection, RULES, value)
        shop.record(connection, "save", "setting", RULES, plain.to_plain(old), plain.to_plain(value))
    return Undo(lambda s: save_rules(s, old))


def page(
    shop: Shop, cursor: Cursor | None = None, limit: int = 100, fulfilments: Collection[Fulfilment] = LEAVES
) -> tuple[PackingItem, ...]:
    """What is to be shipped: what may leave first, the oldest promise, then the oldest payment."""
    from shopdesk.store import packing

    with shop.reading() as connection:
        return packing.page(connection, rules_in(connection).on_account, cursor, limit, fulfilments)


def cursor_of(value: PackingItem) -> Cursor:
    """Where the next page begins behind this row."""
    from shopdesk.store import packing

    return packing.cursor_of(value)


def item(shop: Shop, document_id: int) -> PackingItem | None:
    """The row of this paper; None where nothing of it is to be shipped."""
    from shopdesk.store import packing

    with shop.reading() as connection:
        found = packing.page(connection, rules_in(connection).on_account, None, 1, LEAVES, document_id)
    return found[0] if found else None


def counts(shop: Shop) -> Counts:
    """How much is to be done."""
    from shopdesk.store import packing
    from shopdesk.usecases.working_days import holidays_at

    today = shop.clock.today()
    late = late_before(today, holidays_at(shop))
    with shop.reading() as connection:
        return Counts(*packing.counts(connection, rules_in(connection).on_account, today, late, LEAVES))


def detail(shop: Shop, document_id: int) -> Packing:
    """One paper with its lines and shipments; raises NotFound where nothing of it is to be shipped."""
    from shopdesk.store import documents, lying_goods, packing

    with shop.reading() as connection:
        found = packing.page(connection, rules_in(connection).on_account, None, 1, LEAVES, document_id)
        if not found:
            raise NotFound(str(document_id))
        lines, shipments = packing.story_of(connection, document_id)
        left = tuple(
            each for each in shipments if each.document_id == document_id and not each.is_in_the_house
        )
        here = lying_goods.of_paper(connection, document_id)
        wanting = lying_goods.wanting(connection, document_id, here)
        lying = tuple(replace(each, lines=wanting.fitted(each)) for each in here)
        return Packing(found[0], documents.load(connection, document_id), lines, left + lying)


def settle(shop: Shop, document_id: int) -> Undo:
    """Nothing is to be shipped here: it was handed over, or is done in another way."""
    _settle(shop, document_id, done=True)
    return Undo(lambda s: _settle(s, document_id, done=False))


def _settle(shop: Shop, document_id: int, *, done: bool) -> None:
    from shopdesk.store import packing

    with shop.writing() as connection:
        packing.settle(connection, document_id, shop.clock.now() if done else None)
        shop.record(connection, "settle" if done else "open", "document", document_id)
