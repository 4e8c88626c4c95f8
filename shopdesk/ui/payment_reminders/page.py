"""Payment reminders (Zahlungserinnerungen): who is due today, the letter beside it, and one key that sends them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSplitter, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.money import Money
from shopdesk.domain.outbox import HOLD
from shopdesk.domain.payment_reminders import StepKind, Stop
from shopdesk.ui.documents.preview import PreviewPane
from shopdesk.ui.documents.several_files import SeveralFiles
from shopdesk.ui.payment_reminders.ask_stop import AskStop
from shopdesk.ui.payment_reminders.notices import Notices
from shopdesk.ui.payment_reminders.rows import Entry, ReminderList, after
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.row_list import ListWithEmptyState
from shopdesk.ui.widgets.showing import show_if
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import payment_reminders

if TYPE_CHECKING:
    from shopdesk.usecases.payment_reminders import BatchResult, DueList
    from shopdesk.usecases.shop import Shop


class PaymentRemindersPage(Page):
    """First who is due, then one key, then what became of it."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"payment", "payment_allocation", "document", "setting", "bank_file", "payment_reminder_stop"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.result: BatchResult | None = None
        self._is_looking = self._look_again = False
        self._stopped = 0
        self.send_button = PrimaryButton(
            gettext("Issue and send"), self.issue, icon_name="send", key=shortcut("issue_and_send").shown()
        )
        self.all_button = Button(gettext("All / none"), self.toggle_all, icon_name="list-checks")
        self.again_button = Button(gettext("Look again"), self.look_again, icon_name="refresh-cw")
        self.header = PageHeader(
            gettext("Payment reminders"), " ", self.all_button, self.again_button, self.send_button
        )
        self.notices = Notices(window)
        self.charges = QCheckBox(gettext("Ask for fees and interest where they are due"))
        self.charges.setChecked(True)
        self.charges.toggled.connect(lambda _on: self.look_again())
        self.rows = ReminderList(self.texts, gettext("Payment reminders"))
        self.rows.toggled.connect(self.toggle)
        self.rows.moved.connect(lambda _entry: self._show_letter())
        self.rows.opened.connect(self._open)
        self.rows.menu_wanted.connect(self._open_menu)
        self.preview = PreviewPane(shop, window)
        self.work = WorkBar(window)
        self.outcome = Outcome()
        self.files = SeveralFiles(shop, window, self.work, self.outcome)
        self.hint = Caption(gettext("Space takes a row out or in, ⏎ opens the invoice, Del: do not remind."))
        self.rows.removed.connect(self._ask_stop)
        self._place()
        self.listed.hide()  # nobody knows yet whether it is empty
        self.preview.hide()

    def _place(self) -> None:
        words = self.texts.gettext("Nobody is to be reminded today.")
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(self.charges)
        line.addStretch(1)
        line.addWidget(self.files)
        self.listed = ListWithEmptyState(self.rows, EmptyState("circle-check", words))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.listed)
        splitter.addWidget(self.preview)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(620), px(400)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        for widget in (self.header, self.notices):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self.work)
        column.addWidget(self.outcome)
        column.addWidget(splitter, 1)
        column.addWidget(self.hint)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self.rows.entries

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"issue_and_send": self.issue}

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def reload(self) -> None:
        """Something was paid meanwhile; what came of a batch stays as it is."""
        if self._is_looking:
            self._look_again = True
        elif not self.work.is_running and self.result is None:
            self._look()

    def look_again(self) -> None:
        """Forget what came of the last batch."""
        if self._is_looking:
            self._look_again = True
        elif not self.work.is_running:
            self.result = None
            self.outcome.say("", ok=True)
            self._look()

    # Looking

    def _look(self) -> None:
        self._is_looking = True
        work = self.work.begin(self.texts.gettext("Looking over {done} of {all} …"), patient=True)
        is_free = not self.charges.isChecked()
        self._say()
        self.window_shell.run_desk(
            partial(payment_reminders.due, self.shop, work, is_free=is_free), self._looked, self._failed
        )

    def _looked(self, found: DueList) -> None:
        if self._looked_enough():
            return
        left_out = {entry.key for entry in self.entries if not entry.chosen}
        show_if(self.listed, wanted=True)
        self.notices.show_list(found)
        self.rows.show_entries(tuple(Entry(one, one.group.key not in left_out) for one in found.proposals))
        self._stopped = found.stopped
        self._say()
        self._show_letter()

    def _looked_enough(self) -> bool:
        self.work.over()
        again, self._is_looking, self._look_again = self._look_again, False, False
        if again:
            self._look()
        return again

    def _failed(self, error: Exception) -> None:
        if self._is_looking and self._looked_enough():
            return
        self.work.over()
        self._say()
        if isinstance(error, ShopError):
            self.outcome.say(self.texts.say(error.message), ok=isinstance(error, Stopped))
        else:
            self.window_shell.problem(error)

    def _show_letter(self) -> None:
        """The very letter of the row, drawn off the window's thread; once it was issued, the paper that went."""
        from shopdesk.usecases import documents, tax

        entry = self.rows.current()
        draft = entry.proposal.draft if entry is not None else None
        if entry is not None and entry.sent is not None:
            draft = documents.load(self.shop, entry.sent.document_id)
        show_if(self.preview, draft is not None)
        if draft is not None:
            name = f"{self.texts.gettext('Payment reminder')}.pdf"
            self.preview.show_document(draft, tax.context(self.shop, draft), name)

    # Choosing

    def toggle(self, entry: Entry) -> None:
        """In or out; what cannot go stays as it is."""
        if not self.work.is_running and entry.can_go:
            self._choose(lambda one: one.chosen != (one.key == entry.key))

    def toggle_all(self) -> None:
        """All in, or all out where all are in."""
        wanted = not all(entry.chosen for entry in self.entries if entry.can_go)
        self._choose(lambda _one: wanted)

    def _choose(self, chosen: Callable[[Entry], bool]) -> None:
        self.rows.show_entries(tuple(replace(entry, chosen=chosen(entry)) for entry in self.entries))
        self._say()

    def _say(self) -> None:
        """Header and buttons as they are now."""
        texts, busy = self.texts, self.work.is_running
        counting = [entry for entry in self.entries if entry.counts]
        parts = [texts.ngettext("{n} letter", "{n} letters", len(counting)).format(n=len(counting))]
        sums: dict[str, int] = {}
        for entry in counting:
            total = entry.proposal.total
            sums[total.currency] = sums.get(total.currency, 0) + total.minor
        parts += [texts.money(Money(minor, currency)) for currency, minor in sums.items()]
        if self._stopped:
            words = texts.ngettext(
                "{n} invoice is not reminded of", "{n} invoices are not reminded of", self._stopped
            )
            parts.append(words.format(n=self._stopped))
        if self.result is None:
            self.header.say(self.header.title.text(), " · ".join(parts))
        self.send_button.setVisible(self.result is None)
        self.send_button.setEnabled(bool(counting) and not busy)
        for widget in (self.all_button, self.charges, self.hint):
            widget.setVisible(self.result is None and bool(self.entries))
            widget.setEnabled(not busy)
        self.again_button.setVisible(self.result is not None)
        self.again_button.setEnabled(not busy)
        issued = [one.document_id for one in self.result.sent] if self.result is not None else []
        self.files.offer(issued)

    def _open(self, entry: Entry) -> None:
        """⏎: the letter that was issued, else the invoice."""
        sent = entry.sent
        self.window_shell.open_document(sent.document_id if sent is not None else entry.key[0])

    def _open_menu(self, entry: Entry, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        for claim in entry.proposal.group.claims:
            bill = claim.bill
            words = gettext("Open {number}").format(number=bill.number)
            menu.addAction(words, partial(self.window_shell.open_document, bill.document_id))
            words = gettext("Do not remind of {number} …").format(number=bill.number)
            menu.addAction(
                words, partial(self._stop, Stop(None, "", document_id=bill.document_id), bill.number)
            )
        if entry.proposal.group.claims[0].bill.customer_id is not None:
            menu.addAction(gettext("Do not remind the customer …"), partial(self._ask_stop, entry))
        if entry.proposal.group.step.kind == StepKind.CANCEL:
            menu.addAction(gettext("Cancel the invoice …"), partial(self._open, entry))
        menu.popup(place)

    def _ask_stop(self, entry: Entry) -> None:
        """Del: this customer is not reminded for a while."""
        bill = entry.proposal.group.claims[0].bill
        if bill.customer_id is not None:
            self._stop(Stop(bill.customer_id, ""), bill.recipient)
        else:
            self._stop(Stop(None, "", document_id=bill.document_id), bill.number)

    def _stop(self, value: Stop, name: str) -> None:
        title = self.texts.gettext("Do not remind: {name}").format(name=name)
        AskStop(self.shop, self.window_shell, value, title, self).ask_stop(self.look_again)

    # Sending

    def issue(self) -> None:
        """All chosen letters, off the window's thread; each is whole or not there."""
        keys = [entry.key for entry in self.entries if entry.counts]
        if not keys or self.work.is_running:
            return
        work: LongWork = self.work.begin(self.texts.gettext("Issuing {done} of {all} …"))
        is_free = not self.charges.isChecked()
        self._say()
        self.window_shell.run_desk(
            partial(payment_reminders.issue_all, self.shop, keys, work, is_free=is_free),
            self._issued,
            self._failed,
        )

    def _issued(self, result: BatchResult) -> None:
        self.work.over()
        self.result = result
        self.rows.show_entries(after(self.entries, result, self.texts))
        self.rows.scrollToTop()
        self._say()
        self._show_letter()
        self.outcome.say(self._told(result), ok=not (result.refused or result.broken_off))
        if any(one.mail_id is not None for one in result.sent):
            words = self.texts.ngettext(
                "{n} reminder is on its way.", "{n} reminders are on their way.", len(result.sent)
            )
            self.window_shell.toast(
                words.format(n=len(result.sent)), partial(self._take_back, result), HOLD.total_seconds(),
                then=self._send,
            )  # fmt: skip

    def _send(self) -> None:
        from shopdesk.usecases import opening

        self.window_shell.run_post(lambda: opening.send_waiting(self.shop), lambda _nothing: None)

    def _take_back(self, result: BatchResult) -> None:
        """The mails stay here; the letters that were issued do not count and can be written again."""
        count = payment_reminders.take_back(self.shop, result.sent)
        self.look_again()
        words = self.texts.ngettext(
            "{n} reminder was called back. Its paper keeps its number and does not count.",
            "{n} reminders were called back. Their papers keep their numbers and do not count.",
            count,
        )
        self.outcome.say(words.format(n=count), ok=True)

    def _told(self, result: BatchResult) -> str:
        ngettext = self.texts.ngettext
        mails = sum(one.mail_id is not None for one in result.sent)
        prints = len(result.sent) - mails
        told = (
            (mails, ngettext("{n} goes by mail.", "{n} go by mail.", mails)),
            (prints, ngettext("{n} is to be printed.", "{n} are to be printed.", prints)),
            (
                len(result.refused),
                ngettext("{n} stays, see why below.", "{n} stay, see why below.", len(result.refused)),
            ),
            (result.left, ngettext("{n} was not begun.", "{n} were not begun.", result.left)),
        )
        parts = [words.format(n=count) for count, words in told if count]
        if result.broken_off is not None:
            parts.append(self.texts.say(result.broken_off.message))
        return " ".join(parts)
