"""Follow-ups that the program sets by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from shopdesk.domain.follow_ups import FollowUpRules
from shopdesk.ui.settings.fields import ExplainedField, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.usecases import follow_ups

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MOST_DAYS = 60


class FollowUpsSection(FormSection[FollowUpRules]):
    """Whether and when Heute reminds of a quote that nobody has answered."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Follow-ups"),
            gettext("What Heute reminds you of by itself."),
            gettext("reminder quote ask again today"),
        )
        self.quotes = QCheckBox(gettext("Ask about a quote that was sent"))
        self.days = whole_number_edit(self.texts, gettext("Working days after the quote"), 1, _MOST_DAYS)
        self.body.addWidget(self.quotes)
        words = gettext("An order or an invoice made out of the quote ends the follow-up by itself.")
        self.body.addWidget(ExplainedField(gettext("Working days after the quote"), self.days, words))
        self.finish()

    def _stored(self) -> FollowUpRules:
        return follow_ups.rules(self.shop)

    def _show(self, value: FollowUpRules) -> None:
        self.quotes.setChecked(value.ask_about_quotes)
        self.days.set_value(value.quote_days)

    def _typed(self) -> FollowUpRules:
        return FollowUpRules(self.quotes.isChecked(), self.days.value or 1)

    def _store(self, value: FollowUpRules) -> None:
        follow_ups.save_rules(self.shop, value)
