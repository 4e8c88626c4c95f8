"""Follow-ups: noted, done, moved, all of it undoable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.follow_ups import BY_QUOTE, FollowUp, FollowUpPurpose, FollowUpRules, check, next_due
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.consents import Consent
    from shopdesk.usecases.shop import Shop

RULES = "follow_up_rules"
_WEEKS_UNTIL_ASKED = 3


def create(shop: Shop, value: FollowUp) -> tuple[FollowUp, Undo]:
    """Note what is to be done on which day; raises NoConsent."""
    from shopdesk.store import follow_ups

    with shop.writing() as connection:
        _check(connection, shop, value)
        value = _anchored(value)
        follow_up_id = follow_ups.create(connection, value, shop.clock.now())
        shop.record(connection, "create", "follow_up", follow_up_id)
    return replace(value, id=follow_up_id, version=1), Undo(
        lambda s: _take_back_deleted(s, follow_up_id, 0, deleted=True)
    )


def _check(connection: Connection, shop: Shop, value: FollowUp) -> None:
    from shopdesk.store import consents

    if value.customer_id is not None:
        check(value, consents.of_customer(connection, value.customer_id), shop.clock.today())


def _anchored(value: FollowUp) -> FollowUp:
    """Every month on the 31st stays on the 31st, however short February is."""
    if value.repeat is None or value.repeat.day:
        return value
    return replace(value, repeat=replace(value.repeat, day=value.due.day))


def get(shop: Shop, follow_up_id: int) -> FollowUp:
    """One follow-up; raises NotFound."""
    from shopdesk.store import follow_ups

    with shop.reading() as connection:
        return follow_ups.load(connection, follow_up_id)


def of_customer(shop: Shop, customer_id: int) -> tuple[FollowUp, ...]:
    """The open ones of a customer, the nearest first."""
    from shopdesk.store import follow_ups

    with shop.reading() as connection:
        return follow_ups.of_customer(connection, customer_id)


def done(shop: Shop, value: FollowUp) -> Undo:
    """Tick it off; one that repeats comes again on its next date."""
    if value.repeat is None:
        return save(shop, replace(value, done_at=shop.clock.now()))
    from shopdesk.store import follow_ups

    following = replace(value, due=next_due(value, shop.clock.today()), id=None, version=0)
    with shop.writing() as connection:
        assert value.id is not None
        before = follow_ups.load(connection, value.id)
        follow_ups.save(connection, replace(value, done_at=shop.clock.now()))
        next_id = follow_ups.create(connection, following, shop.clock.now())
        shop.record(connection, "done", "follow_up", value.id)
        shop.record(connection, "create", "follow_up", next_id)
    return Undo(lambda s: _take_back_round(s, before, next_id))


def _take_back_round(shop: Shop, before: FollowUp, next_id: int) -> None:
    from shopdesk.store import follow_ups

    rewound = shop.rewound
    with (
        rewound.back("follow_up", before.id, before.version, before.version + 1) as version,
        rewound.back("follow_up", next_id, 0, 1) as next_version,
        shop.writing() as connection,
    ):
        follow_ups.save(connection, replace(before, version=version))
        follow_ups.set_deleted(connection, next_id, next_version, shop.clock.now())
        shop.record(connection, "save", "follow_up", before.id or 0)
        shop.record(connection, "delete", "follow_up", next_id)


def later(shop: Shop, value: FollowUp, due: dt.date, due_time: str = "") -> Undo:
    """Move it to another day."""
    return save(shop, replace(value, due=due, due_time=due_time))


def save(shop: Shop, value: FollowUp) -> Undo:
    """Store a changed follow-up; raises ChangedElsewhere, NoConsent."""
    from shopdesk.store import follow_ups

    assert value.id is not None
    with shop.writing() as connection:
        before = follow_ups.load(connection, value.id)
        if value.purpose != before.purpose:
            _check(connection, shop, value)
        follow_ups.save(connection, _anchored(value))
        shop.record(connection, "save", "follow_up", value.id)
    return Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: FollowUp) -> None:
    with shop.rewound.back("follow_up", before.id, before.version, before.version + 1) as version:
        save(shop, replace(before, version=version))


def delete(shop: Shop, follow_up_id: int) -> Undo:
    """Take it away; it can be brought back."""
    return _set_deleted(shop, follow_up_id, None, deleted=True)


def _set_deleted(shop: Shop, follow_up_id: int, seen: int | None, *, deleted: bool) -> Undo:
    """`seen` is the version that is meant, None: whatever stands there now."""
    from shopdesk.store import follow_ups

    with shop.writing() as connection:
        version = seen or follow_ups.load(connection, follow_up_id).version
        follow_ups.set_deleted(connection, follow_up_id, version, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "follow_up", follow_up_id)
    return Undo(lambda s: _take_back_deleted(s, follow_up_id, version, deleted=not deleted))


def _take_back_deleted(shop: Shop, follow_up_id: int, before: int, *, deleted: bool) -> None:
    with shop.rewound.back("follow_up", follow_up_id, before, before + 1) as version:
        _set_deleted(shop, follow_up_id, version, deleted=deleted)


# What the program sets by itself


def rules(shop: Shop) -> FollowUpRules:
    """What the owner wants set by itself."""
    with shop.reading() as connection:
        return rules_in(connection)


def rules_in(connection: Connection) -> FollowUpRules:
    """The same within a transaction."""
    from shopdesk.store import settings

    return settings.load(connection, RULES, FollowUpRules, FollowUpRules())


def save_rules(shop: Shop, value: FollowUpRules) -> None:
    """Store what the owner wants."""
    from shopdesk.store import plain, settings

    with shop.writing() as connection:
        old = rules_in(connection)
        settings.save(connection, RULES, value)
        shop.record(connection, "save", "setting", RULES, plain.to_plain(old), plain.to_plain(value))


def quote_answered(connection: Connection, shop: Shop, document_id: int) -> tuple[FollowUp, ...]:
    """An order or a bill followed a quote, or it was lost: nobody asks about it any more, however far back it is.

    Gives what was closed, as it was; `contacts.unmade` brings it back.
    """
    from shopdesk.store import follow_ups, references

    ids = references.connected(connection, document_id)
    before = follow_ups.of_documents(connection, ids, BY_QUOTE)
    for value in before:
        assert value.id is not None
        follow_ups.save(connection, replace(value, done_at=shop.clock.now()))
        shop.record(connection, "done", "follow_up", value.id)
    return before


def ask_in_three_weeks(shop: Shop, consent: Consent, text: str) -> Undo:
    """The customer said on the phone that he may be asked: the consent and the call in three weeks.

    Raises ConsentRefused.
    """
    from shopdesk.usecases import consents

    _, first = consents.note(shop, consent)
    day = shop.clock.today() + dt.timedelta(weeks=_WEEKS_UNTIL_ASKED)
    value = FollowUp(day, text, consent.customer_id, purpose=FollowUpPurpose.SATISFACTION)
    _, second = create(shop, value)

    def back(s: Shop) -> None:
        second.run(s)
        first.run(s)

    return Undo(back)
