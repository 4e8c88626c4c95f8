"""Line edits that understand what people type, echo what they understood on leaving, and never lose a typed text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.labels import Caption, ProblemLabel

if TYPE_CHECKING:
    from shopdesk.domain.phones import PhoneNumber

Value = TypeVar("Value")


class ForgivingEdit(QLineEdit, Generic[Value]):
    """A line edit for one value.

    `parse` reads what was typed and raises ShopError with the words to show; `show` writes the value the way the
    language does. A text that cannot be read stays as it is, marked, with the reason in `problem`.
    """

    value_changed = Signal()
    """The value is another one now: after leaving the field, after ⏎, or while typing when it can be read."""
    problem_changed = Signal(str)
    """What is wrong in words, "" when it is well again."""

    def __init__(
        self,
        texts: Texts,
        name: str,
        parse: Callable[[str], Value],
        show: Callable[[Value], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.texts = texts
        self._parse, self._show = parse, show
        self._value: Value | None = None
        self.problem = ""
        self.setAccessibleName(name)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._left)

    @property
    def value(self) -> Value | None:
        """What stands in the field; None when it is empty or cannot be read (then `problem` says why)."""
        return self._value

    def set_value(self, value: Value | None) -> None:
        """Show a value; nothing is announced."""
        self._value = value
        self.setText("" if value is None else self._show(value))
        self.say("")

    def say(self, problem: str) -> None:
        """Mark the field as wrong, in words, or as right again with ""."""
        if problem == self.problem:
            return
        self.problem = problem
        self.setProperty("wrong", bool(problem))
        self.setAccessibleDescription(problem)
        self.setToolTip(problem)
        self.style().unpolish(self)
        self.style().polish(self)
        self.problem_changed.emit(problem)

    def _typed(self, text: str) -> None:
        """While typing only good news is told: half a number is not a mistake yet."""
        self._read(text, complain=False)

    def settle(self) -> bool:
        """Read what stands there as if the field were left (a key saves without leaving); False: it cannot be read."""
        self._left()
        return not self.problem

    def _left(self) -> None:
        self._read(self.text(), complain=True)
        if self._value is not None and not self.problem:
            echo = self._show(self._value)
            if echo != self.text():
                self.setText(echo)

    def _read(self, text: str, *, complain: bool) -> None:
        before = self._value
        try:
            self._value = self._parse(text) if text.strip() else None
            problem = ""
        except ShopError as error:
            self._value = None
            problem = self.texts.say(error.message)
        if complain or not problem:
            self.say(problem)
        if self._value != before:
            self.value_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by Tab, the whole value is marked, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()


class AmountEdit(ForgivingEdit[Decimal]):
    """A price or an amount: `1.234,50`, `89,-`, `3*24,99`; shown with at least two decimals."""

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(texts, name, _parse_amount, self._written, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _written(self, value: Decimal) -> str:
        exponent = value.normalize().as_tuple().exponent
        return self.texts.number(value, max(2, -exponent if isinstance(exponent, int) else 2))


class QuantityEdit(ForgivingEdit[Decimal]):
    """How many: `4`, `2,5`, `3*4`; shown with as many decimals as it has."""

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(texts, name, _parse_amount, texts.number, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PercentEdit(ForgivingEdit[Decimal]):
    """A rate or a discount: `19`, `7 %`, `2,5`; the value is the number before the sign."""

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(texts, name, _parse_percent, texts.percent, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class DateField(ForgivingEdit[dt.date]):
    """A day: `heute`, `+7`, `mo`, `24.12.`; Up and Down move by one day. `parse` knows today and the holidays."""

    def __init__(
        self, texts: Texts, name: str, parse: Callable[[str], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(texts, name, parse, texts.date, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up is a day later, Down a day earlier, with Shift a week."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None or self.value is None:
            super().keyPressEvent(event)
            return
        days = steps * (7 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        self.set_value(self.value + dt.timedelta(days=days))
        self.value_changed.emit()


class PhoneEdit(ForgivingEdit["PhoneNumber"]):
    """A phone number in any spelling; `country` ("DE") and `area_code` ("0551") are the shop's own."""

    def __init__(
        self, texts: Texts, name: str, country: str, area_code: str = "", parent: QWidget | None = None
    ) -> None:
        def parse(text: str) -> PhoneNumber:
            from shopdesk.domain.phones import parse_phone

            return parse_phone(text, country, area_code)

        super().__init__(texts, name, parse, lambda number: number.international, parent)


def _parse_amount(text: str) -> Decimal:
    from shopdesk.domain.typing.amounts import parse_amount

    return parse_amount(text)


def _parse_percent(text: str) -> Decimal:
    return _parse_amount(text.strip().removesuffix("%"))


class Field(QWidget):
    """A field with its name above and what is wrong below."""

    def __init__(self, name: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.problem = ProblemLabel()
        if not field.accessibleName():
            field.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(Caption(name, buddy=field))
        layout.addWidget(field)
        layout.addWidget(self.problem)
        self.setFocusProxy(field)
        if isinstance(field, ForgivingEdit):
            field.problem_changed.connect(self.problem.say)
        elif isinstance(field, QLineEdit):
            field.textEdited.connect(lambda _text: self._edited())
        elif isinstance(field, QPlainTextEdit):
            field.textChanged.connect(self._edited)

    def _edited(self) -> None:
        """What was said was about another text."""
        if self.problem.text():
            self.say("")

    def say(self, problem: str) -> None:
        """Show what is wrong with the field, in words; "" when it is well again."""
        self.problem.say(problem)
        self.field.setAccessibleDescription(problem)
