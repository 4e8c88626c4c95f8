"""Every e-invoice of the corpora is read or refused in words, and judged as the official rules judge it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shopdesk.domain.received_invoice_rules import judge
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.intake.einvoice import reading
from tests.intake.einvoice import samples
from tests.intake.einvoice.official import BROKEN_DOWN, Judges
from tools import conformance

needs_corpora = pytest.mark.skipif(
    not conformance.corpora().is_dir(), reason=f"no corpora in {conformance.corpora()}: set SHOPDESK_CORPORA"
)
OWN = {"IBAN", "NUMBER", "BR-CO-25"}


@pytest.fixture(scope="module")
def judges() -> Judges:
    return Judges()


def corpus_files() -> list[Path]:
    return [path for folder in conformance.FOLDERS for path in conformance.files(folder)]


@pytest.mark.slow
@needs_corpora
@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: "/".join(path.parts[-2:]))
def test_a_file_of_others_is_read_and_judged_like_the_official_rules_do(path: Path, judges: Judges) -> None:
    found = conformance.result(path, judges)
    assert found.seconds < 20
    if found.refused:
        assert found.refused == "broken-xml"  # the one whose encoding attribute is invalid on purpose
        assert "invalid-xml-encoding" in path.name
    else:
        assert found.ours - OWN == found.official


def broken(xml: str) -> Iterator[tuple[str, bytes]]:
    """The invoice without each of its elements in turn, and with other words in each."""
    from lxml import etree

    root: Any = etree.fromstring(xml.encode())
    tree, seen = root.getroottree(), set()
    for node in root.iter():
        path = tree.getpath(node)
        kind = re.sub(r"\[\d+\]", "", path)
        if kind in seen or node is root:
            continue
        seen.add(kind)
        for words in (None, *(("", "7.77", "-1", "AE") if not len(node) else ())):
            other = copy.deepcopy(root)
            found = other.getroottree().xpath(path, namespaces={k: v for k, v in root.nsmap.items() if k})[0]
            if words is None:
                found.getparent().remove(found)
            else:
                found.text = words
            yield f"{kind} {words}", etree.tostring(other, xml_declaration=True, encoding="UTF-8")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["CII", "UBL", "UBL credit note"])
def test_no_broken_invoice_passes_that_the_official_rules_refuse(kind: str, judges: Judges) -> None:
    """Nothing may be missing, so another of our rules may speak for the official one, but somebody must."""
    xml = {"CII": samples.cii(), "UBL": samples.ubl(), "UBL credit note": samples.ubl("CreditNote")}[kind]
    passed, tried = [], 0
    for what, data in broken(xml):
        try:
            invoice = reading.read(data)
            refused = judges.failed(data, invoice.syntax)
        except EInvoiceProblem:
            continue
        tried += 1
        verdict = judge(invoice)
        if refused & (verdict.checked | BROKEN_DOWN) and verdict.is_good:
            passed.append((what, refused))
    assert tried > 100
    assert not passed
