"""One e-invoice that came in: read off the window's thread, shown, judged, filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.money import Money
from shopdesk.domain.received_invoices import kind_of, profile_name
from shopdesk.ui.received_invoices.choose import choose_file, choose_place
from shopdesk.ui.received_invoices.filing_card import FilingCard
from shopdesk.ui.received_invoices.verdict_card import VerdictCard
from shopdesk.ui.received_invoices.view import InvoiceView
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import received_invoices

if TYPE_CHECKING:
    from shopdesk.usecases.received_invoices import OpenedInvoice
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ReceivedInvoicePage(Page):
    """Opens a path (str) or a filed invoice (its id)."""

    watches: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.opened: OpenedInvoice | None = None
        self._name = ""
        self._worker: received_invoices.Worker | None = None
        sentence = gettext("Drop an e-invoice (PDF or XML) anywhere on the window to read it.")
        self.empty = EmptyState("file-check", sentence, gettext("Open an e-invoice …"), self.choose)
        self.file = PrimaryButton(
            gettext("File it"), self.save, icon_name="save", key=shortcut("issue_and_send").shown()
        )
        self.look = GhostButton(gettext("Show the PDF"), self.show_pdf, icon_name="eye")
        self.copy = GhostButton(gettext("Save the original …"), self.save_copy, icon_name="download")
        self.header = PageHeader("", "", self.file)
        self.card = FilingCard(shop, self.texts, self.save, self.remove)
        for button in (self.look, self.copy):
            self.card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.new_customer_wanted.connect(self.window_shell.new_customer)
        self._view: InvoiceView | None = None
        self._verdict: VerdictCard | None = None
        self._place()

    def _place(self) -> None:
        self.left, self.side = ScrollPage(), ScrollPage()
        self.side.body.addWidget(self.card)
        self.left.body.addStretch(1)
        self.side.body.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.left)
        splitter.addWidget(self.side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([px(640), px(330)])
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(NORMAL))
        column.addWidget(self.header)
        column.addWidget(splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(shown)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(self.stack)

    @property
    def title(self) -> str:
        """Its kind, number and seller."""
        if self.opened is None:
            return ""
        invoice = self.opened.invoice
        seller = invoice.seller.name or invoice.seller.trading_name
        parts = (self.texts.say(kind_of(invoice)), invoice.number, shortened(seller, 40))
        return " ".join(part for part in parts if part)

    def open_item(self, item: object) -> None:
        """Read a file or a filed invoice."""
        if isinstance(item, str | Path):
            self._name = Path(item).name
            self._read(lambda worker: received_invoices.open_file(self.shop, item, worker))
        elif isinstance(item, int):
            self._name = ""
            self._read(lambda worker: received_invoices.open_kept(self.shop, item, worker))

    def focus_first(self) -> None:
        """See Page."""
        if self.opened is None:
            self.empty.setFocus()
        else:
            (self.file if self.opened.kept is None else self.copy).setFocus()

    def leaving(self) -> None:
        """What is still being read is not wanted any more."""
        if self._worker is not None:
            self._worker.stop()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {} if self.opened is None else {"issue_and_send": self.save}

    # Reading

    def _read(self, work: Callable[[received_invoices.Worker], OpenedInvoice]) -> None:
        self.leaving()
        worker = self._worker = received_invoices.Worker()
        self.opened = None
        self._say(self.texts.gettext("The file is being read …"), offers_another=False)
        self.window_shell.progress(self.texts.gettext("An e-invoice is being read"), worker.stop)
        self.window_shell.run_desk(
            lambda: work(worker),
            lambda opened: self._arrived(worker, opened),
            lambda error: self._refused(worker, error),
        )

    def _arrived(self, worker: received_invoices.Worker, opened: OpenedInvoice) -> None:
        if worker is self._worker:
            self._finish()
            self.show_invoice(opened)

    def _refused(self, worker: received_invoices.Worker, error: Exception) -> None:
        if worker is not self._worker:
            return
        self._finish()
        if isinstance(error, ShopError):
            name = shortened(self._name)
            sentence = self.texts.say(error.message)
            # a sentence about the opening names the file itself
            words = sentence if name in sentence else f"{name}\n{sentence}"
            self._say(words, offers_another=True)
        else:
            self._say("", offers_another=True)
            self.window_shell.problem(error)

    def _finish(self) -> None:
        self._worker = None
        self.window_shell.progress("")

    def _say(self, sentence: str, *, offers_another: bool) -> None:
        self.empty.sentence.setText(sentence)
        assert self.empty.button is not None
        show_if(self.empty.button, offers_another)
        self.stack.setCurrentIndex(0)
        self._announce()

    def _announce(self) -> None:
        self.window_shell.title_changed()
        self.window_shell.commands_changed()

    # Showing

    def show_invoice(self, opened: OpenedInvoice) -> None:
        """Everything about it; what stood here before goes."""
        self.opened = opened
        invoice, payable = opened.invoice, opened.invoice.totals.payable
        for old in (self._view, self._verdict):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._view = InvoiceView(self.texts, invoice, self.save_attachment)
        self._verdict = VerdictCard(self.texts, invoice, opened.verdict)
        self.left.body.insertWidget(0, self._view)
        self.side.body.insertWidget(0, self._verdict)
        amount = "" if payable is None else self.texts.money(Money.of(payable, invoice.currency))
        subtitle = (invoice.seller.name or invoice.seller.trading_name, amount, profile_name(invoice))
        head = f"{self.texts.say(kind_of(invoice))} {invoice.number}"
        self.header.say(head, " · ".join(part for part in subtitle if part))
        self._show_filing()
        self.stack.setCurrentIndex(1)
        self.left.verticalScrollBar().setValue(0)
        self._announce()
        self.focus_first()

    def _show_filing(self) -> None:
        assert self.opened is not None
        self.card.show_invoice(self.opened)
        show_if(self.file, self.opened.kept is None)
        show_if(self.look, self.opened.data[:1024].find(b"%PDF-") >= 0)

    # What the owner does with it

    def choose(self) -> None:
        """Ask for a file and read it."""
        name = choose_file(self, self.texts)
        if name:
            self.window_shell.open_page("received_invoice", name)

    def save(self) -> None:
        """File it, or store whom a filed one belongs to."""
        if self.opened is None:
            return
        gettext = self.texts.gettext
        customer_id, supplier = self.card.customer_id, self.card.supplier.text()
        try:
            if self.opened.kept is None:
                kept, is_new = received_invoices.file(self.shop, self.opened, customer_id, supplier)
                until = self.texts.date(kept.kept_until)
                words = gettext("Filed, kept until {date}.") if is_new else gettext("It was filed before.")
                self.window_shell.toast(words.format(date=until))
                self._now(kept)
            else:
                kept, undo = received_invoices.assign(self.shop, self.opened.kept, customer_id, supplier)
                self.window_shell.toast(gettext("Saved."), lambda: self._take_back(undo))
                self._now(kept)
        except ShopError as error:
            self.window_shell.problem(error)

    def _now(self, kept: received_invoices.KeptInvoice) -> None:
        from dataclasses import replace

        assert self.opened is not None
        self.opened = replace(self.opened, kept=kept, customer_id=kept.customer_id)
        self._show_filing()
        self.focus_first()

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        if self.opened is not None and self.opened.kept is not None:
            self._now(received_invoices.get(self.shop, self.opened.kept.id))

    def remove(self) -> None:
        """Take it out for good once its time has passed."""
        if self.opened is None or self.opened.kept is None:
            return
        try:
            received_invoices.remove(self.shop, self.opened.kept.id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.window_shell.open_page("received_invoices")

    def save_copy(self) -> None:
        """The unchanged file, anywhere on the disk."""
        if self.opened is None:
            return
        opened = self.opened
        place = choose_place(self, self.texts, opened.file_name)
        if place:
            self._write(place, lambda: received_invoices.save_original(opened, place))

    def save_attachment(self, position: int) -> None:
        """One of the attachments, anywhere on the disk."""
        if self.opened is None:
            return
        opened = self.opened
        entry = opened.invoice.attachments[position]
        name = safe_file_name(entry.file_name or entry.reference, "attachment")
        place = choose_place(self, self.texts, name)
        if place:
            self._write(place, lambda: received_invoices.save_attachment(opened, position, place))

    def _write(self, place: str, work: Callable[[], None]) -> None:
        done = self.texts.gettext("Saved as {name}.").format(name=Path(place).name)
        self.window_shell.run_desk(work, lambda _nothing: self._tell(done))

    def _tell(self, words: str) -> None:
        self.window_shell.toast(words)

    def show_pdf(self) -> None:
        """The PDF in the system's own program."""
        from shopdesk.ui.documents.paper import open_file

        if self.opened is not None:
            open_file(self.opened.data, self.opened.file_name)
