"""Why somebody is not reminded now although a bill is late: the money is here already, only not booked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.payment_reminders import Group
    from shopdesk.domain.statements import Entry


class MoneyIsHere(ShopError):
    """The payment waits in the bank files, or the customer has a credit as large as the bills."""

    code = "reminder-money-is-here"


def waiting_money(connection: Connection) -> Mapping[int, Entry]:
    """The booking of the bank that waits for each bill and is at least likely meant for it."""
    from shopdesk.usecases import bank_files

    return bank_files.awaited(connection)


def hold(connection: Connection, group: Group, waiting: Mapping[int, Entry]) -> MoneyIsHere | None:
    """Why the group is held back; None where nothing speaks against its reminder."""
    ids = [claim.bill.document_id for claim in group.claims]
    entry = next((waiting[each] for each in ids if each in waiting), None)
    if entry is not None:
        text = N_(
            "{amount} of {day} wait in the bank files and are most likely for this. Please book them there first."
        )
        return MoneyIsHere(Message(text, {"amount": entry.amount, "day": entry.booked}))
    return _credit(connection, group)


def _credit(connection: Connection, group: Group) -> MoneyIsHere | None:
    from shopdesk.store import credits_left

    customers = {claim.bill.customer_id for claim in group.claims} - {None}
    if len(customers) != 1:
        return None
    credit = credits_left.credit_of(connection, next(iter(customers)) or 0, group.open.currency)
    if credit < group.open:
        return None
    text = N_("The customer has a credit of {amount}. Please settle this with it in Payments first.")
    return MoneyIsHere(Message(text, {"amount": credit}))
