"""What follows when goods leave: timeline, mail, the question whether all is well, the promise kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.follow_ups import FollowUp, FollowUpPurpose
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.domain.promises import Promise
    from shopdesk.domain.shipments import Shipment
    from shopdesk.usecases.shop import Shop

ORIGIN = "shipment"
"""The origin of a follow-up that the program set when goods were shipped."""
_WAITING = frozenset({MailState.QUEUED, MailState.FAILED})
_SHIPPED = N_("Shipped with {carrier}: {number} · {goods}")
_SHIPPED_PLAIN = N_("Shipped: {number} · {goods}")
_CONTENT = N_("Content? Call about {number}")


def tell_timeline(connection: Connection, shop: Shop, value: Shipment) -> int:
    """One line on the customer's timeline, in the shop's language, with numbers and links; gives its id."""
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shipment_mails import carrier_name, goods_told, link_of
    from shopdesk.usecases.shop_settings import load_profile

    texts = Texts(load_profile(connection).language)
    goods = goods_told(value, texts.language).replace("\n", ", ")
    carriers = ", ".join(
        dict.fromkeys(carrier_name(each.carrier, texts) for each in value.parcels if each.carrier)
    )
    gaps = {"carrier": carriers, "number": value.document_number, "goods": goods}
    title = texts.say(Message(_SHIPPED if carriers else _SHIPPED_PLAIN, gaps))
    numbers = "\n".join(
        " ".join(part for part in (each.tracking_number, link_of(each, texts.language)) if part)
        for each in value.parcels
    )
    entry = TimelineEntry(
        value.customer_id, EntryKind.SHIPMENT, value.shipped_at or shop.clock.now(), title, numbers,
        direction=Direction.OUT, document_id=value.document_id,
    )  # fmt: skip
    return timeline.add(connection, entry)


def queue(
    connection: Connection, shop: Shop, document: Document, value: Shipment, *, corrects: bool = False
) -> tuple[int | None, Message | None]:
    """The mail in the outbox; without a usable address or text the goods leave all the same, and it is said."""
    from shopdesk.domain.errors import ShopError
    from shopdesk.store import packing
    from shopdesk.usecases import outbox
    from shopdesk.usecases.shipment_mails import compose

    open_lines, _ = packing.story_of(connection, document.id or 0)
    has_rest = any(each.left for each in open_lines)
    try:
        composed = compose(connection, document, value, has_rest=has_rest, corrects=corrects)
    except ShopError as error:
        return None, error.message
    return outbox.queue(connection, shop, composed, can_be_taken_back=True), None


def mails_about(connection: Connection, value: Shipment) -> tuple[OutboxEntry, ...]:
    """The mails that told of this shipment: queued since it left, before the next one of the same paper did."""
    from shopdesk.domain.mail import Purpose
    from shopdesk.store import outbox, shipments

    since = value.left_at
    if value.told_at is None or since is None:
        return ()
    others = shipments.of_documents(connection, (value.document_id,))
    later = min((each.left_at for each in others if each.left_at and each.left_at > since), default=None)
    return tuple(
        each
        for each in outbox.of_document(connection, value.document_id)
        if each.purpose == Purpose.ORDER
        and not each.attachments  # the papers of the order go with mails of their own
        and each.created_at >= since
        and (later is None or each.created_at < later)
    )


def call_back_waiting(shop: Shop, shipment_id: int) -> tuple[tuple[int, ...], bool]:
    """Call back the mails about a shipment that have not gone yet; gives them, and whether another has gone."""
    from shopdesk.domain.outbox import NotInThisState
    from shopdesk.store import shipments
    from shopdesk.usecases import outbox

    with shop.reading() as connection:
        value = shipments.load(connection, shipment_id)
        mails = mails_about(connection, value)
    knows = value.told_at is not None and not mails
    called = []
    for each in mails:
        if each.state in _WAITING:
            try:
                outbox.cancel(shop, each.id)
            except NotInThisState:  # it went this moment
                knows = True
            else:
                called.append(each.id)
        elif each.state != MailState.CANCELLED:
            knows = True
    return tuple(called), knows


def ask_later(connection: Connection, shop: Shop, value: Shipment) -> int | None:
    """The question whether all is well, where the customer allowed it (§ 7 UWG) and nobody asks already."""
    from shopdesk.domain import follow_ups as rules
    from shopdesk.i18n import Texts
    from shopdesk.store import consents, follow_ups
    from shopdesk.usecases.packing import rules_in
    from shopdesk.usecases.shop_settings import load_profile

    days = rules_in(connection).ask_after_days
    today = shop.clock.today()
    texts = Texts(load_profile(connection).language)
    wanted = FollowUp(
        today + dt.timedelta(days=days), texts.say(Message(_CONTENT, {"number": value.document_number})),
        value.customer_id, value.document_id, purpose=FollowUpPurpose.SATISFACTION, origin=ORIGIN,
    )  # fmt: skip
    if not days:
        return None
    try:
        rules.check(wanted, consents.of_customer(connection, value.customer_id), today)
    except rules.NoConsent:
        return None
    asked = follow_ups.of_customer(connection, value.customer_id)
    if any(each.purpose == FollowUpPurpose.SATISFACTION and each.done_at is None for each in asked):
        return None
    return follow_ups.create(connection, wanted, shop.clock.now())


def keep_promises(connection: Connection, shop: Shop, value: Shipment) -> tuple[Promise, ...]:
    """What was promised about these goods is kept when all of their story has left; gives the promises as they were.

    One that names no paper was about them, too, where it is the only one and nothing else of the customer is here.
    """
    from shopdesk.domain.promises import PromiseKind, PromiseState
    from shopdesk.store import promises, references, waiting_goods

    story = references.connected(connection, value.document_id)
    if waiting_goods.of_papers(connection, story):
        return ()
    now, goods = shop.clock.now(), {PromiseKind.DELIVERY, PromiseKind.READY}
    found = promises.of_customer(connection, value.customer_id, now)
    opened = [each for each in found if each.is_open and each.kind in goods]
    kept = [each for each in opened if each.document_id in story]
    free = [each for each in opened if each.document_id is None]
    if not kept and len(free) == 1 and not waiting_goods.of_customer(connection, value.customer_id):
        kept = free
    for each in kept:
        promises.save(connection, replace(each, state=PromiseState.KEPT, settled_at=now))
    return tuple(kept)
