"""Goods that did not leave after all: shipped, delivered or handed out by mistake, they lie in the house as before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.mail import MailState
from shopdesk.domain.promises import PromiseState
from shopdesk.domain.shipments import Shipment, ShipmentState
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.follow_ups import FollowUp
    from shopdesk.domain.promises import Promise
    from shopdesk.usecases.shop import Shop

_TOGETHER = dt.timedelta(seconds=5)  # what was settled so shortly after the goods left was settled by that


@dataclass(frozen=True, slots=True)
class PutBack:
    """The shipment as it lies here again; `is_told`: its customer was told by a mail that has gone already."""

    shipment: Shipment
    is_told: bool
    undo: Undo


@dataclass(frozen=True, slots=True)
class _Gone:
    """What followed when it left."""

    shipment: Shipment
    promises: tuple[Promise, ...]
    questions: tuple[FollowUp, ...]
    mails: tuple[int, ...]


def put_back(shop: Shop, shipment_id: int) -> PutBack:
    """The goods are here: told nowhere, the promise open again, a mail that still waits is called back.

    Papers and numbers stay with it for the next time. Raises NotFound, and ChangedElsewhere where it lies here already.
    """
    from shopdesk.usecases import outbox
    from shopdesk.usecases.shipment_following import mails_about

    with shop.reading() as connection:
        gone = _followed(connection, shipment_id)
        mails = mails_about(connection, gone.shipment)
    waiting = tuple(each.id for each in mails if each.state == MailState.QUEUED)
    for mail_id in waiting:
        outbox.cancel(shop, mail_id)
    gone = replace(gone, mails=waiting)
    with shop.writing() as connection:
        _set_back(connection, shop, gone)
        after = _load(connection, shipment_id)
    is_told = any(each.state == MailState.SENT for each in mails)
    return PutBack(after, is_told, Undo(lambda s: _gone_again(s, gone, after)))


def _load(connection: Connection, shipment_id: int) -> Shipment:
    from shopdesk.store import shipments

    return shipments.load(connection, shipment_id)


def _followed(connection: Connection, shipment_id: int) -> _Gone:
    from shopdesk.store import follow_ups, promises, references
    from shopdesk.usecases.shipment_following import ORIGIN

    value = _load(connection, shipment_id)
    if value.left_at is None or value.is_in_the_house:
        raise ChangedElsewhere(value.document_number)
    story, until = references.connected(connection, value.document_id), value.left_at + _TOGETHER
    kept = promises.kept_between(connection, value.customer_id, value.left_at, until)
    asked = follow_ups.of_documents(connection, (value.document_id,), ORIGIN)
    return _Gone(
        value,
        tuple(each for each in kept if each.document_id is None or each.document_id in story),
        asked if value.shipped_at else (),
        (),
    )


def _set_back(connection: Connection, shop: Shop, gone: _Gone) -> None:
    from shopdesk.store import follow_ups, packing, promises, shipments, timeline

    value, now = gone.shipment, shop.clock.now()
    back = replace(
        value, state=ShipmentState.PACKED if value.packed_at else ShipmentState.PLANNED,
        shipped_at=None, delivered_at=None, note="", entry_id=0,
        told_at=None if value.shipped_at else value.told_at,
    )  # fmt: skip
    shipments.save(connection, back)
    timeline.set_many_deleted(connection, [value.entry_id] if value.entry_id else [], now)
    for promise in gone.promises:
        was_moved = (promise.first_due, promise.first_time) != (promise.due, promise.due_time)
        state = PromiseState.MOVED if was_moved else PromiseState.OPEN
        promises.save(connection, replace(promise, state=state, settled_at=None))
    for asked in gone.questions:
        follow_ups.set_deleted(connection, asked.id or 0, asked.version, now)
    packing.refresh(connection, value.document_id)
    shop.record(connection, "open", "shipment", value.id or 0, new={"number": value.document_number})


def _gone_again(shop: Shop, gone: _Gone, after: Shipment) -> None:
    from shopdesk.store import follow_ups, packing, promises, shipments, timeline
    from shopdesk.usecases import outbox

    value = gone.shipment
    rewinding = shop.rewound.back("shipment", value.id, value.version, after.version)
    with rewinding as version, shop.writing() as connection:
        shipments.save(connection, replace(value, version=version))
        timeline.set_many_deleted(connection, [value.entry_id] if value.entry_id else [], None)
        for promise in gone.promises:
            promises.save(connection, replace(promise, version=promise.version + 1))
        for asked in gone.questions:
            follow_ups.set_deleted(connection, asked.id or 0, asked.version + 1, None)
        packing.refresh(connection, value.document_id)
        shop.record(connection, "ship", "shipment", value.id or 0, new={"number": value.document_number})
    for mail_id in gone.mails:
        outbox.retry(shop, mail_id)
