"""The field for tracking numbers: a scanner's ⏎ takes each one, a doubtful one wants ⏎ twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.shipments import Parcel
from shopdesk.ui.packing import words
from shopdesk.ui.settings.fields import whole_number_edit
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import scanned_parcels

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop import Shop

_MOST_PARCELS = 50


class ScanField(QWidget):
    """Carrier, how many parcels, and the numbers as they are scanned."""

    complete = Signal()
    """Each parcel has its number."""

    def __init__(self, shop: Shop, texts: Texts) -> None:
        super().__init__()
        self._shop, self._texts = shop, texts
        gettext = texts.gettext
        self._parcels: tuple[Parcel, ...] = ()
        self._doubtful = ""
        self.carrier = Choice(words.carriers(texts))
        self.count = whole_number_edit(texts, gettext("Parcels"), 1, _MOST_PARCELS)
        self.number = QLineEdit()
        self.number.setPlaceholderText(gettext("Scan or paste, ⏎"))
        self.number.returnPressed.connect(self.take)
        self.number.textEdited.connect(lambda _text: self._forget_doubt())
        self.chips = ChipRow()
        self.number_field = Field(gettext("Tracking number"), self.number)
        top = QHBoxLayout()
        top.setSpacing(px(MEDIUM))
        top.addWidget(Field(gettext("Parcel service"), self.carrier), 3)
        top.addWidget(Field(gettext("Parcels"), self.count), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.number_field)
        self.count.set_value(1)
        self._show_chips()

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """What was scanned so far."""
        return self._parcels

    @property
    def wanted(self) -> int:
        """How many parcels it is to be."""
        return self.count.value or 1

    def begin(self, carrier: str, parcels: tuple[Parcel, ...] = ()) -> None:
        """Another shipment: nothing scanned, or what it has."""
        self.carrier.set_value(carrier)
        self.count.set_value(max(len(parcels), 1))
        self.number.clear()
        self._parcels = parcels
        self._forget_doubt()
        self._show_chips()

    def take(self) -> bool:
        """⏎: read what was scanned; False when the owner has to look at it first."""
        taken = tuple(each.tracking_number for each in self._parcels)
        found = scanned_parcels.read(self._shop, self.number.text(), self.carrier.value, taken)
        if found is None and len(self._parcels) >= self.wanted:
            self.complete.emit()  # scanned before, and something else was wrong
            return True
        if found is None:
            self.number_field.say(self._texts.gettext("Please scan or type the number on the label."))
            return False
        is_doubted = found.warning is not None and self.number.text() != self._doubtful
        if found.is_refused or is_doubted:
            assert found.warning is not None
            self._doubtful = self.number.text()
            self.number_field.say(self._texts.say(found.warning))
            self.number.selectAll()
            return False
        self._parcels = (*self._parcels, found.parcel)
        self.carrier.set_value(found.parcel.carrier)
        self.number.clear()
        self._forget_doubt()
        self._show_chips()
        if len(self._parcels) >= self.wanted:
            self.complete.emit()
        return True

    def drop(self, number: str) -> None:
        """A number was wrong: it is scanned again."""
        self._parcels = tuple(each for each in self._parcels if each.tracking_number != number)
        self._show_chips()
        self.number.setFocus()

    def _dropper(self, number: str) -> Callable[[], None]:
        return lambda: self.drop(number)

    def _forget_doubt(self) -> None:
        self._doubtful = ""
        self.number_field.say("")

    def _show_chips(self) -> None:
        gettext = self._texts.gettext
        made: list[QWidget] = []
        for each in self._parcels:
            name = words.carrier_name(each.carrier, self._texts)
            chip = ChipButton(
                f"{name} {each.tracking_number}", self._dropper(each.tracking_number), icon_name="x"
            )
            chip.setAccessibleName(gettext("Take {number} out").format(number=each.tracking_number))
            made.append(chip)
        self.chips.show_chips(made)
        show_if(self.chips, bool(made))
