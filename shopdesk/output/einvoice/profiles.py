"""The two forms of an e-invoice: Factur-X/ZUGFeRD inside the PDF, XRechnung as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.supply_dates import is_supplied

_PARTIAL, _ADVANCE = "326", "386"
_TYPE_CODES = {  # BT-3, UNTDID 1001 (RULES.md 3)
    DocumentKind.INVOICE: "380",
    DocumentKind.DEPOSIT_INVOICE: _ADVANCE,
    DocumentKind.FINAL_INVOICE: "380",
    DocumentKind.CREDIT_NOTE: "381",
    DocumentKind.CANCELLATION: "384",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """`guideline` is BT-24, `process` BT-23."""

    guideline: str
    process: str = ""

    @property
    def is_xrechnung(self) -> bool:
        """Whether the rules of XRechnung hold, too."""
        return self is XRECHNUNG

    def type_code(self, document: Document) -> str:
        """BT-3. A deposit is an advance (386) until something was supplied; then it bills a part (326).

        XRechnung has no code for an advance (BR-DE-17): there each deposit is a part.
        """
        code = _TYPE_CODES[document.kind]
        if code == _ADVANCE and (self.is_xrechnung or is_supplied(document)):
            return _PARTIAL
        return code


FACTUR_X = Profile("urn:cen.eu:en16931:2017")
XRECHNUNG = Profile(
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
)
