"""From one document to the next: asks what must be known, makes the draft, opens it. For editor, lists and timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.successors import Wishes
from shopdesk.ui.documents import kinds
from shopdesk.ui.icons import icon
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.palette import tokens

if TYPE_CHECKING:
    from shopdesk.domain.totals import Totals
    from shopdesk.ui.documents.questions import Answer
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class NextDocuments:
    """`parent` holds the questions and the menu."""

    def __init__(self, shop: Shop, window: Shell, parent: QWidget) -> None:
        self._shop, self._shell, self._parent = shop, window, parent
        self._texts = window.texts

    def _load(self, document_id: int) -> Document | None:
        from shopdesk.usecases import documents

        try:
            return documents.load(self._shop, document_id)
        except ShopError as error:
            self._shell.problem(error)
            return None

    def offered(self, document: Document) -> tuple[DocumentKind, ...]:
        """What can be made out of it, the most usual first."""
        return kinds.next_kinds(document.kind, issued=document.is_issued)

    def usual(self, document_id: int) -> None:
        """The one key: the most usual next document."""
        origin = self._load(document_id)
        if origin is None:
            return
        offered = self.offered(origin)
        if offered:
            self.make(document_id, offered[0])
        else:
            self._say_nothing_follows(origin)

    def _say_nothing_follows(self, origin: Document) -> None:
        gettext = self._texts.gettext
        words = (
            gettext("Nothing follows a {kind}.") if origin.is_issued else gettext("Please issue it first.")
        )
        self._shell.toast(words.format(kind=kinds.name(origin.kind, self._texts)), seconds=4)

    def invoice(self, document_id: int) -> None:
        """F7 on what can become an invoice."""
        self.make(document_id, DocumentKind.INVOICE)

    def menu(self, document_id: int) -> QMenu | None:
        """Everything that can be made out of it, each under a letter; None when there is nothing."""
        origin = self._load(document_id)
        if origin is None:
            return None
        offered = self.offered(origin)
        if not offered:
            self._say_nothing_follows(origin)
            return None
        menu = QMenu(self._texts.gettext("Continue as …"), self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = kinds.lettered(kinds.make(kind, self._texts, origin.kind) for kind in offered)
        key = shortcut("next_document").sequences()[0].toString(QKeySequence.SequenceFormat.NativeText)
        for number, (kind, title) in enumerate(zip(offered, titles, strict=True)):
            action = menu.addAction(
                icon(kinds.icon(kind), tokens().text2), title if number else f"{title}\t{key}"
            )
            action.setData(kind.value)
            action.triggered.connect(partial(self._chosen, document_id, kind))
        self._add_order(menu, origin)
        self._add_again(menu, origin)
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _add_order(self, menu: QMenu, origin: Document) -> None:
        """The goods are ordered from the supplier."""
        from shopdesk.domain.purchase_orders import ORDERED_FROM
        from shopdesk.ui.shell.protocol import NewPurchase

        document_id = origin.id
        if not origin.is_issued or origin.kind not in ORDERED_FROM or document_id is None:
            return
        menu.addSeparator()
        entry = shortcut("order_goods")
        words = f"{self._texts.gettext(entry.title)}\t{entry.shown()}"
        action = menu.addAction(icon(entry.icon, tokens().text2), words)
        action.triggered.connect(lambda: self._shell.open_page("purchase_orders", NewPurchase(document_id)))

    def _add_again(self, menu: QMenu, origin: Document) -> None:
        """The order once more, or again and again."""
        from shopdesk.ui.shell.protocol import NewStandingOrder
        from shopdesk.ui.standing_orders.again import again
        from shopdesk.usecases.repeated_orders import REPEATABLE

        document_id = origin.id
        if origin.kind not in REPEATABLE or document_id is None:
            return
        gettext, tone = self._texts.gettext, tokens().text2
        menu.addSeparator()
        key = shortcut("last_order").shown()
        words = gettext("Once more at today's prices")
        once = menu.addAction(icon("repeat", tone), f"{words}\t{key}")
        once.triggered.connect(lambda: again(self._shop, self._shell, document_id))
        often = menu.addAction(icon("repeat", tone), gettext("Standing order …"))
        wanted = NewStandingOrder(document_id=document_id)
        often.triggered.connect(lambda: self._shell.open_page("standing_order", wanted))

    def _chosen(self, document_id: int, kind: DocumentKind, _checked: bool = False) -> None:
        self.make(document_id, kind)

    def open_menu(self, document_id: int, place: QPoint) -> None:
        """Show the menu at a place of the screen."""
        menu = self.menu(document_id)
        if menu is not None:
            menu.popup(place)

    def make(self, document_id: int, kind: DocumentKind) -> None:
        """The next document: what must be known is asked first."""
        from shopdesk.usecases import chains

        try:
            source = chains.source_of(self._shop, document_id, kind)
            # what the story forbids is said before anything is asked
            chains.drafted(self._shop, document_id, kind)
        except ShopError as error:
            self._shell.problem(error)
            return
        made = partial(self._make, document_id, kind)
        if kind == DocumentKind.CANCELLATION:
            self._ask_reason(source, made)
        elif any(line.option for line in source.lines):
            self._ask_options(source, partial(self._after_options, document_id, kind, source))
        elif kind == DocumentKind.DEPOSIT_INVOICE:
            self._ask_deposit(document_id, source, Wishes(), made)
        else:
            made(Wishes())

    def _after_options(self, document_id: int, kind: DocumentKind, source: Document, wishes: Wishes) -> None:
        made = partial(self._make, document_id, kind)
        if kind == DocumentKind.DEPOSIT_INVOICE:
            self._ask_deposit(document_id, source, wishes, made)
        else:
            made(wishes)

    def _ask_options(self, source: Document, answer: Answer) -> None:
        from shopdesk.ui.documents.ask_options import AskOptions

        AskOptions(source, self._texts, self._parent).ask(answer)

    def _ask_deposit(self, document_id: int, source: Document, wishes: Wishes, answer: Answer) -> None:
        from shopdesk.domain.successors import taken_lines
        from shopdesk.ui.documents.ask_deposit import AskDeposit

        job = replace(source, lines=taken_lines(source, wishes))
        question = AskDeposit(job, partial(self._deposit_sums, document_id), self._texts, self._parent)
        question.with_options(wishes)
        question.ask(answer)

    def _deposit_sums(self, document_id: int, wishes: Wishes) -> Totals:
        from shopdesk.domain.totals import totals
        from shopdesk.usecases import chains, tax

        draft = chains.drafted(self._shop, document_id, DocumentKind.DEPOSIT_INVOICE, wishes)
        try:
            return totals(tax.settled(draft, tax.context(self._shop, draft)))
        except ShopError:
            return totals(draft)

    def _ask_reason(self, bill: Document, answer: Answer) -> None:
        from shopdesk.ui.documents.ask_cancellation import AskCancellation
        from shopdesk.usecases import number_ranges

        number = number_ranges.next_number(self._shop, DocumentKind.CANCELLATION.value)
        AskCancellation(bill, number, self._texts, self._parent).ask(answer)

    def _make(self, document_id: int, kind: DocumentKind, wishes: Wishes) -> None:
        from shopdesk.usecases import chains

        try:
            made = chains.follow_up(self._shop, document_id, kind, wishes)
        except ShopError as error:
            self._shell.problem(error)
            return
        if made.id is not None:
            self._shell.open_document(made.id)
        if made.deposits and kind == DocumentKind.INVOICE:
            words = self._texts.gettext("There are deposits, so this is the final invoice that deducts them.")
            self._shell.toast(words, seconds=6)


def commands(
    next_: NextDocuments, current: Callable[[], int | None], place: Callable[[], QPoint]
) -> dict[str, Callable[[], None]]:
    """The keys of a list: the usual next document of the current row, and the menu of all."""

    def usual() -> None:
        document_id = current()
        if document_id is not None:
            next_.usual(document_id)

    def menu() -> None:
        document_id = current()
        if document_id is not None:
            next_.open_menu(document_id, place())

    return {"next_document": usual, "continue_as": menu}
