"""Taxes: how near the limits are that the law watches, and whether VAT ids are asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.turnover import Level, Meter
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import SMALL, TINY, px
from shopdesk.ui.widgets.chips import Chip, ChipKind
from shopdesk.ui.widgets.labels import Caption, PlainLabel
from shopdesk.ui.widgets.work_bar import Bar
from shopdesk.usecases import shop_settings, turnover

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_CHIPS: dict[Level, ChipKind] = {Level.NEAR: "warn", Level.OVER: "bad"}


class MeterLine(QWidget):
    """One meter: what it measures, a bar, where it stands."""

    def __init__(self, meter: Meter, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(texts.say(turnover.title(meter)))
        self.title.setWordWrap(True)
        self.state = Caption(texts.say(turnover.state(meter)))
        self.bar = Bar()
        self.bar.show_share(min(meter.percent, 100), 100)
        head = QHBoxLayout()
        head.setSpacing(px(SMALL))
        head.addWidget(self.title, 1)
        if meter.level in _CHIPS:
            words = (
                texts.gettext("near the limit")
                if meter.level == Level.NEAR
                else texts.gettext("above the limit")
            )
            head.addWidget(Chip(words, _CHIPS[meter.level]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(TINY))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        if meter.uncounted:
            words = texts.ngettext(
                "{n} document in another currency is not counted.",
                "{n} documents in other currencies are not counted.",
                meter.uncounted,
            )
            column.addWidget(Caption(words.format(n=meter.uncounted), wrap=True))
        self.setAccessibleName(f"{self.title.text()}: {self.state.text()}")


class TaxSection(FormSection[bool]):
    """The meters are counted from what was issued here; the switch is about a line to the outside."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Taxes"),
            gettext("Counted from what you issued here. What you sold elsewhere is not in it."),
            gettext("OSS small business limit turnover VAT id VIES BZSt privacy"),
        )
        self.meters: list[MeterLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(SMALL))
        self.body.addLayout(self._lines)
        self.check_vat_ids = QCheckBox(gettext("Have VAT ids confirmed online"))
        self.body.addWidget(self.check_vat_ids)
        privacy = gettext(
            "Only when a business abroad is billed without VAT: its VAT id, name and address go with your own VAT id "
            "to the Bundeszentralamt für Steuern or the European Commission (VIES), nowhere else. The answer is kept "
            "as your evidence."
        )
        self.body.addWidget(Caption(privacy, wrap=True))
        self.finish()

    def reload(self) -> None:
        """See Section; the meters are always today's."""
        super().reload()
        for line in self.meters:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.meters = [MeterLine(meter, self.texts) for meter in turnover.meters(self.shop)]
        for line in self.meters:
            self._lines.addWidget(line)

    def _stored(self) -> bool:
        return shop_settings.profile(self.shop).check_vat_ids

    def _show(self, value: bool) -> None:
        self.check_vat_ids.setChecked(value)

    def _typed(self) -> bool:
        return self.check_vat_ids.isChecked()

    def _store(self, value: bool) -> None:
        stored = shop_settings.profile(self.shop)
        shop_settings.save_profile(self.shop, replace(stored, check_vat_ids=value))
