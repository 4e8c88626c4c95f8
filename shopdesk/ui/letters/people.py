"""Those of a selection who get nothing, each with the reason and the way to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Strong
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell

_MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Who, and why not; `forbidden` is nothing to mend."""

    customer_id: int
    name: str
    why: str
    forbidden: bool = False


class LeftOutCard(Card):
    """Hidden while nobody is left out; ⏎ opens the customer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.texts = shell.texts
        self.people: tuple[Person, ...] = ()
        self.words = Strong("")
        self.rows: RowList[Person] = RowList(
            self.texts.gettext("Left out"), lambda _after, _limit: Slice(self.people), self._row
        )
        self.rows.opened.connect(lambda person: shell.open_customer(person.customer_id))
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(self.words)
        self.body.addWidget(self.rows)
        self.hide()

    def say(self, people: Sequence[Person]) -> None:
        """Other people."""
        self.people = tuple(people)
        count = len(self.people)
        words = self.texts.ngettext("{n} is left out", "{n} are left out", count)
        self.words.setText(words.format(n=self.texts.number(count)))
        self.rows.reload()
        height = self.rows.sizeHintForRow(0) if count else px(40)
        self.rows.setFixedHeight(min(count, _MOST_ROWS) * max(height, 1) + px(4))
        self.setVisible(count > 0)

    def _row(self, person: Person) -> Row:
        icon = "lock" if person.forbidden else "triangle-alert"
        return Row(person.customer_id, person.name, person.why, icon, "bad" if person.forbidden else "warn")
