"""Postcode and town of an address: in the order of the country, with a word where the postcode is not its."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shopdesk.domain.addresses import is_code_last
from shopdesk.domain.postcodes import postcode_doubt
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field

_CODE, _TOWN = 2, 4
"""Columns of the grid, of six."""


class TownFields:
    """Watches fields that stand in a row of a grid of six columns, each in its `Field`."""

    def __init__(self, texts: Texts, grid: QGridLayout, code: Field, city: Field, country: Choice) -> None:
        self._texts, self._grid = texts, grid
        self._code, self._city, self._country = code, city, country
        self._is_code_last = False
        assert isinstance(code.field, QLineEdit)
        self._edit = code.field
        self._edit.editingFinished.connect(self.look)
        country.currentIndexChanged.connect(lambda _index: self.look())

    def look(self) -> None:
        """Put them into the country's order, and say when the postcode does not look like one of its."""
        country = str(self._country.currentData() or "")
        if is_code_last(country) != self._is_code_last:
            self._is_code_last = not self._is_code_last
            self._exchange()
        doubt = postcode_doubt(self._edit.text(), country)
        self._code.say(self._texts.say(doubt) if doubt is not None else "")

    def _exchange(self) -> None:
        row = int(self._grid.getItemPosition(self._grid.indexOf(self._code))[0])  # type: ignore[index]
        order = [(self._code, _CODE), (self._city, _TOWN)]
        if self._is_code_last:
            order.reverse()
        column = 0
        for field, span in order:
            self._grid.removeWidget(field)
            self._grid.addWidget(field, row, column, 1, span)
            column += span
        first, second = order
        QWidget.setTabOrder(first[0].field, second[0].field)
