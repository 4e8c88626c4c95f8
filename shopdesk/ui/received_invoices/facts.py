"""Names and values in two columns; every value can be selected and copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from shopdesk.domain.addresses import town_line
from shopdesk.domain.received_invoices import Party, PostalAddress
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Caption, PlainLabel

_LONGEST_VALUE = 4000


class FactsCard(Card):
    """A card that shows what there is; a name without a value is left out, and the card hides without any."""

    def __init__(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        super().__init__(title=title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        shown = [(name, value) for name, value in rows if value]
        for number, (name, value) in enumerate(shown):
            label = PlainLabel(value[:_LONGEST_VALUE], wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(f"{name}: {value[:_LONGEST_VALUE]}")
            grid.addWidget(Caption(name), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, number, 1)
        self.body.addLayout(grid)
        self.has_facts = bool(shown)


def address_words(texts: Texts, address: PostalAddress | None) -> str:
    """The address in lines."""
    if address is None:
        return ""
    abroad = texts.country(address.country) if address.country not in {"", "DE"} else ""
    town = town_line(address.postal_code, address.city, address.country)
    return "\n".join(part for part in (*address.lines, town, address.subdivision, abroad) if part)


def party_rows(texts: Texts, party: Party) -> list[tuple[str, str]]:
    """What is known about one of the parties."""
    gettext = texts.gettext
    electronic = party.electronic_address
    trading = party.trading_name if party.trading_name != party.name else ""
    return [
        (gettext("Name"), "\n".join(part for part in (party.name, trading) if part)),
        (gettext("Address"), address_words(texts, party.address)),
        (gettext("VAT id"), party.vat_id),
        (gettext("Tax number"), party.tax_number),
        (gettext("Register number"), party.legal_id),
        (
            gettext("Other number"),
            ", ".join(
                f"{entry.text} ({entry.scheme})" if entry.scheme else entry.text for entry in party.ids
            ),
        ),
        (gettext("Contact"), "\n".join(part for part in (party.contact, party.phone, party.email) if part)),
        (gettext("Electronic address"), electronic.text if electronic else ""),
        (gettext("Further words"), party.legal_form),
    ]
