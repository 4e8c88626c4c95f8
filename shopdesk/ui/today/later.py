"""S on a list: until when? One line, forgiving, ⏎ moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shopdesk.domain.later import Later
from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.fields import ForgivingEdit
from shopdesk.ui.widgets.labels import ProblemLabel, Strong

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_OFFERS = ("+1", "+2", "mo", "+1w")


class LaterField(ForgivingEdit[Later]):
    """A day, a time, or both: `+2`, `mo`, `14:30`, `fr 9 uhr`."""

    def __init__(self, texts: Texts, shop: Shop, name: str, parent: QWidget | None = None) -> None:
        super().__init__(texts, name, self.parse_later, self._written, parent)
        self._shop = shop
        self.setPlaceholderText(texts.gettext("+2, mon, 14:30"))

    def parse_later(self, text: str) -> Later:
        """Read it as of now where the shop is; raises TypedWrong."""
        from shopdesk.domain.typing.later import parse_later
        from shopdesk.usecases.today import local_now
        from shopdesk.usecases.working_days import holidays_at

        return parse_later(text, local_now(self._shop), holidays_at(self._shop))

    def _written(self, value: Later) -> str:
        return f"{self.texts.date(value.day)} {value.time}".strip()


class LaterLine(Card):
    """Asks for the day an item is wanted again."""

    def __init__(
        self,
        texts: Texts,
        shop: Shop,
        on_chosen: Callable[[TodayItem, Later], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._on_chosen, self._texts = on_chosen, texts
        self._item: TodayItem | None = None
        self.day = LaterField(texts, shop, texts.gettext("When again?"))
        self.day.returnPressed.connect(self._chosen)
        self.problem = ProblemLabel()
        self.day.problem_changed.connect(self.problem.say)
        line = QHBoxLayout()
        line.addWidget(Strong(texts.gettext("When again?")))
        line.addWidget(self.day, 1)
        line.addWidget(Button(texts.gettext("Move"), self._chosen))
        self.offers = ChipRow()
        chips: list[QWidget] = [
            ChipButton(self._words(offer), partial(self._take, offer)) for offer in _OFFERS
        ]
        self.offers.show_chips(chips)
        self.body.addLayout(line)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.offers)
        self.hide()

    def _words(self, offer: str) -> str:
        gettext = self._texts.gettext
        return {
            "+1": gettext("tomorrow"), "+2": gettext("+2 days"), "mo": gettext("Monday"), "+1w": gettext("+1 week"),
        }[offer]  # fmt: skip

    def ask(self, item: TodayItem) -> None:
        """Show the line for this item."""
        self._item = item
        self.day.set_value(None)
        self.problem.say("")
        self.show()
        self.day.setFocus()

    def _take(self, offer: str) -> None:
        self.day.set_value(self.day.parse_later(offer))
        self._chosen()

    def _chosen(self) -> None:
        if not self.day.settle():
            self.day.setFocus()
            return
        until = self.day.value
        if until is None:
            self.problem.say(self._texts.gettext("On which day? For instance +2w, fri or 24.12."))
            self.day.setFocus()
        elif self._item is not None:
            self.hide()
            self._on_chosen(self._item, until)
