"""Files of mails: a PDF opens, what could do harm is only saved, a PDF or XML is looked at as a received invoice."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from shopdesk.domain.received_mails import StoredMail
from shopdesk.ui.received_invoices.page import ReceivedInvoicePage
from shopdesk.ui.received_mails import files_row
from shopdesk.ui.received_mails.files_row import FilesRow
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.ui.widgets.toasts import ToastWidget
from shopdesk.usecases import received_mails
from shopdesk.usecases.shop import Shop


@pytest.fixture
def mail(shop: Shop) -> StoredMail:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Dateien"
    message.set_content("Hallo")
    message.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="x-evil", filename="plan.exe")
    message.add_attachment(b"MZ", maintype="application", subtype="pdf", filename="rechnung.pdf")
    message.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png", cid="<logo>")
    del message.get_payload()[3]["Content-Disposition"]  # type: ignore[index,union-attr]
    return received_mails.take_file(shop, bytes(message))


@pytest.fixture
def row(window: MainWindow, shop: Shop, mail: StoredMail) -> FilesRow:
    made = FilesRow(shop, window)
    made.setParent(window)
    made.show_mails([mail])
    return made


def test_pictures_inside_the_page_are_left_out(row: FilesRow) -> None:
    names = [chip.accessibleName() for chip in row.findChildren(ChipButton)]
    assert [name.partition(" ·")[0] for name in names] == ["plan.exe", "rechnung.pdf"]


def test_what_is_a_pdf_opens_as_one_whatever_it_is_called(
    row: FilesRow, mail: StoredMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[bytes, str]] = []
    monkeypatch.setattr(files_row, "open_file", lambda data, name: opened.append((data, name)))
    row.open(mail, mail.attachments[0])
    assert opened == [(b"%PDF-1.4 plan", "plan.pdf")]


def test_a_program_that_calls_itself_a_pdf_is_not_opened(
    row: FilesRow, mail: StoredMail, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_row, "open_file", lambda _data, _name: pytest.fail("opened"))
    row.open(mail, mail.attachments[1])
    assert any("rechnung.pdf" in toast.message for toast in window.findChildren(ToastWidget))


def test_saved_and_checked_as_an_invoice(
    row: FilesRow, mail: StoredMail, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "gespeichert.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    row.save(mail, mail.attachments[0])
    assert place.read_bytes() == b"%PDF-1.4 plan"
    row.check(mail, mail.attachments[1])
    assert isinstance(window.navigation.page, ReceivedInvoicePage)
