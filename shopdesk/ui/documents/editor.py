"""The editor of one document: head, lines, sums and send bar at the left, the paper at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.documents import DocumentKind, LineKind
from shopdesk.domain.vat_id_checks import needs_reason
from shopdesk.ui.documents.deposit_offers import DepositOffers
from shopdesk.ui.documents.header import HeaderCard
from shopdesk.ui.documents.line_menu import line_menu
from shopdesk.ui.documents.lines_view import LinesView
from shopdesk.ui.documents.links import ChipLink, LinkColumn
from shopdesk.ui.documents.model import Column
from shopdesk.ui.documents.more_panel import MorePanel
from shopdesk.ui.documents.order_changes import OrderChanges
from shopdesk.ui.documents.paper import file_name
from shopdesk.ui.documents.parcel_side import ParcelSide
from shopdesk.ui.documents.preview import PreviewPane
from shopdesk.ui.documents.problem_goals import CELL, column_of, goal_of
from shopdesk.ui.documents.scans_row import ScansRow
from shopdesk.ui.documents.send_bar import SendBar
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.documents.story_tables import DeductedDeposits, OpenBills
from shopdesk.ui.documents.suggestions import Suggestion, Suggestions
from shopdesk.ui.documents.tax_menu import tax_menu
from shopdesk.ui.documents.totals_bar import TotalsBar
from shopdesk.ui.documents.vat_id_watch import VatIdWatch
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.chips import ChipButton

if TYPE_CHECKING:
    from shopdesk.domain.document_rules import Problem
    from shopdesk.domain.documents import DocumentSummary
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.ui.shell.protocol import Shell

# What is only not typed yet is no mistake before the owner says "issue"
_NOT_YET = frozenset({"BR-07", "BR-10", "BR-16", "BR-25", "BR-26", "BR-CO-25", "delivery-date"})
_MOST_LINKS = 2
_WITHOUT_SUGGESTIONS = frozenset(
    {
        DocumentKind.DELIVERY_NOTE,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.DEPOSIT_INVOICE,
        DocumentKind.FINAL_INVOICE,
    }
)
"""Postage and packaging are no matter of theirs, or were settled with the job."""
_PREVIEW_FROM = 760
"""Design pixels of the editor's width from which the preview stands beside the lines."""


