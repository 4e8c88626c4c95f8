"""One letter to a selection of customers: looked over first, then one file, noted on every timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.consents import Channel, Consent
from shopdesk.domain.errors import ShopError
from shopdesk.domain.letters import (
    GAPS,
    LeftOut,
    LetterDraft,
    LetterPurpose,
    WhyNot,
    why_not,
)
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import selections
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.domain.documents import Seller
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.domain.mail_templates import FilledText
    from shopdesk.output.pdf.letters import Letter, Letters
    from shopdesk.usecases.shop import Shop

_DRAFT = "letter_draft"


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who gets the letter, in the order of the selection, and who does not and why."""

    ready: tuple[int, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class LettersWritten:
    """What was written; `undo` takes the notes off the timelines again, the file stays the owner's."""

    path: Path
    letters: int
    pages: int
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Message, ...]
    undo: Undo


class NoLetters(ShopError):
    """Nobody of the selection may or can get the letter."""

    code = "no-letters"

    def __init__(self) -> None:
        super().__init__(
            Message(N_("Nobody of the selection gets this letter; the reasons stand in the list."))
        )


def draft(shop: Shop) -> LetterDraft:
    """What was last written, to go on with; the purpose is asked anew."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        stored = settings.load(connection, _DRAFT, LetterDraft, LetterDraft())
    return replace(stored, purpose=LetterPurpose.SERVICE)


def keep_draft(shop: Shop, value: LetterDraft) -> None:
    """Store what was written so far."""
    from shopdesk.store import settings

    with shop.writing() as connection:
        if settings.load(connection, _DRAFT, LetterDraft, LetterDraft()) != value:
            settings.save(connection, _DRAFT, value)


def check(value: LetterDraft) -> None:
    """Refuse a text that cannot be filled: raises TemplateProblem at subject or body of the first wrong language."""
    from shopdesk.output.email.templates import check as check_text

    for text in value.texts:
        check_text(text, GAPS)


def look_over(
    shop: Shop,
    ids: Sequence[int],
    value: LetterDraft,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> LetterPlan:
    """Say who would get it, and of the others why not. Raises TemplateProblem or Stopped."""
    check(value)
    with shop.reading() as connection:
        sorting = _Sorting(connection, shop, value, ids)
        for at, customer in enumerate(selections.people(connection, ids)):
            work.step(at, len(ids))
            sorting.take(customer)
    return LetterPlan(tuple(customer.id or 0 for customer, _ in sorting.ready), tuple(sorting.left_out))


class _Sorting:
    """Customers as they come, with their filled letters, and those who are left out."""

    def __init__(self, connection: Connection, shop: Shop, value: LetterDraft, ids: Sequence[int]) -> None:
        from shopdesk.store import consents
        from shopdesk.usecases.shop_settings import load_profile

        self._value, self._day = value, shop.clock.today()
        self._answers: dict[int, list[Consent]] = {}
        for answer in consents.of_customers(connection, tuple(dict.fromkeys(ids))):
            self._answers.setdefault(answer.customer_id, []).append(answer)
        self._seller = load_profile(connection).seller
        self.ready: list[tuple[Customer, FilledText]] = []
        self.left_out: list[LeftOut] = []

    def take(self, customer: Customer) -> None:
        """Sort the next one in."""
        from shopdesk.domain.mail_templates import GapIsEmpty

        assert customer.id is not None
        answers = self._answers.get(customer.id, ())
        reason = why_not(customer, answers, self._value.purpose, self._day)
        if reason is None:
            try:
                filled = _filled(customer, self._value, self._seller, self._day)
            except GapIsEmpty as error:
                text = N_("the gap “{gap}” would be empty ({meaning})")
                reason = WhyNot.EMPTY_GAP, Message(text, {"gap": error.gap, "meaning": error.meaning})
            else:
                self.ready.append((customer, filled))
                return
        self.left_out.append(LeftOut(customer.id, customer.name or customer.number, *reason))


def _filled(customer: Customer, value: LetterDraft, seller: Seller, day: dt.date) -> FilledText:
    from shopdesk.output.email.templates import fill

    language = customer.language or value.texts[0].language
    return fill(value.text_for(language), gaps(customer, language, seller, day), GAPS)


def gaps(customer: Customer, language: str, seller: Seller, day: dt.date) -> Mapping[str, str]:
    """What the gaps are filled with, in the customer's language; empty where nothing is known."""
    from shopdesk.i18n import Texts

    texts, person = Texts(language), customer.person
    return {
        "greeting": texts.say(customer.greeting()),
        "customer": customer.name,
        "first_name": person.given_name,
        "last_name": person.family_name,
        "company": customer.company,
        "customer_number": customer.number,
        "town": customer.address.city,
        "date": texts.date(day),
        "owner": seller.owner,
        "shop": seller.name,
        "phone": seller.phone,
    }


