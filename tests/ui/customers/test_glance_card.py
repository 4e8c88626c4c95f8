"""Auf einen Blick says how much of it comes from the program before."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Glance
from shopdesk.i18n import Texts
from shopdesk.ui.customers.side_cards import GlanceCard

DAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("glance", "words"),
    [
        (Glance(3, 130_00, 0, DAY, None), "Umsatz 130,00 € · letzter Kauf 01.01.2026"),
        (
            Glance(3, 130_00, 0, DAY, None, 2, 80_00),
            "Umsatz 130,00 € · davon 2 Einkäufe über 80,00 € im alten Programm · letzter Kauf 01.01.2026",
        ),
        (
            Glance(1, 0, 0, DAY, None, 1),
            "Umsatz 0,00 € · davon 1 Einkauf im alten Programm · letzter Kauf 01.01.2026",
        ),
        (Glance(1, 5_00, 0, None, None, currency="CHF"), "Umsatz 5,00 CHF"),
    ],
)
def test_what_the_program_before_knew_is_named_so(qtbot: QtBot, glance: Glance, words: str) -> None:
    card = GlanceCard(Texts("de"))
    qtbot.addWidget(card)
    card.show_glance(glance)
    assert card.words.text().replace("\u00a0", " ") == words
