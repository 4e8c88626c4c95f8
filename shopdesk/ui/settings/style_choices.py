"""The parts of a design one by one: typeface, head, table, place of the information."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shopdesk.domain.letterheads import Font, HeadStyle, InformationPlace, Letterhead, TableStyle
from shopdesk.ui.settings.fields import form_grid
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from shopdesk.i18n import Texts


class StyleChoices(QWidget):
    """Four lists; together they are a finished design or the owner's own."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        gettext = texts.gettext
        self.font_style = Choice(
            [
                (gettext("Without serifs (Noto Sans)"), Font.SANS.value),
                (gettext("With serifs (Noto Serif)"), Font.SERIF.value),
            ]
        )
        self.head = Choice(
            [
                (gettext("Name at the left, logo at the right"), HeadStyle.LEFT.value),
                (gettext("In the middle, with rules"), HeadStyle.CENTRED.value),
                (gettext("Band of colour"), HeadStyle.BAND.value),
            ]
        )
        self.table = Choice(
            [
                (gettext("Grey head"), TableStyle.SHADED.value),
                (gettext("Rules only"), TableStyle.RULED.value),
                (gettext("Coloured head, striped"), TableStyle.FILLED.value),
            ]
        )
        self.information = Choice(
            [
                (gettext("Beside the address"), InformationPlace.RIGHT.value),
                (gettext("Above the subject"), InformationPlace.ABOVE.value),
                (gettext("Below the subject"), InformationPlace.BELOW.value),
            ]
        )
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
