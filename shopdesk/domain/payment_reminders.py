"""Payment reminders (Zahlungserinnerung, Mahnung): whom to remind today, at which level, and what it may cost.

What is paid, written off or cancelled is never reminded of; fees and interest are asked for in default only
(§§ 286, 288 BGB; RULES.md 7). A bill to be paid in advance is reminded of once, then a cancellation is proposed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.default_interest import (
    BUSINESS_POINTS,
    FLAT_FEE,
    PRIVATE_POINTS,
    PUBLISHED_RATES,
    Balance,
    BaseRates,
    InterestPiece,
    default_begins,
    interest,
)
from shopdesk.domain.documents import Document, OpenBill, Reminder
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payments import BillAccount

MOST_LEVELS = 3
_MOST_DAYS, _MOST_TERM, _MOST_FEE = 365, 90, 50_00
LEVEL_NAMES = {
    1: N_("Friendly reminder"),
    2: N_("Second reminder"),
    3: N_("Last reminder"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: `days` after the due day, or after the level before; `term` days to pay.

    `fee` in smallest units; `text` is the owner's wording in the shop's language, "" the program's own.
    """

    days: int
    term: int
    fee: int = 0
    interest: bool = False
    flat_fee: bool = False
    text: str = ""


USUAL_LEVELS = (
    Level(7, 7),
    Level(10, 10, 2_50, interest=True),
    Level(14, 7, 2_50, interest=True, flat_fee=True),
)


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """What the owner set.

    `due_is_agreed`: the day to pay was agreed before (quote, terms), so default begins after it (§ 286 (2) BGB).
    `statement_days`: a bank statement older than this is read before anybody is reminded.
    """

    levels: tuple[Level, ...] = USUAL_LEVELS
    due_is_agreed: bool = False
    statement_days: int = 2
    base_rates: BaseRates = PUBLISHED_RATES

    def level(self, number: int) -> Level:
        """The level of a number from 1; beyond the last one, the last."""
        return self.levels[min(number, len(self.levels)) - 1]


class RulesRefused(ShopError):
    """The levels cannot be kept like this; the words say why."""

    code = "reminder-rules"


def check_rules(rules: ReminderRules) -> None:
    """Raise RulesRefused with the field ("levels[1].fee") where something is wrong."""
    if not 1 <= len(rules.levels) <= MOST_LEVELS:
        raise _refused("levels", N_("There are one to three levels."))
    for number, level in enumerate(rules.levels):
        field = f"levels[{number}]"
        if not 1 <= level.days <= _MOST_DAYS:
            raise _refused(f"{field}.days", N_("Between 1 and {most} days are right here."), most=_MOST_DAYS)
        if not 3 <= level.term <= _MOST_TERM:
            text = N_("Give the customer 3 to {most} days to pay.")
            raise _refused(f"{field}.term", text, most=_MOST_TERM)
        if not 0 <= level.fee <= _MOST_FEE:
            text = N_("A reminder may cost {most} at most; courts usually accept 2 to 5 €.")
            raise _refused(f"{field}.fee", text, most=Money(_MOST_FEE))
    first = rules.levels[0]
    if first.fee or first.interest or first.flat_fee:
        text = N_("The first reminder is free: with it the customer only comes into default.")
        raise _refused("levels[0].fee", text)


def _refused(field: str, text: str, **values: object) -> RulesRefused:
    return RulesRefused(Message(text, values), f"reminder-{field}", field)


@dataclass(frozen=True, slots=True)
class History:
    """What reminders asked for of one bill so far: the level reached, when and until when, and what is still open.

    `first_until` is the term of the first reminder; fees and interest are in smallest units.
    """

    level: int = 0
    day: dt.date | None = None
    until: dt.date | None = None
    first_until: dt.date | None = None
    open_fees: int = 0
    had_flat_fee: bool = False


NOTHING_SAID = History()


@dataclass(frozen=True, slots=True)
class Stop:
    """Nobody is reminded ("nicht mahnen"): of one bill, or of all bills of the customer; `until` none: for good."""

    customer_id: int | None
    reason: str
    until: dt.date | None = None
    document_id: int | None = None
    id: int | None = None
    version: int = 0

    def holds(self, day: dt.date) -> bool:
        """Whether it counts on this day."""
        return self.until is None or day <= self.until


class StopRefused(ShopError):
    """The stop cannot be kept like this; the words say why."""

    code = "reminder-stop"


def check_stop(stop: Stop, today: dt.date) -> None:
    """Raise StopRefused where reason or day are missing or wrong."""
    if not stop.reason.strip():
        text = N_("Why is nobody to be reminded? A few words are enough.")
        raise StopRefused(Message(text, {}), "reminder-stop-reason", "reason")
    if stop.until is not None and stop.until < today:
        raise StopRefused(Message(N_("That day is over already."), {}), "reminder-stop-until", "until")


class StepKind(StrEnum):
    """What is to be done about a bill."""

    REMIND = "remind"
    CANCEL = "cancel"  # paid in advance, reminded once, never paid
    ENDED = "ended"  # all levels were sent


@dataclass(frozen=True, slots=True)
class Step:
    """What is due for a bill: the level of the reminder (0 where none follows), and since how many days."""

    kind: StepKind
    level: int
    days: int


def next_step(
    due: dt.date, history: History, rules: ReminderRules, today: dt.date, *, prepay: bool = False
) -> Step | None:
    """What is due today for a bill that is open and not stopped; None: nothing yet.

    `due` is the day until which it was to be paid (the bill's own day where it names none).
    """
    if today <= due:
        return None
    late = (today - due).days
    if not history.level or history.day is None:
        return Step(StepKind.REMIND, 1, late) if late >= rules.level(1).days else None
    if history.until is not None and today <= history.until:
        return None
    ended = prepay or history.level >= len(rules.levels)
    wait = rules.level(2 if prepay else history.level + 1).days
    if (today - history.day).days < wait:
        return None
    if ended:
        return Step(StepKind.CANCEL if prepay else StepKind.ENDED, 0, late)
    return Step(StepKind.REMIND, history.level + 1, late)


