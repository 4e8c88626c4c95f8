"""The list of payment reminders: each one in or out, at which level, how late, how much, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from shopdesk.domain.messages import N_
from shopdesk.domain.payment_reminders import LEVEL_NAMES, StepKind
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.payment_reminders import BatchResult, Proposal, Sent

_ICON = 24
_NEXT = {
    StepKind.CANCEL: N_("Never paid in advance: cancel the order?"),
    StepKind.ENDED: N_("All reminders were sent: call, or ask a court or a collector"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of the batch: `sent` once it is issued, `problem` why it stayed."""

    proposal: Proposal
    chosen: bool = True
    sent: Sent | None = None
    problem: str = ""

    @property
    def key(self) -> tuple[int, ...]:
        """Names the letter."""
        return self.proposal.group.key

    @property
    def can_go(self) -> bool:
        """Whether a letter could go now."""
        is_ready = self.proposal.draft is not None and self.proposal.refusal is None
        return is_ready and self.sent is None and not self.problem

    @property
    def counts(self) -> bool:
        """Whether the batch takes it."""
        return self.chosen and self.can_go


def after(entries: Sequence[Entry], result: BatchResult, texts: Texts) -> tuple[Entry, ...]:
    """What became of each; what stayed stands first, because it needs the owner."""
    sent = {one.key: one for one in result.sent}
    refused = {one.key: texts.say(one.error.message) for one in result.refused}
    changed = [
        replace(one, sent=sent.get(one.key), problem=refused.get(one.key, one.problem)) for one in entries
    ]
    return tuple(sorted(changed, key=lambda one: (one.sent is not None, not one.problem)))


class ReminderList(RowList[Entry]):
    """Space takes a row in or out, so does a click on its mark."""

    toggled = Signal(object)

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__(name, self._fetch, self._row)
        self._texts = texts
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Other entries; the place in the list is kept."""
        self.entries = entries
        self.reload()

    def _fetch(self, _after: Any, _limit: int) -> Slice[Entry]:
        return Slice(self.entries)

    def _row(self, entry: Entry) -> Row:
        texts, group = self._texts, entry.proposal.group
        bills = [claim.bill for claim in group.claims]
        numbers = ", ".join(bill.number for bill in bills)
        late = texts.ngettext("{n} day late", "{n} days late", group.step.days)
        parts = [self._what(entry), late.format(n=texts.number(group.step.days)), numbers]
        icon, chip, look = self._state(entry)
        return Row(
            group.key, bills[0].recipient, " · ".join(part for part in parts if part), icon, look,
            texts.money(entry.proposal.total), chip, look or "info",
        )  # fmt: skip

    def _what(self, entry: Entry) -> str:
        texts, step = self._texts, entry.proposal.group.step
        if entry.problem:
            return entry.problem
        if entry.proposal.refusal is not None:
            return texts.say(entry.proposal.refusal.message)
        if step.kind != StepKind.REMIND:
            return texts.gettext(_NEXT[step.kind])
        return texts.gettext(LEVEL_NAMES[step.level])

    def _state(self, entry: Entry) -> tuple[str, str, Any]:
        gettext = self._texts.gettext
        if entry.sent is not None:
            is_mailed = entry.sent.mail_id is not None
            return "circle-check", gettext("mail goes") if is_mailed else gettext("to print"), "ok"
        if entry.problem or entry.proposal.refusal is not None:
            return "triangle-alert", gettext("stays"), "warn"
        if entry.proposal.draft is None:
            return "circle-alert", gettext("up to you"), "warn"
        if not entry.chosen:
            return "minus", gettext("left out"), None
        return "check", gettext("by mail") if entry.proposal.email else gettext("to print"), "ok"

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
