"""What the law around the sale wants said on the paper; the e-invoice says the same in its notes (RULES.md 7)."""

from __future__ import annotations

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.labour_share import labour_share
from shopdesk.i18n import Texts

_BEFORE_THE_CONTRACT = frozenset({DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION})


def sale_notes(document: Document, texts: Texts) -> list[str]:
    """The sentences, in the language of `texts`."""
    found = []
    private = not document.recipient.is_business
    if document.sale.custom_made and private and document.kind in _BEFORE_THE_CONTRACT | BILLS:
        found.append(
            texts.pgettext(
                "paper",
                "Made to your own wishes: there is no right of withdrawal (§ 312g (2) No. 1 of the German Civil Code).",
            )
        )
    share = labour_share(document) if document.kind in BILLS else None
    if share is not None:
        text = texts.pgettext(
            "paper", "Contained labour, machine and travel costs (§ 35a EStG): {gross}, including {vat} VAT."
        )
        found.append(text.format(gross=texts.money(share.gross), vat=texts.money(share.vat)))
    if document.sale.building_work and private and document.kind in BILLS:
        found.append(
            texts.pgettext(
                "paper",
                "Please keep this invoice for two years (§ 14b (1) sentence 5 of the German VAT Act).",
            )
        )
    return found