@dataclass(frozen=True, slots=True)
class Claim:
    """An open bill with all that decides about its reminder."""

    bill: BillAccount
    history: History = NOTHING_SAID
    stop: Stop | None = None
    prepay: bool = False
    is_business: bool = False
    balances: tuple[Balance, ...] = ()  # what was open from which day on

    @property
    def due(self) -> dt.date:
        """Until when it was to be paid."""
        return self.bill.due or self.bill.day

    def step(self, rules: ReminderRules, today: dt.date) -> Step | None:
        """What is due for whom today; nothing for what is settled or stopped."""
        if self.bill.open.minor <= 0 or (self.stop is not None and self.stop.holds(today)):
            return None
        return next_step(self.due, self.history, rules, today, prepay=self.prepay)

    def default_since(self, rules: ReminderRules) -> dt.date | None:
        """The first day of default; none for a bill that is paid in advance."""
        if self.prepay:
            return None
        return default_begins(
            self.bill.day, self.bill.due, is_agreed=rules.due_is_agreed,
            reminded_until=self.history.first_until,
        )  # fmt: skip

    def is_in_default(self, rules: ReminderRules, today: dt.date) -> bool:
        """Whether fees and interest may be asked for."""
        since = self.default_since(rules)
        return since is not None and since <= today

    def interest(self, rules: ReminderRules, today: dt.date) -> tuple[InterestPiece, ...]:
        """Interest in default up to today."""
        since = self.default_since(rules)
        if since is None or since > today:
            return ()
        points = BUSINESS_POINTS if self.is_business else PRIVATE_POINTS
        balances = self.balances or (Balance(self.bill.day, self.bill.open),)
        return interest(balances, since, today, points, rules.base_rates)


def with_charges(draft: Document, claims: Sequence[Claim], rules: ReminderRules, today: dt.date) -> Document:
    """The draft of a reminder with what default allows at its level: interest, its fee, the flat fee of § 288 (5).

    The flat fee stands once and counts against the fees of the reminders.
    """
    if draft.reminder is None:
        return draft
    if draft.reminder.is_free:
        bare = tuple(replace(bill, interest=()) for bill in draft.reminder.bills)
        return replace(draft, reminder=Reminder(draft.reminder.level, bare, is_free=True))
    level = rules.level(draft.reminder.level)
    by_id = {claim.bill.document_id: claim for claim in claims}
    bills = tuple(_charged(bill, by_id, level, rules, today) for bill in draft.reminder.bills)
    late = [claim for claim in claims if claim.is_in_default(rules, today)]
    earlier = sum(claim.history.open_fees for claim in claims)
    flat_before = any(claim.history.had_flat_fee for claim in claims)
    fee = level.fee if late and not flat_before else 0
    flat = 0
    if level.flat_fee and not flat_before and any(claim.is_business for claim in late):
        flat = max(FLAT_FEE.minor - earlier, 0) if draft.currency == FLAT_FEE.currency else 0
        fee = 0 if flat else fee
    return replace(draft, reminder=Reminder(draft.reminder.level, bills, fee, earlier, flat))


def _charged(
    bill: OpenBill, claims: Mapping[int, Claim], level: Level, rules: ReminderRules, today: dt.date
) -> OpenBill:
    claim = claims.get(bill.reference.id or 0)
    if claim is None or not level.interest:
        return replace(bill, interest=())
    return replace(bill, interest=claim.interest(rules, today))


@dataclass(frozen=True, slots=True)
class Group:
    """The bills of one customer that go on one reminder, because they are at the same level."""

    step: Step
    claims: tuple[Claim, ...]

    @property
    def open(self) -> Money:
        """What is open of them without fees and interest."""
        currency = self.claims[0].bill.open.currency
        return Money(sum(claim.bill.open.minor for claim in self.claims), currency)

    @property
    def key(self) -> tuple[int, ...]:
        """Names the group as long as it holds the same bills."""
        return tuple(claim.bill.document_id for claim in self.claims)


def groups(claims: Iterable[Claim], rules: ReminderRules, today: dt.date) -> tuple[Group, ...]:
    """Who is due today, the latest first: one reminder for each customer, level and currency."""
    found: dict[tuple[object, ...], list[tuple[Step, Claim]]] = {}
    for claim in claims:
        step = claim.step(rules, today)
        if step is None:
            continue
        bill = claim.bill
        who = bill.customer_id if bill.customer_id is not None else bill.recipient
        alone = bill.document_id if claim.prepay or step.kind != StepKind.REMIND else 0
        key = (who, step.kind, step.level, bill.open.currency, alone)
        found.setdefault(key, []).append((step, claim))
    made = [_group(rows) for rows in found.values()]
    return tuple(sorted(made, key=lambda each: (-each.step.days, each.key)))


def _group(rows: Sequence[tuple[Step, Claim]]) -> Group:
    ordered = sorted(rows, key=lambda row: (row[1].due, row[1].bill.document_id))
    latest = max(ordered, key=lambda row: row[0].days)[0]
    return Group(latest, tuple(claim for _, claim in ordered))


def is_old(last_day: dt.date | None, rules: ReminderRules, today: dt.date) -> bool:
    """Whether the bank's last statement is too old to know who has paid; a shop without bank files is not asked."""
    return last_day is not None and (today - last_day).days > rules.statement_days
