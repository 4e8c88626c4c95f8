from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.ui.icons import pixmap
from shopdesk.ui.theme.palette import palette, tokens, tokens_of
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.theme.tokens import DARK, LIGHT, PAIRS, Tokens, contrast
from shopdesk.ui.widgets.labels import Caption


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS, ids=str)
def test_every_painted_pair_reaches_its_contrast(
    colours: Tokens, front: str, ground: str, least: float
) -> None:
    assert contrast(getattr(colours, front), getattr(colours, ground)) >= least


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_leads_back_to_its_tokens(qapp: QApplication, colours: Tokens) -> None:
    assert tokens_of(palette(colours)) is colours


def test_a_palette_of_the_system_keeps_its_own_colours(qapp: QApplication) -> None:
    high_contrast = QPalette()
    high_contrast.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    high_contrast.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    found = tokens_of(high_contrast)
    assert (found.background, found.control, found.dark) == ("#000000", "#FFFF00", True)


def test_looks_switch_while_the_program_runs(theme: Theme, qtbot: QtBot) -> None:
    label = Caption("abc")
    qtbot.addWidget(label)
    theme.choose("light", 100)
    before = px(16)
    assert tokens() is LIGHT
    theme.choose("dark", 150)
    assert tokens() is DARK
    assert px(16) == round(before * 1.5)
    theme.choose("light", 100)
    assert px(16) == before


def test_an_icon_has_the_colour_it_was_asked_for(qapp: QApplication) -> None:
    picture = pixmap("check", "#B3261E", 48, 2.0)
    assert picture.width() == 96
    image = picture.toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {"#b3261e"}


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", "#000000", 16, 1.0)