class Editor(QWidget):
    """Puts the parts of one editing session together and follows the session."""

    settings_wanted = Signal()
    """The shop's own data are missing."""

    def __init__(
        self, session: EditingSession, window: Shell, suggestions: Suggestions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.shell, self.texts = session, window, window.texts
        self._suggestions = suggestions
        self._strict = False
        self._mail_warnings: tuple[Problem, ...] = ()
        self._mails: tuple[OutboxEntry, ...] = ()
        self._waiting = False
        self._offered: tuple[tuple[LineKind, str], ...] | None = None
        self._linked: tuple[tuple[str, str, bool], ...] = ()
        self._ships = False
        texts = self.texts
        self.header = HeaderCard(session, texts)
        self.lines = LinesView(session, texts)
        self.bills = OpenBills(texts) if session.document.kind == DocumentKind.PAYMENT_REMINDER else None
        self.problems = LinkColumn()
        self.deposits = DeductedDeposits(texts)
        self.deposit_offers = DepositOffers(session, window)
        self._offered_deposits: tuple[tuple[DocumentSummary, str], ...] = ()
        self.order_changes = OrderChanges(session, texts)
        self.totals = TotalsBar(session, texts)
        self._more: MorePanel | None = None
        self.send_bar = SendBar(session, texts)
        self.preview = PreviewPane(session.shop, window)
        self.scans = ScansRow(session.shop, window)
        self.vat_ids = VatIdWatch(session, window, self)
        self.parcels = ParcelSide(self)
        self._place()
        self._connect()
        self.refresh()
        self.vat_ids.look()

    def _place(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addWidget(self.lines, 1)
        if self.bills is not None:
            self.lines.hide()
            column.addWidget(self.bills, 1)
        column.addWidget(self.order_changes)
        column.addWidget(self.problems)
        column.addWidget(self.deposits)
        column.addWidget(self.totals)
        column.addWidget(self.send_bar)
        right = QWidget()
        sheets = QVBoxLayout(right)
        sheets.setContentsMargins(0, 0, 0, 0)
        sheets.setSpacing(px(SMALL))
        self._sheets = sheets
        sheets.addWidget(self.preview, 1)
        sheets.addWidget(self.scans)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(NORMAL))
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 62)
        self.splitter.setStretchFactor(1, 38)
        self.splitter.setSizes([620, 380])
        left.setMinimumWidth(px(300))
        right.setMinimumWidth(px(200))
        self.left, self.right = left, right
        self.lines.setMinimumHeight(px(96))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room (large text, small window), the lines come before the preview."""
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Lines, panels and preview, as wide as there is room."""
        narrow = self.width() < px(_PREVIEW_FROM)
        beside = self.shows_more or self.parcels.shown
        self.preview.setVisible(not narrow and not self.parcels.shown)
        self.right.setVisible(not narrow or beside)
        # two columns would squeeze each other: a panel has the whole width until it is closed
        self.left.setVisible(not (narrow and beside))

    def show_lines(self) -> None:
        """Close "More" where it hides the lines."""
        if self.left.isHidden():
            self.show_more(shown=False)

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        self.session.saved.connect(self.header.refresh)
        self.lines.menu_wanted.connect(self.open_line_menu)
        self.lines.refused.connect(self._say)
        self.totals.tax_wanted.connect(self.open_tax_menu)
        self.header.lines_wanted.connect(self.lines.go_to_new_line)
        self.header.problem.connect(self.shell.problem)
        for edit in (*self.header.findChildren(QLineEdit), self.send_bar.email):
            edit.installEventFilter(self)
        self.header.customer.edit.chosen.connect(lambda _customer: self.read_about_customer())
        self.send_bar.email.editingFinished.connect(self.read_mail_warnings)

    def _say(self, words: str) -> None:
        self.shell.toast(words, seconds=6)

    def refresh(self) -> None:
        """Show the session's value everywhere."""
        self.header.refresh()
        self.lines.refresh()
        self.order_changes.refresh()
        self.totals.refresh()
        if self.bills is not None:
            self.bills.refresh(self.session.document)
        self.deposits.refresh(self.session.document, self.session.totals)
        if self._more is not None:
            self._more.refresh()
        self.send_bar.refresh(self._mails, waiting=self._waiting)
        self.parcels.refresh()
        self.show_suggestions()
        self._show_problems()
        document = self.session.document
        self.preview.show_document(document, self.session.context, file_name(document, self.texts))

    def show_mails(self, mails: tuple[OutboxEntry, ...], *, waiting: bool) -> None:
        """What became of the document's mails, and whether "issue and send" is waiting for its seconds."""
        self._mails, self._waiting = mails, waiting
        self.send_bar.refresh(mails, waiting=waiting)
        document = self.session.document
        self.scans.show_document(self.session.document_id, offered=document.is_issued)

    def read_about_customer(self) -> None:
        """What depends on whose document it is."""
        self.deposit_offers.read()
        self.show_suggestions()
        self.read_mail_warnings()

    def read_mail_warnings(self) -> None:
        """Whose address it is, what should be attached: read when the customer or the address changes."""
        from shopdesk.usecases import mail_texts

        if self.session.locked:
            self._mail_warnings = ()
        else:
            self._mail_warnings = mail_texts.warnings(self.session.shop, self.session.settled)
        self._show_problems()

    def show_suggestions(self) -> None:
        """Made anew only when they change: the lines must not jump, and a chip keeps the keyboard."""
        offered = None if self.session.has_fixed_lines else self._offers()
        deposits = self.deposit_offers.chips() if offered is not None else ()
        ships = self.parcels.is_offered
        if (offered, deposits, ships) == (self._offered, self._offered_deposits, self._ships):
            return
        self._ships = ships
        self._offered, self._offered_deposits = offered, deposits
        if offered is None:
            self.totals.suggestions.show_chips(self.parcels.chips())
            return
        chips: list[QWidget] = []
        for kind, label in offered:
            key = "add_postage" if kind == LineKind.POSTAGE else "add_packaging"
            chips.append(ChipButton(label, partial(self.add_suggested, kind), key=shortcut(key).shown()))
        chips += [ChipButton(label, partial(self.deposit_offers.deduct, row)) for row, label in deposits]
        chips += self.parcels.chips()
        menu = ChipButton(self.texts.gettext("Line …"), self._menu_below, icon_name="ellipsis")
        self.totals.suggestions.show_chips([*chips, menu])

    def _offers(self) -> tuple[tuple[LineKind, str], ...]:
        document = self.session.document
        if document.kind in _WITHOUT_SUGGESTIONS:
            return ()
        kinds = {line.kind for line in document.lines}
        return tuple(
            (kind, self._suggested(kind).label)
            for kind in (LineKind.POSTAGE, LineKind.PACKAGING)
            if kind not in kinds
        )

    def _suggested(self, kind: LineKind) -> Suggestion:
        return self.parcels.suggestion(kind) or self._suggestions.suggest(kind, self.session)

    def _menu_below(self) -> None:
        self.lines.setFocus()
        self.open_line_menu(self.totals.suggestions.mapToGlobal(QPoint(0, 0)))

    def add_suggested(self, kind: LineKind) -> None:
        """Add postage or packaging as a line of its own (Alt+1, Alt+2); where there is one, the keyboard goes there."""
        if self.session.has_fixed_lines or not self.lines.commit():
            return
        there = [at for at, line in enumerate(self.session.document.lines) if line.kind == kind]
        if there:
            self.lines.go(there[-1], Column.PRICE, edit=True)
            return
        suggestion = self._suggested(kind)
        self.session.edit_lines(lambda lines: (*lines, suggestion.line))
        row = len(self.session.document.lines) - 1
        if suggestion.line.unit_price is None:
            self.lines.go(row, Column.PRICE, edit=True)
        else:
            self.lines.go(row + 1, edit=True)

    @property
    def more(self) -> MorePanel:
        """The panel of what is rarely needed; made when it is first wanted, since it holds most of the widgets."""
        if self._more is None:
            self._more = MorePanel(self.session, self.texts)
            self._more.hide()
            self.add_sheet(self._more)
        return self._more

    def add_sheet(self, sheet: QWidget) -> None:
        """A panel above the preview."""
        self._sheets.insertWidget(0, sheet, 1)

    @property
    def shows_more(self) -> bool:
        """Whether the panel is open."""
        return self._more is not None and not self._more.isHidden()

    def toggle_more(self) -> None:
        """Open or close what is rarely needed."""
        self.show_more(shown=not self.shows_more)

    def show_more(self, *, shown: bool) -> None:
        """Open or close it."""
        self.more.setVisible(shown)
        self.share_room()
        if shown:
            first = self.more.discount
            (first if first.isVisible() else self.more.intro).setFocus()

    # What is wrong, in words, with a way to it

    def show_all_problems(self) -> None:
        """The owner said "issue": now what is missing is told, too."""
        self._strict = True
        self._show_problems()

    def _told(self, problem: Problem) -> bool:
        return self._strict or problem.code not in _NOT_YET

    def _show_problems(self) -> None:
        told = [problem for problem in self.session.problems if self._told(problem)]
        words = {problem.field: self.texts.say(problem.message) for problem in reversed(told)}
        errors = {p.field: words[p.field] for p in told if not p.is_warning}
        self.header.say({field: text for field, text in errors.items() if self.header_holds(field)})
        if self._strict and needs_reason(self.session.document, self.session.problems):
            ask = self.texts.gettext("Why is it right all the same? Your words are kept in the journal.")
            errors["vat_id_reason"] = ask
        if self._more is not None:
            self._more.say(errors)
        cells: dict[tuple[int, str], str] = {}
        for field, text in words.items():
            cell = CELL.fullmatch(field)
            if cell:
                cells[int(cell[1]), cell[2]] = text
        self.lines.lines.show_problems(cells)
        self.send_bar.problem.say(errors.get("customer.email", ""))
        below = [p for p in told if p.is_warning or not self.header_holds(p.field)]
        links = [(goal_of(p), self.texts.say(p.message), p.is_warning) for p in below]
        wrong = sum(not problem.is_warning for problem in below)
        shown = (*links[:wrong], *self._mail_links(), *links[wrong:])[:_MOST_LINKS]
        if shown != self._linked:
            self._linked = shown
            self.problems.show_links([self._link(*link) for link in shown])

    def _mail_links(self) -> list[tuple[str, str, bool]]:
        """A doubtful address first: it does more harm than a missing attachment."""
        ordered = sorted(self._mail_warnings, key=lambda warning: not warning.field.startswith("customer"))
        return [(w.field, self.texts.say(w.message), True) for w in ordered]

    def _link(self, field: str, words: str, is_warning: bool) -> ChipLink:
        return ChipLink(words, partial(self.focus_on, field), "warn" if is_warning else "bad")

    def header_holds(self, field: str) -> bool:
        """Whether the field stands in the head."""
        return field != "customer.email" and field.split(".", 1)[0] in self.header.fields

    def focus_on(self, field: str) -> None:
        """Put the keyboard where the field of this name (as in the order file) is typed."""
        cell = CELL.fullmatch(field)
        if cell or field == "lines" or field.startswith("customer") or self.header_holds(field):
            self.show_lines()
        if field.startswith("seller"):
            self.settings_wanted.emit()
        elif field == "customer.email":
            self.send_bar.email.setFocus()
        elif field.startswith("mail"):
            self.send_bar.text_wanted.emit()
        elif cell:
            self.lines.go(int(cell[1]), column_of(cell[2]), edit=True)
        elif field in {"lines", "refers_to"}:
            self.lines.go_to_new_line()
        elif not self.header.focus_on(field):
            self.show_more(shown=True)
            self.more.focus_on(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z belongs to the document where the text field has nothing to undo itself."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not watched.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # The menus of the tax and of a line

    def open_tax_menu(self) -> None:
        """Another tax case by hand, beside the sentence that says which one it is."""
        menu = self.tax_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.totals.tax.mapToGlobal(QPoint(0, self.totals.tax.height())))

    def tax_menu(self) -> QMenu:
        """The cases; an issued document's cannot be changed."""
        ask = self.vat_ids.ask_now if self.vat_ids.question is not None else None
        return tax_menu(self.session, self.texts, self, note=lambda: self.focus_on("tax_note"), ask=ask)

    def open_line_menu(self, place: QPoint) -> None:
        """Kind, discount, VAT and order of the current line."""
        if not self.session.has_fixed_lines:
            menu = self.line_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def line_menu(self) -> QMenu:
        """The menu for the current line."""
        return line_menu(self.lines, self)
