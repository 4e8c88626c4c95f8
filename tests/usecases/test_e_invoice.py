"""The e-invoice of an issued bill: inside the PDF, stored beside it, the same bytes; none for a quote."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from shopdesk.domain.document_rules import DocumentRefused
from shopdesk.domain.documents import Document, Line
from shopdesk.usecases import customers, documents, issuing, number_ranges, sample_shop
from shopdesk.usecases.shop import Shop

LINE = Line(text="Rollmatratze 80 × 190 cm", quantity=Decimal(2), unit_price=Decimal("123.03"))


def draft(shop: Shop, kind: str = "invoice", **more: object) -> Document:
    customer = customers.create(shop, sample_shop.sample().caller)
    made = replace(documents.start(shop, kind, customer.id), **({"lines": (LINE,)} | more))  # type: ignore[arg-type]
    return documents.save_draft(shop, made)


def issue(shop: Shop, value: Document) -> issuing.Issued:
    assert value.id is not None
    return issuing.issue(shop, value.id)


def test_an_invoice_keeps_its_xml_beside_the_pdf_that_holds_the_same_bytes(open_shop: Shop) -> None:
    done = issue(open_shop, draft(open_shop))
    assert done.document.id is not None
    pdf, xml = documents.stored_files(open_shop, done.document.id)
    assert (pdf.name, xml.name, xml.media_type) == ("R-2026-0001.pdf", "R-2026-0001.xml", "application/xml")
    assert done.xml is not None
    assert done.xml.data == xml.data
    assert PdfReader(io.BytesIO(pdf.data)).attachments["factur-x.xml"] == [xml.data]
    assert b"<ram:ID>R-2026-0001</ram:ID><ram:TypeCode>380</ram:TypeCode>" in xml.data
    assert issue(open_shop, done.document).xml == done.xml


def test_a_quote_has_none(open_shop: Shop) -> None:
    done = issue(open_shop, draft(open_shop, "quote"))
    assert done.document.id is not None
    assert done.xml is None
    assert [file.media_type for file in documents.stored_files(open_shop, done.document.id)] == [
        "application/pdf"
    ]


def test_the_mail_carries_the_pdf_alone(open_shop: Shop) -> None:
    from shopdesk.usecases import outbox

    done = issue(open_shop, draft(open_shop))
    assert done.outbox_id is not None
    mail = outbox.eml(open_shop, done.outbox_id)
    assert b"R-2026-0001.pdf" in mail
    assert b"R-2026-0001.xml" not in mail


def test_what_the_e_invoice_cannot_say_takes_no_number(open_shop: Shop) -> None:
    value = draft(open_shop, lines=(replace(LINE, unit="QQQ"),))
    with pytest.raises(DocumentRefused) as refused:
        issue(open_shop, value)
    assert (refused.value.code, refused.value.field) == ("BR-CL-23", "lines[0].unit")
    assert number_ranges.next_number(open_shop, "invoice") == "R-2026-0001"
