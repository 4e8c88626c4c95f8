"""What belongs to this computer: language, light or dark, text size. It holds at once and needs no button."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.i18n import WINDOW_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, ExplainedField, form_grid
from shopdesk.ui.settings.section import Section
from shopdesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_SCALES = (90, 100, 110, 120, 130, 140, 150)


class ComputerSection(Section):
    """Kept in a file of this computer, not with the shop."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("This computer"),
            gettext("Only for this computer and not part of a backup."),
            gettext("dark light theme appearance font zoom German English"),
        )
        as_system = gettext("as the system")
        languages = [(LANGUAGE_NAMES[code], code) for code in WINDOW_LANGUAGES]
        self.language = Choice([(as_system, ""), *languages])
        self.theme = Choice([(as_system, ""), (gettext("light"), "light"), (gettext("dark"), "dark")])
        self.scale = Choice([(f"{scale} %", str(scale)) for scale in _SCALES])
        language = ExplainedField(
            gettext("Language of the window"), self.language, gettext("Holds from the next start.")
        )
        theme = ExplainedField(gettext("Light or dark"), self.theme)
        scale = ExplainedField(gettext("Text size"), self.scale)
        self.body.addLayout(form_grid([[(language, 2), (theme, 2), (scale, 2)]]))
        for choice in (self.language, self.theme, self.scale):
            choice.chosen.connect(self._keep)

    def reload(self) -> None:
        """See Section."""
        settings = self.shell.settings
        self.language.set_value(settings.language)
        self.theme.set_value(settings.theme)
        nearest = min(_SCALES, key=lambda scale: abs(scale - settings.font_scale))
        self.scale.set_value(str(nearest))

    def _keep(self) -> None:
        before = self.shell.settings
        wanted = replace(
            before,
            language=self.language.value,
            theme=self.theme.value,
            font_scale=int(self.scale.value),
        )
        if wanted == before:
            return
        self.shell.change_settings(wanted)
        if wanted.language != before.language:
            self.shell.toast(self.texts.gettext("The language holds from the next start."))
