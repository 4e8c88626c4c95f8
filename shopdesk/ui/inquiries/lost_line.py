"""Why an inquiry came to nothing: one chip, and a word beside it if wished."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from shopdesk.domain.inquiries import LOST_REASONS, LostReason
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Strong


class LostLine(Card):
    """Asks for the reason; a chip answers."""

    def __init__(self, texts: Texts, on_chosen: Callable[[LostReason, str], None]) -> None:
        super().__init__()
        gettext = texts.gettext
        self._on_chosen = on_chosen
        self.words = QLineEdit()
        self.words.setPlaceholderText(
            gettext("In your words, if you like: bought at the discounter for 199 €")
        )
        self.words.setAccessibleName(gettext("Why in your words"))
        self.chips = {
            reason: ChipButton(texts.say(name), partial(self._choose, reason))
            for reason, name in LOST_REASONS.items()
        }
        row = ChipRow()
        widgets: list[QWidget] = list(self.chips.values())
        row.show_chips(widgets)
        for widget in (Strong(gettext("Why did it come to nothing?")), self.words, row):
            self.body.addWidget(widget)
        self.words.returnPressed.connect(lambda: self._choose(LostReason.OTHER))
        self.hide()

    def ask(self) -> None:
        """Show the line, empty."""
        self.words.clear()
        self.show()
        self.words.setFocus()

    def _choose(self, reason: LostReason) -> None:
        self.hide()
        self._on_chosen(reason, self.words.text())
