"""Asking about a quote: set when its mail has gone, closed by what the customer says to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.follow_ups import BY_QUOTE, FollowUp, FollowUpPurpose
from shopdesk.domain.messages import N_, Message
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.usecases.shop import Shop


def mail_sent(connection: Connection, shop: Shop, mail: OutboxEntry) -> None:
    """A mail has gone: if it brought a quote, the customer is asked about it after some working days.

    A newer quote takes the place of an older one: nobody is asked twice. One that an order or a bill has followed
    already is not asked about.
    """
    from shopdesk.store import documents, follow_ups
    from shopdesk.usecases.follow_ups import rules_in

    if mail.document_id is None or not rules_in(connection).ask_about_quotes:
        return
    quote = documents.load(connection, mail.document_id)
    if quote.kind != DocumentKind.QUOTE or quote.customer_id is None or _is_followed(connection, quote):
        return
    for value in follow_ups.by_origin(connection, quote.customer_id, BY_QUOTE):
        follow_ups.save(connection, replace(value, done_at=shop.clock.now()))
        shop.record(connection, "done", "follow_up", value.id or 0)
    follow_ups.create(connection, _asked(connection, shop, quote), shop.clock.now())


def _is_followed(connection: Connection, quote: Document) -> bool:
    from shopdesk.store import documents, references

    assert quote.id is not None
    story = (documents.load(connection, each) for each in references.connected(connection, quote.id))
    return any(each.kind != DocumentKind.QUOTE and each.number for each in story)


def _asked(connection: Connection, shop: Shop, quote: Document) -> FollowUp:
    from shopdesk.domain.typing import add_working_days
    from shopdesk.usecases.follow_ups import rules_in
    from shopdesk.usecases.shop_settings import load_profile
    from shopdesk.usecases.working_days import holidays_of

    profile = load_profile(connection)
    what = Texts(profile.language).say(Message(N_("Ask about quote {number}"), {"number": quote.number}))
    days = rules_in(connection).quote_days
    due = add_working_days(shop.clock.today(), days, holidays_of(profile))
    return FollowUp(due, what, quote.customer_id, quote.id, purpose=FollowUpPurpose.ORDER, origin=BY_QUOTE)
