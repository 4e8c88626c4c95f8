"""Two customers side by side, field by field, before they become one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shopdesk.domain.customer_merging import Side, differing
from shopdesk.domain.customers import Customer
from shopdesk.domain.duplicates import likeness
from shopdesk.domain.errors import ShopError
from shopdesk.ui.duplicates import words
from shopdesk.ui.duplicates.field_choice import FieldChoice
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import Muted, Strong
from shopdesk.usecases import customer_merges, customers, duplicates

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TwoCustomers:
    """What the page is asked to compare: two customers, by id."""

    left: int
    right: int


class Comparison(QWidget):
    """Nothing is merged before the button is pressed, and everything can be taken back."""

    closed = Signal()
    """Decided, or left."""
    decided = Signal(object)
    """Merged, or two: nothing is left to say about these (`TwoCustomers`)."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        gettext = self._texts.gettext
        self.left, self.right = Customer(), Customer()
        self.choices: dict[str, FieldChoice] = {}
        self.merge_button = PrimaryButton(
            gettext("Merge"), self.merge, key=shortcut("issue_and_send").shown()
        )
        self.different_button = Button(gettext("They are two"), self.different)
        back = GhostButton(gettext("Back"), self.closed.emit, icon_name="arrow-left")
        self.header = PageHeader(gettext("One customer?"), "", back, self.different_button, self.merge_button)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(NORMAL))
        self.grid.setVerticalSpacing(px(MEDIUM))
        for column, stretch in ((0, 1), (1, 3), (2, 3), (3, 1)):
            self.grid.setColumnStretch(column, stretch)
        self.names = (Strong("", wrap=True), Strong("", wrap=True))
        card = Card()
        card.body.addLayout(self.grid)
        kept = gettext(
            "Documents, notes, follow-ups and mails of both stand with the customer who stays. "
            "Issued documents are not changed. It can be taken back later, too, unless a draft of the other one was "
            "issued by then."
        )
        page = ScrollPage()
        page.body.addWidget(Muted(kept, wrap=True))
        page.body.addWidget(card)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(page, 1)

    def compare(self, two: TwoCustomers) -> None:
        """Show both; raises NotFound where one is gone."""
        self.left, self.right = (customers.get(self._shop, each) for each in (two.left, two.right))
        like = likeness(self.left, self.right)
        why = words.reasons(self._texts, like) if like is not None else ""
        self.header.say(self._texts.gettext("One customer?"), why)
        self._show()

    def _show(self) -> None:
        for choice in self.choices.values():
            for widget in choice.widgets():
                self.grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        gettext = self._texts.gettext
        for column, (label, customer) in enumerate(
            zip(self.names, (self.left, self.right), strict=True), start=1
        ):
            label.setText(words.place_of(customer))
            self.grid.addWidget(label, 0, column)
        numbers = {Side.LEFT: self._stays(self.left), Side.RIGHT: self._stays(self.right)}
        self.choices = {_NUMBER: FieldChoice(gettext("Stays as"), numbers, Side.LEFT)}
        for pair in differing(self.left, self.right):
            self.choices[pair.name] = FieldChoice.of_pair(self._texts, pair)
        for row, choice in enumerate(self.choices.values(), start=1):
            choice.place(self.grid, row)

    def _stays(self, customer: Customer) -> str:
        assert customer.id is not None
        found = customers.glance(self._shop, customer.id).purchases
        text = self._texts.ngettext("{number}, {n} purchase", "{number}, {n} purchases", found)
        return text.format(number=customer.number, n=found)

    def focus_first(self) -> None:
        """The first choice."""
        first = next(iter(self.choices.values()), None)
        (first.radios[first.side] if first is not None else self.merge_button).setFocus()

    def merge(self) -> None:
        """Make one of the two."""
        left, right = self.left, self.right
        sides = {name: choice.side for name, choice in self.choices.items() if name != _NUMBER}
        if self.choices[_NUMBER].side == Side.RIGHT:
            left, right = right, left
            turned = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}
            sides = {name: turned[side] for name, side in sides.items()}
        try:
            survivor, undo = customer_merges.merge(self._shop, left, right, sides)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._decided()
        text = self._texts.gettext("{name} is one customer now: {number}.")
        self._tell(text.format(name=words.name_of(survivor), number=survivor.number), undo)

    def different(self) -> None:
        """They are two: never proposed again."""
        assert self.left.id is not None
        assert self.right.id is not None
        undo = duplicates.different(self._shop, self.left.id, self.right.id)
        self._decided()
        self._tell(said_of_two(self._shell, self.left, self.right), undo)

    def _decided(self) -> None:
        assert self.left.id is not None
        assert self.right.id is not None
        self.decided.emit(TwoCustomers(self.left.id, self.right.id))
        self.closed.emit()

    def _tell(self, text: str, undo: Undo) -> None:
        self._shell.toast(text, taking_back(self._shop, self._shell, undo))


def said_of_two(shell: Shell, one: Customer, other: Customer) -> str:
    """That they are no longer proposed."""
    text = shell.texts.gettext("{name} and {other} are two, and no longer proposed.")
    return text.format(name=words.name_of(one), other=words.name_of(other))


def taking_back(shop: Shop, shell: Shell, undo: Undo) -> Callable[[], None]:
    """What a toast's button does; what no longer can be taken back is said in words."""

    def back() -> None:
        try:
            undo.run(shop)
        except ShopError as error:
            shell.problem(error)

    return back
