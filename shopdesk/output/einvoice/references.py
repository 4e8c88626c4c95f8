"""The documents that an e-invoice names: what was corrected or deducted (BG-3), offered, delivered, ordered."""

from __future__ import annotations

from collections.abc import Callable

from shopdesk.domain.document_kinds import CORRECTIONS, E_INVOICES
from shopdesk.domain.documents import Document, DocumentKind, Reference
from shopdesk.output.einvoice.xml import leaf, node, reference_day


def agreed(document: Document) -> str:
    """BT-14, the number under which we offered or confirmed it; BT-13 and BT-12, the buyer's own numbers."""
    return (
        _numbered("SellerOrderReferencedDocument", _first(document, _is_offer))
        + _numbered("BuyerOrderReferencedDocument", document.order_reference)
        + _numbered("ContractReferencedDocument", document.contract_reference)
    )


def delivery_note(document: Document) -> str:
    """BT-16."""
    return _numbered("DespatchAdviceReferencedDocument", _first(document, _is_delivery_note))


def preceding(document: Document) -> str:
    """BG-3: the bill that is corrected, each deposit that is deducted, the cancellation that this one follows."""
    named = [each for each in document.refers_to if _is_bill(document, each)]
    named += [deposit.reference for deposit in document.deposits]
    found = {each.number: each for each in named}
    return "".join(
        node(
            "InvoiceReferencedDocument",
            leaf("IssuerAssignedID", each.number),
            reference_day("FormattedIssueDateTime", each.date),
        )
        for each in found.values()
    )


def _first(document: Document, wanted: Callable[[Document, Reference], bool]) -> str:
    return next((each.number for each in document.refers_to if wanted(document, each)), "")


def _is_bill(document: Document, reference: Reference) -> bool:
    """A reference whose kind nobody knows is a bill where a bill is corrected, else an offer."""
    return reference.kind in E_INVOICES or (reference.kind is None and document.kind in CORRECTIONS)


def _is_delivery_note(document: Document, reference: Reference) -> bool:
    del document
    return reference.kind == DocumentKind.DELIVERY_NOTE


def _is_offer(document: Document, reference: Reference) -> bool:
    return not _is_bill(document, reference) and not _is_delivery_note(document, reference)


def _numbered(name: str, number: str) -> str:
    return node(name, leaf("IssuerAssignedID", number))