def preview(shop: Shop, customer_id: int, value: LetterDraft, letterhead: Letterhead | None = None) -> bytes:
    """The letter to one customer as PDF, whether he gets it or not. Raises TemplateProblem, GapIsEmpty, NotFound."""
    from shopdesk.output.pdf.letters import letters
    from shopdesk.store import customers
    from shopdesk.usecases import shop_settings

    head = letterhead or shop_settings.letterhead(shop)
    with shop.reading() as connection:
        seller = shop_settings.load_profile(connection).seller
        customer = customers.load(connection, customer_id)
    day = shop.clock.today()
    filled = _filled(customer, value, seller, day)
    letter = _letter(customer, filled, value)
    return letters([letter], seller, head, day, (filled.subject, letter.language)).pdf


def _letter(customer: Customer, filled: FilledText, value: LetterDraft) -> Letter:
    from shopdesk.output.email.templates import gaps_of
    from shopdesk.output.pdf.letters import Letter

    language = customer.language or value.texts[0].language
    text = value.text_for(language)
    return Letter(
        customer.as_recipient(),
        language,
        filled.subject,
        filled.body,
        greets="greeting" not in gaps_of(text),
        advertises=value.purpose.consent_purpose is not None,
    )


def write(
    shop: Shop,
    ids: Sequence[int],
    value: LetterDraft,
    path: Path,
    work: LongWork = LongWork(),  # noqa: B008
) -> LettersWritten:
    """Write all letters into one PDF and note each on its customer's timeline.

    The file is whole before anything is noted; cancelled or failed, neither is there. Raises TemplateProblem,
    NoLetters, Stopped, OSError.
    """
    from shopdesk.store.durable import durable_write

    check(value)
    with shop.reading() as connection:
        sorting = _Sorting(connection, shop, value, ids)
        for at, customer in enumerate(selections.people(connection, ids)):
            work.step(at, 3 * len(ids))
            sorting.take(customer)
    if not sorting.ready:
        raise NoLetters
    made = _drawn(shop, sorting.ready, value, work)
    work.step(3 * len(sorting.ready), 3 * len(sorting.ready))
    durable_write(path, made.pdf)
    undo = _note(shop, sorting.ready, value, len(sorting.left_out))
    return LettersWritten(path, len(sorting.ready), made.pages, tuple(sorting.left_out), made.warnings, undo)


def _drawn(
    shop: Shop, ready: Sequence[tuple[Customer, FilledText]], value: LetterDraft, work: LongWork
) -> Letters:
    from shopdesk.output.pdf.letters import letters
    from shopdesk.usecases import shop_settings

    head = shop_settings.letterhead(shop)
    profile = shop_settings.profile(shop)

    def each() -> Iterator[Letter]:
        return (_letter(customer, filled, value) for customer, filled in ready)

    def step(done: int) -> None:
        work.step(len(ready) + 2 * done, 3 * len(ready))

    title = ready[0][1].subject
    return letters(each(), profile.seller, head, shop.clock.today(), (title, profile.language), step)


def _note(
    shop: Shop, ready: Sequence[tuple[Customer, FilledText]], value: LetterDraft, left_out: int
) -> Undo:
    """On each timeline, in one transaction; advertising with a consent notes that it was used (§ 7a UWG)."""
    from shopdesk.store import timeline
    from shopdesk.usecases import consents

    now = shop.clock.now()
    entries = [
        TimelineEntry(
            customer.id or 0, EntryKind.LETTER, now, filled.subject, filled.body.strip(), Direction.OUT
        )
        for customer, filled in ready
    ]
    with shop.writing() as connection:
        ids = timeline.add_many(connection, entries)
        about = value.purpose.consent_purpose
        if about is not None:
            everybody = [customer.id or 0 for customer, _ in ready]
            consents.note_use(shop, connection, everybody, Channel.LETTER, value.texts[0].subject, about)
        told = {
            "name": value.texts[0].subject,
            "purpose": value.purpose.value,
            "customers": len(ready),
            "left_out": left_out,
        }
        shop.record(connection, "write", "letter", ids[0], new=told)
    return Undo(lambda s: _take_back(s, tuple(ids)))


def _take_back(shop: Shop, ids: tuple[int, ...]) -> Undo:
    return _set_deleted(shop, ids, deleted=True)


def _set_deleted(shop: Shop, ids: tuple[int, ...], *, deleted: bool) -> Undo:
    from shopdesk.store import timeline

    with shop.writing() as connection:
        timeline.set_many_deleted(connection, ids, shop.clock.now() if deleted else None)
        action = "take-back" if deleted else "restore"
        shop.record(connection, action, "letter", ids[0], new={"customers": len(ids)})
    return Undo(lambda s: _set_deleted(s, ids, deleted=not deleted))
