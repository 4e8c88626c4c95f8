"""The handbook calls things as the window does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shopdesk.i18n import Texts
from shopdesk.ui.outbox.page import STATES
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.page_table import PAGES

HANDBOOK = Path(__file__).resolve().parents[3] / "docs" / "handbook"


def chapter(name: str) -> str:
    return (HANDBOOK / name).read_text(encoding="utf-8")


def test_every_section_of_the_settings_is_told_in_its_order(page: SettingsPage) -> None:
    listed = chapter("einstellungen.md").split("## Der Briefkopf")[0]
    told = [
        name
        for line in re.findall(r"^- (\*\*.*)", listed, re.MULTILINE)
        for name in re.findall(r"\*\*(.+?)\*\*", line)
    ]
    assert told == [section.title for section in page.sections.values()]


def test_the_first_day_names_sections_that_exist(page: SettingsPage) -> None:
    looks = chapter("erster-tag.md").split("drei Blicke:")[1].split("##")[0]
    named = re.findall(r"\*(.+?)\*", looks)
    assert len(named) == 3
    assert set(named) <= {section.title for section in page.sections.values()}


def test_the_first_day_has_the_key_of_every_page() -> None:
    rows = re.findall(r"^\| Strg\+([\d, ]+) \| (.+?) \|$", chapter("erster-tag.md"), re.MULTILINE)
    told = {
        name: int(digit)
        for digits, names in rows
        for digit, name in zip(digits.split(", "), names.split(", "), strict=True)
    }
    assert told == {Texts("de").gettext(page.title): page.digit for page in PAGES if page.digit}


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_chapter_on_mails_knows_every_state_of_the_outbox(state: str) -> None:
    words = next(looks[0] for name, looks in STATES.items() if name == state)
    assert f"\n| {Texts('de').gettext(words)} |" in chapter("mail.md")
