"""Number ranges: pattern, first number, yearly restart, and what the next number will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.number_ranges import NumberRange, checked
from shopdesk.i18n import Texts
from shopdesk.ui.settings.fields import form_grid, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import TINY, px
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, Strong
from shopdesk.usecases import shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_NAMES = {"quote": N_("Quotes"), "invoice": N_("Invoices"), "customer": N_("Customers")}
_LARGEST = 999_999_999
Ranges = tuple[NumberRange, ...]


class RangeFields(QWidget):
    """One range as fields, with the number that would come next."""

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        gettext, title = texts.gettext, texts.gettext(_NAMES[name])
        self.texts, self.name = texts, name
        self._version = 0
        self.pattern = QLineEdit()
        self.pattern.setAccessibleName(gettext("{range}: pattern").format(range=title))
        self.start = whole_number_edit(
            texts, gettext("{range}: first number").format(range=title), 1, _LARGEST
        )
        self.restart = QCheckBox(gettext("starts anew each year"))
        self.restart.setAccessibleName(gettext("{range}: starts anew each year").format(range=title))
        self.restart.setMinimumHeight(self.pattern.sizeHint().height())  # on one line with the fields
        self.field = Field(gettext("Pattern"), self.pattern)
        self.next = Caption("", wrap=True)
        start = Field(gettext("First number"), self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(TINY))
        layout.addWidget(Strong(title))
        grid = form_grid([[(self.field, 3), (start, 1), (Field(" ", self.restart), 2)]])
        layout.addLayout(grid)
        layout.addWidget(self.next)

    def show_range(self, value: NumberRange) -> None:
        """Fill the fields."""
        self._version = value.version
        self.pattern.setText(value.pattern)
        self.start.set_value(value.start)
        self.restart.setChecked(value.restart_yearly)

    def range(self) -> NumberRange:
        """The range as the fields stand."""
        return NumberRange(
            self.name,
            self.pattern.text().strip(),
            self.start.value or 1,
            self.restart.isChecked(),
            self._version,
        )


class NumbersSection(FormSection[Ranges]):
    """Quotes, invoices, customers."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        explanation = gettext(
            "Numbers run without gaps. {number} is the running number, {four} with four figures; "
            "{year}, {short_year} and {month} come from the document's date."
        ).format(number="{number}", four="{number:0000}", year="{year}", short_year="{yy}", month="{month}")
        super().__init__(
            shop,
            shell,
            gettext("Number ranges"),
            explanation,
            gettext("invoice number quote customer counter"),
        )
        self.fields = {name: RangeFields(self.texts, name) for name in _NAMES}
        for fields in self.fields.values():
            self.body.addWidget(fields)
        self.finish()

    def touched(self) -> None:
        """Also show what the next numbers would be."""
        super().touched()
        for fields in self.fields.values():
            self._show_next(fields)

    def _show_next(self, fields: RangeFields) -> None:
        if self._shown is None:
            return
        try:
            number = shop_settings.next_number_of(self.shop, fields.range())
        except ShopError as error:
            fields.next.hide()
            fields.field.say(self.texts.say(error.message))
            return
        fields.field.say("")
        fields.next.show()
        fields.next.setText(self.texts.gettext("The next one is {number}.").format(number=number))

    def _stored(self) -> Ranges:
        return tuple(shop_settings.number_range(self.shop, name) for name in self.fields)

    def _show(self, value: Ranges) -> None:
        for entry in value:
            self.fields[entry.name].show_range(entry)

    def _typed(self) -> Ranges:
        return tuple(fields.range() for fields in self.fields.values())

    def _store(self, value: Ranges) -> None:
        for entry in value:
            checked(entry)  # all of them, before the first is stored
        for entry in value:
            if entry != shop_settings.number_range(self.shop, entry.name):
                shop_settings.save_number_range(self.shop, entry)

    def _say(self, field: str, problem: str) -> bool:
        wanted = field.removeprefix("number_ranges.")
        if wanted not in self.fields:
            return False
        self.fields[wanted].field.say(problem)
        self.fields[wanted].pattern.setFocus()
        return True
