"""The list of several documents: each one in or out of the batch, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.money import Money
from shopdesk.domain.month_end import sign_of
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.domain.document_rules import Problem
    from shopdesk.domain.documents import DocumentSummary
    from shopdesk.domain.errors import ShopError
    from shopdesk.i18n import Texts
    from shopdesk.usecases.batches import BatchResult, Candidate

_ICON = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the batch. `number` is set once it is issued."""

    summary: DocumentSummary
    chosen: bool = True
    refusal: ShopError | None = None
    warnings: tuple[Problem, ...] = ()
    number: str = ""
    mailed: bool = False
    finished: bool = False

    @property
    def counts(self) -> bool:
        """Whether the batch would take it."""
        return self.chosen and self.refusal is None and not self.finished


def looked_over(candidates: Sequence[Candidate], left_out: frozenset[int]) -> tuple[Entry, ...]:
    """What can be issued first, then what cannot and why."""
    entries = [
        Entry(one.draft, one.draft.id not in left_out, one.refusal, one.warnings) for one in candidates
    ]
    return tuple(sorted(entries, key=lambda entry: entry.refusal is not None))


def after(entries: Sequence[Entry], result: BatchResult) -> tuple[Entry, ...]:
    """What became of each; what stayed a draft stands first, because it needs the owner."""
    issued = {one.id: one for one in result.issued}
    refused = {one.id: one for one in result.refused}
    changed = []
    for entry in entries:
        done, stayed = issued.get(entry.summary.id), refused.get(entry.summary.id)
        if done is not None:
            entry = replace(entry, number=done.number, mailed=done.outbox_id is not None, finished=True)
        elif stayed is not None:
            entry = replace(entry, refusal=stayed.error)
        changed.append(entry)
    return tuple(sorted(changed, key=lambda entry: entry.finished))


def sum_of(entries: Sequence[Entry]) -> tuple[Money, ...]:
    """What the chosen ones come to, per currency."""
    sums: dict[str, Money] = {}
    for entry in entries:
        if entry.counts:
            gross = entry.summary.gross
            gross = gross if sign_of(entry.summary.kind) > 0 else -gross
            sums[gross.currency] = sums.get(gross.currency, Money(0, gross.currency)) + gross
    return tuple(sums.values())


class SeveralList(RowList[Entry]):
    """Space takes the row in or out, so does a click on its mark."""

    toggled = Signal(object)

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__(name, self._fetch, self._row)
        self._texts = texts
        self.entries: tuple[Entry, ...] = ()
        self.done.connect(self.toggled)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Other entries; the place in the list is kept."""
        self.entries = entries
        self.reload()

    def _fetch(self, _after: Any, _limit: int) -> Slice[Entry]:
        return Slice(self.entries)  # they are in memory already

    def _row(self, entry: Entry) -> Row:
        texts, summary = self._texts, entry.summary
        name = summary.recipient or texts.gettext("nobody yet")
        number = entry.number or summary.number
        day = texts.date(summary.date) if summary.date else ""
        told = (
            entry.refusal.message if entry.refusal else entry.warnings[0].message if entry.warnings else None
        )
        what = (texts.say(told),) if told else (day, texts.gettext(KIND_NAMES[summary.kind]), summary.title)
        icon, chip, kind = self._state(entry)
        return Row(
            summary.id,
            f"{number} · {name}" if number else name,
            " · ".join(part for part in what if part),
            icon,
            kind,
            texts.money(summary.gross),
            chip,
            kind or "info",
        )

    def _state(self, entry: Entry) -> tuple[str, str, Any]:
        gettext = self._texts.gettext
        if entry.finished:
            return "circle-check", gettext("issued, mail waits") if entry.mailed else gettext("issued"), "ok"
        if entry.refusal is not None:
            return "triangle-alert", gettext("not yet"), "warn"
        if not entry.chosen:
            return "minus", gettext("left out"), None
        return "check", gettext("included") if entry.summary.number else gettext("ready"), "ok"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, and the keys of every list."""
        entry = self.current()
        if event.key() == Qt.Key.Key_Space and entry is not None:
            self.toggled.emit(entry)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the mark: in or out."""
        super().mousePressEvent(event)
        entry = self.rows.item(self.indexAt(event.position().toPoint()))
        if entry is not None and event.position().x() < px(NORMAL) + px(_ICON) + px(MEDIUM):
            self.toggled.emit(entry)
