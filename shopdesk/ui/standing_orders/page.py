"""One standing order: its fields and lines, beside them what it will make and has made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Fulfilment
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.standing_orders import StandingOrder, template, unknown_placeholders
from shopdesk.ui.documents.lines_view import LinesView
from shopdesk.ui.documents.totals_bar import vat_words
from shopdesk.ui.shell.protocol import NewStandingOrder, Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.standing_orders.actions import StandingOrderActions
from shopdesk.ui.standing_orders.dates_card import DatesCard, MadeCard
from shopdesk.ui.standing_orders.form import StandingOrderForm
from shopdesk.ui.standing_orders.session import TemplateSession
from shopdesk.ui.standing_orders.until_line import UntilLine
from shopdesk.ui.standing_orders.words import placeholders
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import Caption, Display, Muted, ProblemLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.standing_order_dates import PlannedDate
    from shopdesk.usecases.undo import Undo

Done = TypeVar("Done")
PAUSE = 250
"""ms after the last edit before the dates are counted anew."""


class StandingOrderPage(Page):
    """Shows a stored standing order (its id) or begins one (`NewStandingOrder`, or 0); Ctrl+⏎ stores it."""

    watches: ClassVar[frozenset[str]] = frozenset({"standing_order", "standing_order_date", "document"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.order: StandingOrder | None = None
        self.session: TemplateSession | None = None
        self.lines: LinesView | None = None
        self.acts = StandingOrderActions(self)
        self._wanted = 0
        self._kept: dict[int, StandingOrder] = {}
        self.pause = GhostButton(gettext("Pause …"), self.acts.ask_pause)
        self.go_on = Button(gettext("Continue"), self.acts.continue_now)
        self.stop = GhostButton(gettext("Stop …"), self.acts.ask_stop)
        self.delete = GhostButton(gettext("Delete"), self.acts.remove)
        self.save = PrimaryButton(gettext("Save"), self.acts.store, key=shortcut("issue_and_send").shown())
        self.header = PageHeader("", " ", self.pause, self.go_on, self.stop, self.delete, self.save)
        self.until = UntilLine(self.texts, shop.clock.today, self.acts.until_said)
        self.form = StandingOrderForm(shop, self.texts, shop.clock.today)
        self.form.changed.connect(self._edited)
        self.form.customer_chosen.connect(self._take_customer)
        self.form.kind_chosen.connect(self._choose_kind)
        self.form.fulfilment_chosen.connect(self._choose_fulfilment)
        self.problem = ProblemLabel()
        self.total, self.vat = Display(), Caption(wrap=False)
        self.dates = DatesCard(self.texts)
        self.made = MadeCard(self.texts, window.open_document)
        self.gone = EmptyState("repeat", gettext("This standing order is no longer there."))
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._plan)
        self._place()
        self._show_head()

    def _place(self) -> None:
        gettext = self.texts.gettext
        left = ScrollPage()
        left.body.setContentsMargins(0, 0, 0, 0)
        left.body.setSpacing(px(SMALL))
        left.body.addWidget(Card(self.form))
        self.line_card = Card(title=gettext("Each time"))
        hint = gettext("{known} in a text are filled in each time.").format(known=placeholders(self.texts))
        foot = QHBoxLayout()
        foot.addWidget(Muted(hint, wrap=True), 1)
        sums = QVBoxLayout()
        for label in (self.total, self.vat):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            sums.addWidget(label)
        foot.addLayout(sums)
        self.line_card.body.addWidget(self.problem)
        self.line_card.body.addLayout(foot)
        left.body.addWidget(self.line_card, 1)
        right = ScrollPage()
        right.body.setContentsMargins(0, 0, 0, 0)
        right.body.addWidget(self.dates)
        right.body.addWidget(self.made)
        right.body.addStretch(1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([px(640), px(300)])
        self.splitter.setHandleWidth(px(NORMAL))
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        for widget in (self.header, self.until, self.gone):
            layout.addWidget(widget)
        layout.addWidget(self.splitter, 1)
        self.gone.hide()

    # ---- what is shown

    @property
    def title(self) -> str:
        """See Page."""
        if self.order is None or self.order.id is None:
            return self.texts.gettext("New standing order")
        return self.texts.gettext("Standing order of {name}").format(name=self.order.customer_name)

    def open_item(self, item: object) -> None:
        """See Page."""
        from shopdesk.usecases import standing_orders

        self.until.hide()
        try:
            if isinstance(item, NewStandingOrder):
                self._kept.pop(0, None)
            if isinstance(item, NewStandingOrder) and item.document_id is not None:
                self._show(standing_orders.begin_from(self.shop, item.document_id))
            elif isinstance(item, NewStandingOrder):
                self._show(standing_orders.begin(self.shop, item.customer_id))
            elif item == 0:
                self._show(self._kept.get(0) or standing_orders.begin(self.shop))
            elif isinstance(item, int):
                self._show(standing_orders.get(self.shop, item))
        except NotFound:
            self._show_gone()
        except ShopError as error:
            self._show_gone()
            self.window_shell.problem(error)

    def _show_gone(self) -> None:
        self.order = None
        self.splitter.hide()
        self.gone.show()
        self._show_head()

    def _show(self, order: StandingOrder) -> None:
        self.order = order
        self.gone.hide()
        self.splitter.show()
        begun = self._kept.pop(order.id or 0, None)
        shown = begun if begun is not None and begun.version == order.version else order
        self.form.show_order(shown)
        self._begin_lines(shown)
        self._show_head()
        self._show_made()
        self._plan()
        self.window_shell.title_changed()
        self.window_shell.commands_changed()

    def _begin_lines(self, order: StandingOrder) -> None:
        if self.lines is not None and self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.line_card.body.removeWidget(self.lines)
            self.lines.hide()
            self.lines.deleteLater()
        self.session = TemplateSession(self.shop, order, self._customer(order.customer_id), self)
        self.lines = LinesView(self.session, self.texts)
        self.lines.setMinimumHeight(px(150))
        self.lines.refused.connect(lambda said: self.window_shell.toast(said, seconds=6))
        self.lines.menu_wanted.connect(self._line_menu)
        self.line_card.body.insertWidget(1, self.lines, 1)
        self.session.changed.connect(self._edited)
        self._show_sums()

    def _customer(self, customer_id: int) -> Customer | None:
        from shopdesk.usecases import customers

        return customers.get(self.shop, customer_id) if customer_id else None

    def _line_menu(self, place: QPoint) -> None:
        from shopdesk.ui.documents.line_menu import line_menu

        assert self.lines is not None
        menu = line_menu(self.lines, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _show_head(self) -> None:
        order, gettext = self.order, self.texts.gettext
        stored = order is not None and order.id is not None
        today = self.shop.clock.today()
        pause = order.pause_on(today) if order is not None else None
        for button in (self.stop, self.delete):
            show_if(button, stored)
        show_if(self.pause, stored and pause is None)
        show_if(self.go_on, stored and pause is not None)
        show_if(self.save, order is not None)
        words = ""
        if pause is not None:
            words = gettext("paused until it is continued")
            if pause.until is not None:
                words = gettext("paused, goes on {date}").format(date=self.texts.date(pause.until))
        self.header.say(self.title, words)

    def _show_sums(self) -> None:
        assert self.session is not None
        sums = self.session.totals
        self.total.setText(self.texts.money(sums.gross))
        self.vat.setText(vat_words(sums, self.session.document.prices, self.texts))
        unknown = unknown_placeholders(self.session.document.lines)
        words = self.texts.gettext("{found} is printed as it is: known are {known}.")
        said = words.format(found=", ".join(unknown), known=placeholders(self.texts))
        self.problem.say(said if unknown else "")

    def _show_made(self) -> None:
        from shopdesk.usecases import standing_orders

        order = self.order
        stored = order is not None and order.id is not None
        self.made.show_made(standing_orders.made(self.shop, order.id or 0) if stored and order else ())

    def reload(self) -> None:
        """See Page: what is being typed stays."""
        if self.order is None or self.order.id is None or self.is_changed:
            return
        from shopdesk.usecases import standing_orders

        try:
            stored = standing_orders.get(self.shop, self.order.id)
        except NotFound:
            self._show_gone()
            return
        if stored != self.order:
            self._show(stored)
        else:
            self._show_made()
            self._plan()

    def focus_first(self) -> None:
        """See Page."""
        if self.order is not None and not self.order.customer_id:
            self.form.customer.setFocus()
        elif self.lines is not None and self.session is not None and not self.session.document.lines:
            self.lines.go_to_new_line()
        else:
            self.form.rhythm.setFocus()

    def leaving(self) -> None:
        """See Page: what was not saved waits for the next visit."""
        if self.order is not None and self.lines is not None and self.lines.commit() and self.is_changed:
            self._kept[self.order.id or 0] = self.said()

    def go_back(self) -> bool:
        """Esc closes the line for a day first."""
        if self.until.isVisible():
            self.until.hide()
            self.form.rhythm.setFocus()
            return True
        return False

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        if self.order is None or self.session is None:
            return {}
        found: dict[str, Callable[[], None]] = {"issue_and_send": self.acts.store}
        if self.session.can_undo:
            found["undo"] = self.session.undo
        if self.session.can_redo:
            found["redo"] = self.session.redo
        return found

    # ---- what the owner does

    @property
    def is_changed(self) -> bool:
        """Whether the fields or lines say something else than what is stored."""
        return self.order is not None and self.said() != self._plain(self.order)

    def _plain(self, order: StandingOrder) -> StandingOrder:
        return replace(order, content=template(order.content))

    def said(self) -> StandingOrder:
        """The standing order as fields and lines say it."""
        assert self.order is not None
        assert self.session is not None
        content = replace(template(self.session.document), kind=self.session.document.kind)
        return replace(self.form.into(self.order), content=content)

    def _edited(self) -> None:
        if self.lines is not None:
            self.lines.refresh()
        self._show_sums()
        self._timer.start()
        self.window_shell.commands_changed()

    def _take_customer(self, customer_id: int) -> None:
        from shopdesk.usecases import customers

        if self.order is None or self.session is None:
            return
        try:
            customer = customers.get(self.shop, customer_id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.order = replace(self.order, customer_id=customer_id, customer_name=customer.name)
        self.form.customer.say(customer.name)
        self.form.say("customer", "")
        self.session.give_to(customer)
        self.form.rhythm.setFocus()
        self._timer.start()

    def _choose_kind(self, kind: str) -> None:
        if self.session is not None:
            self.session.choose(DocumentKind(kind))

    def _choose_fulfilment(self, fulfilment: Fulfilment) -> None:
        if self.session is not None:
            self.session.edit(replace(self.session.document, fulfilment=fulfilment), "fulfilment")

    def _plan(self) -> None:
        """The next dates, counted off the window's thread; an answer that is overtaken is dropped."""
        from shopdesk.usecases import standing_order_dates

        if self.order is None:
            return
        self._wanted += 1
        number, asked = self._wanted, self.said()

        def show(dates: tuple[PlannedDate, ...]) -> None:
            if number == self._wanted:
                self.dates.show_dates(dates)

        self.window_shell.run_desk(
            lambda: standing_order_dates.planned(self.shop, asked), show, lambda _error: show(())
        )

    def after(self, done: tuple[StandingOrder, Undo], words: str) -> None:
        """Show what is stored now, and offer the way back."""
        self._show(done[0])
        self.window_shell.toast(words, lambda: self.take_back(done[1]))

    def take_back(self, undo: Undo) -> None:
        """Undo, and show what is stored then."""
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
        if self.order is not None and self.order.id is not None:
            self.open_item(self.order.id)

    def told(self, act: Callable[[], Done]) -> Done | None:
        """What the act gives; None where it was refused, then the reason stands at its field."""
        try:
            return act()
        except ShopError as error:
            field = error.field
            words = self.texts.say(error.message)
            if field == "lines" and self.lines is not None:
                self.problem.say(words)
                self.lines.go_to_new_line()
            elif not self.form.say(field, words):
                self.window_shell.problem(error)
        return None
