"""What payment reminders are about: the owner's levels, the late bills with their story, what default allows to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.default_interest import Balance, BaseRate
from shopdesk.domain.payment_reminders import (
    NOTHING_SAID,
    Claim,
    ReminderRules,
    Stop,
    check_rules,
    next_step,
    with_charges,
)
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.payments import BillAccount
    from shopdesk.usecases.shop import Shop

RULES = "payment_reminders"
"""The name of the setting."""
MOST = 2_000
"""Bills that are looked at for one list."""


def rules(shop: Shop) -> ReminderRules:
    """What the owner set about payment reminders."""
    with shop.reading() as connection:
        return load_rules(connection)


def load_rules(connection: Connection) -> ReminderRules:
    """The same within a transaction."""
    from shopdesk.store import settings

    return settings.load(connection, RULES, ReminderRules, ReminderRules())


def save_rules(shop: Shop, value: ReminderRules) -> Undo:
    """Store what the owner set, journalled; raises RulesRefused with the field."""
    from shopdesk.store import plain, settings

    check_rules(value)
    with shop.writing() as connection:
        old = load_rules(connection)
        settings.save(connection, RULES, value)
        shop.record(connection, "save", "setting", RULES, plain.to_plain(old), plain.to_plain(value))
    return Undo(lambda s: save_rules(s, old))


def save_base_rate(shop: Shop, rate: BaseRate) -> Undo:
    """Enter the base rate of a half-year that the program does not know yet; raises BaseRateRefused."""
    stored = rules(shop)
    return save_rules(shop, replace(stored, base_rates=stored.base_rates.with_rate(rate)))


def open_claims(connection: Connection, set_up: ReminderRules, today: dt.date) -> tuple[Claim, ...]:
    """The bills that are late enough for a reminder, also those that nobody reminds of."""
    from shopdesk.store import payments
    from shopdesk.usecases.payments import load_rules as payment_rules

    since = payment_rules(connection).since
    bills = [
        bill
        for bill in payments.open_items(connection, since, "", None, MOST)
        if bill.open.minor > 0 and not bill.is_order and (bill.due or bill.day) < today
    ]
    return claims(connection, bills, set_up, today)


def claims(
    connection: Connection, bills: Sequence[BillAccount], set_up: ReminderRules, today: dt.date
) -> tuple[Claim, ...]:
    """Those of the bills for which something is due by their days, also where nobody reminds of them."""
    from shopdesk.store import payment_reminders as stored

    histories = stored.histories(connection, [bill.document_id for bill in bills])
    stops = stored.all_stops(connection)
    found = []
    for bill in bills:
        history = histories.get(bill.document_id, NOTHING_SAID)
        day = bill.due or bill.day
        if not any(next_step(day, history, set_up, today, prepay=prepay) for prepay in (False, True)):
            continue
        found.append(_with_document(connection, Claim(bill, history, _stop(bill, stops, today))))
    return tuple(found)


def _stop(bill: BillAccount, stops: Iterable[Stop], today: dt.date) -> Stop | None:
    for stop in stops:
        mine = stop.document_id == bill.document_id if stop.document_id else False
        his = stop.document_id is None and stop.customer_id is not None
        if (mine or (his and stop.customer_id == bill.customer_id)) and stop.holds(today):
            return stop
    return None


def _with_document(connection: Connection, claim: Claim) -> Claim:
    """The claim with what only the bill itself knows, and what was open of it from which day on."""
    from shopdesk.store import documents, payments

    document = documents.load(connection, claim.bill.document_id)
    bill = claim.bill
    booked = payments.of_document(connection, bill.document_id)
    left, balances = bill.owed, [Balance(bill.day, bill.owed)]
    for each in booked:
        for part in each.allocations:
            if part.document_id == bill.document_id:
                left -= part.settled
                balances.append(Balance(max(each.payment.day, bill.day), left))
    return replace(
        claim,
        prepay=document.prepay,
        is_business=document.recipient.is_business,
        balances=tuple(balances),
    )


def charged(shop: Shop, draft: Document) -> Document:
    """The draft of a reminder with the fees and interest that may be asked for on its day."""
    with shop.reading() as connection:
        return charged_in(connection, draft)


def charged_in(connection: Connection, draft: Document) -> Document:
    """The same within a transaction."""
    from shopdesk.store import payment_reminders as stored
    from shopdesk.store import payments

    if draft.reminder is None or draft.date is None:
        return draft
    ids = [bill.reference.id for bill in draft.reminder.bills if bill.reference.id is not None]
    histories = stored.histories(connection, ids)
    claims = [
        _with_document(connection, Claim(bill, histories.get(key, NOTHING_SAID)))
        for key, bill in payments.accounts(connection, ids).items()
    ]
    return with_charges(draft, claims, load_rules(connection), draft.date)
