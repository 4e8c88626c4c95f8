"""Keeping files with a customer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.customer_files import CustomerFile, media_type_of
from shopdesk.domain.file_names import safe_file_name
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def keep(shop: Shop, customer_id: int, name: str, data: bytes) -> tuple[CustomerFile, Undo]:
    """Store a file with a customer; raises FileRefused, NotFound."""
    from shopdesk.store import customer_files, customers

    media_type = media_type_of(name, data)
    with shop.writing() as connection:
        customers.load(connection, customer_id)
        now = shop.clock.now()
        kept = customer_files.add(connection, customer_id, safe_file_name(name), media_type, data, now)
        _record(connection, shop, "file-added", kept)
    return kept, Undo(lambda s: _not_added(s, kept))


def _not_added(shop: Shop, value: CustomerFile) -> None:
    take_away(shop, replace(value, version=shop.rewound.now("customer_file", value.id, value.version)))


def take_away(shop: Shop, value: CustomerFile) -> Undo:
    """Take a file away from its customer; it can be brought back."""
    from shopdesk.store import customer_files

    with shop.writing() as connection:
        customer_files.set_deleted(connection, value, shop.clock.now())
        _record(connection, shop, "file-removed", value)
    return Undo(lambda s: _bring_back(s, replace(value, version=value.version + 1)))


def _bring_back(shop: Shop, value: CustomerFile) -> None:
    from shopdesk.store import customer_files

    rewinding = shop.rewound.back("customer_file", value.id, value.version - 1, value.version)
    with rewinding as version, shop.writing() as connection:
        customer_files.set_deleted(connection, replace(value, version=version), None)
        _record(connection, shop, "file-added", value)


def _record(connection: Connection, shop: Shop, action: str, value: CustomerFile) -> None:
    """The fingerprint alone: a file's name may say what has to be forgotten one day."""
    shop.record(connection, action, "customer", value.customer_id, new={"sha256": value.sha256})


def of_customer(shop: Shop, customer_id: int) -> tuple[CustomerFile, ...]:
    """What is kept with the customer."""
    from shopdesk.store import customer_files

    with shop.reading() as connection:
        return customer_files.of_customer(connection, customer_id)


def data(shop: Shop, file_id: int) -> bytes:
    """The bytes of one file; raises NotFound."""
    from shopdesk.store import customer_files

    with shop.reading() as connection:
        return customer_files.data(connection, file_id)
