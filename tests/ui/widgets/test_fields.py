from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.typing.dates import parse_date
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.fields import (
    AmountEdit,
    DateField,
    Field,
    ForgivingEdit,
    PercentEdit,
    PhoneEdit,
    QuantityEdit,
)

DE = Texts("de")
MONDAY = dt.date(2026, 11, 23)


def typed(qtbot: QtBot, edit: ForgivingEdit, text: str) -> None:  # type: ignore[type-arg]
    qtbot.addWidget(edit)
    edit.clear()
    qtbot.keyClicks(edit, text)


@pytest.mark.parametrize(
    ("text", "value", "echo"),
    [
        ("12.50", Decimal("12.50"), "12,50"),
        ("1234,5", Decimal("1234.5"), "1.234,50"),
        ("3*24,99", Decimal("74.97"), "74,97"),
        ("0,1234", Decimal("0.1234"), "0,1234"),
        ("89,-", Decimal(89), "89,00"),
    ],
)
def test_an_amount_echoes_what_was_understood_on_leaving(
    qtbot: QtBot, text: str, value: Decimal, echo: str
) -> None:
    edit = AmountEdit(DE, "Einzelpreis")
    typed(qtbot, edit, text)
    assert edit.text() == text
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.value, edit.text(), edit.problem) == (value, echo, "")


def test_bad_input_is_kept_and_explained_in_words(qtbot: QtBot) -> None:
    edit = AmountEdit(DE, "Einzelpreis")
    field = Field("Einzelpreis", edit)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(edit, "12..3")
    assert not edit.problem  # half a number is not a mistake yet
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "12..3"
    assert edit.value is None
    assert "12..3" in edit.problem
    assert edit.accessibleDescription() == field.problem.text() == edit.problem
    assert field.problem.isVisible()
    edit.clear()
    qtbot.keyClicks(edit, "12,3")
    assert not edit.problem
    assert not field.problem.isVisible()


def test_the_value_is_there_before_the_field_is_left(qtbot: QtBot) -> None:
    edit = QuantityEdit(DE, "Menge")
    typed(qtbot, edit, "2,5")
    assert edit.value == Decimal("2.5")


def test_a_changed_value_is_announced_once(qtbot: QtBot) -> None:
    edit = QuantityEdit(DE, "Menge")
    seen: list[Decimal | None] = []
    edit.value_changed.connect(lambda: seen.append(edit.value))
    typed(qtbot, edit, "12")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert seen == [Decimal(1), Decimal(12)]


def test_a_shown_value_is_not_announced(qtbot: QtBot) -> None:
    edit = PercentEdit(DE, "Rabatt")
    qtbot.addWidget(edit)
    with qtbot.assertNotEmitted(edit.value_changed):
        edit.set_value(Decimal("2.5"))
    assert edit.text().replace("\u00a0", " ") == "2,5 %"


@pytest.mark.parametrize(
    ("text", "echo"), [("+7", "30.11.2026"), ("mo", "30.11.2026"), ("2412", "24.12.2026")]
)
def test_a_date_echoes_the_day(qtbot: QtBot, text: str, echo: str) -> None:
    edit = DateField(DE, "Datum", lambda typed: parse_date(typed, MONDAY))
    typed(qtbot, edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == echo


def test_arrows_move_the_date(qtbot: QtBot) -> None:
    edit = DateField(DE, "Datum", lambda typed: parse_date(typed, MONDAY))
    qtbot.addWidget(edit)
    edit.set_value(MONDAY)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value == dt.date(2026, 11, 24)
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert edit.value == dt.date(2026, 11, 17)


def test_a_phone_number_is_shown_as_it_is_dialled(qtbot: QtBot) -> None:
    edit = PhoneEdit(DE, "Telefon", "DE", "0551")
    typed(qtbot, edit, "123456")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "+49 551 123456"


def test_an_empty_field_has_no_value_and_no_problem(qtbot: QtBot) -> None:
    edit = AmountEdit(DE, "Einzelpreis")
    qtbot.addWidget(edit)
    edit.set_value(Decimal(5))
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.value, edit.problem) == (None, "")
