"""Payment reminders: the levels with their days, costs and words, when default begins, and the base rate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from shopdesk.domain.default_interest import BaseRate, half_year
from shopdesk.domain.payment_reminders import MOST_LEVELS, USUAL_LEVELS, ReminderRules
from shopdesk.ui.settings.fields import ExplainedField, whole_number_edit
from shopdesk.ui.settings.reminder_level_fields import LevelFields
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, ProblemLabel
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import payment_claims, shop_settings

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MOST_DAYS = 60


class PaymentRemindersSection(FormSection[ReminderRules]):
    """What is said when, and what it may cost."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Payment reminders"),
            gettext(
                "Whom to remind when, in which words, and what it costs. The first reminder is always free."
            ),
            gettext("dunning fee interest default base rate overdue level"),
        )
        self._rate_since = self._half_year()
        choices = [(str(number), str(number)) for number in range(1, MOST_LEVELS + 1)]
        self.count = Choice(choices)
        self.count.setAccessibleName(gettext("Number of levels"))
        self.count.currentIndexChanged.connect(lambda _index: self._show_levels())
        self.body.addWidget(Field(gettext("Number of levels"), self.count))
        self.levels = [LevelFields(self.texts, number + 1) for number in range(MOST_LEVELS)]
        for level in self.levels:
            self.body.addWidget(level)
        words = gettext(
            "Your own opening words stand on letters in the language of your shop; other customers read the wording "
            "of the program in theirs. Fees and interest are asked for in default only, without VAT."
        )
        self.body.addWidget(Caption(words, wrap=True))
        self._place_rest()
        self.foot.insertWidget(0, GhostButton(gettext("Usual levels"), self._restore))
        self.finish()

    def _place_rest(self) -> None:
        gettext = self.texts.gettext
        self.agreed = QCheckBox(gettext("The due day is agreed beforehand (quote, terms)"))
        words = gettext(
            "Then default begins the day after it, else with the end of the first reminder's term or after 30 days "
            "(§ 286 BGB)."
        )
        self.body.addWidget(self.agreed)
        self.body.addWidget(Caption(words, wrap=True))
        name = gettext("A bank statement may be this many days old")
        self.statement = whole_number_edit(self.texts, name, 0, _MOST_DAYS)
        words = gettext("An older one is asked for before anybody is reminded.")
        self.body.addWidget(ExplainedField(name, self.statement, words))
        since = self.texts.date(self._rate_since)
        name = gettext("Base rate since {date} in percent").format(date=since)
        self.rate = percent_edit(self.texts, name)
        self.may_be_empty = (self.rate,)
        words = gettext(
            "Published by the Bundesbank each January and July (§ 247 BGB). While it is empty, no interest is counted "
            "for that half-year."
        )
        self.rate_problem = ProblemLabel()
        self.body.addWidget(ExplainedField(name, self.rate, words))
        self.body.addWidget(self.rate_problem)

    def _half_year(self) -> dt.date:
        """The one whose rate is missing, else the current one."""
        today = self.shop.clock.today()
        return payment_claims.rules(self.shop).base_rates.missing(today) or half_year(today)

    def _stored(self) -> ReminderRules:
        return payment_claims.rules(self.shop)

    def _show(self, value: ReminderRules) -> None:
        self.count.set_value(str(len(value.levels)))
        for number, fields in enumerate(self.levels):
            level = value.levels[number] if number < len(value.levels) else USUAL_LEVELS[number]
            fields.show_level(level, self._currency())
        self.agreed.setChecked(value.due_is_agreed)
        self.statement.set_value(value.statement_days)
        self.rate.set_value(value.base_rates.of(self._rate_since))
        self._show_levels()

    def _show_levels(self) -> None:
        for fields in self.levels:
            show_if(fields, fields.number <= int(self.count.value))

    def _typed(self) -> ReminderRules:
        count = int(self.count.value)
        levels = tuple(fields.typed(self._currency()) for fields in self.levels[:count])
        stored = self._stored()
        value = replace(
            stored,
            levels=levels,
            due_is_agreed=self.agreed.isChecked(),
            statement_days=self.statement.value or 0,
        )
        percent = self.rate.value
        if percent is None or percent == stored.base_rates.of(self._rate_since) or not -5 <= percent <= 20:
            return value
        return replace(value, base_rates=value.base_rates.with_rate(BaseRate(self._rate_since, percent)))

    def _store(self, value: ReminderRules) -> None:
        payment_claims.save_rules(self.shop, value)

    def _say(self, field: str, problem: str) -> bool:
        for fields in self.levels:
            fields.problem.say("")
        place, _, name = field.partition(".")
        if place.startswith("levels["):
            return self.levels[int(place[7:-1])].say(name, problem)
        return False

    def _restore(self) -> None:
        """The usual levels in the fields; nothing is stored before Save."""
        self._show(replace(self._stored(), levels=USUAL_LEVELS))
        self.touched()

    def _currency(self) -> str:
        return shop_settings.profile(self.shop).currency


def percent_edit(texts: Texts, name: str) -> ForgivingEdit[Decimal]:
    """A field for a base rate: `1,27`, `-0,88`, `1.27 %`."""
    from shopdesk.domain.errors import ShopError
    from shopdesk.domain.messages import N_, Message

    def parse(text: str) -> Decimal:
        written = text.replace("%", "").replace("−", "-").replace(",", ".").strip()
        digits = written.removeprefix("-")
        is_number = digits.replace(".", "", 1).isdecimal()
        if not is_number or not -5 <= Decimal(written) <= 20:
            words = N_("Please enter the base rate in percent, such as 1.27 or -0.88.")
            raise ShopError(Message(words, {}), "percent")
        return Decimal(written)

    return ForgivingEdit[Decimal](texts, name, parse, texts.number)
