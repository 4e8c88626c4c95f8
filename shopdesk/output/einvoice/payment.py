"""How and when to pay (BG-16, BT-20, BT-9)."""

from __future__ import annotations

from shopdesk.domain import printed_amounts
from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.documents import Document, Means
from shopdesk.domain.money import round_half_up
from shopdesk.domain.totals import Totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice.profiles import Profile
from shopdesk.output.einvoice.xml import day, leaf, node
from shopdesk.output.pdf import texts as paper

_SEPA, _TRANSFER, _NOT_DEFINED, _CASH = "58", "30", "1", "10"  # UNTDID 4461


def means(document: Document, sums: Totals, profile: Profile) -> str:
    """BG-16: transfer of what is open (58 SEPA, 30 other currencies); what was paid by card, online or cash, as such.

    XRechnung wants one in every case (BR-DE-1), and the number of each card (BR-DE-24), which nobody knows here: where
    nothing is to be transferred the means is "not defined".
    """
    asks = document.kind in BILLS and sums.payable.minor > 0
    iban = leaf("IBANID", "".join(document.seller.iban.split()).upper()) if asks else ""
    if iban:
        bic = leaf("BICID", "".join(document.seller.bic.split()).upper())
        return _means(
            _SEPA if document.currency == "EUR" else _TRANSFER,
            node("PayeePartyCreditorFinancialAccount", iban, leaf("AccountName", document.seller.payee)),
            node("PayeeSpecifiedCreditorFinancialInstitution", bic),
        )
    paid = {payment.means for payment in document.prepaid}
    only = paid.pop() if len(paid) == 1 and not asks else None
    if only == Means.EXTERNAL_TILL:  # never without the number of the slip that the external till printed
        return _means(_CASH)
    if only == Means.ONLINE or (only == Means.CARD and not profile.is_xrechnung):
        return _means(only.value)
    return _means(_NOT_DEFINED) if profile.is_xrechnung and not asks else ""


def _means(code: str, *account: str) -> str:
    return node("SpecifiedTradeSettlementPaymentMeans", leaf("TypeCode", code), *account)


def terms(document: Document, sums: Totals, profile: Profile, texts: Texts) -> str:
    """BT-20 and BT-9, the due date of a bill."""
    told = _skonto(document, sums) if profile.is_xrechnung else ""
    return node(
        "SpecifiedTradePaymentTerms",
        leaf("Description", told + _words(document, sums, texts)),
        day("DueDateDateTime", document.due) if document.kind in BILLS else "",
    )


def _words(document: Document, sums: Totals, texts: Texts) -> str:
    """Payment in advance, Skonto, what becomes of a credit: they have no fields of their own."""
    if document.kind in CORRECTIONS:
        return paper.taken_back(document, texts)
    if sums.payable.minor <= 0:
        return ""
    if document.prepay:
        first = texts.pgettext("paper", "Please transfer the amount in advance.")
        return f"{first} {paper.prepay_sentence(document, texts)}"
    if document.cash_discount is None:
        return ""
    less = printed_amounts.cash_discount(document, sums)
    amounts = (texts.money(less), texts.money(sums.payable - less))
    return paper.cash_discount_sentence(document, amounts, texts)


def _skonto(document: Document, sums: Totals) -> str:
    """The line that machines read (BR-DE-18); nothing but a line end may follow in it."""
    cash = document.cash_discount
    if cash is None or document.kind not in BILLS or document.prepay or sums.payable.minor <= 0:
        return ""
    return f"#SKONTO#TAGE={cash.days}#PROZENT={round_half_up(cash.percent, 2):.2f}#\n"
