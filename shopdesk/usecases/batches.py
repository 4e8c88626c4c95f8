"""Many drafts in one go: looked over first, then issued one after the other, each in a transaction of its own.

Cancelling, an error or a crash in between leaves whole documents: what was issued is issued, the rest are drafts
(RELIABILITY.md P1, P5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind, DocumentState, DocumentSummary
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.domain.document_rules import Problem
    from shopdesk.domain.messages import Message
    from shopdesk.domain.money import Money
    from shopdesk.usecases.shop import Shop

MOST = 5_000
"""Drafts that are offered at once."""


@dataclass(frozen=True, slots=True)
class Several:
    """What the window is asked to do at once: issue drafts of these kinds, or save the files of `issued` ones.

    Without `ids` all drafts, or the newest documents.
    """

    kinds: tuple[DocumentKind, ...]
    ids: tuple[int, ...] = ()
    issued: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft that was looked over: `refusal` says why it cannot be issued now, `warnings` what one should know."""

    draft: DocumentSummary
    refusal: ShopError | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it could be issued now."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class IssuedOne:
    """What became of a draft that was issued."""

    id: int
    number: str
    recipient: str
    gross: Money
    outbox_id: int | None
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that stayed one, and the reason in words."""

    id: int
    recipient: str
    error: ShopError

    @property
    def reason(self) -> Message:
        """Why, for the owner to act on."""
        return self.error.message


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of it. `left` were not begun: it was cancelled, or `broken_off` by something about the whole shop."""

    issued: tuple[IssuedOne, ...]
    refused: tuple[Refused, ...]
    left: tuple[int, ...] = ()
    broken_off: ShopError | None = None


def drafts(
    shop: Shop, kinds: Collection[DocumentKind], ids: Collection[int] = ()
) -> tuple[DocumentSummary, ...]:
    """The drafts of these kinds (those with the ids, if any) in the order in which they would take their numbers."""
    found = _of_kinds(shop, kinds, DocumentState.DRAFT, MOST)
    wanted = [summary for summary in found if not ids or summary.id in ids]
    return tuple(sorted(wanted, key=_order(shop.clock.today())))


def newest_issued(
    shop: Shop, kinds: Collection[DocumentKind], most: int = 200
) -> tuple[DocumentSummary, ...]:
    """The newest issued documents of these kinds."""
    found = _of_kinds(shop, kinds, DocumentState.ISSUED, most)
    return tuple(sorted(found, key=lambda summary: (summary.sort_key, summary.id), reverse=True)[:most])


def _of_kinds(
    shop: Shop, kinds: Collection[DocumentKind], state: DocumentState, most: int
) -> list[DocumentSummary]:
    from shopdesk.store import document_lists

    with shop.reading() as connection:
        return [
            summary
            for kind in sorted(kinds)
            for summary in document_lists.page(connection, kind, state, None, most)
        ]


def _order(today: dt.date) -> Callable[[DocumentSummary], tuple[dt.date, int]]:
    """Dates of a number range run forward; of one day, what was written first."""
    return lambda summary: (summary.date or today, summary.id)


def look_over(
    shop: Shop,
    found: Sequence[DocumentSummary],
    *,
    send: bool,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> tuple[Candidate, ...]:
    """Say of each draft whether it could be issued now, and why not; nothing is changed. Raises Stopped."""
    candidates = []
    for at, summary in enumerate(found):
        work.step(at, len(found))
        candidates.append(_looked_at(shop, summary, send=send))
    return tuple(candidates)


def _looked_at(shop: Shop, summary: DocumentSummary, *, send: bool) -> Candidate:
    from shopdesk.domain.vat_id_checks import VatIdReasonMissing, needs_reason
    from shopdesk.store import documents
    from shopdesk.usecases import issuing, mail_texts, shop_settings, tax

    try:
        with shop.reading() as connection:
            draft = documents.load(connection, summary.id)
            context = tax.context_in(connection, shop, draft)
            if not context.profile.is_complete:
                raise shop_settings.ProfileIncomplete
            value, warnings = issuing.ready(draft, context, send=send)
            if needs_reason(value, warnings):
                raise VatIdReasonMissing(value.recipient.vat_id)
            if send:
                warnings = (*warnings, *mail_texts.compose_in(connection, value).warnings)
    except ShopError as error:
        if _is_about_the_shop(error):
            raise
        return Candidate(summary, error)
    return Candidate(summary, None, warnings)


def issue_many(
    shop: Shop,
    ids: Iterable[int],
    *,
    send: bool,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> BatchResult:
    """Issue the drafts one after the other in the order of their dates, and queue their mails where `send`.

    What is refused stays a draft with its reason and does not stop the others; trouble with the whole shop (disk full,
    database damaged) does. Cancelling ends it after the document in hand. Called again with the same ids it repeats
    nothing: what was issued is told once more.
    """
    ordered = _in_order(shop, ids)
    issued: list[IssuedOne] = []
    refused: list[Refused] = []
    for at, (draft_id, recipient) in enumerate(ordered):
        if work.cancelled():
            return _result(issued, refused, ordered[at:])
        work.on_progress(at, len(ordered))
        try:
            issued.append(_issue_one(shop, draft_id, send=send))
        except ShopError as error:
            if _is_about_the_shop(error):
                return _result(issued, refused, ordered[at:], error)
            refused.append(Refused(draft_id, recipient, error))
    work.on_progress(len(ordered), len(ordered))
    return _result(issued, refused, [])


def _result(
    issued: Sequence[IssuedOne],
    refused: Sequence[Refused],
    left: Sequence[tuple[int, str]],
    broken_off: ShopError | None = None,
) -> BatchResult:
    return BatchResult(tuple(issued), tuple(refused), tuple(draft_id for draft_id, _ in left), broken_off)


def _in_order(shop: Shop, ids: Iterable[int]) -> list[tuple[int, str]]:
    """(id, recipient), each once; what was thrown away meanwhile is left to be refused."""
    from shopdesk.usecases.document_files import summaries_in

    wanted = list(dict.fromkeys(ids))
    with shop.reading() as connection:
        found = {summary.id: summary for summary in summaries_in(connection, wanted)}
    known = sorted(found.values(), key=_order(shop.clock.today()))
    gone = [draft_id for draft_id in wanted if draft_id not in found]
    return [(one.id, one.recipient) for one in known] + [(draft_id, "") for draft_id in gone]


def _issue_one(shop: Shop, draft_id: int, *, send: bool) -> IssuedOne:
    from shopdesk.domain.totals import totals
    from shopdesk.usecases import issuing

    done = issuing.issue(shop, draft_id, send=send)
    document = done.document
    return IssuedOne(
        draft_id,
        document.number,
        document.recipient.name,
        totals(document).gross,
        done.outbox_id,
        done.warnings,
    )


def _is_about_the_shop(error: ShopError) -> bool:
    """Whether the next document would meet the same: then going on makes no sense."""
    from shopdesk.usecases.shop import is_database_problem

    return is_database_problem(error)
