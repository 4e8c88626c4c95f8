"""The owner's way with an e-invoice: dropped on the window, shown, filed, found again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.ui.received_invoices.list_page import ReceivedInvoicesPage
from shopdesk.ui.received_invoices.page import ReceivedInvoicePage
from shopdesk.ui.shell.lanes import Lanes
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.start import used_pages
from shopdesk.usecases import customer_files, customers, received_invoices
from tests.intake.einvoice import samples


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    files = {
        "rechnung.xml": samples.cii().encode(),
        "rechnung.pdf": samples.pdf(("factur-x.xml", samples.cii().encode())),
        "bild.pdf": samples.pdf(),
        "lang.xml": samples.cii(10_000).encode(),
        "falsch.xml": samples.cii().replace(">238.00<", ">239.00<").encode(),
        "boese.xml": samples.cii()
        .replace("Rollmatratze", "&lt;b&gt;&lt;img src='file:///etc/hosts'&gt;")
        .encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in files}


def drop(window: MainWindow, *files: Path) -> bool:
    """As the system does it: the event goes to the window itself, wherever the mouse is."""
    handle = window.windowHandle()
    assert handle is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    actions, buttons, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), actions, data, buttons, none)
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(300, 300), actions, data, buttons, none, QEvent.Type.Drop)
        QApplication.sendEvent(handle, event)
    return enter.isAccepted()


def page_of(window: MainWindow) -> ReceivedInvoicePage:
    page = window.navigation.page
    assert isinstance(page, ReceivedInvoicePage)
    return page


def words(window: MainWindow) -> str:
    shown = (label.text() for label in window.findChildren(QLabel) if label.isVisible())
    return "\n".join(shown).replace("\u00a0", " ").replace("\u200b", "")


@pytest.mark.parametrize("name", ["rechnung.xml", "rechnung.pdf"])
def test_dropped_shown_filed_and_found_again(window: MainWindow, paths: dict[str, Path], name: str) -> None:
    window.open_page("today")
    assert drop(window, paths[name])
    page = page_of(window)
    assert window.windowTitle() == "Rechnung R-2026-0412 Federkern Sörensen GmbH – shopdesk"
    shown = words(window)
    for word in (
        "Federkern Sörensen GmbH",
        "Schlafgut Lindner",
        "238,00 €",
        "Kein Fehler gefunden",
        "07.12.2026",
    ):
        assert word in shown
    assert "DE02 1203 0000 0000 2020 51" in shown
    model = page._view.lines.model() if page._view else None
    assert model is not None
    assert [model.index(0, column).data() for column in range(6)] == [
        "1", "Rollmatratze 80 × 190 cm", "2 Stk", "100,00", "19\u00a0%", "200,00\u00a0€",
    ]  # fmt: skip
    page.file.click()
    assert not page.file.isVisible()
    assert "31.12.2034" in words(window)
    window.open_page("received_invoices")
    listing = window.navigation.page
    assert isinstance(listing, ReceivedInvoicesPage)
    listing.search.setText("sörensen 0412")
    listing.search.search_now()
    item = listing.rows.current() or listing.rows.rows.item(listing.rows.rows.index(0))
    assert item is not None
    listing.rows.opened.emit(item)
    page = page_of(window)
    assert page.opened is not None
    assert page.opened.data == paths[name].read_bytes()
    assert not page.file.isVisible()


def test_the_page_stands_in_the_side_bar_once_something_is_filed(
    window: MainWindow, paths: dict[str, Path]
) -> None:
    assert used_pages(window.shop) == ()
    button = window.side_bar._buttons["received_invoices"]
    assert button.isHidden()
    found = received_invoices.open_file(window.shop, paths["rechnung.xml"])
    received_invoices.file(window.shop, found)
    window.side_bar.reveal(used_pages(window.shop))
    assert not button.isHidden()


def test_a_drop_on_a_text_field_is_a_file_and_no_text(
    window: MainWindow, paths: dict[str, Path], qtbot: QtBot
) -> None:
    window.open_page("customers")
    page = window.navigation.page
    assert page is not None
    field = page.findChild(QLineEdit)
    assert field is not None
    assert drop(window, paths["rechnung.xml"])
    assert field.text() == ""
    assert page_of(window).opened is not None


def test_what_is_no_file_is_left_to_the_fields(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("Federkern")
    handle = window.windowHandle()
    assert handle is not None
    enter = QDragEnterEvent(
        QPointF(300, 300).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    assert not window.drops.eventFilter(handle, enter)


@pytest.mark.parametrize(
    ("name", "word"), [("bild.pdf", "keine E-Rechnung"), ("absent.xml", "lässt sich nicht öffnen")]
)
def test_a_file_that_is_none_gets_its_sentence_where_one_looks(
    window: MainWindow, paths: dict[str, Path], tmp_path: Path, name: str, word: str
) -> None:
    drop(window, tmp_path / name)
    page = page_of(window)
    assert page.opened is None
    assert word in page.empty.sentence.text()
    assert name in page.empty.sentence.text()
    assert page.empty.button is not None
    assert page.empty.button.isVisible()


def test_mistakes_are_told_in_words_and_it_can_be_filed_all_the_same(
    window: MainWindow, paths: dict[str, Path]
) -> None:
    drop(window, paths["falsch.xml"])
    shown = words(window)
    assert "Die Bruttosumme geht nicht auf" in shown
    assert "BR-CO-15" in shown
    assert "Nicht geprüft" in shown
    page_of(window).save()
    assert len(received_invoices.page(window.shop)) == 1


def test_an_e_invoice_dropped_on_a_customer_is_read_and_a_plan_is_kept(
    window: MainWindow, paths: dict[str, Path], tmp_path: Path
) -> None:
    person = customers.create(window.shop, Customer(company="Pension Talblick"))
    assert person.id is not None
    window.open_customer(person.id)
    drop(window, paths["rechnung.pdf"])
    assert page_of(window).opened is not None
    assert customer_files.of_customer(window.shop, person.id) == ()
    window.open_customer(person.id)
    drop(window, paths["bild.pdf"])
    assert [file.name for file in customer_files.of_customer(window.shop, person.id)] == ["bild.pdf"]
    broken = samples.pdf(("factur-x.xml", samples.cii().encode()[:500]))
    (tmp_path / "kaputt.pdf").write_bytes(broken)
    drop(window, tmp_path / "kaputt.pdf")
    assert "kaputt.pdf" in page_of(window).empty.sentence.text()
    assert len(customer_files.of_customer(window.shop, person.id)) == 1


def test_several_files_show_the_first_and_say_so(window: MainWindow, paths: dict[str, Path]) -> None:
    drop(window, paths["rechnung.xml"], paths["bild.pdf"])
    assert page_of(window).opened is not None
    assert "Es waren mehrere Dateien" in words(window)


def test_a_stranger_s_words_stay_words(window: MainWindow, paths: dict[str, Path]) -> None:
    drop(window, paths["boese.xml"])
    assert page_of(window).opened is not None
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert not [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText]


def test_the_known_seller_is_proposed_and_can_be_changed_with_undo(
    window: MainWindow, paths: dict[str, Path]
) -> None:
    customer = customers.create(
        window.shop, Customer(company="Federkern Sörensen GmbH", vat_id="DE136695976")
    )
    drop(window, paths["rechnung.xml"])
    page = page_of(window)
    assert page.card.customer_id == customer.id
    assert page.card.customer.text() == "Federkern Sörensen GmbH"
    page.save()
    (kept,) = received_invoices.page(window.shop)
    assert kept.customer_id == customer.id
    page.card.nobody.click()
    page.card.supplier.setText("Sörensen")
    page.save()
    assert received_invoices.get(window.shop, kept.id).supplier == "Sörensen"
    window.toasts.undo()
    assert received_invoices.get(window.shop, kept.id).customer_id == customer.id
    assert page.card.customer_id == customer.id


def test_the_dialog_and_the_palette_lead_to_the_same(
    window: MainWindow, paths: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(paths["rechnung.pdf"]), ""))
    commands = {command.title: command.run for command in window._commands.available()}
    commands["E-Rechnung öffnen"]()
    page = page_of(window)
    assert page.look.isVisible()
    copy = tmp_path / "kopie.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    page.copy.click()
    assert copy.read_bytes() == paths["rechnung.pdf"].read_bytes()


def test_an_attachment_can_be_saved(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, target = tmp_path / "mit.xml", tmp_path / "foto.jpg"
    file.write_text(
        samples.ubl().replace(*samples.with_attachment("UBL", b"\xff\xd8 photo")), encoding="utf-8"
    )
    drop(window, file)
    page = page_of(window)
    assert page._view is not None
    assert "foto.jpg · 8 Byte" in words(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page._view.attachments.buttons[0].click()
    assert target.read_bytes() == b"\xff\xd8 photo"


def test_ten_thousand_lines_open_without_ten_thousand_widgets(
    window: MainWindow, paths: dict[str, Path]
) -> None:
    drop(window, paths["lang.xml"])
    page = page_of(window)
    assert page._view is not None
    assert page._view.lines.model().rowCount() == 10_000
    assert len(page.findChildren(QLabel)) < 200


def test_reading_off_the_window_s_thread_can_be_left(
    make_window: Callable[..., MainWindow], paths: dict[str, Path], qtbot: QtBot
) -> None:
    window = make_window()
    window.lanes = Lanes(parent=window)
    drop(window, paths["lang.xml"])
    page = page_of(window)
    assert page.opened is None
    assert "wird gelesen" in page.empty.sentence.text()
    window.open_page("today")
    qtbot.waitUntil(lambda: window.lanes.desk.waiting == 0, timeout=20_000)
    assert page.opened is None
    window.open_page("received_invoice", str(paths["rechnung.xml"]))
    qtbot.waitUntil(lambda: page.opened is not None, timeout=20_000)
