"""Number ranges: pattern, first number, yearly restart, which kinds count together, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.number_ranges import DEFAULTS, INVOICE, SUGGESTED_APART, NumberRange
from shopdesk.ui.settings.range_fields import ApartFields, RangeFields
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.labels import Muted
from shopdesk.usecases import number_ranges

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

Ranges = tuple[NumberRange, ...]


class NumbersSection(FormSection[Ranges]):
    """All kinds of documents, and customers."""

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
            gettext("invoice number quote customer counter cancellation correction report gaps GoBD"),
        )
        self.fields: dict[str, RangeFields] = {}
        for name in DEFAULTS:
            self._add(RangeFields(self.texts, name))
            if name == INVOICE:
                self._add_apart()
        self.report_button = Button(
            gettext("Report on the number ranges"),
            lambda: shell.open_page("number_report"),
            icon_name="list-checks",
        )
        self.foot.insertWidget(0, self.report_button)
        self.finish()

    def _add(self, fields: RangeFields) -> None:
        self.fields[fields.name] = fields
        fields.entered.connect(self._offer_gaps)
        self.body.addWidget(fields)

    def _add_apart(self) -> None:
        words = self.texts.gettext("Deposits, corrections and cancellations count with the invoices, unless:")
        self.body.addWidget(Muted(words, wrap=True))
        for name in SUGGESTED_APART:
            self._add(ApartFields(self.texts, name))

    def _offer_gaps(self, name: str) -> None:
        """Chips at the pattern with the cursor only: forty of them would hide the patterns."""
        for fields in self.fields.values():
            fields.offer_gaps(wanted=fields.name == name)

    def touched(self) -> None:
        """Also show what the next numbers would be."""
        super().touched()
        if self._shown is None:
            return
        for name, answer in number_ranges.next_numbers(self.shop, self._typed()).items():
            self.fields[name].follow()
            self.fields[name].say_next(answer)

    def _stored(self) -> Ranges:
        return tuple(state.range for state in number_ranges.states(self.shop))

    def _show(self, value: Ranges) -> None:
        year = self.shop.clock.today().year
        states = {state.range.name: state for state in number_ranges.states(self.shop)}
        for entry in value:
            self.fields[entry.name].show_state(states[entry.name], year)

    def _typed(self) -> Ranges:
        return tuple(fields.range() for fields in self.fields.values())

    def _store(self, value: Ranges) -> None:
        number_ranges.save(self.shop, *value)

    def _say(self, field: str, problem: str) -> bool:
        wanted = field.removeprefix("number_ranges.")
        if wanted not in self.fields:
            return False
        self.fields[wanted].field.say(problem)
        self.fields[wanted].pattern.setFocus()
        return True
