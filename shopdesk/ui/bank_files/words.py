"""How a booking of the bank and what is proposed for it are said."""

from __future__ import annotations

from shopdesk.domain.payment_matching import CONFIDENCE_NAMES, Confidence
from shopdesk.domain.payments import Booked
from shopdesk.domain.statements import EntryState, StoredEntry
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.rows import Row
from shopdesk.usecases.bank_files import Taken, Waiting

_KINDS: dict[Confidence, ChipKind] = {
    Confidence.CERTAIN: "ok",
    Confidence.LIKELY: "info",
    Confidence.POSSIBLE: "warn",
}
_LONGEST = 120


def chip_of(waiting: Waiting, texts: Texts) -> tuple[str, ChipKind]:
    """How sure the proposal is."""
    if waiting.proposal is None:
        return texts.gettext("no proposal"), "bad"
    sure = waiting.proposal.confidence
    return texts.gettext(CONFIDENCE_NAMES[sure]), _KINDS[sure]


def waiting_row(waiting: Waiting, texts: Texts) -> Row:
    """A booking that waits: who, when, the text, and the proposed invoice."""
    entry = waiting.stored.entry
    words, kind = chip_of(waiting, texts)
    numbers = waiting.proposal.numbers if waiting.proposal else ""
    caption = " · ".join(part for part in (numbers, texts.date(entry.booked), entry.text[:_LONGEST]) if part)
    name = entry.name or entry.text or texts.gettext("Without a name")
    return Row(
        waiting.id, name[:_LONGEST], caption, value=texts.money(entry.amount), chip=words, chip_kind=kind
    )


def booked_words(waiting: Waiting, booked: Booked, texts: Texts) -> str:
    """What was done with a booking of the bank."""
    numbers = ", ".join(part.number for part in booked.allocations)
    amount = texts.money(booked.payment.amount)
    if waiting.proposal is not None and waiting.proposal.payment_id == booked.payment.id:
        return texts.gettext("{numbers} was paid already: the booking belongs to that payment.").format(
            numbers=numbers
        )
    if not numbers:
        return texts.gettext("Booked: {amount} as credit of the customer.").format(amount=amount)
    return texts.gettext("Booked: {amount} for {numbers}.").format(amount=amount, numbers=numbers)


def entry_row(stored: StoredEntry, texts: Texts) -> Row:
    """Any booking, with what became of it."""
    entry = stored.entry
    words, kind = _state(stored, texts)
    caption = " · ".join(part for part in (texts.date(entry.booked), entry.text[:_LONGEST]) if part)
    name = entry.name or entry.text or texts.gettext("Without a name")
    return Row(
        stored.id, name[:_LONGEST], caption, value=texts.money(entry.amount), chip=words, chip_kind=kind
    )


def _state(stored: StoredEntry, texts: Texts) -> tuple[str, ChipKind]:
    if stored.state is EntryState.OPEN and not stored.entry.is_incoming:
        return "", "info"
    if stored.state is EntryState.BOOKED:
        return texts.gettext("booked"), "ok"
    if stored.state is EntryState.IGNORED:
        return texts.gettext("left aside"), "info"
    return texts.gettext("waits"), "warn"


def told(taken: Taken, texts: Texts) -> str:
    """What a file brought, and what in it does not add up."""
    new = texts.ngettext("{n} new booking.", "{n} new bookings.", taken.added).format(
        n=texts.number(taken.added)
    )
    known = texts.ngettext("{n} was known already.", "{n} were known already.", taken.known)
    parts = [new] if taken.added or not taken.known else [texts.gettext("Nothing new.")]
    if taken.known:
        parts.append(known.format(n=texts.number(taken.known)))
    return " ".join([*parts, *(texts.say(doubt) for doubt in taken.doubts)])
