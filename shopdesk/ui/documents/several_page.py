"""Several documents at once: drafts are looked over and issued in one go, files of issued ones saved together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.messages import N_, Message
from shopdesk.ui.documents.kinds import DELIVERING, OFFERING
from shopdesk.ui.documents.several_files import SeveralFiles
from shopdesk.ui.documents.several_rows import Entry, SeveralList, after, looked_over, sum_of
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.row_list import ListWithEmptyState
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases.batches import Several

if TYPE_CHECKING:
    from shopdesk.domain.documents import DocumentSummary
    from shopdesk.usecases.batches import BatchResult, Candidate
    from shopdesk.usecases.shop import Shop

NO_ACCOUNT_YET = Message(N_("No mail account is set up yet: the mails will wait in the outbox."))


class SeveralPage(Page):
    """First what would happen, then one button, then what happened."""

    watches: ClassVar[frozenset[str]] = frozenset({"document", "customer"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.wanted = Several(tuple(sorted(E_INVOICES)))
        self.result: BatchResult | None = None
        self._is_looking = self._wants_other = False
        self.issue_button = PrimaryButton(gettext("Issue"), self.issue, icon_name="file-check")
        self.all_button = Button(gettext("All / none"), self.toggle_all, icon_name="list-checks")
        self.again_button = Button(gettext("Look again"), self.look_again, icon_name="refresh-cw")
        self.header = PageHeader(
            gettext("Issue several"), " ", self.all_button, self.again_button, self.issue_button
        )
        self.other_button = GhostButton(gettext("Save issued ones instead"), self.other_way)
        self.hint = Caption(gettext("Space takes a row out or in, ⏎ opens it."))
        self.send = QCheckBox(gettext("Mail them, too"))
        self.send.toggled.connect(lambda _on: self._send_toggled())
        self.rows = SeveralList(self.texts, gettext("Issue several"))
        self.rows.toggled.connect(self.toggle)
        self.rows.opened.connect(lambda entry: window.open_document(entry.summary.id))
        self.work = WorkBar(window)
        self.outcome = Outcome()
        self.files = SeveralFiles(shop, window, self.work, self.outcome)
        self.files.busy.connect(self._say)
        self._place()

    def _place(self) -> None:
        empty = EmptyState("receipt", self.texts.gettext("No draft is waiting here. Everything is issued."))
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(self.send)
        line.addWidget(self.other_button)
        line.addStretch(1)
        line.addWidget(self.files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(self.work)
        column.addWidget(self.outcome)
        column.addWidget(ListWithEmptyState(self.rows, empty), 1)
        column.addWidget(self.hint)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self.rows.entries

    @property
    def belongs_under(self) -> str:
        """The list that the documents come from."""
        if set(self.wanted.kinds) <= set(OFFERING):
            return "quotes"
        return "delivery_notes" if set(self.wanted.kinds) <= set(DELIVERING) else "invoices"

    def open_item(self, item: object) -> None:
        """What the list of documents asks for."""
        if not isinstance(item, Several) or (self.work.is_running and not self._is_looking):
            return  # what is being issued or saved is shown to its end
        self.wanted = item
        self.rows.show_entries(())
        if self._is_looking:
            self._wants_other = True
            self.work.stop()
        else:
            self.look_again()

    def reload(self) -> None:
        """A draft was changed meanwhile; what came of a batch stays as it is."""
        if not self.work.is_running and self.result is None:
            self._look()

    def look_again(self) -> None:
        """Forget what came of the last batch."""
        if not self.work.is_running:
            self.result = None
            self.outcome.say("", ok=True)
            self._look()

    def other_way(self) -> None:
        """Issue drafts, or save the files of what is issued."""
        if not self.work.is_running:
            self.wanted = replace(self.wanted, ids=(), issued=not self.wanted.issued)
            self.rows.show_entries(())
            self.look_again()

    def focus_first(self) -> None:
        self.rows.setFocus()

    # Looking over

    def _look(self) -> None:
        from shopdesk.usecases import batches, document_files

        wanted = self.wanted
        if wanted.issued:
            found = document_files.summaries(self.shop, wanted.ids) if wanted.ids else ()
            self._show_issued(found or batches.newest_issued(self.shop, wanted.kinds))
            return
        self._is_looking = True
        work = self.work.begin(self.texts.gettext("Looking over {done} of {all} …"), patient=True)
        self._say()
        send = self.send.isChecked()

        def look() -> tuple[Candidate, ...]:
            found = batches.drafts(self.shop, wanted.kinds, wanted.ids)
            return batches.look_over(self.shop, found, send=send, work=work)

        self.window_shell.run_desk(look, self._looked, self._failed)

    def _looked(self, candidates: tuple[Candidate, ...]) -> None:
        left_out = frozenset(entry.summary.id for entry in self.entries if not entry.chosen)
        if self._looked_enough():
            return
        self.rows.show_entries(looked_over(candidates, left_out))
        self._say()

    def _looked_enough(self) -> bool:
        """The work is over; True where something else was asked for meanwhile, which begins now."""
        self.work.over()
        again, self._is_looking, self._wants_other = self._wants_other, False, False
        if again:
            self.look_again()
        return again

    def _show_issued(self, found: tuple[DocumentSummary, ...]) -> None:
        left_out = {entry.summary.id for entry in self.entries if not entry.chosen}
        self.rows.show_entries(tuple(Entry(one, one.id not in left_out) for one in found))
        self._say()

    def _failed(self, error: Exception) -> None:
        if self._looked_enough():
            return
        self._say()
        if isinstance(error, ShopError):
            self.outcome.say(self.texts.say(error.message), ok=isinstance(error, Stopped))
        else:
            self.window_shell.problem(error)

    def _send_toggled(self) -> None:
        """Who has no address is not ready any more; without an account the mails wait."""
        from shopdesk.usecases import mail_settings

        self.look_again()
        if self.send.isChecked() and mail_settings.account(self.shop) is None:
            self.outcome.say(self.texts.say(NO_ACCOUNT_YET), ok=False)

    # Choosing

    def toggle(self, entry: Entry) -> None:
        """In or out; what cannot be issued stays out."""
        if self.work.is_running or entry.finished or entry.refusal is not None:
            return
        self._choose(lambda one: one.chosen != (one.summary.id == entry.summary.id))

    def toggle_all(self) -> None:
        """All in, or all out where all are in."""
        possible = [entry for entry in self.entries if entry.refusal is None and not entry.finished]
        wanted = not all(entry.chosen for entry in possible)
        self._choose(lambda _one: wanted)

    def _choose(self, chosen: Callable[[Entry], bool]) -> None:
        self.rows.show_entries(tuple(replace(entry, chosen=chosen(entry)) for entry in self.entries))
        self._say()

    def _say(self) -> None:
        """Header, buttons and counts as they are now."""
        gettext, ngettext, busy = self.texts.gettext, self.texts.ngettext, self.work.is_running
        count = sum(entry.counts for entry in self.entries)
        stays = sum(entry.refusal is not None for entry in self.entries)
        sums = " + ".join(self.texts.money(one) for one in sum_of(self.entries))
        if self.result is not None:
            count = len(self.result.issued)
            ready = ngettext("{n} issued", "{n} issued", count).format(n=self.texts.number(count))
        else:
            ready = ngettext("{n} document", "{n} documents", count).format(n=self.texts.number(count))
        not_yet = ngettext("{n} not yet", "{n} not yet", stays).format(n=self.texts.number(stays))
        words = " · ".join(part for part in (ready, sums, not_yet if stays else "") if part)
        saving = self.wanted.issued
        self.header.say(gettext("Save several") if saving else gettext("Issue several"), words)
        self.issue_button.setVisible(not saving and self.result is None)
        self.issue_button.setEnabled(bool(count) and not busy)
        self.again_button.setVisible(not saving and self.result is not None)
        self.again_button.setEnabled(not busy)
        other = gettext("Issue drafts instead") if saving else gettext("Save issued ones instead")
        self.other_button.setText(other)
        self.other_button.setVisible(self.result is None)
        self.hint.setVisible(self.result is None and bool(self.entries))
        self.other_button.setEnabled(not busy)
        self.all_button.setVisible(self.result is None)
        self.all_button.setEnabled(not busy)
        self.send.setVisible(not saving and self.result is None)
        self.send.setEnabled(not busy)
        self._offer_files()

    def _offer_files(self) -> None:
        if self.result is not None:
            self.files.offer([one.id for one in self.result.issued])
        elif self.wanted.issued:
            self.files.offer([entry.summary.id for entry in self.entries if entry.chosen])
        else:
            self.files.offer(())

    # Issuing

    def issue(self) -> None:
        """All chosen ones, off the window's thread; each is whole or a draft."""
        from shopdesk.usecases import batches

        ids = [entry.summary.id for entry in self.entries if entry.counts]
        if not ids or self.work.is_running:
            return
        send = self.send.isChecked()
        work: LongWork = self.work.begin(self.texts.gettext("Issuing {done} of {all} …"))
        self._say()
        self.window_shell.run_desk(
            partial(batches.issue_many, self.shop, ids, send=send, work=work), self._issued, self._failed
        )

    def _issued(self, result: BatchResult) -> None:
        self.work.over()
        self.result = result
        self.rows.show_entries(after(self.entries, result))
        self.rows.scrollToTop()
        self._say()
        self.outcome.say(self._told(result), ok=not (result.refused or result.broken_off))
        if any(one.outbox_id is not None for one in result.issued):
            from shopdesk.usecases import opening

            self.window_shell.run_post(lambda: opening.send_waiting(self.shop), lambda _nothing: None)

    def _told(self, result: BatchResult) -> str:
        ngettext, number = self.texts.ngettext, self.texts.number
        issued, mails = len(result.issued), sum(one.outbox_id is not None for one in result.issued)
        parts = [ngettext("{n} is issued.", "{n} are issued.", issued).format(n=number(issued))]
        if issued:
            first, last = result.issued[0].number, result.issued[-1].number
            parts.append(f"{first} – {last}." if issued > 1 else f"{first}.")
        if mails:
            words = ngettext("{n} mail goes through the outbox.", "{n} mails go through the outbox.", mails)
            parts.append(words.format(n=number(mails)))
        if result.refused:
            stays = len(result.refused)
            words = ngettext("{n} stays a draft, see why below.", "{n} stay drafts, see why below.", stays)
            parts.append(words.format(n=number(stays)))
        if result.left:
            left = len(result.left)
            words = ngettext(
                "{n} was not begun and is still a draft.", "{n} were not begun and are still drafts.", left
            )
            parts.append(words.format(n=number(left)))
        if result.broken_off is not None:
            parts.append(self.texts.say(result.broken_off.message))
        return " ".join(parts)
