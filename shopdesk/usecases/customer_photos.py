"""The photo on a customer's card."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customer_photos import CustomerPhoto
    from shopdesk.usecases.shop import Shop


def of_customer(shop: Shop, customer_id: int) -> CustomerPhoto | None:
    """The picture that is shown, None without one."""
    from shopdesk.store import customer_photos

    with shop.reading() as connection:
        return customer_photos.of_customer(connection, customer_id)


def keep(shop: Shop, customer_id: int, name: str, data: bytes) -> Undo:
    """Show another picture; the file's own bytes are not kept. Raises PhotoRefused, NotFound."""
    from shopdesk.intake.photos import small_photo
    from shopdesk.store import customer_photos, customers

    small = small_photo(name, data)
    with shop.writing() as connection:
        customers.load(connection, customer_id)
        before = customer_photos.of_customer(connection, customer_id)
        if before is not None:
            customer_photos.set_deleted(connection, before.id, before.version, shop.clock.now())
        photo_id = customer_photos.add(connection, customer_id, small, shop.clock.now())
        _record(connection, shop, "photo-added", customer_id, small)
    return Undo(lambda s: _exchange(s, customer_id, (photo_id, 1), before))


def take_away(shop: Shop, value: CustomerPhoto) -> Undo:
    """No picture any more; it can be brought back. Raises ChangedElsewhere."""
    _set_deleted(shop, value, value.version, deleted=True)
    return Undo(lambda s: _set_deleted(s, value, value.version + 1, deleted=False))


def _set_deleted(shop: Shop, value: CustomerPhoto, version: int, *, deleted: bool) -> None:
    from shopdesk.store import customer_photos

    with shop.writing() as connection:
        customer_photos.set_deleted(connection, value.id, version, shop.clock.now() if deleted else None)
        action = "photo-removed" if deleted else "photo-added"
        _record(connection, shop, action, value.customer_id, value.data)


def _exchange(shop: Shop, customer_id: int, added: tuple[int, int], before: CustomerPhoto | None) -> None:
    """The picture before stands there again."""
    from shopdesk.store import customer_photos

    with shop.writing() as connection:
        customer_photos.set_deleted(connection, *added, shop.clock.now())
        if before is not None:
            customer_photos.set_deleted(connection, before.id, before.version + 1, None)
        _record(connection, shop, "photo-removed", customer_id, b"")


def _record(connection: Connection, shop: Shop, action: str, customer_id: int, data: bytes) -> None:
    new = {"sha256": hashlib.sha256(data).hexdigest()} if data else {}
    shop.record(connection, action, "customer", customer_id, new=new)
