"""Which optional positions of a quote the customer took."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, LineOption
from shopdesk.domain.successors import Wishes, taken_lines
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.ui.documents.model import OPTION_TAGS
from shopdesk.ui.documents.questions import Question
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.cards import ScrollPage
from shopdesk.ui.widgets.labels import Strong, plain_tip, shortened

_MOST_SHOWN = 12


class AskOptions(Question):
    """A list to tick: ordinary positions are ticked, optional ones are not; Space changes, ⏎ goes on."""

    def __init__(self, quote: Document, texts: Texts, parent: QWidget) -> None:
        gettext = texts.gettext
        super().__init__(
            gettext("What did the customer take?"),
            gettext(
                "Space ticks a position, the arrows move. An alternative takes the place of the one above."
            ),
            gettext("Continue with these"),
            texts,
            parent,
        )
        self.quote = quote
        self.checks: dict[int, QCheckBox] = {}
        self.sum = Strong()
        page = ScrollPage()
        page.body.setSpacing(px(6))
        rows = totals(quote).lines
        for i, line in enumerate(quote.lines):
            if line.kind in WITHOUT_AMOUNT:
                continue
            row = rows[i]
            amount = texts.money(row.shown(quote.prices)) if row is not None else ""
            words = gettext(OPTION_TAGS[line.option]) if line.option else ""
            said = " · ".join(part for part in (shortened(line.text, 60), words, amount) if part)
            check = QCheckBox(said.replace("&", "&&"))
            check.setToolTip(plain_tip(line.text))
            check.setChecked(not line.option)
            check.toggled.connect(lambda on, i=i: self._toggled(i, on=on))
            self.checks[i] = check
            page.body.addWidget(check)
        page.body.addStretch(1)
        height = self.fontMetrics().lineSpacing() + px(12)
        page.setMinimumHeight(min(len(self.checks), _MOST_SHOWN) * height)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(page, 1)
        self.body.addWidget(self.sum)
        self._show_sum()

    def first(self) -> QWidget:
        """The first position that is not decided yet."""
        optional = (
            self.checks[i] for i, line in enumerate(self.quote.lines) if i in self.checks and line.option
        )
        return next(optional, self.go_on)

    def _toggled(self, i: int, *, on: bool) -> None:
        if on and self.quote.lines[i].option == LineOption.ALTERNATIVE:
            replaced = [j for j in self.checks if j < i and not self.quote.lines[j].option]
            if replaced:
                self.checks[replaced[-1]].setChecked(False)
        self._show_sum()

    def _show_sum(self) -> None:
        chosen = replace(self.quote, lines=taken_lines(self.quote, self.wishes()))
        self.sum.setText(self.texts.gettext("Total {sum}").format(sum=self.texts.money(totals(chosen).gross)))

    def wishes(self) -> Wishes:
        """See Question."""
        ticked = {i for i, check in self.checks.items() if check.isChecked()}
        optional = {i for i, line in enumerate(self.quote.lines) if line.option}
        return Wishes(
            options=frozenset(ticked & optional), left_out=frozenset(set(self.checks) - ticked - optional)
        )
