"""Payment reminders: who is due today, the letters as they would go, and all of them in one go (PRODUCT.md, S6).

Each is issued in a transaction of its own that looks once more whether the bills are still open: what was paid this
morning is not reminded of. What could not go stays with its reason.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind, Reminder
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payment_reminders import (
    Group,
    ReminderRules,
    StepKind,
    groups,
    is_old,
)
from shopdesk.usecases.payment_claims import claims, load_rules, open_claims
from shopdesk.usecases.payment_reminder_holds import hold, waiting_money

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.statements import Entry
    from shopdesk.usecases.shop import Shop


class NotDueAnyMore(ShopError):
    """What was to be reminded of is settled, or changed since the list was made."""

    code = "reminder-not-due"


# What is due


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group with its letter as it would go (none where no reminder follows), and why it cannot go now."""

    group: Group
    draft: Document | None = None
    refusal: ShopError | None = None

    @property
    def total(self) -> Money:
        """What the letter asks for, else what is open."""
        from shopdesk.domain.totals import totals

        return totals(self.draft).payable if self.draft is not None else self.group.open

    @property
    def email(self) -> str:
        """Where it goes to; empty: it is printed."""
        return self.draft.recipient.email if self.draft is not None else ""


@dataclass(frozen=True, slots=True)
class DueList:
    """Who is due today. `last_statement` is the last day that a bank file told of; `stopped` how many are left alone.

    `ask_bank_first`: that day is too long ago, or no payment was booked here yet. `rate_missing_since`: no base rate is
    known from that day on.
    """

    proposals: tuple[Proposal, ...]
    last_statement: dt.date | None = None
    ask_bank_first: bool = False
    stopped: int = 0
    rate_missing_since: dt.date | None = None


def due(
    shop: Shop,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
    *,
    is_free: bool = False,
) -> DueList:
    """Who is to be reminded today, the latest first, each with the letter as it would go. Raises Stopped."""
    from shopdesk.store import payment_reminders as stored
    from shopdesk.store import payments

    today = shop.clock.today()
    with shop.reading() as connection:
        set_up = load_rules(connection)
        late = open_claims(connection, set_up, today)
        last = stored.last_statement(connection)
        is_first = not payments.any_booked(connection)
        found = groups(late, set_up, today)
        waiting = waiting_money(connection) if found else {}
        proposals = []
        for at, group in enumerate(found):
            work.step(at, len(found))
            proposal = _proposal(connection, shop, group, set_up, is_free=is_free)
            held = hold(connection, group, waiting)
            proposals.append(replace(proposal, refusal=held) if held is not None else proposal)
    stopped = sum(1 for claim in late if claim.stop is not None and claim.stop.holds(today))
    ask_first = bool(proposals) and (is_old(last, set_up, today) or (is_first and last is None))
    return DueList(tuple(proposals), last, ask_first, stopped, set_up.base_rates.missing(today))


def _proposal(
    connection: Connection, shop: Shop, group: Group, set_up: ReminderRules, *, is_free: bool
) -> Proposal:
    from shopdesk.usecases import issuing, tax

    if group.step.kind != StepKind.REMIND:
        return Proposal(group)
    draft = None
    try:
        draft = _draft(connection, shop, group, set_up, is_free=is_free)
        value, _warnings = issuing.ready(draft, tax.context_in(connection, shop, draft), send=False)
    except ShopError as error:
        return Proposal(group, draft, error)
    return Proposal(group, value)


def _draft(
    connection: Connection, shop: Shop, group: Group, set_up: ReminderRules, *, is_free: bool
) -> Document:
    """The letter of a group, not stored."""
    from shopdesk.i18n import Texts
    from shopdesk.store import customers, documents, erasure
    from shopdesk.usecases import chains
    from shopdesk.usecases.shop_settings import load_profile

    bills = [documents.load(connection, claim.bill.document_id) for claim in group.claims]
    draft = chains.drafted_in(connection, shop, bills[0], DocumentKind.PAYMENT_REMINDER)
    level, today = set_up.level(group.step.level), shop.clock.today()
    recipient = draft.recipient
    if draft.customer_id is not None and erasure.load(connection, draft.customer_id) is not None:
        recipient = replace(
            recipient, email=""
        )  # he asked to be forgotten: the bill names it, nobody writes to it
    elif not recipient.email and draft.customer_id is not None:
        now = customers.load(connection, draft.customer_id).as_recipient()
        recipient = replace(recipient, email=now.email)
    words = level.text.strip() if draft.language == load_profile(connection).language else ""
    if group.claims[0].prepay:
        words = Texts(draft.language).pgettext(
            "paper",
            "Your payment in advance has not arrived yet. Your goods leave as soon as it is here. If you no longer "
            "want them, a short word is enough.",
        )
    draft = replace(
        draft,
        request_key=str(uuid.uuid4()),
        date=today,
        due=today + dt.timedelta(days=level.term),
        recipient=recipient,
        refers_to=tuple(bill.as_reference() for bill in bills),
        reminder=Reminder(group.step.level, (), is_free=is_free),
        intro=words or None,
    )
    return chains.settled_in(connection, draft)


