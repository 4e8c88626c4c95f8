"""Every kind of e-invoice is read, in a process of its own, into the same values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

import pytest

from shopdesk.domain.received_invoice_rules import judge
from shopdesk.domain.received_invoices import profile_name
from shopdesk.intake.einvoice import door, reading
from tests.intake.einvoice import samples

FILES = {
    "CII": samples.cii().encode(),
    "UBL": samples.ubl().encode(),
    "UBL credit note": samples.ubl("CreditNote").encode(),
    "ZUGFeRD 1": samples.zugferd_1().encode(),
    "Factur-X": samples.pdf(("factur-x.xml", samples.cii().encode())),
    "ZUGFeRD 2.0": samples.pdf(("zugferd-invoice.xml", samples.cii().encode())),
    "ZUGFeRD 1 in PDF": samples.pdf(("ZUGFeRD-invoice.xml", samples.zugferd_1().encode())),
    "XRechnung in PDF": samples.pdf(("xrechnung.xml", samples.ubl().encode())),
    "any name in PDF": samples.pdf(("notes.txt", b"no"), ("invoice.xml", samples.cii().encode())),
    "UTF-16": samples.cii().replace("UTF-8", "UTF-16").encode("utf-16"),
    "windows-1252": samples.cii().replace("UTF-8", "windows-1252").encode("cp1252"),
    "byte order mark": samples.cii().encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_tells_the_same(name: str) -> None:
    invoice = door.read(FILES[name])
    assert (invoice.number, invoice.issued, invoice.currency) == ("R-2026-0412", dt.date(2026, 11, 23), "EUR")
    assert (invoice.seller.name, invoice.buyer.name) == ("Federkern Sörensen GmbH", "Schlafgut Lindner")
    assert invoice.seller.vat_id == "DE136695976"
    assert invoice.seller.address is not None
    assert (invoice.seller.address.city, invoice.seller.address.country) == ("Göttingen", "DE")
    assert invoice.notes == ("Danke für Ihren Auftrag",)
    (line,) = invoice.lines
    assert (line.name, line.quantity, line.unit) == ("Rollmatratze 80 × 190 cm", D(2), "C62")
    assert (line.price, line.net, line.rate) == (D(100), D(200), D(19))
    assert (invoice.totals.net, invoice.totals.vat, invoice.totals.payable) == (D(200), D(38), D(238))
    assert invoice.means[0].account == "DE02120300000000202051"
    assert judge(invoice).problems == ()


def test_the_kind_and_its_profile_are_named() -> None:
    assert door.read(FILES["UBL credit note"]).type_code == "381"
    assert profile_name(door.read(FILES["UBL"])) == "XRechnung"
    assert profile_name(door.read(FILES["CII"])) == "EN 16931"
    assert profile_name(door.read(FILES["ZUGFeRD 1"])) == "COMFORT"


def test_the_newer_of_two_invoices_in_a_pdf_counts_and_the_other_is_named() -> None:
    old, new = samples.zugferd_1().encode(), samples.cii().encode()
    invoice = door.read(samples.pdf(("ZUGFeRD-invoice.xml", old), ("factur-x.xml", new)))
    assert invoice.syntax == "CII"
    assert [(entry.file_name, entry.size) for entry in invoice.attachments] == [
        ("ZUGFeRD-invoice.xml", len(old))
    ]


def test_the_answer_of_the_worker_is_the_invoice_as_read() -> None:
    assert door.read(FILES["CII"]) == reading.read(FILES["CII"])


def test_numbers_and_days_that_are_none_are_told_not_guessed() -> None:
    text = (
        samples.cii()
        .replace(">20261123<", ">20260231<")
        .replace("<ram:ChargeAmount>100.00<", "<ram:ChargeAmount>1E9<")
    )
    invoice = door.read(text.encode())
    assert invoice.issued is None
    assert invoice.lines[0].price is None
    assert {(entry.place, entry.text) for entry in invoice.unreadable} == {
        ("DateTimeString", "20260231"),
        ("ChargeAmount", "1E9"),
    }
    codes = {problem.code for problem in judge(invoice).problems}
    assert codes >= {"BR-03", "BR-26", "NUMBER"}
