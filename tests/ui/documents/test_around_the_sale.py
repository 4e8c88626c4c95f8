"""Around the sale in the window: a scan dropped on its document, what the owner says about the sale (RULES.md 7)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line
from shopdesk.domain.sales import Sale
from shopdesk.ui.documents.more_panel import MorePanel
from shopdesk.usecases import documents, issuing, scans
from tests.ui.documents.conftest import Desk


@pytest.fixture
def order_id(desk: Desk, caller: Customer) -> int:
    assert caller.id is not None
    draft = documents.start(desk.shop, DocumentKind.ORDER_CONFIRMATION, caller.id)
    lines = (Line(text="Matratze", unit_price=Decimal(100)),)
    stored = documents.save_draft(desk.shop, replace(draft, lines=lines))
    assert stored.id is not None
    issuing.issue(desk.shop, stored.id, send=False)
    desk.window.open_document(stored.id)
    return stored.id


def test_a_scan_dropped_on_the_window_is_kept_with_the_document(
    desk: Desk, order_id: int, tmp_path: Path
) -> None:
    file = tmp_path / "Auftrag unterschrieben.pdf"
    file.write_bytes(b"%PDF-1.4 x")
    desk.window.drops.take([str(file)])
    assert [scan.name for scan in scans.of_document(desk.shop, order_id)] == [file.name]
    editor = desk.page.editor
    assert editor is not None
    assert [chip.accessibleName() for chip in editor.scans.chips] == [file.name, "Scan dazulegen …"]
    assert editor.scans.isVisible()


def test_what_is_no_scan_is_said_and_nothing_is_kept(desk: Desk, order_id: int, tmp_path: Path) -> None:
    file = tmp_path / "programm.pdf"
    file.write_bytes(b"MZ")
    desk.window.drops.take([str(file)])
    assert scans.of_document(desk.shop, order_id) == ()
    assert any("programm.pdf" in toast.message for toast in desk.window.toasts.toasts)


def more(desk: Desk) -> MorePanel:
    editor = desk.page.editor
    assert editor is not None
    editor.show_more(shown=True)
    panel = editor._more
    assert panel is not None
    return panel


def test_what_the_owner_says_about_the_sale_is_in_the_draft(desk: Desk, caller: Customer) -> None:
    desk.begin("order_confirmation", caller)
    fields = more(desk).sale
    fields.to_sign.click()
    fields.custom_made.click()
    fields.reason.setText("Im Laden bestellt")
    fields.reason.textEdited.emit("Im Laden bestellt")
    assert desk.document.sale == Sale("Im Laden bestellt", custom_made=True, to_sign=True)


def test_only_what_matters_is_asked(desk: Desk, caller: Customer) -> None:
    desk.begin("invoice", caller)
    fields = more(desk).sale
    assert fields.to_sign.isHidden()
    assert not fields.no_distance.isHidden()
    session = desk.page.session
    assert session is not None
    session.edit(replace(session.document, fulfilment=Fulfilment.PICKUP))
    assert fields.no_distance.isHidden()
