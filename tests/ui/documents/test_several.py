"""Several documents at once: what would happen, one button, what happened."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentState, Line
from shopdesk.domain.mail import MailState
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.documents.list_page import InvoicesPage
from shopdesk.ui.documents.several_page import SeveralPage
from shopdesk.ui.shell.lanes import Lanes
from shopdesk.ui.widgets.rows import ROW_ROLE, Row
from shopdesk.usecases import documents, issuing, outbox
from tests.ui.documents.conftest import Desk


def draft(desk: Desk, customer: Customer, price: str = "49.90") -> int:
    line = Line(text="Kissen", unit_price=Decimal(price) if price else None)
    made = replace(documents.start(desk.shop, "invoice", customer.id), lines=(line,))
    draft_id = documents.save_draft(desk.shop, made).id
    assert draft_id is not None
    return draft_id


def several(desk: Desk) -> SeveralPage:
    """Opened from the list of invoices."""
    desk.window.open_page("invoices")
    listed = desk.window.navigation.page
    assert isinstance(listed, InvoicesPage)
    listed.several.click()
    page = desk.window.navigation.page
    assert isinstance(page, SeveralPage)
    return page


def rows(page: SeveralPage) -> list[Row]:
    model = page.rows.rows
    return [model.index(at).data(ROW_ROLE) for at in range(model.rowCount())]


@pytest.fixture
def three(desk: Desk, caller: Customer) -> list[int]:
    return [draft(desk, caller), draft(desk, caller, price=""), draft(desk, caller)]


def test_first_it_says_what_is_ready_and_why_not(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    assert [(row.key, row.chip) for row in rows(page)] == [
        (three[0], "bereit"),
        (three[2], "bereit"),
        (three[1], "noch nicht"),
    ]
    assert "keinen Preis" in rows(page)[2].caption
    assert page.header.subtitle.text() == "2 Belege · 99,80\u00a0€ · 1 noch nicht"


def test_enter_leads_to_the_one_that_is_refused_and_back_it_is_looked_over_again(
    desk: Desk, three: list[int], qtbot: QtBot
) -> None:
    page = several(desk)
    page.rows.select(three[1])
    desk.press(Qt.Key.Key_Return)
    assert isinstance(desk.window.navigation.page, DocumentPage)
    value = documents.load(desk.shop, three[1])
    line = replace(value.lines[0], unit_price=Decimal(5))
    documents.save_draft(desk.shop, replace(value, lines=(line,)))
    desk.window.back()
    qtbot.waitUntil(lambda: [row.chip for row in rows(page)] == ["bereit"] * 3)


def test_one_button_issues_what_is_ready_and_tells_the_rest(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    page.issue_button.click()
    assert [row.chip for row in rows(page)] == ["noch nicht", "ausgestellt", "ausgestellt"]
    assert rows(page)[1].title.startswith("R-2026-0001 ")
    assert "2 sind ausgestellt. R-2026-0001 – R-2026-0002." in page.outcome.words.text()
    assert documents.load(desk.shop, three[1]).state == DocumentState.DRAFT
    assert not page.issue_button.isVisible()


def test_space_leaves_one_out(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    page.rows.setFocus()
    page.rows.select(three[0])
    desk.press(Qt.Key.Key_Space)
    assert rows(page)[0].chip == "weggelassen"
    assert page.rows.current() is not None
    page.issue()
    assert documents.load(desk.shop, three[0]).state == DocumentState.DRAFT
    assert documents.load(desk.shop, three[2]).number == "R-2026-0001"


def test_all_or_none(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    page.all_button.click()
    assert not page.issue_button.isEnabled()
    page.all_button.click()
    assert page.issue_button.isEnabled()


def test_mailed_too_when_wanted(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    page.send.click()
    page.issue()
    assert {mail.document_id for mail in outbox.page(desk.shop, frozenset(MailState))} == {three[0], three[2]}
    assert "2 Mails" in page.outcome.words.text()


def test_only_the_marked_drafts_where_some_are_marked(desk: Desk, three: list[int]) -> None:
    desk.window.open_page("invoices")
    listed = desk.window.navigation.page
    assert isinstance(listed, InvoicesPage)
    for draft_id in (three[0], three[1]):
        index = listed.rows.rows.index_of(draft_id)
        listed.rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    listed.rows.selectionModel().select(
        listed.rows.rows.index_of(three[2]), QItemSelectionModel.SelectionFlag.Deselect
    )
    listed.take_several()
    page = desk.window.navigation.page
    assert isinstance(page, SeveralPage)
    assert {entry.summary.id for entry in page.entries} == set(three[:2])


def test_the_files_of_what_was_issued_are_saved_together(
    desk: Desk, three: list[int], tmp_path: Path
) -> None:
    page = several(desk)
    page.issue()
    page.files.save_zip(tmp_path / "Belege.zip")
    with zipfile.ZipFile(tmp_path / "Belege.zip") as archive:
        names = archive.namelist()
    assert names == ["R-2026-0001.pdf", "R-2026-0001.xml", "R-2026-0002.pdf", "R-2026-0002.xml"]
    page.files.save_folder(tmp_path)
    page.files.save_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("R-*")) == names


def test_issued_ones_can_be_saved_later(desk: Desk, three: list[int], tmp_path: Path) -> None:
    issuing.issue(desk.shop, three[0], send=False)
    page = several(desk)
    page.other_button.click()
    assert [row.chip for row in rows(page)] == ["dabei"]
    page.files.save_folder(tmp_path / "nowhere")
    assert "anderen Ordner" in page.outcome.words.text()


def test_closing_the_window_waits_for_one_document_and_not_for_all(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    for _ in range(40):
        draft(desk, caller)
    desk.window.lanes = Lanes(parent=desk.window)
    page = several(desk)
    qtbot.waitUntil(page.issue_button.isEnabled, timeout=20_000)
    page.issue_button.click()
    qtbot.waitUntil(lambda: " von 40" in page.work.words.text(), timeout=20_000)
    desk.window.close()
    with desk.shop.reading() as connection:
        stored = connection.exec_driver_sql(
            "SELECT number FROM document WHERE state = 'issued' ORDER BY number"
        )
        numbers = [row[0] for row in stored]
    assert numbers == [f"R-2026-{n:04}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) < 40


def test_without_a_mail_account_it_says_that_mails_will_wait(desk: Desk, three: list[int]) -> None:
    page = several(desk)
    page.send.click()
    assert "Mailkonto" in page.outcome.words.text()


def test_cancelled_in_the_middle_the_window_goes_on_and_the_rest_are_drafts(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    for _ in range(12):
        draft(desk, caller)
    desk.window.lanes = Lanes(parent=desk.window)
    page = several(desk)
    qtbot.waitUntil(page.issue_button.isEnabled, timeout=20_000)
    page.issue_button.click()
    qtbot.waitUntil(lambda: " von 12" in page.work.words.text() or page.result is not None, timeout=20_000)
    QTest.mouseClick(page.work.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result is not None, timeout=20_000)
    assert page.result is not None
    numbers = [one.number for one in page.result.issued]
    assert numbers == [f"R-2026-{n:04}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) + len(page.result.left) == 12
    with desk.shop.reading() as connection:
        stored = connection.exec_driver_sql("SELECT count(*) FROM document WHERE state = 'issued'").scalar()
    assert stored == len(numbers)
    desk.window.lanes.close()
