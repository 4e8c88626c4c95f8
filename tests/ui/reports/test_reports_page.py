"""The reports' page: empty, filled, switched, saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.ui.reports.page import ReportsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import inquiries, inquiry_steps, sample_shop, service_figures, shop_settings
from shopdesk.usecases.service_figures import Measure
from shopdesk.usecases.shop import Shop


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> ReportsPage:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    window.open_page("reports")
    found = window.navigation.page
    assert isinstance(found, ReportsPage)
    return found


def test_nothing_to_count_says_so(page: ReportsPage) -> None:
    assert page.median.figure.text() == "–"
    assert "noch nichts zu zählen" in page.headline.text()


def test_an_answer_shows_at_once(page: ReportsPage, shop: Shop, qtbot: QtBot) -> None:
    with shop.writing() as connection:
        at = shop.clock.now()
        inquiries.received(
            shop, connection, IncomingMessage(InquiryChannel.MAIL, at, "Frage", "?", thread_key="a")
        )
        inquiries.answered(shop, connection, thread_key="a", channel=InquiryChannel.PHONE, at=at)
    qtbot.waitUntil(lambda: page.count.figure.text() == "1")
    assert page.in_time.figure.text() == "100 %"
    assert "48: 0" in page.weeks.accessibleDescription()


def test_another_measure_has_no_target(page: ReportsPage) -> None:
    page.measure.set_value(Measure.CALL_TO_INVOICE.value)
    page.reload()
    assert page.in_time.isHidden()
    assert page.report is not None
    assert page.report.measure == Measure.CALL_TO_INVOICE


@pytest.mark.parametrize(("ending", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")])
def test_saved_as_a_file(page: ReportsPage, tmp_path: Path, ending: str, start: bytes) -> None:
    file = tmp_path / f"bericht.{ending}"
    page.save(file)
    assert file.read_bytes().startswith(start)


def test_figures_by_person_are_off_until_the_owner_wants_them(
    page: ReportsPage, shop: Shop, window: MainWindow
) -> None:
    assert not page.per_person.isChecked()
    page.per_person.click()
    assert service_figures.rules(shop).per_person
    window.toasts.undo()
    assert not service_figures.rules(shop).per_person
    assert not page.per_person.isChecked()


def test_complaints_say_how_many_are_not_solved_yet(page: ReportsPage, shop: Shop, qtbot: QtBot) -> None:
    incoming = IncomingMessage(InquiryChannel.MAIL, shop.clock.now(), "Loch", "Loch", sender_address="a@b.de")
    inquiry_steps.create(shop, incoming, is_complaint=True)
    page.measure.set_value(Measure.COMPLAINT_SOLVED.value)
    page.reload()
    qtbot.waitUntil(lambda: page.unanswered.figure.text() == "1")
    assert "noch nicht gelöst" in page.unanswered.accessibleName()
    assert page.in_time.isHidden()
