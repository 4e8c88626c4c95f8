"""The table of shipping services: what is published, and what the shop made of it. Every change can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk import paths
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.plain import from_plain, to_plain
from shopdesk.domain.shipping_services import ZONES, DatedPrice, Service, ServiceTable
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

OWN = "own-"
"""How the codes of the shop's own services begin."""


class ServiceRefused(ShopError):
    """A row of the table that cannot be used."""

    code = "shipping-service"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as the owner sees it. `published` is the row that ships with the program, if there is one."""

    service: Service
    published: Service | None

    @property
    def is_changed(self) -> bool:
        """Whether the shop has put a row of its own in the place of a published one."""
        return self.published is not None and self.published != self.service


@lru_cache(maxsize=1)
def published() -> ServiceTable:
    """The table that ships with the program; each row names its source there."""
    file = paths.resources() / "data" / "shipping_services.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    services = tuple(from_plain(Service, entry) for entry in raw["services"])
    return ServiceTable(services, {zone: frozenset(codes) for zone, codes in raw["zones"].items()})


def table_in(connection: Connection) -> ServiceTable:
    """The table that holds in this shop, within a transaction."""
    from shopdesk.store import shipping_services

    base, own = published(), shipping_services.own_rows(connection)
    if not own:
        return base
    return ServiceTable(tuple(row.service for row in _rows(own)), base.zones)


def table(shop: Shop) -> ServiceTable:
    """The table that holds in this shop."""
    with shop.reading() as connection:
        return table_in(connection)


def rows(shop: Shop) -> tuple[TableRow, ...]:
    """The rows in the order in which they are shown: published ones in their places, own ones behind them."""
    from shopdesk.store import shipping_services

    with shop.reading() as connection:
        return _rows(shipping_services.own_rows(connection))


def hidden(shop: Shop) -> tuple[Service, ...]:
    """Published rows that the shop took out of its table; `reset` brings one back."""
    from shopdesk.store import shipping_services

    with shop.reading() as connection:
        own = shipping_services.own_rows(connection)
    return tuple(row for row in published().services if row.code in own and own[row.code] is None)


def _rows(own: dict[str, Service | None]) -> tuple[TableRow, ...]:
    found = []
    for service in published().services:
        mine = own.get(service.code, service)
        if mine is not None:
            found.append(TableRow(mine, service))
    known = {service.code for service in published().services}
    found += [TableRow(mine, None) for code, mine in own.items() if mine is not None and code not in known]
    return tuple(found)


def save(shop: Shop, value: Service) -> tuple[Service, Undo]:
    """Store a row of the shop's own; one without a code is a new service. Raises ServiceRefused at its field."""
    from shopdesk.store import shipping_services

    value = replace(value, name=" ".join(value.name.split()), carrier=value.carrier.strip())
    _check(value)
    with shop.reading() as connection:
        own = shipping_services.own_rows(connection)
    if not value.code:
        number = 1 + max(
            (int(code.removeprefix(OWN)) for code in own if code.removeprefix(OWN).isdigit()), default=0
        )
        value = replace(value, code=f"{OWN}{number}")
    return value, _put(shop, value.code, value)


def _check(value: Service) -> None:
    if not value.name:
        raise ServiceRefused(Message(N_("What is the service called?")), field="name")
    if value.zone not in ZONES:
        raise ServiceRefused(Message(N_("Where does the service go?")), field="zone")
    amounts = [value.price.amount, value.bulky.surcharge.amount if value.bulky else None]
    if any(amount is not None and amount < 0 for amount in amounts):
        raise ServiceRefused(Message(N_("A price is never below zero.")), field="price")
    start, end = value.price.valid_from, value.price.valid_until
    if start and end and end < start:
        raise ServiceRefused(Message(N_("The price would end before it begins.")), field="valid_until")


def remove(shop: Shop, code: str) -> Undo:
    """Take a row out of the table; a published one can be brought back."""
    return _put(shop, code, None)


def reset(shop: Shop, code: str) -> Undo:
    """The row as it was published."""
    from shopdesk.store import shipping_services

    with shop.writing() as connection:
        before = shipping_services.own_rows(connection)
        shipping_services.forget(connection, code)
        shop.record(connection, "delete", "shipping_service", code, old=_plain(before.get(code)), new=None)
    if code not in before:
        return Undo(lambda _shop: None)
    return Undo(lambda s: _put(s, code, before[code]))


def end_of_validity(today: dt.date) -> dt.date:
    """Until when a price just looked up is believed: carriers change theirs at the turn of the year."""
    return dt.date(today.year, 12, 31)


def confirm_price(shop: Shop, code: str, amount: Decimal, *, surcharge: bool = False) -> Undo:
    """The owner has looked it up: this is the price (or the surcharge for bulky goods) from today on."""
    found = next((row.service for row in rows(shop) if row.service.code == code), None)
    if found is None:
        raise ServiceRefused(Message(N_("This service is no longer in the table.")))
    today = shop.clock.today()
    price = DatedPrice(amount, today, end_of_validity(today), source=shop.who, read_on=today)
    if not surcharge:
        return save(shop, replace(found, price=price))[1]
    if found.bulky is None:
        raise ServiceRefused(Message(N_("This service takes no bulky goods.")))
    return save(shop, replace(found, bulky=replace(found.bulky, surcharge=price)))[1]


def _put(shop: Shop, code: str, value: Service | None) -> Undo:
    from shopdesk.store import shipping_services

    with shop.writing() as connection:
        own = shipping_services.own_rows(connection)
        shipping_services.put(connection, code, value, shop.clock.now())
        old = own.get(code) if code in own else _published(code)
        action = "delete" if value is None else "save" if old is not None else "create"
        shop.record(connection, action, "shipping_service", code, _plain(old), _plain(value))
    return Undo(lambda s: _put_back(s, code, value, own))


def _published(code: str) -> Service | None:
    return next((service for service in published().services if service.code == code), None)


def _plain(value: Service | None) -> dict[str, object] | None:
    return None if value is None else dict(to_plain(value))


def _put_back(shop: Shop, code: str, made: Service | None, before: dict[str, Service | None]) -> None:
    from shopdesk.store import shipping_services

    with shop.writing() as connection:
        own = shipping_services.own_rows(connection)
        if code not in own or own[code] != made:
            raise ChangedElsewhere(made.name if made else code)
        if code in before:
            shipping_services.put(connection, code, before[code], shop.clock.now())
        else:
            shipping_services.forget(connection, code)
        shop.record(connection, "restore", "shipping_service", code, _plain(made), _plain(before.get(code)))
