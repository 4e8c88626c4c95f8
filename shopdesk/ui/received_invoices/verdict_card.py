"""What our rules say about a received invoice, in plain words, and honestly what they did not look at."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.messages import N_
from shopdesk.domain.received_invoice_rules import Verdict
from shopdesk.domain.received_invoices import ReceivedInvoice, profile_name
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel

_MOST_SHOWN = 12

_HINTS = {
    "MINIMUM": N_(
        "The profile {profile} has no lines: in Germany it is no invoice, the picture in the PDF counts."
    ),
    "BASIC WL": N_(
        "The profile {profile} has no lines: in Germany it is no invoice, the picture in the PDF counts."
    ),
}


class VerdictCard(Card):
    """A chip, the sentences, and what was checked."""

    def __init__(self, texts: Texts, invoice: ReceivedInvoice, verdict: Verdict) -> None:
        super().__init__()
        self._texts = texts
        gettext, ngettext = texts.gettext, texts.ngettext
        self.body.addWidget(Heading(gettext("Check of the data")))
        count = len(verdict.problems)
        if count:
            words = ngettext("{n} mistake", "{n} mistakes", count).format(n=count)
            self.body.addWidget(Chip(words, "bad"))
        else:
            self.body.addWidget(Chip(gettext("No mistake found"), "ok"))
        self._add_problems(verdict)
        self._add_hints(invoice)
        words = gettext(
            "{n} rules of EN 16931 were checked for the profile {profile}: what must be there, the sums, the VAT, "
            "the IBAN's check digits. Not checked: code lists, the rules of single countries, and whether it is true."
        )
        self.body.addWidget(
            Caption(words.format(n=len(verdict.checked), profile=profile_name(invoice)), wrap=True)
        )

    def _add_problems(self, verdict: Verdict) -> None:
        column = QVBoxLayout()
        column.setSpacing(px(SMALL))
        for problem in verdict.problems[:_MOST_SHOWN]:
            column.addWidget(PlainLabel(self._texts.say(problem.message), wrap=True))
            column.addWidget(Caption(problem.code))
        rest = len(verdict.problems) - _MOST_SHOWN
        if rest > 0:
            words = self._texts.ngettext("and {n} more", "and {n} more", rest)
            column.addWidget(Muted(words.format(n=rest)))
        if verdict.problems:
            words = self._texts.gettext(
                "You may ask the seller for a corrected invoice. It can be filed all the same."
            )
            column.addWidget(Muted(words, wrap=True))
        self.body.addLayout(column)

    def _add_hints(self, invoice: ReceivedInvoice) -> None:
        profile = profile_name(invoice)
        gettext = self._texts.gettext
        if profile in _HINTS:
            self.body.addWidget(Muted(gettext(_HINTS[profile]).format(profile=profile), wrap=True))
        if invoice.syntax == "ZUGFeRD 1":
            words = gettext(
                "ZUGFeRD 1 is older than EN 16931: it counts as another kind of invoice, like a plain PDF."
            )
            self.body.addWidget(Muted(words, wrap=True))
