"""Heute's rows about promises and follow-ups: what their keys do, and what they tell of the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.domain.today_facts import ContactFacts
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.labels import shortened

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def open_customer(item: TodayItem, shell: Shell) -> None:
    """⏎: the customer's page."""
    if item.customer_id is not None:
        shell.open_customer(item.customer_id)


def open_follow_up(item: TodayItem, shell: Shell) -> None:
    """⏎: the document it is about, else the customer."""
    if item.document_id:
        shell.open_document(item.document_id)
    else:
        open_customer(item, shell)


def follow_up_done(item: TodayItem, shop: Shop) -> Undo:
    """E."""
    from shopdesk.usecases import follow_ups

    return follow_ups.done(shop, follow_ups.get(shop, item.reference))


def follow_up_moved(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S."""
    from shopdesk.usecases import follow_ups

    return follow_ups.later(shop, follow_ups.get(shop, item.reference), until.day, until.time)


def promise_kept(item: TodayItem, shop: Shop) -> Undo:
    """E."""
    from shopdesk.usecases import promises

    return promises.kept(shop, item.reference)


def broken_later(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S: the call about it is wanted then."""
    from shopdesk.usecases import promises

    return promises.broken_later(shop, item.reference, until)


def promise_moved(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S: the customer is told apart."""
    from shopdesk.usecases import promises

    return promises.move(shop, item.reference, until.day, until.time)


def promise_broken(item: TodayItem, shop: Shop) -> Undo:
    """B."""
    from shopdesk.usecases import promises

    return promises.broken(shop, item.reference)


TOLD = frozenset(
    {
        TodayKind.PROMISE,
        TodayKind.PROMISE_BROKEN,
        TodayKind.FOLLOW_UP,
        TodayKind.MISSED_CALL,
        TodayKind.INQUIRY,
    }
)
"""Kinds whose rows tell of the customer."""


def told(item: TodayItem, line: str, facts: ContactFacts, texts: Texts) -> str:
    """The second line: who, the number to dial, what is open, what was bought, the newest words."""
    gettext = texts.gettext
    phone = "" if item.kind == TodayKind.MISSED_CALL else facts.phone  # its own number stands there already
    parts = [line, phone]
    if facts.offered is not None:
        parts.append(gettext("quotes {sum}").format(sum=texts.money(facts.offered)))
    if facts.bought_on is not None and facts.bought_for is not None:
        words = gettext("bought {date}, {sum}")
        parts.append(words.format(date=texts.date(facts.bought_on), sum=texts.money(facts.bought_for)))
    if facts.note:
        parts.append(gettext("“{note}”").format(note=shortened(facts.note.replace("\n", " "))))
    return " · ".join(part for part in parts if part)
