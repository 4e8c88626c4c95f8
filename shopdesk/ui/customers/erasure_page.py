"""A customer asks what is stored, or to be forgotten: what goes, what stays and why, then one step with no way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from shopdesk.domain.erasure import ErasurePlan
from shopdesk.domain.errors import NotFound
from shopdesk.ui.customers.documents_card import DocumentsCard
from shopdesk.ui.customers.erasure_cards import DeletedCard, ForgottenCard, GoesCard, StaysCard
from shopdesk.ui.customers.privacy_answer import PrivacyAnswer
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import erasure, privacy

if TYPE_CHECKING:
    from shopdesk.usecases.erasure import Deleted, Erased, Restricted
    from shopdesk.usecases.shop import Shop


class ErasurePage(Page):
    """Opened with a customer's id: the plan, or what is kept of one who was forgotten; without one, who was."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"customer", "document", "consent", "timeline_entry", "outbox", "erasure"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.customer_id: int | None = None
        self.plan: ErasurePlan | None = None
        self._is_erasing = False
        self.privacy = PrivacyAnswer(shop, window, self)
        self.answer = Button(gettext("Tell what is stored …"), self._answer, icon_name="file-text")
        self.header = PageHeader(gettext("Tell and forget"), "", self.answer)
        self.goes = GoesCard(self.texts)
        self.stays = StaysCard(self.texts)
        self.forgotten = ForgottenCard(self.texts, window.open_customer)
        self.deleted = DeletedCard(self.texts, lambda customer_id: window.open_page("erasure", customer_id))
        self.papers = DocumentsCard(shop, window)
        self.typed = QLineEdit()
        self.typed.textChanged.connect(self._enable)
        self.typed.returnPressed.connect(self.erase)
        self.field = Field(gettext("To confirm, type the customer number"), self.typed)
        self.erase_button = Button(gettext("Forget for good"), self.erase, icon_name="trash-2")
        self._place()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.confirm = Card(title=gettext("There is no way back"))
        words = gettext(
            "What goes is overwritten in the file itself, not only hidden. Older backups still hold it until you "
            "delete them; when one is restored, shopdesk forgets the customer again by itself."
        )
        self.confirm.body.addWidget(Muted(words, wrap=True))
        line = QHBoxLayout()
        self.field.setMaximumWidth(px(360))
        line.addWidget(self.field, 1)
        line.addWidget(self.erase_button, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.confirm.body.addLayout(line)
        scroll = ScrollPage()
        for card in (self.forgotten, self.deleted, self.goes, self.stays, self.papers, self.confirm):
            scroll.body.addWidget(card)
        scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(scroll, 1)
        self._show_everybody(((), ()))

    # What is shown

    def open_item(self, item: object) -> None:
        """A customer's id; 0 for all who were forgotten."""
        self.customer_id = item if isinstance(item, int) and item else None
        self.plan = None
        self.typed.clear()
        self.reload()

    def reload(self) -> None:
        """See Page. Counting looks through tables that may be long."""
        wanted = self.customer_id
        if wanted is None:
            self.window_shell.run_desk(
                lambda: (erasure.everybody(self.shop), erasure.deleted(self.shop)), self._show_everybody
            )
            return
        self.window_shell.run_desk(
            lambda: (wanted, erasure.erased(self.shop, wanted) or erasure.plan(self.shop, wanted)),
            self._show,
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self.window_shell.problem(error)
        if isinstance(error, NotFound):
            self.window_shell.open_page("customers")

    def _show(self, found: tuple[int, ErasurePlan | Restricted]) -> None:
        wanted, value = found
        if wanted != self.customer_id:
            return  # another one was opened meanwhile
        if isinstance(value, ErasurePlan):
            self._show_plan(value)
        else:
            self._show_forgotten(value)

    def _show_plan(self, plan: ErasurePlan) -> None:
        gettext = self.texts.gettext
        self.plan = plan
        number = gettext("Customer {number}").format(number=plan.number)
        self.header.say(plan.name, number)
        self.goes.show_going(plan.goes)
        self.stays.show_staying(plan.stays)
        self.typed.setPlaceholderText(plan.number)
        self._reveal(is_plan=True)
        self._enable()

    def _show_forgotten(self, value: Restricted) -> None:
        gettext = self.texts.gettext
        self.plan = None
        self.header.say(value.name or gettext("Forgotten customer"), value.number)
        self.forgotten.show_one(value)
        self.stays.show_staying(value.stays)
        self._reveal(is_plan=False)
        self.papers.show_customer(value.erasure.survivor_id)

    def _show_everybody(self, found: tuple[tuple[Restricted, ...], tuple[Deleted, ...]]) -> None:
        if self.customer_id is not None:
            return  # one was opened meanwhile
        self.plan = None
        forgotten, deleted = found
        self.header.say(self.texts.gettext("Forgotten customers"), "")
        self.forgotten.show_all(forgotten)
        self._reveal(is_plan=False)
        self.stays.hide()
        self.deleted.show_deleted(deleted)

    def _reveal(self, *, is_plan: bool) -> None:
        for widget in (self.goes, self.confirm):
            show_if(widget, is_plan)
        show_if(self.answer, self.customer_id is not None)
        show_if(self.forgotten, not is_plan)
        self.deleted.hide()
        self.papers.hide()
        self.stays.show()

    # The one step

    @property
    def is_confirmed(self) -> bool:
        """Whether the customer's number was typed."""
        return self.plan is not None and self.typed.text().strip().casefold() == self.plan.number.casefold()

    def _enable(self) -> None:
        self.erase_button.setEnabled(self.is_confirmed and not self._is_erasing)

    def erase(self) -> None:
        """Forget the customer, when the number was typed."""
        plan = self.plan
        if plan is None or not self.is_confirmed or self._is_erasing:
            return
        self._is_erasing = True
        self._enable()
        self.window_shell.progress(self.texts.gettext("{name} is being forgotten …").format(name=plan.name))
        self.window_shell.run_desk(
            lambda: erasure.erase(self.shop, plan.customer_id),
            lambda done: self._erased(plan, done),
            self._refused,
        )

    def _erased(self, plan: ErasurePlan, done: Erased) -> None:
        gettext = self.texts.gettext
        self._rest()
        if done.kept_until is None:
            words = gettext("{name} is forgotten.").format(name=plan.name)
        else:
            words = gettext("{name} is forgotten; what the law keeps is locked until {date}.").format(
                name=plan.name, date=self.texts.date(done.kept_until)
            )
        if not done.swept:
            words += " " + gettext("The last traces in the file go at the next start.")
        self.window_shell.toast(words)
        self.typed.clear()
        self.reload()

    def _refused(self, error: Exception) -> None:
        self._rest()
        self.window_shell.problem(error)

    def _rest(self) -> None:
        self._is_erasing = False
        self.window_shell.progress("")
        self._enable()

    def _answer(self) -> None:
        if self.customer_id is not None:
            self.privacy.ask(privacy.stored_record(self.shop, self.customer_id))

    def focus_first(self) -> None:
        """See Page: the plan is read before anything is typed."""
        (self.answer if self.customer_id is not None else self).setFocus()
