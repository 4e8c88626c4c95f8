"""The parts of a design one by one: typeface, head, table, place of the information."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shopdesk.domain.letterhead_names import FONTS, HEADS, PLACES, TABLES
from shopdesk.domain.letterheads import Font, HeadStyle, InformationPlace, Letterhead, TableStyle
from shopdesk.ui.settings.fields import form_grid
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from shopdesk.i18n import Texts


def _choice(texts: Texts, names: Mapping[Any, str]) -> Choice:
    return Choice([(texts.gettext(name), style.value) for style, name in names.items()])


class StyleChoices(QWidget):
    """Four lists; together they are a finished design or the owner's own."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        gettext = texts.gettext
        self.font_style = _choice(texts, FONTS)
        self.head = _choice(texts, HEADS)
        self.table = _choice(texts, TABLES)
        self.information = _choice(texts, PLACES)
        rows = [
            (gettext("Typeface"), self.font_style, gettext("Head of the letter"), self.head),
            (gettext("Table"), self.table, gettext("Number, date, customer"), self.information),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(
            form_grid(
                [[(Field(left, first), 3), (Field(right, second), 3)] for left, first, right, second in rows]
            )
        )

    def show_style(self, letterhead: Letterhead) -> None:
        """Take the style of another letterhead."""
        self.font_style.set_value(letterhead.font)
        self.head.set_value(letterhead.head)
        self.table.set_value(letterhead.table)
        self.information.set_value(letterhead.information)

    def styled(self, letterhead: Letterhead) -> Letterhead:
        """The letterhead in the chosen style."""
        return replace(
            letterhead,
            font=Font(self.font_style.value),
            head=HeadStyle(self.head.value),
            table=TableStyle(self.table.value),
            information=InformationPlace(self.information.value),
        )
