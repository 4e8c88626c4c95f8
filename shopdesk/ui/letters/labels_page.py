"""Address labels for the marked customers: which sheet, from which label on, and the sheet as it will be."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from shopdesk.domain.label_sheets import SHEETS, LabelSheet, LabelWish, sheet_named
from shopdesk.ui.letters.pdf_pane import PdfPane
from shopdesk.ui.letters.people import LeftOutCard, Person
from shopdesk.ui.letters.saving import ask_place, open_file, tell_failure
from shopdesk.ui.settings.fields import ExplainedField, Outcome, whole_number_edit
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.labels import LabelPlan, LabelsSaved
    from shopdesk.usecases.shop import Shop

_MOST_LABELS = 200
_SHOWN = 40
"""Labels of the preview: more than any sheet has."""


class LabelsPage(Page):
    """Everything on one page: fields, who has no address, the sheet."""

    watches: ClassVar[frozenset[str]] = frozenset({"customer", "customer_address"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.ids: tuple[int, ...] = ()
        self._plan: LabelPlan | None = None
        self._saved: Path | None = None
        self.save_button = PrimaryButton(gettext("Save PDF …"), self.choose, icon_name="save")
        self.letter_button = Button(
            gettext("Letter …"), lambda: window.open_page("letters", self.ids), icon_name="mail"
        )
        self.header = PageHeader(gettext("Labels"), " ", self.letter_button, self.save_button)
        self.sheet = Choice((_sheet_words(sheet, self.texts), sheet.name) for sheet in SHEETS)
        self.first = whole_number_edit(self.texts, gettext("First label"), 1, _MOST_LABELS)
        self.sender_line = QCheckBox(gettext("Small sender line above the address"))
        self.delivery = QCheckBox(gettext("Delivery address where there is one"))
        self.borders = QCheckBox(gettext("Borders, for a test on plain paper"))
        self.left_out = LeftOutCard(window)
        self.work = WorkBar(window)
        self.outcome = Outcome()
        self.open_button = GhostButton(gettext("Open"), self._open, icon_name="external-link")
        self.open_button.hide()
        self.pane = PdfPane(window, f"{gettext('Labels')}.pdf")
        self._place()
        self.sheet.chosen.connect(self._changed)
        self.first.value_changed.connect(self._changed)
        for box in (self.sender_line, self.delivery, self.borders):
            box.toggled.connect(self._changed)

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.first_field = ExplainedField(
            gettext("First label"),
            self.first,
            gettext("On a begun sheet: the first one that is still there."),
        )
        self.first.setMaximumWidth(px(120))
        fields = Card(Field(gettext("Sheet"), self.sheet), self.first_field)
        for box in (self.sender_line, self.delivery, self.borders):
            fields.body.addWidget(box)
        left = ScrollPage()
        for widget in (fields, self.left_out, self.work, self.outcome, self.open_button):
            left.body.addWidget(widget)
        left.body.setAlignment(self.open_button, Qt.AlignmentFlag.AlignLeft)
        left.body.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(px(NORMAL))
        line.addWidget(left, 1)
        line.addWidget(self.pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line, 1)

    def open_item(self, item: object) -> None:
        """The ids of the marked customers."""
        if isinstance(item, tuple) and not self.work.is_running:
            from shopdesk.usecases import labels

            self.ids = item
            self._show(labels.wish(self.shop))
            self.outcome.say("", ok=True)
            self.open_button.hide()
            self.reload()

    def _show(self, wish: LabelWish) -> None:
        self.sheet.set_value(wish.sheet)
        self.first.set_value(wish.first)
        for box, on in (
            (self.sender_line, wish.sender), (self.delivery, wish.delivery), (self.borders, wish.borders),
        ):  # fmt: skip
            box.blockSignals(True)  # noqa: FBT003 - Qt has no other way
            box.setChecked(on)
            box.blockSignals(False)  # noqa: FBT003

    @property
    def wish(self) -> LabelWish:
        """What the fields say."""
        return LabelWish(
            self.sheet.value,
            self.first.value or 1,
            self.borders.isChecked(),
            self.sender_line.isChecked(),
            self.delivery.isChecked(),
        )

    def reload(self) -> None:
        """Who has an address and who has none."""
        from shopdesk.usecases import labels

        if not self.work.is_running:
            self.window_shell.run_desk(
                partial(labels.look_over, self.shop, self.ids, self.wish), self._looked
            )

    def focus_first(self) -> None:
        """See Page."""
        self.sheet.setFocus()

    def _changed(self) -> None:
        sheet = sheet_named(self.sheet.value)
        self.first_field.setVisible(not sheet.is_roll)
        if sheet.is_roll:
            self.first.set_value(1)
        self.reload()

    def _looked(self, plan: LabelPlan) -> None:
        from shopdesk.usecases import labels

        self._plan = plan
        gettext, ngettext, number = self.texts.gettext, self.texts.ngettext, self.texts.number
        sheet = sheet_named(self.sheet.value)
        self.first_field.setVisible(not sheet.is_roll)
        count = len(plan.ready)
        sheets = -(-(count + self.wish.first - 1) // sheet.count) if count else 0
        words = [ngettext("{n} label", "{n} labels", count).format(n=number(count))]
        if sheets and not sheet.is_roll:
            words.append(ngettext("{n} sheet", "{n} sheets", sheets).format(n=number(sheets)))
        if not self.ids:
            words = [gettext("Mark customers with Space.")]
        self.header.say(gettext("Labels"), " · ".join(words))
        why = gettext("has no address yet: ⏎ opens the card")
        self.left_out.say([Person(one.customer_id, one.name, why) for one in plan.missing])
        wish, shown = self.wish, plan.ready[:_SHOWN]
        shop = self.shop
        self.pane.show_pdf((lambda: labels.render(shop, shown, wish).pdf) if shown else None)
        self._enable()

    def _enable(self) -> None:
        ready = self._plan is not None and bool(self._plan.ready) and not self.work.is_running
        self.save_button.setEnabled(ready)
        self.letter_button.setEnabled(bool(self.ids) and not self.work.is_running)

    # Saving

    def choose(self) -> None:
        """Ask for the file's name."""
        gettext = self.texts.gettext
        name = gettext("Labels-{day}.pdf").format(day=self.shop.clock.today().isoformat())
        place = ask_place(self, gettext("Save PDF"), name, "PDF (*.pdf)")
        if place is not None:
            self.save(place)

    def save(self, target: Path) -> None:
        """Write all labels; the window stays usable."""
        from shopdesk.usecases import labels

        if not self.first.settle():
            self.first.setFocus()
            return
        self.outcome.say("", ok=True)
        self.open_button.hide()
        work = self.work.begin(self.texts.gettext("{done} of {all} steps"), patient=True)
        self._enable()
        self.window_shell.run_desk(
            partial(labels.save, self.shop, self.ids, self.wish, target, work), self._written, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.work.over()
        self._enable()
        tell_failure(self.window_shell, self.outcome, error)

    def _written(self, saved: LabelsSaved) -> None:
        self.work.over()
        self._enable()
        self._saved = saved.path
        texts = self.texts
        words = texts.ngettext("{n} label saved: {place}.", "{n} labels saved: {place}.", saved.labels)
        told = [words.format(n=texts.number(saved.labels), place=saved.path)]
        told.append(texts.gettext("Print it at 100 %, not fitted to the page."))
        told += [texts.say(one) for one in saved.warnings]
        self.outcome.say(" ".join(told), ok=not saved.warnings)
        self.open_button.show()
        self.open_button.setFocus()

    def _open(self) -> None:
        if self._saved is not None:
            open_file(self._saved)


def _sheet_words(sheet: LabelSheet, texts: Texts) -> str:
    """3 × 7, 63,5 × 38,1 mm (Avery L7160 …)."""
    from decimal import Decimal

    size = " × ".join(texts.number(Decimal(str(one))) for one in (sheet.width, sheet.height))
    grid = texts.gettext("Roll") if sheet.is_roll else f"{sheet.columns} × {sheet.rows}"
    return f"{grid} · {size} mm · {sheet.codes}"