# All in one go


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that was issued; without `mail_id` it is to be printed."""

    key: tuple[int, ...]
    document_id: int
    number: str
    recipient: str
    mail_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """A reminder that stayed, and why."""

    key: tuple[int, ...]
    error: ShopError


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of it; `left` were not begun, because it was cancelled or broke off."""

    sent: tuple[Sent, ...]
    refused: tuple[NotSent, ...] = ()
    left: int = 0
    broken_off: ShopError | None = None


def issue_all(
    shop: Shop,
    keys: Sequence[tuple[int, ...]],
    work: LongWork = LongWork(),  # noqa: B008 - frozen
    *,
    is_free: bool = False,
) -> BatchResult:
    """Issue the reminders of these groups one after the other and queue their mails, which wait for some seconds.

    Who has no mail address gets a letter to be printed. What is refused does not stop the others; cancelling ends it
    after the one in hand.
    """
    from shopdesk.output.pdf.document import warm_up
    from shopdesk.usecases import mail_texts
    from shopdesk.usecases.shop import is_database_problem

    warm_up()
    mail_texts.warm()
    sent: list[Sent] = []
    refused: list[NotSent] = []
    with shop.reading() as connection:
        waiting = waiting_money(connection)
    for at, key in enumerate(keys):
        if work.cancelled():
            return BatchResult(tuple(sent), tuple(refused), len(keys) - at)
        work.on_progress(at, len(keys))
        try:
            sent.append(_issue(shop, key, waiting, is_free=is_free))
        except ShopError as error:
            if is_database_problem(error):
                return BatchResult(tuple(sent), tuple(refused), len(keys) - at, error)
            refused.append(NotSent(key, error))
    work.on_progress(len(keys), len(keys))
    return BatchResult(tuple(sent), tuple(refused))


def _issue(shop: Shop, key: tuple[int, ...], waiting: Mapping[int, Entry], *, is_free: bool) -> Sent:
    from shopdesk.store import documents, payments
    from shopdesk.usecases import issuing

    today = shop.clock.today()
    with shop.writing() as connection:
        set_up = load_rules(connection)
        bills = payments.accounts(connection, key)
        ordered = [bills[each] for each in key if each in bills]
        now = groups(claims(connection, ordered, set_up, today), set_up, today)
        group = next((each for each in now if each.key == key), None)
        if group is None or group.step.kind != StepKind.REMIND:
            text = N_("{numbers}: paid, stopped or reminded of meanwhile. Nothing was sent.")
            numbers = ", ".join(bill.number for bill in ordered)
            raise NotDueAnyMore(Message(text, {"numbers": numbers}))
        held = hold(connection, group, waiting)
        if held is not None:
            raise held
        draft = _draft(connection, shop, group, set_up, is_free=is_free)
        draft_id = documents.create(connection, draft, shop.clock.now())
        issued = issuing.issue_in(
            connection, shop, draft_id, send=bool(draft.recipient.email), can_be_taken_back=True
        )
    done = issued.document
    return Sent(key, draft_id, done.number, done.recipient.name, issued.outbox_id)


def take_back(shop: Shop, sent: Collection[Sent]) -> int:
    """Call back the mails that still wait: those reminders do not count, the papers stay. Gives how many."""
    from shopdesk.domain.mail import MailState
    from shopdesk.domain.outbox import NotInThisState
    from shopdesk.store import payment_reminders as stored
    from shopdesk.usecases import outbox

    called_back = []
    for each in sent:
        if each.mail_id is None:
            called_back.append(each)
            continue
        try:
            if outbox.entry(shop, each.mail_id).state != MailState.CANCELLED:
                outbox.cancel(shop, each.mail_id)
        except NotInThisState:
            continue  # it went already
        called_back.append(each)
    ids = [each.document_id for each in called_back]
    with shop.writing() as connection:
        stored.set_taken_back(connection, ids, shop.clock.now())
        for document_id in ids:
            shop.record(connection, "take-back", "document", document_id)
    return len(ids)
