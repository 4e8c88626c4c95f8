"""What the customer's own order and contract are called, typed beside the rarer fields, is in the e-invoice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line, Recipient
from shopdesk.i18n import Texts
from shopdesk.ui.documents import paper
from shopdesk.ui.documents.paper import mailed_files
from shopdesk.ui.documents.paper_actions import PaperActions
from shopdesk.usecases import customers, documents, issuing, tax
from tests.ui.documents.conftest import Desk


def test_order_and_contract_number_are_typed_kept_and_written(desk: Desk, caller: Customer) -> None:
    desk.begin("invoice", caller)
    editor = desk.page.editor
    assert editor is not None
    editor.show_more(shown=True)
    panel = editor._more
    assert panel is not None
    for edit, text in ((panel.order, "B 4711"), (panel.contract, "Rahmen 7")):
        edit.setText(text)
        edit.textEdited.emit(text)
    assert (desk.document.order_reference, desk.document.contract_reference) == ("B 4711", "Rahmen 7")
    line = Line(text="Matratze", unit_price=Decimal(100))
    stored = documents.save_draft(desk.shop, replace(desk.document, lines=(line,)))
    assert stored.id is not None
    done = issuing.issue(desk.shop, stored.id, send=False)
    assert done.xml is not None
    assert b"<ram:IssuerAssignedID>B 4711</ram:IssuerAssignedID></ram:BuyerOrder" in done.xml.data
    assert b"<ram:IssuerAssignedID>Rahmen 7</ram:IssuerAssignedID></ram:Contract" in done.xml.data


def test_a_customers_leitweg_id_makes_the_next_invoice_an_xrechnung(desk: Desk, caller: Customer) -> None:
    customers.save(desk.shop, replace(caller, buyer_reference="04011000-1234512345-06"))
    assert caller.id is not None
    draft = documents.start(desk.shop, "invoice", caller.id)
    line = Line(text="Matratze", unit_price=Decimal(100))
    stored = documents.save_draft(desk.shop, replace(draft, lines=(line,)))
    assert stored.id is not None
    done = issuing.issue(desk.shop, stored.id, send=False)
    assert done.xml is not None
    assert done.xml.name.endswith("-xrechnung.xml")
    names = ("R-2026-0001.pdf", "R-2026-0001-xrechnung.xml")
    assert mailed_files(done.document, Texts("de")) == names
    assert done.xml.name == names[1]
    assert mailed_files(replace(done.document, recipient=Recipient()), Texts("de")) == names[:1]


def test_saving_the_pdf_of_an_authority_saves_its_xrechnung_beside_it(
    desk: Desk, caller: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers.save(desk.shop, replace(caller, buyer_reference="04011000-1234512345-06"))
    assert caller.id is not None
    draft = documents.start(desk.shop, "invoice", caller.id)
    line = Line(text="Matratze", unit_price=Decimal(100))
    stored = documents.save_draft(desk.shop, replace(draft, lines=(line,)))
    assert stored.id is not None
    done = issuing.issue(desk.shop, stored.id, send=False)
    assert done.xml is not None
    place = tmp_path / "Amt.pdf"
    monkeypatch.setattr(paper, "ask_where", lambda *_: str(place))
    context = tax.context(desk.shop, done.document)
    PaperActions(desk.shop, desk.window, desk.window).save(done.document, context)
    desk.qtbot.waitUntil(place.exists)
    assert place.read_bytes() == done.pdf
    assert (tmp_path / "Amt-xrechnung.xml").read_bytes() == done.xml.data
    assert any("XRechnung" in toast.message for toast in desk.window.toasts.toasts)
