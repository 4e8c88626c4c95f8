"""Opening hours as one types them, special days line by line, targets per channel."""

from __future__ import annotations

import pytest

from shopdesk.domain.opening_hours import Span
from shopdesk.ui.settings.opening_section import OpeningSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import opening_hours, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import enter


@pytest.fixture
def section(window: MainWindow, shop: Shop) -> OpeningSection:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    window.open_page("settings", "answers")
    page = window.navigation.page
    assert isinstance(page, SettingsPage)
    section = page.sections["answers"]
    assert isinstance(section, OpeningSection)
    return section


def test_a_lunch_break_is_typed_and_taken_back(
    section: OpeningSection, shop: Shop, window: MainWindow
) -> None:
    assert not section.is_changed
    section.days[0].setFocus()
    section.days[0].selectAll()
    enter("9-12:30, 14-18")
    assert opening_hours.hours(shop).week[0] == (Span(540, 750), Span(840, 1080))
    assert section.days[0].text() == "9:00–12:30, 14:00–18:00"
    window.toasts.undo()
    assert opening_hours.hours(shop).week[0] == (Span(540, 1080),)


def test_an_empty_day_is_closed(section: OpeningSection, shop: Shop) -> None:
    section.days[5].setText("")
    section.days[5].textEdited.emit("")
    assert section.save()
    assert opening_hours.hours(shop).week[5] == ()
    assert section.days[5].text() == "geschlossen"


def test_special_days_line_by_line(section: OpeningSection, shop: Shop) -> None:
    section.special.setPlainText("27.12.-3.1. Betriebsferien\n24.12. 9-13 Heiligabend\n")
    assert section.save()
    names = [days.name for days in opening_hours.hours(shop).special]
    assert names == ["Heiligabend", "Betriebsferien"]
    assert section.special.toPlainText().splitlines()[0] == "24.12.2026 9:00–13:00 Heiligabend"
    assert not section.is_changed


def test_a_line_that_cannot_be_read_says_so_and_nothing_is_stored(
    section: OpeningSection, shop: Shop
) -> None:
    section.special.setPlainText("irgendwann")
    section.days[0].set_value((Span(600, 660),))
    section.touched()
    assert not section.save()
    assert "irgendwann" in section.special_field.problem.text()
    assert opening_hours.hours(shop).week[0] == (Span(540, 1080),)


def test_targets_and_the_federal_state(section: OpeningSection, shop: Shop) -> None:
    for channel, edit in section.targets.items():
        edit.set_value(0 if channel == "mail" else 45)
    section.region.set_value("BY")
    section.touched()
    assert section.save()
    targets = opening_hours.targets(shop)
    assert (targets.mail, targets.letter) == (None, 45)
    assert shop_settings.profile(shop).region == "BY"
