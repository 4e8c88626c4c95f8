"""Forgetting a customer who asks for it (Art. 17 GDPR): first the plan, then all of it at once, and never back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.erasure import NAMES, Erasure, ErasurePlan, ErasureRefused, Going, Staying, stays
from shopdesk.domain.errors import NotFound
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.erasure_list import Listed
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a customer. `swept` is False while another reader keeps old pages in the file's -wal."""

    kept_until: dt.date | None
    swept: bool


@dataclass(frozen=True, slots=True)
class Restricted:
    """One who was forgotten, as the owner may still see him: name and number while papers keep them."""

    erasure: Erasure
    day: dt.date
    name: str
    number: str
    stays: tuple[Staying, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """One who is in no list any more, but not forgotten."""

    customer_id: int
    number: str
    name: str


def plan(shop: Shop, customer_id: int) -> ErasurePlan:
    """What would go and what stays until when and why; changes nothing. Raises NotFound."""
    with shop.reading() as connection:
        return _plan(connection, customer_id, shop.clock.today())


def _plan(connection: Connection, customer_id: int, today: dt.date) -> ErasurePlan:
    from shopdesk.store import customer_merges, customers, erasure, holdings

    customer_id = customer_merges.meant(connection, customer_id)
    if erasure.load(connection, customer_id) is not None:
        raise NotFound(str(customer_id), "customer")
    customer = customers.load_merged(connection, customer_id)  # also one who was only taken out of the lists
    held = holdings.of_customer(connection, customer_id, today)
    goes = tuple(Going(text, held.goes[table]) for table, text in NAMES.items() if held.goes.get(table))
    return ErasurePlan(
        customer_id, customer.number, customer.name or customer.number, goes, stays(held), held.kept_until
    )


def erase(shop: Shop, customer_id: int) -> Erased:
    """Forget a customer in one transaction; there is no way back. Raises NotFound, ErasureRefused.

    Afterwards the indexes and the -wal are cleaned, and the list beside the database is written: both are tried again
    at the next start where they fail now.
    """
    from shopdesk.store import erasure

    with shop.writing() as connection:
        value = _plan(connection, customer_id, shop.clock.today())
        if erasure.is_sending(connection, value.customer_id):
            text = N_("A mail to {name} is on its way this moment. Please try again in a minute.")
            raise ErasureRefused(Message(text, {"name": value.name}))
        _remove_old_consents(connection, value.customer_id, shop.clock.today())
        erasure.erase(connection, value.customer_id, value.kept_until, shop.clock.now())
        counts = {each.what: each.count for each in value.goes}
        until = value.kept_until.isoformat() if value.kept_until else ""
        new = {"article": "17 GDPR", "kept_until": until, "entries": sum(counts.values())}
        shop.record(connection, "erase", "customer", value.customer_id, new=new)
        _remember_to_sweep(connection, wanted=True)
    keep_list(shop)
    return Erased(value.kept_until, sweep(shop))


def erased(shop: Shop, customer_id: int) -> Restricted | None:
    """How this customer was forgotten and what is still kept; None who was not."""
    from shopdesk.store import customers, erasure, holdings

    with shop.reading() as connection:
        noted = erasure.load(connection, customer_id)
        if noted is None:
            return None
        noted = erasure.load(connection, noted.survivor_id) or noted
        record = customers.load_merged(connection, noted.survivor_id)
        held = holdings.of_customer(connection, noted.survivor_id, shop.clock.today())
        gone = noted.done_at is not None
        if not gone:  # a cancellation written since is kept, too
            noted = replace(noted, kept_until=held.kept_until or noted.kept_until)
        number = "" if gone else record.number
        day = noted.erased_at.astimezone(shop.clock.zone).date()
        return Restricted(noted, day, "" if gone else record.name or number, number, stays(held))


def everybody(shop: Shop) -> tuple[Restricted, ...]:
    """All who were forgotten, the newest first; merged records are told with the one they became a part of."""
    from shopdesk.store import erasure

    with shop.reading() as connection:
        noted = [each for each in erasure.every(connection) if each.customer_id == each.survivor_id]
    return tuple(found for each in noted if (found := erased(shop, each.customer_id)) is not None)


def deleted(shop: Shop) -> tuple[Deleted, ...]:
    """Those who were taken out of all lists and are still stored, the newest first, a hundred at most."""
    from shopdesk.store import erasure

    with shop.reading() as connection:
        return tuple(
            Deleted(each.id or 0, each.number, each.name or each.number)
            for each in erasure.deleted(connection, 100)
        )


def erase_due(shop: Shop) -> int:
    """Forget the rest of those whom no law keeps any more; gives how many. May be called at any time, any often."""
    from shopdesk.store import erasure, holdings

    today = shop.clock.today()
    with shop.reading() as connection:
        waiting = [each for each in erasure.every(connection) if each.done_at is None]
    if not any(_is_due(shop, each, today) for each in waiting):
        return 0
    done = 0
    with shop.writing() as connection:
        for each in waiting:
            _remove_old_consents(connection, each.customer_id, today)
            kept_until = holdings.of_customer(connection, each.customer_id, _sure(today)).kept_until
            if kept_until is None:
                erasure.erase_rest(connection, each.customer_id, shop.clock.now())
                shop.record(connection, "erase-rest", "customer", each.customer_id)
                done += 1
        _remember_to_sweep(connection, wanted=True)
    return done


def _is_due(shop: Shop, value: Erasure, today: dt.date) -> bool:
    from shopdesk.store import holdings

    with shop.reading() as connection:
        ended = holdings.ended_consents(connection, value.customer_id, today)
        return (
            bool(ended)
            or holdings.of_customer(connection, value.customer_id, _sure(today)).kept_until is None
        )


def _remove_old_consents(connection: Connection, customer_id: int, today: dt.date) -> None:
    from shopdesk.store import erasure, holdings

    erasure.remove_consents(connection, holdings.ended_consents(connection, customer_id, today))


def _sure(today: dt.date) -> dt.date:
    """The database counts days in UTC: a day later both agree."""
    return today - dt.timedelta(days=1)


# The list beside the database, and what a restored backup brings back


def keep_list(shop: Shop, also: Path | None = None) -> int:
    """Forget again whom an older backup brought back, and complete the list beside the database; gives how many.

    `also` is a folder of backups in which a list may lie. Called when a shop is opened and after a restore.
    """
    from shopdesk.store import erasure, erasure_list

    place = erasure_list.beside(shop.database.path)
    before = erasure_list.read(place)
    wanted = before | (erasure_list.read(erasure_list.in_folder(also)) if also else frozenset())
    with shop.reading() as connection:
        known = _listed(connection)
        back = [
            each
            for each in wanted - known
            if erasure.load(connection, each.customer_id) is None
            and erasure.record_digest(connection, each.customer_id) == each.digest
        ]
    again = _erase_again(shop, back)
    if known | wanted != before:
        erasure_list.write(place, known | wanted)
    return again


def _listed(connection: Connection) -> frozenset[Listed]:
    from shopdesk.store import erasure, moments
    from shopdesk.store.erasure_list import Listed

    return frozenset(
        Listed(each.customer_id, each.digest, moments.to_text(each.erased_at))
        for each in erasure.every(connection)
    )


def _erase_again(shop: Shop, back: list[Listed]) -> int:
    """Each by the moment it was erased first, so that the list stays as it is."""
    from shopdesk.store import customer_merges, erasure, holdings, moments

    done = 0
    with shop.writing() as connection:
        for each in back:
            survivor = customer_merges.meant(connection, each.customer_id)
            if erasure.load(connection, survivor) is not None:
                continue  # with the one he was merged into
            held = holdings.of_customer(connection, survivor, shop.clock.today())
            _remove_old_consents(connection, survivor, shop.clock.today())
            erasure.erase(connection, survivor, held.kept_until, moments.from_text(each.at))
            shop.record(connection, "erase-again", "customer", survivor, new={"article": "17 GDPR"})
            done += 1
        if done:
            _remember_to_sweep(connection, wanted=True)
    return done


def copy_list(shop: Shop, folder: Path) -> None:
    """Lay the list beside the backups, where there is something in it. Raises OSError."""
    from shopdesk.store import erasure_list

    with shop.reading() as connection:
        known = _listed(connection) | erasure_list.read(erasure_list.beside(shop.database.path))
    place = erasure_list.in_folder(folder)
    there = erasure_list.read(place)
    if known - there:
        erasure_list.write(place, known | there)


# What deleted rows leave in the file

_SWEEP = "erasure_sweep"


def _remember_to_sweep(connection: Connection, *, wanted: bool) -> None:
    from shopdesk.store import settings

    settings.save(connection, _SWEEP, wanted)


def sweep(shop: Shop) -> bool:
    """Take out of the file what deleted rows left behind; False when a reader was in the way, then the next start."""
    from shopdesk.store import settings
    from shopdesk.store.problems import DatabaseBusy
    from shopdesk.store.sqlite import traces

    with shop.reading() as connection:
        if not settings.load(connection, _SWEEP, bool, default=False):
            return True
    try:
        swept = traces.sweep(shop.database)
    except DatabaseBusy:
        return False
    if swept:
        with shop.writing() as connection:
            _remember_to_sweep(connection, wanted=False)
    return swept


def at_start(shop: Shop) -> int:
    """What the opening of a shop owes the forgotten; gives how many a restored backup had brought back."""
    again = keep_list(shop)
    erase_due(shop)
    sweep(shop)
    return again
