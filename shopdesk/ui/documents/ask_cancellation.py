"""Why an invoice is cancelled, and what will happen then."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from shopdesk.domain.documents import Document, Means
from shopdesk.domain.messages import P_
from shopdesk.domain.successors import Wishes
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.ui.documents.kinds import lettered
from shopdesk.ui.documents.questions import Question
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.labels import Caption, PlainLabel

REASONS = (
    P_("paper", "wrong customer"),
    P_("paper", "wrong amount"),
    P_("paper", "order cancelled"),
)
"""Offered reasons; they may stand on the paper, so they are said in its language."""


class AskCancellation(Question):
    """Asked once, since a cancellation stays: the reason, and what comes of it."""

    def __init__(self, bill: Document, next_number: str, texts: Texts, parent: QWidget) -> None:
        gettext = texts.gettext
        super().__init__(
            gettext("Cancel {number}?").format(number=bill.number),
            gettext("Why? It stands on the cancellation."),
            gettext("Prepare the cancellation"),
            texts,
            parent,
        )
        self.bill, self._paper = bill, Texts(bill.language)
        self.group = QButtonGroup(self)
        own = gettext("another reason")
        titles = [*(texts.pgettext("paper", reason) for reason in REASONS), own]
        self.radios = [QRadioButton(words) for words in lettered(titles)]
        for number, radio in enumerate(self.radios):
            self.group.addButton(radio, number)
            self.body.addWidget(radio)
        self.own = QLineEdit()
        self.own.setAccessibleName(own)
        self.own.setPlaceholderText(gettext("In your own words"))
        self.own.setEnabled(False)
        self.body.addWidget(self.own)
        self.body.addSpacing(px(SMALL))
        self.body.addWidget(Caption(gettext("What happens then")))
        for words in consequences(bill, next_number, texts):
            self.body.addWidget(PlainLabel(f"• {words}", wrap=True))
        self.body.addStretch(1)
        self.group.idToggled.connect(self._chosen)
        self.own.textEdited.connect(lambda _text: self._allow())
        self.radios[0].setChecked(True)

    def first(self) -> QWidget:
        """The reasons: arrows or a letter choose."""
        return self.radios[0]

    def _chosen(self, number: int, on: bool) -> None:
        own = number == len(REASONS)
        if own:
            self.own.setEnabled(on)
            if on and self.isVisible():
                QTimer.singleShot(
                    0, self.own, self.own.setFocus
                )  # an arrow key sets its own focus afterwards
        self._allow()

    def _allow(self) -> None:
        self.go_on.setEnabled(bool(self.reason))

    @property
    def reason(self) -> str:
        """In the language of the paper, or the owner's own words."""
        number = self.group.checkedId()
        if 0 <= number < len(REASONS):
            return self._paper.pgettext("paper", REASONS[number])
        return self.own.text().strip()

    def wishes(self) -> Wishes:
        """See Question."""
        return Wishes(reason=self.reason)


def consequences(bill: Document, next_number: str, texts: Texts) -> list[str]:
    """What will happen, in whole sentences."""
    gettext, sums = texts.gettext, totals(bill)
    found = [
        gettext("{number} stays as it is. Nothing is deleted; the cancellation takes its amounts back."),
        gettext("The cancellation gets a number of its own: {next}. It is taken when you issue it."),
    ]
    vouchers = sum(
        (p.amount for p in bill.prepaid if p.means == Means.VOUCHER), start=sums.prepaid.amount * 0
    )
    money = sums.prepaid.amount - vouchers
    if money > 0:
        found.append(gettext("{paid} was paid already: please give it back."))
    elif sums.payable.minor > 0:
        found.append(gettext("If the customer has paid already, please give the money back."))
    if vouchers > 0:
        found.append(gettext("Vouchers over {vouchers} are valid again: please give new ones."))
    found.append(
        gettext("Once it is issued, {key} writes the invoice anew, with everything in it to correct.")
    )
    values = {
        "number": bill.number,
        "next": next_number,
        "paid": texts.money(type(sums.prepaid).of(money, bill.currency)),
        "vouchers": texts.money(type(sums.prepaid).of(vouchers, bill.currency)),
        "key": shortcut("next_document").shown(),
    }
    return [words.format(**values) for words in found]
