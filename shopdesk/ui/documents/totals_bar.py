"""What it comes to, in large figures, and the tax case in one plain sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.documents import Document, DocumentKind, Prices, TaxCase
from shopdesk.domain.tax_cases import explained
from shopdesk.domain.totals import Totals
from shopdesk.i18n import Texts
from shopdesk.ui.documents.kinds import WITHOUT_SUMS
from shopdesk.ui.documents.links import ChipLink
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.labels import Caption, Display
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.usecases.tax import TaxContext

WITHOUT_TAX = WITHOUT_SUMS | {DocumentKind.PAYMENT_REMINDER}
"""No turnover of their own, so nothing is said about VAT."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TotalsBar(QWidget):
    """Suggestions and the tax case at the left, the total at the right."""

    tax_wanted = Signal()
    """The tax case is to be changed."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.texts = session, texts
        self.suggestions = ChipRow()
        self.suggestions.hide()
        self.tax = ChipLink("", self.tax_wanted.emit)
        self.total = Display()
        self.total.setAlignment(_RIGHT)
        self.vat = Caption(wrap=False)
        self.vat.setAlignment(_RIGHT)
        self.open = Caption(wrap=False)
        self.open.setAlignment(_RIGHT)
        self.open.hide()
        left = QVBoxLayout()
        left.setSpacing(px(SMALL))
        left.addWidget(self.suggestions)
        left.addWidget(self.tax, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.total)
        right.addWidget(self.vat)
        right.addWidget(self.open)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addLayout(left, 1)
        layout.addLayout(right)
        # not Maximum: that is the height at another width, and chips that flow would be cut
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        show_if(self.total, session.document.kind not in WITHOUT_SUMS)
        show_if(self.tax, session.document.kind not in WITHOUT_TAX)

    def minimumSizeHint(self) -> QSize:
        """Two lines; chips that flow into more take the room of the lines above."""
        width = self.total.minimumSizeHint().width() + px(120)
        return QSize(width, self.total.minimumSizeHint().height() + self.vat.minimumSizeHint().height())

    def refresh(self) -> None:
        """Show the session's sums."""
        sums = self.session.totals
        self.total.setText(self.texts.money(sums.gross))
        self.total.setAccessibleName(
            self.texts.gettext("Total {sum}").format(sum=self.texts.money(sums.gross))
        )
        document = self.session.document
        sells = document.kind not in WITHOUT_TAX
        self.vat.setText(vat_words(sums, document.prices, self.texts) if sells else "")
        show_if(self.open, bool(sums.prepaid))
        words = self.texts.gettext("{paid} paid, {rest} to pay")
        self.open.setText(
            words.format(paid=self.texts.money(sums.prepaid), rest=self.texts.money(sums.payable))
        )
        self._show_tax()

    def _show_tax(self) -> None:
        from shopdesk.usecases import tax

        session = self.session
        if session.document.kind in WITHOUT_TAX:
            return
        if session.document.kind in CORRECTIONS and not session.document.is_issued:
            self.tax.say(self.texts.gettext("Taxed as the invoice that it corrects"), "info")
            return
        confirmed = ""
        if session.document.is_issued:
            words, kind = issued_reason(session.document, session.context, self.texts), "info"
            confirmed = self._confirmed_afterwards()
        elif session.undecided is not None:
            words, kind = self.texts.say(session.undecided), "warn"
        else:
            words = self.texts.say(tax.reason(session.document, session.context))
            kind = "warn" if any(p.code == "tax-case-by-hand" for p in session.problems) else "info"
            confirmed = self._confirmed()
        told = " · ".join(part for part in (words, confirmed) if part)
        self.tax.say(told, "warn" if kind == "warn" else "info")

    def _confirmed(self) -> str:
        """That the VAT id on which the case rests was confirmed today, and what the member state did not recognise."""
        from shopdesk.domain import vat_id_checks as rules

        checks = self.session.context.checks
        vat_id = rules.confirmable(self.session.settled)
        if not vat_id or not rules.confirmed(vat_id, checks):
            return ""
        if rules.differs(checks[vat_id]):
            return self.texts.gettext("VAT id confirmed today, but with another name or address")
        return self.texts.gettext("VAT id confirmed today")

    def _confirmed_afterwards(self) -> str:
        """The evidence of an issued bill, or that it still lacks one."""
        from shopdesk.domain import vat_id_checks as rules
        from shopdesk.usecases import vat_id_checks

        document = self.session.document
        if not rules.confirmable(document):
            return ""
        kept = vat_id_checks.of_document(self.session.shop, document.id or 0)
        if kept is None or kept.check is None:
            return self.texts.gettext("VAT id not confirmed")
        return self.texts.say(rules.summary(kept.check))


def issued_reason(document: Document, context: TaxContext, texts: Texts) -> str:
    """Why an issued document has its tax case, in the window's language.

    Only where today's decision gives the very words that were stored; else it is as it was stored.
    """
    from shopdesk.usecases import tax

    again = tax.reason(replace(document, tax_case=TaxCase.AUTO), context)
    stored = document.tax_reason
    if not stored:
        return texts.say(explained(document))
    return texts.say(again) if Texts(context.profile.language).say(again) == stored else stored


def vat_words(sums: Totals, prices: Prices, texts: Texts) -> str:
    """Each rate named, such as "inkl. 40,91 € USt 19 %"."""
    parts = []
    for row in sums.vat:
        if row.category == "S" and row.amount:
            words = texts.gettext("{amount} VAT {rate}")
            parts.append(words.format(amount=texts.money(row.amount), rate=texts.percent(row.rate)))
    if not parts:
        return texts.gettext("without VAT") if sums.gross else ""
    if prices == Prices.NET:
        return texts.gettext("{net} net plus {vat}").format(net=texts.money(sums.net), vat=" · ".join(parts))
    return texts.gettext("incl. {vat}").format(vat=" · ".join(parts))
