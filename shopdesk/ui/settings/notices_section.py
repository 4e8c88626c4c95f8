"""What the system may tell, when it is to be quiet, and whether the program waits beside the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from shopdesk.domain.errors import ShopError
from shopdesk.domain.notices import QuietHours
from shopdesk.outside import autostart
from shopdesk.ui.settings.fields import ExplainedField, form_grid
from shopdesk.ui.settings.section import Section
from shopdesk.ui.shell.tray import Tray
from shopdesk.ui.widgets.fields import ForgivingEdit
from shopdesk.ui.widgets.labels import Caption

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class NoticesSection(Section):
    """Kept in a file of this computer; it holds at once and needs no button."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Notices"),
            gettext(
                "What comes up while you look elsewhere: appointments, promises, answers that are due. Never in front "
                "of what you are writing."
            ),
            gettext("notification tray icon quiet hours autostart background"),
        )
        self.starting = autostart.of_this_system()
        self.told = QCheckBox(gettext("Tell me what comes up"))
        self.quiet = ForgivingEdit[QuietHours](self.texts, gettext("Quiet hours"), _parse, _written)
        self.quiet.setPlaceholderText(gettext("for instance 20-8; empty: never"))
        self.stays = QCheckBox(gettext("Closing the window leaves shopdesk beside the clock"))
        self.starts = QCheckBox(gettext("Start with the computer, beside the clock"))
        self.no_place = Caption(
            gettext("This system has no place for such icons, so notices stand in the window."), wrap=True
        )
        self.body.addWidget(self.told)
        field = ExplainedField(
            gettext("Quiet hours"),
            self.quiet,
            gettext("What came up meanwhile is told afterwards, in one notice."),
        )
        self.body.addLayout(form_grid([[(field, 3)]]))
        for widget in (self.stays, self.starts, self.no_place):
            self.body.addWidget(widget)
        for box in (self.told, self.stays):
            box.clicked.connect(self._keep)
        self.starts.clicked.connect(self._start_with_system)
        self.quiet.value_changed.connect(self._keep)

    def reload(self) -> None:
        """See Section."""
        settings = self.shell.settings
        self.told.setChecked(settings.notices)
        self.stays.setChecked(settings.stay_in_tray)
        self.starts.setChecked(self.starting.is_on())
        quiet = None
        if settings.quiet_from and settings.quiet_until:
            quiet = QuietHours(
                dt.time.fromisoformat(settings.quiet_from), dt.time.fromisoformat(settings.quiet_until)
            )
        self.quiet.set_value(quiet)
        has_tray = Tray.is_there()
        self.stays.setEnabled(has_tray)
        self.no_place.setVisible(not has_tray)

    def _keep(self) -> None:
        quiet = self.quiet.value
        if quiet is None and self.quiet.text().strip():
            return  # half a time is not a wish yet
        wanted = replace(
            self.shell.settings,
            notices=self.told.isChecked(),
            stay_in_tray=self.stays.isChecked(),
            quiet_from=f"{quiet.begin:%H:%M}" if quiet else "",
            quiet_until=f"{quiet.end:%H:%M}" if quiet else "",
        )
        if wanted != self.shell.settings:
            self.shell.change_settings(wanted)

    def _start_with_system(self) -> None:
        on = self.starts.isChecked()
        try:
            self.starting.set_on(autostart.command(), on=on)
        except ShopError as error:
            self.starts.setChecked(not on)
            self.shell.problem(error)


def _parse(text: str) -> QuietHours:
    from shopdesk.domain.typing.spans import parse_span

    day = dt.date(2000, 1, 1)  # only the times count
    begin, end = parse_span(text, day, dt.timedelta(hours=12))
    return QuietHours(begin.time(), end.time())


def _written(value: QuietHours) -> str:
    return f"{value.begin:%H:%M}-{value.end:%H:%M}"
