"""When the shop is open, and within which time it wants to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import CHANNEL_NAMES, AnswerTargets, InquiryChannel
from shopdesk.domain.messages import N_
from shopdesk.domain.opening_hours import OpeningHours, Span, SpecialDays
from shopdesk.ui.settings.fields import ExplainedField, form_grid, text_box, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.settings.selling_section import REGIONS
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, Strong

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_LONGEST = 43_200
_SPECIAL_LINES = 4


@dataclass(frozen=True, slots=True)
class OpeningSettings:
    """Everything the section shows; `unread` is what stands in a box and cannot be read."""

    hours: OpeningHours
    region: str
    targets: AnswerTargets
    unread: str = ""


class HoursEdit(ForgivingEdit[tuple[Span, ...]]):
    """The hours of a weekday; empty is closed."""

    def __init__(self, texts: Texts, name: str) -> None:
        from shopdesk.domain.typing.opening_times import parse_spans, written_spans

        closed = texts.gettext("closed")
        super().__init__(texts, name, parse_spans, lambda spans: written_spans(spans) or closed)
        self.setPlaceholderText(texts.gettext("9-12:30, 14-18"))

    def _read(self, text: str, *, complain: bool) -> None:
        super()._read(text if text.strip() else "-", complain=complain)


class OpeningSection(FormSection[OpeningSettings]):
    """Hours per weekday, special days, the federal state's holidays, and the targets per channel."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Opening hours and answer times"),
            gettext(
                "The clock of an inquiry runs only while the shop is open. What is changed here counts for whatever "
                "comes in from now on; clocks that run already keep their time."
            ),
            gettext("inquiries clock target closing days holidays lunch break yellow red missed call"),
        )
        self.days = [HoursEdit(self.texts, gettext(day)) for day in _DAYS]
        self._day_fields = [Field(gettext(day), edit) for day, edit in zip(_DAYS, self.days, strict=True)]
        self.region = Choice([(gettext("not said"), ""), *REGIONS])
        self.special = text_box(gettext("Closing days and other hours"), _SPECIAL_LINES)
        self.special.setPlaceholderText(gettext("24.12. 9-13 Christmas Eve\n27.12.-3.1. Company holidays"))
        self.targets = {
            channel: whole_number_edit(self.texts, self.texts.say(CHANNEL_NAMES[channel]), 0, _LONGEST)
            for channel in InquiryChannel
        }
        self.amber = whole_number_edit(self.texts, gettext("Yellow"), 0, _LONGEST)
        self.red = whole_number_edit(self.texts, gettext("Red"), 0, _LONGEST)
        self.thanks = QCheckBox(gettext("A mere “thank you” does not open an inquiry again"))
        self._place()
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        fields = self._day_fields
        self.body.addLayout(
            form_grid([[(field, 2) for field in fields[at : at + 4]] for at in range(0, 7, 4)], 8)
        )
        self.region_field = ExplainedField(
            gettext("Federal state"), self.region, gettext("On its public holidays the shop is closed.")
        )
        self.special_field = ExplainedField(
            gettext("Closing days and other hours"),
            self.special,
            gettext(
                "One line each: a date or from–to, hours if it is open, and a name. They stand above holidays."
            ),
        )
        self.body.addLayout(form_grid([[(self.special_field, 4), (self.region_field, 2)]]))
        self.body.addWidget(Strong(gettext("First answer within … minutes")))
        self._target_fields = {
            channel: Field(
                gettext("Missed call")
                if channel == InquiryChannel.PHONE
                else self.texts.say(CHANNEL_NAMES[channel]),
                edit,
            )
            for channel, edit in self.targets.items()
        }
        row = list(self._target_fields.values())
        self.body.addLayout(
            form_grid([[(field, 2) for field in row[at : at + 4]] for at in range(0, 7, 4)], 8)
        )
        self.body.addWidget(
            Caption(gettext("Minutes of opening time; 0 means that no clock runs."), wrap=True)
        )
        self.amber_field = ExplainedField(
            gettext("Yellow"), self.amber, gettext("So many minutes before the end the clock is yellow.")
        )
        self.red_field = ExplainedField(gettext("Red"), self.red, gettext("And so many before it is red."))
        self.body.addLayout(form_grid([[(self.amber_field, 3), (self.red_field, 3)]]))
        self.body.addWidget(self.thanks)

    # The stored value

    def _stored(self) -> OpeningSettings:
        from shopdesk.usecases import opening_hours, shop_settings

        region = shop_settings.profile(self.shop).region
        return OpeningSettings(opening_hours.hours(self.shop), region, opening_hours.targets(self.shop))

    def _show(self, value: OpeningSettings) -> None:
        for edit, spans in zip(self.days, value.hours.week, strict=True):
            edit.set_value(spans)
        self.special.setPlainText("\n".join(self._line(days) for days in value.hours.special))
        self.region.set_value(value.region)
        for channel, target in self.targets.items():
            target.set_value(value.targets.of(channel) or 0)
        self.amber.set_value(value.targets.amber)
        self.red.set_value(value.targets.red)
        self.thanks.setChecked(value.targets.thanks_stay_answered)

    def _line(self, days: SpecialDays) -> str:
        from shopdesk.domain.typing.opening_times import written_spans

        when = f"{days.first:%d.%m.%Y}"
        if days.last != days.first:
            when += f"–{days.last:%d.%m.%Y}"
        return " ".join(part for part in (when, written_spans(days.spans), days.name) if part)

    def _typed(self) -> OpeningSettings:
        week = tuple(edit.value or () for edit in self.days)
        try:
            special, unread = self._special(), ""
        except ShopError:
            special, unread = (), self.special.toPlainText()
        minutes = {channel.value: edit.value or None for channel, edit in self.targets.items()}
        targets = AnswerTargets(
            **minutes, amber=self.amber.value or 0, red=self.red.value or 0,
            thanks_stay_answered=self.thanks.isChecked(),
        )  # fmt: skip
        return OpeningSettings(OpeningHours(week, special), self.region.value, targets, unread)

    def _special(self) -> tuple[SpecialDays, ...]:
        """What stands in the box, line by line. Raises ShopError at `special`."""
        from shopdesk.domain.typing.opening_times import parse_special

        today = self.shop.clock.today()
        found = []
        for line in self.special.toPlainText().splitlines():
            if line.strip():
                try:
                    found.append(parse_special(line, today))
                except ShopError as error:
                    raise ShopError(error.message, error.code, "special") from error
        return tuple(found)

    def _store(self, value: OpeningSettings) -> None:
        from shopdesk.domain import opening_hours as rules
        from shopdesk.domain.inquiries import checked_targets
        from shopdesk.usecases import opening_hours, shop_settings

        if value.unread:
            self._special()
        rules.checked(value.hours)
        checked_targets(value.targets)
        opening_hours.save_hours(self.shop, value.hours)
        opening_hours.save_targets(self.shop, value.targets)
        profile = shop_settings.profile(self.shop)
        if profile.region != value.region:
            shop_settings.save_profile(self.shop, replace(profile, region=value.region))

    def _say(self, field: str, problem: str) -> bool:
        fields: dict[str, Field] = {
            **{f"week[{number}]": each for number, each in enumerate(self._day_fields)},
            **{channel.value: each for channel, each in self._target_fields.items()},
            "special": self.special_field,
            "amber": self.amber_field,
        }
        name = "special" if field.startswith("special") else field
        for each, frame in fields.items():
            frame.say(problem if each == name else "")
        return name in fields
