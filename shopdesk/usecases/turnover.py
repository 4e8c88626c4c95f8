"""How near the shop is to the limits of OSS and § 19 UStG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.turnover import Meter, MeterKind, oss_meters, small_business_meters
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def meters(shop: Shop) -> tuple[Meter, ...]:
    """The meters that concern this shop today: a small business's own, else the two years of distance sales."""
    from shopdesk.store import turnover
    from shopdesk.usecases.shop_settings import load_profile

    year = shop.clock.today().year
    with shop.reading() as connection:
        is_small = load_profile(connection).seller.small_business
        sums = turnover.sums(connection, (year - 1, year))
    return small_business_meters(sums, year) if is_small else oss_meters(sums, year)


SEEN = "meters_seen"


def take_note(shop: Shop, meter: Meter) -> Undo:
    """The owner knows; the meter stands in Heute again only when it reaches the next level or another year."""
    return _set_seen(shop, meter.name, seen=True)


def _set_seen(shop: Shop, name: str, *, seen: bool) -> Undo:
    from shopdesk.store import settings

    with shop.writing() as connection:
        before: tuple[str, ...] = settings.load(connection, SEEN, tuple[str, ...], ())
        others = tuple(known for known in before if known != name)
        settings.save(connection, SEEN, (*others, name) if seen else others)
    return Undo(lambda s: _set_seen(s, name, seen=not seen))


_TITLES = {
    MeterKind.OSS: N_("Goods sent to private customers in other EU countries, {year}"),
    MeterKind.SMALL_THIS_YEAR: N_("Turnover {year}: above the limit VAT is due at once"),
    MeterKind.SMALL_NEXT_YEAR: N_("Turnover {year}: above the limit VAT is due from next year on"),
    MeterKind.SMALL_LAST_YEAR: N_("Turnover {year}, the last year"),
}


def title(meter: Meter) -> Message:
    """What the meter measures."""
    return Message(_TITLES[meter.kind], {"year": str(meter.year)})


def state(meter: Meter) -> Message:
    """Where it stands, in words."""
    values = {"sum": meter.sum, "limit": meter.limit, "percent": str(meter.percent)}
    return Message(N_("{sum} of {limit} ({percent} %)"), values)
