"""The rows of an import as they will be: what becomes of each, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.domain.imports.values import ACTION_NAMES, Action, OldInvoice, PlannedRow
from shopdesk.domain.money import Money
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.widgets.chips import ChipKind

_LOOKS: dict[Action, tuple[str, ChipKind]] = {
    Action.NEW: ("plus", "ok"),
    Action.CHANGED: ("pencil", "info"),
    Action.UNCHANGED: ("check", "info"),
    Action.DOUBTFUL: ("circle-help", "warn"),
    Action.REFUSED: ("triangle-alert", "bad"),
}
_LONGEST = 160


class PlannedRows(RowList[PlannedRow]):
    """All rows, or those of which one thing becomes."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.gettext("Rows of the file"), self._fetch, self._row)
        self._texts = texts
        self._shown: tuple[PlannedRow, ...] = ()

    def show_rows(self, rows: tuple[PlannedRow, ...]) -> None:
        """Other rows; the place in the list is kept."""
        self._shown = rows
        self.reload()

    def _fetch(self, after: Any, limit: int) -> Slice[PlannedRow]:
        first = int(after or 0)
        rows = self._shown[first : first + limit]
        return Slice(rows, first + limit if first + limit < len(self._shown) else None)

    def _row(self, row: PlannedRow) -> Row:
        icon, kind = _LOOKS[row.action]
        title, caption = self._words(row)
        if row.reason is not None:
            caption = " · ".join(part for part in (self._texts.say(row.reason), caption) if part)
        number = self._texts.gettext("Row {n}").format(n=self._texts.number(row.number))
        return Row(
            row.number,
            title[:_LONGEST] or number,
            caption[:_LONGEST],
            icon,
            kind,
            number if title else "",
            self._texts.gettext(ACTION_NAMES[row.action]),
            kind,
        )

    def _words(self, row: PlannedRow) -> tuple[str, str]:
        value = row.value
        if isinstance(value, Customer):
            return self._customer(value)
        if isinstance(value, Article):
            return self._article(value, row.before)
        if isinstance(value, OldInvoice):
            gross = value.gross_minor
            amount = "" if gross is None else self._texts.money(Money(gross, value.currency))
            return _joined(value.number, value.recipient), _joined(value.day, amount, value.text)
        return "", ""

    @staticmethod
    def _customer(value: Customer) -> tuple[str, str]:
        person = value.person.full if value.company else ""
        address = value.address
        town = " ".join(part for part in (address.postal_code, address.city) if part)
        street = ", ".join(part for part in (*address.lines, town) if part)
        phones = ", ".join(phone.number for phone in value.phones[:3])
        name = value.name or value.email
        return name, _joined(person, street, phones, ", ".join(value.emails[:2]))

    def _article(self, value: Article, before: object) -> tuple[str, str]:
        price = "" if value.unit_price is None else self._texts.number(value.unit_price)
        if isinstance(before, Article) and before.unit_price not in {None, value.unit_price}:
            price = f"{self._texts.number(before.unit_price or 0)} → {price}"
        rate = "" if value.vat_rate is None else f"{self._texts.number(value.vat_rate)} %"
        return _joined(value.code, value.name), _joined(price, rate, value.description.split("\n", 1)[0])


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
