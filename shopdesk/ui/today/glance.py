"""“Heute im Blick”: a few figures beside the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.cards import Card, ScrollPage
from shopdesk.ui.widgets.labels import Caption, Display, Heading
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.today import AtAGlance


class Glance(ScrollPage):
    """The figures, each in a card of its own; what nobody knows takes no room, what is too much scrolls."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.answered, self.booked, self.invoiced, self.received = (_Figure() for _ in range(4))
        self.owed, self.offered, self.drafted = (_Figure() for _ in range(3))
        column = self.body
        column.setSpacing(px(SMALL))
        column.addWidget(Heading(texts.gettext("Today at a glance")))
        known = (self.invoiced, self.offered, self.drafted)
        sometimes = (self.answered, self.booked, self.received, self.owed)
        for figure in (*sometimes[:2], self.invoiced, *sometimes[2:], *known[1:]):
            column.addWidget(figure)
        column.addStretch(1)
        for figure in sometimes:
            figure.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_figures(self, figures: AtAGlance) -> None:
        """Replace all figures."""
        gettext, ngettext = self._texts.gettext, self._texts.ngettext
        invoices = ngettext(
            "from {n} invoice issued today", "from {n} invoices issued today", figures.issued_today
        )
        self.invoiced.say(self._texts.money(figures.sum_today), invoices.format(n=figures.issued_today))
        quotes = ngettext("in {n} open quote", "in {n} open quotes", figures.open_quotes)
        self.offered.say(self._texts.money(figures.open_quotes_sum), quotes.format(n=figures.open_quotes))
        drafts = ngettext("draft is being worked on", "drafts are being worked on", figures.drafts)
        self.drafted.say(str(figures.drafts), drafts if figures.drafts else gettext("drafts"))
        self._show_answers(figures)
        self._show_money(figures)
        self._show_appointments(figures)

    def _show_money(self, figures: AtAGlance) -> None:
        money = figures.money
        show_if(self.received, money is not None and bool(money.received_today))
        show_if(self.owed, money is not None)
        if money is None:
            return
        texts = self._texts
        self.received.say(texts.money(money.received_today), texts.gettext("came in today"))
        words = texts.gettext("open in invoices, nothing overdue")
        if money.overdue:
            words = texts.gettext("open in invoices, {late} overdue").format(late=texts.money(money.overdue))
        self.owed.say(texts.money(money.open), words)

    def _show_appointments(self, figures: AtAGlance) -> None:
        show_if(self.booked, figures.appointments > 0)
        words = self._texts.ngettext("appointment today", "appointments today", figures.appointments)
        if figures.next_appointment is not None:
            following = self._texts.gettext("the next one at {time}")
            words = f"{words}, {following.format(time=f'{figures.next_appointment:%H:%M}')}"
        self.booked.say(str(figures.appointments), words)

    def _show_answers(self, figures: AtAGlance) -> None:
        answers = figures.answers
        show_if(self.answered, answers is not None)
        if answers is None:
            return
        gettext = self._texts.gettext
        figure = gettext("{n} min").format(n=answers.median)
        words = gettext("to the first answer (median of 7 days); {share} % of {n} within the target")
        self.answered.say(figure, words.format(share=answers.share_in_time, n=answers.count))


class _Figure(Card):
    """One figure with its words below."""

    def __init__(self) -> None:
        self.figure, self.words = Display("–"), Caption("", wrap=True)
        super().__init__(self.figure, self.words)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def say(self, figure: str, words: str) -> None:
        """Another figure."""
        self.figure.setText(figure)
        self.words.setText(words)
        self.setAccessibleName(f"{figure} {words}")
