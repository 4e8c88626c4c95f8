"""One level of payment reminders as fields: after how many days, how long to pay, what it costs, in which words."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.money import Money
from shopdesk.domain.payment_reminders import LEVEL_NAMES, Level
from shopdesk.i18n import Texts
from shopdesk.ui.settings.fields import form_grid, text_box, whole_number_edit
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.fields import AmountEdit, Field
from shopdesk.ui.widgets.labels import ProblemLabel, Strong
from shopdesk.ui.widgets.showing import show_if

_LINES = 2


class LevelFields(QWidget):
    """The first level costs nothing, so it has no fields for that."""

    def __init__(self, texts: Texts, number: int) -> None:
        super().__init__()
        gettext = texts.gettext
        self.number, self.title = number, gettext(LEVEL_NAMES[number])
        after = gettext("Days after the due day") if number == 1 else gettext("Days after the one before")
        self.days = whole_number_edit(texts, f"{self.title}: {after}", 0, 999)
        self.term = whole_number_edit(texts, f"{self.title}: {gettext('Days to pay')}", 0, 999)
        self.fee = AmountEdit(texts, f"{self.title}: {gettext('Fee')}")
        self.interest = QCheckBox(gettext("Interest in default"))
        self.flat_fee = QCheckBox(gettext("40 € flat charge for businesses"))
        self.text = text_box(f"{self.title}: {gettext('Opening words')}", _LINES)
        self.text.setPlaceholderText(gettext("empty: the wording of the program"))
        self.problem = ProblemLabel()
        fee = Field(gettext("Fee"), self.fee)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(Strong(self.title))
        days, term = Field(after, self.days), Field(gettext("Days to pay"), self.term)
        numbers: list[tuple[QWidget, int]] = [(days, 2), (term, 2), (fee, 2)]
        column.addLayout(form_grid([numbers]))
        checks = QHBoxLayout()
        checks.setSpacing(px(NORMAL))
        checks.addWidget(self.interest)
        checks.addWidget(self.flat_fee)
        checks.addStretch(1)
        column.addLayout(checks)
        column.addWidget(Field(gettext("Opening words"), self.text))
        column.addWidget(self.problem)
        for widget in (fee, self.interest, self.flat_fee):
            show_if(widget, number > 1)

    def show_level(self, value: Level, currency: str) -> None:
        """Fill the fields."""
        self.days.set_value(value.days)
        self.term.set_value(value.term)
        self.fee.set_value(Money(value.fee, currency).amount)
        self.interest.setChecked(value.interest)
        self.flat_fee.setChecked(value.flat_fee)
        self.text.setPlainText(value.text)

    def typed(self, currency: str) -> Level:
        """What the fields say."""
        fee = Money.of(self.fee.value or 0, currency).minor
        return Level(
            self.days.value or 0,
            self.term.value or 0,
            fee,
            self.interest.isChecked(),
            self.flat_fee.isChecked(),
            self.text.toPlainText().strip(),
        )

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at one of the fields ("days", "term", "fee")."""
        self.problem.say(problem)
        fields: dict[str, QWidget] = {"days": self.days, "term": self.term, "fee": self.fee}
        widget = fields.get(field)
        if widget is not None and problem:
            widget.setFocus()
        return widget is not None
