"""The reports' page: empty, filled, switched, saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.ui.reports.page import ReportsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import inquiries, sample_shop, shop_settings
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
